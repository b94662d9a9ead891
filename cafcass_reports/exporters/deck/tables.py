"""Tables: drawn native with light rules, in the sizes that were measured for them."""

from __future__ import annotations

from typing import Any

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Pt

from cafcass_reports import theme
from cafcass_reports.exhibits.payload import Tone
from cafcass_reports.exporters.deck.cells import tone_colour, word_and_number
from cafcass_reports.exporters.deck.colours import lightened, rgb
from cafcass_reports.exporters.deck.tablefit import FIGURES, SIDE, TEXTS, Part, is_bold
from cafcass_reports.exporters.deck.template import Box

_TINT = 0.08  # of the colour: its own text stays legible on it (4.5:1)
_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # Office's "No Style, No Grid": every line here is ours


def draw(shapes: Any, part: Part, box: Box) -> Any:
    """Draw a part of a table at the top of a box; return its graphic frame."""
    rows, columns = len(part.rows) + 1, len(part.widths)
    frame = shapes.add_table(rows, columns, Pt(box.left), Pt(box.top), Pt(sum(part.widths)), Pt(round(part.height)))
    table = frame.table
    frame._element.graphic.graphicData.tbl.tblPr.find(qn("a:tableStyleId")).text = _NO_STYLE
    table.first_row, table.horz_banding = True, False
    table.first_col = any(column.row_header for column in part.table.columns[:1])
    for column, width in zip(table.columns, part.widths, strict=True):
        column.width = Pt(width)
    for row, height in zip(table.rows, part.heights, strict=True):
        row.height = Pt(height)
    look = theme.load().colour
    for number, column in enumerate(part.table.columns):
        cell = table.cell(0, number)
        _write(cell, column.label, part.size, align=column.align, colour=look.title, bold=True)
        cell.vertical_anchor = MSO_ANCHOR.BOTTOM
        _rule(cell, look.title, 1.5)
    for at, row in enumerate(part.rows, start=1):
        if row.heading:
            _draw_heading(table, at, row.heading, part.size)
            continue
        for number, (content, column) in enumerate(zip(row.cells, part.table.columns, strict=True)):
            cell = table.cell(at, number)
            word, figure = word_and_number(content)
            bold = is_bold(content, column, part.style)
            _write(cell, figure, part.size, align=column.align, colour=tone_colour(content), bold=bold, before=word)
            if content.signal and content.signal.tone is not Tone.NEUTRAL:
                _tint(cell, tone_colour(content))
            if part.style is TEXTS:
                cell.vertical_anchor = MSO_ANCHOR.TOP
                cell.margin_top = cell.margin_bottom = Pt(part.style.pad * part.size)
            _rule(cell, look.rule, 0.5)
    return frame


def _draw_heading(table: Any, at: int, heading: str, size: int) -> None:
    look = theme.load().colour
    for number in range(len(table.columns)):
        cell = table.cell(at, number)
        # Not merged: a screen reader reads merged cells as an irregular table.
        _write(cell, heading if not number else "", size, align="left", colour=look.title, bold=True)
        cell.fill.solid()
        cell.fill.fore_color.rgb = rgb(look.band)
        _rule(cell, look.rule, 0.5)


def _write(cell: Any, text: str, size: int, *, align: str, colour: str, bold: bool, before: str = "") -> None:
    """Write a cell; ``before`` stands on the same line in regular weight."""
    cell.margin_left = cell.margin_right = Pt(SIDE)
    cell.margin_top = cell.margin_bottom = Pt(FIGURES.pad * size)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    frame = cell.text_frame
    frame.text = text
    for paragraph in frame.paragraphs:
        paragraph.alignment = PP_ALIGN.RIGHT if align == "right" else PP_ALIGN.LEFT
        if not paragraph.runs:
            paragraph.font.size = Pt(size)
            end = paragraph._p.makeelement(qn("a:endParaRPr"), {"sz": str(size * 100)})
            paragraph._p.append(end)
        for run in paragraph.runs:
            run.font.size = Pt(size)
            run.font.bold = bold
            run.font.color.rgb = rgb(colour)
    if before:
        first = frame.paragraphs[0]
        run = first.add_run()
        run.text = f"{before} "
        run.font.size, run.font.bold = Pt(size), False
        run.font.color.rgb = rgb(colour)
        first._p.remove(run._r)
        first._p.insert_element_before(run._r, "a:r", "a:br", "a:endParaRPr")


def grounds() -> frozenset[str]:
    """Return the colours of grounds under special causes, as a file has them."""
    colour = theme.load().colour
    return frozenset(lightened(tone, _TINT).lstrip("#") for tone in (colour.improvement, colour.concern))


def _tint(cell: Any, colour: str) -> None:
    """Lay a light ground of a colour under a cell: special causes are seen before anything is read."""
    cell.fill.solid()
    cell.fill.fore_color.rgb = rgb(lightened(colour, _TINT))


def _rule(cell: Any, colour: str, points: float) -> None:
    properties = cell._tc.get_or_add_tcPr()
    line = properties.makeelement(qn("a:lnB"), {"w": str(int(Pt(points))), "cap": "flat", "cmpd": "sng"})
    fill = line.makeelement(qn("a:solidFill"), {})
    fill.append(fill.makeelement(qn("a:srgbClr"), {"val": colour.lstrip("#")}))
    line.append(fill)
    properties.insert(0, line)  # the schema wants lines before the fill
