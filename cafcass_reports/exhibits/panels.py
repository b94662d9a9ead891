"""Panels: a person's text in parts side by side, as quadrants, pillars or along a timeline.

The file is a commentary with a message and a title for each part::

    # Four principles hold the framework together

    ## Strengths and risks

    We ask what works for a family, and what could harm a child.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from pathlib import Path

from cafcass_reports.errors import CommentaryError
from cafcass_reports.exhibits import headlines
from cafcass_reports.exhibits.commentary import Filled, as_html, filled
from cafcass_reports.exhibits.exhibit import Exhibit
from cafcass_reports.exhibits.payload import Arrangement, Panel, PanelsPayload
from cafcass_reports.metrics.areas import Area
from cafcass_reports.metrics.measurements import Measurements

_HOW_MANY = {Arrangement.QUADRANTS: (4, 4), Arrangement.PILLARS: (2, 5), Arrangement.TIMELINE: (2, 8)}
_SPOKEN = {
    Arrangement.QUADRANTS: "Four parts",
    Arrangement.PILLARS: "Parts side by side",
    Arrangement.TIMELINE: "In order of time",
}
_HEADING = re.compile(r"^(#{1,2})[ \t]+(.*?)[ \t#]*$", re.MULTILINE)
_MARKS = re.compile(r"[*_`]+")


def panels(measurements: Measurements, file: Path, area: Area, arrangement: Arrangement) -> Exhibit:
    """Show a text in panels.

    Parameters
    ----------
    measurements, file, area
        As for :func:`cafcass_reports.exhibits.commentary.filled`.
    arrangement
        How the panels stand to each other, which says how many there may be: four quadrants, two to five pillars,
        two to eight moments of a timeline.

    Returns
    -------
    Exhibit
        Where an area lacks the figures of some parts, the others side by side; of all parts, none.

    Raises
    ------
    CommentaryError
        Where the file does not begin with its message, or has too few or too many panels, or one without text.
    """
    text = filled(measurements, file, area)
    title, parts = _parts(text)
    least, most = _HOW_MANY[arrangement]
    if text.left_out and len(parts) < least:
        arrangement, least = Arrangement.PILLARS, 0
    if not least <= len(parts) <= most:
        raise CommentaryError(
            f"{file.name} has {len(parts)} parts.",
            valid=f"{arrangement.capitalize()} have {least if least == most else f'{least} to {most}'}, each under a "
            "line that begins with ##.",
        )
    spoken = " ".join(f"{part.title}: {_plain(part.markdown)}" for part in parts)
    payload = PanelsPayload(
        **text.written,
        title=title,
        subtitle="",
        alt=f"{title}. {_SPOKEN[arrangement]}. {spoken}",
        source="",
        measurements=text.measurements,
        arrangement=arrangement,
        panels=parts,
    )
    return Exhibit("panels", payload, "".join(_html(payload)), text.markdown)


def _parts(text: Filled) -> tuple[str, tuple[Panel, ...]]:
    """Part a text at its headings; a message whose figure an area lacks gives way to the name of its file."""
    found = list(_HEADING.finditer(text.markdown))
    if text.left_out and not (found and len(found[0][1]) == 1):
        named = headlines.sentence(text.file.stem.replace("-", " "))
        text = replace(text, markdown=f"# {named}\n\n{text.markdown}")
        found = list(_HEADING.finditer(text.markdown))
    if not found or found[0].start() != 0 or len(found[0][1]) != 1 or any(len(head[1]) != 2 for head in found[1:]):
        raise CommentaryError(
            f"{text.file.name} is not a message with parts.",
            valid="It begins with '# ' and its message; each part follows under '## ' and its title.",
        )
    ends = [*(head.start() for head in found[1:]), len(text.markdown)]
    bodies = [text.markdown[head.end() : end].strip() for head, end in zip(found, ends, strict=True)]
    if bodies[0]:
        raise CommentaryError(
            f"{text.file.name} has text between its message and its first part.",
            valid="All text stands under a '## '.",
            next_step="Move it into a part, or into a commentary of its own.",
        )
    parts = tuple(
        Panel(title=_plain(head[2]), markdown=body) for head, body in zip(found[1:], bodies[1:], strict=True) if body
    )
    return _plain(found[0][2]), parts


def _plain(markdown: str) -> str:
    """Markdown as one line without its marks, for titles and alt text."""
    lines = (re.sub(r"^\s*(?:[-*+]|\d+\.)\s+", "", line) for line in markdown.split("\n"))
    return " ".join(_MARKS.sub("", " ".join(lines)).split())


def _html(payload: PanelsPayload) -> Iterator[str]:
    yield f"<p><strong>{escape(payload.title)}</strong></p>"
    for panel in payload.panels:
        yield f"<p><strong>{escape(panel.title)}</strong></p>{as_html(panel.markdown)}"
