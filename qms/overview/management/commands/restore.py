"""`manage.py restore FILE`: makes this installation what a backup holds."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from qms.overview.archive import ArchiveError
from qms.overview.backup import restore


class Command(BaseCommand):
    """Run it while the web service is stopped."""

    help = "Khôi phục cơ sở dữ liệu và các tệp từ bản sao lưu; kiểm tra mọi mã sha256 trước khi thay đổi bất cứ gì."

    def add_arguments(self, parser: CommandParser) -> None:
        """An installation in use is only replaced when asked for."""
        parser.add_argument("file", type=Path, metavar="TỆP")
        parser.add_argument(
            "--replace", "--force", action="store_true", help="Thay toàn bộ dữ liệu đang có bằng bản sao lưu."
        )

    def handle(self, *args: Any, file: Path, replace: bool, **options: Any) -> None:
        """Prints what was restored."""
        try:
            manifest = restore(file, replace=replace)
        except ArchiveError as error:
            raise CommandError(str(error)) from error
        rows = sum(table.rows for table in manifest.tables)
        self.stdout.write(
            f"Đã khôi phục {rows} dòng dữ liệu và {len(manifest.files)} tệp, sao lưu lúc {manifest.created}"
        )
