"""Charts: native, with their workbook, so that a director can edit them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_MARKER_STYLE
from pptx.enum.dml import MSO_LINE
from pptx.util import Pt

from cafcass_reports import theme
from cafcass_reports.exhibits.dot_drawing import MOST_LABELLED
from cafcass_reports.exhibits.payload import ChartForm, ChartPayload, Series, SeriesRole
from cafcass_reports.exhibits.scales import (
    Scale,
    apart,
    bar_lengths,
    end_labels,
    hides_shares,
    last_grade_beside,
    last_known,
    scale,
)
from cafcass_reports.exporters.deck import combined, dots, textfit
from cafcass_reports.exporters.deck.axes import (
    SIZE,
    label_width,
    place_plot,
    set_category_axis,
    set_value_axis,
    tick,
)
from cafcass_reports.exporters.deck.chart_data import chart_data
from cafcass_reports.exporters.deck.colours import rgb
from cafcass_reports.exporters.deck.labels import label_dots, label_end, label_share, label_values
from cafcass_reports.exporters.deck.names import qn
from cafcass_reports.exporters.deck.template import Box

_PAD = 8.0
_LINE = SIZE * textfit.LINE
_MOST_LABELLED = 20  # bars; more are read from the axis
_BAR_SIZES = (SIZE, 15, 14, 13, 12)  # points, for the text of bars that lie: many bars leave each little height
_LEADING = 1.1  # of the lines of a bar's name, in font sizes
_MOST_NAME = 0.42  # of the width, for the names of bars that lie
_DOTS = 0.82  # of the width, for the dots themselves
_GAP = 50  # between groups of bars, as a percentage of a bar's width
_WHITE = "#FFFFFF"


@dataclass(frozen=True)
class _Look:
    """How a series is drawn: its colour, and the colour of a label standing on it."""

    colour: str
    on: str


def draw(shapes: Any, chart: ChartPayload, box: Box, shared: Scale | None = None) -> Any:
    """Draw a chart that fills a box; return its graphic frame.

    Parameters
    ----------
    shapes
        The slide's shapes.
    chart
        The chart.
    box
        Its place.
    shared
        A scale that it shares with the chart beside it; its own where that is ``None``.
    """
    axis = shared or scale([chart])
    across = chart.form is ChartForm.STACKED_100 or (chart.form is ChartForm.BAR and _lies(chart, box))
    size = _bar_size(chart, box) if across else SIZE
    if chart.form is ChartForm.DOT:
        size, chart = _named_dots(chart, box)
    if across:
        chart = _with_wrapped_names(chart, _MOST_NAME * box.width, size)
    frame = shapes.add_chart(
        _type(chart, across), Pt(box.left), Pt(box.top), Pt(box.width), Pt(box.height), chart_data(chart)
    )
    native = frame.chart
    native.has_title = native.has_legend = False
    native.font.size, native.font.name = Pt(size), theme.load().font.office
    native.font.color.rgb = rgb(theme.load().colour.text)
    looks = _looks(chart)
    match chart.form:
        case ChartForm.LINE:
            _draw_lines(native, chart, looks, axis, box)
        case ChartForm.BAR | ChartForm.COMBO:
            _draw_bars(native, chart, looks, axis, box, lying=size if across else None)
        case ChartForm.STACKED_100:
            _draw_stack(native, chart, looks, box)
        case ChartForm.DOT:
            _draw_dots(native, chart, axis, box, size)
    return frame


def _with_wrapped_names(chart: ChartPayload, room: float, size: int) -> ChartPayload:
    """Break bars' names here: Office and LibreOffice would each do it elsewhere."""
    return chart.model_copy(
        update={"categories": tuple(textfit.wrap(category, size, room) for category in chart.categories)}
    )


def _bar_size(chart: ChartPayload, box: Box) -> int:
    """Return the size of text in points at which no bar's name touches the next one's."""
    if chart.form is ChartForm.STACKED_100:
        return SIZE
    room = (box.height - 2 * _PAD) / max(1, len(chart.categories))
    for size in _BAR_SIZES:
        named = _with_wrapped_names(chart, _MOST_NAME * box.width, size).categories
        if max((name.count("\n") + 1 for name in named), default=1) * _LEADING * size <= room:
            return size
    return _BAR_SIZES[-1]


def _named_dots(chart: ChartPayload, box: Box) -> tuple[int, ChartPayload]:
    """Return the size of text at which names stand side by side under their dots, and the chart with these wrapped."""
    room = _DOTS * box.width / max(1, len(chart.categories)) - 2
    widest = (max((textfit.longest_word(name, size) for name in chart.categories), default=0) for size in _BAR_SIZES)
    size = next((size for size, word in zip(_BAR_SIZES, widest, strict=True) if word <= room), _BAR_SIZES[-1])
    return size, _with_wrapped_names(chart, room, size)


