"""Papers bound into one deck: which slides it has, and what each paper is called in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from cafcass_reports.exhibits.payload import Cell, PaperPayload, TableColumn, TablePayload, TableSection
from cafcass_reports.exporters.characters import clean
from cafcass_reports.exporters.deck import body, surroundings, tablefit, textfit
from cafcass_reports.exporters.deck.layout import Page, Placed, arrange, with_unique_titles
from cafcass_reports.exporters.deck.story import Slide, tell, title_slide
from cafcass_reports.exporters.deck.template import Kind, Role, Template
from cafcass_reports.exporters.tree import Binder, Document

_MOST_WITHOUT_AGENDA = 3  # sections of a paper, to which the binder's list of contents leads fast enough
_LONGEST_NAME = 40  # characters of a paper's name in the title of a slide
_SIZES = (24, 22, 20, 18, 16)  # points, for the list of contents
_STYLE = tablefit.Style(sizes=_SIZES, pad=0.5, spare=0.5, highest=1.0)
_NAME, _NAME_LINES = 0.78, 3  # of the list's width, for the name of a paper, and its lines at most


@dataclass(frozen=True)
class Leaf:
    """A page of a binder, and the paper that it is of: its document and its name in this binder."""

    page: Page
    document: Document
    paper: str = ""

    @property
    def section(self) -> str:
        """The name of PowerPoint's section that it stands in."""
        return ": ".join(name for name in (self.paper, self.page.section) if name)


@dataclass(frozen=True)
class Bound:
    """All leaves in order; how many hold the list of contents, from the second; where each paper begins (from 0)."""

    leaves: tuple[Leaf, ...]
    contents: int
    starts: tuple[int, ...]


def bind(binder: Binder, template: Template) -> Bound:
    """Return the leaves of a binder: title, contents, and the slides of each paper."""
    own = together(binder)
    names = _names(binder.documents)
    papers = [
        [Leaf(page, document, name) for page in arrange(slides, template)]
        for document, name, slides in zip(binder.documents, names, _slides(binder.documents, names), strict=True)
    ]
    opening = arrange([title_slide(own, "Papers")], template)
    counts = [len(pages) for pages in papers]
    # The list says where papers begin, which is after it: its length does not hang on the numbers in it.
    length = len(_contents(own, names, counts, template))
    starts = tuple(len(opening) + length + sum(counts[:at]) for at in range(len(counts)))
    listed = _contents(own, names, [start + 1 for start in starts], template)
    leaves = [*(Leaf(page, own) for page in (*opening, *listed)), *(leaf for pages in papers for leaf in pages)]
    unique = with_unique_titles([leaf.page for leaf in leaves])
    return Bound(
        tuple(replace(leaf, page=page) for leaf, page in zip(leaves, unique, strict=True)), len(listed), starts
    )


def together(binder: Binder) -> Document:
    """Return a paper without content that is about what all papers of a binder are about: the latest date, any mark."""
    papers = [document.paper for document in binder.documents if document.paper]
    if not papers:
        return Document(binder.title, None, ())

    def joined(values: Iterable[str]) -> str:
        return ", ".join(dict.fromkeys(values))

    about = PaperPayload(
        pack=joined(paper.pack for paper in papers),
        pack_title=joined(paper.pack_title for paper in papers),
        organisation=joined(paper.organisation for paper in papers),
        area=joined(paper.area for paper in papers),
        period=joined(paper.period for paper in papers),
        as_at=joined(paper.as_at for paper in papers),
        dated=max(paper.dated for paper in papers),
        status="draft" if any(paper.status == "draft" for paper in papers) else "final",
        classification=joined(paper.classification for paper in papers),
        synthetic=any(paper.synthetic for paper in papers),
    )
    return Document(binder.title, about, ())


def _names(documents: Sequence[Document]) -> list[str]:
    """Call a paper by its title, and by its area where others have the same."""
    titles = [" ".join(clean(document.title).split()) or "Untitled paper" for document in documents]
    often = Counter(titles)
    return [
        f"{title}, {clean(document.paper.area)}" if often[title] > 1 and document.paper else title
        for title, document in zip(titles, documents, strict=True)
    ]


def _slides(documents: Sequence[Document], names: Sequence[str]) -> list[list[Slide]]:
    """Tell each paper; a title that an earlier paper has too names its own, if that is short (else it has a number)."""
    taken: set[str] = set()
    told = []
    for document, name in zip(documents, names, strict=True):
        slides = [_named(slide, name, taken) for slide in tell(document) if not _spared(slide)]
        taken |= {slide.title.casefold() for slide in slides}
        told.append(slides)
    return told


def _spared(slide: Slide) -> bool:
    return slide.kind is Kind.AGENDA and len(slide.lines) <= _MOST_WITHOUT_AGENDA


def _named(slide: Slide, name: str, taken: set[str]) -> Slide:
    if slide.kind is Kind.TITLE:
        return replace(slide, title=name)
    told_apart = slide.title.casefold() in taken and len(name) <= _LONGEST_NAME
    return replace(slide, title=f"{slide.title} ({name})") if told_apart else slide


def _contents(own: Document, names: Sequence[str], numbers: Sequence[int], template: Template) -> list[Page]:
    """List the papers with their slides in a table, as large as it can be on one slide."""
    slide = Slide(Kind.AGENDA, "Papers and their slides", own.title)
    texts, boxes = surroundings.fit(slide, template.frames[Kind.AGENDA])
    box = boxes[Role.BODY]
    tried = (
        tablefit.fit(_listed(names, numbers, size, box.width), box, replace(_STYLE, sizes=(size,))) for size in _SIZES
    )
    parts: tuple[tablefit.Part, ...] = ()
    for parts in tried:
        if len(parts) == 1:
            break
    placed = (replace(box, top=box.top + (box.height - part.height) / 2, height=part.height) for part in parts)
    return [
        Page(slide.kind, texts, None, None, (Placed(part, place, part.table.alt, slide.title),), (), "")
        for part, place in zip(parts, placed, strict=True)
    ]


def _listed(names: Sequence[str], numbers: Sequence[int], size: int, room: float) -> TablePayload:
    """Return the list of contents, whose names are broken here: LibreOffice breaks a long link within a word."""
    wrapped = [textfit.wrap(body.shorten(name, size, _NAME * room, _NAME_LINES), size, _NAME * room) for name in names]
    rows = tuple((Cell(text=name), Cell(text=str(at))) for name, at in zip(wrapped, numbers, strict=True))
    return TablePayload(
        title="",
        subtitle="",
        alt=f"Papers, each with the number of its first slide: {', '.join(names)}.",
        source="",
        columns=(TableColumn(label="Paper", row_header=True, weight=5), TableColumn(label="Slide", align="right")),
        sections=(TableSection(title="", rows=rows),),
    )
