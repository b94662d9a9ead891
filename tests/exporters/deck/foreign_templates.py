"""Templates as other organisations have them, made from python-pptx's own."""

from __future__ import annotations

import copy
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.packuri import PackURI
from pptx.oxml.ns import qn
from pptx.util import Inches

_MAIN = b"presentationml.presentation.main+xml"
GERMAN = {
    "Title Slide": "Titelfolie",
    "Title and Content": "Titel und Inhalt",
    "Section Header": "Abschnittsüberschrift",
    "Two Content": "Zwei Inhalte",
}


def _saved(presentation: Any, path: Path) -> Path:
    presentation.save(path)
    return path


def _keep(presentation: Any, *names: str) -> None:
    for layout in list(presentation.slide_layouts):
        if layout.name not in names:
            presentation.slide_layouts.remove(layout)


def _take_out(owner: Any, *types: str) -> None:
    for mark in owner._element.xpath(".//p:sp[p:nvSpPr/p:nvPr/p:ph]"):
        if mark.xpath("./p:nvSpPr/p:nvPr/p:ph/@type")[:1] in [[kind] for kind in types]:
            mark.getparent().remove(mark)


def four_to_three(folder: Path) -> Path:
    return _saved(Presentation(), folder / "four-to-three.pptx")


def wide(folder: Path) -> Path:
    """16:9 at 10 by 5.625 inches, as many older templates are: everything is placed anew."""
    presentation = Presentation()
    factor = 5.625 / 7.5
    presentation.slide_height = Inches(5.625)
    for owner in (presentation.slide_master, *presentation.slide_layouts):
        for box in owner._element.iter(qn("a:off"), qn("a:ext")):
            for side in ("y", "cy"):
                if box.get(side):
                    box.set(side, str(int(int(box.get(side)) * factor)))
    return _saved(presentation, folder / "wide.pptx")


def potx(folder: Path) -> Path:
    saved = io.BytesIO()
    Presentation().save(saved)
    path = folder / "organisation.potx"
    with zipfile.ZipFile(saved) as given, zipfile.ZipFile(path, "w") as new:
        for name in given.namelist():
            content = given.read(name)
            if name == "[Content_Types].xml":
                content = content.replace(_MAIN, _MAIN.replace(b"presentation.main", b"template.main"))
            new.writestr(name, content)
    return path


def without_footers(folder: Path) -> Path:
    presentation = Presentation()
    for owner in (presentation.slide_master, *presentation.slide_layouts):
        _take_out(owner, "ftr", "sldNum", "dt")
    return _saved(presentation, folder / "no-footers.pptx")


def in_german(folder: Path) -> Path:
    presentation = Presentation()
    _keep(presentation, *GERMAN)
    for layout in presentation.slide_layouts:
        layout._element.cSld.set("name", GERMAN[layout.name])
        for number, shape in enumerate(layout.placeholders, start=1):
            shape._element.nvSpPr.cNvPr.set("name", f"Platzhalter {number}")
    return _saved(presentation, folder / "deutsch.pptx")


def blank_only(folder: Path) -> Path:
    presentation = Presentation()
    _keep(presentation, "Blank")
    _take_out(presentation.slide_layouts[0], "ftr", "sldNum", "dt")
    return _saved(presentation, folder / "blank.pptx")


def title_only(folder: Path) -> Path:
    presentation = Presentation()
    _keep(presentation, "Title Only")
    return _saved(presentation, folder / "title-only.pptx")


def with_slides(folder: Path) -> Path:
    """A deck of last year used as a template: its slides, with a section that names them."""
    presentation = Presentation()
    for number in range(3):
        presentation.slides.add_slide(presentation.slide_layouts[1]).shapes.title.text = f"Last year's slide {number}"
    return _saved(presentation, folder / "last-year.pptx")


def two_masters(folder: Path) -> Path:
    """A second master, whose layouts are copies of the first one's; the first keeps a blank layout only."""
    presentation = Presentation()
    _add_master(presentation, 1)
    _keep(presentation, "Blank")
    return _saved(presentation, folder / "two-masters.pptx")


def many_masters(folder: Path) -> Path:
    """Four masters, each but the first with every layout."""
    presentation = Presentation()
    for number in range(1, 4):
        _add_master(presentation, number)
    _keep(presentation, "Blank")
    return _saved(presentation, folder / "many-masters.pptx")


