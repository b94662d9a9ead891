"""What a deck remembers of itself in PowerPoint's tags, which edits, copies and saves keep.

The presentation has one tag: which paper it is, and each slide's key with a digest of what it said, so that a slide
that was deleted is known. Each slide has one: its key and its state (``state``). A copy of a slide bears the same.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any, TypeVar
from xml.sax.saxutils import quoteattr

from lxml import etree
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.presentation import Presentation
from pydantic import BaseModel, ConfigDict, ValidationError

from cafcass_reports.errors import ExportError
from cafcass_reports.exhibits.payload import PaperPayload
from cafcass_reports.exporters.characters import clean
from cafcass_reports.exporters.deck import state
from cafcass_reports.exporters.deck.layout import Page
from cafcass_reports.exporters.deck.names import qn
from cafcass_reports.exporters.deck.slots import Role
from cafcass_reports.exporters.deck.state import SlideState, digest

_DECK, _SLIDE = "CAFCASS_REPORTS_DECK", "CAFCASS_REPORTS_SLIDE"
_RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/tags"
_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.tags+xml"
_SPACE = "http://schemas.openxmlformats.org/presentationml/2006/main"
_NUMBERED = re.compile(r"( \(\d+( of \d+)?\))+$")  # of a title that goes on, or comes twice
_Kind = TypeVar("_Kind", bound=BaseModel)
_AFTER = ("kinsoku", "defaultTextStyle", "modifyVerifier", "extLst")  # what the schema wants behind a deck's tags


class Identity(BaseModel):
    """Which paper a deck is: the name of its pack, its area and its title."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    pack: str
    area: str
    title: str

    def __str__(self) -> str:
        return f"'{self.title}' for {self.area} of {self.pack}"


class DeckState(BaseModel):
    """Which paper a deck is, and a digest of what each of its slides said, by the slide's key."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    identity: Identity
    slides: dict[str, str]

    @property
    def key(self) -> str:
        """What its slides know it by."""
        return digest(self.identity.model_dump_json())


def keys(pages: Iterable[tuple[str, Page]]) -> list[str]:
    """Return a key for each page, given with the name of its paper: it outlives new figures, which titles do not.

    A page is known by its exhibits, else by its title; those alike are counted within their section.
    """
    seen: Counter[str] = Counter()
    found = []
    for paper, page in pages:
        shown = [state.known_as(placed.name) for placed in page.exhibits]
        said = [] if shown else [_NUMBERED.sub("", page.texts[Role.TITLE].text)]
        key = digest("\n".join((paper, page.section, *shown, *said)))
        seen[key] += 1
        found.append(f"{key}.{seen[key]}")
    return found


def stamp(presentation: Presentation, title: str, paper: PaperPayload | None, given: Iterable[str]) -> None:
    """Write into a drawn deck what it is, and what each of its slides says; ``given`` are the slides' keys."""
    identity = Identity(
        pack=clean(paper.pack if paper else ""), area=clean(paper.area if paper else ""), title=clean(title)
    )
    deck = DeckState(identity=identity, slides={})
    slides: Any = presentation.slides
    states = [state.read(slide, deck.key, key) for slide, key in zip(slides, given, strict=True)]
    for number, (slide, said) in enumerate(zip(slides, states, strict=True), start=2):
        _write(slide.part, slide._element.cSld, said, number)
    root: Any = presentation.part._element
    before = next((found for name in _AFTER if (found := root.find(qn(f"p:{name}"))) is not None), None)
    deck = deck.model_copy(update={"slides": {said.key: said.content for said in states}})
    _write(presentation.part, root, deck, 1, before=before)


def of_deck(presentation: Presentation) -> DeckState | None:
    """Return what a deck remembers; ``None`` where it is not one of ours, or a program dropped it.

    Raises
    ------
    ExportError
        Where it was written by another version.
    """
    part = _tags(presentation.part, _DECK)
    return None if part is None else _read(part, _DECK, DeckState)


def of_slide(slide: Any) -> SlideState | None:
    """Return what a slide remembers; ``None`` for one that a person added.

    Raises
    ------
    ExportError
        Where it was written by another version.
    """
    part = _tags(slide.part, _SLIDE)
    return None if part is None else _read(part, _SLIDE, SlideState)


def renew(old: Any, new: Any) -> None:
    """Let a deck or a slide remember what another of the same identity does; both are parts of python-pptx."""
    for name in (_DECK, _SLIDE):
        mine, fresh = _tags(old, name), _tags(new, name)
        if mine is not None and fresh is not None:
            mine._blob = fresh.blob


def _write(part: Any, parent: Any, said: DeckState | SlideState, number: int, *, before: Any = None) -> None:
    name = _DECK if isinstance(said, DeckState) else _SLIDE
    value = quoteattr(said.model_dump_json(exclude_defaults=True))
    blob = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<p:tagLst xmlns:p="{_SPACE}"><p:tag name="{name}" val={value}/></p:tagLst>'
    ).encode()
    uri = PackURI(f"/ppt/tags/tag{900 + number}.xml")  # beyond those that a template may have
    key = part.relate_to(Part(uri, _TYPE, part.package, blob), _RELATIONSHIP)
    listed = parent.find(qn("p:custDataLst"))
    if listed is None:
        listed = parent.makeelement(qn("p:custDataLst"), {})
        if before is not None:
            before.addprevious(listed)
        elif (tree := parent.find(qn("p:spTree"))) is not None:
            tree.addnext(listed)
        else:
            parent.append(listed)
    listed.append(listed.makeelement(qn("p:tags"), {qn("r:id"): key}))


def _tags(part: Any, name: str) -> Any:
    """Return the part that holds a tag, whatever a program has called it since."""
    for relationship in part.rels.values():
        if relationship.reltype == _RELATIONSHIP and _value(relationship.target_part, name) is not None:
            return relationship.target_part
    return None


def _value(part: Any, name: str) -> str | None:
    try:
        tags = etree.fromstring(part.blob)
    except etree.XMLSyntaxError:
        return None
    values = (tag.get("val") for tag in tags if (tag.get("name") or "").upper() == name)
    return next(values, None)


def _read(part: Any, name: str, kind: type[_Kind]) -> _Kind:
    try:
        return kind.model_validate_json(_value(part, name) or "")
    except ValidationError:
        raise ExportError(
            "The deck remembers what the pack wrote in a way that this version cannot read.",
            valid="A deck that a run of this version wrote, edited and saved in PowerPoint.",
            next_step="Begin again from the deck in the pack's outputs, and carry your edits over.",
        ) from None
