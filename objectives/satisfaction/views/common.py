"""What the screens of this room share: whose agency, the tabs, who may enter."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone

from objectives.satisfaction.models import Channel
from objectives.satisfaction.selectors import keeps_all, surveyed_units, units_kept_by
from qms.organisation.access import access_of
from qms.organisation.models import Agency, Unit
from qms.organisation.views.common import Tab

TRAIL = (("Khảo sát hài lòng", "results"),)
_TABS = (
    ("Kết quả", "results"), ("Các khảo sát", "surveys"), ("Ý kiến", "comments"), ("Số liệu cho mục tiêu", "feeds"),
)  # fmt: skip


def agency_of(request: HttpRequest) -> Agency:
    """The agency of the person who asks; Http404 for those who may not read its content."""
    agency = request.user.agency
    if agency is None or agency.pk not in access_of(request.user).readable:
        raise Http404
    return agency


@dataclass(frozen=True)
class Place:
    """The agency looked at; `others` are those that this person could look at instead.

    `inside`: the person works there; what people wrote is for its own people alone.
    """

    agency: Agency
    others: list[Agency]
    is_own: bool
    inside: bool

    @property
    def query(self) -> str:
        """What an address must say to stay with this agency."""
        return "" if self.is_own else f"?co-quan={self.agency.code}"

    def tabs(self, name: str) -> list[Tab]:
        """The views of this room, of the same agency."""
        return [
            Tab(label, reverse(f"satisfaction:{one}") + self.query, one == name)
            for label, one in _TABS
            if self.inside or one != "comments"
        ]


def place_of(request: HttpRequest) -> Place:
    """The agency asked for by `co-quan`, else one's own, else the first one may read; Http404 where there is none."""
    access = access_of(request.user)
    agencies = list(Agency.objects.filter(pk__in=access.readable))
    own = next((one for one in agencies if one.pk == request.user.agency_id), agencies[0] if agencies else None)
    code = request.GET.get("co-quan", "")
    agency = next((one for one in agencies if one.code == code), None) if code else own
    if agency is None:
        raise Http404
    others = [one for one in agencies if one != agency]
    return Place(agency, others, agency == own, access.is_inside(agency.pk))


def trail() -> tuple[tuple[str, str], ...]:
    """Where a form came from."""
    return tuple((label, reverse(f"satisfaction:{name}")) for label, name in TRAIL)


def where(request: HttpRequest, agency: Agency) -> dict[str, Any]:
    """What a form needs to ask for period, unit and channel."""
    on = timezone.localdate()
    units = units_kept_by(request.user, agency, on=on)
    return {"units": units, "whole": keeps_all(agency, request.user), "on": on}


def asked(request: HttpRequest, names: tuple[str, ...]) -> dict[str, Any]:
    """What the filters ask for, and whether they ask for anything."""
    values = {name: request.GET.get(name, "") for name in names}
    return {"asked": values, "filtered": any(values.values()), "channels": Channel.choices}


def shown_units(agency: Agency) -> list[Unit]:
    """The units of the filters."""
    return surveyed_units(agency, on=timezone.localdate())


def stamp(request: HttpRequest) -> dict[str, Any]:
    """Who writes, and when."""
    return {"actor": request.user, "at": timezone.now()}
