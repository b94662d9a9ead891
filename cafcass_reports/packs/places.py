"""Where a figure stands in the files of a pack: slides and shapes, pages, headings, lines.

The written files themselves are read, each with a reader of its format, so that what is said of them is what they hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lxml.html
import pypdfium2
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pydantic import BaseModel

from cafcass_reports.errors import PackError
from cafcass_reports.exhibits.commentary import references
from cafcass_reports.exhibits.payload import (
    ChartPayload,
    CommentaryPayload,
    ControlPayload,
    PanelsPayload,
    QuotationPayload,
    TablePayload,
    Written,
)
from cafcass_reports.exporters.calculations import APPENDIX, id_of_parts
from cafcass_reports.packs.parameters import Pack
from cafcass_reports.packs.published import Exhibit, Published

_ABOUT = ("Kicker", "Subtitle", "Source")  # what stands around figures, with days and years of its own
_RUNNING = (PP_PLACEHOLDER.SLIDE_NUMBER, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.DATE)
_AROUND = 20  # characters before and after a figure by which a sentence is known
_MARKS = re.compile(r"[*_`#>|\[\]]")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_INVISIBLE = re.compile(r"[\s\u00ad\u200b\u2060\ufffe\x02]+")  # a PDF breaks lines where it will


@dataclass(frozen=True)
class Place:
    """One place where a figure stands.

    Parameters
    ----------
    file
        Below the outputs; of a commentary below the project.
    where
        Slide, page, heading or line, in words.
    """

    file: str
    where: str


@dataclass(frozen=True)
class _Sought:
    """What is looked for in a file: the figure, as readers see it, and the exhibits of the file that show it."""

    figure: str
    shown: str
    exhibits: Sequence[Exhibit]

    @property
    def ids(self) -> frozenset[str]:
        """The ids under which it is named: its own, or that of the figure in whose history it stands."""
        origins = (exhibit.vouching_for(self.figure) for exhibit in self.exhibits)
        return frozenset(origin.measurement for origin in origins if origin)

    @property
    def named(self) -> frozenset[str]:
        """What the shapes of these exhibits are called."""
        return frozenset(
            f"{exhibit.kind} {figure}"
            for exhibit in self.exhibits
            for figure in (
                self.ids if exhibit.kind in ("numbers", "spc") else [o.measurement for o in exhibit.measurements[:1]]
            )
        )


def places(published: Published, figure: str, pack: Pack) -> list[Place]:
    """Find a figure in the files of a pack.

    Parameters
    ----------
    published
        The pack's outputs.
    figure
        Its id.
    pack
        The pack, among whose texts one that refers to it is looked for.

    Returns
    -------
    list of Place
        Papers in the order of the manifest, then ``measurements.csv``, then texts.

    Raises
    ------
    PackError
        Where a file that the manifest names cannot be read.
    """
    shown = published.shown.get(figure, "")
    holding = [exhibit for exhibit in published.exhibits if _shows(exhibit, figure, shown)]
    every = [exhibit for exhibit in published.exhibits if exhibit.vouching_for(figure)]
    found: list[Place] = []
    for folder, made in (*published.papers.items(), *published.binders.items()):
        papers = _papers(folder, made)
        for file in made["files"]:
            read = _READERS.get(Path(file).suffix)
            # The page shows the history of each figure, folded; decks and PDFs only what their exhibits show.
            exhibits = [one for one in (every if file.endswith(".html") else holding) if one.paper in papers]
            if read and exhibits:
                sought = _Sought(figure, shown, exhibits)
                found += [Place(file, where) for where in _without_fail(published.folder / file, read, sought)]
    found.append(Place("measurements.csv", f"line {published.figures[figure].line}"))
    return [*found, *_texts(published, figure, pack)]


def _papers(folder: str, made: Mapping[str, Any]) -> frozenset[str]:
    """The papers that a file holds: its own, or those bound in it."""
    area = folder.partition("/")[0]
    return frozenset(f"{area}/{paper}" for paper in made.get("papers", [])) or frozenset([folder])


def _shows(exhibit: Exhibit, figure: str, shown: str) -> bool:
    """Whether an exhibit shows a figure itself, and not only vouches for one in whose history it stands."""
    origin = exhibit.vouching_for(figure)
    if origin is None or origin.measurement == figure or exhibit.kind == "picture":
        return origin is not None
    match exhibit.payload:
        case ChartPayload(series=series):
            return any(figure in each.measurements for each in series)
        case ControlPayload(charts=charts):
            return any(figure in each.lines.series[0].measurements for each in charts)
        case TablePayload(sections=sections):
            cells = [cell for section in sections for row in section.rows for cell in row]
            ids = {cell.measurement for cell in cells} - {""}
            # Cells of anybody's frame do not say their figures: there a value in the frame is taken for it.
            return figure in ids if ids else any(cell.text == shown for cell in cells)
        case _:
            return False


def _without_fail(file: Path, read: Any, sought: _Sought) -> list[str]:
    try:
        return list(dict.fromkeys(read(file, sought)))
    except Exception as problem:  # three libraries with errors of their own, on a file that somebody has changed
        raise PackError(
            f"{file} cannot be read: {problem}.", next_step="Run the pack again, so that its files are whole."
        ) from None


def _slides(file: Path, sought: _Sought) -> Iterator[str]:
    found: list[tuple[str, list[str]]] = []
    for number, slide in enumerate(Presentation(str(file)).slides, start=1):
        if not slide.has_notes_slide or sought.ids.isdisjoint(slide.notes_slide.notes_text_frame.text.split()):
            continue
        title = slide.shapes.title.text_frame.text if slide.shapes.title is not None else ""
        shapes = dict.fromkeys(_holding(slide.shapes, sought))
        found.append((f"slide {number}, '{title}'", [f", shape '{name}'" for name in shapes]))
    # What goes on over several slides has the same notes on each, and the figure on one.
    some = any(shapes for _, shapes in found)
    yield from (where + "".join(shapes) for where, shapes in found if shapes or not some)


def _holding(shapes: Iterable[Any], sought: _Sought) -> Iterator[str]:
    """Name the shapes that hold a figure; of a group its own name, or those of its parts."""
    for shape in shapes:
        if _holds(shape, sought):
            yield shape.name
        elif hasattr(shape, "shapes"):
            yield from _holding(shape.shapes, sought)


def _holds(shape: Any, sought: _Sought) -> bool:
    if getattr(shape, "has_table", False):
        said = (cell.text_frame.text for row in shape.table.rows for cell in row.cells)
        return shape.name in sought.named and any(sought.shown in text for text in said)
    if getattr(shape, "has_text_frame", False):
        return (
            bool(sought.shown)
            and shape.name not in _ABOUT
            and not _is_running(shape)
            and _stands_in(sought.shown, shape.text_frame.text)
        )
    return shape.name in sought.named


def _is_running(shape: Any) -> bool:
    return bool(shape.is_placeholder) and shape.placeholder_format.type in _RUNNING


def _stands_in(shown: str, text: str) -> bool:
    """Whether a number stands in a text as itself, not as a part of a longer one."""
    return re.search(_alone(shown), text) is not None


def _alone(shown: str) -> str:
    return rf"(?<![\d.,]){re.escape(shown)}(?![\d%]|[.,]\d)"


def _pages(file: Path, sought: _Sought) -> Iterator[str]:
    known = [text for exhibit in sought.exhibits for text in _known_by(exhibit, sought.shown) if text]
    ids = sought.ids | {id_of_parts(figure) for figure in sought.ids}
    with closing(pypdfium2.PdfDocument(file)) as document:
        for number, page in enumerate(document, start=1):
            squeezed = _squeezed(page.get_textpage().get_text_range())
            if any(figure in squeezed for figure in ids):
                yield f"page {number}, {APPENDIX}"
            elif any(text in squeezed for text in known):
                yield f"page {number}"


def _known_by(exhibit: Exhibit, shown: str) -> Iterator[str]:
    """What an exhibit is found by in a PDF: its title; a text by what stands around the figure."""
    if not isinstance(exhibit.payload, Written):
        yield _squeezed(exhibit.title)
    for text in _prose(exhibit.payload):
        plain = _MARKS.sub("", text)
        for match in re.finditer(_alone(shown), plain):
            yield _squeezed(plain[max(0, match.start() - _AROUND) : match.end() + _AROUND])


def _prose(payload: BaseModel) -> Iterator[str]:
    match payload:
        case CommentaryPayload(markdown=text) | QuotationPayload(words=text):
            yield text
        case PanelsPayload(panels=panels):
            yield from (panel.markdown for panel in panels)


def _squeezed(text: str) -> str:
    return _INVISIBLE.sub("", text)


def _anchors(file: Path, sought: _Sought) -> Iterator[str]:
    heading = ""
    for element in lxml.html.document_fromstring(file.read_bytes()).iter():
        said = " ".join("".join(map(str, element.itertext())).split()) if element.tag in (*_HEADINGS, "a") else ""
        if element.tag in _HEADINGS:
            heading = said
        elif element.get("id") == sought.figure:
            yield f"under '{heading}', #{sought.figure}"
        elif element.tag == "a" and element.get("href") == f"#{sought.figure}" and element.get("class") == "figure":
            yield f"under '{heading}', shown as '{said}'"


def _texts(published: Published, figure: str, pack: Pack) -> Iterator[Place]:
    """Lines of the pack's texts that refer to the figure."""
    metric = published.figures[figure].metric
    names = {
        exhibit.payload.name
        for exhibit in published.exhibits
        if isinstance(exhibit.payload, Written) and any(o.measurement == figure for o in exhibit.measurements)
    }
    for name in sorted(names):
        file = pack.commentary_folder / f"{name}.md"
        if not file.is_file():
            continue
        asked = [(line, when) for line, of, when in references(file.read_text(encoding="utf-8-sig")) if of == metric]
        # A reference that names no period means the metric's own, which the others then do not.
        named = [line for line, when in asked if when is not None and when.key == figure.rpartition(".")[2]]
        lines = named or [line for line, when in asked if when is None]
        yield from (Place(file.relative_to(pack.project).as_posix(), f"line {line}") for line in dict.fromkeys(lines))


_READERS = {".pptx": _slides, ".pdf": _pages, ".html": _anchors}