def _is_line(chart: ChartPayload, series: Series) -> bool:
    """Tell whether a series of a chart with bars or columns is drawn as a line on them."""
    combined = chart.form is ChartForm.COMBO and series.role is not SeriesRole.ACTUAL
    return combined or series.role is SeriesRole.TARGET


def _one_a_category(chart: ChartPayload) -> bool:
    """Tell whether no category has two bars: a comparison that stands among the bars it is compared with."""
    known = ([value is not None for value in series.values] for series in chart.series if not _is_line(chart, series))
    return all(sum(bars) <= 1 for bars in zip(*known, strict=False))


def _type(chart: ChartPayload, across: bool) -> XL_CHART_TYPE:
    if chart.form is ChartForm.LINE:
        return XL_CHART_TYPE.LINE
    if chart.form is ChartForm.DOT:
        return XL_CHART_TYPE.LINE_MARKERS
    if chart.form is ChartForm.STACKED_100:
        # PowerPoint would stretch what is left of a bar to 100 percent.
        return XL_CHART_TYPE.BAR_STACKED if hides_shares(chart) else XL_CHART_TYPE.BAR_STACKED_100
    return XL_CHART_TYPE.BAR_CLUSTERED if across else XL_CHART_TYPE.COLUMN_CLUSTERED


def _looks(chart: ChartPayload) -> list[_Look]:
    """Give each series the look of its role; series of one role take its colours in their order."""
    colour = theme.load().colour
    seen: dict[SeriesRole, int] = {}
    looks = []
    for series in chart.series:
        number = seen.get(series.role, 0)
        seen[series.role] = number + 1
        match series.role:
            case SeriesRole.GRADE:
                place = number % len(colour.grades)
                looks.append(_Look(colour.grades[place], colour.on_grades[place]))
            case SeriesRole.COMPARISON if chart.form is ChartForm.COMBO:
                looks.append(_Look(colour.series[-1], colour.on_series[-1]))  # seen on columns and beside them
            case SeriesRole.COMPARISON:
                looks.append(_Look(colour.comparison, colour.text))
            case SeriesRole.TARGET | SeriesRole.MEAN | SeriesRole.LIMIT:
                looks.append(_Look(colour.neutral, _WHITE))
            case SeriesRole.PROJECTED | SeriesRole.RANGE:  # the colour of what they carry on
                looks.append(_Look(colour.series[0], colour.on_series[0]))
            case SeriesRole.ACTUAL:
                place = number % len(colour.series)
                looks.append(_Look(colour.series[place], colour.on_series[place]))
    return looks


def _lies(chart: ChartPayload, box: Box) -> bool:
    """Tell whether bars lie: their labels are too long to stand side by side, and no target line crosses them."""
    widest = max(map(label_width, chart.categories), default=0.0)
    target = any(series.role is SeriesRole.TARGET for series in chart.series)
    return not target and (widest + _PAD) * len(chart.categories) > box.width


def _draw_lines(native: Any, chart: ChartPayload, looks: list[_Look], axis: Scale, box: Box) -> None:
    for series, given, look in zip(native.plots[0].series, chart.series, looks, strict=True):
        series.smooth = False
        _stroke(series, given.role, look)
        _mark_end(series, given, look)
    labels = end_labels(chart)
    lines = [line for label in labels for line in label.split("\n")]
    right = max((textfit.width(line, SIZE, True) for line in lines), default=0.0) + (2 if labels else 1) * _PAD
    top = _LINE / 2 if labels else _add_legend(native, chart, box)
    left = max(textfit.width(tick(end, axis.step), SIZE) for end in (axis.low, axis.high)) + 1.5 * _PAD
    plot = Box(left, top, box.width - left - right, box.height - top - 1.6 * _LINE)
    place_plot(native, plot, box)
    set_value_axis(native, axis, chart.number_format, shown=True)
    set_category_axis(native, chart, plot.width)
    if not labels:
        return
    named = [
        (series, given, look, label)
        for series, given, look, label in zip(native.plots[0].series, chart.series, looks, labels, strict=True)
        if label
    ]
    ends = [given.values[last_known(given) or 0] or 0.0 for _, given, _, _ in named]
    natural = [(end - axis.low) / (axis.high - axis.low) * plot.height for end in ends]
    places = apart(natural, _LINE * max(label.count("\n") + 1 for label in labels), 0.0, plot.height)
    moves = [(old - new) / box.height for old, new in zip(natural, places, strict=True)]
    for (series, given, look, label), move in zip(named, moves, strict=True):
        label_end(series, given, look.colour, label[len(given.name)], (0.0, move))


