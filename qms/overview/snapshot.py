"""Rows to plain values and back, for every table of the project, on either database."""

import itertools
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connections, models, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from qms.overview.archive import ArchiveError

Row = list[Any]
BATCH = 500  # rows in one INSERT
# Who is signed in now: nobody is, after a restore.
LEFT_OUT = {"sessions.Session", "usersessions.UserSession"}


def kept_models(registry: Any = apps) -> list[type[models.Model]]:
    """The models that have a table of their own, the hidden ones between two others included."""
    every = registry.get_models(include_auto_created=True)
    return [m for m in every if m._meta.managed and not m._meta.proxy and m._meta.label not in LEFT_OUT]


def kept_fields(model: type[models.Model]) -> list[models.Field]:
    """The columns that hold something of their own."""
    return [field for field in model._meta.local_concrete_fields if not getattr(field, "generated", False)]


def dump(model: type[models.Model], using: str) -> Iterator[Row]:
    """Every row, in the order of the primary key."""
    fields = kept_fields(model)
    for instance in model._base_manager.using(using).order_by("pk").iterator(chunk_size=BATCH):
        yield [plain(field, instance) for field in fields]


def plain(field: models.Field, instance: models.Model) -> Any:
    """A value that JSON can hold and `field.to_python` reads back unchanged."""
    value = field.value_from_object(instance)
    if value is None or isinstance(value, bool | int | float | str | list | dict):
        return value
    return field.value_to_string(instance)


def load(model: type[models.Model], names: list[str], rows: Iterable[Row], using: str) -> None:
    """Inserts rows as they were: no defaults, no automatic dates, no signals."""
    fields = [model._meta.get_field(name) for name in names]
    instances = (instance_of(model, fields, row) for row in rows)
    while batch := list(itertools.islice(instances, BATCH)):
        # bulk_create would stamp auto_now fields anew; raw inserts are what Django's own fixtures do.
        model._base_manager._insert(batch, fields=fields, using=using, raw=True)


def instance_of(model: type[models.Model], fields: list[Any], row: Row) -> models.Model:
    """The row as a model instance that was not saved yet."""
    values = zip(fields, row, strict=True)
    return model(**{field.attname: None if value is None else field.to_python(value) for field, value in values})


@contextmanager
def steady_view(using: str) -> Iterator[None]:
    """All reads inside see the database as it was at the first, while others go on writing."""
    connection = connections[using]
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(using=using), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        with deferred(connection), transaction.atomic(using=using):
            yield


@contextmanager
def deferred(connection: Any) -> Iterator[None]:
    """SQLite transactions that only read, and so keep no writer waiting."""
    mode, connection.transaction_mode = connection.transaction_mode, "DEFERRED"
    try:
        yield
    finally:
        connection.transaction_mode = mode


def applied_migrations(using: str) -> list[tuple[str, str]]:
    """(app, name) of every migration that this database has."""
    return sorted(MigrationRecorder(connections[using]).applied_migrations())


@contextmanager
def rebuilt(using: str, migrations: list[tuple[str, str]]) -> Iterator[Any]:
    """Inside, the database is empty with exactly these migrations, and what is given is their model registry.

    On leaving, it is brought to the newest migrations. All of it is one transaction: after an error nothing changed.
    """
    connection = connections[using]
    connection.disable_constraint_checking()  # SQLite cannot change tables otherwise, and only hears it here
    try:
        with transaction.atomic(using=using):
            drop_tables(using)
            registry = migrate_to(using, migrations)
            for model in kept_models(registry):
                model._base_manager.using(using).all()._raw_delete(using)
            yield registry
            connection.check_constraints()
            reset_sequences(registry, using)
            ContentType.objects.clear_cache()
            call_command("migrate", database=using, interactive=False, verbosity=0)
            connection.check_constraints()
    finally:
        connection.enable_constraint_checking()
        ContentType.objects.clear_cache()


def drop_tables(using: str) -> None:
    """The tables of this project; others in the same database stay."""
    connection = connections[using]
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    cascade = " CASCADE" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for table in [*tables, MigrationRecorder.Migration._meta.db_table]:
            cursor.execute(f"DROP TABLE IF EXISTS {connection.ops.quote_name(table)}{cascade}")


def migrate_to(using: str, migrations: list[tuple[str, str]]) -> Any:
    """Applies exactly these migrations to an empty database; gives the models as they were after them."""
    executor = MigrationExecutor(connections[using])
    wanted, graph = set(migrations), executor.loader.graph
    unknown = sorted(wanted - set(executor.loader.disk_migrations))
    if unknown or not wanted:
        raise ArchiveError(
            "Bản sao lưu được tạo bởi một phiên bản mới hơn phần mềm đang cài"
            f" (có bước cập nhật {'.'.join(unknown[0]) if unknown else 'lạ'}). Hãy nâng cấp phần mềm rồi khôi phục."
        )
    last = [node for node in wanted if node in graph.nodes and wanted.isdisjoint(children_of(graph, node))]
    return executor.migrate(last).apps


def children_of(graph: Any, node: tuple[str, str]) -> set[tuple[str, str]]:
    """The migrations that build on this one directly."""
    return {child.key for child in graph.node_map[node].children}


def reset_sequences(registry: Any, using: str) -> None:
    """The next row of each table gets a number after the largest restored one."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), kept_models(registry)):
            cursor.execute(statement)
