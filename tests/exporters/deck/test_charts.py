from __future__ import annotations

import datetime
import io
from typing import Any

import openpyxl
import pytest
from pptx.enum.chart import XL_CHART_TYPE, XL_MARKER_STYLE

from cafcass_reports import theme
from cafcass_reports.exhibits.payload import ChartPayload, Interval, Series, SeriesRole
from cafcass_reports.exhibits.scales import label_every, scale
from cafcass_reports.exporters.tree import ChartBlock

from .papers import (
    GRADES,
    MONTHS,
    areas,
    bars,
    charts,
    columns_with_a_line,
    dots,
    grades,
    one_topic,
    opened,
    small_multiples,
    trend,
)


def drawn(chart: ChartPayload) -> Any:
    (native,) = charts(opened(one_topic(ChartBlock(chart, ""))))
    return native


@pytest.mark.parametrize("chart", [trend(), bars(), grades()], ids=["line", "bars", "stack"])
def test_a_chart_has_a_point_for_every_value(chart: ChartPayload) -> None:
    for series, given in zip(drawn(chart).plots[0].series, chart.series, strict=True):
        assert series.name == given.name
        assert tuple(series.values) == given.values


def test_the_workbook_in_a_chart_holds_the_same_figures() -> None:
    book = openpyxl.load_workbook(io.BytesIO(drawn(bars()).part.chart_workbook.xlsx_part.blob))
    rows = list(book.active.iter_rows(values_only=True))
    assert rows == [(None, "2019", "2020"), ("A1", 88.1, 92.1), ("A2", 70.2, 75.2), ("A3", 91, 90)]


def test_months_stand_on_an_axis_of_dates_with_thinned_labels() -> None:
    native = drawn(trend())
    first = next(iter(native.plots[0].categories))
    assert float(first) == (datetime.date(2019, 1, 1) - datetime.date(1899, 12, 30)).days
    assert len(list(native.plots[0].categories)) == len(MONTHS)
    (unit,) = native.category_axis._element.xpath("c:majorUnit/@val")
    assert int(unit) > 1


def test_lines_are_named_at_their_ends_where_they_lie_apart() -> None:
    native = drawn(trend())
    assert not native.has_legend
    assert native._chartSpace.xpath(".//c:dLbl[c:idx/@val='23']/c:showSerName/@val") == ["1", "1"]


def test_names_of_lines_that_end_together_are_pushed_apart() -> None:
    values = tuple(float(n) for n in range(24))
    close = tuple(Series(name=name, role=SeriesRole.ACTUAL, values=values) for name in ("One", "Two"))
    native = drawn(trend(series=close))
    assert not native.has_legend
    lower, upper = (float(y) for y in native._chartSpace.xpath(".//c:dLbl//c:manualLayout/c:y/@val"))
    points = 360  # higher than any chart on a slide
    assert (lower - upper) * points > 16


def test_lines_of_which_one_ends_early_have_a_legend() -> None:
    whole, short = trend().series
    short = short.model_copy(update={"values": (*short.values[:-2], None, None)})
    assert drawn(trend(series=(whole, short))).has_legend


def test_dots_have_error_bars_to_the_ends_of_their_intervals() -> None:
    native = drawn(dots())
    assert native._chartSpace.xpath("//c:errBars/c:minus//c:v/text()") == ["10.0"]
    assert native._chartSpace.xpath("//c:errBars/c:plus//c:v/text()") == ["10.0"]


def test_dots_of_one_standing_have_a_marker_of_their_own_and_no_line() -> None:
    part, whole = drawn(dots()).plots[0].series
    assert part.marker.style == XL_MARKER_STYLE.SQUARE
    assert part._element.xpath("c:spPr/a:ln/a:noFill")
    assert whole._element.xpath("c:spPr/a:ln/a:solidFill")


def test_a_line_crosses_the_columns_of_a_combined_chart_on_the_same_axes() -> None:
    columns, line = drawn(columns_with_a_line()).plots
    assert [series.name for series in columns.series] == ["New cases"]
    assert [tuple(series.values) for series in line.series] == [(3.0, 6.0)]
    assert columns._element.xpath("c:axId/@val") == line._element.xpath("c:axId/@val")


