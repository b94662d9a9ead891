"""A quotation: somebody's words, and who says them, as a role or a body and never by name.

The file is a commentary whose first lines also say ``speaker:``.
"""

from __future__ import annotations

from html import escape
from pathlib import Path

from cafcass_reports.errors import CommentaryError
from cafcass_reports.exhibits.commentary import as_html, filled
from cafcass_reports.exhibits.exhibit import Exhibit
from cafcass_reports.exhibits.payload import QuotationPayload
from cafcass_reports.metrics.areas import Area
from cafcass_reports.metrics.measurements import Measurements

_MARKS = "\"'“”‘’"


def quotation(measurements: Measurements, file: Path, area: Area) -> Exhibit:
    """Show a quotation.

    Parameters
    ----------
    measurements, file, area
        As for :func:`cafcass_reports.exhibits.commentary.filled`.

    Raises
    ------
    CommentaryError
        Where the file does not say who speaks, or says nothing.
    """
    text = filled(measurements, file, area)
    speaker, words = (text.front.speaker or "").strip(), text.markdown.strip().strip(_MARKS)
    if not speaker or not words:
        raise CommentaryError(
            f"{file.name} has no {'words' if speaker else 'speaker'}.",
            valid="A quotation has words, and among its first lines 'speaker:' with a role or a body.",
        )
    payload = QuotationPayload(**text.written, words=words, speaker=speaker, measurements=text.measurements)
    html = f"<blockquote>{as_html(words)}<p>– {escape(speaker)}</p></blockquote>"
    return Exhibit("quotation", payload, html, f"“{words}”\n– {speaker}")
