"""The two pages: a paper as a PDF of two A4 pages at most, for readers who have a few minutes.

The templates and their guarantees are those of :mod:`~cafcass_reports.exporters.summary`.
"""

from __future__ import annotations

from cafcass_reports.exporters.attachments import attachments
from cafcass_reports.exporters.fitted import calculations, fitted
from cafcass_reports.exporters.summary import SummaryExporter
from cafcass_reports.exporters.tree import Document
from cafcass_reports.exporters.typesetting import Typesetting

_MOST = 2
_SIZES = (10.5, 10.0, 9.5, 9.0, 8.5)  # points of running text, the first that fits
_SMALL = 9.5
_WHERE = "in the board paper and on the review page of the same name"


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
    paper = {**setting.paper(document), "calculations": calculations(document, _WHERE)}
    # What changed is left out before the text becomes small.
    with_changes = [(size, paper) for size in _SIZES if paper["since"] and size >= _SMALL]
    without = [(size, {**paper, "since": None}) for size in _SIZES]
    return fitted("two-pages", document, setting, [*with_changes, *without], most=_MOST)


class TwoPagesExporter(SummaryExporter):
    """nbconvert's exporter of the two pages: ``jupyter nbconvert --to board-two-pages PAPER.ipynb``."""

    export_from_notebook = "Board summary on two pages (PDF)"

    def _file_extension_default(self) -> str:
        return ".two-pages.pdf"  # beside the summary of the same paper

    def _pdf(self, document: Document) -> bytes:
        return render(document)
