"""An executed notebook read into the document tree."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from nbformat import NotebookNode

from cafcass_reports.errors import ExportError
from cafcass_reports.exhibits.payload import (
    ChartPayload,
    CommentaryPayload,
    ControlPayload,
    DashboardPayload,
    NumbersPayload,
    Panel,
    PanelsPayload,
    PaperPayload,
    PicturePayload,
    Provenance,
    QuotationPayload,
    TablePayload,
    mimetype,
)
from cafcass_reports.exporters.characters import clean, printed
from cafcass_reports.exporters.closed_session import withheld
from cafcass_reports.exporters.formulas import formula
from cafcass_reports.exporters.frames import tables
from cafcass_reports.exporters.markdown import Heading, parse
from cafcass_reports.exporters.payloads import read_payload
from cafcass_reports.exporters.pictures import MIMETYPES, SVG, checked_svg, decoded, drawn_as, spoken
from cafcass_reports.exporters.tree import (
    Block,
    ChartBlock,
    Document,
    Layout,
    ListBlock,
    NumbersBlock,
    PanelsBlock,
    PanelText,
    Paragraph,
    PictureBlock,
    Preformatted,
    Quotation,
    Run,
    Section,
    TableBlock,
    Topic,
)

Audience: TypeAlias = Literal["deck", "summary"]
_WIDGET = "application/vnd.jupyter.widget-view+json"
_OTHERS_TAG = {"deck": "summary-only", "summary": "deck-only"}
_PRINTED_LINES, _PRINTED = 60, 6_000  # lines and characters of a printed text that a paper holds
_LAYOUT = "layout:"
_MEANT = "raises-exception"  # nbclient's tag of a cell that is meant to stop with an error
_OBJECT = re.compile(r"\[?<[^<>]*>,?.*\]?", re.DOTALL)  # what Python shows of an object that has no text of its own


def read(notebook: NotebookNode, audience: Audience | None = None, name: str = "") -> Document:
    """Read an executed notebook.

    Parameters
    ----------
    notebook
        A notebook of nbformat 4; it is not changed.
    audience
        ``deck`` leaves out cells tagged ``summary-only``, ``summary`` those tagged ``deck-only``. What a speaker
        says beside a slide (``notes``) is text of the summary, whose reader hears nobody.
    name
        The title where neither a heading, nor a paper, nor the notebook's metadata give one.

    Raises
    ------
    ExportError
        Where a cell stopped with an error, an exhibit is malformed, or a picture cannot be read.
    """
    cells = [_Cell(number, cell) for number, cell in enumerate(notebook.get("cells", []), start=1)]
    paper = next((paper for cell in cells for paper in cell.papers()), None)
    tree = _Tree(ours=paper is not None)
    for cell in cells:
        if not cell.dropped(audience) and not withheld(cell.node, notebook):
            cell.read_into(tree, audience)
    fallback = paper.pack_title if paper else clean(str(notebook.get("metadata", {}).get("title", "")))
    return Document(
        title=tree.title or fallback or clean(name) or "Untitled",
        paper=paper,
        sections=tree.sections(),
        measurements=tuple(tree.measurements.values()),
    )


@dataclass
class _Topic:
    title: str
    blocks: list[Block] = field(default_factory=list)
    notes: list[Block] = field(default_factory=list)
    measurements: dict[str, Provenance] = field(default_factory=dict)
    layout: Layout | None = None

    def done(self) -> Topic:
        notes, measurements = tuple(self.notes), tuple(self.measurements.values())
        return Topic(self.title, tuple(self.blocks), notes, measurements, self.layout)


@dataclass
class _Tree:
    """The tree while it grows."""

    ours: bool = True
    title: str = ""
    parts: list[tuple[str, list[_Topic]]] = field(default_factory=lambda: [("", [_Topic("")])])
    measurements: dict[str, Provenance] = field(default_factory=dict)

    @property
    def topic(self) -> _Topic:
        return self.parts[-1][1][-1]

    @property
    def heading(self) -> str:
        """The nearest heading above."""
        return self.topic.title or self.parts[-1][0] or self.title

    def open_topic(self, title: str) -> None:
        self.parts[-1][1].append(_Topic(title))

    def add(self, part: Heading | Block) -> None:
        match part:
            case Heading(text=""):
                return
            case Heading(level=1, text=text) if not self.title:
                self.title = text
            case Heading(level=1 | 2, text=text):
                self.parts.append((text, [_Topic("")]))
            case Heading(level=3, text=text):
                self.open_topic(text)
            case Heading():
                self.topic.blocks.append(_as_bold(part))
            case _:
                self.topic.blocks.append(part)

    def vouch(self, measurements: tuple[Provenance, ...]) -> None:
        for measurement in measurements:
            self.measurements.setdefault(measurement.measurement, measurement)
            self.topic.measurements.setdefault(measurement.measurement, measurement)

    def sections(self) -> tuple[Section, ...]:
        found = (
            Section(
                title,
                tuple(topic.done() for topic in topics if topic.title or topic.blocks or topic.notes),
            )
            for title, topics in self.parts
        )
        return tuple(section for section in found if section.title or section.topics)


def _as_bold(heading: Heading) -> Paragraph:
    return Paragraph((Run(heading.text, bold=True),))


@dataclass(frozen=True)
class _Cell:
    """One cell with its number, counted from 1."""

    number: int
    node: NotebookNode

    @property
    def where(self) -> str:
        return f"Cell {self.number}"

    @property
    def _undescribed(self) -> str:
        """What is said of a picture in a notebook that is not ours: that nobody describes it, and where it stands."""
        return f"A picture that cell {self.number} of the notebook shows. The notebook does not describe it."

    @property
    def tags(self) -> frozenset[str]:
        tags = self.node.get("metadata", {}).get("tags", [])
        return frozenset(str(tag) for tag in tags) if isinstance(tags, list) else frozenset()

    @property
    def slide_type(self) -> str:
        slideshow = self.node.get("metadata", {}).get("slideshow", {})
        return str(slideshow.get("slide_type", "")) if isinstance(slideshow, Mapping) else ""

    @property
    def outputs(self) -> list[NotebookNode]:
        return list(self.node.get("outputs", [])) if self.node.get("cell_type") == "code" else []

    def papers(self) -> Iterator[PaperPayload]:
        for output in self.outputs:
            data = _bundle(output)
            payload = read_payload(data, self.where) if mimetype("paper") in data else None
            if isinstance(payload, PaperPayload):
                yield payload

    def dropped(self, audience: Audience | None) -> bool:
        tags = self.tags
        return (
            self.slide_type == "skip"
            or "remove-cell" in tags
            or (audience is not None and _OTHERS_TAG[audience] in tags)
        )

    def read_into(self, tree: _Tree, audience: Audience | None) -> None:
        if self.slide_type in ("slide", "subslide") and tree.topic.blocks and not self._opens_with_heading():
            tree.open_topic("")
        for part in self._parts(tree):
            if self.slide_type == "notes" and audience != "summary":
                tree.topic.notes.append(_as_bold(part) if isinstance(part, Heading) else part)
            else:
                tree.add(part)
        tree.topic.layout = self._layout() or tree.topic.layout

    def _layout(self) -> Layout | None:
        """Return the layout that the cell's tag asks for."""
        asked = [tag.removeprefix(_LAYOUT) for tag in sorted(self.tags) if tag.startswith(_LAYOUT)]
        if not asked:
            return None
        if len(asked) > 1 or asked[0] not in list(Layout):
            raise ExportError(
                f"{self.where} asks for {' and '.join(f'{_LAYOUT}{name}' for name in asked)}.",
                valid=f"One of {', '.join(f'{_LAYOUT}{name}' for name in Layout)}.",
                next_step="Correct the cell's tags.",
            )
        return Layout(asked[0])

    def _opens_with_heading(self) -> bool:
        return self.node.get("cell_type") == "markdown" and _text(self.node.get("source")).lstrip().startswith("#")

    def _parts(self, tree: _Tree) -> Iterator[Heading | Block]:
        if self.node.get("cell_type") == "markdown":
            attachments = {
                str(name): {str(kind): _text(data) for kind, data in bundle.items()}
                for name, bundle in self.node.get("attachments", {}).items()
            }
            yield from parse(_text(self.node.get("source")), self.where, attachments)
            return
        streamed = ""
        for output in self.outputs:
            stopped = output.get("output_type") == "error"
            if stopped and _MEANT not in self.tags:
                raise self._stopped(output)
            if "remove-output" in self.tags or (output.get("output_type"), output.get("name")) == (
                "stream",
                "stderr",
            ):
                continue
            if output.get("output_type") == "stream":
                streamed += _text(output.get("text"))
                continue
            if stopped:
                streamed += f"{_named(output)}\n"
                continue
            yield from _stream(streamed)
            streamed = ""
            yield from self._display(output, tree)
        yield from _stream(streamed)

    def _stopped(self, output: NotebookNode) -> ExportError:
        return ExportError(
            f"{self.where} stopped with an error: {_named(output)[:500]}",
            valid=f"An error that the notebook means to show: tag its cell '{_MEANT}'.",
            next_step="Mend the cell, run the notebook again, then export it.",
        )

    def _display(self, output: NotebookNode, tree: _Tree) -> Iterator[Heading | Block]:
        data = _bundle(output)
        payload = read_payload(data, self.where)
        match payload:
            case PaperPayload():
                return
            case CommentaryPayload():
                tree.vouch(payload.measurements)
                yield from _lowered(parse(payload.markdown, self.where))
            case QuotationPayload():
                tree.vouch(payload.measurements)
                said = (part for part in parse(payload.words, self.where) if isinstance(part, Paragraph))
                yield Quotation(tuple(said), payload.speaker)
            case PanelsPayload():
                tree.vouch(payload.measurements)
                yield PanelsBlock(payload, tuple(_panel(panel, self.where) for panel in payload.panels))
            case NumbersPayload():
                tree.vouch(payload.measurements)
                yield NumbersBlock(payload)
            case TablePayload():
                tree.vouch(payload.measurements)
                yield TableBlock(payload)
            case ChartPayload() | ControlPayload():
                tree.vouch(payload.measurements)
                yield ChartBlock(payload, checked_svg(self._drawing(data, "chart"), self.where))
            case DashboardPayload(chart=chart, table=table):
                yield ChartBlock(chart, checked_svg(self._drawing(data, "dashboard"), self.where))
                yield TableBlock(table)
            case PicturePayload():
                tree.vouch(payload.measurements)
                yield PictureBlock(
                    data=decoded(self._drawing(data, "picture"), SVG, self.where),
                    mimetype=SVG,
                    title=payload.title,
                    subtitle=payload.subtitle,
                    alt=spoken(payload.alt),
                    source=payload.source,
                    measurements=payload.measurements,
                )
            case _:
                yield from self._plain_display(data, output.get("metadata", {}), tree)

    def _drawing(self, data: Mapping[str, Any], kind: str) -> str:
        if SVG not in data:
            raise ExportError(
                f"{self.where} holds a {kind} without its drawing.",
                valid=f"A {kind} comes with {SVG} beside {mimetype(kind)}.",
                next_step="Run the notebook again.",
            )
        return _text(data[SVG])

    def _plain_display(
        self, data: Mapping[str, Any], metadata: Mapping[str, Any], tree: _Tree
    ) -> Iterator[Heading | Block]:
        if _WIDGET in data:  # it lives only in a running notebook: a progress bar, a slider
            return
        for kind in MIMETYPES:
            if kind in data:
                said = {**metadata, **_mapping(metadata.get(kind))}
                yield PictureBlock(
                    data=decoded(_text(data[kind]), kind, self.where),
                    mimetype=drawn_as(kind),
                    title=_said(said, "title"),
                    subtitle=_said(said, "subtitle"),
                    alt=spoken(_said(said, "alt")) or tree.heading or ("" if tree.ours else self._undescribed),
                    source=_said(said, "source"),
                )
                return
        latex = clean(_text(data.get("text/latex"))).strip()
        if latex and (drawn := formula(latex)):
            yield PictureBlock(drawn.encode("utf-8"), SVG, "", "", f"Formula, in LaTeX: {latex}", "")
            return
        found = tuple(tables(_text(data.get("text/html"))))
        if found:
            yield from (TableBlock(table) for table in found)
        elif "text/markdown" in data:
            yield from parse(_text(data["text/markdown"]), self.where)
        else:
            text = printed(_text(data.get("text/latex") or data.get("text/plain"))).strip("\n")
            if text.strip() and not _OBJECT.fullmatch(text):
                yield Preformatted(_cut(text))


