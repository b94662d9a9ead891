"""A native chart's plot area and its axes."""

from __future__ import annotations

import datetime
from typing import Any

from pptx.enum.chart import XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Pt

from cafcass_reports import theme
from cafcass_reports.exhibits.payload import ChartForm, ChartPayload
from cafcass_reports.exhibits.scales import Scale, every, label_every, months, weeks
from cafcass_reports.exporters.deck import textfit
from cafcass_reports.exporters.deck.colours import rgb
from cafcass_reports.exporters.deck.names import qn
from cafcass_reports.exporters.deck.template import Box

_OVER_TIME = (ChartForm.LINE, ChartForm.COMBO, ChartForm.MULTIPLES)
_WEEK = 7  # days
_PERCENT = '"%"'
SIZE = 16
"""Size in points of all text in a chart, but where bars are many."""


def dates(chart: ChartPayload) -> tuple[datetime.date, ...]:
    """Return the months or weeks on a chart's axis as dates; empty where its categories are neither, in a row."""
    if chart.form not in _OVER_TIME:
        return ()
    return months(chart.categories) or weeks(chart.categories)


def date_format(chart: ChartPayload) -> str:
    """Return the format in which dates are shown: months as they were given, weeks without the year."""
    if weeks(chart.categories):
        return "d mmm"
    return "mmm yyyy" if any(category[-4:].isdigit() for category in chart.categories) else "mmm yy"


def place_plot(native: Any, plot: Box, box: Box) -> None:
    """Say where the plot's inner area lies, as PowerPoint and LibreOffice choose differently."""
    area = native._chartSpace.chart.plotArea
    old = area.find(qn("c:layout"))
    if old is not None:
        area.remove(old)
    shares = {
        "x": plot.left / box.width,
        "y": plot.top / box.height,
        "w": max(plot.width, 1.0) / box.width,
        "h": max(plot.height, 1.0) / box.height,
    }
    numbers = "".join(f'<c:{name} val="{share:.4f}"/>' for name, share in shares.items())
    area.insert(
        0,
        parse_xml(
            f'<c:layout {nsdecls("c")}><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/>'
            f'<c:yMode val="edge"/>{numbers}</c:manualLayout></c:layout>'
        ),
    )


def set_value_axis(native: Any, axis: Scale, number_format: str, shown: bool) -> None:
    """Draw the value axis with light gridlines, or keep its scale and hide it where every value is labelled."""
    values = native.value_axis
    values.minimum_scale, values.maximum_scale, values.major_unit = axis.low, axis.high, axis.step
    values.has_major_gridlines = shown
    values.format.line.fill.background()
    values.major_tick_mark = XL_TICK_MARK.NONE
    if not shown:
        values.visible = False
        return
    values.major_gridlines.format.line.color.rgb = rgb(theme.load().colour.rule)
    values.major_gridlines.format.line.width = Pt(0.5)
    labels = values.tick_labels
    labels.number_format, labels.number_format_is_linked = _axis_format(axis, number_format), False
    labels.font.size = Pt(SIZE)
    labels.font.color.rgb = rgb(theme.load().colour.muted)


def _axis_format(axis: Scale, number_format: str) -> str:
    """Whole ends and steps need no decimals; others need as many as tell them apart."""
    plain = number_format.removesuffix(_PERCENT)
    if plain not in {"0", "0.0", "0.00", "#,##0", "#,##0.0"}:
        return number_format
    decimals = next((many for many in (0, 1) if _is_round(axis.step, many) and _is_round(axis.low, many)), 2)
    return "#,##0" + ("." + "0" * decimals if decimals else "") + number_format[len(plain) :]


def _is_round(value: float, decimals: int) -> bool:
    return abs(round(value, decimals) - value) < 1e-9


def tick(value: float, step: float) -> str:
    """Return about what a label of the value axis says, to measure it."""
    return f"{value:,.0f}" if float(step).is_integer() else f"{value:,.2f}"


def label_width(text: str, size: int = SIZE) -> float:
    """Return the width in points of a category's label: of its widest line."""
    return max(textfit.width(line, size) for line in text.split("\n"))


def set_category_axis(native: Any, chart: ChartPayload, room: float | None, size: int = SIZE) -> None:
    """Draw the category axis; ``room`` is its width in points where labels stand side by side along it."""
    axis = native.category_axis
    axis.has_major_gridlines = False
    axis.major_tick_mark = XL_TICK_MARK.NONE
    axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    axis.format.line.color.rgb = rgb(theme.load().colour.muted)
    axis.tick_labels.font.size = Pt(size)
    turned = axis._element.find(qn("c:txPr")).find(qn("a:bodyPr"))
    turned.set("rot", "0")
    if room is None:
        _align_right(axis)
        _label_each(axis)
        return
    widest = max(map(label_width, chart.categories), default=0.0)
    least = label_every(chart) if chart.form in _OVER_TIME else 1
    step = every(len(chart.categories), widest, room, least)
    if dates(chart):
        axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = date_format(chart), False
        unit, each = ("days", _WEEK) if weeks(chart.categories) else ("months", 1)
        base = axis._element.find(qn("c:baseTimeUnit"))
        base.set("val", unit)
        major = base.makeelement(qn("c:majorTimeUnit"), {"val": unit})
        base.addnext(major)
        major.addprevious(major.makeelement(qn("c:majorUnit"), {"val": str(step * each)}))
    elif step > 1:
        _label_each(axis, step)


def _label_each(axis: Any, step: int = 1) -> None:
    """Label each category (each second, third ...): left alone, PowerPoint leaves some out where it finds them many."""
    following = axis._element.find(qn("c:noMultiLvlLbl"))
    for name in ("c:tickLblSkip", "c:tickMarkSkip"):
        following.addprevious(following.makeelement(qn(name), {"val": str(step)}))


def _align_right(axis: Any) -> None:
    """Let lines of a label end at the axis, as in the drawing."""
    axis._element.find(qn("c:lblAlgn")).set("val", "r")
    for properties in axis._element.find(qn("c:txPr")).iter(qn("a:pPr")):
        properties.set("algn", "r")
