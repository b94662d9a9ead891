"""The summary: a paper, or papers bound together, as an accessible PDF (PDF/UA-1 and PDF/A-3a).

``templates/summary`` draws what :mod:`~cafcass_reports.exporters.typesetting` gathers. No text of a notebook becomes
Typst source, no font but the shipped one is used, and equal papers give equal bytes.
"""

from __future__ import annotations

from cafcass_reports.exporters.attachments import attachments
from cafcass_reports.exporters.board_exporter import BoardExporter
from cafcass_reports.exporters.calculations import APPENDIX
from cafcass_reports.exporters.characters import clean_all
from cafcass_reports.exporters.executed import Executed
from cafcass_reports.exporters.foreign import worded
from cafcass_reports.exporters.front_matter import cover, made_on, running
from cafcass_reports.exporters.preflight import check_characters, texts
from cafcass_reports.exporters.reading import read
from cafcass_reports.exporters.running_text import Json
from cafcass_reports.exporters.tree import Binder, Document
from cafcass_reports.exporters.typesetting import Typesetting
from cafcass_reports.exporters.typst_pdf import pdf

_CONTENTS_FROM = 3  # sections


def render(document: Document) -> bytes:
    """Draw a paper as a PDF.

    Parameters
    ----------
    document
        The paper, as :func:`~cafcass_reports.exporters.reading.read` gives it for ``"summary"``.

    Returns
    -------
    bytes
        The PDF; the same for the same paper.

    Raises
    ------
    ExportError
        Where a picture has no alternative text, or a character or picture cannot be drawn; naming its place.
    """
    setting = Typesetting(attached=attachments([document]))
    paper = setting.paper(document)
    if document.measurements:
        paper["sections"].append(setting.appendix(document.measurements))
    paper["contents"] = sum(bool(section["title"]) for section in paper["sections"]) >= _CONTENTS_FROM
    return pdf("board", {**properties(paper), "paper": paper}, setting, made_on([document.paper]))


def render_binder(binder: Binder) -> bytes:
    """Draw papers as one PDF: a cover, contents, each paper from a new page, and one appendix for all.

    Parameters
    ----------
    binder
        The papers in the order of the meeting, read for ``"summary"``.

    Raises
    ------
    ExportError
        As :func:`render` does.
    """
    setting = Typesetting(attached=attachments(binder.documents))
    front = dict(clean_all(cover(binder)))
    check_characters(texts(front), "The cover")
    papers = [_bound(setting.paper(document), document, front["title"]) for document in binder.documents]
    about = [document.paper for document in binder.documents if document.paper]
    figures = {figure.measurement: figure for document in binder.documents for figure in document.measurements}
    if figures:
        lines = running(front["title"], "", about, APPENDIX)
        section = setting.appendix(tuple(figures.values()), "")
        head = {"title": APPENDIX, "over": "", "about": "", "notices": []}
        papers.append({**head, "running": dict(clean_all(lines)), "sections": [{**section, "apart": False}]})
    return pdf("binder", {**properties(front), "cover": front, "papers": papers}, setting, made_on(about))


def properties(front: Json) -> Json:
    """Return what a file says of itself, from the front matter of a paper or a cover."""
    return {key: front[key] for key in ("title", "author", "description")}


def _bound(paper: Json, document: Document, title: str) -> Json:
    """Give a paper the running lines of a binder; the cover has its organisation and marks."""
    about = [document.paper] if document.paper else []
    area = document.paper.area if document.paper else ""
    lines = dict(clean_all(running(title, area, about, paper["title"])))
    return {**paper, "over": "", "notices": [], "facts": [], "running": lines}


class SummaryExporter(BoardExporter):
    """nbconvert's exporter of the summary: ``jupyter nbconvert --to board-summary PAPER.ipynb``."""

    export_from_notebook = "Board summary (PDF)"
    output_mimetype = "application/pdf"

    def _file_extension_default(self) -> str:
        return ".pdf"

    def drawn(self, executed: Executed, name: str) -> bytes:
        """Draw the paper as a PDF.

        Raises
        ------
        ExportError
            As :func:`render` and :func:`~cafcass_reports.exporters.reading.read` do.
        """
        return self._pdf(read(executed, "summary", worded(name)))

    def _pdf(self, document: Document) -> bytes:
        return render(document)
