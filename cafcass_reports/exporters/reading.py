"""An executed notebook read into the document tree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from cafcass_reports.errors import ExportError
from cafcass_reports.exhibits.payload import (
    ChartPayload,
    CommentaryPayload,
    ControlPayload,
    DashboardPayload,
    NumbersPayload,
    Panel,
    PanelsPayload,
    PicturePayload,
    Provenance,
    QuotationPayload,
    TablePayload,
)
from cafcass_reports.exhibits.payload import Shown as ShownPayload
from cafcass_reports.exporters.characters import clean, printed
from cafcass_reports.exporters.executed import MEANT, Cell, Display, Executed, Exhibit, Printed, Stopped
from cafcass_reports.exporters.formulas import formula
from cafcass_reports.exporters.frames import tables
from cafcass_reports.exporters.markdown import Heading, parse
from cafcass_reports.exporters.pictures import SVG, spoken
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
_OTHERS_TAG = {"deck": "summary-only", "summary": "deck-only"}
_PRINTED_LINES, _PRINTED = 60, 6_000  # lines and characters of a printed text that a paper holds
_LAYOUT = "layout:"
_VOUCHED = (ShownPayload, CommentaryPayload, QuotationPayload)
_OBJECT = re.compile(r"\[?<[^<>]*>,?.*\]?", re.DOTALL)  # what Python shows of an object that has no text of its own


def read(executed: Executed, audience: Audience | None = None, name: str = "") -> Document:
    """Read an executed notebook.

    Parameters
    ----------
    executed
        The notebook as its readers may see it.
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
    tree = _Tree(ours=executed.paper is not None)
    for cell in executed.cells:
        if cell.slide_type != "skip" and (audience is None or _OTHERS_TAG[audience] not in cell.tags):
            _read_into(tree, cell, audience)
    return Document(
        title=_called(tree, executed, name),
        paper=executed.paper,
        sections=tree.sections(),
        measurements=tuple(tree.measurements.values()),
    )


def title_of(executed: Executed, name: str = "") -> str:
    """Return the title alone, as :func:`read` finds it: cells behind the one that says it are not looked at."""
    tree = _Tree(ours=executed.paper is not None)
    for cell in executed.cells:
        if not tree.title and cell.slide_type != "skip":
            _read_into(tree, cell, None)
    return _called(tree, executed, name)


def _called(tree: _Tree, executed: Executed, name: str) -> str:
    return tree.title or executed.called(name) or "Untitled"


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


def _read_into(tree: _Tree, cell: Cell, audience: Audience | None) -> None:
    if cell.slide_type in ("slide", "subslide") and tree.topic.blocks and not _opens_with_heading(cell):
        tree.open_topic("")
    for part in _parts(cell, tree):
        if cell.slide_type == "notes" and audience != "summary":
            tree.topic.notes.append(_as_bold(part) if isinstance(part, Heading) else part)
        else:
            tree.add(part)
    tree.topic.layout = _layout(cell) or tree.topic.layout


def _opens_with_heading(cell: Cell) -> bool:
    return cell.kind == "markdown" and cell.source.lstrip().startswith("#")


def _layout(cell: Cell) -> Layout | None:
    """Return the layout that a cell's tag asks for."""
    asked = [tag.removeprefix(_LAYOUT) for tag in sorted(cell.tags) if tag.startswith(_LAYOUT)]
    if not asked:
        return None
    if len(asked) > 1 or asked[0] not in list(Layout):
        raise ExportError(
            f"{cell.where} asks for {' and '.join(f'{_LAYOUT}{name}' for name in asked)}.",
            valid=f"One of {', '.join(f'{_LAYOUT}{name}' for name in Layout)}.",
            next_step="Correct the cell's tags.",
        )
    return Layout(asked[0])


