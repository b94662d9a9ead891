"""An executed notebook's cells and what they put out, read once and alike for every format.

Here is decided which cells a reader may see, which tags are honoured, and what an output is; what of it a format
shows is the format's to say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

from nbformat import NotebookNode
from pydantic import BaseModel

from cafcass_reports.errors import ExportError
from cafcass_reports.exhibits.payload import EXHIBITS, PaperPayload, mimetype
from cafcass_reports.exporters.characters import clean, printed
from cafcass_reports.exporters.closed_session import withheld
from cafcass_reports.exporters.payloads import read_payload
from cafcass_reports.exporters.pictures import MIMETYPES, SVG, checked_svg, decoded, drawn_as, spoken

MEANT = "raises-exception"
"""nbclient's tag of a cell that is meant to stop with an error."""

_WIDGET = "application/vnd.jupyter.widget-view+json"
_TEXTS = ("text/html", "text/latex", "text/markdown", "text/plain")  # in no order: each format has its own
_DRAWN = ("chart", "spc", "dashboard", "picture")


@dataclass(frozen=True)
class Exhibit:
    """One of our own outputs, checked: its kind as in ``EXHIBITS``, its drawing as well-formed SVG where it has one."""

    kind: str
    payload: BaseModel
    drawing: str = ""


@dataclass(frozen=True)
class Picture:
    """A picture of another library: as it stands in the notebook, its bytes to draw, and what is said of it."""

    mimetype: str
    source: str
    content: bytes
    said: Mapping[str, str]

    @property
    def drawn_as(self) -> str:
        """The mimetype of ``content``."""
        return drawn_as(self.mimetype)


@dataclass(frozen=True)
class Display:
    """What another library displayed in a cell: a MIME bundle and its metadata."""

    data: Mapping[str, Any]
    metadata: Mapping[str, Any]
    where: str

    @property
    def is_widget(self) -> bool:
        """Whether it lives only in a running notebook: a progress bar, a slider."""
        return _WIDGET in self.data

    @property
    def others(self) -> list[str]:
        """The mimetypes that no format draws, where it has no other."""
        return [] if self.data.keys() & {*_TEXTS, *MIMETYPES} else sorted(self.data)

    def text(self, kind: str) -> str:
        """Return its text of a kind such as ``html``, as it stands there; empty where it has none."""
        return _text(self.data.get(f"text/{kind}"))

    @property
    def picture(self) -> Picture | None:
        """Its picture, the one that can be drawn best; ``None`` where it has none.

        Raises
        ------
        ExportError
            Where it cannot be read.
        """
        kind = next((kind for kind in MIMETYPES if kind in self.data), None)
        if kind is None:
            return None
        source = _text(self.data[kind])
        said = {**self.metadata, **_mapping(self.metadata.get(kind))}
        words = {key: clean(_text(said.get(key))) for key in ("title", "subtitle", "alt", "source")}
        words["alt"] = spoken(words["alt"])
        return Picture(kind, source, decoded(source, kind, self.where), words)


@dataclass(frozen=True)
class Printed:
    """What a cell printed, as a terminal would show it; ``is_log`` for what went to the error stream."""

    text: str
    is_log: bool


@dataclass(frozen=True)
class Stopped:
    """An error with which a cell stopped, its kind and message in ``said``; ``is_meant`` where the cell says so."""

    said: str
    traceback: str
    is_meant: bool


Output: TypeAlias = Exhibit | Display | Printed | Stopped


