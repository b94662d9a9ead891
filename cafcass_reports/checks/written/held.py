"""What a written file shows, held against what its papers have to show."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from cafcass_reports.checks.findings import Finding, Place, Severity
from cafcass_reports.checks.numbers import CHECK
from cafcass_reports.checks.written.expected import Row, Series, Shown, tokens
from cafcass_reports.checks.written.files import Block, Chart, Read

_ALIKE = (*zip("’‘“”−–‑\u00a0\u202f", "''\"\"---  ", strict=True),
          *((sign, "") for sign in "\x02\u00ad\u200b\u2060\ufffe\ufeff*"))  # fmt: skip
_BREAKS = re.compile(r"\s+|(?<=[-/])")
_BETWEEN = 60  # characters, of words and arrows that a format puts between two cells
_GAP = rf"[^0-9]{{0,{_BETWEEN}}}?"  # and no number
_DIGIT = re.compile(r"[0-9]")
_END = r"(?!\d|[.,]\d)"
_ENDS = re.compile(_END)
_NUMBERS = re.compile(r"\d(?:.*\d)?")
_NTH = re.compile(r"[\s(]*\b\d+ of \d+\)?$")  # "2 of 3": which slide it is of one exhibit
_AGAIN = re.compile(r"(.*) \(\d+\)", re.DOTALL)  # the title of a slide before, told apart from it
_SAYING = frozenset(("h1", "h2", "h3", "h4", "li"))
_LONGER = re.compile(r"\d[.,]?\Z")
_NEXT_STEP = "Run the pack again; where the finding stays, it is a defect."


@dataclass(frozen=True)
class _File:
    """A file's texts as one, to be searched whatever their capitals: what begins a line may have one."""

    read: Read
    _texts: dict[bool | None, str] = field(default_factory=dict)

    @cached_property
    def alike(self) -> list[str]:
        """The text of each block, spelt alike."""
        return [_alike(block.text) for block in self.read.blocks]

    def lines(self, behind: bool | None) -> str:
        """The texts that show figures, those that say how they were calculated, or all."""
        blocks = zip(self.read.blocks, self.alike, strict=True)
        return "\n".join(text for block, text in blocks if behind is None or block.behind is behind).lower()

    def text(self, behind: bool | None) -> str:
        """The same as one line."""
        if behind not in self._texts:
            self._texts[behind] = _line(self.lines(behind))
        return self._texts[behind]

    @cached_property
    def together(self) -> frozenset[tuple[str, ...]]:
        """Every text of a file, and every three that follow one another, as they stand."""
        texts = [_line(text) for text in self.alike]
        return frozenset([*((text,) for text in texts), *zip(texts, texts[1:], texts[2:], strict=False)])

    def shows(self, cells: Sequence[str], times: int = 1, *, behind: bool | None = False) -> bool:
        """Whether texts stand there one after another, so often, with no number between, however lines are broken."""
        text = self.text(behind)
        # Most stand as they are written. To make a pattern, which finds the rest, takes longer than to look for them.
        written = [said for cell in cells if (said := _line(_alike(cell).lower()))]
        return _as_written(written, text, times) or sum(1 for _ in _whole(_one_after_another(cells), text)) >= times

    def in_row(self, area: str, value: str) -> bool:
        """Whether a line of what says how figures were calculated begins with an area and holds a value."""
        row = rf"^{_loose(area)}\s[^\n]*?(?<![\d.,]){_loose(value)}{_END}"
        return re.search(row, self.calculations, re.MULTILINE) is not None

    @cached_property
    def calculations(self) -> str:
        """The lines that say how figures were calculated."""
        return self.lines(True).replace("\r", "")


