"""Drawn charts: equal data, equal bytes, and nothing of when or where."""

from __future__ import annotations

import re

import pandas as pd
import pytest
import seaborn as sns
from hypothesis import given, settings
from hypothesis import strategies as st

from cafcass_reports.exhibits.drawing import axes, draw, svg
from cafcass_reports.exhibits.payload import ChartForm, ChartPayload, Series, SeriesRole


def chart(form: ChartForm, *values: tuple[float | None, ...]) -> ChartPayload:
    role = SeriesRole.GRADE if form is ChartForm.STACKED_100 else SeriesRole.ACTUAL
    return ChartPayload(
        title="T", subtitle="", alt="A", source="", form=form, number_format="0", unit="cases",
        categories=tuple(f"c{n}" for n in range(len(values[0]))),
        series=tuple(
            Series(name=f"s{n}", role=role, values=v, labels=tuple("" if x is None else f"{x:g}" for x in v))
            for n, v in enumerate(values)
        ),
    )  # fmt: skip


@pytest.mark.parametrize("form", [ChartForm.LINE, ChartForm.STACKED_100])
def test_equal_data_give_equal_bytes_and_other_data_others(form: ChartForm) -> None:
    one = draw(chart(form, (40.0, 30.0), (60.0, 70.0)))
    assert one == draw(chart(form, (40.0, 30.0), (60.0, 70.0)))
    assert one != draw(chart(form, (41.0, 30.0), (59.0, 70.0)))


def test_a_drawing_does_not_say_when_where_or_with_what_it_was_made() -> None:
    drawn = draw(chart(ChartForm.LINE, (1.0, 2.0)))
    assert "dc:date" not in drawn
    assert "Matplotlib v" not in drawn
    assert not re.search(r"/(home|tmp|usr|work)/", drawn)


def test_an_author_s_figure_is_the_same_bytes_each_time() -> None:
    def mine() -> str:
        drawn = axes(3, 2)
        drawn.bar(["a", "b"], [1, 2])
        return svg(drawn.get_figure(root=True))  # type: ignore[arg-type]

    assert mine() == mine()


def said(drawn: str) -> list[str]:
    """What is written on a drawing, which its paths keep as comments."""
    return re.findall(r"<!-- (.*?) -->", drawn)


def test_names_of_categories_survive_on_an_author_s_axes() -> None:
    drawn = axes(4, 3)
    frame = pd.DataFrame({"area": ["Greater London", "Kent"], "cases": [1200.0, 900.0]})
    sns.barplot(frame, x="cases", y="area", ax=drawn)
    written = said(svg(drawn.get_figure(root=True)))  # type: ignore[arg-type]
    assert {"Greater London", "Kent", "1,000"} <= set(written)


def test_large_numbers_have_commas_and_years_have_none() -> None:
    drawn = axes(4, 3)
    drawn.plot([2018, 2019, 2020], [1_000_000, 2_000_000, 3_000_000])
    drawn.set_xticks([2018, 2019, 2020])
    drawn.set_yticks([1_500_000])
    written = said(svg(drawn.get_figure(root=True)))  # type: ignore[arg-type]
    assert {"2018", "1,500,000"} <= set(written)


def test_an_author_s_figure_is_not_changed_by_writing_it() -> None:
    drawn = axes(4, 3)
    drawn.plot([0, 5000])
    before = drawn.yaxis.get_major_formatter()
    svg(drawn.get_figure(root=True))  # type: ignore[arg-type]
    assert drawn.yaxis.get_major_formatter() is before


def test_a_line_is_named_with_its_value_and_its_axis_ends_on_a_step() -> None:
    written = said(draw(chart(ChartForm.LINE, (1000.0, 4300.0))))
    assert "s0 4300" in written
    assert "5,000" in written


def test_a_share_too_narrow_for_its_label_has_none_but_the_last_has_it_beside() -> None:
    written = said(draw(chart(ChartForm.STACKED_100, (1.0,), (97.0,), (2.0,))))
    assert "1" not in written
    assert {"97", "2"} <= set(written)


def test_text_is_drawn_as_paths_so_that_no_reader_needs_our_font() -> None:
    assert "<text" not in draw(chart(ChartForm.LINE, (1.0, 2.0)))


@settings(deadline=None, max_examples=15)
@given(st.lists(st.lists(st.none() | st.floats(-1e6, 1e6), min_size=3, max_size=3), min_size=1, max_size=4))
def test_any_line_is_drawn_whatever_is_missing(values: list[list[float | None]]) -> None:
    assert draw(chart(ChartForm.LINE, *map(tuple, values))).count("<svg") == 1


@pytest.mark.parametrize("values", [((None,),), ((None, None), (None, None)), ((5.0,),), ((0.0, 0.0),)])
def test_a_line_of_one_or_no_point_is_drawn(values: tuple[tuple[float | None, ...], ...]) -> None:
    assert "<svg" in draw(chart(ChartForm.LINE, *values))
    assert "<svg" in draw(chart(ChartForm.STACKED_100, *values))


def test_drawing_leaves_matplotlib_s_settings_as_they_were() -> None:
    import matplotlib as mpl

    before = dict(mpl.rcParams)
    draw(chart(ChartForm.LINE, (1.0, 2.0)))
    axes(2, 2)
    assert dict(mpl.rcParams) == before
