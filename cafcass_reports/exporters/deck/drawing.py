"""Pages drawn into a template: a document in, the bytes of a PowerPoint file out."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml import parse_xml
from pptx.presentation import Presentation
from pptx.util import Pt

from cafcass_reports import theme
from cafcass_reports.exhibits.payload import ChartForm, ChartPayload, ControlPayload, PaperPayload
from cafcass_reports.exporters.characters import clean
from cafcass_reports.exporters.deck import (
    binding,
    body,
    brand,
    charts,
    control,
    identity,
    multiples,
    numbers,
    panels,
    pictures,
    places,
    shapes,
    tablefit,
    tables,
    template,
)
from cafcass_reports.exporters.deck.layout import Page, Placed, arrange
from cafcass_reports.exporters.deck.names import qn
from cafcass_reports.exporters.deck.package import LANGUAGE, count_parts, to_bytes
from cafcass_reports.exporters.deck.story import marks, tell
from cafcass_reports.exporters.deck.surroundings import Text
from cafcass_reports.exporters.deck.template import Frame, Role, Template
from cafcass_reports.exporters.tree import Binder, Document, PictureBlock

_UNDATED = datetime.datetime(2000, 1, 1)  # a notebook that is not ours says no date, and its deck stays the same
_NAME_LENGTH = 120
_JUMP = "ppaction://hlinksldjump"


def draw(document: Document, path: Path | None = None) -> bytes:
    """Draw a paper as a slide deck with native, editable charts and tables.

    Parameters
    ----------
    document
        The paper.
    path
        A template (``.pptx`` or ``.potx``, perhaps with a mapping of the same name, ``.toml``); the shipped one where
        it is ``None``.

    Returns
    -------
    bytes
        The deck; the same for the same document and template.

    Raises
    ------
    ExportError
        Where the template cannot be used or does not hold what its mapping says, a picture cannot be read, or the date
        is not one.

    Examples
    --------
    >>> deck = draw(Document(title="Board report", paper=None, sections=()))
    >>> deck[:2]
    b'PK'
    """
    opened = template.read(path or template.board())
    count_parts(opened.presentation)
    for page in (pages := arrange(tell(document), opened)):
        _draw_page(opened, page, _footer(document.paper))
    _add_sections(opened.presentation, [page.section for page in pages])
    return _finished(opened.presentation, document, identity.keys(("", page) for page in pages))


def draw_binder(binder: Binder, path: Path | None = None) -> bytes:
    """Draw papers as one slide deck: a title, a list of contents that leads to each paper, and their slides in order.

    A paper's own title slide divides it from the one before. Slide numbers run through, footers are each paper's own,
    and PowerPoint's sections bear the paper's name before their own.

    Parameters
    ----------
    binder
        The papers, in order.
    path
        As for :func:`draw`.

    Returns
    -------
    bytes
        The deck; the same for the same binder and template.

    Raises
    ------
    ExportError
        As for :func:`draw`.
    """
    opened = template.read(path or template.board())
    count_parts(opened.presentation)
    bound = binding.bind(binder, opened)
    for leaf in bound.leaves:
        _draw_page(opened, leaf.page, _footer(leaf.document.paper))
    _link_contents(opened.presentation, bound)
    _add_sections(opened.presentation, [leaf.section for leaf in bound.leaves])
    keys = identity.keys((leaf.paper, leaf.page) for leaf in bound.leaves)
    return _finished(opened.presentation, binding.together(binder), keys)


def _finished(presentation: Presentation, document: Document, keys: Sequence[str]) -> bytes:
    paper = document.paper
    dated = datetime.datetime.fromisoformat(paper.dated) if paper else _UNDATED
    _set_properties(presentation, document, dated)
    brand.follow_theme(presentation)
    identity.stamp(presentation, document.title, paper, keys)
    return to_bytes(presentation, dated)


def _draw_page(opened: Template, page: Page, footer: str) -> None:
    frame = opened.frames[page.kind]
    slide, unused = places.add_slide(opened.presentation, frame)
    told = {}
    for role, text in page.texts.items():
        told[role] = places.shape(slide, frame, role, unused)
        _write_text(told[role], text, role)
        places.settle(told[role], text.box, frame, role)
    order = [told[role]._element for role in (Role.TITLE, Role.KICKER, Role.SUBTITLE) if role in told]
    words = []
    if page.rule:
        rule = shapes.decoration(slide.shapes, page.rule, theme.load().colour.series[1], "Rule")
        words.append(rule._element)
    if page.body and page.body_box:
        shape = places.shape(slide, frame, Role.BODY, unused)
        shape.name = "Text"
        body.write(shape.text_frame, page.body)
        places.settle(shape, page.body_box, frame, Role.BODY)
        words.append(shape._element)
    exhibits = []
    for number, placed in enumerate(page.exhibits, start=1):
        exhibits += _draw_exhibit(slide, placed, number)
    order += [*words, *exhibits] if _is_above(page) else [*exhibits, *words]
    if Role.SOURCE in told:
        order.append(told[Role.SOURCE]._element)
    for left in unused.values():
        left._element.getparent().remove(left._element)
    order += _draw_footers(slide, frame, footer)
    for element in order:  # the order of shapes is the order in which they are read aloud
        slide.shapes._spTree.append(element)
    if page.notes:
        places.add_notes(slide, clean("\n".join(page.notes)), opened.blank_notes)


def _is_above(page: Page) -> bool:
    """Tell whether a page's words stand above its exhibits, and are read before them."""
    words = page.body_box
    return words is not None and all(placed.box.top > words.top for placed in page.exhibits)


