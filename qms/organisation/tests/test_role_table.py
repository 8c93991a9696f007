"""The table that people read is the one that the program uses."""

import pytest
from django.conf import settings

from qms.organisation.enums import Role
from qms.organisation.grants import GRANTS
from qms.organisation.role_words import LABELS, rights_of, role_table

DOCUMENT = settings.BASE_DIR / "docs" / "phan-quyen.md"


def test_the_document_shows_the_table_of_the_program() -> None:
    lines = DOCUMENT.read_text(encoding="utf-8").splitlines()
    begin = next(n for n, line in enumerate(lines) if line.startswith("| Quyền |"))
    assert lines[begin : begin + len(LABELS) + 2] == role_table().splitlines()


@pytest.mark.parametrize("role", Role)
def test_every_permission_of_a_role_has_its_words(role: Role) -> None:
    granted = {*GRANTS[role].agency, *GRANTS[role].unit}
    assert granted <= LABELS.keys()
    assert GRANTS.keys() == set(Role)


def test_a_role_is_told_in_one_sentence() -> None:
    assert rights_of(Role.HEAD) == (
        "xem nội dung của cơ quan, góp ý kế hoạch; với đơn vị: phụ trách đơn vị, báo cáo việc của đơn vị"
    )


def test_an_administrator_has_no_say_in_content() -> None:
    assert rights_of(Role.ADMIN) == "sửa lịch làm việc, quản lý đơn vị, con người"
