"""The line over the periods."""

from objectives.satisfaction.chart import BASE, TOP, chart
from objectives.satisfaction.scheme import Share


def test_the_axis_begins_below_the_lowest_point_and_says_where() -> None:
    drawn = chart([("Q1/26", Share(92, 100)), ("Q2/26", Share(97, 100))], title="Tỷ lệ")
    assert drawn.marks == ((BASE, "80 %"), ((BASE + TOP) / 2, "90 %"), (TOP, "100 %"))


def test_the_line_breaks_where_nobody_answered() -> None:
    rows = [("1", Share(5, 10)), ("2", Share(6, 10)), ("3", Share()), ("4", Share(7, 10)), ("5", Share(10, 10))]
    drawn = chart(rows, title="Tỷ lệ")
    assert [len(points.split()) for points in drawn.lines] == [2, 2]
    assert [point.label for point in drawn.points] == ["50", "60", "70", "100"]


def test_every_point_is_told_in_words() -> None:
    assert chart([("Q1/26", Share(191, 200))], title="Tỷ lệ").description == "Q1/26: 95,5\u00a0% (191/200)"
    assert chart([], title="Tỷ lệ").description == "chưa có số liệu"
