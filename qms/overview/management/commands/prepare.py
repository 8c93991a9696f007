"""Makes the database ready to be served: `bin/run` calls this before every start."""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection

from qms.organisation.roles import align_grants
from qms.standards.loading import align_standards


class Command(BaseCommand):
    """Migrates, gives roles and clauses what the tables say, and fills an embedded, unused database with the demo."""

    help = "Cập nhật cơ sở dữ liệu; nếu là SQLite và chưa có ai, nạp năm dữ liệu mẫu."

    def handle(self, *args: Any, **options: Any) -> None:
        """On a server database (PostgreSQL) demo accounts are never made unasked."""
        call_command("migrate", interactive=False, verbosity=0)
        align_grants()
        align_standards()
        embedded = connection.vendor == "sqlite"
        if embedded and not get_user_model().objects.exists():
            self.stdout.write("• Nạp dữ liệu mẫu của một Sở (chỉ lần đầu)")
            call_command("demo", force=True, stdout=self.stdout)
