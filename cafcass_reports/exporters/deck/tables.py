"""Tables: fitted by measured heights, continued on further slides, drawn native with light rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Pt

from cafcass_reports import theme
from cafcass_reports.exhibits.payload import Cell, TableColumn, TablePayload, Tone
from cafcass_reports.exporters.deck import textfit
from cafcass_reports.exporters.deck.body import shorten
from cafcass_reports.exporters.deck.colours import rgb
from cafcass_reports.exporters.deck.template import Box

_Sections: TypeAlias = "Sequence[tuple[str, list[Row]]]"
SIZES = (16, 15, 14, 13, 12)
_PAD = 0.15  # above and below a cell's text, in font sizes
_SIDE = 6.0  # left and right of a cell's text, in points
_HIGHEST_ROW = 0.6  # of a slide's room
_HEADER_LINES, _HEADING_LINES = 4, 2
_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # Office's "No Style, No Grid": every line here is ours
_NO_CHANGE = "–"
_ARROWS = {"up": "▲", "down": "▼", "level": "►"}


@dataclass(frozen=True)
class Row:
    """A row as drawn: a section's heading (then it has no cells) or cells."""

    cells: tuple[Cell, ...] = ()
    heading: str = ""


@dataclass(frozen=True)
class Part:
    """What one slide shows of a table: sizes, widths and heights are in points."""

    table: TablePayload
    rows: tuple[Row, ...]
    size: int
    widths: tuple[float, ...]
    heights: tuple[float, ...]  # of the header row and of each row

    @property
    def height(self) -> float:
        """Height of the part in points."""
        return sum(self.heights)


def cell_text(cell: Cell) -> str:
    """Return a cell's text as shown: a change has its meaning in a word, not by colour alone, then arrow and number.

    Numbers come last so that they stand under each other.

    Examples
    --------
    >>> cell_text(Cell(text="1.2 points", tone=Tone.CONCERN, arrow="down"))
    'concern ▼ 1.2 points'
    """
    word, number = _word_and_number(cell)
    return f"{word} {number}".strip()


def _word_and_number(cell: Cell) -> tuple[str, str]:
    word = str(cell.tone) if cell.tone and cell.tone is not Tone.NEUTRAL else ""
    if word in cell.text.lower():
        word = ""
    arrow = _ARROWS[cell.arrow] if cell.arrow and not cell.text.startswith(tuple(_ARROWS.values())) else ""
    return word, f"{arrow} {cell.text}".strip()


def fit(table: TablePayload, box: Box) -> tuple[Part, ...]:
    """Share a table out over as few slides as its smallest size allows, then take the largest size that does.

    Parameters
    ----------
    table
        The table; rows shorter than its columns are filled with empty cells.
    box
        The room on each slide.
    """
    table, sections = _squared(table)
    table, sections = _shortened(table, sections, box)
    fewest = len(_pages(table, sections, SIZES[-1], box))
    size = next(
        (size for size in SIZES if _holds(table, _pages(table, sections, size, box), fewest, size, box)), SIZES[-1]
    )
    pages = _even(table, sections, size, box, fewest)
    return tuple(_part(table, page, size, box) for page in pages)


def _squared(table: TablePayload) -> tuple[TablePayload, _Sections]:
    """Give every row as many cells as the widest: a ragged table is one that PowerPoint repairs.

    Among changes an empty cell gets a dash, so that it is not taken for one that was forgotten.
    """
    count = max([len(table.columns), *(len(row) for section in table.sections for row in section.rows), 1])
    columns = table.columns + (TableColumn(label=""),) * (count - len(table.columns))
    changes = {at for section in table.sections for row in section.rows for at, cell in enumerate(row) if cell.arrow}

    def squared(row: tuple[Cell, ...]) -> Row:
        cells = row + (Cell(text=""),) * (count - len(row))
        return Row(
            tuple(
                cell if cell.text or at not in changes else cell.model_copy(update={"text": _NO_CHANGE})
                for at, cell in enumerate(cells)
            )
        )

    sections = [(section.title, [squared(row) for row in section.rows]) for section in table.sections]
    return table.model_copy(update={"columns": columns}), sections