def _panel(panel: Panel, where: str) -> PanelText:
    """Paragraphs and lists are all that a panel has room for."""
    blocks = parse(panel.markdown, where)
    return PanelText(panel.title, tuple(block for block in blocks if isinstance(block, Paragraph | ListBlock)))


def _lowered(parts: tuple[Heading | Block, ...]) -> Iterator[Heading | Block]:
    """A commentary's own headings never end the section that it stands in: its highest becomes a topic."""
    highest = min((part.level for part in parts if isinstance(part, Heading)), default=1)
    for part in parts:
        yield Heading(3 + part.level - highest, part.text) if isinstance(part, Heading) else part


def _bundle(output: NotebookNode) -> Mapping[str, Any]:
    return _mapping(output.get("data")) if output.get("output_type") in ("display_data", "execute_result") else {}


def _named(error: NotebookNode) -> str:
    """Say an error by its kind and message; its traceback says where in the code, which a paper does not show."""
    name, value = (printed(_text(error.get(key))).strip() for key in ("ename", "evalue"))
    return f"{name}: {value}"


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _said(metadata: Mapping[str, Any], key: str) -> str:
    return clean(_text(metadata.get(key)))


def _text(value: Any) -> str:
    """Return a notebook's text, which nbformat lets stand as one string or as lines."""
    if isinstance(value, list):
        return "".join(str(line) for line in value)
    return "" if value is None else str(value)


def _stream(text: str) -> Iterator[Preformatted]:
    if shown := printed(text).strip("\n"):
        yield Preformatted(_cut(shown))


def _cut(text: str) -> str:
    """Return what a cell printed as far as anybody reads it, with a note of what was left out."""
    lines = text.split("\n")
    kept = "\n".join(lines[:_PRINTED_LINES])[:_PRINTED]
    if kept == text:
        return text
    return f"{kept}\n[Cut here: the notebook has all {len(lines):,} lines, {len(text):,} characters.]"