def _parts(cell: Cell, tree: _Tree) -> Iterator[Heading | Block]:
    if cell.kind == "markdown":
        yield from parse(cell.source, cell.where, cell.attachments)
        return
    lines: list[str] = []
    for output in cell.outputs:
        match output:
            case Printed(is_log=True):
                continue
            case Printed(text=text):
                lines.append(text)
                continue
            case Stopped(is_meant=True, said=said):
                lines.append(said)
                continue
            case Stopped(said=said):
                raise ExportError(
                    f"{cell.where} stopped with an error: {said[:500]}",
                    valid=f"An error that the notebook means to show: tag its cell '{MEANT}'.",
                    next_step="Mend the cell, run the notebook again, then export it.",
                )
        yield from _printed(lines)
        lines = []
        yield from _exhibit(output, cell, tree) if isinstance(output, Exhibit) else _display(output, cell, tree)
    yield from _printed(lines)


def _exhibit(exhibit: Exhibit, cell: Cell, tree: _Tree) -> Iterator[Heading | Block]:
    payload = exhibit.payload
    if isinstance(payload, _VOUCHED):
        tree.vouch(payload.measurements)
    match payload:
        case CommentaryPayload():
            yield from _lowered(parse(payload.markdown, cell.where))
        case QuotationPayload():
            said = (part for part in parse(payload.words, cell.where) if isinstance(part, Paragraph))
            yield Quotation(tuple(said), payload.speaker)
        case PanelsPayload():
            yield PanelsBlock(payload, tuple(_panel(panel, cell.where) for panel in payload.panels))
        case NumbersPayload():
            yield NumbersBlock(payload)
        case TablePayload():
            yield TableBlock(payload)
        case ChartPayload() | ControlPayload():
            yield ChartBlock(payload, exhibit.drawing)
        case DashboardPayload(chart=chart, table=table):
            yield ChartBlock(chart, exhibit.drawing)
            yield TableBlock(table)
        case PicturePayload():
            yield PictureBlock(
                data=exhibit.drawing.encode("utf-8"),
                mimetype=SVG,
                title=payload.title,
                subtitle=payload.subtitle,
                alt=spoken(payload.alt),
                source=payload.source,
                measurements=payload.measurements,
            )


def _display(display: Display, cell: Cell, tree: _Tree) -> Iterator[Heading | Block]:
    if display.is_widget:
        return
    if picture := display.picture:
        said = picture.said
        alt = said["alt"] or tree.heading or ("" if tree.ours else _undescribed(cell))
        yield PictureBlock(picture.content, picture.drawn_as, said["title"], said["subtitle"], alt, said["source"])
        return
    latex = clean(display.text("latex")).strip()
    if latex and (drawn := formula(latex)):
        yield PictureBlock(drawn.encode("utf-8"), SVG, "", "", f"Formula, in LaTeX: {latex}", "")
        return
    found = tuple(tables(display.text("html")))
    if found:
        yield from (TableBlock(table) for table in found)
    elif markdown := display.text("markdown"):
        yield from parse(markdown, cell.where)
    else:
        text = printed(display.text("latex") or display.text("plain")).strip("\n")
        if text.strip() and not _OBJECT.fullmatch(text):
            yield Preformatted(_cut(text))


def _undescribed(cell: Cell) -> str:
    """Say of a picture in a notebook that is not ours that nobody describes it, and where it stands."""
    return f"A picture that cell {cell.number} of the notebook shows. The notebook does not describe it."


def _panel(panel: Panel, where: str) -> PanelText:
    """Paragraphs and lists are all that a panel has room for."""
    blocks = parse(panel.markdown, where)
    return PanelText(panel.title, tuple(block for block in blocks if isinstance(block, Paragraph | ListBlock)))


def _lowered(parts: tuple[Heading | Block, ...]) -> Iterator[Heading | Block]:
    """A commentary's own headings never end the section that it stands in: its highest becomes a topic."""
    highest = min((part.level for part in parts if isinstance(part, Heading)), default=1)
    for part in parts:
        yield Heading(3 + part.level - highest, part.text) if isinstance(part, Heading) else part


def _printed(lines: list[str]) -> Iterator[Preformatted]:
    if lines:
        yield Preformatted(_cut("\n".join(lines)))


def _cut(text: str) -> str:
    """Return what a cell printed as far as anybody reads it, with a note of what was left out."""
    lines = text.split("\n")
    kept = "\n".join(lines[:_PRINTED_LINES])[:_PRINTED]
    if kept == text:
        return text
    return f"{kept}\n[Cut here: the notebook has all {len(lines):,} lines, {len(text):,} characters.]"
