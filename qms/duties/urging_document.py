"""The công văn đôn đốc as an official document: Kính gửi the units, the table of what is late, signature."""

from collections.abc import Iterable, Iterator
from datetime import date

from qms.documents.model import (
    Align,
    Block,
    Cell,
    Column,
    Form,
    Issuer,
    OfficialDocument,
    Paragraph,
    Row,
    Signature,
    Table,
)
from qms.organisation.enums import Role
from qms.organisation.models import PositionHolding
from qms.text import short_date

from .enums import OWED, UrgingState
from .models import UrgingItem, UrgingLetter

_COLUMNS = (
    Column("STT", 5, align=Align.CENTER),
    Column("Nhiệm vụ", 38),
    Column("Đơn vị thực hiện", 25),
    Column("Hạn", 17, align=Align.CENTER),
    Column("Số ngày trễ", 15, align=Align.CENTER),
)


def items_of(letter: UrgingLetter) -> list[UrgingItem]:
    """What the letter lists: in a draft what is late now, from the signature on what was signed."""
    if letter.state == UrgingState.DRAFT:
        return still_late(letter)
    return list(letter.items.select_related("duty__unit"))


def still_late(letter: UrgingLetter) -> list[UrgingItem]:
    """The items whose duty is still owed, and for the same day."""
    items = letter.items.select_related("duty__unit")
    return [item for item in items if item.duty.state in OWED and item.duty.due_on == item.due_on]


def urging_document(letter: UrgingLetter, *, as_of: date) -> OfficialDocument:
    """The letter as the renderers take it; days late are counted up to `as_of`."""
    names = letter.agency.name_on(as_of)
    items = items_of(letter)
    units = tuple(dict.fromkeys(item.duty.unit.name for item in items))
    office = letter.symbol.rpartition("-")[2]
    return OfficialDocument(
        issuer=Issuer(names.name, names.superior),
        form=Form.LETTER,
        subject=letter.subject,
        number=letter.number,
        symbol=letter.symbol,
        place=names.place,
        date=letter.date,
        year=as_of.year,
        addressees=units,
        blocks=tuple(_blocks(letter, items, as_of)),
        signatures=(_signature(letter, as_of),),
        recipients=("Như trên", "Lãnh đạo Sở (báo cáo)", f"Lưu: VT, {office}"),
        draft=letter.state != UrgingState.ISSUED and not letter.number,
    )


def _blocks(letter: UrgingLetter, items: Iterable[UrgingItem], as_of: date) -> Iterator[Block]:
    yield from (Paragraph(line) for line in letter.opening.splitlines() if line.strip())
    yield Table(_COLUMNS, tuple(_row(number, item, as_of) for number, item in enumerate(items, start=1)))
    yield from (Paragraph(line) for line in letter.request.splitlines() if line.strip())


def _row(number: int, item: UrgingItem, as_of: date) -> Row:
    duty = item.duty
    words = tuple(filter(None, (duty.title, duty.period)))
    cells = ((str(number),), words, (duty.unit.name,), (short_date(item.due_on),), (str((as_of - item.due_on).days),))
    return tuple(Cell(lines) for lines in cells)


def _signature(letter: UrgingLetter, as_of: date) -> Signature:
    """Who signed; before that the head of the agency is expected to."""
    if letter.signed_by_id:
        return Signature.of(letter.sign_on_behalf, letter.sign_position, letter.sign_name)
    held = PositionHolding.objects.effective(as_of).filter(position__unit__agency=letter.agency_id)
    rows = held.order_by("position__rank", "pk").values_list("position__roles", "position__title")
    return Signature((), next((title.upper() for roles, title in rows if Role.DIRECTOR in roles), ""))
