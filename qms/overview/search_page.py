"""The page of the search: results by kind, narrowed to one kind or year, page by page, or as an Excel file."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from plans.listing import years_of
from qms.xlsx import xlsx_response

from .search import MOST_COUNTED, Found, Search
from .search_kinds import Kind
from .search_terms import Piece, Terms, marked, parse

PER_KIND = 5
PER_PAGE = 25
MOST_IN_EXCEL = 5000
HEADINGS = ("Loại", "Tên", "Chi tiết", "Tình trạng", "Ngày", "Ngày gì", "Năm", "Cơ quan")


@dataclass(frozen=True)
class Tab:
    """One kind to narrow the results to, or all; as components/tabs.html takes it."""

    label: str
    url: str
    current: bool


@dataclass(frozen=True)
class Row:
    """A result with the words of the search marked."""

    title: list[Piece]
    note: list[Piece]
    found: Found
    agency: str


@dataclass(frozen=True)
class Group:
    """The results of one kind that are shown, and where all of them are."""

    kind: Kind
    rows: list[Row]
    count: str
    more_url: str


@dataclass(frozen=True)
class KindResults:
    """All results of one kind, as a paginator takes them."""

    question: Search
    kind: Kind
    known: int

    def count(self) -> int:
        """As far as it was counted."""
        return min(self.known, MOST_COUNTED)

    def __getitem__(self, part: slice) -> list[Found]:
        return self.question.best((self.kind,), part.start, part.stop)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Everything this person may see that fits `q`; `loai` and `nam` narrow it; htmx gets the results alone."""
    terms = parse(request.GET.get("q", ""))
    question = Search(request.user, terms, timezone.localdate(), _year(request.GET))
    kind = next((kind for kind in question.kinds if kind.slug == request.GET.get("loai")), None)
    if kind and terms.is_enough and request.GET.get("xuat") == "xlsx":
        rows = question.best((kind,), 0, MOST_IN_EXCEL)
        return xlsx_response(f"tim-{kind.slug}", kind.label, HEADINGS, _excel_rows(rows))
    context = {"terms": terms, "kind": kind, "year": question.year, **_results(request, question, kind)}
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "overview/search_results.html", context)
    years = years_of(request.user)
    return render(request, "overview/search.html", {**context, "years": years, "search": {}})


def _year(asked: QueryDict) -> int:
    text = asked.get("nam", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) == 4 else 0


def _results(request: HttpRequest, question: Search, kind: Kind | None) -> dict[str, Any]:
    """`total` (as words), `tabs`, and either `groups` or the `page` of one kind with its `rows`."""
    if not question.terms.is_enough:
        return {"counted": False, "tabs": [], "groups": [], "page": None, "rows": []}
    counts = question.counts()
    context = {"counted": True, "tabs": _tabs(request.GET, question, counts, kind), "groups": [], "page": None}
    if kind is None:
        return {**context, "rows": [], "groups": _groups(request, question, counts)}
    page = Paginator(KindResults(question, kind, counts[kind.slug]), PER_PAGE).get_page(request.GET.get("page"))
    return {**context, "page": page, "rows": [_row(one, question.terms, request) for one in page]}


def _tabs(asked: QueryDict, question: Search, counts: dict[str, int], chosen: Kind | None) -> list[Tab]:
    kinds = [kind for kind in question.kinds if counts[kind.slug] or kind == chosen]
    everything = Tab(f"Tất cả ({_count(sum(counts.values()))})", _url(asked, None), chosen is None)
    return [everything, *(Tab(_label(kind, counts), _url(asked, kind), kind == chosen) for kind in kinds)]


def _label(kind: Kind, counts: dict[str, int]) -> str:
    return f"{kind.label} ({_count(counts[kind.slug])})"


def _count(number: int) -> str:
    """As people read it; what was not counted to the end says so."""
    return str(number) if number <= MOST_COUNTED else "hơn 1.000"


def _url(asked: QueryDict, kind: Kind | None) -> str:
    """The same question for one kind, or for all, from its first page."""
    query = QueryDict(mutable=True)
    query.update({name: asked[name] for name in ("q", "nam") if asked.get(name)})
    if kind:
        query["loai"] = kind.slug
    return f"{reverse('search')}?{query.urlencode()}"


def _groups(request: HttpRequest, question: Search, counts: dict[str, int]) -> list[Group]:
    kinds = [kind for kind in question.kinds if counts[kind.slug]]
    if not kinds:
        return []
    found = question.best(kinds, 0, PER_KIND)
    return [
        Group(
            kind,
            [_row(one, question.terms, request) for one in rows],
            _count(counts[kind.slug]),
            _url(request.GET, kind) if counts[kind.slug] > PER_KIND else "",
        )
        for kind, rows in groupby(found, key=lambda one: one.kind)
    ]


def _row(found: Found, terms: Terms, request: HttpRequest) -> Row:
    own = request.user.agency
    agency = found.agency if own is None or found.agency != own.name else ""
    return Row(marked(found.drawn.title, terms), marked(found.drawn.note, terms), found, agency)


def _excel_rows(rows: list[Found]) -> Iterator[tuple[Any, ...]]:
    for one in rows:
        mark, day = one.drawn.mark, one.drawn.day
        yield (
            one.kind.label, one.drawn.title, one.drawn.note, mark.label if mark else "", day,
            one.drawn.day_word if day else "", one.year or None, one.agency,
        )  # fmt: skip