def _as_written(cells: Sequence[str], text: str, times: int = 1) -> bool:
    """Whether texts stand there one after another, so often, each of them letter by letter."""
    first, *others = cells or [""]
    at = text.find(first)
    while at >= 0 and times:
        end = at + len(first)
        for cell in others:
            start = text.find(cell, end, end + _BETWEEN + len(cell))
            if start < 0 or _DIGIT.search(text, end, start):
                break
            end = start + len(cell)
        else:
            if _is_whole(text, at, end):
                times -= 1
                at = end - 1
        at = text.find(first, at + 1)
    return not times


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether what stands there neither begins nor ends within a number."""
    return not _LONGER.search(text, max(0, start - 2), start) and _ENDS.match(text, end) is not None


def _one_after_another(cells: Sequence[str]) -> re.Pattern[str]:
    """Return a pattern of texts with no number between."""
    # One that begins with plain letters is searched fastest: what stands before is looked at afterwards.
    return re.compile(_GAP.join(_loose(cell) for cell in cells if cell.strip()) + _END)


def _whole(pattern: re.Pattern[str], text: str) -> Iterator[int]:
    """Where a pattern stands and does not begin within a number: one that does may lie over one that counts."""
    found = pattern.search(text)
    while found:
        longer = _LONGER.search(text, max(0, found.start() - 2), found.start())
        if not longer:
            yield found.start()
        found = pattern.search(text, found.start() + 1 if longer else max(found.end(), found.start() + 1))


def differences(read: Read, expected: Shown, place: Place, *, whole: bool = True) -> Iterator[Finding]:
    """Say where a file shows what was not measured, or does not show what was.

    Parameters
    ----------
    read
        What an independent reader found in the file.
    expected
        What its papers have to show.
    place
        The file.
    whole
        Whether the file shows all exhibits; the two-page summary leaves some out.
    """
    file = _File(read)
    counted = {str(number) for number in range(1, 1 + max((one.page or one.slide for one in read.blocks), default=0))}
    said = _line(_alike(expected.said))
    unknown = {*tokens("\x1f".join(block.text for block in read.blocks))} - expected.known - counted
    before: set[str] = set()
    for block, text in zip(read.blocks, file.alike, strict=True):
        found = [*_unknown(block, unknown, place)] if unknown else []
        again = _AGAIN.fullmatch(block.text) if block.slide else None
        if found or again is None or again[1] not in before:
            yield from found or _unsaid(block, text, said, place, counted)
        before.add(block.text)
    yield from _attached(read, expected, place)
    if whole:
        yield from _missing(file, expected, place)
    if read.charts or (whole and expected.series and place.file.endswith(".pptx")):
        yield from _charts(read.charts, expected.series, place)


def _attached(read: Read, expected: Shown, place: Place) -> Iterator[Finding]:
    """Hold the data that a file carries against its exhibits; they are written without thousands commas."""
    known = {token.replace(",", "") for token in expected.known}
    for row in read.attached:
        for token in (token for token in _without_commas(row.cells) if token not in known):
            said = f"“{token}” in “{' | '.join(row.cells)}” is no figure of its papers."
            yield _finding(replace(place, part=row.file), said)
    rows = {_without_commas(row.cells) for row in read.attached}
    for shown in dict.fromkeys((*expected.rows, *expected.numbers)) if read.attached else ():
        numbers = _without_commas(shown.cells)
        if numbers and not {numbers, _without_commas(_label_first(shown.cells))} & rows:
            said = f"No file attached to it holds this row of “{shown.exhibit}”: {' | '.join(shown.cells)}."
            yield _finding(place, said)


def _without_commas(cells: Sequence[str]) -> tuple[str, ...]:
    return tuple(token.replace(",", "") for cell in cells for token in tokens(cell))


def _label_first(cells: tuple[str, ...]) -> tuple[str, ...]:
    """A large number stands before its label, and after it in a table."""
    return (*cells[1:2], *cells[:1], *cells[2:])


def _unknown(block: Block, unknown: set[str], place: Place) -> Iterator[Finding]:
    for token in dict.fromkeys(tokens(block.text)):
        if token in unknown:
            at = block.text.find(token)
            around = " ".join(block.text[max(0, at - 40) : at + len(token) + 40].split())
            yield _finding(_in(place, block), f"“{token}” is no figure of its papers: “…{around}…”.")


def _unsaid(block: Block, text: str, said: str, place: Place, counted: set[str]) -> Iterator[Finding]:
    """What a slide, or a heading or list of the page, says from its first number to its last stands in its papers.

    A text that is nothing but the number of a slide or page leads to it.
    """
    if not (block.slide and block.part != "notes") and block.part not in _SAYING:
        return
    if block.text.strip() in counted:
        return
    for part in re.split(r"\. (?=[A-Z])| · ", _line(text)):
        found = _NUMBERS.search(_NTH.sub("", part))
        if found and not _as_written([found.group()], said):
            yield _finding(_in(place, block), f"“{found.group()}” is said in none of its papers: “{part}”.")


def _missing(file: _File, expected: Shown, place: Place) -> Iterator[Finding]:
    for row, times in Counter(row for row in expected.rows if row.numbers).items():
        if not file.shows(row.cells, times):
            yield _finding(place, f"It does not show this row of “{row.exhibit}”: {' | '.join(row.cells)}.")
    for one, times in Counter(expected.numbers).items():
        value, label, basis, *change = one.cells
        orders = (value, label, basis, *change), (label, basis, value, *change)
        if not any(file.shows(cells, times) for cells in orders):
            yield _finding(place, f"It does not show this figure of “{one.exhibit}”: {' | '.join(one.cells)}.")
    for text in dict.fromkeys(expected.texts):
        if not file.shows((text,), behind=None):
            yield _finding(place, f"It does not say: “{text}”.")
    yield from _behind(file, expected, place)
    if place.file.endswith(".html"):
        for points, times in Counter(_points(expected.series)).items():
            if not file.shows(points.cells, times):
                yield _finding(place, f"It does not show this row of the data of “{points.exhibit}”: {points.cells}.")


def _behind(file: _File, expected: Shown, place: Place) -> Iterator[Finding]:
    """How each figure was calculated: in the deck's notes, the summary's appendix, the page's folds."""
    page = place.file.endswith(".html")
    for row in dict.fromkeys(row for row in expected.behind if tokens(row.cells[1])):
        title, value, calculation, area = row.cells
        if page:
            there = (_alike(f"{title} {value}"),) in file.together
        else:
            said = (value, calculation) if place.file.endswith(".pdf") else (title, value)
            there = file.shows(said, behind=True)
            # In a table of areas a number that is counted stands once: nothing is to be said of where it comes from.
            there = there or (value == calculation and file.in_row(area, value))
        if not there:
            yield _finding(place, f"It does not say how this figure was calculated: {title}, {value}, {calculation}.")
    for row in dict.fromkeys(expected.history if page else ()):
        if tuple(map(_alike, row.cells)) not in file.together:
            yield _finding(place, f"It does not show this history of “{row.exhibit}”: {' | '.join(row.cells)}.")


