"""What a paper's files have to show: read from its executed notebook, the only hand-off to the formats."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import zip_longest
from typing import Any

from markdown_it import MarkdownIt

_KIND = re.compile(r"application/vnd\.cafcass\.(\w+)\.v1\+json")
_TOKEN = re.compile(r"\d[\d,]*(?:\.\d+)?")
_LABEL = re.compile(r"<text\b[^>]*>(.*?)</text>", re.DOTALL)
_MARKDOWN = MarkdownIt("commonmark").enable("table")
_LEFT_OUT = {"remove-cell", "remove-output", "remove_cell", "remove_output"}


@dataclass(frozen=True)
class Row:
    """A row of a table, or a big number with its label, basis and change: texts that stand beside each other."""

    exhibit: str
    cells: tuple[str, ...]

    @property
    def numbers(self) -> tuple[str, ...]:
        """The numbers in it, in order."""
        return tuple(token for cell in self.cells for token in tokens(cell))


@dataclass(frozen=True)
class Series:
    """A series of a chart."""

    exhibit: str
    name: str
    values: tuple[float | None, ...]
    labels: tuple[str, ...]
    categories: tuple[str, ...]
    intervals: tuple[tuple[float, float] | None, ...] = ()


@dataclass
class Shown:
    """What one format of a paper shows.

    ``texts`` are sentences that hold a number, ``behind`` says of each figure how it was calculated: its title, value,
    calculation and area; ``history`` are period, value and id of other figures of its metric. ``known`` are all numbers
    that the notebook holds anywhere, ``said`` all that its exhibits and its own texts say.
    """

    rows: list[Row] = field(default_factory=list)
    numbers: list[Row] = field(default_factory=list)
    series: list[Series] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    behind: list[Row] = field(default_factory=list)
    history: list[Row] = field(default_factory=list)
    known: set[str] = field(default_factory=set)
    said: str = ""

    def __or__(self, other: Shown) -> Shown:
        return Shown(
            self.rows + other.rows,
            self.numbers + other.numbers,
            self.series + other.series,
            self.texts + other.texts,
            self.behind + other.behind,
            self.history + other.history,
            self.known | other.known,
            f"{self.said}\x1f{other.said}",
        )


def tokens(text: str) -> list[str]:
    """Return the numbers of a text as they are written.

    Examples
    --------
    >>> tokens("36,881 open cases, up 19.0%.")
    ['36,881', '19.0']
    """
    return [token.rstrip(",") for token in _TOKEN.findall(text)]


@dataclass(frozen=True)
class Executed:
    """An executed notebook, as far as files are held against it.

    Parameters
    ----------
    exhibits
        Kind, payload and tags of the cell of each exhibit, in order.
    known
        All numbers that stand in it anywhere.
    said
        What its exhibits and its own texts say.
    cells
        How many cells it has.
    """

    exhibits: tuple[tuple[str, dict[str, Any], frozenset[str]], ...]
    known: frozenset[str]
    said: str
    cells: int

    @classmethod
    def read(cls, notebook: Mapping[str, Any]) -> Executed:
        """Read an executed notebook, given as plain values."""
        found = []
        for cell in notebook["cells"]:
            tags = frozenset(cell["metadata"].get("tags", []))
            slide = cell["metadata"].get("slideshow", {}).get("slide_type", "")
            tags |= {"remove-cell"} if slide == "skip" else set()
            for output in cell.get("outputs", []):
                for mimetype, payload in output.get("data", {}).items():
                    kind = _KIND.fullmatch(mimetype)
                    if kind and isinstance(payload, dict):
                        found.append((kind[1], payload, tags))
        own = [cell["source"] for cell in notebook["cells"] if cell["cell_type"] == "markdown"]
        said = _strings([*own, *(payload for _, payload, _ in found)])
        return cls(tuple(found), frozenset(tokens(_strings(notebook))), said, len(notebook["cells"]))

    def shown(self, audience: str) -> Shown:
        """Return what a format shows: ``deck``, ``summary`` or ``page``; cells may be for one of the first two only."""
        found = Shown(known=set(self.known), said=self.said)
        if audience == "page":  # which numbers the cells
            found.known.update(map(str, range(1, self.cells + 1)))
            # Above the calculations of an exhibit the page says how many they are.
            found.known.update(str(len(payload.get("measurements", ()))) for _, payload, _ in self.exhibits)
        hidden = _LEFT_OUT | {"deck": {"summary-only"}, "summary": {"deck-only"}}.get(audience, set())
        for kind, payload, tags in self.exhibits:
            if audience == "page" or not tags & hidden:
                _add(found, kind, payload)
        return found


def _add(found: Shown, kind: str, payload: dict[str, Any]) -> None:
    title = payload.get("title", payload.get("name", ""))
    texts = [payload.get(key, "") for key in ("title", "subtitle", "words")]
    for figure in payload.get("measurements", ()):
        said = (figure["title"], figure["value"], figure.get("calculation", ""), figure.get("area", ""))
        found.behind.append(Row(title, said))
        points = ((one["period"], one["value"], one["measurement"]) for one in figure.get("history", ()))
        found.history += [Row(figure["title"], point) for point in points]
    for section in payload.get("sections", ()):
        found.rows += [Row(title, tuple(cell["text"] for cell in cells)) for cells in section["rows"]]
    for one in payload.get("numbers", ()):
        change = [one["change"]["text"]] if one.get("change") else []
        found.numbers.append(Row(title, (one["value"], one["label"], one["basis"], *change)))
    _add_series(found, title, payload)
    for chart in payload.get("charts", ()):
        _add_series(found, chart["lines"]["title"], chart["lines"])
    for part in ("chart", "table"):
        if isinstance(payload.get(part), dict):
            _add(found, part, payload[part])
    for markdown in (payload.get("markdown", ""), *(panel["markdown"] for panel in payload.get("panels", ()))):
        texts += plain(markdown)
    if kind != "paper":
        found.texts += [text for text in texts if tokens(text)]


def _add_series(found: Shown, title: str, chart: dict[str, Any]) -> None:
    for one in chart.get("series", ()):
        values, categories = tuple(one["values"]), tuple(chart.get("categories", ()))
        given = one.get("intervals", ())
        intervals = tuple(held and (held["low"], held["high"]) for held in given)
        said = (" to ".join(held["shown"]) if held else "" for held in given)
        labels = [
            f"{label} ({interval})" if interval else label
            for label, interval in zip_longest(one.get("labels", ()), said, fillvalue="")
        ]
        found.series.append(Series(title, one["name"], values, tuple(labels), categories, intervals))
        found.known.update(f"{value:g}" for value in values if value is not None)


def plain(markdown: str) -> list[str]:
    """Return the paragraphs and list items of a Markdown text, without its marks.

    Examples
    --------
    >>> plain("- **Why:** 40 weeks")
    ['Why: 40 weeks']
    """
    return ["".join(_leaves(token.children or [])) for token in _MARKDOWN.parse(markdown) if token.type == "inline"]


def _leaves(tokens_of_line: Iterable[Any]) -> Iterator[str]:
    for token in tokens_of_line:
        yield " " if token.type in ("softbreak", "hardbreak") else token.content


def _strings(content: Any) -> str:
    """All that is said in a part of a notebook, as one text."""
    found: list[str] = []
    _gather(content, "", found)
    return "\x1f".join(found)


def _gather(content: Any, key_of: str, found: list[str]) -> None:
    if isinstance(content, dict):
        for key, value in content.items():
            _gather(value, key, found)
    elif isinstance(content, list):
        for value in content:
            _gather(value, key_of, found)
    elif key_of == "dated":
        # Formats write the day of a paper or a text in words.
        day = date.fromisoformat(str(content))
        found.append(f"{day.day} {day:%B %Y}")
    elif isinstance(content, str):
        # Drawings are made of numbers that nobody reads; only their labels are.
        if key_of == "image/svg+xml":
            found += _LABEL.findall(content)
        elif "image/" not in key_of:
            found.append(content)
    elif isinstance(content, int | float):
        found.append(f"{content:g}")
