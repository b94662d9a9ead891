"""Shapes and slides carried from one deck into another, with the parts that they hold."""

from __future__ import annotations

import copy
import re
from typing import Any

from pptx.opc.constants import RELATIONSHIP_TYPE as RT

from cafcass_reports.exporters.deck import state
from cafcass_reports.exporters.deck.names import qn

_SPACE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_ELSEWHERE = (RT.SLIDE, RT.SLIDE_LAYOUT, RT.NOTES_SLIDE)  # parts that are not a shape's own


def carry(element: Any, origin: Any, target: Any) -> Any:
    """Copy a shape with its parts; return the copy, which stands nowhere yet.

    Parameters
    ----------
    element
        The shape.
    origin
        The part of its slide.
    target
        The part of the slide, in another package, for which it is copied.
    """
    copied = copy.deepcopy(element)
    _relate(copied, origin, target)
    return copied


def number(element: Any, tree: Any) -> None:
    """Give a copied shape, and those in it, numbers that no other shape of a slide has."""
    taken = max((int(one.get("id", "0")) for one in tree.iter(qn("p:cNvPr"))), default=1)
    for at, one in enumerate(element.iter(qn("p:cNvPr")), start=taken + 1):
        one.set("id", str(at))


def slide(deck: Any, fresh: Any, after: Any) -> Any:
    """Add a copy of a slide to a deck, behind another slide; ``None`` where the deck has not its layout.

    Parameters
    ----------
    deck
        The presentation that gets the slide.
    fresh
        The slide of another presentation.
    after
        The slide behind which the copy stands; ``None`` puts it first.
    """
    layout = next((one for one in deck.slide_layouts if one.name == fresh.slide_layout.name), None)
    if layout is None:
        return None
    added = deck.slides.add_slide(layout)
    tree = added.shapes._spTree
    for element in state.shapes_of(tree):
        tree.remove(element)
    for element in state.shapes_of(fresh.shapes._spTree):
        tree.append(carry(element, fresh.part, added.part))
    tags = fresh._element.cSld.find(qn("p:custDataLst"))
    if tags is not None:
        tree.addnext(carry(tags, fresh.part, added.part))
    if fresh.has_notes_slide:
        added.notes_slide.notes_text_frame.text = fresh.notes_slide.notes_text_frame.text
    _place(deck, added, after)
    return added


def _place(deck: Any, added: Any, after: Any) -> None:
    """Put a slide behind another, in the same of PowerPoint's sections."""
    listed = deck.part._element.sldIdLst
    ids = {deck.part.related_part(one.rId): one for one in listed}
    own, former = ids[added.part], None if after is None else ids[after.part]
    if former is None:
        listed.insert(0, own)
    else:
        former.addnext(own)
    sections = [one for one in deck.part._element.iter() if str(one.tag).endswith("}sldId") and one.get("id")]
    grouped = [one for one in sections if "powerpoint/2010" in one.tag]
    if grouped:
        beside = next((one for one in grouped if former is not None and one.get("id") == former.get("id")), None)
        entry = grouped[0].makeelement(grouped[0].tag, {"id": own.get("id")})
        if beside is None:
            grouped[0].addprevious(entry)
        else:
            beside.addnext(entry)


def _relate(element: Any, origin: Any, target: Any) -> None:
    """Let the relationships that an element names be those of its new part."""
    keys: dict[str, str | None] = {}
    for inner in list(element.iter()):
        for name in [name for name in inner.attrib if name.startswith(_SPACE)]:
            if not (key := inner.get(name)):
                continue
            if key not in keys:
                keys[key] = _carried(origin.rels[key], target)
            if (new := keys[key]) is not None:
                inner.set(name, new)
            elif inner.getparent() is not None:
                inner.getparent().remove(inner)  # a link to a slide that is not in this deck


def _carried(relationship: Any, target: Any) -> str | None:
    """Bring what a relationship leads to into a package; return its new key, ``None`` where it cannot be brought."""
    if relationship.is_external:
        return str(target.relate_to(relationship.target_ref, relationship.reltype, is_external=True))
    if relationship.reltype in _ELSEWHERE:
        return None
    given = relationship.target_part
    template = re.sub(r"\d*(\.\w+)$", r"%d\1", str(given.partname))
    package = target.package
    part = type(given).load(package.next_partname(template), given.content_type, package, given.blob)
    key = str(target.relate_to(part, relationship.reltype))
    if hasattr(part, "_element"):
        _relate(part._element, given, part)
    return key
