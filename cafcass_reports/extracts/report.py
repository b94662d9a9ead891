"""What was found wrong in a quarter's extracts, and what was read: one page for the analyst."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from rich.table import Table
from rich.text import Text

SHOWN = 1_000
"""Findings listed in one report; all of them are counted."""


@dataclass(frozen=True, order=True)
class Finding:
    """One cell (or row, or column) that breaks a rule.

    Parameters
    ----------
    file
        Name of the file, without its folder; of a workbook its sheet too.
    row
        Row as a spreadsheet numbers it: the first row of the file is 1.
    column
        The column by its name in the file; empty where the whole row is meant.
    value
        The raw text of the cell; None where it is empty.
    rule
        What is valid, in words.
    """

    file: str
    row: int
    column: str
    value: str | None
    rule: str


@dataclass(frozen=True, order=True)
class BrokenRule:
    """How often one rule is broken in one column: the whole count, listed or not."""

    file: str
    column: str
    rule: str
    count: int


@dataclass(frozen=True)
class SourceFile:
    """A file that was read.

    Parameters
    ----------
    table
        The table it holds.
    name
        Its name, without its folder.
    sha256
        Of its bytes, as they were read.
    rows
        Rows of data that are kept.
    duplicates
        Exact duplicate rows that were removed.
    """

    table: str
    name: str
    sha256: str
    rows: int
    duplicates: int


@dataclass(frozen=True)
class Report:
    """The check report of a folder of extracts. Equal files give an equal report.

    Parameters
    ----------
    files
        The files read, in the tables' order.
    findings
        In order of file, row and column; at most `SHOWN`, drawn so that every broken rule has its examples.
    broken
        Every broken rule with its whole count, in order of file and column.
    notes
        What was put right or left out, and does not bar the way.
    """

    files: tuple[SourceFile, ...]
    findings: tuple[Finding, ...]
    broken: tuple[BrokenRule, ...]
    notes: tuple[str, ...]

    @property
    def total(self) -> int:
        """The number of findings, listed or not."""
        return sum(rule.count for rule in self.broken)

    @property
    def ok(self) -> bool:
        """Whether no rule is broken."""
        return not self.broken

    @property
    def summary(self) -> str:
        """The report in one sentence."""
        rows = f"{sum(file.rows for file in self.files):,} rows in {len(self.files)} files"
        if self.ok:
            return f"{rows}, no findings."
        findings = "1 finding" if self.total == 1 else f"{self.total:,} findings"
        unlisted = self.total - len(self.findings)
        return f"{rows}, {findings}" + (f" (the first {len(self.findings):,} are listed)." if unlisted else ".")

    def table(self) -> Table:
        """Return the findings as one table for the terminal, with the notes beneath.

        Where not all findings are listed, the whole count of each broken rule stands beneath too.

        Values are shown as plain text: markup in a file's cell has no effect.
        """
        counts: list[str] = []
        if self.total > len(self.findings):
            counts = [f"{rule.file}, {rule.column or 'rows'}: {rule.count:,} times {rule.rule}" for rule in self.broken]
        beneath = [*counts, *self.notes]
        drawn = Table(
            title=Text(self.summary),
            caption=Text("\n".join(beneath)) if beneath else None,
            title_justify="left",
            caption_justify="left",
        )
        drawn.add_column("File")
        drawn.add_column("Row", justify="right")
        drawn.add_column("Column")
        drawn.add_column("Value", overflow="fold")
        drawn.add_column("What is valid", overflow="fold")
        for finding in self.findings:
            value = Text("(empty)", style="dim") if finding.value is None else Text(finding.value)
            drawn.add_row(Text(finding.file), f"{finding.row}", Text(finding.column), value, Text(finding.rule))
        return drawn

    def as_dict(self) -> dict[str, Any]:
        """Return the report as plain values for JSON: no times, no machine, no folder."""
        return {
            "ok": self.ok,
            "total": self.total,
            "files": [asdict(file) for file in self.files],
            "findings": [asdict(finding) for finding in self.findings],
            "broken": [asdict(rule) for rule in self.broken],
            "notes": list(self.notes),
        }