@dataclass(frozen=True)
class Cell:
    """A cell with its number, counted from 1. ``source`` is cleaned of what is no text."""

    number: int
    node: NotebookNode

    @property
    def where(self) -> str:
        """The cell, as an error names it."""
        return f"Cell {self.number}"

    @property
    def kind(self) -> str:
        """``markdown``, ``code`` or ``raw``."""
        return str(self.node.get("cell_type"))

    @property
    def source(self) -> str:
        """Its Markdown or code."""
        return clean(_text(self.node.get("source")))

    @cached_property
    def tags(self) -> tuple[str, ...]:
        """Its tags in their order; none where they are no list."""
        tags = self.node.get("metadata", {}).get("tags", [])
        return tuple(str(tag) for tag in tags) if isinstance(tags, list) else ()

    @property
    def slide_type(self) -> str:
        """What Jupyter's slideshow says it is: ``slide``, ``notes``, ``skip`` and others; empty where it does not."""
        return _text(_mapping(self.node.get("metadata", {}).get("slideshow")).get("slide_type"))

    @property
    def attachments(self) -> dict[str, dict[str, str]]:
        """Its attached pictures: for each name, its data by mimetype."""
        return {
            str(name): {str(kind): _text(data) for kind, data in _mapping(bundle).items()}
            for name, bundle in _mapping(self.node.get("attachments")).items()
        }

    @cached_property
    def outputs(self) -> tuple[Output, ...]:
        """What it put out, in order; streams that follow each other are one.

        Of a cell tagged ``remove-output`` only an error that is not meant: it must not go unseen.

        Raises
        ------
        ExportError
            Where an exhibit is malformed or lacks its drawing, or a picture cannot be read.
        """
        if self.kind != "code":
            return ()
        found = tuple(self._read())
        if "remove-output" in self.tags:
            return tuple(each for each in found if isinstance(each, Stopped) and not each.is_meant)
        return found

    def _read(self) -> Iterator[Output]:
        stream, is_log = "", False
        for output in self.node.get("outputs", []):
            kind = output.get("output_type")
            if kind == "stream" and (output.get("name") == "stderr") is is_log:
                stream += _text(output.get("text"))
                continue
            yield from _printed(stream, is_log)
            stream = ""
            if kind == "stream":
                stream, is_log = _text(output.get("text")), not is_log
            elif kind == "error":
                name, value = (printed(_text(output.get(key))).strip() for key in ("ename", "evalue"))
                traceback = printed("\n".join(_text(line) for line in output.get("traceback", [])))
                yield Stopped(f"{name}: {value}", traceback, MEANT in self.tags)
            else:
                yield self._displayed(_mapping(output.get("data")), _mapping(output.get("metadata")))
        yield from _printed(stream, is_log)

    def _displayed(self, data: Mapping[str, Any], metadata: Mapping[str, Any]) -> Exhibit | Display:
        payload = read_payload(data, self.where)
        if payload is None:
            return Display(data, metadata, self.where)
        kind = next(kind for kind in EXHIBITS if mimetype(kind) in data)
        if kind not in _DRAWN:
            return Exhibit(kind, payload)
        if SVG not in data:
            raise ExportError(
                f"{self.where} holds a {kind} without its drawing.",
                valid=f"A {kind} comes with {SVG} beside {mimetype(kind)}.",
                next_step="Run the notebook again.",
            )
        return Exhibit(kind, payload, checked_svg(clean(_text(data[SVG])), self.where))


@dataclass(frozen=True)
class Executed:
    """A notebook as its readers may see it.

    ``cells`` leaves out those tagged ``remove-cell``, and those of the closed session in a paper for others. ``paper``
    is what its set-up cell says of it, wherever that cell stands.
    """

    cells: tuple[Cell, ...]
    paper: PaperPayload | None
    title: str
    language: str

    def called(self, name: str) -> str:
        """Return its title where no heading gives one: that of pack or notebook, else the file's name given."""
        return (self.paper.pack_title if self.paper else self.title) or clean(name)


def read_executed(notebook: NotebookNode) -> Executed:
    """Read an executed notebook of nbformat 4; it is not changed.

    Raises
    ------
    ExportError
        Where what it says of its paper is malformed.
    """
    cells = [Cell(number, node) for number, node in enumerate(notebook.get("cells", []), start=1)]
    metadata = _mapping(notebook.get("metadata"))
    language = _mapping(metadata.get("language_info"))
    return Executed(
        tuple(cell for cell in cells if "remove-cell" not in cell.tags and not withheld(cell.node, notebook)),
        next((paper for cell in cells for paper in _papers(cell)), None),
        clean(_text(metadata.get("title"))),
        _text(language.get("pygments_lexer") or language.get("name")) or "python",
    )


def _papers(cell: Cell) -> Iterator[PaperPayload]:
    for output in cell.node.get("outputs", []):
        data = _mapping(output.get("data"))
        payload = read_payload(data, cell.where) if mimetype("paper") in data else None
        if isinstance(payload, PaperPayload):
            yield payload


def _printed(stream: str, is_log: bool) -> Iterator[Printed]:
    if text := printed(stream).strip("\n"):
        yield Printed(text, is_log)


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _text(value: Any) -> str:
    """Return a notebook's text, which nbformat lets stand as one string or as lines."""
    if isinstance(value, list):
        return "".join(str(line) for line in value)
    return "" if value is None else str(value)
