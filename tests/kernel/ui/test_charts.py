"""Pictures of figures: places, gaps, tables beneath."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspel.kernel.ui.charts import BarChart, LineChart, Series, round_steps
from samspel.kernel.ui.figures import SUPPRESSED, Figure

YEARS = ["2021/22", "2022/23", "2023/24", "2024/25"]


def chart(kind, *rows, categories=YEARS, **facts):
    series = [Series(f"S{number}", row) for number, row in enumerate(rows, 1)]
    given = {"id": "c", "title": "Titel", "description": "Beskrivning", "category_label": "Läsår", **facts}
    return kind(categories=categories, series=series, **given)


@pytest.mark.parametrize(
    ("low", "high", "steps"),
    [
        (0, 100, [0, 50, 100]),
        (0, 83, [0, 50, 100]),
        (189.5, 222.4, [180, 190, 200, 210, 220, 230]),
        (0, 0.9, [0, 0.5, 1.0]),
        (5, 5, [4, 4.5, 5, 5.5, 6]),
    ],
)
def test_the_axis_stands_at_round_numbers(low, high, steps):
    assert round_steps(low, high) == steps


@given(st.floats(-1e9, 1e9), st.floats(-1e9, 1e9))
def test_the_axis_holds_every_value_with_few_even_steps(one, other):
    low, high = sorted((one, other))
    steps = round_steps(low, high)

    assert 2 <= len(steps) <= 8
    assert steps == sorted(set(steps))
    slack = (steps[1] - steps[0]) * 1e-6
    assert steps[0] - slack <= low
    assert high <= steps[-1] + slack


def test_a_missing_or_suppressed_figure_breaks_the_line():
    (line,) = chart(LineChart, [1, 2, Figure(0, SUPPRESSED), 4]).lines

    assert len(line.points) == 3
    assert len(line.stretches) == 1
    assert line.stretches[0].count(",") == 2


def test_points_lie_within_the_picture_and_higher_is_further_up():
    shown = chart(LineChart, [10, 20, 15, 40])
    (line,) = shown.lines
    heights = [point.y for point in line.points]

    assert [p for p in line.points if not (shown.left <= p.x <= shown.plot_right)] == []
    assert sorted(heights, reverse=True) == [heights[0], heights[2], heights[1], heights[3]]


def test_a_line_axis_starts_at_nought_unless_told_not_to():
    assert chart(LineChart, [200, 205, 210, 215]).steps[0] == 0
    assert chart(LineChart, [200, 205, 210, 215], from_zero=False).steps[0] == 200


def test_one_category_stands_in_the_middle_and_no_figures_draw_no_line():
    (line,) = chart(LineChart, [5], categories=["2024"]).lines
    (empty,) = chart(LineChart, [None], categories=["2024"]).lines

    assert [point.x for point in line.points] == [209.0]
    assert (empty.points, empty.stretches) == ([], [])


def test_many_years_are_thinned_and_the_last_always_stands():
    years = [str(year) for year in range(2000, 2024)]
    ticks = chart(LineChart, list(range(24)), categories=years).category_ticks

    assert [tick.text for tick in ticks] == ["2003", "2008", "2013", "2018", "2023"]


def test_bars_share_a_nought_also_when_some_are_negative():
    shown = chart(BarChart, [-10, 0, 5, 10])
    bars = [group.bars[0] for group in shown.groups]

    assert [bar.width for bar in bars] == [154.0, 0, 77.0, 154.0]
    assert [bar.x for bar in bars] == [0, 154.0, 154.0, 154.0]


def test_a_suppressed_bar_is_not_drawn_and_says_why():
    bar = chart(BarChart, [1, 2, 3, Figure(2, SUPPRESSED)]).groups[3].bars[0]

    assert (bar.is_drawn, bar.width) == (False, 0)
    assert bar.text == ".. (visas inte, eftersom det gäller få personer)"


@pytest.mark.parametrize("kind", [BarChart, LineChart])
def test_a_picture_has_title_description_and_its_table(write, kind):
    tag = "bar_chart" if kind is BarChart else "line_chart"
    shown = write("{% " + tag + " chart=chart %}", chart=chart(kind, [1, None, 3, 4], title="<T>", unit="%"))

    assert 'role="img" aria-labelledby="c-title c-desc"' in shown
    assert '<title id="c-title">&lt;T&gt;</title><desc id="c-desc">Beskrivning</desc>' in shown
    assert shown.count('<tr><th scope="row">') == 4
    assert "uppgift saknas" in shown
    assert "style=" not in shown


def test_numbers_in_a_picture_have_a_point_whatever_the_language(write):
    shown = write("{% bar_chart chart=chart %}", chart=chart(BarChart, [1.5, 2, 3, 7]))

    assert 'width="66.0"' in shown
    assert ">1,5</text>" in shown


def test_series_are_told_apart_by_more_than_colour(write):
    lines = write("{% line_chart chart=chart %}", chart=chart(LineChart, [1, 2, 3, 4], [4, 3, 2, 1]))
    bars = write("{% bar_chart chart=chart %}", chart=chart(BarChart, [1, 2, 3, 4], [4, 3, 2, 1]))

    assert "<circle r=" in lines
    assert 'd="M-4-4h8v8h-8z"' in lines
    assert 'fill="url(#c-p2)"' in bars


def test_a_table_that_is_asked_for_open_is_open(write):
    shown = write('{% bar_chart chart=chart table="open" %}', chart=chart(BarChart, [1, 2, 3, 4]))

    assert '<details class="disclosure" open>' in shown


def test_what_cannot_be_drawn_is_refused(write):
    with pytest.raises(ValueError, match="7 series"):
        chart(BarChart, *[[1, 2, 3, 4]] * 7)
    with pytest.raises(ValueError, match="one figure for each category"):
        chart(BarChart, [1, 2])
    with pytest.raises(ValueError, match="ajar"):
        write('{% bar_chart chart=chart table="ajar" %}', chart=chart(BarChart, [1, 2, 3, 4]))
