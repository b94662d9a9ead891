"""The shapes of a slide's parts: a placeholder of its layout, or a box of its own where that has none."""

from __future__ import annotations

import copy
from typing import Any

from lxml import etree
from pptx.enum.text import MSO_AUTO_SIZE, PP_ALIGN
from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.parts.slide import NotesSlidePart
from pptx.presentation import Presentation
from pptx.util import Pt

from cafcass_reports.exporters.deck import shapes
from cafcass_reports.exporters.deck.names import qn
from cafcass_reports.exporters.deck.placeholders import title_fill
from cafcass_reports.exporters.deck.slots import Box, Frame, Role, Slot
from cafcass_reports.exporters.deck.state import named, shapes_of

_OWN = {Role.TITLE: "Title", Role.FOOTER: "Footer", Role.NUMBER: "Slide number"}
_FIELD = '<a:fld %s id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum"><a:rPr sz="%d"/><a:t>‹#›</a:t></a:fld>'


def add_slide(presentation: Presentation, frame: Frame) -> tuple[Any, dict[int, Any]]:
    """Add a slide; return it and the shapes of its placeholders by their indexes.

    These are copies of the first slide's: python-pptx looks through the layout for each slide, which takes far longer.
    """
    part: Any = presentation.part
    key, slide = part.add_slide(frame.layout)
    part._element.get_or_add_sldIdLst().add_sldId(key)
    slide.shapes._spTree.extend(copy.deepcopy(list(frame.fresh.values())))
    return slide, dict(zip(frame.fresh, slide.shapes, strict=True))


def add_notes(slide: Any, text: str, blank: Any) -> None:
    """Add notes to a slide; ``blank`` is the element of empty ones, of which these are a copy.

    python-pptx looks through the notes' master for each slide.
    """
    package = slide.part.package
    name = package.next_partname("/ppt/notesSlides/notesSlide%d.xml")
    part: Any = NotesSlidePart(name, CONTENT_TYPE.PML_NOTES_SLIDE, package, copy.deepcopy(blank))
    part.relate_to(package.presentation_part.notes_master_part, RELATIONSHIP_TYPE.NOTES_MASTER)
    part.relate_to(slide.part, RELATIONSHIP_TYPE.SLIDE)
    slide.part.relate_to(part, RELATIONSHIP_TYPE.NOTES_SLIDE)
    part.notes_slide.notes_text_frame.text = text


def shape(slide: Any, frame: Frame, role: Role, unused: dict[int, Any]) -> Any:
    """Return the shape of a part: a placeholder, which is taken out of those unused, or a new box."""
    slot = frame.slots[role]
    if slot.index is None:
        return _box(slide, slot, role)
    if slot.index in unused:
        found = unused.pop(slot.index)
        found.text_frame.auto_size = MSO_AUTO_SIZE.NONE  # PowerPoint shrinks nothing: each size was measured
        return found
    element = copy.deepcopy(frame.placeholders[slot.index])
    tree = slide.shapes._spTree
    tree.append(element)
    element.nvSpPr.cNvPr.set("id", str(max(int(named(each).get("id")) for each in shapes_of(tree)) + 1))
    element.spPr.clear()
    return slide.shapes[-1]


def number(slide: Any, frame: Frame) -> Any:
    """Return the shape of the slide's number, a field that PowerPoint keeps up to date."""
    slot = frame.slots[Role.NUMBER]
    found = shape(slide, frame, Role.NUMBER, {})
    if not list(found._element.iter(qn("a:fld"))):
        paragraph = found.text_frame.paragraphs[0]._p
        for child in list(paragraph):
            paragraph.remove(child)
        paragraph.append(parse_xml(f'<a:pPr {nsdecls("a")} algn="r"/>'))
        paragraph.append(parse_xml(_FIELD % (nsdecls("a"), round(slot.size * 100))))
    return found


def write(shape: Any, text: str, slot: Slot) -> None:
    """Write one line; in a box of our own with its size, which no layout says."""
    shape.text_frame.text = text
    if slot.index is None:
        for run in shape.text_frame.paragraphs[0].runs:
            run.font.size = Pt(slot.size)


def settle(shape: Any, box: Box, frame: Frame, role: Role) -> None:
    """Place a written shape where it differs from its layout, so that others still follow the template.

    A box of our own is written in the colour of the layout's title, where that has a ground of its own to be read on.
    """
    slot = frame.slots[role]
    if slot.index is None or box != (slot.given or slot.box):
        edges = slot.insets
        outer = Box(
            box.left - edges.left,
            box.top - edges.top,
            box.width + edges.left + edges.right,
            box.height + edges.top + edges.bottom,
        )
        shape.left, shape.top, shape.width, shape.height = shapes.emu(outer)
    if slot.capitals:
        for properties in shape._element.iter(qn("a:rPr")):
            properties.set("cap", "none")
    if slot.index is None and (fill := title_fill(frame.layout)) is not None:
        for properties in shape._element.iter(qn("a:rPr"), qn("a:endParaRPr")):
            if properties.find(qn("a:solidFill")) is None:
                properties.insert(0, copy.deepcopy(fill))


def _box(slide: Any, slot: Slot, role: Role) -> Any:
    added = shapes.text_box(slide.shapes, slot.box, _OWN.get(role, role.capitalize()))
    if role is Role.TITLE:  # a placeholder all the same: that is what makes it the slide's title
        properties = added._element.nvSpPr
        etree.SubElement(properties.find(qn("p:nvPr")), qn("p:ph")).set("type", "title")
        kind = properties.find(qn("p:cNvSpPr"))
        kind.attrib.pop("txBox", None)
        added.text_frame.paragraphs[0].alignment = PP_ALIGN.LEFT
    return added
