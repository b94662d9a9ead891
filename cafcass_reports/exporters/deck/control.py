"""Control charts: native charts under native icons, so that a director can edit both."""

from __future__ import annotations

import copy
import math
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from pptx.enum.chart import XL_CHART_TYPE, XL_MARKER_STYLE
from pptx.enum.dml import MSO_LINE
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import PP_ALIGN
from pptx.util import Pt

from cafcass_reports import theme
from cafcass_reports.exhibits.control_drawing import ends, markers, tone_colour, variation_colour
from cafcass_reports.exhibits.payload import ControlChart, ControlPayload, SeriesRole
from cafcass_reports.exhibits.scales import Scale, apart, last_known, scale
from cafcass_reports.exporters.deck import body, textfit
from cafcass_reports.exporters.deck import shapes as native
from cafcass_reports.exporters.deck.axes import place_plot, set_category_axis, set_value_axis, tick
from cafcass_reports.exporters.deck.chart_data import chart_data
from cafcass_reports.exporters.deck.colours import rgb
from cafcass_reports.exporters.deck.names import qn
from cafcass_reports.exporters.deck.template import Box
from cafcass_reports.statistics.spc import Variation

_ALONE, _BESIDE = 16, 12  # points, of text in a chart alone on its slide and in one of several
_GUTTER = 24.0
_PAD = 6.0
_LEAST_PLOT = 12.0  # points, however small a slide is
_FIGURES = 1.75  # thickness of the line of figures, in points
_KEY = 20.0  # height of the line that names the markers
_MARKERS = {
    Variation.COMMON_CAUSE: (XL_MARKER_STYLE.CIRCLE, 5, MSO_SHAPE.OVAL),
    Variation.IMPROVEMENT: (XL_MARKER_STYLE.DIAMOND, 9, MSO_SHAPE.DIAMOND),
    Variation.CONCERN: (XL_MARKER_STYLE.SQUARE, 8, MSO_SHAPE.RECTANGLE),
    Variation.NEITHER: (XL_MARKER_STYLE.TRIANGLE, 9, MSO_SHAPE.ISOSCELES_TRIANGLE),
}