def test_small_multiples_are_charts_of_their_own_on_one_scale_each_named_and_described() -> None:
    deck = opened(one_topic(ChartBlock(small_multiples(), "")))
    frames = [shape for slide in deck.slides for shape in slide.shapes if shape.has_chart]
    assert [frame.chart.plots[0].series[0].name for frame in frames] == [f"A{at}" for at in range(1, 8)]
    assert len({(frame.chart.value_axis.minimum_scale, frame.chart.value_axis.maximum_scale) for frame in frames}) == 1
    for at, frame in enumerate(frames, start=1):
        assert f"A{at}: line from 1 (Oct 20) to {2 + at} (Nov 20)" in frame._element.xpath(".//p:cNvPr/@descr")[0]


def test_a_line_ends_in_a_dot() -> None:
    native = drawn(trend())
    assert native._chartSpace.xpath(".//c:dPt[c:idx/@val='23']/c:marker/c:symbol/@val") == ["circle", "circle"]


def test_value_axis_and_labelled_months_are_those_of_the_drawing() -> None:
    native, axis = drawn(trend()), scale([trend()])
    values = native.value_axis
    assert (values.minimum_scale, values.maximum_scale, values.major_unit) == (axis.low, axis.high, axis.step)
    assert native.category_axis._element.xpath("c:majorUnit/@val") == [str(label_every(trend()))]


def test_names_of_bars_break_where_the_payload_says_and_else_between_words() -> None:
    long = "Audits of every kind in every area of the country, read twice"
    native = drawn(grades(categories=("National audits,\nJuly to September 2020\n(2,550 files)", long)))
    first, second = (str(category) for category in native.plots[0].categories)
    assert first == "National audits,\nJuly to September 2020\n(2,550 files)"
    assert second.replace("\n", " ") == long
    assert "\n" in second


def test_labels_of_a_narrow_last_grade_stand_beside_the_bars() -> None:
    def moved(chart: ChartPayload) -> int:
        return len(drawn(chart)._chartSpace.xpath(".//c:dLbl//c:manualLayout"))

    first, last = grades().series[0], grades().series[-1]
    assert moved(grades()) == 2
    assert moved(grades(series=(first, last.model_copy(update={"values": (9.0, 7.0)})))) == 0


def test_bars_start_at_zero_whatever_the_payload_says() -> None:
    assert drawn(bars(starts_at_zero=False)).value_axis.minimum_scale == 0


def test_a_line_may_start_above_zero() -> None:
    assert drawn(trend(starts_at_zero=False)).value_axis.minimum_scale > 0


def test_bars_with_long_names_lie() -> None:
    long = tuple(f"Absence for reason number {n}, as recorded" for n in range(6))
    series = (Series(name="Days", role=SeriesRole.ACTUAL, values=tuple(range(6))),)
    assert drawn(bars(categories=long, series=series)).chart_type is XL_CHART_TYPE.BAR_CLUSTERED


@pytest.mark.parametrize("count", [10, 19, 20])
def test_areas_and_the_whole_are_bars_that_align_and_are_all_labelled(count: int) -> None:
    native = drawn(areas(count))
    assert native.chart_type is XL_CHART_TYPE.BAR_CLUSTERED
    assert native.plots[0].overlap == 100
    by_area, whole = native.plots[0].series
    assert tuple(by_area.values)[7] is None
    assert [value is not None for value in whole.values] == [at == 7 for at in range(count)]
    assert native.category_axis._element.xpath("c:tickLblSkip/@val") == ["1"]
    for series in (by_area, whole):
        assert series.data_labels.show_value
        assert series.data_labels.font.size.pt >= 12
    assert native.category_axis.tick_labels.font.size.pt >= 12
    assert not native.has_legend


def test_the_whole_among_areas_stands_out_by_colour_and_weight() -> None:
    by_area, whole = drawn(areas()).plots[0].series
    assert f"#{whole.format.fill.fore_color.rgb}" == theme.load().colour.comparison
    assert (by_area.data_labels.font.bold, whole.data_labels.font.bold) == (False, True)


def test_names_of_areas_are_not_cut_and_have_a_line_each() -> None:
    shown = [str(category) for category in drawn(areas()).plots[0].categories]
    assert shown == list(areas().categories)


def test_bars_of_a_comparison_in_the_same_categories_stay_side_by_side() -> None:
    native = drawn(bars())
    assert native.plots[0].overlap == 0
    assert native.has_legend


