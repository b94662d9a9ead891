"""A paper that must not take more than so many pages, in the largest text that fits."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import ClassVar

import pikepdf

from cafcass_reports.errors import ExportError
from cafcass_reports.exporters.attachments import ATTACHED, attachments
from cafcass_reports.exporters.front_matter import made_on
from cafcass_reports.exporters.running_text import Json
from cafcass_reports.exporters.summary import SummaryExporter, properties
from cafcass_reports.exporters.tree import Document
from cafcass_reports.exporters.typesetting import Typesetting
from cafcass_reports.exporters.typst_pdf import pdf


def fitted(
    template: str,
    document: Document,
    setting: Typesetting,
    drafts: Iterable[tuple[float, Json]],
    *,
    most: int,
    compact: bool = True,
) -> bytes:
    """Draw the first draft that fits.

    Parameters
    ----------
    template
        The name of a template in ``templates/summary``.
    document
        The paper.
    setting
        What gathered its data.
    drafts
        Sizes of running text in points, each with the paper's data, the best first.
    most
        So many pages at most.
    compact
        As for :func:`~cafcass_reports.exporters.typst_pdf.pdf`.

    Raises
    ------
    ExportError
        Where the last draft takes more pages, or as the summary's exporter does.
    """
    pages = 0
    for size, paper in drafts:
        data = {**properties(paper), "paper": paper}
        content = pdf(template, data, setting, made_on([document.paper]), size=size, compact=compact)
        with pikepdf.open(io.BytesIO(content)) as opened:
            pages = len(opened.pages)
        if pages <= most:
            return content
    raise ExportError(
        f"'{document.title}' takes {pages} pages in the smallest text.",
        valid="1 page." if most == 1 else f"{most} pages.",
        next_step="Shorten its texts, or tag cells 'deck-only' to leave them out.",
    )


def calculations(document: Document, where: str) -> str:
    """Return where a reader finds how each figure was calculated, since a short paper has no room for it."""
    return f"How each figure was calculated is said {where}. {ATTACHED}" if document.measurements else ""


class FittedExporter(SummaryExporter):
    """An exporter of papers that must be short; each format says how short, and in which template."""

    template: ClassVar[str]
    sizes: ClassVar[tuple[float, ...]]  # points of running text, the first that fits
    most: ClassVar[int]  # pages
    compact: ClassVar[bool]

    def _pdf(self, document: Document) -> bytes:
        setting = Typesetting(attached=attachments([document]))
        where = calculations(document, "on the review page of the same name")
        paper = {**setting.paper(document), "calculations": where}
        drafts = [(size, paper) for size in self.sizes]
        return fitted(self.template, document, setting, drafts, most=self.most, compact=self.compact)
