"""Pages drawn into a template: a document in, the bytes of a PowerPoint file out."""

from __future__ import annotations

import copy
import datetime
import uuid
from pathlib import Path
from typing import Any

from pptx.enum.text import MSO_AUTO_SIZE
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.presentation import Presentation
from pptx.util import Pt

from cafcass_reports import theme
from cafcass_reports.exhibits.payload import ChartPayload, PaperPayload
from cafcass_reports.exporters.characters import clean
from cafcass_reports.exporters.deck import body, charts, pictures, tables, template
from cafcass_reports.exporters.deck.colours import rgb
from cafcass_reports.exporters.deck.layout import Page, Placed, Text, arrange
from cafcass_reports.exporters.deck.package import LANGUAGE, to_bytes
from cafcass_reports.exporters.deck.story import marks, tell
from cafcass_reports.exporters.deck.template import Box, Frame, Role, Slot
from cafcass_reports.exporters.document import Document

_UNDATED = datetime.datetime(2000, 1, 1)  # a notebook that is not ours says no date, and its deck stays the same
_NAME_LENGTH = 80


def draw(document: Document, path: Path | None = None) -> bytes:
    """Draw a paper as a slide deck with native, editable charts and tables.

    Parameters
    ----------
    document
        The paper.
    path
        A template (``.pptx`` with a mapping of the same name, ``.toml``); the shipped one where it is ``None``.

    Returns
    -------
    bytes
        The deck; the same for the same document and template.

    Raises
    ------
    ExportError
        Where the template does not hold what its mapping says, a picture cannot be read, or the date is not one.

    Examples
    --------
    >>> deck = draw(Document(title="Board report", paper=None, sections=()))
    >>> deck[:2]
    b'PK'
    """
    opened = template.read(path or template.board())
    presentation = opened.presentation
    pages = arrange(tell(document), opened)
    paper = document.paper
    dated = datetime.datetime.fromisoformat(paper.dated) if paper else _UNDATED
    for page in pages:
        _draw_page(presentation, page, opened.frames[page.kind], document.paper)
    _add_sections(presentation, pages)
    _set_properties(presentation, document, dated)
    return to_bytes(presentation, dated)


def _draw_page(presentation: Presentation, page: Page, frame: Frame, paper: PaperPayload | None) -> None:
    slide: Any = presentation.slides.add_slide(frame.layout)
    placeholders = {shape.placeholder_format.idx: shape for shape in slide.placeholders}
    for role, text in page.texts.items():
        shape = placeholders.pop(frame.slots[role].index)
        _write_text(shape, text, role)
        _move(shape, text.box, frame.slots[role])
    order = [slide.shapes.title._element]
    order += [
        placeholder._element
        for role in (Role.KICKER, Role.SUBTITLE)
        if role in page.texts
        for placeholder in (_at(slide, frame.slots[role]),)
    ]
    for number, placed in enumerate(page.exhibits, start=1):
        order += _draw_exhibit(slide, placed, number)
    if page.body and page.body_box:
        shape = placeholders.pop(frame.slots[Role.BODY].index)
        shape.name = "Text"
        body.write(shape.text_frame, page.body)
        _move(shape, page.body_box, frame.slots[Role.BODY])
        order.append(shape._element)
    if Role.SOURCE in page.texts:
        order.append(_at(slide, frame.slots[Role.SOURCE])._element)
    for unused in placeholders.values():
        unused._element.getparent().remove(unused._element)
    order += _draw_footers(slide, frame, paper)
    for element in order:  # the order of shapes is the order in which they are read aloud
        slide.shapes._spTree.append(element)
    if page.notes:
        slide.notes_slide.notes_text_frame.text = clean("\n".join(page.notes))


def _at(slide: Any, slot: Slot) -> Any:
    return next(shape for shape in slide.placeholders if shape.placeholder_format.idx == slot.index)


def _write_text(shape: Any, text: Text, role: Role) -> None:
    shape.name = role.capitalize()
    # A note and a source have a line each; elsewhere a line feed would be a paragraph that nobody made room for.
    shape.text_frame.text = text.text if role is Role.SOURCE else text.text.replace("\n", " ")
    for paragraph in shape.text_frame.paragraphs:
        for run in paragraph.runs:
            run.font.size = Pt(text.size)


def _move(shape: Any, box: Box, slot: Slot) -> None:
    """Place a shape where it differs from its layout, so that others still follow the template."""
    if box != slot.box:
        shape.left, shape.top, shape.width, shape.height = _emu(box)


