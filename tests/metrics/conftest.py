"""A small organisation of random records, typed as the extracts' room types them."""

from __future__ import annotations

from datetime import date
from functools import cache

import duckdb
import numpy as np
import pandas as pd
import pytest

from cafcass_reports.extracts.by_hand import CHANNELS, FEEDBACK_THEMES, GIVERS, PILLARS, WAYS_OF_MEETING
from cafcass_reports.extracts.engagement import QUESTIONS
from cafcass_reports.extracts.schemas import ENGAGEMENTS, JUDGEMENTS, TABLES, THEMES
from cafcass_reports.metrics import catalogue
from cafcass_reports.metrics.measure import areas_of, first_days, measure
from cafcass_reports.metrics.measurements import Measurements
from cafcass_reports.periods import Period, Snapshot
from cafcass_reports.reporting import Reporting

REPORTING = Reporting(
    Period(date(2020, 4, 1), date(2020, 11, 30)), Snapshot(date(2020, 12, 1)), history_from=date(2019, 4, 1)
)

WEEKS = ("2020-11-13", "2020-11-20", "2020-11-27", "2020-12-04")
"""Weeks that are returned, the last of them after the reporting's own date."""


def records(seed: int = 7, cases: int = 600) -> dict[str, pd.DataFrame]:
    """Random but valid records, by table."""
    draw = np.random.default_rng(seed)
    teams = pd.DataFrame(
        [("England", region, area, f"{area}-T{n}", kind)
         for region, area in (("North", "A1"), ("North", "A2"), ("South", "A10"))
         for n, kind in ((1, "to first hearing"), (2, "after first hearing"))],
        columns=["nation", "region", "area", "team", "team_kind"],
    )  # fmt: skip

    def days(first: str, last: str, count: int) -> pd.Series:
        span = (pd.Timestamp(last) - pd.Timestamp(first)).days
        return pd.Timestamp(first) + pd.to_timedelta(draw.integers(0, span, count), unit="D").to_series(index=None)

    def some(values: pd.Series, share: float) -> pd.Series:
        return values.where(draw.random(len(values)) < share)

    def pick(values: list[str], count: int) -> np.ndarray:
        return draw.choice(np.array(values, dtype=object), count)

    received = days("2019-04-01", "2020-12-15", cases).reset_index(drop=True)
    allocated = some(received + pd.to_timedelta(draw.integers(0, 9, cases), unit="D"), 0.9)
    law = pick(["public", "private"], cases)
    case = pd.DataFrame(
        {
            "application_id": [f"{n:016d}" for n in range(cases)],
            "case_id": [f"{n:012d}" for n in draw.integers(0, cases * 2 // 3, cases)],
            "law": law,
            "application": np.where(law == "public", pick(["care", "supervision", "other public"], cases),
                                    pick(["child arrangements", "enforcement"], cases)),
            "received_on": received,
            "allocated_on": allocated,
            "first_hearing_on": some(received + pd.to_timedelta(70, unit="D"), 0.5),
            "closed_on": some(received + pd.to_timedelta(draw.integers(20, 300, cases), unit="D"), 0.6),
            "team": pick(list(teams["team"]), cases),
            "worker_id": pick([f"{n:06d}" for n in range(40)], cases),
            "allocation": np.where(allocated.isna(), None, pick(["duty", "worker", "practice supervisor"], cases)),
            "lead": True,
        }
    )  # fmt: skip
    child = pd.DataFrame(
        {
            "application_id": pick(list(case["application_id"]), cases),
            "child_id": [f"{n:08d}" for n in draw.integers(0, cases, cases)],
            "week_of_birth": pd.Timestamp("2012-01-02"),
            "gender": "unknown",
        }
    )
    ordered = days("2019-04-01", "2020-12-01", cases).reset_index(drop=True)
    report = pd.DataFrame(
        {
            "report_id": [f"{n:08d}" for n in range(cases)],
            "application_id": pick(list(case["application_id"]), cases),
            "team": pick(list(teams["team"]), cases),
            "report_type": pick(["section 7", "rule 16.4", "addendum"], cases),
            "ordered_on": ordered,
            "due_on": ordered + pd.to_timedelta(60, unit="D"),
            "filed_on": some(ordered + pd.to_timedelta(draw.integers(30, 90, cases), unit="D"), 0.9),
        }
    )
    judgements = (None, JUDGEMENTS[0], f"{JUDGEMENTS[0]}; {JUDGEMENTS[1]}", JUDGEMENTS[2])
    audit = pd.DataFrame(
        {
            "audit_id": [f"{n:08d}" for n in range(cases)],
            "case_id": pick(list(case["case_id"]), cases),
            "audited_on": days("2019-04-01", "2020-12-01", cases).reset_index(drop=True),
            "team": pick(list(teams["team"]), cases),
            "theme": pick(list(THEMES), cases),
            "grade": pick(["Outstanding", "Good", "Met", "Requires improvement", "Inadequate"], cases),
            "moderated_grade": some(pd.Series(pick(["Good", "Met", "Met", "Inadequate"], cases)), 0.5),
            "judgements": [judgements[n % len(judgements)] for n in range(cases)],
        }
    )
    posts = 80
    started = days("2018-01-01", "2020-11-01", posts).reset_index(drop=True)
    due = some(days("2019-04-01", "2020-12-01", posts).reset_index(drop=True), 0.9)
    post = pd.DataFrame(
        {
            "post_id": [f"{n:06d}" for n in range(posts)],
            "worker_id": [f"{n:06d}" for n in range(posts)],
            "role": pick(["family court adviser", "practice supervisor", "corporate", "student"], posts),
            "social_work": draw.random(posts) < 0.7,
            "fte": draw.choice([0.5, 0.8, 0.93, 1.0], posts),
            "business_unit": "A1",
            "team": some(pd.Series(pick(list(teams["team"]), posts)), 0.8),
            "engagement": [ENGAGEMENTS[n % len(ENGAGEMENTS)] for n in range(posts)],
            "gender": [("female", "male", "unknown")[n % 3] for n in range(posts)],
            "disability": [("no", "yes", "unknown")[n % 3] for n in range(posts)],
            "ethnicity": [("White", "Asian", "unknown")[n % 3] for n in range(posts)],
            "started_on": started,
            "ended_on": some(started + pd.to_timedelta(400, unit="D"), 0.3),
            "workload_band": some(pd.Series(pick(["lower", "higher", "much higher"], posts)), 0.8),
            "plr_due_on": due,
            "plr_done_on": due.where(draw.random(posts) < 0.7),
        }
    )
    began = days("2019-04-01", "2020-12-01", posts).reset_index(drop=True)
    spell = pd.DataFrame(
        {
            "spell_id": [f"{n:06d}" for n in range(posts)],
            "worker_id": post["worker_id"],
            "social_work": post["social_work"],
            "team": post["team"],
            "reason": pick(["sickness", "covid-19", "other"], posts),
            "started_on": began,
            "ended_on": some(began + pd.to_timedelta(draw.integers(0, 60, posts), unit="D"), 0.8),
        }
    )
    reported = pd.DataFrame(
        {
            "metric": ["turnover"],
            "area": ["England"],
            "period_from": [pd.Timestamp("2020-04-01")],
            "period_to": [pd.Timestamp("2020-11-30")],
            "value": [8.7],
            "source": ["Human resources return"],
            "reported_on": [pd.Timestamp("2020-12-04")],
        }
    )
    registers = _registers()
    return {
        "areas": teams, "cases": case, "children": child, "court_reports": report, "audits": audit,
        "workforce": post, "absences": spell, "reported_figures": reported, **registers,
    }  # fmt: skip


def _registers() -> dict[str, pd.DataFrame]:
    """Rows of what is kept by hand; of tables that are not asked for, none."""
    rows: dict[str, list[tuple[object, ...]]] = {
        "reflections": [
            ("Supervision", True, "2019-05-01", None, None, "2020-06-15", "Text", "Text", "Director"),
            ("Domestic abuse", False, "2020-06-01", None, None, "2020-12-02", "Text", "Text", "Director"),
            ("Recording", True, "2020-12-02", None, None, None, None, None, "Director"),
        ],
        "improvement_plan": [
            ("1", "Analysis", "Understood", None, "2019-06-01", "2020-12-01", "Director"),
            ("2", "Records", "Clear", None, "2019-06-01", None, "Director"),
        ],
        "strategy": [
            (
                f"{year}-{pillar}-{reached}",
                pillar,
                "Objective",
                "Text",
                year,
                "2020-04-01",
                "2021-03-31",
                None,
                reached,
                None,
                "Lead",
            )
            for pillar in PILLARS
            for year, reached in (("1", "2020-12-01"), ("1", "2020-12-02"), ("1", None), ("2", "2020-11-30"))
        ],
        "commitments": [
            ("An app", f"Step {number}", "2020-04-01", "2020-12-31", done, "Director")
            for number, done in enumerate(("2020-12-01", "2020-12-02", None))
        ],
        "events": [(f"E{day}", day, "North", 12, "Drawing") for day in ("2019-06-01", "2020-06-01")],
        "votes": [
            (f"V{voter}", f"20{19 + voter % 2}-06-01", question, "agree" if voter > 1 else "disagree")
            for voter in range(4)
            for question in QUESTIONS
        ],
        "record_reviews": [("A1-T1", "2019-06-01", "2020-07-01", "Drawing"), ("A1-T2", "2019-06-01", None, None)],
        "champions": [("North", "Adviser", "2019-06-01")],
        "projects": [("Practice", "Framework", "Scope", "2019-06-01", "2021-03-31", "2020-07-01", "Director")],
    }
    rows["team_reviews"] = [
        (team, "2020-09-21", pillar, difference, asks, "We learn.")
        for team, difference, asks in (
            ("A1-T1", "a clear difference", "nothing more"),
            ("A1-T2", "some difference", "time and caseloads"),
            ("A10-T1", "a clear difference", "time and caseloads"),
        )
        for pillar in PILLARS
    ]
    rows["feedback"] = [
        (
            *(f"F{number}", f"2020-{4 + number % 8:02d}-15", None, by, channel, FEEDBACK_THEMES[number % 6]),
            *(7.5 if (by, channel) == ("adult", "interview") else None, True if by == "child" else None),
            *(WAYS_OF_MEETING[number % 3] if channel == "interview" else None,),
            *(("upheld", f"2020-{4 + number % 8:02d}-20") if channel == "complaint" else (None, None)),
        )
        for number in range(120)
        for by, channel in ((GIVERS[number // 6 % 2], CHANNELS[number % 5 % 3]),)
    ]
    rows["weekly_returns"] = [
        (region, day, absent, absent + 1, due, due // 2, due // 5, due // 20)
        for week, day in enumerate(WEEKS)
        for region, absent, due in (("North", 4 + 3 * week, 400), ("South", 2, 200 + 40 * week))
    ]
    rows["weekly_status"] = [
        (region, day, *status)
        for week, day in enumerate(WEEKS)
        for region, status in (
            ("North", ("high", "in place", "Tyne", "New work") if week else ("medium", "not needed", None, None)),
            ("South", ("high", "at risk", None, "Advisers absent") if week > 1 else ("low", "not needed", None, None)),
        )
    ]
    by_hand = (name for name, table in TABLES.items() if table.by_hand)
    return {name: pd.DataFrame(rows.get(name, []), columns=list(TABLES[name].names)) for name in by_hand}


def connect(frames: dict[str, pd.DataFrame]) -> duckdb.DuckDBPyConnection:
    """A database that holds the records, typed."""
    connection = duckdb.connect()
    for name, frame in frames.items():
        connection.register("incoming", frame)
        typed = ", ".join(f'cast("{c.name}" as {c.kind.sql_type}) as "{c.name}"' for c in TABLES[name].columns)
        connection.execute(f"create table {name} as select {typed} from incoming")
        connection.unregister("incoming")
    return connection


def measured(connection: duckdb.DuckDBPyConnection, definitions: catalogue.Catalogue | None = None) -> Measurements:
    """Everything measured, or what some definitions define."""
    definitions = definitions or catalogue.load()
    return Measurements(
        measure(connection, definitions, REPORTING),
        definitions,
        areas_of(connection),
        REPORTING,
        first_days(connection, definitions),
    )


@cache
def organisation() -> tuple[duckdb.DuckDBPyConnection, Measurements]:
    """The organisation and what it measures, once for all tests that only read them."""
    connection = connect(records())
    return connection, measured(connection)


@pytest.fixture(scope="session")
def frames() -> dict[str, pd.DataFrame]:
    return records()


@pytest.fixture(scope="session")
def connection() -> duckdb.DuckDBPyConnection:
    return organisation()[0]


@pytest.fixture(scope="session")
def measurements() -> Measurements:
    return organisation()[1]
