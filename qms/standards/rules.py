"""Who decides which edition an agency works by."""

from qms.organisation.access import access_of
from qms.organisation.models import Agency, User


def why_not_adopt(agency: Agency, user: User) -> str:
    """The secretary records it; the reason why another person may not, or ""."""
    return "" if access_of(user).may("follow_duties", agency.pk) else "Chỉ Thư ký ISO ghi việc chuyển phiên bản."