def _mark_end(series: Any, given: Series, look: _Look) -> None:
    """Put a dot on a line's last point."""
    end = last_known(given)
    if end is None:
        return
    marker = series.points[end].marker
    marker.style, marker.size = XL_MARKER_STYLE.CIRCLE, 7
    marker.format.fill.solid()
    marker.format.fill.fore_color.rgb = rgb(look.colour)
    marker.format.line.color.rgb = rgb(look.colour)
    # A point with a look of its own draws the line that leads to it, too.
    _stroke(series.points[end], given.role, look)


def _figures(series: Series) -> tuple[str, ...]:
    """Return what a series' labels say, or about how wide they are where it has none."""
    return series.labels or tuple(f"{value:,.1f}" for value in series.values if value is not None)


def _draw_bars(
    native: Any, chart: ChartPayload, looks: list[_Look], axis: Scale, box: Box, *, lying: int | None
) -> None:
    """Draw bars; ``lying`` is the size in points of the text of bars that lie, ``None`` where they stand."""
    across, size = lying is not None, lying or SIZE
    plot = native.plots[0]
    bars = [series for series in chart.series if not _is_line(chart, series)]
    alone = len(bars) > 1 and _one_a_category(chart)
    plot.gap_width = _GAP
    plot.overlap = 0 if len(bars) > 1 and not alone else 100
    for series, given, look in zip(plot.series, chart.series, looks, strict=True):
        if not _is_line(chart, given):
            _fill(series, look.colour)
            series.invert_if_negative = False
    # The name of a bar that stands for itself is on the axis: a legend would say it again.
    top = _add_legend(native, chart, box) if len(chart.series) > 1 and not alone else _PAD
    widest = max((label_width(category, size) for category in chart.categories), default=0.0)
    left = min(widest, _MOST_NAME * box.width) + 1.5 * _PAD if across else _PAD
    labelled = _bars_labelled(chart, 1 if alone else len(bars), box, across)
    if not across and not labelled:
        left = textfit.width(tick(axis.high, axis.step), SIZE) + 1.5 * _PAD
    right = 5 * SIZE if across and labelled else _PAD
    bottom = _PAD if across and labelled else 1.6 * _LINE
    top += 0 if across else _LINE / 2
    area = Box(left, top, box.width - left - right, box.height - top - bottom)
    place_plot(native, area, box)
    set_value_axis(native, axis, chart.number_format, shown=not labelled)
    set_category_axis(native, chart, None if across else area.width, size)
    if across:
        native.category_axis.reverse_order = True
    crossed = len(bars) < len(chart.series)
    if labelled:
        for series, given, look in zip(plot.series, chart.series, looks, strict=True):
            if not _is_line(chart, given):
                stands_out = alone and given.role is SeriesRole.COMPARISON
                label_values(series, chart.number_format, look.on if crossed else None, size, stands_out)
    _draw_lines_on_bars(native, chart, looks)


def _bars_labelled(chart: ChartPayload, together: int, box: Box, across: bool) -> bool:
    """Tell whether bars bear their values; ``together`` is how many bars a category has."""
    count = len(chart.categories) * together
    bars = [series for series in chart.series if not _is_line(chart, series)]
    widest = max((textfit.width(label, SIZE) for series in bars for label in _figures(series)), default=0.0)
    bar = (box.width - 2 * _PAD) / max(1, len(chart.categories)) / (together + _GAP / 100)
    return count <= _MOST_LABELLED and (across or widest + 6 < bar)


def _draw_lines_on_bars(native: Any, chart: ChartPayload, looks: list[_Look]) -> None:
    """Draw targets, and the line of a combined chart, as lines on the bars."""
    bars = native._chartSpace.find(".//" + qn("c:barChart"))
    targets = [
        (element, given, look)
        for element, given, look in zip(bars.findall(qn("c:ser")), chart.series, looks, strict=True)
        if _is_line(chart, given)
    ]
    if targets and len(targets) < len(chart.series):
        plot = combined.on_bars(native, [element for element, _, _ in targets])
        for series, (_, given, look) in zip(plot.series, targets, strict=True):
            _stroke(series, given.role, look)


