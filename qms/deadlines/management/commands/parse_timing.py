"""`manage.py parse_timing --year 2026 [--json] < phrases.txt`: the meaning of each line, one line each."""

import json
import re
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from qms.deadlines import Timing, explain, parse_timing

_LINE_ENDS = re.compile("[\u0085\u2028\u2029]")
NOT_UTF8 = "Dữ liệu vào không phải văn bản UTF-8 (dòng {line}); hãy lưu tệp bằng bảng mã UTF-8 rồi thử lại."


class Command(BaseCommand):
    help = "Đọc các cụm từ thời gian từ đầu vào chuẩn, mỗi dòng một cụm, và in ý nghĩa của chúng."
    requires_system_checks: list[str] = []  # needs neither database nor URLs

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--year", type=int, required=True, help="năm của kế hoạch, ví dụ 2026")
        parser.add_argument("--json", action="store_true", help="mỗi dòng một đối tượng JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        show = _as_json if options["json"] else _as_sentence
        for phrase in _phrases(sys.stdin.buffer.read(), self):
            self.stdout.write(show(parse_timing(phrase, year=options["year"])))


def _phrases(data: bytes, command: Command) -> list[str]:
    """One phrase per line, empty lines included; only a line feed ends a line."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        command.stderr.write(NOT_UTF8.format(line=data[: error.start].count(b"\n") + 1))
        sys.exit(2)
    lines = text.split("\n")
    if lines[-1] == "":
        lines.pop()
    return [line.removesuffix("\r") for line in lines]


def _as_json(timing: Timing) -> str:
    """One line whatever the reader takes for a line's end."""
    return _LINE_ENDS.sub(lambda end: f"\\u{ord(end[0]):04x}", json.dumps(timing.to_json(), ensure_ascii=False))


def _as_sentence(timing: Timing) -> str:
    return f"{timing.text} → {timing.kind.label}: {explain(timing)}"
