"""A small organisation whose extracts keep every rule, for tests that break one thing at a time."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cafcass_reports.extracts import Finding, examine
from cafcass_reports.extracts.schemas import TABLES

ROWS: dict[str, tuple[str, ...]] = {
    "areas": (
        "England|North|A1|A1 Tyne|after first hearing",
        "England|North|A1|A1 Wear|to first hearing",
        "England|South|A15A|A15A Thames|after first hearing",
    ),
    "cases": (
        "0071|C1|public|care|2020-04-01|2020-04-03|2020-04-20|2020-09-30|A1 Tyne|W1|worker|yes",
        "0072|C1|public|supervision|02/04/2020|03/04/2020|||A1 Tyne|W1|worker|no",
        "0073|C2|private|child arrangements|3/5/2020||||A15A Thames|||",
        "0074|C3|private|enforcement|2020-06-01|2020-06-01|||A1 Wear|W2|duty|",
    ),
    "children": (
        "0071|K1|2015-06-01|female",
        "0071|K2|2017-06-05|male",
        "0073|K3|2019-06-03|unknown",
    ),
    "court_reports": ("R1|0073|A15A Thames|section 7|2020-06-01|2020-08-01|2020-07-30",),
    "audits": (
        "Q1|C1|2020-09-01|A1 Tyne|national|Good|Outstanding|diverse needs identified; diverse needs analysed well",
        "Q2|C2|2020-09-02|A15A Thames|case planning|Met||",
    ),
    "workforce": (
        "P1|W1|family court adviser|yes|1|Operations|A1 Tyne|employee|female|no|White|2015-01-05||within range||",
        "P2|W2|practice supervisor|y|0.8|Operations|A1 Wear|employee|male|yes|Asian|2016-02-01|||2020-05-01|2020-05-04",
        "P3|W3|corporate|no|0.5|HR||employee|male|unknown|unknown|2016-02-01|2020-12-31|||",
    ),
    "absences": ("S1|W1|yes|A1 Tyne|sickness|2020-05-04|2020-05-08",),
    "reported_figures": ("staff_engagement|England|2020-04-01|2020-06-30|1,234.5|Staff survey|2020-07-10",),
}

# Registers may be missing, and are written by the tests that want them.
REGISTERS: dict[str, tuple[str, ...]] = {
    "reflections": (
        "Supervision|yes|2020-04-01|2020-05-04|2020-05-29|2020-06-15|{{ open_cases.value }} open.|Guidance|Director",
        "Domestic abuse|no|2020-06-01||||||Head of practice",
    ),
    "improvement_plan": (
        "1|Analysis|Children understand our reports|audits_good_or_better|2020-09-01||Director",
        "2|Records|Records are clear||2020-09-01|2020-11-01|Director",
    ),
    "strategy": (
        "M1|People|Academy|It is open|1|2020-04-01|2020-09-30||2020-09-14||Director",
        "M2|Partners|Reform|Guidance is shaped|1|2020-04-01|2021-03-31|2021-05-31||audits_good_or_better|Director",
        "M3|Practice|Letters|New letters|2|2020-04-01|2022-03-31||||Director",
    ),
    "team_reviews": (
        "A1 Tyne|2020-09-21|Practice|a clear difference|nothing more|Children know us before we meet.",
        "A1 Tyne|2020-09-21|People|some difference|time and caseloads|",
        "A15A Thames|2020-09-22|Practice|no difference yet|training and tools|",
    ),
    "risks": (
        "R1|Children wait|Practice|2020-06-15|4|4|A protocol||Director",
        "R1|Children wait|Practice|2020-11-30|3|4|A protocol||Director",
    ),
    "feedback": (
        "F1|2020-05-04|A1 Tyne|child|interview|being heard||yes|remote||",
        "F2|2020-05-05|A1 Tyne|adult|interview|delay|8.5||in person||",
        "F3|2020-06-01||adult|complaint|fairness||||upheld|2020-06-20",
    ),
    "action_plan": (
        "1|2020-06-30|Child impact|Guidance|Director|A draft|Publish|June and October 2020|",
        "1|2020-09-30|Child impact|Guidance|Director|Published|Teach|By March 2021; ongoing|2020-09-29",
    ),
    "population": (
        "England|Women|28502536|Census|2011-03-27",
        "A1|Women|1300500|Census|2011-03-27",
    ),
    "weekly_returns": (
        "North|2021-01-08|2|3|1,200|400|500|100",
        "South|2021-01-08|0|1|800|300|200|100",
    ),
    "weekly_status": (
        "North|2021-01-08|high|in place|Tyne|More new work than advisers can take",
        "South|2021-01-08|low|not needed||",
    ),
    "inspections": ("2018-02-23|Overall|Outstanding|Ofsted",),
    "commitments": (
        "An app|Test it|2020-04-01|2020-06-30|2020-06-01|Director",
        "An app|Launch it|2020-04-01|2021-03-31||Head",
    ),
    "events": ("E1|2020-06-01|North|12|1. Demand",),
    "votes": ("V1|2020-06-01|useful|agree", "V1|2020-06-01|heard|neither"),
    "themes": ("1|Practice|Plain words|1",),
    "suggestions": ("1|More time|More of the day is for talk|2020-09-30||Head of strategy",),
    "quotations": (
        "Q1|2020-06-01|An adviser|It was good.|yes|2020-06-02",
        "Q2|2020-06-01|A manager|In confidence.|no|",
    ),
    "record_reviews": ("A1 Tyne|2020-06-01|2020-07-01|1. Demand", "A1 Wear|2020-06-01||"),
    "champions": ("North|Adviser|2020-06-01",),
    "projects": ("Practice|Framework|Values and tools|2020-06-01|2021-03-31|2020-07-01|Director",),
    "framework": ("1|Letters|Who we are|Children expect us|audits_good_or_better|2020-06-01",),
}


@dataclass(frozen=True)
class Folder:
    """A folder of extracts on disk."""

    path: Path

    def header(self, table: str) -> list[str]:
        return [column.name for column in TABLES[table].columns]

    def rows(self, table: str) -> list[list[str]]:
        return [row.split("|") for row in (ROWS | REGISTERS)[table]]

    def write(self, table: str, rows: Sequence[Sequence[str]], header: Sequence[str] | None = None) -> None:
        with (self.path / f"{table}.csv").open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([header or self.header(table), *rows])

    def write_bytes(self, name: str, data: bytes) -> None:
        (self.path / name).write_bytes(data)

    def text(self, table: str) -> str:
        return (self.path / f"{table}.csv").read_text(encoding="utf-8")

    def change(self, table: str, row: int, **cells: str) -> None:
        """Put other cells into a row, numbered as in the file: the header is row 1."""
        rows = self.rows(table)
        for column, value in cells.items():
            rows[row - 2][self.header(table).index(column)] = value
        self.write(table, rows)

    def add(self, table: str, *rows: str) -> None:
        self.write(table, [*self.rows(table), *(row.split("|") for row in rows)])

    def keep_registers(self) -> None:
        """Write every register."""
        for table in REGISTERS:
            self.write(table, self.rows(table))

    def remove(self, table: str) -> None:
        (self.path / f"{table}.csv").unlink()

    def findings(self) -> tuple[Finding, ...]:
        with examine(self.path) as extracts:
            return extracts.report.findings
