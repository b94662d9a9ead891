"""What was judged, said, promised and done: as it stood on the snapshot, and only what may be shown."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest

from cafcass_reports.errors import CatalogueError
from cafcass_reports.exhibits.payload import QuotationPayload, Status, TablePayload
from cafcass_reports.exhibits.registers import RegisterBook
from cafcass_reports.metrics.measurements import Measurements


def shown(measurements: Measurements, view: str, **registers: list[dict[str, Any]]) -> TablePayload:
    frames = {name: pd.DataFrame(rows, dtype=object) for name, rows in registers.items()}
    payload = getattr(RegisterBook(measurements, frames, measurements.areas.nation), view)().payload
    assert isinstance(payload, TablePayload)
    return payload


def texts(payload: TablePayload) -> list[list[str]]:
    return [[cell.text for cell in row] for section in payload.sections for row in section.rows]


def step(name: str, due: date, done: date | None = None, **other: Any) -> dict[str, Any]:
    row = {"commitment": "An app", "step": name, "set_on": date(2018, 4, 3), "due_on": due, "done_on": done}
    return row | {"owner": "Head"} | other


def said(name: str, consented: date | None) -> dict[str, Any]:
    row = {"said_on": date(2018, 4, 1), "speaker": "An adviser", "words": f"Words of {name}."}
    return row | {"quotation_id": name, "consent": consented is not None, "consented_on": consented}


def test_ratings_stand_by_year_and_a_gap_is_no_rating(measurements: Measurements) -> None:
    rows = [
        {"inspected_on": date(year, 4, 1), "judgement": what, "rating": rating, "inspectorate": "Ofsted"}
        for year, what, rating in (
            (2014, "Overall", "Good"),
            (2018, "Overall", "Outstanding"),
            (2018, "Leadership", "Outstanding"),
            (2030, "Overall", "Inadequate"),
        )
    ]
    payload = shown(measurements, "inspections", inspections=rows)
    assert payload.title == "Overall: Good in 2014, then Outstanding in 2018"
    assert [column.label for column in payload.columns] == ["What was judged", "2014", "2018"]
    assert texts(payload) == [["Overall", "Good", "Outstanding"], ["Leadership", "–", "Outstanding"]]


def test_a_commitment_counts_its_steps_done_and_names_the_next(measurements: Measurements) -> None:
    day = measurements.reporting.snapshot.day
    rows = [
        step("Test it", day, day),
        step("Launch it", day + timedelta(60)),
        step("Finish it", day + timedelta(30), day + timedelta(1)),
        step("Not yet promised", day + timedelta(9), set_on=day + timedelta(1)),
        step("Sign off", day - timedelta(1), commitment="A plan"),
    ]
    payload = shown(measurements, "commitments", commitments=rows)
    assert payload.title == "1 of 4 steps are done, 1 late"
    assert [row[:2] for row in texts(payload)] == [["An app", "1 of 3"], ["A plan", "0 of 1"]]
    assert texts(payload)[0][2].startswith("Finish it, ")
    by_owner = shown(measurements, "next_steps", commitments=rows)
    assert [section.title for section in by_owner.sections] == ["Head"]
    assert [row[2].status for row in by_owner.sections[0].rows] == [
        Status.COMPLETE, Status.NOT_DUE, Status.NOT_DUE, Status.LATE,
    ]  # fmt: skip


def test_a_voice_is_heard_from_the_day_of_its_consent_and_another_is_refused(measurements: Measurements) -> None:
    day = measurements.reporting.snapshot.day
    rows = pd.DataFrame([said("Q1", day), said("Q2", None), said("Q3", day + timedelta(1))], dtype=object)
    book = RegisterBook(measurements, {"quotations": rows}, measurements.areas.nation)
    payload = book.voice("Q1").payload
    assert isinstance(payload, QuotationPayload)
    assert (payload.words, payload.speaker) == ("Words of Q1.", "An adviser")
    for refused in ("Q2", "Q3", "Q9"):
        with pytest.raises(CatalogueError, match=f"no quotation '{refused}' that may be shown") as error:
            book.voice(refused)
        assert "Words of" not in str(error.value)


def test_teams_stand_beside_their_area_as_having_reviewed_or_not(measurements: Measurements) -> None:
    day = measurements.reporting.snapshot.day
    teams = measurements.parts_of(measurements.areas.nation, "team")
    rows = [
        {"team": team.name, "asked_on": date(2018, 4, 1), "reviewed_on": day if number else None, "record": "1. Demand"}
        for number, team in enumerate(teams)
    ]
    payload = shown(measurements, "record_reviews", record_reviews=rows)
    assert payload.title == f"{len(teams) - 1} of {len(teams)} teams have reviewed a graphic record"
    assert [row[2] for row in texts(payload) if row[2] != "–"] == [teams[0].name]
    everyone = {name for row in texts(payload) for cell in row[1:] for name in cell.split(", ")} - {"–"}
    assert everyone == {team.name for team in teams}


def test_a_region_without_a_champion_is_named(measurements: Measurements) -> None:
    regions = [region.name for region in measurements.parts_of(measurements.areas.nation, "region")]
    rows = [{"place": name, "role": "Adviser", "appointed_on": date(2018, 4, 1)} for name in regions[1:]]
    payload = shown(measurements, "champions", champions=rows)
    assert payload.title == f"{len(rows)} strategy champions; none yet in {regions[0]}"


def test_only_what_had_happened_by_the_snapshot_is_counted(measurements: Measurements) -> None:
    day = measurements.reporting.snapshot.day
    held = [
        {"held_on": day + timedelta(days), "place": place, "attended": 40, "record": "1. Demand"}
        for days, place in ((-30, "Leeds"), (-20, "York"), (20, "Hull"))
    ]
    raised = [{"theme": "Time", "pillar": "People", "events": 2}, {"theme": "Tools", "pillar": "People", "events": 1}]
    assert shown(measurements, "events", events=held).title == "2 roadshows, 80 people in the room"
    themes = shown(measurements, "themes", events=held, themes=raised)
    assert themes.title == "2 themes, 1 of them raised at every roadshow"
    assert [row[1] for row in texts(themes)] == ["2 of 2", "1 of 2"]


def test_a_figure_that_a_person_named_in_a_cell_stands_there_with_its_provenance(measurements: Measurements) -> None:
    rows = [{"pillar": "Practice", "theme": "Fewer than {{ open_cases.value }} cases", "events": 1, "number": 1}]
    events = [{"event_id": "1", "held_on": date(2020, 1, 1), "place": "Leeds", "record": "A map", "attended": 3}]
    payload = shown(measurements, "themes", themes=rows, events=events)
    found = measurements.one("open_cases", measurements.areas.nation)
    assert texts(payload)[0][0] == f"Fewer than {found.shown} cases"
    assert [figure.measurement for figure in payload.measurements] == [found.id]
    assert found.shown in payload.alt