def _write_text(shape: Any, text: Text, role: Role) -> None:
    shape.name = role.capitalize()
    # A note and a source have a line each; elsewhere a line feed would be a paragraph that nobody made room for.
    shape.text_frame.text = text.text if role is Role.SOURCE else text.text.replace("\n", " ")
    for paragraph in shape.text_frame.paragraphs:
        for run in paragraph.runs:
            run.font.size = Pt(text.size)


def _draw_exhibit(slide: Any, placed: Placed, number: int) -> list[Any]:
    """Draw an exhibit with its heading; return their elements in reading order."""
    elements = []
    if placed.heading:
        look = theme.load().colour
        heading = shapes.text_box(slide.shapes, placed.heading.box, f"Heading {number}")
        shapes.write(
            heading.text_frame.paragraphs[0], placed.heading.text, placed.heading.size, look.neutral, bold=True
        )
        elements.append(heading._element)
    drawing, box = placed.drawing, placed.box
    match drawing:
        case numbers.Tiles():
            return [shape._element for shape in numbers.draw(slide.shapes, drawing)]
        case ControlPayload():
            return [shape._element for shape in control.draw(slide.shapes, drawing, box)]
        case panels.Part():
            return [shape._element for shape in panels.draw(slide.shapes, drawing)]
        case tablefit.Part():
            shape = tables.draw(slide.shapes, drawing, box)
        case ChartPayload(form=ChartForm.MULTIPLES):
            return [*elements, *(shape._element for shape in multiples.draw(slide.shapes, drawing, box))]
        case ChartPayload():
            shape = charts.draw(slide.shapes, drawing, box, placed.shared)
        case PictureBlock():
            shape = pictures.draw(slide, drawing, box)
    shape.name = placed.name[:_NAME_LENGTH]
    shape._element.xpath(".//p:cNvPr")[0].set("descr", placed.alt)
    return [*elements, shape._element]


def _footer(paper: PaperPayload | None) -> str:
    return clean(" · ".join((paper.classification, paper.area, *marks(paper)))) if paper else ""


def _draw_footers(slide: Any, frame: Frame, footer: str) -> list[Any]:
    """Draw footer and slide number, which ``add_slide`` leaves behind."""
    elements = []
    for role in (Role.FOOTER, Role.NUMBER):
        if role not in frame.slots or (role is Role.FOOTER and not footer):
            continue
        slot = frame.slots[role]
        shape = places.number(slide, frame) if role is Role.NUMBER else places.shape(slide, frame, role, {})
        if role is Role.FOOTER:
            places.write(shape, body.shorten(footer, slot.size, slot.box.width, 1), slot)
        places.settle(shape, slot.box, frame, role)
        elements.append(shape._element)
    return elements


def _link_contents(presentation: Presentation, bound: binding.Bound) -> None:
    """Let each entry of a binder's list of contents lead to the first slide of its paper."""
    slides: Any = list(presentation.slides)
    entries = [
        (slide, row)
        for slide in slides[1 : 1 + bound.contents]
        for shape in slide.shapes
        if shape.has_table
        for row in list(shape.table.rows)[1:]
    ]
    for (slide, row), start in zip(entries, bound.starts, strict=True):
        key = slide.part.relate_to(slides[start].part, RT.SLIDE)
        for run in row._tr.iter(qn("a:rPr")):
            run.add_hlinkClick(key).set("action", _JUMP)


def _add_sections(presentation: Presentation, named: Sequence[str]) -> None:
    """Group the slides under the sections named for each, as PowerPoint shows them beside the slides."""
    root: Any = presentation.part._element
    ids = [element.get("id") for element in root.sldIdLst]
    groups: list[tuple[str, list[str]]] = []
    for given, key in zip(named, ids, strict=True):
        name = clean(given) or "Opening"
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