def _shortened(table: TablePayload, sections: _Sections, box: Box) -> tuple[TablePayload, _Sections]:
    """Cut texts that would make a row higher than a slide: a row cannot go on to the next."""
    size = SIZES[-1]
    widths = _widths(table, sections, size, box.width)
    most = max(1, int((_HIGHEST_ROW * box.height - 2 * _PAD * size) // (size * textfit.LINE)))

    def cut(text: str, column: int, lines: int = most) -> str:
        return shorten(text, size, widths[column] - 2 * _SIDE, lines, bold=True)

    def cut_row(row: Row) -> Row:
        texts = [cut(cell.text, column) for column, cell in enumerate(row.cells)]
        cells = zip(row.cells, texts, strict=True)
        return Row(tuple(cell.model_copy(update={"text": text}) for cell, text in cells))

    columns = tuple(
        column.model_copy(update={"label": cut(column.label, number, _HEADER_LINES)})
        for number, column in enumerate(table.columns)
    )
    shortened = [(cut(title, 0, _HEADING_LINES), [cut_row(row) for row in rows]) for title, rows in sections]
    return table.model_copy(update={"columns": columns}), shortened


def _even(table: TablePayload, sections: _Sections, size: int, box: Box, fewest: int) -> list[list[Row]]:
    """Cut between sections where that needs no more slides; else make the slides about equally full."""
    if fewest == 1:
        return _pages(table, sections, size, box)
    whole = _pages(table, sections, size, box, keep_sections=True)
    if len(whole) == fewest:
        return whole
    for share in (0.55, 0.65, 0.75, 0.85, 0.95):
        pages = _pages(table, sections, size, replace(box, height=box.height * share))
        if len(pages) == fewest:
            return pages
    return _pages(table, sections, size, box)


def _pages(
    table: TablePayload,
    sections: _Sections,
    size: int,
    box: Box,
    keep_sections: bool = False,
) -> list[list[Row]]:
    widths = _widths(table, sections, size, box.width)
    header = _header_height(table, size, widths)
    pages: list[list[Row]] = [[]]
    used = header
    for title, rows in sections:
        heading = _row_height(Row(heading=title), size, widths) if title else 0.0
        heights = [_row_height(row, size, widths) for row in rows]
        if keep_sections and pages[-1] and used + heading + sum(heights) > box.height:
            pages.append([])
            used = header
        for number, (row, height) in enumerate(zip(rows, heights, strict=True)):
            opens = heading if not number else 0.0
            if pages[-1] and used + opens + height > box.height:
                pages.append([])
                used = header
                if number and title:
                    pages[-1].append(Row(heading=f"{title} (continued)"))
                    used += heading
            if not number and title:
                pages[-1].append(Row(heading=title))
                used += heading
            pages[-1].append(row)
            used += height
    return pages


def _holds(table: TablePayload, pages: list[list[Row]], fewest: int, size: int, box: Box) -> bool:
    """Tell whether so many slides are enough: a single row may be too high for one at a large size."""
    return len(pages) == fewest and all(sum(_heights(table, rows, size, box)) <= box.height for rows in pages)


def _heights(table: TablePayload, rows: list[Row], size: int, box: Box) -> list[float]:
    widths = _widths(table, [("", rows)], size, box.width)
    return [_header_height(table, size, widths), *(_row_height(row, size, widths) for row in rows)]


def _part(table: TablePayload, rows: list[Row], size: int, box: Box) -> Part:
    widths = _widths(table, [("", rows)], size, box.width)
    heights = _heights(table, rows, size, box)
    # Rows grow into free height, but not so far apart that the eye loses the line.
    spare = min(max(0.0, box.height - sum(heights)) / len(heights), 0.75 * size)
    return Part(table, tuple(rows), size, widths, tuple(height + spare for height in heights))


def _cell_width(text: str, size: int, bold: bool) -> float:
    return max((textfit.width(line, size, bold) for line in text.split("\n")), default=0.0) + 2 * _SIDE


def _widths(table: TablePayload, sections: _Sections, size: int, room: float) -> tuple[float, ...]:
    """Share out the width by the table's weights, so that tables alike look alike; by text where all weigh the same.

    No column is so narrow that it would break a word, as long as any could be wide enough.
    """
    rows = [row for _, rows in sections for row in rows if row.cells]
    wanted, least = [], []
    for number, column in enumerate(table.columns):
        texts = [cell_text(row.cells[number]) for row in rows]
        words = [textfit.longest_word(text, size, bold=True) for text in (column.label, *texts)]
        # A number never leaves its arrow or its word: cells of a right-aligned column stay on their line.
        whole = [_cell_width(text, size, bold=True) for text in texts if column.align == "right"]
        least.append(max(max(words) + 2 * _SIDE + 1, *(width for width in whole if width < 0.3 * room), 0.0))
        natural = [_cell_width(text, size, bold=True) for text in texts]
        wanted.append(max([*natural, least[-1], min(_cell_width(column.label, size, True), 9.0 * size)]) + 1)
    if sum(least) >= room:
        return tuple(room * width / sum(least) for width in least)
    weights = [max(column.weight, 0.0) for column in table.columns]
    return _shared_out(weights if len(set(weights)) > 1 else wanted, least, room)


def _shared_out(weights: Sequence[float], least: Sequence[float], room: float) -> tuple[float, ...]:
    held: set[int] = set()  # columns to which their weight gives less than they need
    while True:
        free = [at for at in range(len(least)) if at not in held]
        unit = (room - sum(least[at] for at in held)) / (sum(weights[at] for at in free) or 1.0)
        short = {at for at in free if weights[at] * unit < least[at]}
        if not short:
            return tuple(least[at] if at in held else weights[at] * unit for at in range(len(least)))
        held |= short


def _header_height(table: TablePayload, size: int, widths: Sequence[float]) -> float:
    labels = Row(tuple(Cell(text=column.label) for column in table.columns))
    return _row_height(labels, size, widths, bold=True)


def _row_height(row: Row, size: int, widths: Sequence[float], bold: bool = False) -> float:
    if row.heading:
        lines = textfit.count_lines(row.heading, size, widths[0] - 2 * _SIDE, bold=True)
    else:
        lines = max(
            textfit.count_lines(cell_text(cell), size, width - 2 * _SIDE, bold=bold or bool(cell.tone))
            for cell, width in zip(row.cells, widths, strict=True)
        )
    return lines * size * textfit.LINE + 2 * _PAD * size


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
            colour = {Tone.IMPROVEMENT: look.improvement, Tone.CONCERN: look.concern}.get(
                content.tone or Tone.NEUTRAL, look.text
            )
            word, figure = _word_and_number(content)
            toned = bool(content.tone and content.tone is not Tone.NEUTRAL)
            _write(cell, figure, part.size, align=column.align, colour=colour, bold=toned, before=word)
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
    cell.margin_left = cell.margin_right = Pt(_SIDE)
    cell.margin_top = cell.margin_bottom = Pt(_PAD * size)
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


def _rule(cell: Any, colour: str, points: float) -> None:
    properties = cell._tc.get_or_add_tcPr()
    line = properties.makeelement(qn("a:lnB"), {"w": str(int(Pt(points))), "cap": "flat", "cmpd": "sng"})
    fill = line.makeelement(qn("a:solidFill"), {})
    fill.append(fill.makeelement(qn("a:srgbClr"), {"val": colour.lstrip("#")}))
    line.append(fill)
    properties.insert(0, line)  # the schema wants lines before the fill
