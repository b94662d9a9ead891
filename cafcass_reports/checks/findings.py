"""What the checks of a pack found: one report of findings, whichever check they are from.

Each check gives a :class:`Report`; reports are joined with ``|``. In ``checks.json`` a check has a key of its own,
which is there with no findings too: then it ran, and found nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any

from rich.table import Table
from rich.text import Text

CHECKS = ("files", "accessibility", "numbers", "claims")
"""The checks there are: whether files are as written, and what papers show and say."""


class Severity(StrEnum):
    """What a finding does: an error stops a final pack, a warning stops none."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, order=True)
class Place:
    """Where something was found; what does not apply is empty, or 0.

    Parameters
    ----------
    file
        The file: below the project for what people write, below the outputs for what was made.
    line, slide, page
        Where in the file, counted from 1.
    part
        What of it: ``"Chart 3, alt text"``, ``"cell B4"``, ``"h2"``.
    paper, area
        The paper's notebook and the area's name, where the file is of one paper.
    """

    file: str
    line: int = 0
    slide: int = 0
    page: int = 0
    part: str = ""
    paper: str = ""
    area: str = ""

    @property
    def within(self) -> str:
        """Where in the file, in words.

        Examples
        --------
        >>> Place("deck.pptx", slide=3, part="Chart 2").within
        'slide 3, Chart 2'
        """
        counted = (f"{name} {getattr(self, name)}" for name in ("line", "slide", "page") if getattr(self, name))
        return ", ".join([*counted, *([self.part] if self.part else [])])

    def __str__(self) -> str:
        return ", ".join(part for part in (self.file, self.within) if part)


@dataclass(frozen=True, order=True)
class Finding:
    """One thing that a check found.

    Parameters
    ----------
    place
        Where.
    check
        Which check: ``accessibility``, ``numbers``, ``claims``.
    severity
        Whether it stops a final pack.
    found
        What was found, as a sentence.
    valid
        What would be valid, as a sentence.
    next_step
        What to do next, as a sentence.
    """

    place: Place
    check: str
    severity: Severity
    found: str
    valid: str = ""
    next_step: str = ""

    def __str__(self) -> str:
        return f"{self.place}: {' '.join(part for part in (self.found, self.valid, self.next_step) if part)}"

    def as_dict(self) -> dict[str, Any]:
        """Return the finding as plain values; what does not apply is left out."""
        said = {"severity": self.severity.value, **asdict(self.place)}
        said |= {"found": self.found, "valid": self.valid, "next_step": self.next_step}
        return {key: value for key, value in said.items() if value}


def _finding(check: str, said: Mapping[str, Any]) -> Finding:
    place = Place(**{one.name: said[one.name] for one in fields(Place) if one.name in said})
    rest = {key: said.get(key, "") for key in ("found", "valid", "next_step")}
    return Finding(place, check, Severity(said["severity"]), **rest)


@dataclass(frozen=True)
class Report:
    """What checks found.

    Parameters
    ----------
    checks
        The checks that ran, whether or not they found anything.
    findings
        What they found.
    """

    checks: tuple[str, ...]
    findings: tuple[Finding, ...] = ()

    @classmethod
    def of(cls, check: str, findings: Iterable[Finding]) -> Report:
        """Return the report of one check, its findings in order of their places, each once."""
        return cls((check,), tuple(sorted(set(findings))))

    @classmethod
    def from_dict(cls, content: Mapping[str, Any]) -> Report:
        """Return the report that :meth:`as_dict` wrote; what else stands in ``checks.json`` is left out."""
        checks = {check: content[check]["findings"] for check in CHECKS if check in content}
        return cls(tuple(checks), tuple(sorted(_finding(check, one) for check, held in checks.items() for one in held)))

    def __or__(self, other: Report) -> Report:
        checks = tuple(dict.fromkeys((*self.checks, *other.checks)))
        return Report(checks, tuple(sorted({*self.findings, *other.findings})))

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What stops a final pack."""
        return tuple(finding for finding in self.findings if finding.severity is Severity.ERROR)

    @property
    def summary(self) -> str:
        """The report in one sentence.

        Examples
        --------
        >>> Report(("numbers", "claims")).summary
        'Checks of numbers, claims: nothing found.'
        """
        counts = Counter(finding.severity for finding in self.findings)
        said = [f"{n} {kind.value}{'s' if n > 1 else ''}" for kind in Severity if (n := counts[kind])]
        return f"Checks of {', '.join(self.checks)}: {', '.join(said) or 'nothing found'}."

    def table(self, title: str = "") -> Table:
        """Return the findings as one table for the terminal, titled by their summary; markup in it has no effect."""
        drawn = Table(title=Text(title or self.summary), title_justify="left")
        drawn.add_column("Check")
        drawn.add_column("Where", overflow="fold")
        drawn.add_column("What was found", overflow="fold")
        drawn.add_column("What to do", overflow="fold")
        for one in self.findings:
            advice = " ".join(part for part in (one.valid, one.next_step) if part)
            drawn.add_row(f"{one.check}: {one.severity.value}", Text(str(one.place)), Text(one.found), Text(advice))
        return drawn

    def as_dict(self) -> dict[str, Any]:
        """Return the findings by check, as plain values for JSON."""
        return {
            check: {
                "ok": not any(finding.check == check for finding in self.errors),
                "findings": [finding.as_dict() for finding in self.findings if finding.check == check],
            }
            for check in self.checks
        }
