"""`manage.py render_plan ID --format pdf|docx -o FILE`: write a plan as an official document.

An issued plan is written as it was frozen. Unknown plan, format or folder: exit code 2 and one line on standard error.
"""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from plans.documents import plan_document
from plans.enums import IN_FORCE_OR_PAST
from plans.models import Plan
from plans.selectors import plan_content
from qms.documents.downloads import RENDERERS
from qms.documents.selectors import frozen_of

REFUSED = 2


class Command(BaseCommand):
    help = "Ghi kế hoạch ra tệp PDF hoặc DOCX theo thể thức văn bản hành chính."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("plan", metavar="ID", help="số của kế hoạch trong hệ thống")
        parser.add_argument("--format", required=True, help="pdf hoặc docx")
        parser.add_argument("-o", "--output", required=True, type=Path, help="tệp để ghi")

    def handle(self, *args: Any, **options: Any) -> None:
        wanted, target = options["format"].lower(), options["output"]
        if wanted not in RENDERERS:
            raise _refused(f"Không có định dạng {wanted}; chỉ có pdf và docx.")
        number = options["plan"]
        plan = Plan.objects.select_related("layout").filter(pk=number).first() if number.isdecimal() else None
        if plan is None:
            raise _refused(f"Không có kế hoạch {number}.")
        try:
            target.write_bytes(_file_of(plan, wanted))
        except OSError as error:
            raise _refused(f"Không ghi được tệp {target}: {error.strerror}.") from error
        self.stdout.write(f"Đã ghi {target}")


def _file_of(plan: Plan, wanted: str) -> bytes:
    frozen = frozen_of(plan)
    if frozen is None:
        issued = plan.state in IN_FORCE_OR_PAST
        return RENDERERS[wanted](plan_document(plan_content(plan), draft=not issued))
    with (frozen.pdf if wanted == "pdf" else frozen.docx).open("rb") as stored:
        return stored.read()


def _refused(sentence: str) -> CommandError:
    return CommandError(sentence, returncode=REFUSED)
