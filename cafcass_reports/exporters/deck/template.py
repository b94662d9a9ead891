"""A deck template: a ``.pptx`` and, beside it, a ``.toml`` that says which layout and placeholder serve for what."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import pptx
from pptx.exc import PackageNotFoundError
from pptx.presentation import Presentation
from pptx.slide import SlideLayout
from pydantic import BaseModel, ConfigDict, ValidationError

from cafcass_reports import theme
from cafcass_reports.errors import ExportError, nearest


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


_NEEDED = {
    Kind.TITLE: (Role.TITLE,),
    Kind.AGENDA: (Role.TITLE, Role.BODY),
    Kind.SECTION: (Role.TITLE,),
    Kind.TEXT: (Role.TITLE, Role.BODY),
    Kind.EXHIBIT: (Role.TITLE, Role.EXHIBIT),
    Kind.TEXT_AND_EXHIBIT: (Role.TITLE, Role.EXHIBIT, Role.BODY),
    Kind.CLOSING: (Role.TITLE, Role.BODY),
}


class _LayoutMap(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    layout: str
    title: str
    kicker: str | None = None
    subtitle: str | None = None
    exhibit: str | None = None
    body: str | None = None
    source: str | None = None
    footer: str | None = None
    number: str | None = None


class _Mapping(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    title: _LayoutMap
    agenda: _LayoutMap
    section: _LayoutMap
    text: _LayoutMap
    exhibit: _LayoutMap
    text_and_exhibit: _LayoutMap
    closing: _LayoutMap


@dataclass(frozen=True)
class Box:
    """A place on a slide, in points."""

    left: float
    top: float
    width: float
    height: float

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


@dataclass(frozen=True)
class Slot:
    """A placeholder of a layout: its index, its box, and the size in points that its text has unless told."""

    index: int
    box: Box
    size: float


@dataclass(frozen=True)
class Frame:
    """A layout found in the template: the slots that it offers, by role."""

    layout: SlideLayout
    slots: dict[Role, Slot]


@dataclass(frozen=True)
class Template:
    """An open template: a presentation without slides, and the frame of each kind of slide."""

    presentation: Presentation
    frames: dict[Kind, Frame]


def board() -> Path:
    """Return the shipped template."""
    return theme.templates_folder() / "deck" / "board.pptx"


def read(path: Path) -> Template:
    """Open a template and find the layouts and placeholders that its mapping names.

    Parameters
    ----------
    path
        The ``.pptx``; its mapping has the same name with ``.toml``.

    Raises
    ------
    ExportError
        Where a file is missing or unreadable, or the mapping names what the template does not have.
    """
    mapping = _read_mapping(path.with_suffix(".toml"))
    try:
        presentation = pptx.Presentation(str(path))
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError, OSError) as error:
        raise ExportError(
            f"{path.name} cannot be opened as a deck.",
            valid="A template is a .pptx file with a .toml file of the same name beside it.",
            next_step="Save it again in PowerPoint as a presentation.",
        ) from error
    if len(presentation.slides):
        raise ExportError(
            f"{path.name} has {len(presentation.slides)} slides of its own.",
            valid="A template has layouts only.",
            next_step="Delete its slides and save it again.",
        )
    return Template(presentation, {kind: _frame(path, presentation, kind, mapping) for kind in Kind})


def _read_mapping(path: Path) -> _Mapping:
    try:
        return _Mapping.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, ValidationError) as error:
        raise ExportError(
            f"{path.name} is not the mapping of a deck template: {error}.",
            valid=f"It has a table for each of {', '.join(Kind)}, with a layout and the placeholders of its parts.",
            next_step="Compare it with the shipped board.toml.",
        ) from error


def _frame(path: Path, presentation: Presentation, kind: Kind, mapping: _Mapping) -> Frame:
    named: _LayoutMap = getattr(mapping, kind)
    layouts = {layout.name: layout for layout in presentation.slide_layouts}
    if named.layout not in layouts:
        raise ExportError(
            f"{path.name} has no layout '{named.layout}', which its mapping gives for {kind} slides.",
            valid=nearest(named.layout, layouts),
            next_step=f"Correct [{kind}] in {path.with_suffix('.toml').name}.",
        )
    layout = layouts[named.layout]
    listed: Any = layout.placeholders  # typed by python-pptx so that nothing may iterate over it
    placeholders = {placeholder.name: placeholder for placeholder in listed}
    slots = {}
    for role in Role:
        name: str | None = getattr(named, role)
        if name is None:
            if role in _NEEDED[kind]:
                raise ExportError(
                    f"{path.with_suffix('.toml').name} gives [{kind}] no {role}.",
                    valid=f"It needs {', '.join(_NEEDED[kind])}.",
                    next_step=f"Name the placeholder of layout '{layout.name}' that takes it.",
                )
            continue
        if name not in placeholders:
            raise ExportError(
                f"Layout '{layout.name}' of {path.name} has no placeholder '{name}'.",
                valid=nearest(name, placeholders),
                next_step=f"Correct '{role}' in [{kind}] of {path.with_suffix('.toml').name}.",
            )
        found = placeholders[name]
        sizes = found._element.xpath(".//a:lstStyle/a:lvl1pPr/a:defRPr/@sz")
        slots[role] = Slot(
            index=found.placeholder_format.idx,
            box=Box(found.left.pt, found.top.pt, found.width.pt, found.height.pt),
            size=int(sizes[0]) / 100 if sizes else 18,
        )
    return Frame(layout, slots)
