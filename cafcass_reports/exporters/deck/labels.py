"""The labels in a native chart: at the ends of lines, on bars, on shares of a bar and beside them."""

from __future__ import annotations

from typing import Any

from pptx.enum.chart import XL_LABEL_POSITION
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Pt

from cafcass_reports import theme
from cafcass_reports.exhibits.payload import Series
from cafcass_reports.exhibits.scales import last_known
from cafcass_reports.exporters.deck.axes import SIZE
from cafcass_reports.exporters.deck.colours import reads_on_white, rgb
from cafcass_reports.exporters.deck.names import qn


def label_end(series: Any, given: Series, colour: str, between: str, move: tuple[float, float]) -> None:
    """Name a line at its last point, with its value; both follow when the chart is edited.

    ``between`` stands between them; the label moves right and down by shares of the chart's width and height.
    """
    end = last_known(given)
    if end is None:
        return
    label = series.points[end].data_label
    label.position = XL_LABEL_POSITION.RIGHT
    label.font.size, label.font.bold = Pt(SIZE), True
    label.font.color.rgb = rgb(colour if reads_on_white(colour) else theme.load().colour.text)
    element = label._dLbl
    element.find(qn("c:txPr")).find(qn("a:bodyPr")).set("wrap", "none")
    element.find(qn("c:showSerName")).set("val", "1")
    element.find(qn("c:showVal")).set("val", "1")
    separator = element.makeelement(qn("c:separator"), {})
    separator.text = between
    element.append(separator)
    if max(map(abs, move)) > 0.001:
        _move_label(element, *move)
    for name in ("c:showVal", "c:showCatName", "c:showSerName"):
        shown = series._element.find(qn("c:dLbls")).find(qn(name))
        if shown is not None:
            shown.set("val", "0")


def label_dots(series: Any, number_format: str) -> None:
    """Label dots with their values, beside them, where whiskers leave room."""
    labels = series.data_labels
    labels.show_value = True
    labels.number_format, labels.number_format_is_linked = number_format, False
    labels.position = XL_LABEL_POSITION.RIGHT
    labels.font.size = Pt(SIZE)
    # The whole's line may run behind a figure: white ground keeps it legible.
    ground = f'<c:spPr {nsdecls("c", "a")}><a:solidFill><a:schemeClr val="bg1"/></a:solidFill></c:spPr>'
    labels._element.find(qn("c:numFmt")).addnext(parse_xml(ground))


def label_values(series: Any, number_format: str, inside: str | None, size: int = SIZE, bold: bool = False) -> None:
    """Label bars with their values: at their ends, or in a colour at their foot where a line crosses them."""
    labels = series.data_labels
    labels.show_value = True
    labels.number_format, labels.number_format_is_linked = number_format, False
    labels.position = XL_LABEL_POSITION.INSIDE_BASE if inside else XL_LABEL_POSITION.OUTSIDE_END
    labels.font.size, labels.font.bold = Pt(size), bold
    if inside:
        labels.font.color.rgb = rgb(inside)


def label_share(label: Any, text: str, colour: str, outside: float = 0.0) -> None:
    """Label a share in its middle, or ``outside`` (a share of the chart's width) to the right of that."""
    frame = label.text_frame
    frame.text = text
    run = frame.paragraphs[0].runs[0]
    run.font.size, run.font.bold = Pt(SIZE), True
    run.font.color.rgb = rgb(colour)
    label.position = XL_LABEL_POSITION.CENTER
    if outside:
        _move_label(label._dLbl, outside, 0.0)


def _move_label(element: Any, right: float, down: float) -> None:
    """Move a label from where it would stand, by shares of the chart's width and height."""
    element.find(qn("c:idx")).addnext(
        parse_xml(
            f'<c:layout {nsdecls("c")}><c:manualLayout><c:x val="{right:.4f}"/><c:y val="{down:.4f}"/>'
            "</c:manualLayout></c:layout>"
        )
    )
    _hide_leader_lines(element.getparent())


def _hide_leader_lines(labels: Any) -> None:
    """Draw no line from a moved label to its bar, which LibreOffice would unless told."""
    for shown in labels.findall(qn("c:showLeaderLines")):
        shown.set("val", "0")
    if labels.find(qn("c:extLst")) is None:
        labels.append(
            parse_xml(
                f'<c:extLst {nsdecls("c")}><c:ext uri="{{CE6537A1-D6FC-4f65-9D91-7224C49458BB}}" '
                'xmlns:c15="http://schemas.microsoft.com/office/drawing/2012/chart">'
                '<c15:showLeaderLines val="0"/></c:ext></c:extLst>'
            )
        )
