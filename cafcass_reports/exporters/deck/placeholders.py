"""A layout's placeholders as PowerPoint shows them: what a layout leaves out comes from its master."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pptx.enum.shapes import PP_PLACEHOLDER as TYPE
from pptx.slide import SlideLayout, SlideMaster

from cafcass_reports.exporters.deck.names import qn
from cafcass_reports.exporters.deck.slots import Box, Insets, Slot

TITLES = frozenset({TYPE.TITLE, TYPE.CENTER_TITLE})
TEXTS = frozenset({TYPE.BODY, TYPE.OBJECT, TYPE.SUBTITLE})
CONTENTS = TEXTS | {TYPE.CHART, TYPE.TABLE, TYPE.PICTURE, TYPE.BITMAP, TYPE.ORG_CHART, TYPE.MEDIA_CLIP}
_POINT = 12_700  # in EMU
_INSETS = {"lIns": 7.2, "tIns": 3.6, "rIns": 7.2, "bIns": 3.6}  # points, of a text body that says none
_STYLES = {TYPE.TITLE: "p:titleStyle", TYPE.CENTER_TITLE: "p:titleStyle"}


@dataclass(frozen=True)
class Placeholder:
    """A placeholder of a layout, with its name, type and place."""

    name: str
    type: TYPE
    slot: Slot

    @property
    def area(self) -> float:
        """Its area in square points."""
        return self.slot.box.width * self.slot.box.height


@dataclass(frozen=True)
class NamedLayout:
    """A layout under a name that no other of its master has, with its placeholders from top to bottom.

    Placeholders without a place, and those of upright text, are left out.
    """

    name: str
    layout: SlideLayout
    placeholders: tuple[Placeholder, ...]

    @property
    def type(self) -> str:
        """What PowerPoint says it is for, such as ``titleOnly``; empty where it does not say."""
        return str(self.layout._element.get("type") or "")


def layouts(master: SlideMaster) -> tuple[NamedLayout, ...]:
    """Return the layouts of a master in their order.

    One without a name is called by its place; of those that are called alike, the later ones bear a number.
    """
    inherited = _by_type(master)
    named: list[NamedLayout] = []
    for place, layout in enumerate(master.slide_layouts, start=1):
        name = layout.name.strip() or f"Layout {place}"
        alike = sum(name in (each.name, each.layout.name.strip()) for each in named)
        named.append(NamedLayout(f"{name} ({alike + 1})" if alike else name, layout, _placeholders(layout, inherited)))
    return tuple(named)


def _by_type(master: SlideMaster) -> dict[TYPE, Any]:
    """Return a master's placeholders as elements, the first of each type."""
    listed: Any = master.placeholders
    return {shape.placeholder_format.type: shape._element for shape in reversed(list(listed))}


def _placeholders(layout: SlideLayout, inherited: dict[TYPE, Any]) -> tuple[Placeholder, ...]:
    listed: Any = layout.placeholders  # typed by python-pptx so that nothing may iterate over it
    found = [_read(layout, shape, inherited) for shape in listed if _level(shape)]
    placed = [each for each in found if each and each.slot.box.width > 0 and each.slot.box.height > 0]
    return tuple(sorted(placed, key=lambda each: (each.slot.box.top, each.slot.box.left)))


def _level(shape: Any) -> bool:
    return bool(shape._element.xpath(".//p:ph")[0].get("orient", "horz") == "horz")


def _read(layout: SlideLayout, shape: Any, inherited: dict[TYPE, Any]) -> Placeholder | None:
    sides = (shape.left, shape.top, shape.width, shape.height)
    if any(side is None for side in sides):
        return None
    left, top, width, height = (side / _POINT for side in sides)
    kind: TYPE = shape.placeholder_format.type
    lineage = [shape._element, *_ancestor(inherited, kind)]
    insets = Insets(*(_inset(lineage, name) for name in ("lIns", "tIns", "rIns", "bIns")))
    inner = Box(
        left + insets.left, top + insets.top, width - insets.left - insets.right, height - insets.top - insets.bottom
    )
    anchor = next((body.get("anchor") for body in _bodies(lineage) if body.get("anchor")), "t")
    slot = Slot(
        shape.placeholder_format.idx,
        inner,
        _size(layout, lineage, kind),
        insets,
        anchor == "t",
        _capitals(layout, lineage, kind),
        inner,
    )
    return Placeholder(shape.name, kind, slot)


def _ancestor(inherited: dict[TYPE, Any], kind: TYPE) -> list[Any]:
    """Return the master's placeholder that one of the layout takes after, where there is one."""
    wanted = TYPE.TITLE if kind in TITLES else TYPE.BODY if kind in CONTENTS else kind
    return [inherited[wanted]] if wanted in inherited else []


def _bodies(lineage: list[Any]) -> list[Any]:
    return [body for element in lineage for body in element.iter(qn("a:bodyPr"))]


def _inset(lineage: list[Any], name: str) -> float:
    said = next((body.get(name) for body in _bodies(lineage) if body.get(name)), None)
    return int(said) / _POINT if said else _INSETS[name]


def _size(layout: SlideLayout, lineage: list[Any], kind: TYPE) -> float:
    """Return the size of a placeholder's text in points: its own, its master's, that of the master's styles."""
    sizes = _said(layout, lineage, kind, "sz")
    return int(sizes[0]) / 100 if sizes else 18.0


def _capitals(layout: SlideLayout, lineage: list[Any], kind: TYPE) -> bool:
    return _said(layout, lineage, kind, "cap")[:1] in (["all"], ["small"])


def _said(layout: SlideLayout, lineage: list[Any], kind: TYPE, name: str) -> list[str]:
    """Return what a placeholder's styles say of its text, the one in force first."""
    found = [value for element in lineage for value in element.xpath(f".//a:lstStyle/a:lvl1pPr/a:defRPr/@{name}")]
    style = _STYLES.get(kind, "p:bodyStyle" if kind in CONTENTS else "p:otherStyle")
    master: Any = layout.slide_master._element
    return [*found, *master.xpath(f"p:txStyles/{style}/a:lvl1pPr/a:defRPr/@{name}")]


def title_fill(layout: SlideLayout) -> Any:
    """Return the fill element of the title's text on a layout with a ground of its own, on which it can be read.

    ``None`` where the ground is the master's, on which the theme's own text colour can be read.
    """
    given: Any = layout._element
    if given.cSld.find(qn("p:bg")) is None and given.get("type") not in ("title", "secHead"):
        return None
    listed: Any = layout.placeholders
    titles = [shape._element for shape in listed if shape.placeholder_format.type in TITLES]
    lineage = [*titles, *_ancestor(_by_type(layout.slide_master), TYPE.TITLE)]
    fills = [fill for element in lineage for fill in element.xpath(".//a:lstStyle/a:lvl1pPr/a:defRPr/a:solidFill")]
    master: Any = layout.slide_master._element
    fills += master.xpath("p:txStyles/p:titleStyle/a:lvl1pPr/a:defRPr/a:solidFill")
    return fills[0] if fills else None
