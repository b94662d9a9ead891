"""Data and a template become an accessible PDF (PDF/UA-1 and PDF/A-3a), compiled by Typst."""

from __future__ import annotations

import json
import tempfile
from datetime import datetime
from functools import lru_cache
from pathlib import Path

import typst

from cafcass_reports import theme
from cafcass_reports.errors import ExportError
from cafcass_reports.exporters.row_headers import with_row_headers
from cafcass_reports.exporters.running_text import Json
from cafcass_reports.exporters.typesetting import Typesetting

RUNNING_TEXT = 10.5
"""The size of running text, in points."""

_STANDARDS: list[typst.PDFStandard] = ["ua-1", "a-3a"]
_COLOURS = {"text", "neutral", "muted", "rule", "band", "title", "improvement", "concern"}


def pdf(
    template: str, data: Json, setting: Typesetting, at: datetime, *, size: float = RUNNING_TEXT, compact: bool = False
) -> bytes:
    """Draw data as a PDF; the same for the same data.

    Parameters
    ----------
    template
        The name of a template in ``templates/summary``, without its ending.
    data
        What it draws, with the file's ``title``, ``author`` and ``description``.
    setting
        What gathered the data: the pictures, and what the tags of tables need.
    at
        The date that the file carries.
    size
        Of running text, in points; other sizes follow.
    compact
        Whether margins and distances are those of a paper that must be short.

    Raises
    ------
    ExportError
        Where Typst refuses the data or warns of anything.
    """
    look = theme.load()
    common = {"look": {**look.colour.model_dump(include=_COLOURS), "family": look.font.family}}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for source in (theme.templates_folder() / "summary").glob("*.typ"):
            (folder / source.name).write_bytes(source.read_bytes())
        for picture, content in setting.files.items():
            (folder / picture).write_bytes(content)
        for one in setting.attached:
            (folder / one.name).write_bytes(one.content)
        attached = [{"name": one.name, "about": one.about} for one in setting.attached]
        said = {**common, "size": size, "compact": compact, "attached": attached, **data}
        (folder / "doc.json").write_text(json.dumps(said), "utf-8")
        return with_row_headers(_compiled(folder / f"{template}.typ", at), setting.tables)


def _compiled(template: Path, at: datetime) -> bytes:
    try:
        compiler = typst.Compiler(template, root=template.parent, font_paths=_fonts())
        content, warnings = compiler.compile_with_warnings(pdf_standards=_STANDARDS, timestamp=at)
    except typst.TypstError as error:
        raise _refused(error.message, error.hints) from error
    if warnings:
        raise _refused(warnings[0].message, warnings[0].hints)
    if not isinstance(content, bytes):
        raise _refused("no file came out", [])
    return content


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(theme.fonts_folder())])


def _refused(message: str, hints: list[str]) -> ExportError:
    return ExportError(
        f"The summary cannot be typeset: {'; '.join([message, *hints])}.",
        next_step="Look at the text or picture that it names; where none is named, report this.",
    )
