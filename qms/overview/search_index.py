"""Trigram indexes for the search on PostgreSQL. Without them it finds the same, only slower.

They stand beside the migrations because SQLite has nothing of the kind and because the extension may be missing on a
server: `pg_trgm` comes with PostgreSQL's own packages and the owner of the database may switch it on (PostgreSQL 13).
"""

import logging
from typing import Any

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections, transaction

log = logging.getLogger(__name__)

# The tables that grow by thousands every year; all others (objectives, risks, surveys, reports) stay small.
INDEXED = ("duties.Duty", "plans.Task")


def after_migrate(sender: Any, using: str, **more: Any) -> None:
    """For Django's `post_migrate`, so that every way to update a database makes them."""
    make_indexes(using)


def make_indexes(using: str = DEFAULT_DB_ALIAS) -> bool:
    """Make what is missing of the indexes; whether all are there now. Changes nothing but speed."""
    connection = connections[using]
    if connection.vendor != "postgresql":
        return False
    try:
        with transaction.atomic(using=using), connection.cursor() as cursor:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            for label in INDEXED:
                cursor.execute(_statement(label))
    except DatabaseError as error:
        log.warning("Không tạo được chỉ mục tìm kiếm (pg_trgm): %s", error)
        return False
    return True


def _statement(label: str) -> str:
    table = apps.get_model(label)._meta.db_table
    return f'CREATE INDEX IF NOT EXISTS "{table}_search_trigram" ON "{table}" USING gin (search gin_trgm_ops)'
