"""Who may write surveys. Each rule gives the reason why not, or ""."""

from objectives.rules import why_not_edit
from qms.organisation.access import access_of
from qms.organisation.models import Unit, User

from .models import Comment, FigureSource, Survey


def why_not_keep(agency_id: int, unit: Unit | None, user: User) -> str:
    """A unit enters its own surveys; the secretary those of all, and those of the whole department."""
    access = access_of(user)
    if access.may("manage_objectives", agency_id):
        return ""
    if unit is None:
        return "Khảo sát của toàn cơ quan do Thư ký ISO ghi."
    own = access.may_for_unit("answer_for_unit", unit.pk) or access.may_for_unit("lead_unit", unit.pk)
    return "" if own else "Chỉ người của đơn vị hoặc Thư ký ISO ghi khảo sát của đơn vị."


def why_not_change(survey: Survey, user: User) -> str:
    """What was withdrawn is not changed."""
    if survey.withdrawn_on:
        return "Khảo sát này đã bỏ."
    return why_not_keep(survey.agency_id, survey.unit, user)


def why_not_handle(comment: Comment, user: User) -> str:
    """The unit that was meant says what it does about a comment, or the secretary."""
    return why_not_change(comment.survey, user)


def why_not_set(agency_id: int, user: User) -> str:
    """The secretary sets criteria, scale and rule."""
    allowed = access_of(user).may("manage_objectives", agency_id)
    return "" if allowed else "Chỉ Thư ký ISO đặt tiêu chí và thang khảo sát."


def why_not_feed(source: FigureSource, user: User) -> str:
    """The secretary, or whoever may still edit the objective, says where its figures come from."""
    objectives = source.objective.objective_set
    if access_of(user).may("manage_objectives", objectives.agency_id):
        return ""
    return why_not_edit(objectives, user)
