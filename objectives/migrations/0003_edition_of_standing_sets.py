"""Sets that are there already point at the edition that their text names.

A step of its own: PostgreSQL does not alter a table whose rows were written in the same transaction.
"""

from django.db import migrations
from django.db.models import OuterRef, Subquery

OLDEST = {"name": "Hệ thống quản lý chất lượng – Các yêu cầu", "order": 1}


def point_at_editions(apps, schema_editor):
    alias = schema_editor.connection.alias
    sets = apps.get_model("objectives", "ObjectiveSet").objects.using(alias)
    editions = apps.get_model("standards", "Edition").objects.using(alias)
    for code in sets.order_by().values_list("standard", flat=True).distinct():
        edition, _ = editions.get_or_create(code=code, defaults=OLDEST)
        sets.filter(standard=code).update(edition=edition)


def name_editions(apps, schema_editor):
    alias = schema_editor.connection.alias
    codes = apps.get_model("standards", "Edition").objects.using(alias).filter(pk=OuterRef("edition"))
    sets = apps.get_model("objectives", "ObjectiveSet").objects.using(alias)
    sets.exclude(edition=None).update(standard=Subquery(codes.values("code")))


class Migration(migrations.Migration):

    dependencies = [
        ("objectives", "0002_clause_and_edition"),
    ]

    operations = [
        migrations.RunPython(point_at_editions, name_editions),
    ]
