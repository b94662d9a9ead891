"""A template's mapping: an optional ``.toml`` beside it that says which layout and placeholder serve for what."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from cafcass_reports.errors import ExportError
from cafcass_reports.exporters.deck.slots import Kind, Role


class LayoutMap(BaseModel):
    """For a kind of slide its layout, and for each part a placeholder by name; an empty name leaves the part out."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    layout: str | None = None
    title: str | None = None
    kicker: str | None = None
    subtitle: str | None = None
    exhibit: str | None = None
    body: str | None = None
    source: str | None = None
    footer: str | None = None
    number: str | None = None

    def named(self, role: Role) -> str | None:
        """Return the name given for a part; ``None`` where it is to be found."""
        name: str | None = getattr(self, role)
        return name


class LayoutMapping(BaseModel):
    """What the file may say; all that it leaves out is found by name and type. ``master`` counts from 1."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    master: int | None = None
    title: LayoutMap = LayoutMap()
    agenda: LayoutMap = LayoutMap()
    section: LayoutMap = LayoutMap()
    text: LayoutMap = LayoutMap()
    exhibit: LayoutMap = LayoutMap()
    text_and_exhibit: LayoutMap = LayoutMap()
    closing: LayoutMap = LayoutMap()

    def of(self, kind: Kind) -> LayoutMap:
        """Return what is said of a kind of slide."""
        said: LayoutMap = getattr(self, kind)
        return said


def read_mapping(path: Path) -> LayoutMapping:
    """Read a mapping; where there is no such file, one that leaves everything to be found.

    Raises
    ------
    ExportError
        Where it is not TOML, or names a kind of slide or a part that there is not.
    """
    if not path.exists():
        return LayoutMapping()
    try:
        return LayoutMapping.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:  # what is no UTF-8 or TOML is a ValueError too
        faults = error.errors() if isinstance(error, ValidationError) else []
        said = "; ".join(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in faults) or str(error)
        raise ExportError(
            f"{path.name} is not the mapping of a deck template: {said}.",
            valid=f"It may have tables {', '.join(Kind)}, each with a layout and the placeholders of its parts.",
            next_step="Write one to begin with: cafcass-reports template check FILE --mapping.",
        ) from error


def mapping_text(template: str, master: int, found: Mapping[Kind, tuple[str, Mapping[Role, str]]]) -> str:
    """Return a mapping as the text of its file: for each kind of slide its layout, and the placeholders found."""
    lines = [
        f"# Which layout of {template} serves which kind of slide, and the placeholder (by name) of each part of it.",
        '# What is not named is found by name and type, or drawn as a box of text; kicker = "" leaves the part out.',
        "",
        f"master = {master}",
    ]
    for kind, (layout, names) in found.items():
        lines += ["", f"[{kind}]", f"layout = {_quoted(layout)}"]
        lines += [f"{role} = {_quoted(name)}" for role, name in names.items()]
    return "\n".join(lines) + "\n"


def _quoted(name: str) -> str:
    return json.dumps(name, ensure_ascii=False).replace("\x7f", "\\u007f")  # JSON's strings are TOML's, but for DEL
