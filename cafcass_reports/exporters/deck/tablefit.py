"""How much room tables take: measured rows, shared out over slides, with columns as wide as their texts want."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import TypeAlias

from cafcass_reports.exhibits.payload import Cell, TableColumn, TablePayload, Tone
from cafcass_reports.exporters.deck import textfit
from cafcass_reports.exporters.deck.body import shorten
from cafcass_reports.exporters.deck.cells import cell_text
from cafcass_reports.exporters.deck.template import Box

SIDE = 6.0
"""Left and right of a cell's text, in points."""

_Sections: TypeAlias = "Sequence[tuple[str, list[Row]]]"
_BRIEF = 8  # rows
_LONG = 90  # characters of a cell, from which a table is read like a text
_SLACK = 6.0  # points more for a status, whose shape programs take from fonts of other widths
_HEADER_LINES, _HEADING_LINES = 4, 2
_LARGE_HEADER = 2  # lines, above which a table is not set large
_NO_CHANGE = "–"


@dataclass(frozen=True)
class Style:
    """How a table is set: of figures, which are compared along rows and columns, or of texts, which are read.

    ``sizes`` are in points, descending; those of a brief table, which would be lost on its slide, are ``large``.
    ``pad`` (above and below a cell's text) and ``spare`` (by which rows grow into free height) are in font sizes;
    ``highest`` is the highest row as a share of a slide's room.
    """

    sizes: tuple[int, ...]
    pad: float
    spare: float
    highest: float
    large: tuple[int, ...] = ()


FIGURES = Style(sizes=(16, 15, 14, 13, 12), pad=0.15, spare=0.75, highest=0.6, large=(20, 18))
TEXTS = Style(sizes=(16, 15, 14), pad=0.4, spare=1.2, highest=0.8)


@dataclass(frozen=True)
class Row:
    """A row as drawn: a section's heading (then it has no cells) or cells."""

    cells: tuple[Cell, ...] = ()
    heading: str = ""

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """What its cells say, as they are measured."""
        return tuple(map(cell_text, self.cells))


@dataclass(frozen=True)
class Part:
    """What one slide shows of a table: size, widths and heights are in points."""

    table: TablePayload
    rows: tuple[Row, ...]
    style: Style
    size: int
    widths: tuple[float, ...]
    heights: tuple[float, ...]  # of the header row and of each row

    @property
    def height(self) -> float:
        """Height of the part in points."""
        return sum(self.heights)


@dataclass(frozen=True)
class _Measured:
    """A row with its section: heights in points of the row and of the section's heading."""

    row: Row
    section: str
    first: bool  # under its heading
    height: float
    heading: float


@dataclass(frozen=True)
class _Sized:
    """A table at one size, with the width of each column in points: the same on every slide that it goes on over."""

    table: TablePayload
    sections: _Sections
    style: Style
    size: int
    widths: tuple[float, ...]

    @cached_property
    def header(self) -> float:
        """Height of the header row in points."""
        return self._height(Row(tuple(Cell(text=column.label) for column in self.table.columns)), header=True)

    @cached_property
    def rows(self) -> tuple[_Measured, ...]:
        """All rows in order."""
        return tuple(
            _Measured(row, title, not at, self._height(row), self._heading(title))
            for title, rows in self.sections
            for at, row in enumerate(rows)
        )

    @property
    def is_brief(self) -> bool:
        """Whether it has few rows, each of a single line, under a header of no more than two."""
        line = (textfit.LINE + 2 * self.style.pad) * self.size + 0.1
        header = (_LARGE_HEADER * textfit.LINE + 2 * FIGURES.pad) * self.size + 0.1
        single = all(row.height <= line for row in self.rows)
        return len(self.rows) <= _BRIEF and single and self.header <= header

    @property
    def breaks_words(self) -> bool:
        """Whether a column is too narrow for the longest word of its heading."""
        return any(
            textfit.longest_word(column.label, self.size, bold=True) > width - 2 * SIDE
            for column, width in zip(self.table.columns, self.widths, strict=True)
        )

    def page(self, start: int, end: int) -> list[tuple[Row, float]]:
        """Return what a slide with these rows shows, each with its height.

        A section that goes on says so, and the whole stands above its parts on every slide.
        """
        page = [(self.rows[0].row, self.rows[0].height)] if start and self.table.whole_first else []
        for at, given in enumerate(self.rows[start:end]):
            if given.section and (given.first or not at):
                title = given.section if given.first else f"{given.section} (continued)"
                page.append((Row(heading=title), given.heading))
            page.append((given.row, given.height))
        return page

    def page_height(self, start: int, end: int) -> float:
        """Return the height in points that a slide with these rows needs."""
        return self.header + sum(height for _, height in self.page(start, end))

    def _heading(self, title: str) -> float:
        return self._height(Row(heading=f"{title} (continued)")) if title else 0.0

    def _height(self, row: Row, header: bool = False) -> float:
        if row.heading:
            lines = textfit.count_lines(row.heading, self.size, self.widths[0] - 2 * SIDE, bold=True)
            return (lines * textfit.LINE + 2 * FIGURES.pad) * self.size
        lines = max(
            textfit.count_lines(
                text,
                self.size,
                width - 2 * SIDE,
                header or (is_bold(cell, column, self.style) and not cell.signal),
            )
            for cell, text, column, width in zip(row.cells, row.texts, self.table.columns, self.widths, strict=True)
        )
        return (lines * textfit.LINE + 2 * (FIGURES if header else self.style).pad) * self.size


