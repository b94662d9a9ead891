"""The three-year strategy: its milestones, the plan on a page, and what is not on track."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from cafcass_reports.errors import CatalogueError
from cafcass_reports.exhibits import headlines
from cafcass_reports.exhibits.exhibit import Exhibit
from cafcass_reports.exhibits.payload import Cell, Status, TableColumn
from cafcass_reports.exhibits.registers.rag import GRAVEST_FIRST, RULE, Delivery, gravest, weeks
from cafcass_reports.exhibits.registers.rows import (
    NONE,
    Registers,
    Texts,
    by,
    counted,
    register_of,
    rows_of,
    status_cell,
    table,
)
from cafcass_reports.metrics.measurement import Measurement
from cafcass_reports.metrics.measurements import Measurements

_NEXT = 5
"""Milestones shown where none is off track."""


def milestones(measurements: Measurements, registers: Registers, year: str) -> Exhibit:
    """Show the milestones of a year of the strategy by pillar: when each is due, and whether it is reached.

    Raises
    ------
    CatalogueError
        Where the pack's extracts hold no strategy, or none for the year.
    """
    register = register_of(registers, "strategy")
    day = measurements.reporting.snapshot.day
    rows = [row for row in rows_of(register) if row["strategy_year"] == str(year) and row["set_on"] <= day]
    if not rows:
        raise CatalogueError(
            f"The strategy has no milestones of year {year}.",
            valid=f"Years: {', '.join(sorted(set(register['strategy_year']))) or 'none'}.",
        )
    by_pillar: dict[str, list[tuple[Cell, ...]]] = {}
    for row in sorted(rows, key=lambda row: row["due_on"]):
        status = (
            Status.COMPLETE if by(row["reached_on"], day) else Status.LATE if row["due_on"] < day else Status.NOT_DUE
        )
        cells = (Cell(text=str(row["milestone"])), Cell(text=f"{row['due_on']:%B %Y}"), status_cell(status))
        by_pillar.setdefault(str(row["pillar"]), []).append(cells)
    pillars = list(dict.fromkeys(str(row["pillar"]) for row in rows))
    reached = sum(by(row["reached_on"], day) for row in rows)
    late = sum(not by(row["reached_on"], day) and row["due_on"] < day for row in rows)
    behind = f", {late} late" if late else ", none late" if reached < len(rows) else ""
    return table(
        Texts(measurements),
        title=f"Year {year}: {reached} of {len(rows)} milestones reached{behind}",
        subtitle=f"Milestones of year {year} of the strategy, by pillar",
        source="Register of the strategy",
        columns=(
            TableColumn(label="Milestone", row_header=True, weight=3.6),
            TableColumn(label="Due", weight=1.2),
            TableColumn(label="Status", weight=1.1),
        ),
        sections={pillar: by_pillar[pillar] for pillar in pillars},
    )


@dataclass(frozen=True)
class _Milestone:
    """A milestone as on a day, with the figure that speaks of it."""

    row: dict[str, Any]
    figure: Measurement | None
    day: date

    @property
    def delivery(self) -> Delivery:
        worsened = self.figure is not None and self.figure.improved is False
        return Delivery(self.row["due_on"], self.row["reached_on"], self.row["expected_on"], worsened)

    @property
    def status(self) -> Status:
        return self.delivery.status(self.day)

    @property
    def why(self) -> str:
        """What speaks against it."""
        expected, figure = self.row["expected_on"], self.figure
        reasons = []
        if expected is not None and expected > self.row["due_on"]:
            reasons.append(f"Now expected in {expected:%B %Y}.")
        if figure is not None and figure.improved is False:
            reasons.append(f"Its figure became worse in a year: {_spoken(figure)}.")
        return " ".join(reasons) or ("Its day has passed." if self.status is Status.LATE else "Nothing.")


def plan_on_a_page(measurements: Measurements, registers: Registers) -> Exhibit:
    """Show the whole strategy by pillar: each objective, its milestones, how far it is by rule, what comes next.

    The status of an objective is that of its gravest milestone (:data:`rag.RULE`).

    Raises
    ------
    CatalogueError
        Where the pack's extracts hold no strategy, or it names a metric that there is not.
    """
    texts = Texts(measurements)
    found = _milestones(texts, registers)
    sections: dict[str, list[tuple[Cell, ...]]] = {}
    for pillar, objective in dict.fromkeys((each.row["pillar"], each.row["objective"]) for each in found):
        of_it = [each for each in found if (each.row["pillar"], each.row["objective"]) == (pillar, objective)]
        reached = sum(each.status is Status.COMPLETE for each in of_it)
        ahead = [each.row["due_on"] for each in of_it if each.status is not Status.COMPLETE]
        cells = (
            Cell(text=str(objective)),
            status_cell(gravest(each.status for each in of_it)),
            Cell(text=f"{reached} of {len(of_it)}"),
            Cell(text=f"{min(ahead):%B %Y}" if ahead else NONE),
            Cell(
                text=headlines.sentence("; ".join(dict.fromkeys(_spoken(each.figure) for each in of_it if each.figure)))
                or NONE
            ),
        )
        sections.setdefault(str(pillar), []).append(cells)
    return table(
        texts,
        title=_title(found),
        subtitle="Objectives of the strategy by pillar",
        source="Register of the strategy",
        columns=(
            TableColumn(label="Objective", row_header=True, weight=2.2),
            TableColumn(label="Status", weight=1.0),
            TableColumn(label="Reached", align="right", weight=0.8),
            TableColumn(label="Next due", weight=1.1),
            TableColumn(label="What is measured", weight=2.2),
        ),
        sections=sections,
        note=RULE + " An objective stands as its gravest milestone does.",
    )


def ahead(measurements: Measurements, registers: Registers) -> Exhibit:
    """List the milestones that are not reached yet by pillar, in order of their dates: objective, status, figure.

    Raises
    ------
    CatalogueError
        As for :func:`plan_on_a_page`.
    """
    texts = Texts(measurements)
    every = _milestones(texts, registers)
    found = sorted((each for each in every if each.status is not Status.COMPLETE), key=lambda each: each.row["due_on"])
    texts.used = {each.figure.id: each.figure for each in found if each.figure}
    sections: dict[str, list[tuple[Cell, ...]]] = {str(each.row["pillar"]): [] for each in every}
    for each in found:
        cells = (
            Cell(text=str(each.row["milestone"])),
            Cell(text=str(each.row["objective"])),
            Cell(text=f"{each.row['due_on']:%B %Y}"),
            status_cell(each.status),
            Cell(text=headlines.sentence(_spoken(each.figure)) if each.figure else NONE),
        )
        sections[str(each.row["pillar"])].append(cells)
    due = [each.row["due_on"] for each in found if each.row["due_on"] >= each.day]
    first = f"; the next is due in {due[0]:%B %Y}" if due else ""
    return table(
        texts,
        title=f"{len(found)} of {len(every)} milestones lie ahead{first}",
        subtitle="Milestones of the strategy that are not reached yet, by pillar",
        source="Register of the strategy",
        columns=(
            TableColumn(label="Milestone", row_header=True, weight=2.6),
            TableColumn(label="Objective", weight=1.9),
            TableColumn(label="Due", weight=1.1),
            TableColumn(label="Status", weight=0.9),
            TableColumn(label="What is measured", weight=1.8),
        ),
        sections={pillar: rows for pillar, rows in sections.items() if rows},
        note=RULE,
    )


def off_track(measurements: Measurements, registers: Registers) -> Exhibit:
    """List the milestones that are late or at risk, the gravest first, and why; where there are none, the next due.

    Raises
    ------
    CatalogueError
        As for :func:`plan_on_a_page`.
    """
    texts = Texts(measurements)
    found = _milestones(texts, registers)
    order = {status: place for place, status in enumerate(GRAVEST_FIRST)}
    ahead = sorted(
        (each for each in found if each.status is not Status.COMPLETE),
        key=lambda each: (order[each.status], each.row["due_on"]),
    )
    off = [each for each in ahead if each.status in (Status.LATE, Status.AT_RISK)]
    shown = off or ahead[:_NEXT]
    texts.used = {each.figure.id: each.figure for each in shown if each.figure}
    told = f"{len(off)} of {len(ahead)} milestones ahead need attention" if off else "No milestone is late or at risk"
    return table(
        texts,
        title=told,
        subtitle="Milestones that are late or at risk" if off else "The milestones that are due next",
        source="Register of the strategy",
        columns=(
            TableColumn(label="Milestone", row_header=True, weight=2.4),
            TableColumn(label="Status", weight=1.0),
            TableColumn(label="Due", weight=1.2),
            TableColumn(label="Slippage", weight=1.0),
            TableColumn(label="What speaks against it", weight=2.4),
            TableColumn(label="Owner", weight=1.3),
        ),
        sections={
            "": [
                (
                    Cell(text=str(each.row["milestone"])),
                    status_cell(each.status),
                    Cell(text=f"{each.row['due_on']:%B %Y}"),
                    Cell(text=weeks(each.delivery.slippage(each.day))),
                    Cell(text=each.why),
                    Cell(text=str(each.row["owner"])),
                )
                for each in shown
            ]
        },
        note=RULE,
    )


def _milestones(texts: Texts, registers: Registers) -> list[_Milestone]:
    measurements = texts.measurements
    day, nation = measurements.reporting.snapshot.day, measurements.areas.nation
    return [
        _Milestone(row, texts.figure(row["evidence_metric"], nation), day)
        for row in rows_of(register_of(registers, "strategy"))
        if row["set_on"] <= day
    ]


def _title(found: list[_Milestone]) -> str:
    counts = {status: sum(each.status is status for each in found) for status in GRAVEST_FIRST}
    off = [f"{counts[status]} {status.value.lower()}" for status in (Status.LATE, Status.AT_RISK) if counts[status]]
    return f"{counts[Status.COMPLETE]} of {len(found)} milestones are reached" + (
        f"; {', '.join(off)}" if off else "; the others are on track"
    )


def _spoken(figure: Measurement) -> str:
    """A figure with what it counts, and how it moved."""
    moved = f" ({figure.change_shown})" if figure.change_shown else ""
    return f"{counted(figure)}{moved}"
