"""Evidence to test with: real files, hung on a duty as people hang them."""

from datetime import date
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from qms.duties.actions import Proof, report
from qms.duties.enums import DutyKind, DutyState
from qms.duties.models import Duty
from qms.duties.opening import Wanted, open_duties
from qms.files.models import StoredFile
from qms.organisation.tests.cast import NOW, TODAY, House

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\nstartxref\n9\n%%EOF\n"


def picture() -> bytes:
    """A real PNG of one pixel."""
    out = BytesIO()
    Image.new("RGB", (1, 1), "white").save(out, "PNG")
    return out.getvalue()


def duty_of(house: House, unit: str = "kh", key: str = "1") -> Duty:
    """One open duty of that unit; its source is of no account here."""
    wanted = Wanted(key, DutyKind.PLAN_TASK, "Báo cáo mục tiêu chất lượng", house.unit(unit), due_on=TODAY)
    return open_duties(house.agency, agency=house.agency, year=TODAY.year, wanted=[wanted], at=NOW)[0]


def evidence_of(
    house: House, content: bytes = PDF, name: str = "báo cáo.pdf", *, duty: Duty | None = None, on: date = TODAY
) -> StoredFile:
    """A file that the head of "kh" hangs on a duty of the unit."""
    proof = Proof(effective_on=on, upload=SimpleUploadedFile(name, content))
    entry = report(
        duty or duty_of(house), state=DutyState.IN_PROGRESS, percent=50, text="Đã gửi", proofs=[proof], revision=1,
        actor=house["truong"], at=NOW,
    )  # fmt: skip
    return entry.evidence.get().file
