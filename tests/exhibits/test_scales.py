"""Where things stand on a chart: steps, labelled months, what is said at the ends of lines."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cafcass_reports.exhibits.payload import ChartForm, ChartPayload, Series, SeriesRole
from cafcass_reports.exhibits.scales import apart, end_labels, label_every, last_grade_beside, months, scale

NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def line(*values: tuple[float | None, ...], names: tuple[str, ...] = ("One", "Two", "Three")) -> ChartPayload:
    return ChartPayload(
        title="T", subtitle="", alt="A", source="", form=ChartForm.LINE, number_format="0", unit="cases",
        categories=tuple(f"{NAMES[n % 12]} {19 + n // 12}" for n in range(len(values[0]))),
        series=tuple(
            Series(name=name, role=SeriesRole.ACTUAL, values=v) for name, v in zip(names, values, strict=False)
        ),
    )  # fmt: skip


@given(st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=9))
def test_a_scale_holds_every_value_and_nought_on_its_gridlines(values: list[float]) -> None:
    found = scale([line(tuple(values))])
    assert found.low <= min(0.0, *values) + 1e-6 * found.step
    assert found.high >= max(0.0, *values) - 1e-6 * found.step
    assert 2 <= len(found.ticks) <= 12


@pytest.mark.parametrize(("count", "step"), [(5, 1), (12, 3), (13, 3), (24, 6), (36, 12), (60, 12), (120, 24)])
def test_months_are_labelled_by_quarter_half_or_whole_year(count: int, step: int) -> None:
    assert label_every(line((1.0,) * count)) == step


def test_categories_that_skip_a_month_are_no_months() -> None:
    assert months(("Jan 19", "Mar 19")) == ()


def test_a_line_s_name_and_value_stand_on_one_line_unless_they_are_long() -> None:
    chart = line((1.0, 2.0), (1.0, 3.0), names=("Public", "Rule 16.4 appointments"))
    assert end_labels(chart) == ("Public 2", "Rule 16.4 appointments\n3")


def test_lines_that_do_not_end_together_are_not_named_at_their_ends() -> None:
    assert end_labels(line((1.0, 2.0), (1.0, None))) == ()
    assert end_labels(line((1.0, None))) == ("One 1",)
    assert end_labels(line((None, None))) == ()


@given(st.lists(st.floats(0, 100), min_size=1, max_size=5), st.floats(1, 20))
def test_labels_are_pushed_apart_in_their_order_and_stay_inside(centres: list[float], gap: float) -> None:
    placed = apart(centres, gap, 0.0, 100.0)
    in_order = [placed[at] for at in sorted(range(len(centres)), key=lambda at: (centres[at], at))]
    assert all(high - low >= gap - 1e-6 for low, high in pairwise(in_order))
    assert all(-1e-6 <= place <= 100 + 1e-6 for place in placed)


def test_labels_that_are_apart_stay_where_they_are() -> None:
    assert apart((10.0, 50.0), 20, 0, 100) == (10.0, 50.0)


def test_a_narrow_share_of_the_last_grade_puts_its_labels_beside_the_bars() -> None:
    assert last_grade_beside(line((91.0,), (9.0,)))
    assert not last_grade_beside(line((90.0,), (10.0,)))
    assert not last_grade_beside(line((100.0,), (0.0,)))
    assert not last_grade_beside(line((1.0,)).model_copy(update={"series": ()}))
