"""Who may do what with the register. Each rule gives the reason why not, in a sentence, or "" when allowed."""

from qms.organisation.access import access_of
from qms.organisation.models import Agency, User


def why_not_number(agency: Agency, user: User) -> str:
    """The clerk gives numbers (NĐ 30/2020 Điều 15)."""
    return "" if access_of(user).may("number_document", agency.pk) else "Việc này của văn thư."


def why_not_set_numbering(agency: Agency, user: User) -> str:
    """The clerk or whoever looks after the layouts sets how the agency numbers."""
    access = access_of(user)
    allowed = access.may("number_document", agency.pk) or access.may("manage_layouts", agency.pk)
    return "" if allowed else "Chỉ văn thư hoặc Thư ký ISO đổi được cách đánh số."
