"""Makes the database ready to be served: `bin/run` calls this before every start."""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection

from qms.organisation.roles import align_grants


class Command(BaseCommand):
    """Migrates, gives roles what the table says; then fills an embedded, unused database with the fictional year."""

    help = "Cập nhật cơ sở dữ liệu; nếu là SQLite và chưa có ai, nạp năm dữ liệu mẫu."

    def handle(self, *args: Any, **options: Any) -> None:
        """On a server database (PostgreSQL) demo accounts are never made unasked."""
        call_command("migrate", interactive=False, verbosity=0)
        align_grants()
        embedded = connection.vendor == "sqlite"
        if embedded and not get_user_model().objects.exists():
            self.stdout.write("• Nạp dữ liệu mẫu của một Sở (chỉ lần đầu)")
            call_command("demo", force=True, stdout=self.stdout)
