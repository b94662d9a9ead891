"""The briefing: a paper as a PDF of four A4 pages at most, for readers outside the board: its purpose, then the text.

The templates and their guarantees are those of :mod:`~cafcass_reports.exporters.summary`.
"""

from __future__ import annotations

from cafcass_reports.exporters.fitted import FittedExporter


class BriefingExporter(FittedExporter):
    """nbconvert's exporter of the briefing: ``jupyter nbconvert --to board-briefing PAPER.ipynb``."""

    export_from_notebook = "Briefing on four pages (PDF)"
    template, most, compact = "briefing", 4, False
    sizes = (11.0, 10.5, 10.0, 9.5)

    def _file_extension_default(self) -> str:
        return ".briefing.pdf"  # beside the summary of the same paper
