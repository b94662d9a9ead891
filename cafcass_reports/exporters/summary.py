"""The summary: a paper as an accessible PDF (PDF/UA-1 and PDF/A-3a), typeset by Typst.

``templates/summary/board.typ`` draws what :mod:`~cafcass_reports.exporters.typesetting` gathers. No text of a
notebook becomes Typst source, no font but the shipped one is used, and equal papers give equal bytes.
"""

from __future__ import annotations

import json
import tempfile
from datetime import UTC, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst
from nbconvert.exporters import Exporter
from nbformat import NotebookNode

from cafcass_reports import theme
from cafcass_reports.errors import ExportError
from cafcass_reports.exporters.document import Document, read
from cafcass_reports.exporters.row_headers import with_row_headers
from cafcass_reports.exporters.typesetting import Typesetting, dated

_STANDARDS: list[typst.PDFStandard] = ["ua-1", "a-3a"]
_NO_DATE = datetime(1970, 1, 1, tzinfo=UTC)  # of a notebook that says no date: never the clock's


def render(document: Document) -> bytes:
    """Draw a paper as a PDF.

    Parameters
    ----------
    document
        The paper, as :func:`~cafcass_reports.exporters.document.read` gives it for ``"summary"``.

    Returns
    -------
    bytes
        The PDF; the same for the same paper.

    Raises
    ------
    ExportError
        Where a picture has no alternative text, or a character or picture cannot be drawn; naming its place.
    """
    setting = Typesetting()
    data = setting.typeset(document, theme.load())
    day = dated(document.paper) if document.paper else None
    at = datetime.combine(day, time(), tzinfo=UTC) if day else _NO_DATE
    return with_row_headers(_compiled(json.dumps(data), setting.files, at), setting.tables)


def _compiled(data: str, files: dict[str, bytes], at: datetime) -> bytes:
    template = (theme.templates_folder() / "summary" / "board.typ").read_bytes()
    with tempfile.TemporaryDirectory() as folder:
        for name, picture in files.items():
            (Path(folder) / name).write_bytes(picture)
        try:
            compiler = typst.Compiler(template, root=folder, font_paths=_fonts(), sys_inputs={"doc": data})
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


class SummaryExporter(Exporter):
    """nbconvert's exporter of the summary: ``jupyter nbconvert --to board-summary PAPER.ipynb``."""

    export_from_notebook = "Board summary (PDF)"
    output_mimetype = "application/pdf"

    def _file_extension_default(self) -> str:
        return ".pdf"

    def from_notebook_node(  # type: ignore[override]  # nbconvert's annotation knows no exporter's result
        self, nb: NotebookNode, resources: Any | None = None, **kw: Any
    ) -> tuple[bytes, dict[str, Any]]:
        """Convert a notebook.

        Raises
        ------
        ExportError
            As :func:`render` and :func:`~cafcass_reports.exporters.document.read` do.
        """
        notebook, held = super().from_notebook_node(nb, resources, **kw)
        return render(read(notebook, "summary")), held
