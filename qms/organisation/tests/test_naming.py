"""Units found in the words of a plan."""

from datetime import date
from unicodedata import normalize

import pytest

from qms.organisation.actions import rename_unit, set_aliases
from qms.organisation.enums import ReorganisationKind, UnitKind
from qms.organisation.models import Reorganisation, Unit, UnitSuccession
from qms.organisation.naming import UnitDirectory

from .cast import LONG_AGO, NOW, TODAY, TOMORROW, YESTERDAY, House, moment

COMMA = "Sở Văn hóa, Thể thao và Du lịch"
DASH = "Phòng Kế hoạch - Tài chính"
MINES = "Phòng Tài nguyên nước, Khoáng sản và Biển"


@pytest.fixture
def named(house: House) -> House:
    for key, kind, name, short in (
        ("svh", UnitKind.EXTERNAL, COMMA, "SVHTTDL"),
        ("tn", UnitKind.DIVISION, MINES, "P. TNKS"),
        ("bcd", UnitKind.COMMITTEE, "Ban Chỉ đạo ISO", "BCĐ ISO"),
    ):
        house.units[key] = Unit.objects.create(
            agency=house.agency, kind=kind, name=name, short_name=short, valid_from=LONG_AGO
        )  # fmt: skip
    set_aliases(house.unit("vp"), texts=["VP Sở", "Văn phòng"], actor=house["thuky"], at=NOW)
    return house


def found(house: House, text: str, on: date = TODAY) -> tuple[list[str], list[str]]:
    result = UnitDirectory(house.agency, on=on).recognise(text)
    return [unit.name for unit in result.units], list(result.unknown)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (COMMA, [COMMA]),
        (f"{COMMA}, {DASH}", [COMMA, DASH]),
        (f"{MINES} và {COMMA}", [MINES, COMMA]),
        (f"{DASH}; {MINES}", [DASH, MINES]),
        ("BCĐ ISO và các phòng chuyên môn", ["Ban Chỉ đạo ISO", "Các phòng chuyên môn"]),
        ("- Văn phòng Sở\n- Phòng Tổ chức cán bộ.", ["Văn phòng Sở", "Phòng Tổ chức cán bộ"]),
        ("ban chi dao iso", ["Ban Chỉ đạo ISO"]),
        ("VP Sở / SVHTTDL", ["Văn phòng Sở", COMMA]),
        ("Phòng Tổ chức cán bộ Sở", ["Phòng Tổ chức cán bộ"]),
        ("Văn phòng Sở, Văn phòng, VP Sở", ["Văn phòng Sở"]),
    ],
)
def test_every_unit_of_a_cell_is_recognised(named: House, text: str, names: list[str]) -> None:
    assert found(named, text) == (names, [])


def test_decomposed_letters_are_the_same_name(named: House) -> None:
    assert found(named, normalize("NFD", "Ban Chỉ đạo ISO")) == (["Ban Chỉ đạo ISO"], [])


def test_what_is_not_known_is_returned_as_written(named: House) -> None:
    assert found(named, "Văn phòng Sở (chủ trì), Phòng Lạ") == ([], ["Văn phòng Sở (chủ trì)", "Phòng Lạ"])


def test_nothing_is_found_in_nothing(named: House) -> None:
    assert found(named, " - ; \n ") == ([], [])


def test_the_units_of_another_agency_are_not_known(named: House, neighbour: House) -> None:
    assert found(neighbour, "Ban Chỉ đạo ISO") == ([], ["Ban Chỉ đạo ISO"])


def rename(house: House, key: str, name: str, day: date) -> None:
    rename_unit(house.unit(key), name=name, short_name="", from_day=day, actor=house["thuky"], at=NOW)


def test_a_former_name_still_means_the_unit(named: House) -> None:
    rename(named, "tc", "Phòng Nội vụ", TODAY)
    assert found(named, "Phòng Tổ chức cán bộ") == (["Phòng Nội vụ"], [])


def test_a_coming_name_is_known_before_its_day(named: House) -> None:
    rename(named, "tc", "Phòng Nội vụ", TOMORROW)
    assert found(named, "Phòng Nội vụ") == (["Phòng Tổ chức cán bộ"], [])


def test_a_former_name_is_replaced_by_the_name_of_the_day(named: House) -> None:
    rename(named, "tc", "Phòng Nội vụ", TODAY)
    text = "Văn phòng Sở, Phòng Tổ chức cán bộ"
    assert UnitDirectory(named.agency, on=TODAY).modernise(text) == "Văn phòng Sở, Phòng Nội vụ"


