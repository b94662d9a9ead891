"""Commentary: a person's Markdown with figures by reference, such as ``{{ kpi_2.value }}``.

``change`` is signed (+16.5%), ``movement`` says it in words (up 16.5%), ``difference`` in the metric's own unit
(369 more), so that no text keeps a direction that the figures have left.

``process`` is the sentence that control charts say of a metric, :attr:`Process.sentence`.

A figure of another period, or another comparison, is asked for by name: ``{{ new_cases.value for 2020-12 }}``,
``{{ open_cases.movement since 2018-04-01 }}``; of another area too: ``{{ kpi_2.value in A7 }}``.
These stand in any order.

A claim is marked, so that it is checked against its figure: ``[rose by 5%]{new_cases}``. The mark disappears.

A file begins with its owner (a role) and date::

    ---
    owner: National improvement service
    date: 2021-01-11
    ---

A text that was carried over from the last pack also has ``reviewed: no``, until its owner has looked at it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from pydantic import Field

from cafcass_reports.errors import CatalogueError, CommentaryError, PackError, nearest
from cafcass_reports.exhibits import headlines
from cafcass_reports.exhibits.exhibit import Exhibit
from cafcass_reports.exhibits.payload import CommentaryPayload, Provenance
from cafcass_reports.exhibits.provenance import provenance
from cafcass_reports.metrics.areas import Area
from cafcass_reports.metrics.measurement import Measurement
from cafcass_reports.metrics.measurements import Measurements
from cafcass_reports.metrics.process import process
from cafcass_reports.metrics.scope import shown_for
from cafcass_reports.parameters import Strict, build, parse_yaml
from cafcass_reports.periods import When, named

_REFERENCE = re.compile(r"\{\{([^{}]*)\}\}")
_UNCLOSED = re.compile(r"\{\{(?![^{}]*\}\})")
_FRONT = re.compile(r"\A---\n(.*?)\n---\n(.*)\Z", re.DOTALL)
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
_MARK = re.compile(r"\[([^\[\]]+)\]\{([^{}]*)\}")
_OPEN_MARK = re.compile(r"\]\{(?![^{}]*\})")
_ASKED = re.compile(
    r"(?!.* for .* for )(?!.* since .* since )(?P<metric>\w*)\.?(?P<field>\w*)"
    r"(?: +for +(?P<when>\S+)| +since +(?P<before>\S+)| +in +(?P<area>(?:(?! +(?:for|since) ).)+))*"
)
_FIELDS = ("value", "change", "movement", "difference", "comparison", "period", "numerator", "denominator")
_PROCESS = "process"


class Front(Strict):
    """What a commentary says of itself: its owner (a role), its date, and whether it is reviewed for its pack.

    A quotation also says who speaks. ``constants`` are numbers that no extract holds, each as it stands in the text
    with its source; ``reasons`` say why a change of a metric is called one where it may be chance.
    """

    owner: str
    date: date
    reviewed: bool = True
    speaker: str | None = None
    constants: dict[str, str] = Field(default_factory=dict)
    reasons: dict[str, str] = Field(default_factory=dict)


def front_of(file: Path) -> Front:
    """Read what a commentary says of itself.

    Raises
    ------
    CommentaryError
        Where the file cannot be read, or does not say whose it is.
    """
    return read(file)[0]


@dataclass(frozen=True)
class Claim:
    """Words that a text claims of a figure.

    Parameters
    ----------
    words
        The marked words, their figures filled in.
    figure
        What they are about.
    line
        Where they stand: the line of the file, or of the text where it stands in no file.
    text
        The whole text, without marks, and where in it the words begin.
    start
        The index of their first character in ``text``.
    """

    words: str
    figure: Measurement
    line: int
    text: str
    start: int


@dataclass(frozen=True)
class Text:
    """A text with its figures filled in, wherever it stands.

    Parameters
    ----------
    markdown
        The text, without sentences whose figures are missing and without marks of claims.
    left_out
        Why each of those sentences is missing.
    used
        The figures in it and in its claims, each once.
    claims
        Its claims, in order.
    """

    markdown: str
    left_out: tuple[str, ...]
    used: tuple[Measurement, ...]
    claims: tuple[Claim, ...]


def references(text: str) -> Iterator[tuple[int, str, When | None]]:
    """Return each reference of a text that can be read: its line, its metric, and the period it names, if any.

    Examples
    --------
    >>> list(references("{{ open_cases.value }}"))
    [(1, 'open_cases', None)]
    """
    for match in _REFERENCE.finditer(text):
        asked = _ASKED.fullmatch(match.group(1).strip())
        if asked is not None:
            with suppress(ValueError):
                when = named(asked["when"]) if asked["when"] else None
                yield text.count("\n", 0, match.start()) + 1, asked["metric"], when


@dataclass(frozen=True)
class Filled:
    """A person's text with its figures filled in.

    Parameters
    ----------
    front
        What the file says of itself.
    markdown
        The text, without sentences whose figures are missing.
    left_out
        Why each of those sentences is missing.
    measurements
        The figures in the text.
    file
        Where it stands, for errors.
    """

    front: Front
    markdown: str
    left_out: tuple[str, ...]
    measurements: tuple[Provenance, ...]
    file: Path

    @property
    def written(self) -> dict[str, Any]:
        """What every exhibit of a text says of it: the fields of :class:`Written`."""
        return {
            "name": self.file.stem,
            "owner": self.front.owner,
            "dated": self.front.date.isoformat(),
            "reviewed": self.front.reviewed,
            "left_out": self.left_out,
        }


def commentary(measurements: Measurements, file: Path, area: Area) -> Exhibit:
    """Show a commentary with its figures filled in; errors are those of :func:`filled`."""
    text = filled(measurements, file, area)
    payload = CommentaryPayload(**text.written, markdown=text.markdown, measurements=text.measurements)
    return Exhibit("commentary", payload, as_html(text.markdown), text.markdown)


def as_html(markdown: str) -> str:
    """Return a text as JupyterLab shows it; HTML that somebody typed is text."""
    return str(_MARKDOWN.render(markdown))


def filled(measurements: Measurements, file: Path, area: Area) -> Filled:
    """Read a text and fill in its figures.

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
        nearest metrics. For the nation also where a figure is missing; for any other area the sentence is left out,
        and the exhibit says so.
    """
    front, body, first_line = read(file)
    text = fill(measurements, body, area, f"{file.name}, line", first_line)
    figures = tuple(provenance(measurements, found) for found in text.used)
    return Filled(front, text.markdown, text.left_out, figures, file)


def fill(measurements: Measurements, body: str, area: Area, where: str, first_line: int = 1) -> Text:
    """Fill in the figures of a text that stands anywhere: in a file, or in a cell of a register.

    Parameters
    ----------
    measurements, area
        As for :func:`filled`.
    body
        The text.
    where, first_line
        How an error names a line: "open-cases.md, line", and the number of the text's first.

    Raises
    ------
    CommentaryError
        As for :func:`filled`.
    """
    _check_closed(body, where, first_line)
    used: dict[str, Measurement] = {}
    left_out: dict[int, str] = {}  # why, by line of the body

    def put(match: re.Match[str]) -> str:
        line = body.count("\n", 0, match.start())
        reference = match.group(1).strip()
        place = f"{where} {first_line + line}"
        found, field = _look_up(measurements, reference, area, place)
        if not field:
            raise _not_a_field(found.metric.id, reference, place)
        text = _sentence(measurements, found) if field == _PROCESS else _field(found, field)
        if not text:
            why = "is suppressed" if found.suppressed else "is not available"
            left_out.setdefault(line, f"{found.title}: {reference} {why} for {area.name}.")
        else:
            used[found.id] = found
        # A reference broken over lines keeps them: lines of the text are counted again below.
        return text + "\n" * match.group().count("\n")

    plain, claims = _without_marks(measurements, _REFERENCE.sub(put, body), area, where, first_line)
    for claim in claims:
        if claim.figure.value is None:
            reason = f"{claim.figure.title}: {claim.words!r} has no figure for {claim.figure.area.name}."
            left_out.setdefault(claim.line - first_line, reason)
        else:
            used.setdefault(claim.figure.id, claim.figure)
    if left_out and area == measurements.areas.nation:
        line, reason = next(iter(left_out.items()))
        raise CommentaryError(f"{where} {first_line + line}: {reason}", next_step="Write the sentence without it.")
    said = tuple(claim for claim in claims if claim.line - first_line not in left_out)
    markdown = _without(plain, sorted(left_out)).strip()
    return Text(markdown, tuple(left_out.values()), tuple(used.values()), said)


def _check_closed(body: str, where: str, first_line: int) -> None:
    # References are blanked, so that their braces are not taken for those of claims.
    without = _REFERENCE.sub(lambda found: re.sub(r"[^\n]", " ", found.group()), body)
    for pattern, what, valid in (
        (_UNCLOSED, "a reference begins with {{", "A reference is {{ metric.field }}."),
        (_OPEN_MARK, "a claim begins with ]{", "A claim is [words]{metric}."),
    ):
        unclosed = pattern.search(without)
        if unclosed is not None:
            line = first_line + body.count("\n", 0, unclosed.start())
            raise CommentaryError(f"{where} {line}: {what} and does not end.", valid=valid)


def _without_marks(
    measurements: Measurements, text: str, area: Area, where: str, first_line: int
) -> tuple[str, list[Claim]]:
    """Take the marks of claims out; what they say is left."""
    parts: list[str] = []
    found: list[tuple[str, Measurement, int, int]] = []
    end = length = 0
    for match in _MARK.finditer(text):
        line = first_line + text.count("\n", 0, match.start())
        figure, field = _look_up(measurements, match[2].strip(), area, f"{where} {line}")
        if field:
            raise CommentaryError(
                f"{where} {line}: {match[2]!r} is one field of a figure; a claim is about all of it.",
                valid=f"[{match[1]}]{{{figure.metric.id}}}; for, since and in may follow.",
            )
        parts += [text[end : match.start()], match[1]]
        length += match.start() - end
        found.append((match[1], figure, line, length))
        length += len(match[1])
        end = match.end()
    plain = "".join([*parts, text[end:]])
    return plain, [Claim(words, figure, line, plain, start) for words, figure, line, start in found]


def _without(text: str, lines: Sequence[int]) -> str:
    """Leave out each list item or paragraph that holds one of the lines: half a sentence says nothing."""
    if not lines:
        return text
    tokens = [token for token in _MARKDOWN.parse(text) if token.map]
    gone: set[int] = set()
    for line in lines:
        around = [(token.type, token.map) for token in tokens if token.map and token.map[0] <= line < token.map[1]]
        items = [span for kind, span in around if kind == "list_item_open"]
        paragraphs = [span for kind, span in around if kind == "paragraph_open"]
        start, end = min(items or paragraphs or [[line, line + 1]], key=lambda span: span[1] - span[0])
        gone |= set(range(start, end))
    return "\n".join(said for number, said in enumerate(text.split("\n")) if number not in gone)


def read(file: Path) -> tuple[Front, str, int]:
    """Return what a commentary says of itself, its text as written, and the line of the file that the text begins on.

    Raises
    ------
    CommentaryError
        Where the file cannot be read, or does not say whose it is.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")  # some editors on Windows begin UTF-8 with a byte order mark
    except FileNotFoundError:
        known = [path.stem for path in file.parent.glob("*.md")]
        raise CommentaryError(
            f"There is no commentary {file.stem!r} in {file.parent}.",
            valid=nearest(file.stem, known),
            next_step="Write it, or name another.",
        ) from None
    except (OSError, UnicodeDecodeError) as problem:
        raise CommentaryError(f"{file} cannot be read: {problem}.", next_step="Save it as UTF-8 text.") from None
    match = _FRONT.match(text)
    if match is None:
        raise CommentaryError(
            f"{file} does not say whose it is.",
            valid="It begins with a line of ---, then owner: and date:, then a line of ---.",
        )
    # The line of --- is the file's first, and counts where an error names a line.
    front = build(Front, parse_yaml(f"\n{match.group(1)}", str(file), CommentaryError), str(file), CommentaryError)
    return front, match.group(2), match.group(1).count("\n") + 4


