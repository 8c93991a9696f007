"""The mid-year reports on objectives, and those of the third quarter under way, through the doors people use."""

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from django.utils import timezone

from objectives.measuring import Given, enter_figure
from objectives.models import Figure
from objectives.reports.actions import change_words, draft_report, open_round, take_step
from objectives.reports.duties import reporting_units
from objectives.reports.models import ObjectiveReport, ReportRound
from objectives.terms import PeriodKind
from qms.organisation.models import Agency, Unit, User

from .objectives import HANDS

_REASON = "Ghi rõ nguyên nhân hồ sơ trễ hạn của quý II và người chịu trách nhiệm khắc phục."
_NEXT = "- Phân công người dự phòng cho từng lĩnh vực, Trưởng phòng kiểm tra hồ sơ sắp đến hạn mỗi thứ Hai."
_ASKED = "- Đề nghị Văn phòng Sở bổ sung một công chức thẩm định hồ sơ môi trường trong quý III."
_CONCLUSIONS = (
    "- Các mục tiêu của Sở cơ bản đúng hướng; số liệu được nhập đúng kỳ.\n"
    "- Hồ sơ môi trường và hồ sơ khoáng sản quý II chưa đạt chỉ tiêu, đã có nguyên nhân và biện pháp khắc phục."
)


@dataclass
class ReportStory:
    """The reports of one year until a day."""

    agency: Agency
    units: dict[str, Unit]
    people: dict[str, User]
    until: date

    def tell(self, year: int) -> None:
        """The mid-year report issued in July; an amendment; the third quarter's reports under way in October."""
        if self.until >= date(year, 7, 20):
            self._mid_year(year)
        if self.until >= date(year, 9, 10):
            self._amend(year)
        if self.until >= date(year, 10, 12):
            self._third_quarter(year)

    def _mid_year(self, year: int) -> None:
        found = self._open(year, PeriodKind.HALF_YEAR, 1, date(year, 6, 22), date(year, 7, 10))
        for unit in reporting_units(found):
            self._unit(found, unit, date(year, 7, 9))
        report = self._draft(found, None, "thuky", date(year, 7, 15))
        report = self._words(report, "thuky", date(year, 7, 15), conclusions=_CONCLUSIONS)
        for name, who, day in (("submit", "thuky", 15), ("approve", "giamdoc", 16)):
            report = self._step(report, name, who, date(year, 7, day))
        signed = date(year, 7, 16)
        take_step(report, "issue", actor=self.people["vanthu"], at=_at(signed, 15), data={"date": signed})

    def _unit(self, found: ReportRound, unit: Unit, day: date) -> None:
        """Drafted by the staff, sent by the head, taken; one is given back first and comes late."""
        key = self._key(unit)
        head, hand = HANDS[key]
        report = self._draft(found, unit, hand, day)
        if key == "mt":
            report = self._step(report, "send", head, day)
            report = self._step(report, "give_back", "thuky", day.replace(day=day.day + 1), _REASON)
            day = day.replace(day=day.day + 4)
            report = self._words(report, hand, day, next_steps=_NEXT, proposals=_ASKED)
        report = self._step(report, "send", head, day)
        self._step(report, "accept", "thuky", day.replace(day=day.day + 1))

    def _amend(self, year: int) -> None:
        """A case of June was found to be late after all."""
        figure = Figure.objects.get(
            objective__objective_set__unit=self.units["dd"], objective__objective_set__year=year, ends_on=date(year, 6, 30),
            objective__person=None,
        )  # fmt: skip
        given = Given(numerator=(figure.numerator or Decimal(1)) - 1, denominator=figure.denominator)
        enter_figure(
            figure, given=given, revision=figure.revision, actor=self.people[HANDS["dd"][1]], at=_at(date(year, 9, 8), 10),
            reason="Đối chiếu với Một cửa: một hồ sơ tháng 6 trả sau hạn một ngày.",
        )  # fmt: skip

    def _third_quarter(self, year: int) -> None:
        found = self._open(year, PeriodKind.QUARTER, 3, date(year, 9, 21), date(year, 10, 9))
        self._unit(found, self.units["dd"], date(year, 10, 8))
        self._step(
            self._draft(found, self.units["tn"], HANDS["tn"][1], date(year, 10, 8)),
            "send",
            HANDS["tn"][0],
            date(year, 10, 9),
        )
        self._draft(found, self.units["tt"], HANDS["tt"][1], date(year, 10, 9))

    def _open(self, year: int, kind: PeriodKind, index: int, day: date, submit_by: date) -> ReportRound:
        note = "Số liệu lấy từ các kỳ đã nhập; nêu rõ nguyên nhân mục tiêu không đạt."
        return open_round(
            agency=self.agency, year=year, kind=kind, index=index, submit_by=submit_by, note=note,
            actor=self.people["thuky"], at=_at(day),
        )  # fmt: skip

    def _draft(self, found: ReportRound, unit: Unit | None, who: str, day: date) -> ObjectiveReport:
        return draft_report(found, unit=unit, actor=self.people[who], at=_at(day))

    def _words(self, report: ObjectiveReport, who: str, day: date, **changed: str) -> ObjectiveReport:
        names = ("subject", "conclusions", "causes", "next_steps", "proposals")
        words = {name: getattr(report, name) for name in names} | {"recipients": "\n".join(report.recipients)} | changed
        return change_words(report, words=words, revision=report.revision, actor=self.people[who], at=_at(day, 10))

    def _step(self, report: ObjectiveReport, name: str, who: str, day: date, comment: str = "") -> ObjectiveReport:
        return take_step(report, name, actor=self.people[who], at=_at(day, 11), comment=comment)

    def _key(self, unit: Unit) -> str:
        return next(key for key, known in self.units.items() if known.pk == unit.pk)


def _at(day: date, hour: int = 9) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour, 40)))
