"""Tags and filters of every template."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.template import Context, Template
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import mark_safe

from qms.organisation.models import Unit
from qms.overview.models import ReportState


def rendered(source: str, **context: object) -> str:
    return Template(source).render(Context(context)).strip()


class Sample(forms.Form):
    title = forms.CharField(label="Tên", help_text="Như sẽ in.")
    kind = forms.ChoiceField(label="Loại", choices=[("a", "A")], widget=forms.RadioSelect)
    secret = forms.CharField(widget=forms.HiddenInput)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("{{ d|short_date }}", "05/02/2026"),
        ("{{ d|long_date }}", "ngày 05 tháng 02 năm 2026"),
        ("{{ d|weekday_date }}", "thứ Năm 05/02/2026"),
        ("{{ none|short_date }}", ""),
        ("{{ late|short_date }}", "06/02/2026"),  # 18:30 UTC is the next day in Việt Nam
        ("{{ late|day_and_time }}", "01:30 ngày 06/02/2026"),
        ("{{ 1234.5|vn_number }}", "1.234,5"),
        ("{{ none|vn_number }}", ""),
        ("{{ text|lines|join:'/' }}", "một/hai"),
    ],
)
def test_values_are_written_the_vietnamese_way(written: str, expected: str) -> None:
    late = datetime(2026, 2, 5, 18, 30, tzinfo=UTC)
    assert rendered(written, d=date(2026, 2, 5), none=None, late=late, text=" một \n\n hai\n") == expected


def test_a_pill_has_shape_word_and_tone() -> None:
    drawn = rendered("{% pill state %}", state=SimpleNamespace(tone="soon", shape="↩", label="trả lại <b>"))
    assert drawn.startswith('<span class="pill tone-soon"><svg class="shape" viewBox="0 0 12 12" aria-hidden="true">')
    assert drawn.endswith("</svg>trả lại &lt;b&gt;</span>")


def test_a_pill_without_words_is_not_drawn() -> None:
    assert rendered("{% pill state %}", state=None) == ""


NOTICE = """{% drawn "components/notice.html" tone="done" title=title text=text role="status" %}"""


def test_what_is_drawn_shows_its_values_each_time() -> None:
    first, second = rendered(NOTICE, title="Một", text="<b>"), rendered(NOTICE, title="Hai", text="<b>")
    assert [("Một" in first, "Hai" in first), ("Một" in second, "Hai" in second)] == [(True, False), (False, True)]
    assert rendered(NOTICE, title="Một", text="<b>") == first


def test_what_is_drawn_shows_each_value_in_its_place() -> None:
    house = '{% drawn "components/house.html" site_name=one agency_name="" %}'
    other = '{% drawn "components/house.html" agency_name=one site_name="" %}'
    assert rendered(house, one="Nhà") != rendered(other, one="Nhà")


def test_what_is_drawn_is_escaped_whatever_was_drawn_before() -> None:
    assert "&lt;i&gt;" in rendered(NOTICE, title="Một", text="<i>")
    assert "&lt;i&gt;" in rendered(NOTICE, title="Một", text=mark_safe("<i>"))


def test_what_a_row_of_the_database_shows_is_not_kept() -> None:
    with pytest.raises(TypeError):
        rendered(NOTICE, title="Một", text=SimpleNamespace())


def test_what_is_drawn_sees_nothing_else() -> None:
    assert rendered('{% drawn "components/house.html" site_name="Nhà" agency_name="" %}', agency_name="Sở") == (
        '<a class="house" href="/"><span class="house-name">Nhà</span></a>'
    )


def test_a_lazy_value_is_read_before_it_is_kept() -> None:
    house = '{% drawn "components/house.html" site_name="Nhà" agency_name=agency %}'
    drawn = [rendered(house, agency=SimpleLazyObject(lambda name=name: name)) for name in ("Sở Một", "Sở Hai")]
    assert ["Sở Một" in drawn[0], "Sở Hai" in drawn[1]] == [True, True]


def test_a_tone_brings_its_own_shape() -> None:
    assert rendered('{% pill tone="late" label="trễ" %}') == rendered('{% pill tone="late" label="trễ" shape="▲" %}')


def test_help_and_error_are_tied_to_their_field() -> None:
    drawn = rendered("{% field form.title %}", form=Sample({}))
    assert 'aria-describedby="id_title_helptext id_title_error"' in drawn
    assert 'id="id_title_helptext">Như sẽ in.' in drawn
    assert 'id="id_title_error"' in drawn
    assert 'aria-invalid="true"' in drawn


def test_help_that_is_taken_away_is_not_referred_to() -> None:
    drawn = rendered('{% field form.title help="" %}', form=Sample())
    assert "describedby" not in drawn


def test_further_arguments_become_attributes_of_the_control() -> None:
    drawn = rendered('{% field form.title class="form-short" data_grow="true" %}', form=Sample())
    assert 'class="form-control form-short"' in drawn
    assert 'data-grow="true"' in drawn


def test_choices_stand_in_a_fieldset_with_a_legend() -> None:
    drawn = rendered("{% field form.kind %}", form=Sample())
    assert drawn.startswith('<fieldset class="field">')
    assert '<legend class="form-label">' in drawn


def test_errors_at_the_head_lead_to_their_fields() -> None:
    form = Sample({"secret": "x", "kind": "a"})
    assert '<a href="#id_title">Tên</a>' in rendered("{% form_errors form %}", form=form)


def test_an_error_of_a_hidden_field_is_told_at_the_head() -> None:
    form = Sample({"title": "x", "kind": "a"})
    assert "Trường này là bắt buộc." in rendered("{% form_errors form %}", form=form)


def test_a_form_without_errors_has_no_summary() -> None:
    assert rendered("{% form_errors form %}", form=Sample()) == ""


@pytest.mark.parametrize(("content", "expected"), [(" ", ""), ("a", '<p class="x" data-y="1">a</p>')])
def test_an_element_is_drawn_only_around_something(content: str, expected: str) -> None:
    written = '{% filled "p" class="x" data_y=one %}{{ content }}{% endfilled %}'
    assert rendered(written, content=content, one=1) == expected


@pytest.mark.parametrize(
    ("technical", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/130.0 Safari/537.36 Edg/130.0", "Microsoft Edge trên Windows"),
        ("Mozilla/5.0 (Windows NT 6.1) coc_coc_browser/100 Chrome/94 Safari/537.36", "Cốc Cốc trên Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0) Version/17.0 Safari/604.1", "Safari trên iPhone"),
        ("curl/8.0", "Trình duyệt khác"),
        ("", "Trình duyệt khác"),
    ],
)
def test_a_browser_is_called_by_its_name(technical: str, words: str) -> None:
    assert rendered("{{ agent|browser_words }}", agent=technical) == words


def test_a_filter_offers_what_there_is_and_keeps_what_was_chosen() -> None:
    source = '{% choose "nam" "Năm" options chosen every="Mọi năm" %}'
    assert rendered(source, options=[2025, 2026], chosen="2026") == (
        '<div><label class="form-label" for="nam">Năm</label><select class="form-select" id="nam" name="nam">'
        '<option value="">Mọi năm</option><option value="2025">2025</option>'
        '<option value="2026" selected>2026</option></select></div>'
    )


@pytest.mark.parametrize(
    ("options", "drawn"),
    [
        ([("a", "một <b>")], '<option value="a">Một &lt;b&gt;</option>'),
        (ReportState, '<option value="draft">Dự thảo</option>'),
        ([Unit(pk=7, name="Văn phòng")], '<option value="7">Văn phòng</option>'),
    ],
)
def test_a_filter_takes_pairs_members_of_an_enum_and_rows(options: Iterable[Any], drawn: str) -> None:
    select = rendered('{% choose "x" "X" options %}', options=options)
    assert select.split('name="x">')[1].startswith(drawn)
