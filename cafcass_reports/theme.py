"""One look for every format, read from ``templates/theme.toml``."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from cafcass_reports.errors import ExportError


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Colour(_Strict):
    """Colours as ``#RRGGBB``; lists are in the order in which they are used."""

    series: tuple[str, ...]
    on_series: tuple[str, ...]
    text: str
    neutral: str
    muted: str
    rule: str
    band: str
    comparison: str
    title: str
    improvement: str
    concern: str
    grades: tuple[str, ...]
    on_grades: tuple[str, ...]


class Font(_Strict):
    """Font family drawn from the shipped files, and the name that Office knows it by."""

    family: str
    office: str


class ChartSize(_Strict):
    """Size of a drawn chart in inches, its text in points and its lines in points."""

    width: float
    height: float
    size: float
    line_width: float


class Theme(_Strict):
    """The look: colours, fonts, chart sizes."""

    colour: Colour
    font: Font
    chart: ChartSize


def templates_folder() -> Path:
    """Return the folder of templates: the checkout's, or the one that the wheel carries."""
    package = Path(__file__).parent
    packaged = package / "_templates"
    return packaged if packaged.is_dir() else package.parent / "templates"


def fonts_folder() -> Path:
    """Return the folder of the shipped fonts (Liberation Sans, SIL Open Font Licence)."""
    return templates_folder() / "fonts"


@lru_cache(maxsize=1)
def load() -> Theme:
    """Read the theme.

    Raises
    ------
    ExportError
        Where the file cannot be read, is not TOML, or lacks or adds a key.
    """
    path = templates_folder() / "theme.toml"
    try:
        return Theme.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:  # what is no UTF-8 or TOML is a ValueError too
        faults = error.errors() if isinstance(error, ValidationError) else []
        said = "; ".join(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in faults) or str(error)
        raise ExportError(
            f"{path.name} is not a theme: {said}.",
            valid="It holds [colour], [font] and [chart] as shipped.",
            next_step="Compare it with the shipped file.",
        ) from error
