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
    presentation: Any = Presentation()
    given = io.BytesIO()
    presentation.save(given)
    other: Any = Presentation(given)
    part = other.slide_master.part
    package = presentation.part.package
    for number, each in enumerate([part, *(layout.part for layout in other.slide_layouts)]):
        kind = "slideMasters/slideMaster" if each is part else "slideLayouts/slideLayout"
        each.partname = PackURI(f"/ppt/{kind}{50 + number}.xml")
        each._package = package
    part.part_related_by(RT.THEME).partname = PackURI("/ppt/theme/theme50.xml")
    key = presentation.part.relate_to(part, RT.SLIDE_MASTER)
    masters = presentation.part._element.find(qn("p:sldMasterIdLst"))
    second = copy.deepcopy(masters[0])
    second.set(qn("r:id"), key)
    second.set("id", "2147484000")
    masters.append(second)
    for number, layout in enumerate(part._element.find(qn("p:sldLayoutIdLst"))):
        layout.set("id", str(2147484001 + number))
    _keep(presentation, "Blank")
    return _saved(presentation, folder / "two-masters.pptx")


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
)