def _points(series: Sequence[Series]) -> Iterator[Row]:
    """The rows of a chart's table of data: a category and the label of each series."""
    by_exhibit: dict[str, list[Series]] = {}
    for one in series:
        by_exhibit.setdefault(one.exhibit, []).append(one)
    for exhibit, together in by_exhibit.items():
        for place, category in enumerate(together[0].categories):
            labels = tuple(one.labels[place] for one in together if place < len(one.labels) and one.labels[place])
            if labels and len(together) == len({one.name for one in together}):
                yield Row(exhibit, (category, *labels))


def _charts(charts: Sequence[Chart], expected: Sequence[Series], place: Place) -> Iterator[Finding]:
    by_name: dict[str, list[Series]] = {}
    for one in expected:
        by_name.setdefault(one.name, []).append(one)
    drawn: Counter[tuple[str, tuple[float | None, ...]]] = Counter()
    for chart in charts:
        at = Place(place.file, slide=chart.slide, part=f"chart {chart.part}", paper=place.paper, area=place.area)
        for number, (name, values) in enumerate(chart.series):
            drawn[name, values] += 1
            yield from _workbook(chart, number, at)
            nearest = [one for one in by_name.get(name, ()) if one.exhibit == chart.part] or by_name.get(name, [])
            if nearest and all(one.values != values for one in nearest):
                yield _finding(at, f"The series “{name}” {_differs(values, nearest[0])}.")
            elif nearest and not any(_reach(chart.whiskers[number], one) for one in nearest):
                yield _finding(at, f"The error bars of “{name}” do not reach to the ends of its intervals.")
    for (name, values), times in Counter((one.name, one.values) for one in expected).items():
        # Where a series of that name has other values, the chart that shows them is named above.
        others = any(other == name and held != values for other, held in drawn)
        if drawn[name, values] < times and not others:
            yield _finding(place, f"No chart shows the series “{name}”.")


