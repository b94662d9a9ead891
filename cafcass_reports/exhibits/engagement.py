"""What was judged, said, promised and done, from the registers of letters, roadshows and briefings.

A register speaks for the nation, whatever area a paper is about, and as it stood on the pack's snapshot.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, TypeAlias

from cafcass_reports.errors import CatalogueError, nearest
from cafcass_reports.exhibits import headlines
from cafcass_reports.exhibits.commentary import as_html
from cafcass_reports.exhibits.exhibit import Exhibit
from cafcass_reports.exhibits.payload import Cell, QuotationPayload, Status, TableColumn
from cafcass_reports.exhibits.registers.rows import Registers, Texts, by, register_of, rows_of, status_cell, table
from cafcass_reports.metrics.areas import Level
from cafcass_reports.metrics.measurements import Measurements

_NONE = "–"
Row: TypeAlias = dict[str, Any]


def shown(measurements: Measurements, registers: Registers, view: str) -> Exhibit:
    """Show a register in one of the ways of :data:`VIEWS`.

    Raises
    ------
    CatalogueError
        Where there is no such way, or the pack's extracts do not hold the register.
    """
    if view not in VIEWS:
        raise CatalogueError(f"There is no register {view!r}.", valid=nearest(view, VIEWS))
    return VIEWS[view](measurements, registers)


def voice(measurements: Measurements, registers: Registers, quotation_id: str) -> Exhibit:
    """Show what somebody said, of those who consented to it by the day of the snapshot.

    Raises
    ------
    CatalogueError
        Where nothing of this id was said, or nobody consented to show it.
    """
    said = [row for row in rows_of(register_of(registers, "quotations")) if by(row["consented_on"], _day(measurements))]
    row = next((row for row in said if row["quotation_id"] == quotation_id), None)
    if row is None:
        raise CatalogueError(
            f"There is no quotation {quotation_id!r} that may be shown.",
            valid=f"With consent: {', '.join(row['quotation_id'] for row in said) or 'none'}.",
            next_step="Ask whoever said it, and record the consent with its day.",
        )
    payload = QuotationPayload(
        name="quotations",
        owner="Register of quotations",
        dated=row["said_on"].isoformat(),
        words=row["words"],
        speaker=row["speaker"],
    )
    html = f"<blockquote>{as_html(payload.words)}<p>– {as_html(payload.speaker)}</p></blockquote>"
    return Exhibit("quotation", payload, html, f"“{payload.words}”\n– {payload.speaker}")


def _inspections(measurements: Measurements, registers: Registers) -> Exhibit:
    rows = [
        row for row in rows_of(register_of(registers, "inspections")) if by(row["inspected_on"], _day(measurements))
    ]
    years = sorted({row["inspected_on"].year for row in rows})
    judged = {(row["judgement"], row["inspected_on"].year): row["rating"] for row in rows}
    names = list(dict.fromkeys(row["judgement"] for row in rows))
    overall = [f"{judged[names[0], year]} in {year}" for year in years if (names[0], year) in judged]
    return table(
        Texts(measurements),
        title=f"{names[0]}: {', then '.join(overall)}" if names else "No inspection is on record",
        subtitle="Ratings by the inspectorate",
        source="Register of inspections",
        columns=(
            TableColumn(label="What was judged", row_header=True, weight=2.2),
            *(TableColumn(label=str(year)) for year in years),
        ),
        sections={"": [(Cell(text=n), *(Cell(text=judged.get((n, year), _NONE)) for year in years)) for n in names]},
    )


def _commitments(measurements: Measurements, registers: Registers) -> Exhibit:
    """One row a commitment: how many of its steps are done, and the next of them."""
    rows, day = _steps(measurements, registers), _day(measurements)
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        grouped.setdefault(row["commitment"], []).append(row)
    return table(
        Texts(measurements),
        title=_done(rows, "done_on", "steps are done", day),
        subtitle="Commitments, how many of their steps are done, and the next one",
        source="Register of commitments",
        columns=(
            TableColumn(label="We promise", row_header=True, weight=2.1),
            TableColumn(label="Done", weight=0.8),
            TableColumn(label="Next, and when", weight=2.4),
        ),
        sections={
            "": [
                (
                    Cell(text=name),
                    Cell(text=f"{sum(by(step['done_on'], day) for step in steps)} of {len(steps)}"),
                    Cell(text=_next(steps, day)),
                )
                for name, steps in grouped.items()
            ]
        },
    )


def _next_steps(measurements: Measurements, registers: Registers) -> Exhibit:
    """The steps of all commitments by who answers for them."""
    rows, day = _steps(measurements, registers), _day(measurements)
    return table(
        Texts(measurements),
        title=_done(rows, "done_on", "next steps are done", day),
        subtitle="Next steps, by who answers for them",
        source="Register of commitments",
        columns=(
            TableColumn(label="Step", row_header=True, weight=3.2),
            TableColumn(label="By", weight=1.3),
            TableColumn(label="Status", weight=1.2),
        ),
        sections=_grouped(rows, "owner", lambda row: (Cell(text=row["step"]), _when(row), _state(row, "done_on", day))),
    )


def _events(measurements: Measurements, registers: Registers) -> Exhibit:
    rows = [row for row in rows_of(register_of(registers, "events")) if by(row["held_on"], _day(measurements))]
    attended = sum(int(row["attended"]) for row in rows)
    return table(
        Texts(measurements),
        title=f"{len(rows)} roadshows, {attended:,} people in the room",
        subtitle="Roadshows: day, place, people who came, and what the graphic record shows",
        source="Register of events",
        columns=(
            TableColumn(label="Day", row_header=True, weight=1.2),
            TableColumn(label="Place", weight=1.2),
            TableColumn(label="Came", align="right", weight=0.6),
            TableColumn(label="Graphic record", weight=2.4),
        ),
        sections={
            "": [
                (
                    Cell(text=f"{row['held_on'].day} {row['held_on']:%B %Y}"),
                    Cell(text=row["place"]),
                    Cell(text=f"{int(row['attended'])}"),
                    Cell(text=row["record"]),
                )
                for row in rows
            ]
        },
    )


def _themes(measurements: Measurements, registers: Registers) -> Exhibit:
    rows = rows_of(register_of(registers, "themes"))
    events = len(rows_of(register_of(registers, "events")))
    most = [row["theme"] for row in rows if int(row["events"]) == events]
    ordered = sorted(rows, key=lambda row: -int(row["events"]))
    return table(
        Texts(measurements),
        title=f"{len(rows)} themes, {len(most) or 'none'} of them raised at every roadshow",
        subtitle="What people want the strategy to take up, and at how many roadshows they raised it",
        source="Register of themes",
        columns=(
            TableColumn(label="Theme", row_header=True, weight=4),
            TableColumn(label="Raised at", align="right", weight=1),
        ),
        sections=_grouped(
            ordered, "pillar", lambda row: (Cell(text=row["theme"]), Cell(text=f"{int(row['events'])} of {events}"))
        ),
    )


def _suggestions(measurements: Measurements, registers: Registers) -> Exhibit:
    rows, day = rows_of(register_of(registers, "suggestions")), _day(measurements)
    return table(
        Texts(measurements),
        title=f"You said, we did: {_done(rows, 'done_on', 'are done', day)}",
        subtitle="What people asked us to do differently, and what we do about it",
        source="Register of suggestions",
        columns=(
            TableColumn(label="You said", row_header=True, weight=1.7),
            TableColumn(label="We did, or shall do", weight=2.3),
            TableColumn(label="By", weight=1.1),
            TableColumn(label="Status", weight=1.1),
        ),
        sections={
            "": [
                (Cell(text=row["said"]), Cell(text=row["reply"]), _when(row), _state(row, "done_on", day))
                for row in rows
            ]
        },
    )


def _record_reviews(measurements: Measurements, registers: Registers) -> Exhibit:
    """Which teams have reviewed a graphic record and which have not, by area."""
    rows, day = rows_of(register_of(registers, "record_reviews")), _day(measurements)
    reviewed = {row["team"]: by(row["reviewed_on"], day) for row in rows if by(row["asked_on"], day)}
    areas = measurements.areas
    sections: dict[str, list[tuple[Cell, ...]]] = {}
    for area in measurements.parts_of(areas.nation, Level.AREA):
        teams = [team.name for team in measurements.parts_of(area, Level.TEAM) if team.name in reviewed]
        done, waiting = ([team for team in teams if reviewed[team] is which] for which in (True, False))
        if teams:
            cells = (Cell(text=area.name), Cell(text=", ".join(done) or _NONE), Cell(text=", ".join(waiting) or _NONE))
            sections.setdefault(str(area.part_of), []).append(cells)
    return table(
        Texts(measurements),
        title=f"{sum(reviewed.values())} of {len(reviewed)} teams have reviewed a graphic record",
        subtitle="Teams that have reviewed at least one graphic record, and those that have not yet",
        source="Reviews of graphic records",
        columns=(
            TableColumn(label="Area", row_header=True, weight=0.7),
            TableColumn(label="Have reviewed one", weight=2),
            TableColumn(label="Not yet", weight=2),
        ),
        sections=sections,
    )


def _graphic_records(measurements: Measurements, registers: Registers) -> Exhibit:
    """Each graphic record, where it was drawn, and how many teams have reviewed it."""
    events, day = rows_of(register_of(registers, "events")), _day(measurements)
    reviews = [row for row in rows_of(register_of(registers, "record_reviews")) if by(row["reviewed_on"], day)]
    drawn: dict[str, list[Row]] = {}
    for row in events:
        drawn.setdefault(row["record"], []).append(row)
    used = {record: sum(row["record"] == record for row in reviews) for record in drawn}
    most = max(used, key=lambda record: used[record], default="")
    return table(
        Texts(measurements),
        title=f"{len(drawn)} graphic records; most teams chose “{most.partition('. ')[2] or most}”",
        subtitle="What was drawn at the roadshows, and by how many teams it was reviewed",
        source="Register of events, reviews of graphic records",
        columns=(
            TableColumn(label="Graphic record", row_header=True, weight=2.4),
            TableColumn(label="Drawn in", weight=2),
            TableColumn(label="Teams", align="right", weight=0.7),
        ),
        sections={
            "": [
                (
                    Cell(text=record),
                    Cell(text=", ".join(dict.fromkeys(f"{row['place']}, {row['held_on']:%B}" for row in rows))),
                    Cell(text=str(used[record])),
                )
                for record, rows in drawn.items()
            ]
        },
    )


def _champions(measurements: Measurements, registers: Registers) -> Exhibit:
    rows = [row for row in rows_of(register_of(registers, "champions")) if by(row["appointed_on"], _day(measurements))]
    regions = [region.name for region in measurements.parts_of(measurements.areas.nation, Level.REGION)]
    roles = {region: [row["role"] for row in rows if row["place"] == region] for region in regions}
    without = [region for region, found in roles.items() if not found]
    lacking = f"; none yet in {' and '.join(without)}" if without else ", one or more in each region"
    return table(
        Texts(measurements),
        title=f"{len(rows)} strategy champions{lacking}",
        subtitle="Strategy champions by region, by their role",
        source="Register of strategy champions",
        columns=(
            TableColumn(label="Region", row_header=True, weight=1),
            TableColumn(label="Strategy champions", weight=2.4),
        ),
        sections={"": [(Cell(text=region), Cell(text="; ".join(found) or _NONE)) for region, found in roles.items()]},
    )


def _projects(measurements: Measurements, registers: Registers) -> Exhibit:
    day = _day(measurements)
    rows = [row for row in rows_of(register_of(registers, "projects")) if by(row["drafted_on"], day)]
    return table(
        Texts(measurements),
        title=_done(rows, "agreed_on", "project scopes are agreed", day),
        subtitle="Projects of the strategy, what they take on, and whether their scope is agreed",
        source="Register of projects",
        columns=(
            TableColumn(label="Project", row_header=True, weight=1.4),
            TableColumn(label="Scope", weight=2.6),
            TableColumn(label="Published by", weight=1.1),
            TableColumn(label="Scope agreed", weight=1.1),
        ),
        sections=_grouped(
            rows,
            "pillar",
            lambda row: (
                Cell(text=row["project"]),
                Cell(text=row["scope"]),
                _when(row),
                _state(row, "agreed_on", day),
            ),
        ),
    )


def _framework(measurements: Measurements, registers: Registers) -> Exhibit:
    """Each part of the practice framework: what partners see of it, and the figure that speaks of it today."""
    rows = [row for row in rows_of(register_of(registers, "framework")) if by(row["in_use_from"], _day(measurements))]
    texts = Texts(measurements)
    evidence = [_said_today(texts, row["evidence_metric"]) for row in rows]
    measured = sum(map(bool, evidence))
    return table(
        texts,
        title=f"{len(rows)} parts are in use; {measured} have a figure that says what changes",
        subtitle="Parts of the practice framework",
        source="Register of the practice framework",
        columns=(
            TableColumn(label="Part", row_header=True, weight=1.4),
            TableColumn(label="What it is", weight=2.3),
            TableColumn(label="What you should see", weight=2.1),
            TableColumn(label="What a figure says", weight=1.7),
        ),
        sections={
            "": [
                (
                    Cell(text=f"{row['number']}. {row['part']}"),
                    Cell(text=row["means"]),
                    Cell(text=row["partners_see"]),
                    Cell(text=found or _NONE),
                )
                for row, found in zip(rows, evidence, strict=True)
            ]
        },
    )


def _said_today(texts: Texts, metric: str | None) -> str:
    """A metric and its figure; nothing where there is none."""
    if metric is None:
        return ""
    found = texts.measurements.one(metric, texts.measurements.areas.nation)
    if found.value is None and not found.suppressed:
        return ""
    texts.used[found.id] = found
    return f"{headlines.sentence(found.metric.phrase)}: {found.shown}"


def _day(measurements: Measurements) -> date:
    return measurements.reporting.snapshot.day


def _steps(measurements: Measurements, registers: Registers) -> list[Row]:
    return [row for row in rows_of(register_of(registers, "commitments")) if by(row["set_on"], _day(measurements))]


def _done(rows: Iterable[Row], column: str, words: str, day: date) -> str:
    """How many of the rows are done, and how many are late."""
    every = list(rows)
    late = sum(_status(row, column, day) is Status.LATE for row in every)
    done = sum(by(row[column], day) for row in every)
    return f"{done} of {len(every)} {words}" + (
        f", {late} late" if late else ", none late" if done < len(every) else ""
    )


def _status(row: Row, column: str, day: date) -> Status:
    if by(row[column], day):
        return Status.COMPLETE
    return Status.LATE if row["due_on"] < day else Status.NOT_DUE


def _state(row: Row, column: str, day: date) -> Cell:
    return status_cell(_status(row, column, day))


def _when(row: Row) -> Cell:
    return Cell(text=f"{row['due_on']:%B %Y}")


def _next(steps: Iterable[Row], day: date) -> str:
    waiting = sorted((row for row in steps if not by(row["done_on"], day)), key=lambda row: row["due_on"])
    return f"{waiting[0]['step']}, {waiting[0]['due_on']:%B %Y}" if waiting else "All is done"


def _grouped(
    rows: Iterable[Row], column: str, cells: Callable[[Row], tuple[Cell, ...]]
) -> Mapping[str, list[tuple[Cell, ...]]]:
    """Rows in sections, in the order in which these first stand in the register."""
    grouped: dict[str, list[tuple[Cell, ...]]] = {}
    for row in rows:
        grouped.setdefault(str(row[column]), []).append(cells(row))
    return grouped


VIEWS: Mapping[str, Callable[[Measurements, Registers], Exhibit]] = MappingProxyType(
    {
        "inspections": _inspections,
        "commitments": _commitments,
        "next_steps": _next_steps,
        "events": _events,
        "themes": _themes,
        "suggestions": _suggestions,
        "graphic_records": _graphic_records,
        "record_reviews": _record_reviews,
        "champions": _champions,
        "projects": _projects,
        "framework": _framework,
    }
)
"""The ways in which :func:`shown` shows a register, by name."""