def test_a_text_of_the_day_before_keeps_the_name_of_that_day(named: House) -> None:
    rename(named, "tc", "Phòng Nội vụ", TODAY)
    text = "Phòng Tổ chức cán bộ"
    assert UnitDirectory(named.agency, on=YESTERDAY).modernise(text) == text


def test_next_years_text_bears_the_coming_name(named: House) -> None:
    rename(named, "tc", "Phòng Nội vụ", TOMORROW)
    text = "- Phòng Tổ chức cán bộ;"
    assert UnitDirectory(named.agency, on=TOMORROW).modernise(text) == "- Phòng Nội vụ;"


def succeed(house: House, old: str, heirs: tuple[str, ...], last_day: date) -> None:
    effective = date.fromordinal(last_day.toordinal() + 1)
    Unit.objects.filter(pk=house.units[old].pk).update(valid_to=last_day)
    decision = Reorganisation.objects.create(
        agency=house.agency, kind=ReorganisationKind.MERGE, decision_number="01/QĐ", decision_date=last_day,
        effective_on=effective, actor=house["thuky"], at=moment(last_day),
    )  # fmt: skip
    for heir in heirs:
        UnitSuccession.objects.create(
            reorganisation=decision, predecessor=house.units[old], successor=house.units[heir]
        )  # fmt: skip


def test_an_ended_unit_is_replaced_by_the_one_that_follows(named: House) -> None:
    succeed(named, "tc", ("vp",), date(2025, 6, 30))
    text = "- Phòng Tổ chức cán bộ và Ban Chỉ đạo ISO"
    assert UnitDirectory(named.agency, on=TODAY).modernise(text) == "- Văn phòng Sở và Ban Chỉ đạo ISO"


@pytest.mark.parametrize("text", ["Phòng Tổ chức cán bộ, Văn phòng Sở;", "Văn phòng Sở và Phòng Tổ chức cán bộ;"])
def test_an_heir_that_is_named_already_is_not_named_twice(named: House, text: str) -> None:
    succeed(named, "tc", ("vp",), date(2025, 6, 30))
    assert UnitDirectory(named.agency, on=TODAY).modernise(text) == "Văn phòng Sở;"


def test_a_text_without_units_is_left_alone(named: House) -> None:
    assert UnitDirectory(named.agency, on=TODAY).modernise(" Ai đó; người khác ") == " Ai đó; người khác "


def test_successors_are_followed_through_several_decisions(named: House) -> None:
    succeed(named, "tc", ("kh",), date(2023, 6, 30))
    succeed(named, "kh", ("vp", "tn"), date(2025, 6, 30))
    directory = UnitDirectory(named.agency, on=TODAY)
    assert directory.modernise("Phòng Tổ chức cán bộ") == f"Văn phòng Sở, {MINES}"


def test_between_two_decisions_the_first_heir_counts(named: House) -> None:
    succeed(named, "tc", ("kh",), date(2023, 6, 30))
    succeed(named, "kh", ("vp",), date(2025, 6, 30))
    directory = UnitDirectory(named.agency, on=date(2024, 1, 1))
    assert directory.modernise("Phòng Tổ chức cán bộ") == DASH


def test_a_unit_without_an_heir_stays_in_the_text(named: House) -> None:
    Unit.objects.filter(pk=named.units["tc"].pk).update(valid_to=YESTERDAY)
    assert UnitDirectory(named.agency, on=TODAY).modernise("Phòng Tổ chức cán bộ") == "Phòng Tổ chức cán bộ"


def test_a_new_unit_that_took_over_the_name_is_meant_on_its_days(named: House) -> None:
    Unit.objects.filter(pk=named.units["tc"].pk).update(valid_to=date(2024, 12, 31))
    new = Unit.objects.create(
        agency=named.agency, kind=UnitKind.DIVISION, name="Phòng Tổ chức cán bộ", valid_from=date(2025, 1, 1)
    )  # fmt: skip
    then, now = (UnitDirectory(named.agency, on=date(year, 3, 1)) for year in (2024, 2026))
    assert (then.find("Phòng Tổ chức cán bộ"), now.find("Phòng Tổ chức cán bộ")) == (named.units["tc"], new)


def test_the_directory_reads_the_database_five_times(named: House, django_assert_num_queries) -> None:
    agency = named.agency
    with django_assert_num_queries(5):
        UnitDirectory(agency, on=TODAY).recognise(f"{COMMA}, {MINES}, VP Sở, Phòng Lạ")
