"""Make ``board.pptx``, the template of board decks, from the theme: ``python templates/deck/make_template.py``.

All geometry is here and in no other place: decks are drawn into the placeholders. A 13.33 by 7.5 inch slide has
margins of 0.6 inches; titles, sources and footers stand at the same place on every content slide.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Inches

from cafcass_reports import theme
from cafcass_reports.exporters.deck.package import to_bytes

WIDTH, HEIGHT, MARGIN = 13.333, 7.5, 0.6
FULL = WIDTH - 2 * MARGIN
BESIDE = 0.6 * FULL  # an exhibit takes three fifths of the width, the text beside it the rest but for a gutter
GUTTER = 0.45
_MASTER_INDEX = {"body": "1", "ftr": "3", "sldNum": "4"}
MADE = datetime.datetime(2026, 1, 1)


@dataclass(frozen=True)
class Box:
    """A placeholder: name, type, place in inches, text size in points, scheme colour, weight and anchor."""

    name: str
    kind: str
    left: float
    top: float
    width: float
    height: float
    size: int
    colour: str = "tx1"
    bold: bool = False
    anchor: str = "t"
    align: str = "l"


@dataclass(frozen=True)
class Bar:
    """A rectangle of the layout itself, in inches."""

    left: float
    top: float
    width: float
    height: float
    colour: str


def _footers(colour: str = "accent6", left: float = MARGIN) -> tuple[Box, ...]:
    return (
        Box("Footer", "ftr", left, 6.96, WIDTH - MARGIN - left - 1.2, 0.3, 11, colour, anchor="ctr"),
        Box("Slide number", "sldNum", WIDTH - MARGIN - 1.0, 6.96, 1.0, 0.3, 11, colour, anchor="ctr", align="r"),
    )


_EDGE = Bar(0, 0, 0.16, HEIGHT, "tx2")
_RULE = Bar(MARGIN, 6.88, FULL, 0.01, "accent5")
_KICKER = Box("Kicker", "body", MARGIN, 0.4, FULL, 0.3, 14, "accent6", bold=True, anchor="b")
_TITLE = Box("Title", "title", MARGIN, 0.72, FULL, 0.9, 26, "tx2", bold=True)
_SUBTITLE = Box("Subtitle", "body", MARGIN, 1.66, FULL, 0.34, 16, "accent6")
_SOURCE = Box("Source", "body", MARGIN, 6.44, FULL, 0.34, 12, "accent6", anchor="b")
_HEAD = (_TITLE, _KICKER)
_TOP, _BOTTOM = 2.16, 6.38

_PANEL = 3.9


def _panel() -> tuple[str, tuple[Bar, ...], tuple[Box, ...]]:
    """Return a layout whose title stands in a dark panel and whose few lines have the rest to themselves."""
    left = _PANEL + 0.7
    return (
        "bg1",
        (Bar(0, 0, _PANEL, HEIGHT, "tx2"), Bar(MARGIN, 2.1, 0.9, 0.08, "accent2")),
        (
            Box("Title", "title", MARGIN, 2.4, _PANEL - MARGIN - 0.3, 3.4, 32, "bg1", bold=True),
            Box("Kicker", "body", MARGIN, 1.2, _PANEL - MARGIN - 0.3, 0.7, 14, "bg1", bold=True, anchor="b"),
            Box("Body", "body", left, 0.9, WIDTH - left - MARGIN, 5.7, 24, anchor="ctr"),
            *_footers(left=left),
        ),
    )


LAYOUTS: dict[str, tuple[str, tuple[Bar, ...], tuple[Box, ...]]] = {
    "Title": (
        "tx2",
        (Bar(0, 6.0, WIDTH, 1.5, "bg1"), Bar(MARGIN + 0.3, 2.1, 0.9, 0.08, "accent2")),
        (
            Box("Title", "ctrTitle", MARGIN + 0.3, 2.4, 11.4, 1.7, 40, "bg1", bold=True),
            Box("Kicker", "body", MARGIN + 0.3, 0.85, 11.2, 0.42, 18, "bg1", bold=True),
            Box("Subtitle", "body", MARGIN + 0.3, 4.2, 11.2, 0.95, 24, "bg1"),
            Box("Body", "body", MARGIN + 0.3, 6.25, 11.2, 0.95, 18, anchor="ctr"),
        ),
    ),
    "Agenda": _panel(),
    "Section": (
        "tx2",
        (Bar(MARGIN + 0.3, 2.1, 0.9, 0.08, "accent2"),),
        (
            Box("Title", "title", MARGIN + 0.3, 2.4, 11.2, 1.4, 40, "bg1", bold=True),
            Box("Kicker", "body", MARGIN + 0.3, 1.5, 11.2, 0.4, 18, "bg1", bold=True, anchor="b"),
            Box("Body", "body", MARGIN + 0.3, 4.0, 11.2, 2.6, 24, "bg1"),
            *_footers("bg1", MARGIN + 0.3),
        ),
    ),
    "Text": (
        "bg1",
        (_EDGE, _RULE),
        (
            *_HEAD,
            Box("Body", "body", MARGIN, 1.85, FULL, 4.55, 20),
            _SOURCE,
            *_footers(),
        ),
    ),
    "Exhibit": (
        "bg1",
        (_EDGE, _RULE),
        (
            *_HEAD,
            _SUBTITLE,
            Box("Exhibit", "obj", MARGIN, _TOP, FULL, _BOTTOM - _TOP, 16),
            _SOURCE,
            *_footers(),
        ),
    ),
    "Text and exhibit": (
        "bg1",
        (_EDGE, _RULE),
        (
            *_HEAD,
            _SUBTITLE,
            Box("Exhibit", "obj", MARGIN, _TOP, BESIDE, _BOTTOM - _TOP, 16),
            Box("Body", "body", MARGIN + BESIDE + GUTTER, _TOP, FULL - BESIDE - GUTTER, _BOTTOM - _TOP, 18),
            _SOURCE,
            *_footers(),
        ),
    ),
    "Closing": _panel(),
}


def _emu(inches: float) -> int:
    return int(Inches(inches))


def _frame(box: Box | Bar) -> str:
    return (
        f'<a:xfrm><a:off x="{_emu(box.left)}" y="{_emu(box.top)}"/>'
        f'<a:ext cx="{_emu(box.width)}" cy="{_emu(box.height)}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    )


def _bar(bar: Bar, number: int) -> Any:
    return parse_xml(
        f"<p:sp {nsdecls('p', 'a')}><p:nvSpPr>"
        f'<p:cNvPr id="{number}" name="Rule {number}"><a:extLst>'
        '<a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
        'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext>'
        "</a:extLst></p:cNvPr>"
        f'<p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr>{_frame(bar)}'
        f'<a:solidFill><a:schemeClr val="{bar.colour}"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr>'
        "<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:endParaRPr/></a:p></p:txBody></p:sp>"
    )


def _placeholder(box: Box, number: int) -> Any:
    index = {"title": "", "ctrTitle": "", "ftr": ' sz="quarter" idx="11"', "sldNum": ' sz="quarter" idx="12"'}
    kind = "" if box.kind == "obj" else f' type="{box.kind}"'
    place = index.get(box.kind, f' idx="{20 + number}"')
    text = "<a:r><a:rPr/><a:t>" + box.name + "</a:t></a:r>"
    if box.kind == "sldNum":
        text = '<a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum"><a:rPr/><a:t>‹#›</a:t></a:fld>'
    levels = "".join(
        f'<a:lvl{level}pPr marL="0" indent="0" algn="{box.align}"><a:buNone/>'
        f'<a:defRPr sz="{max(box.size - 2 * (level > 1), 11) * 100}" b="{int(box.bold)}"><a:solidFill>'
        f'<a:schemeClr val="{box.colour}"/></a:solidFill></a:defRPr></a:lvl{level}pPr>'
        for level in (1, 2, 3)
    )
    return parse_xml(
        f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="{number}" name="{box.name}"/>'
        f'<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph{kind}{place}/></p:nvPr></p:nvSpPr>'
        f"<p:spPr>{_frame(box)}</p:spPr>"
        f'<p:txBody><a:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="{box.anchor}">'
        f"<a:noAutofit/></a:bodyPr><a:lstStyle>{levels}</a:lstStyle><a:p>{text}</a:p></p:txBody></p:sp>"
    )


def _fill(slide: Any, background: str, bars: tuple[Bar, ...], boxes: tuple[Box, ...]) -> None:
    """Give a layout (or the master) its background and its shapes, in reading order."""
    content = slide._element.cSld
    old = content.find(qn("p:bg"))
    if old is not None:
        content.remove(old)
    content.insert(
        0,
        parse_xml(
            f'<p:bg {nsdecls("p", "a")}><p:bgPr><a:solidFill><a:schemeClr val="{background}"/></a:solidFill>'
            "<a:effectLst/></p:bgPr></p:bg>"
        ),
    )
    tree = content.spTree
    for shape in list(tree)[2:]:
        tree.remove(shape)
    for number, bar in enumerate(bars, start=2):
        tree.append(_bar(bar, number))
    for number, box in enumerate(boxes, start=2 + len(bars)):
        tree.append(_placeholder(box, number))


def _set_theme(presentation: Any, look: theme.Theme) -> None:
    """Write colours and fonts of ``theme.toml`` into the Office theme."""
    part = presentation.slide_master.part.part_related_by(RT.THEME)
    root = etree.fromstring(part.blob)
    space = {"a": "http://schemas.openxmlformats.org/drawingml/2006/main"}
    root.set("name", "Board papers")
    colour = look.colour
    series = colour.series
    scheme = {
        "dk1": colour.text,
        "lt1": "#FFFFFF",
        "dk2": colour.title,
        "lt2": colour.band,
        "accent1": series[0],
        "accent2": series[1],
        "accent3": series[2],
        "accent4": series[3],
        "accent5": colour.comparison,
        "accent6": colour.muted,
        "hlink": colour.improvement,
        "folHlink": series[2],
    }
    colours = root.find(".//a:clrScheme", space)
    colours.set("name", "Board papers")
    for name, value in scheme.items():
        slot = colours.find(f"a:{name}", space)
        for child in list(slot):
            slot.remove(child)
        etree.SubElement(slot, qn("a:srgbClr")).set("val", value.lstrip("#"))
    fonts = root.find(".//a:fontScheme", space)
    fonts.set("name", "Board papers")
    for kind in ("majorFont", "minorFont"):
        font = fonts.find(f"a:{kind}", space)
        for child in font.findall("a:font", space):
            font.remove(child)  # names of fonts for other scripts, which Office chooses well itself
        font.find("a:latin", space).set("typeface", look.font.office)
    part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _set_master(master: Any) -> None:
    boxes = (
        _TITLE,
        Box("Body", "body", MARGIN, 1.85, FULL, 4.75, 20),
        *_footers(),
    )
    _fill(master, "bg1", (), boxes)
    for shape in master.placeholders:
        mark = shape._element.nvSpPr.nvPr.find(qn("p:ph"))
        if mark.get("type") in _MASTER_INDEX:
            mark.set("idx", _MASTER_INDEX[mark.get("type")])
    styles = master._element.find(qn("p:txStyles"))
    for size in styles.find(qn("p:titleStyle")).iter(qn("a:defRPr")):
        size.set("sz", "2600")
    for properties in styles.find(qn("p:titleStyle")).iter(qn("a:lvl1pPr")):
        properties.set("algn", "l")


def make() -> bytes:
    """Return the template's bytes; equal for an equal theme."""
    presentation = Presentation()
    presentation.slide_width, presentation.slide_height = Inches(WIDTH), Inches(HEIGHT)
    presentation.part._element.find(qn("p:sldSz")).attrib.pop("type", None)
    _set_theme(presentation, theme.load())
    _set_master(presentation.slide_master)
    layouts = list(presentation.slide_layouts)
    for layout in layouts[len(LAYOUTS) :]:
        presentation.slide_layouts.remove(layout)
    for layout, (name, (background, bars, boxes)) in zip(layouts, LAYOUTS.items(), strict=False):
        layout._element.attrib.pop("type", None)
        layout._element.set("preserve", "1")
        layout._element.set("userDrawn", "1")
        layout._element.cSld.set("name", name)
        _fill(layout, background, bars, boxes)
    for owner, kind in ((presentation.part, RT.PRINTER_SETTINGS), (presentation.part.package, RT.THUMBNAIL)):
        for key, relationship in list(owner._rels.items()):
            if relationship.reltype == kind:
                owner._rels.pop(key)
    properties = presentation.core_properties
    properties.title, properties.author = "Board papers", "cafcass_reports"
    properties.last_modified_by, properties.comments = "cafcass_reports", ""
    properties.created = properties.modified = MADE
    return to_bytes(presentation, MADE)


if __name__ == "__main__":
    Path(__file__).with_name("board.pptx").write_bytes(make())