def _reach(whiskers: Mapping[int, tuple[float, float]], expected: Series) -> bool:
    """Whether error bars end where the intervals of a series do."""
    reach = {
        at: (max(0.0, value - held[0]), max(0.0, held[1] - value))
        for at, (value, held) in enumerate(zip(expected.values, expected.intervals, strict=False))
        if value is not None and held is not None
    }
    return reach.keys() == whiskers.keys() and all(
        math.isclose(far, drawn, abs_tol=1e-9)
        for at, ends in reach.items()
        for far, drawn in zip(ends, whiskers[at], strict=True)
    )


def _workbook(chart: Chart, number: int, at: Place) -> Iterator[Finding]:
    if chart.workbook is None:
        return
    name, values = chart.series[number]
    held = chart.workbook[number] if number < len(chart.workbook) else ("", ())
    different = [(one, other) for one, other in zip(values, held[1], strict=False) if not _same(one, other)]
    if held[0] != name or len(held[1]) < len(values) or different:
        said = f": {different[0][1]} where the chart has {different[0][0]}" if different else ""
        yield _finding(at, f"The chart's workbook differs from the chart in “{name}”{said}.")


def _same(one: float | None, other: float | None) -> bool:
    """Whether two numbers are one: a workbook keeps 16 digits of each."""
    return one == other if one is None or other is None else math.isclose(one, other, rel_tol=1e-14)


def _differs(values: tuple[float | None, ...], expected: Series) -> str:
    if len(values) != len(expected.values):
        return f"has {len(values)} points and not {len(expected.values)}"
    place = next(number for number, value in enumerate(values) if value != expected.values[number])
    category = expected.categories[place] if place < len(expected.categories) else f"point {place + 1}"
    return f"shows {values[place]} for {category}, where {expected.values[place]} was measured"


def _alike(text: str) -> str:
    """Return a text with one sign for signs that look alike, and none that is not seen."""
    for sign, plain in _ALIKE:
        text = text.replace(sign, plain)
    return text


def _line(text: str) -> str:
    """Return a text as one line with single spaces."""
    return " ".join(text.split())


def _loose(text: str) -> str:
    parts = [part for part in _BREAKS.split(_alike(text).lower().strip()) if part]
    # PDFium takes a hyphen at a line's end for one of the line break, and leaves it out.
    # A sign is no hyphen: it stays.
    return r"\s*".join(re.sub(r"(?<=[a-z])\\-", r"\-?", re.escape(part)) for part in parts)


def _in(place: Place, block: Block) -> Place:
    return Place(place.file, slide=block.slide, page=block.page, part=block.part, paper=place.paper, area=place.area)


def _finding(place: Place, found: str) -> Finding:
    return Finding(place, CHECK, Severity.ERROR, found, "A file shows what was measured.", _NEXT_STEP)