def _look_up(measurements: Measurements, reference: str, area: Area, where: str) -> tuple[Measurement, str]:
    """The figure that a reference asks for, and which field of it; none where it asks for the figure alone."""
    asked = _ASKED.fullmatch(reference)
    metric_id, field = (asked["metric"], asked["field"]) if asked else (reference.partition(".")[0], "?")
    if metric_id not in measurements.catalogue:
        raise CommentaryError(
            f"{where}: there is no metric {metric_id!r}.",
            valid=nearest(metric_id, measurements.catalogue),
            next_step="`cafcass-reports metrics` lists all.",
        )
    if asked and field == _PROCESS and not (asked["when"] or asked["before"]):
        return _charted(measurements, metric_id, asked["area"], area, where), field
    if asked is None or field not in ("", *_FIELDS):
        raise _not_a_field(metric_id, reference, where)
    try:
        when, before = (named(asked[part]) if asked[part] else None for part in ("when", "before"))
        place = measurements.areas.named(asked["area"]) if asked["area"] else area
        own = shown_for(measurements.catalogue[metric_id], place, measurements.reporting)
        if own is not None and not (own and {when, before} <= {None, *own}):
            return measurements.withheld(metric_id, place, when), field
        return measurements.one(metric_id, place, when, before=before), field
    except (ValueError, CatalogueError, PackError) as problem:
        raise CommentaryError(f"{where}: {reference!r}: {problem}") from None