def is_bold(cell: Cell, column: TableColumn, style: Style) -> bool:
    """Tell whether a cell is emphasised: a change, a status, and what a row of texts is about."""
    tone = cell.signal.tone if cell.signal else cell.tone
    toned = bool(tone and tone is not Tone.NEUTRAL)
    return toned or cell.status is not None or (style is TEXTS and column.row_header)


def fit(table: TablePayload, box: Box, style: Style | None = None) -> tuple[Part, ...]:
    """Share a table out over as few slides as its smallest size allows, then take the largest size that does.

    Parameters
    ----------
    table
        The table; rows shorter than its columns are filled with empty cells.
    box
        The room on each slide.
    style
        How it is set; as its texts want it where that is ``None``.
    """
    table, sections = _squared(table)
    style = style or _style(sections)
    table, sections = _shortened(table, sections, style, box)
    smallest = _sized(table, sections, style, style.sizes[-1], box)
    fewest = len(_pages(smallest, box))
    sizes = (_sized(table, sections, style, size, box) for size in style.sizes)
    large = (_sized(table, sections, style, size, box) for size in style.large)
    wanted = chain((sized for sized in large if fewest == 1 and sized.is_brief), sizes)
    sized = next((sized for sized in wanted if _holds(sized, fewest, box)), smallest)
    return tuple(_part(sized, page, box) for page in _even(sized, fewest, box))


def _style(sections: _Sections) -> Style:
    texts = (cell.text for _, rows in sections for row in rows for cell in row.cells)
    return TEXTS if max(map(len, texts), default=0) >= _LONG else FIGURES


def _sized(table: TablePayload, sections: _Sections, style: Style, size: int, box: Box) -> _Sized:
    return _Sized(table, sections, style, size, _widths(table, sections, style, size, box.width))


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


