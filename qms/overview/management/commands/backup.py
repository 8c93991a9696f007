"""`manage.py backup FILE`: the whole installation in one archive."""

import hashlib
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from qms.overview.backup import back_up


class Command(BaseCommand):
    """May run while people work."""

    help = "Sao lưu cơ sở dữ liệu và các tệp vào một tệp .zip có bảng kê sha256."

    def add_arguments(self, parser: CommandParser) -> None:
        """The archive is replaced if it exists."""
        parser.add_argument("file", type=Path, metavar="TỆP")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        """Prints what was saved and the sum to note down."""
        try:
            manifest = back_up(file, at=timezone.now())
        except OSError as error:
            raise CommandError(f"Không ghi được {file}: {error.strerror}") from error
        with file.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        rows = sum(table.rows for table in manifest.tables)
        self.stdout.write(f"Đã sao lưu {rows} dòng dữ liệu và {len(manifest.files)} tệp vào {file}")
        self.stdout.write(f"{file.stat().st_size} byte, sha256 {digest}")
