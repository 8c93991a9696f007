"""What surveys know of an objective's figure."""

from decimal import Decimal
from fractions import Fraction

from django.db.models import Sum
from django.urls import reverse

from objectives.figures import DECIMAL_DIGITS
from objectives.models import Figure, Objective
from objectives.proposals import Proposal, register_source
from objectives.terms import Measure
from qms.text import fold, short_date

from .models import Answers, FigureSource, Survey
from .scheme import Share

SOURCE_NAME = "khao-sat"


def join_objectives() -> None:
    """Called when the app is ready."""
    register_source(SOURCE_NAME, lambda figure: proposal_for(figure.objective, figure))


def proposal_for(objective: Objective, figure: Figure) -> Proposal | None:
    """The share of satisfied answers in the days of the figure: "95,5 % (191/200)", numerator and denominator as they

    are, its source in the note. None where the objective is not fed from surveys or there are no answers. Two queries.
    """
    source = FigureSource.objects.select_related("unit").filter(objective=objective).first()
    if source is None or objective.measure == Measure.MILESTONE:
        return None
    surveys = Survey.objects.standing().filter(
        agency=objective.objective_set.agency_id, starts_on__gte=figure.starts_on, ends_on__lte=figure.ends_on
    )  # fmt: skip
    share = _share(source, surveys)
    if share.percent is None:
        return None
    span = f"{short_date(figure.starts_on)} đến {short_date(figure.ends_on)}"
    note = f"Lấy từ khảo sát hài lòng ({source}), {span}: {share.words}."
    fields = _fields(objective, share) | {"note": note}
    return Proposal(f"Lấy từ khảo sát: {share.words}", note, fields, _address(source))


def _share(source: FigureSource, surveys) -> Share:
    if source.unit_id:
        surveys = surveys.filter(unit=source.unit_id)
    rows = Answers.objects.filter(survey__in=surveys)
    if source.criterion:
        rows = rows.filter(folded=fold(source.criterion))
    sums = rows.aggregate(satisfied=Sum("satisfied"), answered=Sum("answered"))
    return Share(sums["satisfied"] or 0, sums["answered"] or 0)


def _fields(objective: Objective, share: Share) -> dict[str, Decimal | str]:
    if objective.measure == Measure.RATIO:
        return {"numerator": Decimal(share.satisfied), "denominator": Decimal(share.answered)}
    scale = 1000 if objective.unit_of_measure.strip() == "‰" else 100
    exact = Fraction(scale * share.satisfied, share.answered)
    value = Decimal(exact.numerator) / Decimal(exact.denominator)
    return {"value": round(value, DECIMAL_DIGITS).normalize()}


def _address(source: FigureSource) -> str:
    unit = f"?don_vi={source.unit_id}" if source.unit_id else ""
    return reverse("satisfaction:results") + unit