def _charted(measurements: Measurements, metric_id: str, named_area: str | None, area: Area, where: str) -> Measurement:
    """The latest month that a control chart of a metric knows."""
    try:
        found = process(measurements, metric_id, measurements.areas.named(named_area) if named_area else area)
    except (CatalogueError, PackError) as problem:
        raise CommentaryError(f"{where}: {metric_id}.{_PROCESS}: {problem}") from None
    return found.latest or found.figures[-1]


def _sentence(measurements: Measurements, found: Measurement) -> str:
    of = process(measurements, found.metric.id, found.area)
    return of.sentence if of.latest else ""


def _not_a_field(metric_id: str, reference: str, where: str) -> CommentaryError:
    return CommentaryError(
        f"{where}: {reference!r} asks for what a figure does not have.",
        valid=f"Valid: {', '.join(f'{metric_id}.{name}' for name in (*_FIELDS, _PROCESS))}; "
        f"{metric_id}.value for 2019-20, {metric_id}.change since 2018-04-01, {metric_id}.value in A7.",
    )


def _field(found: Measurement, field: str) -> str:
    missing = found.value is None
    return {
        "value": "" if missing else found.shown,
        "change": found.change_shown,
        "movement": headlines.movement(found),
        "difference": headlines.difference(found),
        "comparison": found.comparison.shown if found.comparison and found.comparison.value is not None else "",
        "period": found.when.label,
        "numerator": "" if missing or found.numerator is None else f"{found.numerator:,}",
        "denominator": "" if missing or found.denominator is None else f"{found.denominator:,}",
    }[field]
