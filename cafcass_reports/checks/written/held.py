"""What a written file shows, held against what its papers have to show."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from cafcass_reports.checks.findings import Finding, Place, Severity
from cafcass_reports.checks.numbers import CHECK
from cafcass_reports.checks.written.expected import Row, Series, Shown, tokens
from cafcass_reports.checks.written.files import Block, Chart, Read

_ALIKE = str.maketrans("’‘“”−–‑\u00a0\u202f", "''\"\"---  ", "\x02\u00ad\u200b\u2060\ufffe\ufeff*")
_BREAKS = re.compile(r"[\s\x1f]+|(?<=[-/])")
_GAP = r"[^0-9]{0,60}?"  # words and arrows that a format puts between two cells, but no number
_END = r"(?!\d|[.,]\d)"
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

    def text(self, behind: bool | None = None) -> str:
        """The texts that show figures, those that say how they were calculated, or all."""
        if behind not in self._texts:
            blocks = (block.text for block in self.read.blocks if behind is None or block.behind is behind)
            self._texts[behind] = "\x1f".join(blocks).translate(_ALIKE).lower()
        return self._texts[behind]

    @cached_property
    def together(self) -> frozenset[tuple[str, ...]]:
        """Every text of a file, and every three that follow one another, as they stand."""
        texts = [" ".join(block.text.translate(_ALIKE).split()) for block in self.read.blocks]
        return frozenset([*((text,) for text in texts), *zip(texts, texts[1:], texts[2:], strict=False)])

    def count(self, cells: Sequence[str], *, behind: bool | None = False) -> int:
        """How often texts stand there one after another with no number between, however their lines are broken."""
        # A pattern that begins with plain letters is searched fastest: what stands before is looked at afterwards.
        return sum(1 for _ in _whole(_one_after_another(tuple(cells)), self.text(behind)))

    def in_row(self, area: str, value: str) -> bool:
        """Whether a line of what says how figures were calculated begins with an area and holds a value."""
        row = rf"^{_loose(area)}\s[^\n]*?(?<![\d.,]){_loose(value)}{_END}"
        return re.search(row, self.text(True).replace("\r", ""), re.MULTILINE) is not None


@lru_cache(maxsize=4096)
def _one_after_another(cells: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern of texts with no number between; a paper's files are held against the same ones."""
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
    known, said = expected.known | counted, " ".join(expected.said.translate(_ALIKE).split())
    before: set[str] = set()
    for block in read.blocks:
        unknown = [*_unknown(block, known, place)]
        again = _AGAIN.fullmatch(block.text) if block.slide else None
        if unknown or again is None or again[1] not in before:
            yield from unknown or _unsaid(block, said, place, counted)
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


def _unknown(block: Block, known: set[str], place: Place) -> Iterator[Finding]:
    for token in dict.fromkeys(tokens(block.text)):
        if token not in known:
            at = block.text.find(token)
            around = " ".join(block.text[max(0, at - 40) : at + len(token) + 40].split())
            yield _finding(_in(place, block), f"“{token}” is no figure of its papers: “…{around}…”.")


def _unsaid(block: Block, said: str, place: Place, counted: set[str]) -> Iterator[Finding]:
    """What a slide, or a heading or list of the page, says from its first number to its last stands in its papers.

    A text that is nothing but the number of a slide or page leads to it.
    """
    if block.text.strip() in counted:
        return
    if not (block.slide and block.part != "notes") and block.part not in _SAYING:
        return
    for part in re.split(r"\. (?=[A-Z])| · ", " ".join(block.text.translate(_ALIKE).split())):
        found = _NUMBERS.search(_NTH.sub("", part))
        if found and not any(not _LONGER.search(said, max(0, at - 2), at) for at in _all(found.group(), said)):
            yield _finding(_in(place, block), f"“{found.group()}” is said in none of its papers: “{part}”.")


def _all(text: str, said: str) -> Iterator[int]:
    return (match.start() for match in re.finditer(re.escape(text) + _END, said))


def _missing(file: _File, expected: Shown, place: Place) -> Iterator[Finding]:
    for row, times in Counter(row for row in expected.rows if row.numbers).items():
        if file.count(row.cells) < times:
            yield _finding(place, f"It does not show this row of “{row.exhibit}”: {' | '.join(row.cells)}.")
    for one, times in Counter(expected.numbers).items():
        value, label, basis, *change = one.cells
        if max(file.count((value, label, basis, *change)), file.count((label, basis, value, *change))) < times:
            yield _finding(place, f"It does not show this figure of “{one.exhibit}”: {' | '.join(one.cells)}.")
    for text in dict.fromkeys(expected.texts):
        if not file.count((text,), behind=None):
            yield _finding(place, f"It does not say: “{text}”.")
    yield from _behind(file, expected, place)
    if place.file.endswith(".html"):
        for points, times in Counter(_points(expected.series)).items():
            if file.count(points.cells) < times:
                yield _finding(place, f"It does not show this row of the data of “{points.exhibit}”: {points.cells}.")


def _behind(file: _File, expected: Shown, place: Place) -> Iterator[Finding]:
    """How each figure was calculated: in the deck's notes, the summary's appendix, the page's folds."""
    page = place.file.endswith(".html")
    for row in dict.fromkeys(row for row in expected.behind if tokens(row.cells[1])):
        title, value, calculation, area = row.cells
        if page:
            there = (f"{title} {value}".translate(_ALIKE),) in file.together
        else:
            said = (value, calculation) if place.file.endswith(".pdf") else (title, value)
            there = file.count(said, behind=True) > 0
            # In a table of areas a number that is counted stands once: nothing is to be said of where it comes from.
            there = there or (value == calculation and file.in_row(area, value))
        if not there:
            yield _finding(place, f"It does not say how this figure was calculated: {title}, {value}, {calculation}.")
    for row in dict.fromkeys(expected.history if page else ()):
        if tuple(cell.translate(_ALIKE) for cell in row.cells) not in file.together:
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


def _loose(text: str) -> str:
    parts = [part for part in _BREAKS.split(text.translate(_ALIKE).lower().strip()) if part]
    # PDFium takes a hyphen at a line's end for one of the line break, and leaves it out.
    # A sign is no hyphen: it stays.
    return r"[\s\x1f]*".join(re.sub(r"(?<=[a-z])\\-", r"\-?", re.escape(part)) for part in parts)


def _in(place: Place, block: Block) -> Place:
    return Place(place.file, slide=block.slide, page=block.page, part=block.part, paper=place.paper, area=place.area)


def _finding(place: Place, found: str) -> Finding:
    return Finding(place, CHECK, Severity.ERROR, found, "A file shows what was measured.", _NEXT_STEP)