def draw(shapes: Any, payload: ControlPayload, box: Box) -> list[Any]:
    """Draw control charts that fill a box; return their shapes in reading order.

    Each has its icons above it, its levels named at their ends, and a line with the reason at each rebase.
    """
    alone = len(payload.charts) == 1
    size = _ALONE if alone else _BESIDE
    grid = replace(box, height=box.height - _KEY)
    rows = -(-len(payload.charts) // 2)
    height = (grid.height - _PAD * (rows - 1)) / rows
    drawn: list[Any] = []
    for number, chart in enumerate(payload.charts):
        columns = grid.columns(1 if alone else 2, _GUTTER)
        place = columns[number % len(columns)]
        top = grid.top + number // len(columns) * (height + _PAD)
        parts = list(_draw_one(shapes, chart, replace(place, top=top, height=height), size, alone=alone))
        for part in parts:
            if part.has_chart and number < len(payload.measurements):
                part.name = f"spc {payload.measurements[number].measurement}"
        drawn += parts
    return [*drawn, *_draw_key(shapes, payload, Box(box.left, grid.top + grid.height, box.width, _KEY))]


def _draw_one(shapes: Any, chart: ControlChart, box: Box, size: int, *, alone: bool) -> Iterator[Any]:
    line = size * textfit.LINE
    if not alone:
        name = native.text_box(shapes, replace(box, height=line), "Measure")
        unit = chart.lines.unit
        title = chart.lines.series[0].name
        both = title if unit.lower() in title.lower() else f"{title} ({unit})"
        # On a second line it would stand on the icons.
        shown = next(
            (text for text in (both, title) if textfit.count_lines(text, size, box.width, True) == 1),
            body.shorten(title, size, box.width, 1, bold=True),
        )
        native.write(name.text_frame.paragraphs[0], shown, size, theme.load().colour.text, bold=True)
        yield name
        box = box.raised(-line - 2)
    yield from _draw_icons(shapes, chart, replace(box, height=line + 6), size, alone=alone)
    box = box.raised(-line - 10)
    frame, plot = _draw_chart(shapes, chart, box, size)
    yield frame
    yield from _mark_breaks(shapes, chart, plot, box, size if alone else 0)  # above the levels, and read before them
    yield from _name_levels(shapes, chart, plot, size)


def _draw_icons(shapes: Any, chart: ControlChart, box: Box, size: int, *, alone: bool) -> Iterator[Any]:
    """Draw each icon with its words as a group."""
    signal = chart.signal
    icons = [("Variation", signal.mark, variation_colour(signal), signal.words, MSO_SHAPE.OVAL)]
    if signal.letter:
        colour = tone_colour(signal.assured_tone)
        words = chart.assured if alone else chart.assured_in_short
        icons.append(("Assurance", signal.letter, colour, words, MSO_SHAPE.ROUNDED_RECTANGLE))
    left, top, high = box.left, box.top, size * textfit.LINE + 4
    for name, mark, colour, words, form in icons:
        width = textfit.width(words, size, bold=True) + 14
        both = native.group(shapes, name, f"{name}: {words}")
        icon = both.shapes.add_shape(form, *native.emu(Box(left, top, high, high)))
        icon.name = "Icon"
        icon.fill.solid()
        icon.fill.fore_color.rgb = rgb(colour)
        icon.line.fill.background()
        icon._element.remove(icon._element.find(qn("p:style")))  # the theme's shadow and line
        frame = icon.text_frame
        frame.word_wrap = False
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Pt(0)
        frame.paragraphs[0].alignment = PP_ALIGN.CENTER
        native.write(frame.paragraphs[0], mark, max(_BESIDE, size - 3), "#FFFFFF", bold=True)
        text = native.text_box(both.shapes, Box(left + high + 6, top, width, high), "Words", middle=True)
        native.write(text.text_frame.paragraphs[0], words, size, theme.load().colour.text, bold=name == "Variation")
        yield both
        left += high + width + (28 if alone else 8)


def _draw_chart(shapes: Any, chart: ControlChart, box: Box, size: int) -> tuple[Any, Box]:
    """Draw the chart; return its frame and the place of its plot on the slide."""
    lines = chart.lines
    axis = scale([lines])
    frame = shapes.add_chart(XL_CHART_TYPE.LINE_MARKERS, *native.emu(box), chart_data(lines))
    frame.name = lines.series[0].name[:80]
    frame._element.xpath(".//p:cNvPr")[0].set("descr", lines.alt)
    made = frame.chart
    made.has_title = made.has_legend = False
    made.font.size, made.font.name = Pt(size), theme.load().font.office
    made.font.color.rgb = rgb(theme.load().colour.text)
    plot = _plot(chart, axis, box, size)
    place_plot(made, Box(plot.left - box.left, plot.top - box.top, plot.width, plot.height), box)
    set_value_axis(made, axis, lines.number_format, shown=True)
    set_category_axis(made, lines, plot.width, size)
    made.value_axis.tick_labels.font.size = Pt(size)
    for series, given in zip(made.plots[0].series, lines.series, strict=True):
        series.smooth = False
        _stroke(series, given.role)
        series.marker.style = XL_MARKER_STYLE.NONE
    _mark_points(made.plots[0].series[0], chart)
    return frame, plot


def _plot(chart: ControlChart, axis: Scale, box: Box, size: int) -> Box:
    left = max(textfit.width(tick(end, axis.step), size) for end in (axis.low, axis.high)) + 2 * _PAD
    right = max((textfit.width(label, size) for _, label in ends(chart)), default=0.0) + 2 * _PAD
    top = size * textfit.LINE * max(len(chart.breaks), 0.5)
    bottom = 1.8 * size * textfit.LINE
    return Box(box.left + left, box.top + top, box.width - left - right, max(box.height - top - bottom, _LEAST_PLOT))


def _stroke(series: Any, role: SeriesRole) -> None:
    colour = theme.load().colour
    line = series.format.line
    ink, points = {
        SeriesRole.ACTUAL: (colour.neutral, _FIGURES),
        SeriesRole.TARGET: (colour.series[2], 2.0),
    }.get(role, (colour.muted, 1.25))
    line.color.rgb, line.width = rgb(ink), Pt(points)
    if role is SeriesRole.LIMIT:
        line.dash_style = MSO_LINE.DASH
    if role is SeriesRole.TARGET:
        line.dash_style = MSO_LINE.ROUND_DOT


def _mark_points(series: Any, chart: ControlChart) -> None:
    """Give the points their marker: one for all, another for those with a special cause."""
    looks = markers()

    def dress(marker: Any, means: Variation) -> None:
        marker.style, marker.size, _ = _MARKERS[means]
        marker.format.fill.solid()
        marker.format.fill.fore_color.rgb = rgb(looks[means].colour)
        marker.format.line.color.rgb = rgb(looks[means].colour)

    dress(series.marker, Variation.COMMON_CAUSE)
    dressed: dict[Variation, Any] = {}
    last: Any = None
    for at, means in enumerate(chart.meanings):
        if means is None:
            continue
        if means in dressed:  # it looks like the first of its kind
            alike = copy.deepcopy(dressed[means])
            alike.find(qn("c:idx")).set("val", str(at))
            last.addnext(alike)
            last = alike
            continue
        dress(series.points[at].marker, means)
        # A point with a look of its own draws the line that leads to it, from which LibreOffice takes its colour.
        line = series.points[at].format.line
        line.color.rgb, line.width = rgb(looks[means].colour), Pt(_FIGURES)
        last = dressed[means] = series._element.findall(qn("c:dPt"))[-1]


def _name_levels(shapes: Any, chart: ControlChart, plot: Box, size: int) -> Iterator[Any]:
    """Name mean, limits and target at their ends."""
    colour, axis, named = theme.load().colour, scale([chart.lines]), ends(chart)
    high = size * textfit.LINE
    levels = [series.values[last_known(series) or 0] or 0.0 for series, _ in named]
    natural = [(level - axis.low) / (axis.high - axis.low) * plot.height for level in levels]
    places = apart(natural, high, 0.0, plot.height)
    from_the_top = sorted(zip(named, places, strict=True), key=lambda level: -level[1])  # as they are read
    for (series, label), place in from_the_top:
        top = plot.top + plot.height - place - high / 2
        box = Box(plot.left + plot.width + _PAD, top, textfit.width(label, size) + 2 * _PAD, high)
        text = native.text_box(shapes, box, series.name, middle=True)
        text.text_frame.word_wrap = False
        ink = colour.series[2] if series.role is SeriesRole.TARGET else colour.muted
        native.write(text.text_frame.paragraphs[0], label, size, ink)
        yield text


def _mark_breaks(shapes: Any, chart: ControlChart, plot: Box, box: Box, size: int) -> Iterator[Any]:
    """Draw a line between the months where limits start again; above it when and why, of several charts only when."""
    colour, reasons = theme.load().colour, bool(size)
    size = size or _BESIDE
    high = size * textfit.LINE
    step = plot.width / max(1, len(chart.lines.categories))
    for number, each in enumerate(chart.breaks):
        x = plot.left + each.at * step
        yield native.decoration(shapes, Box(x - 0.5, plot.top, 1.0, plot.height), colour.text, "Limits start again")
        before = x - box.left > box.left + box.width - x
        room = max(x - box.left, box.left + box.width - x) - 4
        place = Box(box.left if before else x + 4, box.top + number * high, room, high)
        text = native.text_box(shapes, place, "Why limits start again")
        paragraph = text.text_frame.paragraphs[0]
        paragraph.alignment = PP_ALIGN.RIGHT if before else PP_ALIGN.LEFT
        said = body.shorten(each.label if reasons else each.month, size, room, 1)
        native.write(paragraph, said, size, colour.text)
        yield text


def _draw_key(shapes: Any, payload: ControlPayload, box: Box) -> Iterator[Any]:
    """Name the markers that occur."""
    used = dict.fromkeys(means for chart in payload.charts for means in chart.meanings if means is not None)
    left = box.left
    for means in (Variation.COMMON_CAUSE, *sorted(used)):
        look, (_, size, form) = markers()[means], _MARKERS[means]
        both = native.group(shapes, "Key", look.name)
        mark = native.decoration(
            both.shapes, Box(left, box.top + (box.height - size) / 2, size, size), look.colour, "Marker", form=form
        )
        width = textfit.width(look.name, 14) + 8
        text = native.text_box(both.shapes, Box(left + size + 5, box.top, width, box.height), "Meaning", middle=True)
        text.text_frame.word_wrap = False
        native.write(text.text_frame.paragraphs[0], look.name, 14, theme.load().colour.text)
        left += math.ceil(mark.width.pt + width + 26)
        yield both
