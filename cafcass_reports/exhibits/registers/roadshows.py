"""Registers of the roadshows: events, themes, what was said and done, graphic records, champions, projects."""

from __future__ import annotations

from cafcass_reports.errors import CatalogueError
from cafcass_reports.exhibits.commentary import as_html
from cafcass_reports.exhibits.exhibit import Exhibit
from cafcass_reports.exhibits.payload import Cell, QuotationPayload, TableColumn
from cafcass_reports.exhibits.registers.progress import Row, done, grouped, state, when
from cafcass_reports.exhibits.registers.rows import NONE, Registers, Texts, by, register_of, rows_of, so_far, table
from cafcass_reports.metrics.areas import Level
from cafcass_reports.metrics.measurements import Measurements


def events(measurements: Measurements, registers: Registers) -> Exhibit:
    """The roadshows that were held: day, place, people who came, graphic record."""
    rows = _held(measurements, registers)
    attended = sum(int(row["attended"]) for row in rows)
    return table(
        Texts(measurements),
        title=f"{len(rows)} roadshows, {attended:,} people in the room",
        subtitle="Roadshows: day, place, what the graphic record shows, and people who came",
        source="Register of events",
        columns=(
            TableColumn(label="Day", row_header=True, weight=1.2),
            TableColumn(label="Place", weight=1.2),
            TableColumn(label="Graphic record", weight=2.4),
            TableColumn(label="Came", align="right", weight=0.6),
        ),
        sections={
            "": [
                (
                    Cell(text=f"{row['held_on'].day} {row['held_on']:%B %Y}"),
                    Cell(text=row["place"]),
                    Cell(text=row["record"]),
                    Cell(text=f"{int(row['attended'])}"),
                )
                for row in rows
            ]
        },
    )


def themes(measurements: Measurements, registers: Registers) -> Exhibit:
    """What people want the strategy to take up, by pillar, what most roadshows raised first."""
    rows = rows_of(register_of(registers, "themes"))
    held = len(_held(measurements, registers))
    most = [row["theme"] for row in rows if int(row["events"]) == held]
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
        sections=grouped(
            ordered, "pillar", lambda row: (Cell(text=row["theme"]), Cell(text=f"{int(row['events'])} of {held}"))
        ),
    )


def suggestions(measurements: Measurements, registers: Registers) -> Exhibit:
    """You said, we did: what people asked for, the answer, and how far it is."""
    rows, day = rows_of(register_of(registers, "suggestions")), measurements.reporting.snapshot.day
    return table(
        Texts(measurements),
        title=f"You said, we did: {done(rows, 'done_on', 'are done', day)}",
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
                (Cell(text=row["said"]), Cell(text=row["reply"]), when(row), state(row, "done_on", day)) for row in rows
            ]
        },
    )


def voice(measurements: Measurements, registers: Registers, quotation_id: str) -> Exhibit:
    """Show what somebody said, of those who consented to it by the day of the snapshot.

    Raises
    ------
    CatalogueError
        Where nothing of this id was said, or nobody consented to show it.
    """
    said = so_far(measurements, registers, "quotations", "consented_on")
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


def graphic_records(measurements: Measurements, registers: Registers) -> Exhibit:
    """Each graphic record, where it was drawn, and how many teams have reviewed it."""
    reviews = so_far(measurements, registers, "record_reviews", "reviewed_on")
    drawn: dict[str, list[Row]] = {}
    for row in _held(measurements, registers):
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


def record_reviews(measurements: Measurements, registers: Registers) -> Exhibit:
    """Which teams have reviewed a graphic record and which have not, by area."""
    day = measurements.reporting.snapshot.day
    asked = so_far(measurements, registers, "record_reviews", "asked_on")
    reviewed = {row["team"]: by(row["reviewed_on"], day) for row in asked}
    areas = measurements.areas
    sections: dict[str, list[tuple[Cell, ...]]] = {}
    for area in measurements.parts_of(areas.nation, Level.AREA):
        teams = [team.name for team in measurements.parts_of(area, Level.TEAM) if team.name in reviewed]
        have, waiting = ([team for team in teams if reviewed[team] is which] for which in (True, False))
        if teams:
            cells = (Cell(text=area.name), Cell(text=", ".join(have) or NONE), Cell(text=", ".join(waiting) or NONE))
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


def champions(measurements: Measurements, registers: Registers) -> Exhibit:
    """The strategy champions by region, and which region has none yet."""
    rows = so_far(measurements, registers, "champions", "appointed_on")
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
        sections={"": [(Cell(text=region), Cell(text="; ".join(found) or NONE)) for region, found in roles.items()]},
    )


def projects(measurements: Measurements, registers: Registers) -> Exhibit:
    """The projects of the strategy by pillar, what they take on, and whether their scope is agreed."""
    rows, day = so_far(measurements, registers, "projects", "drafted_on"), measurements.reporting.snapshot.day
    return table(
        Texts(measurements),
        title=done(rows, "agreed_on", "project scopes are agreed", day),
        subtitle="Projects of the strategy, what they take on, and whether their scope is agreed",
        source="Register of projects",
        columns=(
            TableColumn(label="Project", row_header=True, weight=1.4),
            TableColumn(label="Scope", weight=2.6),
            TableColumn(label="Published by", weight=1.1),
            TableColumn(label="Scope agreed", weight=1.1),
        ),
        sections=grouped(
            rows,
            "pillar",
            lambda row: (
                Cell(text=row["project"]),
                Cell(text=row["scope"]),
                when(row),
                state(row, "agreed_on", day),
            ),
        ),
    )


def _held(measurements: Measurements, registers: Registers) -> list[Row]:
    return so_far(measurements, registers, "events", "held_on")
