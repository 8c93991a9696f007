"""`manage.py import_plan FILE [--agency CODE] [--dry-run] --json`: read a .docx or .xlsx plan and store it as a draft.

A file that is no plan: exit code 2 and one line on standard error; nothing is printed, nothing is stored.
"""

import json
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from plans.actions import store_plan
from plans.content import PlanContent
from plans.importing import Doubt, ImportedPlan, NotAPlan, read_plan_safely
from plans.imports import why_not_import, with_meaning_doubts
from plans.models import Plan
from plans.units import directory_for
from qms.organisation.models import Agency, User
from qms.organisation.naming import UnitDirectory
from qms.text import one_line

REFUSED = 2


class Command(BaseCommand):
    help = "Nhập kế hoạch năm từ tệp Word (.docx) hoặc Excel (.xlsx) thành dự thảo."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="tệp .docx hoặc .xlsx")
        parser.add_argument("--agency", default="", help="mã cơ quan; không cần khi chỉ có một cơ quan")
        parser.add_argument("--user", default="", help="tên đăng nhập của người nhập; mặc định: Thư ký ISO của cơ quan")
        parser.add_argument("--dry-run", action="store_true", help="chỉ đọc, không lưu")
        parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            imported = read_plan_safely(options["file"])
        except NotAPlan as error:
            raise _refused(str(error)) from error
        agency = _agency(options["agency"], needed=not options["dry_run"])
        directory = _directory(agency, imported.content) if agency else None
        imported = with_meaning_doubts(imported, directory)
        plan = None if options["dry_run"] or agency is None else _store(imported, agency, options["user"])
        self.stdout.write(_as_json(imported, plan) if options["json"] else _as_text(imported, plan))


def _directory(agency: Agency, content: PlanContent) -> UnitDirectory:
    return directory_for(agency, year=content.year, issued_on=content.date, at=timezone.now())


def _agency(code: str, *, needed: bool) -> Agency | None:
    """The agency of that code, or the only one; None where none is needed and it is not clear which."""
    found = list(Agency.objects.filter(code=code) if code else Agency.objects.all()[:2])
    if len(found) == 1:
        return found[0]
    if code:
        raise _refused(f"Không có cơ quan nào mang mã {code}.")
    if needed:
        raise _refused("Có nhiều cơ quan, thêm --agency MÃ." if found else "Chưa có cơ quan nào để lưu kế hoạch.")
    return None


def _store(imported: ImportedPlan, agency: Agency, username: str) -> Plan:
    actor = _actor(agency, username)
    try:
        return store_plan(agency=agency, content=imported.content, actor=actor, at=timezone.now())
    except ValidationError as error:
        raise _refused(f"Không lưu được kế hoạch: {' '.join(error.messages)}") from error


def _actor(agency: Agency, username: str) -> User:
    """The named person, or the first of the agency who drafts plans."""
    people = User.objects.filter(is_active=True).order_by("pk")
    named = people.filter(username=username) if username else people.filter(agency=agency)
    actor = next((user for user in named if not why_not_import(user, agency)), None)
    if actor is None:
        who = f"Tài khoản {username}" if username else f"Trong {agency} chưa có ai"
        raise _refused(f"{who} {'không ' if username else ''}được giao soạn kế hoạch; thêm --user TÊN.")
    return actor


def _refused(sentence: str) -> CommandError:
    return CommandError(one_line(sentence), returncode=REFUSED)


def _as_json(imported: ImportedPlan, plan: Plan | None) -> str:
    data = imported.to_json()
    if plan:
        data["id"] = plan.pk
    return json.dumps(data, ensure_ascii=False, indent=1)


def _as_text(imported: ImportedPlan, plan: Plan | None) -> str:
    content = imported.content
    lines = [
        f"{content.title} {content.subject}",
        f"{content.agency}, năm {content.year}: {len(content.tasks)} nhiệm vụ, {len(content.sections)} mục",
        *map(_doubt_line, imported.doubts),
        f"Đã lưu thành dự thảo {plan.pk}." if plan else "Chưa lưu.",
    ]
    return "\n".join(lines)


def _doubt_line(doubt: Doubt) -> str:
    place = f"{doubt.where}: " if doubt.where else ""
    return f"- {place}{doubt.message}" + (f" «{one_line(doubt.text)[:80]}»" if doubt.text else "")
