"""`manage.py demo`: writes the fictional year, once. Refuses where DEBUG is off unless forced."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from qms.overview.fictional.load import load
from qms.overview.fictional.organisation import PASSWORD


class Command(BaseCommand):
    help = "Nạp một năm hoạt động của một Sở hư cấu để xem thử."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--force", action="store_true", help="nạp cả khi DEBUG tắt")

    def handle(self, *args: Any, force: bool, **options: Any) -> None:
        if not (settings.DEBUG or force):
            raise CommandError("Dữ liệu hư cấu chỉ nạp khi DEBUG=1. Thêm --force nếu chắc chắn.")
        agency = load(today=timezone.localdate())
        self.stdout.write(f"Đã có dữ liệu của {agency.name}. Mật khẩu của mọi tài khoản xem thử: {PASSWORD}")
