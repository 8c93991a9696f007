"""What a set of objectives still lacks: the same list is shown on screen and guards the step."""

from qms.workflow.engine import Missing

from .models import ObjectiveSet


def missing_to_submit(objectives: ObjectiveSet) -> list[Missing]:
    """A set needs an objective. The five requirements only advise (`requirements.py`)."""
    return [] if objectives.objectives.exists() else [Missing("mục tiêu đầu tiên", "#muc-tieu")]


def missing_to_issue(objectives: ObjectiveSet) -> list[Missing]:
    """What a number cannot be given without."""
    wanted = (("địa danh", objectives.place), ("người ký", objectives.sign_name))
    return [Missing(name, "#phan-dau") for name, value in wanted if not value]
