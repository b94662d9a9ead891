"""Dot charts: markers of a native line chart without its lines, with error bars for chance."""

from __future__ import annotations

from typing import Any

from pptx.enum.chart import XL_MARKER_STYLE
from pptx.enum.dml import MSO_LINE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Pt

from cafcass_reports import theme
from cafcass_reports.exhibits.dot_drawing import looks
from cafcass_reports.exhibits.payload import ChartPayload, Series, SeriesRole, Standing
from cafcass_reports.exporters.deck.colours import rgb
from cafcass_reports.exporters.deck.names import qn

_MARKERS = {
    Standing.BETTER: (XL_MARKER_STYLE.DIAMOND, 11),
    Standing.WORSE: (XL_MARKER_STYLE.SQUARE, 9),
    Standing.HIGHER: (XL_MARKER_STYLE.TRIANGLE, 11),
    Standing.LOWER: (XL_MARKER_STYLE.X, 10),
    Standing.SIMILAR: (XL_MARKER_STYLE.CIRCLE, 9),
    None: (XL_MARKER_STYLE.CIRCLE, 9),
}
_WHISKER = 1.75  # points


def dress(native: Any, chart: ChartPayload) -> None:
    """Give each series its marker and whiskers, and the whole its line."""
    for series, given in zip(native.plots[0].series, chart.series, strict=True):
        series.smooth = False
        if given.role is SeriesRole.ACTUAL:
            _dress_dots(series, given)
        else:
            series.marker.style = XL_MARKER_STYLE.NONE
            series.format.line.color.rgb = rgb(theme.load().colour.neutral)
            series.format.line.width, series.format.line.dash_style = Pt(1.75), MSO_LINE.DASH


def name_in_legend(native: Any, chart: ChartPayload) -> None:
    """Leave out of the legend what is named at its end."""
    legend = native.legend._element
    for at, given in enumerate(chart.series):
        if given.role is not SeriesRole.ACTUAL:
            legend.find(qn("c:legendPos")).addnext(
                parse_xml(f'<c:legendEntry {nsdecls("c")}><c:idx val="{at}"/><c:delete val="1"/></c:legendEntry>')
            )


def _dress_dots(series: Any, given: Series) -> None:
    colour = rgb(looks()[given.standing].colour)
    marker = series.marker
    marker.style, marker.size = _MARKERS[given.standing]
    marker.format.fill.solid()
    marker.format.fill.fore_color.rgb = colour
    marker.format.line.color.rgb = colour
    series.format.line.fill.background()
    if any(given.intervals):
        series._element.find(qn("c:cat")).addprevious(_whiskers(given, str(colour)))


def _whiskers(given: Series, colour: str) -> Any:
    """Write error bars: how far each interval reaches below and above its figure."""
    reach: dict[str, dict[int, float]] = {"plus": {}, "minus": {}}
    for at, (value, interval) in enumerate(zip(given.values, given.intervals, strict=False)):
        if value is not None and interval is not None:
            reach["plus"][at], reach["minus"][at] = max(0.0, interval.high - value), max(0.0, value - interval.low)
    ends = "".join(
        f'<c:{side}><c:numLit><c:formatCode>General</c:formatCode><c:ptCount val="{len(given.values)}"/>'
        + "".join(f'<c:pt idx="{at}"><c:v>{far!r}</c:v></c:pt>' for at, far in found.items())
        + f"</c:numLit></c:{side}>"
        for side, found in reach.items()
    )
    return parse_xml(
        f'<c:errBars {nsdecls("c", "a")}><c:errDir val="y"/><c:errBarType val="both"/><c:errValType val="cust"/>'
        f'<c:noEndCap val="1"/>{ends}<c:spPr><a:ln w="{Pt(_WHISKER)}"><a:solidFill><a:srgbClr val="{colour}"/>'
        "</a:solidFill></a:ln></c:spPr></c:errBars>"
    )
