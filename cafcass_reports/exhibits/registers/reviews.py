"""What teams say of the strategy every six months, rolled up from teams to the nation: the golden thread."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pandas as pd

from cafcass_reports.exhibits.exhibit import Exhibit
from cafcass_reports.exhibits.payload import Cell, TableColumn
from cafcass_reports.exhibits.registers.rows import NONE, Registers, Texts, register_of, rows_of, table
from cafcass_reports.extracts.by_hand import ASKS, PILLARS
from cafcass_reports.metrics.areas import Area, By, Level
from cafcass_reports.metrics.measurement import Measurement
from cafcass_reports.metrics.measurements import Measurements

_TEAMS = "teams_with_review"
_CLEAR = {pillar: f"clear_difference_{pillar.lower()}" for pillar in PILLARS}
_WORDS = 4
"""Sayings shown of a pillar, the most frequent first."""
_NAMED = 5
_MONTHS = 6  # teams review the strategy twice a year
_SOURCE = "Six-monthly team reviews of the strategy"


def team_reviews(measurements: Measurements, registers: Registers, area: Area, by: By) -> Exhibit:
    """Show which teams held a review, and in how many of them the strategy makes a clear difference, by pillar.

    The nation stands first, then the area where it is not the nation, then its parts.

    Raises
    ------
    CatalogueError
        Where the pack's extracts hold no team reviews.
    """
    register_of(registers, "team_reviews")
    texts = Texts(measurements)
    places = list(dict.fromkeys((measurements.areas.nation, area, *measurements.parts_of(area, by))))
    held = {place: texts.figure(_TEAMS, place) for place in places}
    of_all = {place: len(measurements.parts_of(place, "team")) for place in places}
    told = held[area]
    return table(
        texts,
        title=f"{told.shown if told else 0} of {of_all[area]} teams reviewed the strategy",
        subtitle="Teams that reviewed the strategy, and reviews that see a clear difference",
        source=_SOURCE,
        columns=(
            TableColumn(label=str(by).capitalize(), row_header=True, weight=1.4),
            TableColumn(label="Teams with a review", align="right", weight=1.2),
            *(TableColumn(label=pillar, align="right", weight=1.2) for pillar in PILLARS),
        ),
        sections={
            "": [
                (
                    Cell(text=place.name),
                    _teams(held[place], of_all[place]),
                    *(_clear(texts.figure(_CLEAR[pillar], place)) for pillar in PILLARS),
                )
                for place in places
            ]
        },
        note="Practice, People and Partners: reviews that see a clear difference in the team's work. Where teams are "
        "few, one of them moves the share far.",
        area=area,
    )


def team_asks(measurements: Measurements, registers: Registers, area: Area) -> Exhibit:
    """Show what would help teams most, by pillar, as they say in their reviews.

    Raises
    ------
    CatalogueError
        Where the pack's extracts hold no team reviews.
    """
    rows = _held(measurements, registers, area)
    asked = Counter((str(row["asks_for"]), str(row["pillar"])) for row in rows)
    total = Counter(str(row["asks_for"]) for row in rows)
    ordered = sorted(ASKS, key=lambda ask: (-total[ask], ASKS.index(ask)))
    most = next((ask for ask in ordered if ask != ASKS[0]), "") if rows else ""
    return table(
        Texts(measurements),
        title=f"What teams most often ask for is {most}" if most else "No team has reviewed the strategy yet",
        subtitle="What would help teams most, reviews by pillar",
        source=_SOURCE,
        columns=(
            TableColumn(label="What would help most", row_header=True, weight=2.0),
            *(TableColumn(label=pillar, align="right") for pillar in PILLARS),
            TableColumn(label="All", align="right"),
        ),
        sections={
            "": [
                (
                    Cell(text=ask.capitalize()),
                    *(Cell(text=f"{asked[ask, pillar]:,}") for pillar in PILLARS),
                    Cell(text=f"{total[ask]:,}"),
                )
                for ask in ordered
            ]
        },
        area=area,
    )


def team_voices(measurements: Measurements, registers: Registers, area: Area) -> Exhibit:
    """Show what the teams of an area say in their own words.

    Raises
    ------
    CatalogueError
        Where the pack's extracts hold no team reviews.
    """
    rows = [row for row in _held(measurements, registers, area) if row["said"]]
    by_pillar: dict[str, list[tuple[Cell, ...]]] = {}
    for pillar in PILLARS:
        said = Counter(str(row["said"]) for row in rows if row["pillar"] == pillar)
        by_pillar[pillar] = [
            (
                Cell(text=words),
                Cell(text=_who([str(row["team"]) for row in rows if (row["pillar"], row["said"]) == (pillar, words)])),
            )
            for words, _ in said.most_common(_WORDS)
        ]
    return table(
        Texts(measurements),
        title=f"What teams in {area.name} say of the strategy",
        subtitle="Teams' own words",
        source=_SOURCE,
        columns=(
            TableColumn(label="What they say", row_header=True, weight=3.0),
            TableColumn(label="Teams", weight=1.4),
        ),
        sections={pillar: held for pillar, held in by_pillar.items() if held},
        area=area,
    )


def _held(measurements: Measurements, registers: Registers, area: Area) -> list[dict[str, Any]]:
    """The reviews of an area's teams in the six months to the snapshot, as the metrics count them."""
    day = measurements.reporting.snapshot.day
    since = (pd.Timestamp(day) - pd.DateOffset(months=_MONTHS)).date()
    teams = {area.name} if area.level is Level.TEAM else {team.name for team in measurements.parts_of(area, "team")}
    return [
        row
        for row in rows_of(register_of(registers, "team_reviews"))
        if row["team"] in teams and since < row["reviewed_on"] <= day
    ]


def _who(teams: list[str]) -> str:
    """The teams by name, or how many they are where their names would be a list of their own."""
    return ", ".join(teams) if len(teams) <= _NAMED else f"{len(teams)} teams"


def _teams(held: Measurement | None, of_all: int) -> Cell:
    return Cell(text=f"{held.shown if held else 0} of {of_all}", measurement=held.id if held else "")


def _clear(found: Measurement | None) -> Cell:
    if found is None:
        return Cell(text=NONE)
    return Cell(text=f"{found.numerator} of {found.denominator} ({found.shown})", measurement=found.id)
