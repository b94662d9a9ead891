"""Small multiples: a grid of native charts on one scale, each with its workbook and its name above it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_MARKER_STYLE
from pptx.util import Pt

from cafcass_reports import theme
from cafcass_reports.exhibits.payload import ChartPayload, Series
from cafcass_reports.exhibits.scales import Scale, last_known, scale
from cafcass_reports.exporters.deck import shapes as native
from cafcass_reports.exporters.deck import textfit
from cafcass_reports.exporters.deck.axes import place_plot, set_category_axis, set_value_axis, tick
from cafcass_reports.exporters.deck.chart_data import chart_data
from cafcass_reports.exporters.deck.colours import rgb
from cafcass_reports.exporters.deck.names import qn
from cafcass_reports.exporters.deck.template import Box

_SIZE = 12  # points
_LINE = _SIZE * textfit.LINE
_GUTTER, _PAD = 8.0, 4.0
_SHAPE = 1.35  # width of a small chart for its height


def draw(shapes: Any, chart: ChartPayload, box: Box) -> list[Any]:
    """Draw a small chart for each series; return the shapes in reading order."""
    count = len(chart.series)
    columns = min(count, max(1, round(math.sqrt(count * box.width / box.height / _SHAPE))))
    rows = -(-count // columns)
    wide = (box.width - _GUTTER * (columns - 1)) / columns
    high = (box.height - _GUTTER * (rows - 1)) / rows
    shared = scale([chart])
    drawn: list[Any] = []
    for at, series in enumerate(chart.series):
        left = box.left + at % columns * (wide + _GUTTER)
        place = Box(left, box.top + at // columns * (high + _GUTTER), wide, high)
        drawn += _small(shapes, chart, series, shared, place)
        if at < len(chart.measurements):
            drawn[-1].name = f"chart {chart.measurements[at].measurement}"
    return drawn


def _small(shapes: Any, chart: ChartPayload, series: Series, axis: Scale, box: Box) -> Iterator[Any]:
    name = native.text_box(shapes, replace(box, height=_LINE), "Part")
    native.write(name.text_frame.paragraphs[0], series.name, _SIZE, theme.load().colour.text, bold=True)
    yield name
    box = box.raised(-_LINE)
    one = chart.model_copy(update={"series": (series,)})
    frame = shapes.add_chart(XL_CHART_TYPE.LINE, *native.emu(box), chart_data(one))
    frame.name = series.name
    frame._element.xpath(".//p:cNvPr")[0].set("descr", _alt(chart, series))
    made = frame.chart
    made.has_title = made.has_legend = False
    made.font.size, made.font.name = Pt(_SIZE), theme.load().font.office
    made.font.color.rgb = rgb(theme.load().colour.text)
    left = max(textfit.width(tick(end, axis.step), _SIZE) for end in (axis.low, axis.high)) + 2 * _PAD
    right = max((textfit.width(label, _SIZE, True) for label in series.labels), default=0.0) + 2 * _PAD
    plot = Box(left, _PAD, box.width - left - right, box.height - 1.5 * _LINE - _PAD)
    place_plot(made, plot, box)
    set_value_axis(made, replace(axis, step=axis.high - axis.low), chart.number_format, shown=True)
    set_category_axis(made, one, plot.width, _SIZE)
    made.value_axis.tick_labels.font.size = Pt(_SIZE)
    _dress(made.plots[0].series[0], series)
    yield frame


def _dress(drawn: Any, series: Series) -> None:
    """Draw the line, and its latest value at its end."""
    look = theme.load()
    drawn.smooth = False
    drawn.format.line.color.rgb, drawn.format.line.width = rgb(look.colour.series[0]), Pt(look.chart.line_width)
    drawn.marker.style = XL_MARKER_STYLE.NONE
    end = last_known(series)
    if end is None:
        return
    label = drawn.points[end].data_label
    label.position = XL_LABEL_POSITION.RIGHT
    label.font.size, label.font.bold = Pt(_SIZE), True
    label.font.color.rgb = rgb(look.colour.text)
    label._dLbl.find(qn("c:txPr")).find(qn("a:bodyPr")).set("wrap", "none")
    label._dLbl.find(qn("c:showVal")).set("val", "1")
    for shown in ("c:showVal", "c:showCatName", "c:showSerName"):
        drawn._element.find(qn("c:dLbls")).find(qn(shown)).set("val", "0")


def _alt(chart: ChartPayload, series: Series) -> str:
    """Say of one small chart what the alternative text of all says of each: ends and range."""
    known = [at for at, value in enumerate(series.values) if value is not None]
    if not known:
        return f"{series.name}: no figures."

    def told(at: int) -> str:
        label = series.labels[at] if at < len(series.labels) else f"{series.values[at]:g}"
        return f"{label} ({chart.categories[at]})"

    by_value = sorted(known, key=lambda at: series.values[at] or 0.0)
    return (
        f"{series.name}: line from {told(known[0])} to {told(known[-1])}; "
        f"lowest {told(by_value[0])}, highest {told(by_value[-1])}."
    )
