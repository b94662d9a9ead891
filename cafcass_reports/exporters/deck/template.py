"""A deck template, anybody's: each kind of slide with the layout that serves for it, and what a report says of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pptx.oxml.slide import CT_NotesSlide
from pptx.presentation import Presentation
from pptx.slide import NotesSlide

from cafcass_reports import theme
from cafcass_reports.errors import ExportError
from cafcass_reports.exporters.deck.mapping import LayoutMapping, mapping_text, read_mapping
from cafcass_reports.exporters.deck.matching import NEEDED, Match, match
from cafcass_reports.exporters.deck.placeholders import NamedLayout, layouts
from cafcass_reports.exporters.deck.slots import Box, Frame, Insets, Kind, Role, Slot
from cafcass_reports.exporters.deck.template_file import open_file

__all__ = ["Box", "Frame", "Insets", "Kind", "Role", "Slot", "Template", "board", "files", "read"]


@dataclass(frozen=True)
class Template:
    """An open template: a presentation without slides, and the frame of each kind of slide.

    ``matches`` says by what each was found, ``master`` which master they are of (from 1), and ``dropped`` how many
    slides the file had.
    """

    presentation: Presentation
    frames: dict[Kind, Frame]
    matches: dict[Kind, Match]
    master: int
    dropped: int

    @cached_property
    def blank_notes(self) -> Any:
        """The element of a slide's notes before anything is written in them."""
        blank: Any = CT_NotesSlide.new()
        NotesSlide(blank, self.presentation.part).clone_master_placeholders(self.presentation.notes_master)
        return blank

    @property
    def size(self) -> Box:
        """The slide, from its upper left corner."""
        return _size(self.presentation)

    def mapping(self, name: str) -> str:
        """Return the text of a mapping that says what was found; ``name`` is the template's."""
        found = {kind: (each.layout, each.names) for kind, each in self.matches.items()}
        return mapping_text(name, self.master, found)


def board() -> Path:
    """Return the shipped template."""
    return theme.templates_folder() / "deck" / "board.pptx"


def files(path: Path | None) -> tuple[Path, ...]:
    """Return what a template is made of: its file, and its mapping where it has one."""
    return () if path is None else (path, path.with_suffix(".toml"))


def read(path: Path) -> Template:
    """Open a template and find its layouts and placeholders: as its mapping names them, else by name and type.

    Parameters
    ----------
    path
        A ``.pptx`` or ``.potx``; a mapping has the same name with ``.toml``, and need not be there.

    Raises
    ------
    ExportError
        Where the file cannot be used, or the mapping names what the template does not have.
    """
    opened = open_file(path)
    said = read_mapping(path.with_suffix(".toml"))
    masters = [layouts(master) for master in opened.presentation.slide_masters]
    numbers = [said.master] if said.master is not None else range(1, len(masters) + 1)
    if said.master is not None and not 1 <= said.master <= len(masters):
        raise ExportError(
            f"{path.with_suffix('.toml').name} names master {said.master}.",
            valid=f"{path.name} has {len(masters)}, counted from 1.",
            next_step="Correct 'master', or take the line out.",
        )
    size = _size(opened.presentation)
    found = {number: _matches(masters[number - 1], said, size) for number in numbers if masters[number - 1]}
    # The master with most of what is wanted; of equals the first, whose look PowerPoint gives to new slides.
    best = min(found, key=lambda number: (_lacking(found[number]), number))
    frames = {kind: each.frame for kind, each in found[best].items()}
    return Template(opened.presentation, frames, found[best], best, opened.dropped)


def _size(presentation: Presentation) -> Box:
    given: Any = presentation
    return Box(0, 0, given.slide_width.pt, given.slide_height.pt)


def _matches(offered: Sequence[NamedLayout], said: LayoutMapping, size: Box) -> dict[Kind, Match]:
    return {kind: match(kind, offered, said.of(kind), size) for kind in Kind}


def _lacking(matches: dict[Kind, Match]) -> int:
    return sum(role not in each.names for kind, each in matches.items() for role in NEEDED[kind])
