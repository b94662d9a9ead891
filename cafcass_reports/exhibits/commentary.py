"""Commentary: a person's Markdown with figures by reference, such as ``{{ kpi_2.value }}``.

``change`` is signed (+16.5%), ``movement`` says it in words (up 16.5%), so that no text keeps a direction that the
figures have left.

A file begins with its owner (a role) and date::

    ---
    owner: National improvement service
    date: 2021-01-11
    ---
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from markdown_it import MarkdownIt

from cafcass_reports.errors import CommentaryError, nearest
from cafcass_reports.exhibits import headlines
from cafcass_reports.exhibits.exhibit import Exhibit
from cafcass_reports.exhibits.payload import CommentaryPayload
from cafcass_reports.exhibits.provenance import provenance
from cafcass_reports.metrics.areas import Area
from cafcass_reports.metrics.measurement import Measurement
from cafcass_reports.metrics.measurements import Measurements
from cafcass_reports.parameters import Strict, build, parse_yaml

_REFERENCE = re.compile(r"\{\{(.*?)\}\}")
_FRONT = re.compile(r"\A---\n(.*?)\n---\n(.*)\Z", re.DOTALL)
_FIELDS = ("value", "change", "movement", "comparison", "period", "numerator", "denominator")


class _Front(Strict):
    owner: str
    date: date


def commentary(measurements: Measurements, file: Path, area: Area) -> Exhibit:
    """Fill in the figures of a commentary.

    Parameters
    ----------
    measurements
        Where figures are looked up.
    file
        The Markdown file.
    area
        The area whose figures are meant.

    Raises
    ------
    CommentaryError
        Where the file or its owner is missing, or a reference is not known: the error names the line and the
        nearest metrics.
    """
    front, body, body_line = _read(file)
    used: dict[str, Measurement] = {}

    def fill(match: re.Match[str]) -> str:
        line = body_line + body.count("\n", 0, match.start())
        found, text = _look_up(measurements, match.group(1).strip(), area, f"{file.name}, line {line}")
        used[found.id] = found
        return text

    markdown = _REFERENCE.sub(fill, body).strip()
    payload = CommentaryPayload(
        name=file.stem,
        markdown=markdown,
        owner=front.owner,
        dated=front.date.isoformat(),
        measurements=tuple(provenance(measurements, found) for found in used.values()),
    )
    html = MarkdownIt("commonmark", {"html": False}).enable("table").render(markdown)
    return Exhibit("commentary", payload, html, markdown)


def _read(file: Path) -> tuple[_Front, str, int]:
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        known = [path.stem for path in file.parent.glob("*.md")]
        raise CommentaryError(
            f"There is no commentary {file.stem!r} in {file.parent}.",
            valid=nearest(file.stem, known),
            next_step="Write it, or name another.",
        ) from None
    except (OSError, UnicodeDecodeError) as problem:
        raise CommentaryError(f"{file} cannot be read: {problem}.", next_step="Save it as UTF-8 text.") from None
    match = _FRONT.match(text.replace("\r\n", "\n"))
    if match is None:
        raise CommentaryError(
            f"{file} does not say whose it is.",
            valid="It begins with a line of ---, then owner: and date:, then a line of ---.",
        )
    front = build(_Front, parse_yaml(match.group(1), str(file), CommentaryError), str(file), CommentaryError)
    return front, match.group(2), match.group(1).count("\n") + 4


def _look_up(measurements: Measurements, reference: str, area: Area, where: str) -> tuple[Measurement, str]:
    metric_id, _, field = reference.partition(".")
    if metric_id not in measurements.catalogue:
        raise CommentaryError(
            f"{where}: there is no metric {metric_id!r}.",
            valid=nearest(metric_id, measurements.catalogue),
            next_step="`cafcass-reports metrics` lists all.",
        )
    if field not in _FIELDS:
        raise CommentaryError(
            f"{where}: {reference!r} asks for what a figure does not have.",
            valid=f"Valid: {', '.join(f'{metric_id}.{name}' for name in _FIELDS)}.",
        )
    found = measurements.one(metric_id, area)
    text = {
        "value": found.shown,
        "change": found.change_shown,
        "movement": headlines.movement(found),
        "comparison": found.comparison.shown if found.comparison else "",
        "period": found.when.label,
        "numerator": "" if found.numerator is None else f"{found.numerator:,}",
        "denominator": "" if found.denominator is None else f"{found.denominator:,}",
    }[field]
    if not text:
        raise CommentaryError(
            f"{where}: {reference!r} has nothing to show for {area.name}.",
            valid=f"{metric_id} has: value"
            + (", change, movement, comparison" if found.comparison else "")
            + (", numerator" if found.numerator is not None else "")
            + (", denominator" if found.denominator is not None else "")
            + ".",
        )
    return found, text
