"""Tables: drawn native with light rules, in the sizes that were measured for them.

They are written as XML and read once: set property by property, python-pptx takes ten times as long for a cell.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Pt

from cafcass_reports import theme
from cafcass_reports.exhibits.payload import Cell, TableColumn, Tone
from cafcass_reports.exporters.deck.cells import tone_colour, word_and_number
from cafcass_reports.exporters.deck.colours import lightened
from cafcass_reports.exporters.deck.shapes import fill_xml, run_xml
from cafcass_reports.exporters.deck.tablefit import FIGURES, SIDE, TEXTS, Part, Row, is_bold
from cafcass_reports.exporters.deck.template import Box

_TINT = 0.08  # of the colour: its own text stays legible on it (4.5:1)
_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # Office's "No Style, No Grid": every line here is ours


@dataclass(frozen=True)
class _Drawn:
    """A cell as drawn: text, size in points, alignment, colour and weight; ``before`` is of regular weight.

    ``rule`` is the colour of the line under it and ``thick`` its points, ``ground`` the colour behind it. ``pad`` is
    the room above and below its text in font sizes, ``anchor`` where that stands (as Office calls it).
    """

    text: str
    size: int
    align: str
    colour: str
    rule: str
    bold: bool = True
    before: str = ""
    ground: str = ""
    thick: float = 0.5
    pad: float = FIGURES.pad
    anchor: str = "ctr"

    @property
    def xml(self) -> str:
        """Its element."""
        first, *others = self.text.split("\n")
        paragraphs = self._paragraph(first, self.before) + "".join(self._paragraph(line) for line in others)
        side, pad = Pt(SIDE), Pt(self.pad * self.size)
        line = f'<a:lnB w="{Pt(self.thick)}" cap="flat" cmpd="sng">{fill_xml(self.rule)}</a:lnB>'
        ground = fill_xml(self.ground) if self.ground else ""
        return (
            f"<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>{paragraphs}</a:txBody>"
            f'<a:tcPr marL="{side}" marR="{side}" marT="{pad}" marB="{pad}" anchor="{self.anchor}">'
            f"{line}{ground}</a:tcPr></a:tc>"
        )

    def _paragraph(self, text: str, before: str = "") -> str:
        align, size = "r" if self.align == "right" else "l", f'sz="{self.size * 100}"'
        word = run_xml(f"{before} ", self.size, self.colour, bold=False) if before else ""
        if text:
            return f'<a:p><a:pPr algn="{align}"/>{word}{run_xml(text, self.size, self.colour, bold=self.bold)}</a:p>'
        return f'<a:p><a:pPr algn="{align}"><a:defRPr {size}/></a:pPr>{word}<a:endParaRPr {size}/></a:p>'


def draw(shapes: Any, part: Part, box: Box) -> Any:
    """Draw a part of a table at the top of a box; return its graphic frame."""
    widths, heights = [Pt(width) for width in part.widths], [Pt(height) for height in part.heights]
    frame = shapes.add_table(1, 1, Pt(box.left), Pt(box.top), sum(widths), sum(heights))
    first_column = ' firstCol="1"' if any(column.row_header for column in part.table.columns[:1]) else ""
    grid = "".join(f'<a:gridCol w="{width}"/>' for width in widths)
    rows = zip(heights, [_header(part), *(_cells(row, part) for row in part.rows)], strict=True)
    drawn = parse_xml(
        f'<a:tbl {nsdecls("a")}><a:tblPr firstRow="1"{first_column}><a:tableStyleId>{_NO_STYLE}</a:tableStyleId>'
        f"</a:tblPr><a:tblGrid>{grid}</a:tblGrid>"
        + "".join(f'<a:tr h="{height}">{"".join(cell.xml for cell in cells)}</a:tr>' for height, cells in rows)
        + "</a:tbl>"
    )
    empty = frame._element.graphic.graphicData.tbl
    empty.getparent().replace(empty, drawn)
    return frame


def _header(part: Part) -> list[_Drawn]:
    title = theme.load().colour.title
    return [
        _Drawn(column.label, part.size, column.align, title, title, thick=1.5, anchor="b")
        for column in part.table.columns
    ]


def _cells(row: Row, part: Part) -> list[_Drawn]:
    columns = part.table.columns
    if row.heading:
        look = theme.load().colour
        # Not merged: a screen reader reads merged cells as an irregular table.
        texts = [row.heading, *("" for _ in columns[1:])]
        return [_Drawn(text, part.size, "left", look.title, look.rule, ground=look.band) for text in texts]
    return [_cell(content, column, part) for content, column in zip(row.cells, columns, strict=True)]


def _cell(content: Cell, column: TableColumn, part: Part) -> _Drawn:
    word, figure = word_and_number(content)
    colour = tone_colour(content)
    special = content.signal is not None and content.signal.tone is not Tone.NEUTRAL
    return _Drawn(
        figure,
        part.size,
        column.align,
        colour,
        theme.load().colour.rule,
        bold=is_bold(content, column, part.style),
        before=word,
        ground=lightened(colour, _TINT) if special else "",  # special causes are seen before anything is read
        pad=part.style.pad if part.style is TEXTS else FIGURES.pad,
        anchor="t" if part.style is TEXTS else "ctr",
    )


def grounds() -> frozenset[str]:
    """Return the colours of grounds under special causes, as a file has them."""
    colour = theme.load().colour
    return frozenset(lightened(tone, _TINT).lstrip("#") for tone in (colour.improvement, colour.concern))
