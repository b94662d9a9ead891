"""The letter: a message as a PDF of one A4 page, with the organisation's head, a date and who signs it.

The paper's author, a role, signs. The templates and their guarantees are those of
:mod:`~cafcass_reports.exporters.summary`.
"""

from __future__ import annotations

from cafcass_reports.exporters.fitted import FittedExporter


class LetterExporter(FittedExporter):
    """nbconvert's exporter of the letter: ``jupyter nbconvert --to board-letter PAPER.ipynb``."""

    export_from_notebook = "Letter on one page (PDF)"
    template, most, compact = "letter", 1, True
    sizes = (11.0, 10.5, 10.0, 9.5, 9.0)

    def _file_extension_default(self) -> str:
        return ".letter.pdf"  # beside the summary of the same paper
