"""The synthetic organisation as the tables of ``extracts/schemas.py``."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from cafcass_reports.extracts.demo import (
    absences,
    audits,
    casework,
    court,
    holders,
    people,
    private_law,
    public_law,
    targets,
    voices,
    weekly,
    workload,
)
from cafcass_reports.extracts.demo.days import NEVER, day, month_starts
from cafcass_reports.extracts.demo.draw import Real, Whole, chosen, identifiers
from cafcass_reports.extracts.demo.files import NOTHING, Coded, Columns, Values, columns_of
from cafcass_reports.extracts.demo.organisation import NATION, Organisation, organisation
from cafcass_reports.extracts.demo.receipts import Cases, Flags
from cafcass_reports.extracts.demo.registers import registers
from cafcass_reports.extracts.demo.returns import reported_figures
from cafcass_reports.extracts.schemas import (
    ABSENCE_REASONS,
    APPLICATIONS,
    ENGAGEMENTS,
    GRADES,
    LAWS,
    REPORT_TYPES,
    ROLES,
    TEAM_KINDS,
    THEMES,
    WORKLOAD_BANDS,
)

_GENDERS = ("female", "male", "unknown")
_DISABILITY = ("yes", "no", "unknown")
_ETHNICITIES = ("White", "Black", "Asian", "Mixed", "Other", "unknown")
_ALLOCATIONS = (None, "duty", "worker", "practice supervisor")
_PROMOTED = 60


def tables(seed: int) -> Mapping[str, Columns]:
    """Return the columns of every table; the same seed gives the same values."""
    rng = np.random.default_rng(seed % 2**63)
    places = organisation()
    cases = public_law.cases(rng, places).joined(private_law.cases(rng, places))
    team = casework.teams(rng, cases, places)
    allocated = casework.allocated_on(rng, cases, team, places)
    allocation = casework.allocation(rng, cases, allocated, team, places)
    work = casework.Allocated(cases, team, allocated, allocation)
    held = work.held_on(targets.SNAPSHOT, casework.WORKER)
    staff = people.posts(rng, places, np.bincount(team[held], minlength=len(places.teams)))
    holder = holders.holders(rng, work, staff)
    rows = casework.applications(rng, cases, allocated)

    case_id = identifiers(rng, len(team))
    worker_id = identifiers(rng, len(staff.role))
    application_id = identifiers(rng, len(rows.case))
    # The first application of a case, to which its reports point.
    first_application = np.searchsorted(rows.case, np.arange(len(team)))

    case_columns: dict[str, Values] = {
        "application_id": application_id,
        "case_id": case_id[rows.case],
        "law": Coded(np.where(cases.public[rows.case], 0, 1), LAWS),
        "application": Coded(rows.kind, APPLICATIONS),
        "received_on": rows.received,
        "allocated_on": rows.allocated,
        "first_hearing_on": rows.first_hearing,
        "closed_on": rows.closed,
        "team": Coded(team[rows.case], places.teams),
        "worker_id": _worker_ids(worker_id, holder[rows.case]),
        "allocation": Coded(allocation[rows.case], _ALLOCATIONS),
        "lead": Coded(_lead(rng, allocation, cases.open_on(targets.SNAPSHOT))[rows.case], ("no", "yes")),
    }
    return {
        "areas": areas(places),
        "cases": _in_order(case_columns, rows.received),
        "children": _children(rng, cases, rows, application_id),
        "court_reports": _court_reports(rng, cases, places, team, application_id[first_application]),
        "audits": _audits(rng, cases, places, team, case_id),
        "workforce": _workforce(rng, places, staff, worker_id, holders.caseload(holder, work, staff)),
        "absences": _absences(rng, places, staff, worker_id),
        "reported_figures": columns_of("reported_figures", reported_figures()),
        **{name: columns_of(name, rows) for name, rows in registers().items()},
        "team_reviews": columns_of("team_reviews", voices.team_reviews(seed, places)),
        "risks": columns_of("risks", voices.risks()),
        "feedback": columns_of("feedback", voices.feedback(seed, places)),
        "weekly_returns": columns_of("weekly_returns", weekly.weekly_returns(seed, places)),
        "weekly_status": columns_of("weekly_status", weekly.weekly_status(places)),
    }


def _worker_ids(worker_id: Whole, holder: Whole) -> Whole:
    return np.where(holder == holders.NO_WORKER, NOTHING, worker_id[holder])


def _lead(rng: np.random.Generator, allocation: Whole, is_open: Flags) -> Whole:
    """Say whether each case's worker leads on it; a supervisor often only stands in."""
    lead = np.where(allocation == casework.NOBODY, NOTHING, 1)
    supervised = allocation == casework.SUPERVISOR
    # The published share is of open cases, so these make it up by themselves.
    for rows in (np.flatnonzero(supervised & is_open), np.flatnonzero(supervised & ~is_open)):
        lead[chosen(rng, rows, round(len(rows) * (1 - targets.SUPERVISOR_LEAD)), 1.0)] = 0
    return lead


def _in_order(columns: Columns, received: Whole) -> Columns:
    """Return the rows by day of receipt."""
    return _taken(columns, np.argsort(received, kind="stable"))


def _taken(columns: Columns, places: Whole) -> Columns:
    return {
        name: Coded(values.codes[places], values.values) if isinstance(values, Coded) else values[places]
        for name, values in columns.items()
    }


