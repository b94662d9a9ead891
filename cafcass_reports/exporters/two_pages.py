"""The two pages: a paper as a PDF of two A4 pages at most, for readers who have a few minutes.

The templates and their guarantees are those of :mod:`~cafcass_reports.exporters.summary`.
"""

from __future__ import annotations

import io

import pikepdf

from cafcass_reports.errors import ExportError
from cafcass_reports.exporters.attachments import ATTACHED, attachments
from cafcass_reports.exporters.front_matter import made_on
from cafcass_reports.exporters.summary import SummaryExporter, properties
from cafcass_reports.exporters.tree import Document
from cafcass_reports.exporters.typesetting import Typesetting
from cafcass_reports.exporters.typst_pdf import pdf

_MOST = 2
_SIZES = (10.5, 10.0, 9.5, 9.0, 8.5)  # points of running text, the first that fits
_SMALL = 9.5


def render(document: Document) -> bytes:
    """Draw a paper on two pages at most, in the largest text that fits.

    Parameters
    ----------
    document
        The paper, as :func:`~cafcass_reports.exporters.reading.read` gives it for ``"summary"``.

    Raises
    ------
    ExportError
        Where the paper takes more than two pages in the smallest text, or as the summary's exporter does.
    """
    setting = Typesetting(attached=attachments([document]))
    paper = setting.paper(document)
    paper["calculations"] = (
        "How each figure was calculated is said in the board paper and on the review page of the same name. " + ATTACHED
        if document.measurements
        else ""
    )
    pages = 0
    # What changed is left out before the text becomes small.
    with_changes = [(size, paper["since"]) for size in _SIZES if paper["since"] and size >= _SMALL]
    for size, since in [*with_changes, *((size, None) for size in _SIZES)]:
        data = {**properties(paper), "paper": {**paper, "since": since}}
        content = pdf("two-pages", data, setting, made_on([document.paper]), size=size, compact=True)
        pages = _pages(content)
        if pages <= _MOST:
            return content
    raise ExportError(
        f"'{document.title}' takes {pages} pages in the smallest text.",
        valid=f"{_MOST} pages.",
        next_step="Shorten its texts, or tag cells 'deck-only' to leave them out.",
    )


def _pages(content: bytes) -> int:
    with pikepdf.open(io.BytesIO(content)) as opened:
        return len(opened.pages)


class TwoPagesExporter(SummaryExporter):
    """nbconvert's exporter of the two pages: ``jupyter nbconvert --to board-two-pages PAPER.ipynb``."""

    export_from_notebook = "Board summary on two pages (PDF)"

    def _file_extension_default(self) -> str:
        return ".two-pages.pdf"  # beside the summary of the same paper

    def _drawn(self, document: Document) -> bytes:
        return render(document)