def test_a_target_is_a_line_across_the_bars() -> None:
    target = Series(name="Target", role=SeriesRole.TARGET, values=(95.0, 95.0, 95.0))
    native = drawn(bars(series=(*bars().series, target)))
    assert [len(plot.series) for plot in native.plots] == [2, 1]
    assert native.plots[1].series[0].name == "Target"


def test_the_comparison_is_lighter_than_the_actual() -> None:
    earlier, now = drawn(bars()).plots[0].series
    colour = theme.load().colour
    assert f"#{earlier.format.fill.fore_color.rgb}" == colour.comparison
    assert f"#{now.format.fill.fore_color.rgb}" == colour.series[0]


def test_grades_take_their_scale_best_first_with_their_labels() -> None:
    native = drawn(grades())
    assert native.chart_type is XL_CHART_TYPE.BAR_STACKED_100
    fills = [f"#{series.format.fill.fore_color.rgb}" for series in native.plots[0].series]
    assert fills == list(theme.load().colour.grades[: len(GRADES)])
    labels = native._chartSpace.xpath(".//c:dLbl//a:t/text()")
    assert labels == ["9%", "7%", "54%", "52%", "25%", "27%", "10%", "11%", "2%", "3%"]


def test_a_bar_of_which_a_grade_is_hidden_is_not_stretched_to_a_hundred_percent() -> None:
    best, *others = grades(unit="percent").series
    hidden = best.model_copy(update={"values": (None, 7.0), "labels": ("", "7%")})
    native = drawn(grades(unit="percent", series=(hidden, *others)))
    assert native.chart_type is XL_CHART_TYPE.BAR_STACKED
    assert (native.value_axis.minimum_scale, native.value_axis.maximum_scale) == (0, 100)
    assert drawn(grades(unit="percent")).chart_type is XL_CHART_TYPE.BAR_STACKED_100


def test_the_name_of_the_whole_stands_beyond_the_dots_and_figures_on_a_ground_of_their_own() -> None:
    native = drawn(dots())
    (moved,) = native._chartSpace.xpath(".//c:dLbl/c:layout/c:manualLayout/c:x/@val")
    assert float(moved) > 0.1  # of two dots, the last stands a quarter of the plot before its edge
    assert native._chartSpace.xpath(".//c:ser/c:dLbls[c:showVal/@val='1']/c:spPr/a:solidFill")


def test_a_missing_value_is_a_gap_and_not_a_nought() -> None:
    values = (None, None, *range(22))
    native = drawn(trend(series=(Series(name="One", role=SeriesRole.ACTUAL, values=values),)))
    assert tuple(native.plots[0].series[0].values)[:3] == (None, None, 0)


def test_charts_side_by_side_share_their_scale() -> None:
    high = bars(title="Other", series=(Series(name="2020", role=SeriesRole.ACTUAL, values=(900.0, 1.0, 2.0)),))
    left, right = charts(opened(one_topic(ChartBlock(bars(), ""), ChartBlock(high, ""))))
    assert left.value_axis.maximum_scale == right.value_axis.maximum_scale >= 900


def test_text_in_charts_has_its_size_and_font_said() -> None:
    native = drawn(trend())
    assert native.font.size.pt == 16
    assert native.font.name == theme.load().font.office
    assert native.category_axis.tick_labels.font.size.pt == 16


@pytest.mark.parametrize("chart", [trend(), bars(), grades()], ids=["line", "bars", "stack"])
def test_axis_ids_are_unsigned_and_meet(chart: ChartPayload) -> None:
    space = drawn(chart)._chartSpace
    axes = space.xpath(".//c:catAx/c:axId/@val | .//c:valAx/c:axId/@val | .//c:dateAx/c:axId/@val")
    assert sorted(axes) == sorted(space.xpath(".//c:crossAx/@val"))
    assert all(axis.isdigit() for axis in axes)


def test_labels_of_a_value_axis_tell_its_steps_apart() -> None:
    whiskers = (Interval(low=76.0, high=87.0, shown=("76", "87")), None)
    near = dots(values=(82.0, None), labels=("82%", ""), intervals=whiskers)
    chart = drawn(near.model_copy(update={"starts_at_zero": False}))
    axis = chart.value_axis
    assert axis.major_unit == 2.5
    assert axis.tick_labels.number_format.startswith("#,##0.0")
