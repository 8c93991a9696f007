"""What every screen of this room shares: whose agency, the tabs, and one way to show and carry out a form."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from ..access import access_of, require
from ..models import Agency
from ..rules import why_not_manage

_TABS = (
    ("Đơn vị", "units"),
    ("Con người", "people"),
    ("Vị trí", "positions"),
    ("Ủy nhiệm ký", "delegations"),
    ("Sắp xếp tổ chức", "reorganisations"),
    ("Cơ quan", "agency"),
    ("Nhật ký", "changes"),
)


@dataclass(frozen=True)
class Tab:
    """One view of the organisation."""

    label: str
    url: str
    current: bool


@dataclass(frozen=True)
class Place:
    """A list and the agency it shows; `others` are agencies that this person could see instead.

    `inside`: the person belongs to its people; the journal is for them alone.
    """

    name: str
    agency: Agency
    others: list[Agency] = field(default_factory=list)
    is_own: bool = True
    inside: bool = True

    @property
    def tabs(self) -> list[Tab]:
        """The views of the organisation, of the same agency."""
        return [
            Tab(label, self.url(name), name == self.name) for label, name in _TABS if self.inside or name != "changes"
        ]

    @property
    def here(self) -> str:
        """The address of this list."""
        return self.url(self.name)

    @property
    def query(self) -> str:
        """What an address must say to stay with this agency."""
        return "" if self.is_own else f"?co-quan={self.agency.code}"

    @property
    def more(self) -> str:
        """The same behind other parameters."""
        return self.query.replace("?", "&")

    def url(self, name: str) -> str:
        """The address of a list of this agency."""
        return reverse(f"organisation:{name}") + self.query


def place_of(request: HttpRequest, name: str) -> Place:
    """The agency asked for by `co-quan`, else one's own, else the first one may see. Http404 where there is none."""
    agencies = list(Agency.objects.visible_to(request.user))
    own = next((a for a in agencies if a.pk == request.user.agency_id), agencies[0] if agencies else None)
    code = request.GET.get("co-quan", "") or request.POST.get("co-quan", "")
    agency = next((a for a in agencies if a.code == code), None) if code else own
    if agency is None:
        raise Http404
    others = [a for a in agencies if a != agency]
    return Place(name, agency, others, agency == own, is_inside(request, agency))


def place_of_row(request: HttpRequest, name: str, agency: Agency) -> Place:
    """The list that a row belongs to."""
    own = agency.pk == request.user.agency_id
    return Place(name, agency, is_own=own, inside=is_inside(request, agency))


def asked_of(request: HttpRequest) -> Mapping[str, str]:
    """What the filters ask for; "" for what they leave open."""
    return defaultdict(str, request.GET.dict())


def today() -> date:
    """The day in Việt Nam."""
    return timezone.localdate()


def manages(request: HttpRequest, agency: Agency) -> bool:
    """Whether this person manages units and people there."""
    return not why_not_manage(agency, request.user)


def is_inside(request: HttpRequest, agency: Agency | None) -> bool:
    """Whether this person belongs to the agency's own people, for what an overseer does not see."""
    return agency is not None and access_of(request.user).is_inside(agency.pk)


def require_manager(request: HttpRequest, agency: Agency) -> None:
    """403 for colleagues who do not manage; strangers did not even find the row."""
    require(why_not_manage(agency, request.user))


@dataclass(frozen=True)
class FormPage:
    """A page with one form: its words, where it came from (`trail`: label and address), where it goes back to."""

    title: str
    submit: str
    back: str
    trail: tuple[tuple[str, str], ...] = ()
    intro: str = ""
    is_danger: bool = False
    template: str = "organisation/form.html"
    context: dict[str, Any] = field(default_factory=dict)


def edit(
    request: HttpRequest, form: forms.Form, page: FormPage, write: Callable[[dict[str, Any]], Any], *, done: str
) -> HttpResponse:
    """Show the form; on POST carry it out and go back with a word, or show what is wrong with everything typed."""
    if request.method == "POST" and written(form, write):
        messages.success(request, done)
        return redirect(page.back)
    status = 422 if form.is_bound else 200
    return render(request, page.template, {"form": form, "page": page, **page.context}, status=status)


def written(form: forms.Form, write: Callable[[dict[str, Any]], Any]) -> bool:
    """Whether the form was valid and its write went through; otherwise the form says why not."""
    if not form.is_valid():
        return False
    try:
        write(form.cleaned_data)
    except PermissionDenied as refusal:
        form.add_error(None, str(refusal))
    except ValidationError as refusal:
        _tell(form, refusal)
    return not form.errors


def _tell(form: forms.Form, refusal: ValidationError) -> None:
    """Each error beside its field; those of fields that the form does not show stand at its head."""
    if not hasattr(refusal, "error_dict"):
        form.add_error(None, refusal)
        return
    for name, errors in refusal.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)


def act(request: HttpRequest, write: Callable[[], Any], *, done: str) -> None:
    """A write behind a single button; why not is told as a message."""
    try:
        write()
    except PermissionDenied as refusal:
        messages.error(request, str(refusal))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, done)


def bound(request: HttpRequest) -> Any:
    """The data of a POST, or None."""
    return request.POST if request.method == "POST" else None
