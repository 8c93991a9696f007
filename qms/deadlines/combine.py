"""What the clauses of one phrase mean together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from qms.deadlines.cadence import COUNT_DOUBT, NO_CYCLE_DOUBT, Cadence, days_each_month, days_in, short_month_doubts
from qms.deadlines.clauses import Clause, Continuous, External, Fixed, Lead, Relative
from qms.deadlines.dates import ONE_DAY, Grain, Impossible, Period
from qms.deadlines.model import Offset, TimingKind, Window
from qms.deadlines.terms import Terms
from qms.deadlines.waiting import NO_ANCHOR_DOUBT

OPEN_DOUBT = "Chỉ ghi ngày bắt đầu; đang lấy đến hết năm."
MIXED_DOUBT = "Cụm từ có nhiều cách tính hạn; cần chọn cách nào."
SEVERAL_DOUBT = "Cụm từ có nhiều mốc cho những việc khác nhau."
DATED_WAIT_DOUBT = "Vừa chờ việc khác vừa có hạn cố định."
PLANNED_DOUBT = "Thời gian còn tùy cơ quan khác."
CONTINUOUS_DOUBT = "Ghi thường xuyên nhưng có thêm mốc thời gian."
NO_MONTH_DOUBT = "Có ngày nhưng không rõ của tháng nào."
MISMATCH_DOUBT = "Số mốc ghi ra không khớp với chu kỳ."
MONTHLY_DOUBT = "Không ghi tháng nào nên được hiểu là mọi tháng."
BEFORE_EDGE_DOUBT = "“Trước cuối kỳ”: cần xác nhận có tính ngày cuối kỳ hay không."
RULE_OFFSET_DOUBT = "Hạn tính thêm từ cuối mỗi kỳ; cần ghi rõ từng hạn."


@dataclass(frozen=True)
class Meaning:
    """A `Timing` in the making, without its text; `parts` are the branches of a conditional."""

    kind: TimingKind
    windows: tuple[Window, ...] = ()
    offset: Offset | None = None
    trigger: str = ""
    exclusive: bool = False
    doubts: tuple[str, ...] = ()
    parts: tuple["Meaning", ...] = field(default=())


@dataclass(frozen=True)
class _Sorted:
    """The clauses of a phrase by sort."""

    fixed: list[Fixed]
    relative: list[Relative]
    external: list[External]
    continuous: list[Continuous]
    cadences: list[Cadence]


_C = TypeVar("_C")


def _of(clauses: Sequence[Clause], kind: type[_C]) -> list[_C]:
    return [clause for clause in clauses if isinstance(clause, kind)]


def combine(clauses: Sequence[Clause], year: int, *, wordy: bool) -> Meaning | None:
    """The meaning of the clauses, None without any. `wordy`: other words stand between or around them."""
    by_sort = _Sorted(
        _of(clauses, Fixed), _merged(_of(clauses, Relative)), _of(clauses, External),
        _of(clauses, Continuous), _of(clauses, Cadence),
    )  # fmt: skip
    if _names_one_time(by_sort):
        return _with_fixed(clauses, by_sort, year, wordy)
    if by_sort.cadences and not all(cadence.daily for cadence in by_sort.cadences):
        return _recurring(by_sort, year)
    if by_sort.continuous or by_sort.cadences:
        return _continuous(by_sort, year, wordy)
    if by_sort.fixed:
        return _with_fixed(clauses, by_sort, year, wordy)
    if by_sort.relative:
        return _relatives(by_sort.relative)
    if by_sort.external:
        first = by_sort.external[0]
        return Meaning(TimingKind.EXTERNAL, trigger=first.trigger, doubts=first.doubts)
    return None


def _names_one_time(by_sort: _Sorted) -> bool:
    """ "Báo cáo năm, trước ngày 15/12/2026": the year is what is reported on, not how often."""
    if len(by_sort.fixed) != 1 or by_sort.fixed[0].terms.days or by_sort.continuous:
        return False
    return bool(by_sort.cadences) and all(c.loose and len(c.cycles) == 1 for c in by_sort.cadences)


def _merged(relative: list[Relative]) -> list[Relative]:
    """An event and the count behind it belong together: "Khi có thay đổi, trong vòng 5 ngày"."""
    out: list[Relative] = []
    for clause in relative:
        if out and out[-1].offset is None and clause.offset:
            out[-1] = _counted(out[-1], clause)
        else:
            out.append(clause)
    return out


def _counted(waiting: Relative, count: Relative) -> Relative:
    """The count with the event it waits for, where it does not name its own ("kể từ ngày có hiệu lực")."""
    if count.trigger:
        return count
    doubts = tuple(doubt for doubt in count.doubts if doubt != NO_ANCHOR_DOUBT)
    return replace(count, kind=waiting.kind, trigger=waiting.trigger, doubts=doubts)


def _relatives(relative: list[Relative]) -> Meaning:
    parts = tuple(Meaning(each.kind, offset=each.offset, trigger=each.trigger, doubts=each.doubts) for each in relative)
    return parts[0] if len(parts) == 1 else _branched(parts)


def _branched(parts: tuple[Meaning, ...]) -> Meaning:
    return Meaning(TimingKind.CONDITIONAL, parts=parts, doubts=(MIXED_DOUBT,))


def _continuous(by_sort: _Sorted, year: int, wordy: bool) -> Meaning:
    """Without a due day; a deadline said beside it ("…, báo cáo trước ngày 05/11") is kept for a person to judge."""
    if any(clause.lead in (Lead.BEFORE, Lead.BY) for clause in by_sort.fixed):
        meaning = _fixed(by_sort.fixed, year, wordy)
        return replace(meaning, doubts=(*meaning.doubts, CONTINUOUS_DOUBT))
    trigger = by_sort.relative[0].trigger if by_sort.relative else ""
    partial = any(clause.terms.grain is not Grain.YEAR for clause in by_sort.fixed)
    return Meaning(TimingKind.CONTINUOUS, trigger=trigger, doubts=(CONTINUOUS_DOUBT,) if partial else ())


def _with_fixed(clauses: Sequence[Clause], by_sort: _Sorted, year: int, wordy: bool) -> Meaning:
    meaning = _fixed(by_sort.fixed, year, wordy)
    if by_sort.relative:
        waiting = _relatives(by_sort.relative)
        if all(clause.lead in (Lead.BEFORE, Lead.BY) for clause in by_sort.fixed) and not waiting.offset:
            return replace(meaning, trigger=waiting.trigger, doubts=(*meaning.doubts, DATED_WAIT_DOUBT))
        return _branched((meaning, *(waiting.parts or (waiting,))))
    if isinstance(clauses[0], External):
        return replace(meaning, trigger=clauses[0].trigger, doubts=(*meaning.doubts, PLANNED_DOUBT))
    return meaning


# --- fixed times


def _fixed(clauses: list[Fixed], year: int, wordy: bool) -> Meaning:
    clauses = _days_placed(_led(clauses))
    windows, doubts = _windows(clauses)
    doubts += [SEVERAL_DOUBT] * (wordy and len(windows) > 1 and len(clauses) > 1)
    doubts += [BEFORE_EDGE_DOUBT] * any(_before_an_edge(clause) for clause in clauses)
    recurring = len(windows) > 1 or any(clause.terms.recurring for clause in clauses)
    return Meaning(
        TimingKind.RECURRING if recurring else TimingKind.WINDOW,
        tuple(windows),
        exclusive=_all_exclusive(clauses),
        doubts=(*_doubts(clause.terms.doubts for clause in clauses), *doubts),
    )


def _led(clauses: list[Fixed]) -> list[Fixed]:
    """A day takes over the lead word of the day before it: "Trước ngày 15/6 (đợt 1) và ngày 15/12 (đợt 2)"."""
    out: list[Fixed] = []
    for clause in clauses:
        bare_day = clause.lead is Lead.WITHIN and clause.terms.grain is Grain.DAY and not clause.terms.is_range
        if bare_day and out and out[-1].lead in (Lead.BEFORE, Lead.BY) and out[-1].terms.grain is Grain.DAY:
            clause = replace(clause, lead=out[-1].lead)
        out.append(clause)
    return out


def _before_an_edge(clause: Fixed) -> bool:
    return clause.lead is Lead.BEFORE and any(period.edge for period in clause.terms.periods)


def _doubts(groups: Iterable[Iterable[str]]) -> list[str]:
    return list(dict.fromkeys(doubt for group in groups for doubt in group))


def _all_exclusive(clauses: list[Fixed]) -> bool:
    """Whether every due day comes from a "trước"."""
    ending = [clause for clause in clauses if clause.lead in (Lead.BEFORE, Lead.BY)]
    return bool(ending) and all(clause.lead is Lead.BEFORE for clause in ending)


def _days_placed(clauses: list[Fixed]) -> list[Fixed]:
    """Days without a month take the months named elsewhere: "Tháng 6 (trước ngày 25)"."""
    out: list[Fixed] = []
    wholes = [p for c in clauses for p in c.terms.periods if p.grain is Grain.MONTH and not p.edge]
    for clause in clauses:
        if clause.terms.days:
            if not wholes:
                raise Impossible(NO_MONTH_DOUBT)
            clause = replace(clause, terms=_placed(clause.terms, wholes))
        out.append(clause)
    return out


def _placed(terms: Terms, wholes: list[Period]) -> Terms:
    periods = [period for whole in wholes for period in days_in(terms.days, terms.is_range, whole)]
    return replace(terms, periods=tuple(periods), days=(), doubts=(*terms.doubts, *short_month_doubts(terms.days)))


def _windows(clauses: list[Fixed]) -> tuple[list[Window], list[str]]:
    """The windows of all clauses: beginnings and ends that belong together are one."""
    opening = [clause for clause in clauses if clause.lead in (Lead.FROM, Lead.AFTER)]
    ending = [window for clause in clauses for window in _ends(clause)]
    within = _detailed([_spans(clause.terms) for clause in clauses if clause.lead is Lead.WITHIN])
    if opening:
        return _opened(opening, [*within, *ending])
    if within and ending:
        return _narrowed(within, ending, clauses)
    return _unique(within or ending), []


def _detailed(groups: list[list[Window]]) -> list[Window]:
    """All windows, without those that a later clause says more exactly: "Quý II (tháng 5)"."""
    out: list[Window] = []
    for at, group in enumerate(groups):
        later = [window for following in groups[at + 1 :] for window in following]
        out += [outer for outer in group if not _holds_one(outer, later)]
    return out


def _holds_one(outer: Window, windows: list[Window]) -> bool:
    return bool(outer.start) and any(
        window != outer and (window.start or window.due) >= (outer.start or date.min) and window.due <= outer.due
        for window in windows
    )


def _unique(windows: list[Window]) -> list[Window]:
    return sorted(dict.fromkeys(windows), key=lambda window: (window.due, window.start or date.min))


def _ends(clause: Fixed) -> list[Window]:
    if clause.lead is Lead.BEFORE:
        return [Window(None, period.start - ONE_DAY) for period in _whole(clause.terms)]
    return [Window(None, period.end) for period in _whole(clause.terms)] if clause.lead is Lead.BY else []


def _whole(terms: Terms) -> list[Period]:
    """Each period by itself; a list of touching months behind one "trước" has only one beginning and one end."""
    periods = list(terms.periods)
    if terms.each or any(period.grain is Grain.DAY or period.edge for period in periods):
        return periods
    return _joined(periods)


def _spans(terms: Terms) -> list[Window]:
    """Touching periods as one window; edges ("cuối năm") are due days without a start."""
    periods = list(terms.periods) if terms.each else _joined(list(terms.periods))
    return [Window(None if period.edge else period.start, period.end) for period in periods]


def _joined(periods: list[Period]) -> list[Period]:
    out: list[Period] = []
    for period in periods:
        if out and out[-1].touches(period) and not (out[-1].edge or period.edge):
            out[-1] = Period(out[-1].start, period.end, max(out[-1].grain, period.grain))
        else:
            out.append(period)
    return out


def _opened(opening: list[Fixed], ending: list[Window]) -> tuple[list[Window], list[str]]:
    """ "Từ tháng 3, hoàn thành trước 30/6"; without an end, until the end of that year, which is doubtful."""
    first = opening[0]
    period = first.terms.periods[0]
    start = period.end + ONE_DAY if first.lead is Lead.AFTER else period.start
    due = max((window.due for window in ending), default=None)
    if due is None:
        return [Window(start, date(start.year, 12, 31))], [OPEN_DOUBT]
    if due < start:
        raise Impossible("Mốc đầu đứng sau mốc cuối.")
    return [Window(start, due)], [] if len(opening) == 1 and len(ending) == 1 else [SEVERAL_DOUBT]


def _narrowed(within: list[Window], ending: list[Window], clauses: list[Fixed]) -> tuple[list[Window], list[str]]:
    """ "Quý II (trước ngày 15/6)": the end of the quarter is the day named. A whole year adds nothing to a day."""
    years_only = all(c.terms.grain is Grain.YEAR for c in clauses if c.lead is Lead.WITHIN)
    if years_only:
        return _unique(ending), []
    pairs = [(outer, _inside(outer, ending)) for outer in within]
    if all(len(found) == 1 for _, found in pairs) and len(pairs) == len(ending):
        return [Window(outer.start, found[0].due) for outer, found in pairs], []
    return _unique([*within, *ending]), [SEVERAL_DOUBT]


def _inside(outer: Window, ending: list[Window]) -> list[Window]:
    return [window for window in ending if (outer.start or date.min) <= window.due <= outer.due]


# --- recurring


def _recurring(by_sort: _Sorted, year: int) -> Meaning:
    cadence = _one_cadence(by_sort.cadences)
    doubts = list(cadence.doubts)
    doubts += [CONTINUOUS_DOUBT] * bool(by_sort.continuous)
    doubts += [RULE_OFFSET_DOUBT] * any(clause.offset for clause in by_sort.relative)
    windows, more = _recurring_windows(cadence, by_sort.fixed, year)
    if by_sort.fixed and len(windows) == sum(cycle.times for cycle in cadence.cycles if cycle.size == 12):
        doubts = [doubt for doubt in doubts if doubt != COUNT_DOUBT]
    if by_sort.fixed and windows:
        doubts = [doubt for doubt in doubts if doubt != NO_CYCLE_DOUBT]
    trigger = by_sort.relative[0].trigger if by_sort.relative else ""
    exclusive = _all_exclusive(by_sort.fixed)
    return Meaning(TimingKind.RECURRING, tuple(windows), trigger=trigger, exclusive=exclusive, doubts=(*doubts, *more))


def _one_cadence(cadences: list[Cadence]) -> Cadence:
    """ "Hằng tháng; hằng quý" as one; a bare "định kỳ" beside a cycle adds nothing."""
    cycles = tuple(dict.fromkeys(cycle for cadence in cadences for cycle in cadence.cycles))
    doubts = _doubts(cadence.doubts for cadence in cadences)
    if cycles:
        doubts = [doubt for doubt in doubts if doubt != NO_CYCLE_DOUBT]
    year = next((cadence.year for cadence in cadences if cadence.year), None)
    return Cadence(cadences[-1].end, cycles, tuple(doubts), year=year)


def _recurring_windows(cadence: Cadence, fixed: list[Fixed], year: int) -> tuple[list[Window], list[str]]:
    own_year = cadence.year or year
    if not fixed:
        return [Window(p.start, p.end) for p in cadence.periods(own_year)], []
    monthly = [cycle.size for cycle in cadence.cycles] == [1]
    if any(clause.terms.days for clause in fixed):
        if not monthly:
            return [], [NO_MONTH_DOUBT]
        fixed = [_every_month(clause, own_year) for clause in fixed]
    span = _span_of(fixed)
    if span:
        inside = _periods_inside(cadence, span)
        if len(inside) > 1:
            return [Window(p.start, p.end) for p in inside], []
    windows, doubts = _windows(fixed)
    doubts += _doubts(clause.terms.doubts for clause in fixed)
    expected = len(cadence.periods(own_year))
    by_rule = any(clause.terms.recurring for clause in fixed)
    if cadence.cycles and not by_rule and not _yearly(cadence) and expected != len(windows):
        doubts.append(MISMATCH_DOUBT)
    return windows, doubts


def _yearly(cadence: Cadence) -> bool:
    return all(cycle.size == 12 for cycle in cadence.cycles)


def _every_month(clause: Fixed, year: int) -> Fixed:
    terms = clause.terms
    if not terms.days:
        return clause
    periods = tuple(days_each_month(terms.days, terms.is_range, year))
    doubts = (*terms.doubts, *short_month_doubts(terms.days))
    return replace(clause, terms=replace(terms, periods=periods, days=(), each=True, recurring=True, doubts=doubts))


def _span_of(fixed: list[Fixed]) -> Period | None:
    """The stretch of time within which a cadence is to run, if the fixed times are one stretch."""
    if len(fixed) != 1 or fixed[0].terms.recurring:
        return None
    terms, lead = fixed[0].terms, fixed[0].lead
    periods = _joined(list(terms.periods))
    if len(periods) != 1 or periods[0].edge:
        return None
    only = periods[0]
    year_end = date(only.start.year, 12, 31)
    year_start = date(only.end.year, 1, 1)
    if lead is Lead.WITHIN:
        return only
    if lead in (Lead.FROM, Lead.AFTER):
        return Period(only.start if lead is Lead.FROM else only.end + ONE_DAY, year_end, Grain.YEAR)
    if terms.grain is Grain.DAY:
        return None
    last = only.start - ONE_DAY if lead is Lead.BEFORE else only.end
    return Period(year_start, last, Grain.YEAR) if year_start <= last else None


def _periods_inside(cadence: Cadence, span: Period) -> list[Period]:
    found = [p for year in range(span.start.year, span.end.year + 1) for p in cadence.periods(year)]
    return [period for period in found if span.start <= period.start and period.end <= span.end]