def _shortened(table: TablePayload, sections: _Sections, style: Style, box: Box) -> tuple[TablePayload, _Sections]:
    """Cut texts that would make a row higher than a slide: a row cannot go on to the next."""
    size = style.sizes[-1]
    widths = _widths(table, sections, style, size, box.width)
    most = max(1, int((style.highest * box.height - 2 * style.pad * size) // (size * textfit.LINE)))

    def cut(text: str, column: int, lines: int = most) -> str:
        return shorten(text, size, widths[column] - 2 * SIDE, lines, bold=True)

    def cut_row(row: Row) -> Row:
        texts = tuple(cut(cell.text, column) for column, cell in enumerate(row.cells))
        if texts == tuple(cell.text for cell in row.cells):
            return row
        cells = zip(row.cells, texts, strict=True)
        return Row(tuple(cell.model_copy(update={"text": text}) for cell, text in cells))

    columns = tuple(
        column.model_copy(update={"label": cut(column.label, number, _HEADER_LINES)})
        for number, column in enumerate(table.columns)
    )
    shortened = [(cut(title, 0, _HEADING_LINES), [cut_row(row) for row in rows]) for title, rows in sections]
    return table.model_copy(update={"columns": columns}), shortened


def _pages(sized: _Sized, box: Box) -> list[tuple[int, int]]:
    """Fill slides one after the other; return the first row of each and the one after its last."""
    pages, start = [], 0
    for end in range(1, len(sized.rows) + 1):
        if end == len(sized.rows) or sized.page_height(start, end + 1) > box.height:
            pages.append((start, end))
            start = end
    return pages or [(0, 0)]


def _holds(sized: _Sized, fewest: int, box: Box) -> bool:
    """Tell whether so many slides are enough: a single row may be too high, or a word too long, at a large size."""
    pages = _pages(sized, box)
    return (
        not sized.breaks_words
        and len(pages) == fewest
        and all(sized.page_height(*page) <= box.height for page in pages)
    )


def _even(sized: _Sized, count: int, box: Box) -> list[tuple[int, int]]:
    """Share rows out over slides: cut between sections where that can be, then as full as each other as can be."""
    if count == 1:
        return [(0, len(sized.rows))]
    # The best way to fill so many slides with the first rows: sections cut, unevenness, and its pages.
    best: dict[int, tuple[int, float, list[tuple[int, int]]]] = {0: (0, 0.0, [])}
    for _ in range(count):
        longer: dict[int, tuple[int, float, list[tuple[int, int]]]] = {}
        for start, (cuts, squares, pages) in best.items():
            for end in range(start + 1, len(sized.rows) + 1):
                height = sized.page_height(start, end)
                if height > box.height and end > start + 1:
                    break
                cut = int(start > 0 and not sized.rows[start].first)
                found = (cuts + cut, squares + height**2, [*pages, (start, end)])
                longer[end] = min(longer.get(end, found), found)
        best = longer
    return best[len(sized.rows)][2]


def _part(sized: _Sized, page: tuple[int, int], box: Box) -> Part:
    shown = sized.page(*page)
    heights = [sized.header, *(height for _, height in shown)]
    # Rows grow into free height, but not so far apart that the eye loses the line.
    spare = min(max(0.0, box.height - sum(heights)) / len(heights), sized.style.spare * sized.size)
    return Part(
        sized.table,
        tuple(row for row, _ in shown),
        sized.style,
        sized.size,
        sized.widths,
        tuple(height + spare for height in heights),
    )


def _cell_width(text: str, size: int, bold: bool) -> float:
    return max((textfit.width(line, size, bold) for line in text.split("\n")), default=0.0) + 2 * SIDE


def _widths(table: TablePayload, sections: _Sections, style: Style, size: int, room: float) -> tuple[float, ...]:
    """Share out the width by the table's weights, so that tables alike look alike; by text where all weigh the same.

    No column is so narrow that it would break a word, as long as any could be wide enough. In a table of texts a column
    that needs less than its share leaves the rest to the others.
    """
    rows = [row for _, rows in sections for row in rows if row.cells]
    wanted, least = [], []
    for number, column in enumerate(table.columns):
        cells = [row.cells[number] for row in rows]
        texts = [row.texts[number] for row in rows]
        words = [textfit.longest_word(text, size, bold=True) for text in (column.label, *texts)]
        # Of a cell with icons only the figure is bold.
        natural = [
            _cell_width(text, size, bold=not cell.signal) + 3 * bool(cell.signal)
            for cell, text in zip(cells, texts, strict=True)
        ]
        # A number never leaves its arrow or its word, nor a status its shape: their cells stay on their line.
        whole = [
            width + _SLACK * bool(cell.status)
            for cell, width in zip(cells, natural, strict=True)
            if column.align == "right" or cell.status
        ]
        least.append(max(max(words) + 2 * SIDE + 1, *(width for width in whole if width < 0.3 * room), 0.0))
        wanted.append(max([*natural, least[-1], min(_cell_width(column.label, size, True), 9.0 * size)]) + 1)
    if sum(least) >= room:
        return tuple(room * width / sum(least) for width in least)
    weights = [max(column.weight, 0.0) for column in table.columns]
    weighed = len(set(weights)) > 1
    if style is FIGURES:
        return _shared_out(weights if weighed else wanted, least, room)
    content = {at for at, share in enumerate(_shared_out(weights, least, room)) if wanted[at] <= share}
    held = [wanted[at] if at in content else width for at, width in enumerate(least)]
    free = [0.0 if at in content else (weights if weighed else wanted)[at] for at in range(len(least))]
    return _shared_out(free, held, room)


def _shared_out(weights: Sequence[float], least: Sequence[float], room: float) -> tuple[float, ...]:
    held: set[int] = set()  # columns to which their weight gives less than they need
    while True:
        free = [at for at in range(len(least)) if at not in held]
        unit = (room - sum(least[at] for at in held)) / (sum(weights[at] for at in free) or 1.0)
        short = {at for at in free if weights[at] * unit < least[at]}
        if not short:
            return tuple(least[at] if at in held else weights[at] * unit for at in range(len(least)))
        held |= short
