"""The words that a report begins with, drafted from its facts; people correct them."""

from collections.abc import Iterable

from objectives.terms import Standing

from .facts import UNWANTED, Fact, ReportData, count

_GOOD = (Standing.ACHIEVED, Standing.ON_TRACK)


def counts_text(facts: Iterable[Fact]) -> str:
    """ "3 mục tiêu đạt, 1 mục tiêu có nguy cơ"."""
    return ", ".join(f"{number} mục tiêu {standing.label}" for standing, number in count(facts).items())


def drafted_conclusions(data: ReportData) -> str:
    """What the numbers themselves say."""
    if not data.facts:
        return "- Trong kỳ chưa có mục tiêu nào được ban hành để theo dõi."
    lines = [f"- {len(data.facts)} mục tiêu được theo dõi: {counts_text(data.facts)}."]
    good = [fact.statement for _, fact in data.of(*_GOOD)]
    if len(good) == len(data.facts):
        lines.append("- Các mục tiêu đạt hoặc đúng hướng với chỉ tiêu.")
    return "\n".join(lines)


def drafted_causes(data: ReportData) -> str:
    """The table of causes stands above it; here is said who still has to tell one."""
    unwanted = [fact for _, fact in data.of(*UNWANTED)]
    if not unwanted:
        return ""
    asked = [f"- {fact.unit} bổ sung nguyên nhân: {_lower(fact.statement)}." for fact in unwanted if not fact.cause]
    return "\n".join(asked) or "- Nguyên nhân và biện pháp khắc phục của từng mục tiêu như bảng trên."


def drafted_next_steps(data: ReportData) -> str:
    """What is left to do for the objectives."""
    behind = [fact.statement for _, fact in data.of(Standing.MISSED, Standing.AT_RISK)]
    lines = ["- Tiếp tục thực hiện các biện pháp đã đăng ký, nhập số liệu đúng kỳ."]
    if behind:
        lines.append(f"- Tập trung khắc phục: {'; '.join(map(_lower, behind))}.")
    if data.of(Standing.NO_DATA):
        lines.append("- Bổ sung số liệu còn thiếu.")
    return "\n".join(lines)


def gathered(texts: Iterable[tuple[str, str]]) -> str:
    """What units wrote, each line under its unit's name: (unit, text)."""
    return "\n".join(
        f"- {unit}: {line.strip().removeprefix('-').strip()}"
        for unit, text in texts
        for line in text.split("\n")
        if line.strip()
    )


def _lower(text: str) -> str:
    return f"{text[:1].lower()}{text[1:]}".rstrip(" .;")
