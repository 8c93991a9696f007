import pytest

from qms.documents import measures
from qms.documents.measures import FACES


@pytest.mark.parametrize("name", FACES)
def test_every_size_lies_inside_what_the_decree_allows(name: str) -> None:
    least, most = FACES[name].allowed
    assert least <= FACES[name].size <= most


def test_margins_lie_inside_what_the_decree_allows() -> None:
    assert 20 <= measures.MARGIN_TOP <= 25
    assert 20 <= measures.MARGIN_BOTTOM <= 25
    assert 30 <= measures.MARGIN_LEFT <= 35
    assert 15 <= measures.MARGIN_RIGHT <= 20


def test_head_and_foot_fill_the_text_width() -> None:
    assert measures.HEAD_LEFT + measures.HEAD_RIGHT == measures.TEXT_WIDTH == 160
    assert measures.FOOT_LEFT + measures.FOOT_RIGHT == measures.TEXT_WIDTH


def test_spacing_lies_inside_what_the_decree_allows() -> None:
    assert measures.PARAGRAPH_GAP >= 6
    assert measures.FIRST_LINE in (10, 12.7)
    assert 1 <= measures.LINE_SPACING <= 1.5
    assert 1 / 3 <= measures.RULE_SHARE <= 1 / 2


def test_a_face_in_capitals_shows_capitals() -> None:
    assert FACES["issuer"].shown("Sở Công Thương") == "SỞ CÔNG THƯƠNG"
    assert FACES["body"].shown("Sở Công Thương") == "Sở Công Thương"
