"""Numbers at their source: each one that a person types is a reference, a declared constant or a date.

A constant is a number that no extract holds, such as the hours that guidance gives for a report. It is declared as it
stands in the text, with its source: in the first lines of a commentary, or in ``params/constants.yml`` for all texts of
the project.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from cafcass_reports.checks.findings import Finding, Place, Severity
from cafcass_reports.checks.quantities import quantities
from cafcass_reports.checks.vocabulary import labels, matching, pattern
from cafcass_reports.errors import PackError
from cafcass_reports.parameters import read_yaml

CHECK = "numbers"

# What other checks hold: references, marks of claims. Comments are not shown.
_HELD = re.compile(r"\{\{[^{}]*\}\}|<!--.*?-->|\[[^\[\]]+\]\{[^{}]*\}|\]\([^()\s]*\)", re.DOTALL)
_AROUND = 30


def read_constants(file: Path) -> dict[str, str]:
    """Return the constants of a project, each with its source; none where there is no file.

    Raises
    ------
    PackError
        Where the file is not YAML, or a constant has no source.
    """
    if not file.is_file():
        return {}
    found = read_yaml(file, PackError)
    for phrase, source in found.items():
        if not isinstance(source, str) or not source.strip():
            raise PackError(f"{file}: {phrase!r} has no source.", valid="'25 hours': published guidance.")
    return {str(phrase): source for phrase, source in found.items()}


def check(
    text: str, place: Place, *, constants: Iterable[str] = (), own: Iterable[str] = (), first_line: int = 1
) -> Iterator[Finding]:
    """Point out the numbers of a text that are neither references, constants nor dates.

    Parameters
    ----------
    text
        The text as written, in Markdown.
    place
        Where it stands.
    constants
        Constants of the project.
    own
        Constants that the text declares; one that it does not hold is pointed out too.
    first_line
        The number of the text's first line; 0 where it stands in no file.
    """
    left = _blanked(text, _HELD)
    for phrase in own:
        if not _constant(phrase).search(left):
            yield Finding(
                place, CHECK, Severity.WARNING, f"The constant “{phrase}” is not in the text.",
                next_step="Take it out of `constants`.",
            )  # fmt: skip
    for phrase in sorted({*constants, *own}, key=len, reverse=True):
        left = _blanked(left, _constant(phrase))
    left = _blanked(left, labels())
    spans = {(one.start, one.end) for one in quantities(left)}
    spans |= {match.span() for match in pattern("multiple").finditer(left)}
    for start, end in sorted(spans):
        line = first_line and first_line + text.count("\n", 0, start)
        yield Finding(
            replace(place, line=line), CHECK, Severity.ERROR,
            f"“{text[start:end].strip()}” is typed: {_context(text, start, end)}",
            "A number is a reference, a declared constant or a date.",
            "Write {{ metric.value }}, or declare it with its source under `constants` or in params/constants.yml.",
        )  # fmt: skip


def _blanked(text: str, found: re.Pattern[str]) -> str:
    """The text without what a pattern finds; lines and places stay."""
    return found.sub(lambda match: re.sub(r"[^\n]", "\x00", match.group()), text)


def _constant(phrase: str) -> re.Pattern[str]:
    return matching([phrase])


def _context(text: str, start: int, end: int) -> str:
    before = text[max(0, start - _AROUND) : start].rsplit("\n", maxsplit=1)[-1]
    after = text[end : end + _AROUND].split("\n", maxsplit=1)[0]
    return f"“…{before.lstrip()}{text[start:end]}{after.rstrip()}…”".replace("\n", " ")