def _add_master(presentation: Any, number: int) -> None:
    """Add python-pptx's own master with its layouts, under names and ids that nothing else has."""
    other: Any = Presentation()
    part = other.slide_master.part
    for place, each in enumerate([part, *(layout.part for layout in other.slide_layouts)]):
        kind = "slideMasters/slideMaster" if each is part else "slideLayouts/slideLayout"
        each.partname = PackURI(f"/ppt/{kind}{50 * number + place}.xml")
        each._package = presentation.part.package
    part.part_related_by(RT.THEME).partname = PackURI(f"/ppt/theme/theme{50 * number}.xml")
    masters = presentation.part._element.find(qn("p:sldMasterIdLst"))
    added = copy.deepcopy(masters[0])
    added.set(qn("r:id"), presentation.part.relate_to(part, RT.SLIDE_MASTER))
    first = 2147484000 + 50 * number
    added.set("id", str(first))
    masters.append(added)
    for place, layout in enumerate(part._element.find(qn("p:sldLayoutIdLst")), start=1):
        layout.set("id", str(first + place))


def without_titles(folder: Path) -> Path:
    presentation = Presentation()
    for owner in (presentation.slide_master, *presentation.slide_layouts):
        _take_out(owner, "title", "ctrTitle")
    return _saved(presentation, folder / "no-titles.pptx")


def without_bodies(folder: Path) -> Path:
    """Covers and titles, and nothing that takes a text or an exhibit."""
    presentation = Presentation()
    _keep(presentation, "Title Slide", "Section Header", "Title Only")
    for layout in presentation.slide_layouts:
        _take_out(layout, "body", "subTitle")
    return _saved(presentation, folder / "no-bodies.pptx")


def portrait(folder: Path) -> Path:
    """A4 upright, with its placeholders squeezed to the width."""
    presentation = Presentation()
    factor = 7.5 / 10
    presentation.slide_width, presentation.slide_height = Inches(7.5), Inches(10)
    for owner in (presentation.slide_master, *presentation.slide_layouts):
        for box in owner._element.iter(qn("a:off"), qn("a:ext")):
            for side in ("x", "cx"):
                if box.get(side):
                    box.set(side, str(int(int(box.get(side)) * factor)))
    return _saved(presentation, folder / "portrait.pptx")


def unnamed(folder: Path) -> Path:
    """Layouts without a name or a type, as some programs write them."""
    presentation = Presentation()
    for layout in presentation.slide_layouts:
        layout._element.cSld.set("name", "")
        layout._element.attrib.pop("type", None)
    return _saved(presentation, folder / "unnamed.pptx")


def same_names(folder: Path) -> Path:
    """Every layout is called alike, with characters that XML and TOML must escape."""
    presentation = Presentation()
    for layout in presentation.slide_layouts:
        layout._element.cSld.set("name", 'Ours & "theirs" <2021>')
    return _saved(presentation, folder / "same-names.pptx")


def pictures_and_tables(folder: Path) -> Path:
    """Placeholders that take only a picture, a table or a chart."""
    presentation = Presentation()
    _keep(presentation, "Title Slide", "Title and Content", "Two Content", "Picture with Caption")
    kinds = iter(("tbl", "chart", "pic"))
    for layout in presentation.slide_layouts:
        for mark in layout._element.xpath(".//p:nvPr/p:ph[@idx and not(@type)]"):
            mark.set("type", next(kinds))
    return _saved(presentation, folder / "pictures-and-tables.pptx")


def vertical_only(folder: Path) -> Path:
    """Layouts for scripts that run downwards."""
    presentation = Presentation()
    _keep(presentation, "Title and Vertical Text", "Vertical Title and Text")
    return _saved(presentation, folder / "vertical.pptx")


def without_places(folder: Path) -> Path:
    """Neither layouts nor master say where their placeholders stand."""
    presentation = Presentation()
    for owner in (presentation.slide_master, *presentation.slide_layouts):
        for frame in owner._element.xpath(".//p:sp[p:nvSpPr/p:nvPr/p:ph]/p:spPr/a:xfrm"):
            frame.getparent().remove(frame)
    return _saved(presentation, folder / "no-places.pptx")


def dark(folder: Path) -> Path:
    """White on black: the master takes its ground from the dark colours of the theme."""
    presentation = Presentation()
    colours = presentation.slide_master._element.find(qn("p:clrMap"))
    for light, deep in (("bg1", "tx1"), ("bg2", "tx2")):
        colours.set(light, deep.replace("tx", "dk"))
        colours.set(deep, light.replace("bg", "lt"))
    return _saved(presentation, folder / "dark.pptx")


TEMPLATES: tuple[Callable[[Path], Path], ...] = (
    four_to_three,
    wide,
    potx,
    without_footers,
    in_german,
    blank_only,
    title_only,
    with_slides,
    two_masters,
    many_masters,
    without_titles,
    without_bodies,
    portrait,
    unnamed,
    same_names,
    pictures_and_tables,
    vertical_only,
    without_places,
    dark,
)