def areas(places: Organisation) -> Columns:
    """Return the areas extract: a row for each team."""
    count = len(places.teams)
    return {
        "nation": Coded(np.zeros(count, np.int64), (NATION,)),
        "region": Coded(places.team_area, places.regions),
        "area": Coded(places.team_area, places.areas),
        "team": Coded(np.arange(count), places.teams),
        "team_kind": Coded(places.after_first_hearing.astype(np.int64), TEAM_KINDS),
    }


def _children(rng: np.random.Generator, cases: Cases, rows: casework.Applications, application_id: Whole) -> Columns:
    family = casework.children(rng, cases)
    child_id = identifiers(rng, len(family.case))
    application, child = casework.on_applications(rows, family)
    order = np.argsort(rows.received[application], kind="stable")
    application, child = application[order], child[order]
    return {
        "application_id": application_id[application],
        "child_id": child_id[child],
        "week_of_birth": family.week_of_birth[child],
        "gender": Coded(family.gender[child], _GENDERS),
    }


def _court_reports(
    rng: np.random.Generator, cases: Cases, places: Organisation, team: Whole, first_application: Whole
) -> Columns:
    reports = court.reports(rng, cases, places.weeks_slower[cases.area])
    columns: dict[str, Values] = {
        "report_id": identifiers(rng, len(reports.case)),
        "application_id": first_application[reports.case],
        "team": Coded(team[reports.case], places.teams),
        "report_type": Coded(reports.kind, REPORT_TYPES),
        "ordered_on": reports.ordered,
        "due_on": reports.due,
        "filed_on": reports.filed,
    }
    return _taken(columns, np.argsort(reports.ordered, kind="stable"))


def _audits(rng: np.random.Generator, cases: Cases, places: Organisation, team: Whole, case_id: Whole) -> Columns:
    seen = audits.audits(rng, cases, places)
    return {
        "audit_id": identifiers(rng, len(seen.case)),
        "case_id": case_id[seen.case],
        "audited_on": seen.audited,
        "team": Coded(team[seen.case], places.teams),
        "theme": Coded(seen.theme, THEMES),
        "grade": Coded(seen.grade, GRADES),
        "moderated_grade": Coded(seen.moderated, GRADES),
        "judgements": Coded(seen.judgements, audits.JUDGEMENT_SETS),
    }


def _workforce(
    rng: np.random.Generator, places: Organisation, staff: people.Posts, worker_id: Whole, caseload: Real
) -> Columns:
    count = len(staff.role)
    band = workload.bands(rng, staff, caseload, places)
    due, done = workload.reviews(rng, staff)
    units = (*places.areas, *people.UNITS)
    unit = np.where(staff.unit >= 0, staff.unit, len(places.areas) - 1 - staff.unit)
    columns: dict[str, Values] = {
        "post_id": identifiers(rng, count),
        "worker_id": worker_id,
        "role": Coded(staff.role, ROLES),
        "social_work": staff.role != people.CORPORATE,
        "fte": staff.fte / 100,
        "business_unit": Coded(unit, units),
        "team": Coded(staff.team, places.teams),
        "engagement": Coded(staff.engagement, ENGAGEMENTS),
        "gender": Coded(rng.choice(3, count, p=[0.80, 0.19, 0.01]), _GENDERS),
        "disability": Coded(rng.choice(3, count, p=[0.09, 0.80, 0.11]), _DISABILITY),
        "ethnicity": Coded(rng.choice(6, count, p=[0.74, 0.10, 0.05, 0.03, 0.01, 0.07]), _ETHNICITIES),
        "started_on": staff.started,
        "ended_on": staff.ended,
        "workload_band": Coded(band, WORKLOAD_BANDS),
        "plr_due_on": due,
        "plr_done_on": done,
    }
    return _with_promotions(rng, columns, staff)


def _with_promotions(rng: np.random.Generator, columns: Columns, staff: people.Posts) -> Columns:
    """Return the posts with an earlier one as adviser for some supervisors: a worker may have several rows."""
    months = month_starts("2016-01", "2018-10")
    long_here = (staff.role == people.SUPERVISOR) & (staff.started < day("2015-06-01")) & (staff.ended == NEVER)
    promoted = chosen(rng, np.flatnonzero(long_here), _PROMOTED, 1.0)
    promoted_on = rng.choice(months, len(promoted))
    count = len(staff.role)
    every = np.concatenate([np.arange(count), promoted])
    result = dict(_taken(columns, every))
    earlier = np.arange(count, len(every))
    started, ended = staff.started[every], staff.ended[every]
    started[promoted] = promoted_on
    # The last day in the old post is the day before the first in the new one.
    ended[earlier] = promoted_on - 1
    role = staff.role[every]
    role[earlier] = people.ADVISER
    post_id = np.concatenate([np.asarray(columns["post_id"]), identifiers(rng, len(promoted))])
    return result | {
        "post_id": post_id,
        "role": Coded(role, ROLES),
        "started_on": started,
        "ended_on": ended,
    }


def _absences(rng: np.random.Generator, places: Organisation, staff: people.Posts, worker_id: Whole) -> Columns:
    spells = absences.absences(rng, staff)
    return {
        "spell_id": identifiers(rng, len(spells.person)),
        "worker_id": worker_id[spells.person],
        "social_work": staff.role[spells.person] != people.CORPORATE,
        "team": Coded(staff.team[spells.person], places.teams),
        "reason": Coded(spells.reason, ABSENCE_REASONS),
        "started_on": spells.started,
        "ended_on": spells.ended,
    }
