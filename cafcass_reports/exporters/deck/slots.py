"""What a slide is made of: kinds of slide, parts of a slide, and the places that a layout has for them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from pptx.oxml.slide import CT_Slide
from pptx.shapes.shapetree import SlideShapes
from pptx.slide import SlideLayout


class Kind(StrEnum):
    """The kinds of slide that there are."""

    TITLE = "title"
    AGENDA = "agenda"
    SECTION = "section"
    TEXT = "text"
    EXHIBIT = "exhibit"
    TEXT_AND_EXHIBIT = "text_and_exhibit"
    CLOSING = "closing"


class Role(StrEnum):
    """The parts of a slide."""

    TITLE = "title"
    KICKER = "kicker"
    SUBTITLE = "subtitle"
    EXHIBIT = "exhibit"
    BODY = "body"
    SOURCE = "source"
    FOOTER = "footer"
    NUMBER = "number"


@dataclass(frozen=True)
class Box:
    """A place on a slide, in points."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.top + self.height

    def raised(self, rise: float) -> Box:
        """Return the box with its upper edge higher by ``rise`` and its lower edge where it was."""
        return Box(self.left, self.top - rise, self.width, self.height + rise)

    def moved(self, rise: float) -> Box:
        """Return the box moved up by ``rise``."""
        return Box(self.left, self.top - rise, self.width, self.height)

    def columns(self, count: int, gutter: float) -> tuple[Box, ...]:
        """Return ``count`` boxes of one width, side by side."""
        width = (self.width - gutter * (count - 1)) / count
        return tuple(
            Box(self.left + number * (width + gutter), self.top, width, self.height) for number in range(count)
        )

    def with_(self, other: Box) -> Box:
        """Return the smallest box that holds both."""
        left, top = min(self.left, other.left), min(self.top, other.top)
        return Box(left, top, max(self.right, other.right) - left, max(self.bottom, other.bottom) - top)


@dataclass(frozen=True)
class Insets:
    """The room between a placeholder's edges and its text, in points."""

    left: float = 0.0
    top: float = 0.0
    right: float = 0.0
    bottom: float = 0.0


@dataclass(frozen=True)
class Slot:
    """A place for a part of a slide.

    Parameters
    ----------
    index
        Of the layout's placeholder; ``None`` where the layout has none, and the part is a box of its own.
    box
        The room for its text or exhibit, in points.
    size
        Of its text in points, unless told.
    insets
        Between that room and the placeholder's edges.
    hangs
        Whether its text begins at its top: then what it does not need is room for what is below.
    capitals
        Whether the template sets its text in capitals, which are hard to read as a sentence, and are undone.
    given
        The placeholder's own room, where ``box`` is another.
    """

    index: int | None
    box: Box
    size: float
    insets: Insets = Insets()
    hangs: bool = True
    capitals: bool = False
    given: Box | None = None


@dataclass(frozen=True)
class Frame:
    """A layout found in the template: the slots that it offers, by role."""

    layout: SlideLayout
    slots: dict[Role, Slot]

    @cached_property
    def placeholders(self) -> dict[int, Any]:
        """The layout's placeholders as elements, by their indexes."""
        listed: Any = self.layout.placeholders
        return {shape.placeholder_format.idx: shape._element for shape in reversed(list(listed))}

    @cached_property
    def fresh(self) -> dict[int, Any]:
        """The placeholders that a new slide of the layout begins with, as elements, by their indexes."""
        tree: Any = CT_Slide.new().cSld.spTree
        SlideShapes(tree, self.layout).clone_layout_placeholders(self.layout)
        return {element.ph_idx: element for element in tree.iter_ph_elms()}