def _draw_stack(native: Any, chart: ChartPayload, looks: list[_Look], box: Box) -> None:
    plot = native.plots[0]
    plot.gap_width, plot.overlap = _GAP, 100
    top = _add_legend(native, chart, box)
    widest = max(map(label_width, chart.categories), default=0.0)
    left = min(widest, _MOST_NAME * box.width) + 1.5 * _PAD
    beside = last_grade_beside(chart)
    last = max((textfit.width(label, SIZE, True) for label in chart.series[-1].labels), default=0.0) * beside
    area = Box(left, top, box.width - left - last - 1.5 * _PAD, box.height - top - _PAD)
    place_plot(native, area, box)
    set_category_axis(native, chart, None)
    native.category_axis.format.line.fill.background()
    native.value_axis.visible = False
    native.value_axis.has_major_gridlines = False
    native.value_axis.maximum_scale, native.value_axis.minimum_scale = 100 if hides_shares(chart) else 1, 0
    native.category_axis.reverse_order = True
    lengths = bar_lengths(chart)
    for series, given, look in zip(plot.series, chart.series, looks, strict=True):
        _fill(series, look.colour)
        series.format.line.color.rgb = rgb(_WHITE)
        series.format.line.width = Pt(1.5)
        shares = [
            (at, label, abs(value) / lengths[at] * area.width, textfit.width(label, SIZE, True))
            for at, (label, value) in enumerate(zip(given.labels, given.values, strict=False))
            if label and value
        ]
        beyond = beside and given is chart.series[-1]
        for at, label, room, needed in shares:
            outside = (room / 2 + needed / 2 + 4) / box.width if beyond else 0.0
            if beyond or needed + 1 < room:
                colour = theme.load().colour.text if beyond else look.on
                label_share(series.points[at].data_label, label, colour, outside)


def _draw_dots(native: Any, chart: ChartPayload, axis: Scale, box: Box, size: int) -> None:
    dots.dress(native, chart)
    top = _add_legend(native, chart, box)
    dots.name_in_legend(native, chart)
    whole = [(series, given) for series, given in zip(native.plots[0].series, chart.series, strict=True)
             if given.role is not SeriesRole.ACTUAL]  # fmt: skip
    ends = [textfit.width(part, SIZE, True) for _, given in whole for part in (given.name, *given.labels[-1:])]
    left = textfit.width(tick(axis.high, axis.step) + "%", SIZE) + 1.5 * _PAD
    right = max(ends, default=0.0) + 2 * _PAD
    names = max((name.count("\n") + 1 for name in chart.categories), default=1)
    plot = Box(left, top, box.width - left - right, box.height - top - (names + 0.6) * _LINE)
    place_plot(native, plot, box)
    set_value_axis(native, axis, chart.number_format, shown=True)
    set_category_axis(native, chart, plot.width, size)
    # The last dot stands half its room before the edge: there the name would stand on its figure and on gridlines.
    beyond = plot.width / (2 * max(1, len(chart.categories))) / box.width
    for series, given in whole:
        label_end(series, given, theme.load().colour.neutral, "\n", (beyond, 0.0))
    if len(chart.categories) <= MOST_LABELLED:
        for series, given in zip(native.plots[0].series, chart.series, strict=True):
            if given.role is SeriesRole.ACTUAL:
                label_dots(series, chart.number_format)


def _add_legend(native: Any, chart: ChartPayload, box: Box) -> float:
    """Add a legend above the plot where there is more than one series; return the height in points it takes."""
    if len(chart.series) < 2:
        return _PAD
    native.has_legend = True
    native.legend.position = XL_LEGEND_POSITION.TOP
    native.legend.include_in_layout = False
    native.legend.font.size = Pt(SIZE)
    key = 1.8 if chart.form is ChartForm.STACKED_100 else 6.0  # a line's key is longer than a square
    widest = max(textfit.width(series.name, SIZE) for series in chart.series) + key * SIZE
    in_a_row = max(1, int(box.width // widest))
    return _LINE * math.ceil(len(chart.series) / in_a_row) + 2 * _PAD


def _stroke(series: Any, role: SeriesRole, look: _Look) -> None:
    line = series.format.line
    line.color.rgb = rgb(look.colour)
    line.width = Pt(theme.load().chart.line_width + 0.5 if role is SeriesRole.ACTUAL else 1.75)
    if role in (SeriesRole.TARGET, SeriesRole.PROJECTED):
        line.dash_style = MSO_LINE.DASH
    if role in (SeriesRole.COMPARISON, SeriesRole.RANGE):
        line.dash_style = MSO_LINE.ROUND_DOT  # told apart without colour, too


def _fill(series: Any, colour: str) -> None:
    series.format.fill.solid()
    series.format.fill.fore_color.rgb = rgb(colour)
