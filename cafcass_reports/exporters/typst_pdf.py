"""Data and a template become an accessible PDF (PDF/UA-1 and PDF/A-3a), compiled by Typst."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Container, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import groupby
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
_UNFINISHED = "did not converge"
_REMEMBERED = 10  # compilations for which Typst keeps what it laid out
_SETTLED_AT_ONCE = 4  # of Typst's five attempts the first knows no places; each other settles one or more
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
        content = _compiled(folder / f"{template}.typ", said, at)
    _forget()
    return with_row_headers(content, setting.tables)


def _compiled(template: Path, said: Json, at: datetime) -> bytes:
    """Compile, again where Typst stopped before each drawing had found its place, from what was found by then."""
    settled: dict[str, Json] = {}
    (template.parent / "doc.json").write_text(json.dumps(said), "utf-8")
    try:
        while True:
            # In a file of its own: whatever does not read it is not laid out again.
            (template.parent / "settled.json").write_text(json.dumps(settled), "utf-8")
            compiler = typst.Compiler(template, root=template.parent, font_paths=_fonts())
            content, warnings = compiler.compile_with_warnings(pdf_standards=_STANDARDS, timestamp=at)
            if not any(_UNFINISHED in warning.message for warning in warnings):
                break
            found = _found(json.loads(compiler.query("<drawing>", field="value")), settled)
            if not found:
                break
            settled |= found
    except typst.TypstError as error:
        raise _refused(error.message, error.hints) from error
    if warnings:
        raise _refused(warnings[0].message, warnings[0].hints)
    if not isinstance(content, bytes):
        raise _refused("no file came out", [])
    return content


def _found(drawings: Sequence[Json], settled: Container[str]) -> dict[str, Json]:
    """Return those that have found their place: of each paper the next few, since it depends on those before only."""
    found: dict[str, Json] = {}
    for _, group in groupby(drawings, key=lambda each: each["paper"]):
        waiting = [each for each in group if each["file"] not in settled]
        found |= {each["file"]: each for each in waiting[:_SETTLED_AT_ONCE]}
    return found


def _forget() -> None:
    """Let go of what Typst laid out, some 50 MiB a paper, which no other paper needs; it has no other way for that."""
    for _ in range(_REMEMBERED):
        typst.compile(b"", format="svg", font_paths=_fonts())


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(theme.fonts_folder())])


def _refused(message: str, hints: list[str]) -> ExportError:
    return ExportError(
        f"The summary cannot be typeset: {'; '.join([message, *hints])}.",
        next_step="Look at the text or picture that it names; where none is named, report this.",
    )