def _emu(box: Box) -> tuple[int, int, int, int]:
    return Pt(box.left), Pt(box.top), Pt(box.width), Pt(box.height)


def _draw_exhibit(slide: Any, placed: Placed, number: int) -> list[Any]:
    """Draw an exhibit with its heading; return their elements in reading order."""
    elements = []
    if placed.heading:
        heading = slide.shapes.add_textbox(*_emu(placed.heading.box))
        heading.name = f"Heading {number}"
        _write_heading(heading.text_frame, placed.heading)
        elements.append(heading._element)
    drawing, box = placed.drawing, placed.box
    if isinstance(drawing, tables.Part):
        shape = tables.draw(slide.shapes, drawing, box)
    elif isinstance(drawing, ChartPayload):
        shape = charts.draw(slide.shapes, drawing, box, placed.shared)
    else:
        shape = pictures.draw(slide, drawing, box)
    shape.name = placed.name[:_NAME_LENGTH]
    shape._element.xpath(".//p:cNvPr")[0].set("descr", placed.alt)
    return [*elements, shape._element]


def _write_heading(frame: Any, text: Text) -> None:
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.text = text.text
    for run in frame.paragraphs[0].runs:
        run.font.size, run.font.bold = Pt(text.size), True
        run.font.color.rgb = rgb(theme.load().colour.neutral)


def _draw_footers(slide: Any, frame: Frame, paper: PaperPayload | None) -> list[Any]:
    """Copy footer and slide number from the layout, which ``add_slide`` leaves behind."""
    elements = []
    for role in (Role.FOOTER, Role.NUMBER):
        if role not in frame.slots or (role is Role.FOOTER and paper is None):
            continue
        listed: Any = frame.layout.placeholders
        original = next(shape for shape in listed if shape.placeholder_format.idx == frame.slots[role].index)
        element = copy.deepcopy(original._element)
        slide.shapes._spTree.append(element)
        shape = next(shape for shape in slide.placeholders if shape._element is element)
        shape._element.nvSpPr.cNvPr.set("id", str(max(other.shape_id for other in slide.shapes) + 1))
        element.spPr.clear()
        if role is Role.FOOTER and paper is not None:
            text = clean(" · ".join((paper.classification, paper.area, *marks(paper))))
            slot = frame.slots[role]
            shape.text_frame.text = body.shorten(text, slot.size, slot.box.width, 1)
        elements.append(element)
    return elements


def _add_sections(presentation: Presentation, pages: tuple[Page, ...]) -> None:
    """Group the slides under the paper's sections, as PowerPoint shows them beside the slides."""
    root: Any = presentation.part._element
    ids = [element.get("id") for element in root.sldIdLst]
    groups: list[tuple[str, list[str]]] = []
    for page, key in zip(pages, ids, strict=True):
        name = page.section or "Opening"
        if not groups or groups[-1][0] != name:
            groups.append((name, []))
        groups[-1][1].append(key)
    space = "http://schemas.microsoft.com/office/powerpoint/2010/main"
    extension = parse_xml(
        '<p:ext xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
        f'uri="{{521415D9-36F7-43E2-AB2F-B90AF26B5E84}}"><p14:sectionLst xmlns:p14="{space}"/></p:ext>'
    )
    for number, (name, keys) in enumerate(groups):
        identity = str(uuid.uuid5(uuid.NAMESPACE_OID, f"{number} {name}")).upper()
        section = extension[0].makeelement(f"{{{space}}}section", {"name": name, "id": f"{{{identity}}}"})
        listed = section.makeelement(f"{{{space}}}sldIdLst", {})
        listed.extend(listed.makeelement(f"{{{space}}}sldId", {"id": key}) for key in keys)
        section.append(listed)
        extension[0].append(section)
    extensions = root.find(qn("p:extLst"))
    if extensions is None:
        extensions = root.makeelement(qn("p:extLst"), {})
        root.append(extensions)
    extensions.insert(0, extension)


def _set_properties(presentation: Presentation, document: Document, dated: datetime.datetime) -> None:
    properties = presentation.core_properties
    paper = document.paper
    properties.title = clean(document.title)[:255]
    properties.author = properties.last_modified_by = clean(paper.organisation)[:255] if paper else ""
    properties.subject = clean(f"{paper.area}, {paper.period}")[:255] if paper else ""
    properties.keywords = clean(", ".join((paper.classification, *marks(paper))))[:255] if paper else ""
    properties.comments = ""
    properties.language = LANGUAGE
    properties.revision = 1
    properties.created = properties.modified = dated
