"""Who works here: the posts held now and since before the history."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cafcass_reports.extracts.demo import targets
from cafcass_reports.extracts.demo.days import NEVER, Days, day, drawn
from cafcass_reports.extracts.demo.draw import Whole, chosen, fitted, split
from cafcass_reports.extracts.demo.organisation import Organisation
from cafcass_reports.extracts.demo.receipts import Flags

ADVISER, SUPERVISOR, MANAGER, STUDENT, CORPORATE = range(5)  # as in schemas.ROLES
EMPLOYEE, ASSOCIATE, ON_PLACEMENT = range(3)  # as in schemas.ENGAGEMENTS
UNITS = ("NBC", "NIS", "CM", "CE", "FN", "HR", "IT", "MIS")
NO_TEAM = -1

_SUPERVISORS = 125
_AREA_MANAGERS = 4
_NATIONAL_MANAGERS = 13
_TEAM_SPREAD = 0.06
_NATIONAL_ADVISERS = 55  # at the national business centre and the national improvement service
_UNIT_SHARES = (0.40, 0.10, 0.06, 0.08, 0.08, 0.10, 0.12, 0.06)
_LEAVERS_A_YEAR = 150
_STARTERS_LAST_YEAR = 222
# Headcounts on 1 December of years without a published one.
_SOCIAL_HEADCOUNT = {2018: targets.HEADCOUNT_TWO_YEARS_BEFORE, 2017: 1_640, 2016: 1_615, 2015: 1_590, 2014: 1_580}
_CORPORATE_HEADCOUNT = {2018: 500, 2017: 495, 2016: 490, 2015: 485, 2014: 480}
_LOWEST_FTE = 30


@dataclass(frozen=True)
class Posts:
    """People, each in one post; ``team`` is ``NO_TEAM`` where there is none, ``fte`` is in hundredths."""

    role: Whole
    engagement: Whole
    team: Whole
    unit: Whole
    fte: Whole
    started: Days
    ended: Days

    def held_on(self, as_at: int) -> Flags:
        """Say which posts are held on a day."""
        return (self.started <= as_at) & (self.ended > as_at)


def posts(rng: np.random.Generator, places: Organisation, held_cases: Whole) -> Posts:
    """Return everybody who has worked here since the end of 2014.

    Parameters
    ----------
    held_cases
        For each team, the cases open on 1 December 2020 that an adviser holds: the teams' FTE follows from
        them and the published caseloads.
    """
    social = _present(rng, places, held_cases)
    return _joined(
        _with_history(rng, social, _SOCIAL_HEADCOUNT, targets.FTE[targets.YEAR_BEFORE]),
        _with_history(rng, _corporate(rng), _CORPORATE_HEADCOUNT, None),
    )


def _present(rng: np.random.Generator, places: Organisation, held_cases: Whole) -> Posts:
    """Return the social workers in post on 1 December 2020, each with a headcount and FTE as published."""
    count = targets.HEADCOUNT
    managers = _AREA_MANAGERS * len(places.areas) + _NATIONAL_MANAGERS
    nowhere = managers + _NATIONAL_ADVISERS
    in_teams = count - targets.STUDENTS - _SUPERVISORS - nowhere
    team, fte, engagement = _team_advisers(rng, places, held_cases, in_teams)
    supervisor_team = np.repeat(np.arange(len(places.teams)), 1 + split(_SUPERVISORS - len(places.teams), held_cases))
    student_team = rng.choice(len(places.teams), targets.STUDENTS, replace=False)
    others_fte = targets.FTE[targets.SNAPSHOT] - int(fte.sum())
    other_fte = fitted(rng, np.full(count - in_teams, 90), others_fte, low=50, high=100, steps=(10, 1))
    all_teams = np.concatenate([team, supervisor_team, np.full(nowhere, NO_TEAM), student_team])
    # Units beside the areas are negative: -1 is the first of UNITS, -2 the second.
    national = np.concatenate([np.full(_NATIONAL_MANAGERS, -2), rng.choice([-1, -2], _NATIONAL_ADVISERS)])
    unit = places.team_area[all_teams]
    unit[all_teams == NO_TEAM] = np.concatenate([np.repeat(np.arange(len(places.areas)), _AREA_MANAGERS), national])
    return Posts(
        role=np.repeat(
            [ADVISER, SUPERVISOR, MANAGER, ADVISER, STUDENT],
            [in_teams, _SUPERVISORS, managers, _NATIONAL_ADVISERS, targets.STUDENTS],
        ),
        engagement=np.concatenate(
            [
                engagement,
                np.full(count - in_teams - targets.STUDENTS, EMPLOYEE),
                np.full(targets.STUDENTS, ON_PLACEMENT),
            ]
        ),
        team=all_teams,
        unit=unit,
        fte=np.concatenate([fte, other_fte]),
        started=np.full(count, NEVER),
        ended=np.full(count, NEVER),
    )


def _team_advisers(
    rng: np.random.Generator, places: Organisation, held_cases: Whole, count: int
) -> tuple[Whole, Whole, Whole]:
    """Return team, FTE and engagement of the advisers in teams: FTE by caseload, fewer where an area is slow."""
    after = places.after_first_hearing
    teams = np.arange(len(after))
    pressure = rng.normal(1, _TEAM_SPREAD, len(after)) + places.weeks_slower[places.team_area] / 40
    caseloads = ((after, targets.CASELOAD), (~after, targets.CASELOAD_TO_FIRST_HEARING))
    totals = [round(100 * int(held_cases[kind].sum()) / caseload) for kind, caseload in caseloads]
    team = np.concatenate(
        [
            np.repeat(teams[kind], split(heads, held_cases[kind] / pressure[kind]))
            for (kind, _), heads in zip(caseloads, split(count, totals).tolist(), strict=True)
        ]
    )
    fte = rng.choice([100, 81, 80, 60, 50, 41], count, p=[0.42, 0.14, 0.16, 0.16, 0.08, 0.04])
    engagement = np.full(count, EMPLOYEE)
    associates = rng.choice(count, targets.ASSOCIATES, replace=False)
    engagement[associates] = ASSOCIATE
    fte[associates] = rng.choice([30, 40, 50, 60], targets.ASSOCIATES)
    for (kind, _), total in zip(caseloads, totals, strict=True):
        rows = kind[team]
        fte[rows] = fitted(rng, fte[rows], total, low=_LOWEST_FTE, high=100, steps=(20, 10, 1))
    return team, fte, engagement


def _corporate(rng: np.random.Generator) -> Posts:
    """Return the corporate staff in post on 1 December 2020; a unit is a negative position (-1 is the first)."""
    count = targets.CORPORATE
    return Posts(
        role=np.full(count, CORPORATE),
        engagement=np.zeros(count, np.int64),
        team=np.full(count, NO_TEAM),
        unit=-1 - np.repeat(np.arange(len(UNITS)), split(count, _UNIT_SHARES)),
        fte=rng.choice([100, 81, 60, 50], count, p=[0.72, 0.12, 0.1, 0.06]),
        started=np.full(count, NEVER),
        ended=np.full(count, NEVER),
    )


def _with_history(
    rng: np.random.Generator,
    present: Posts,
    headcounts: dict[int, int],
    fte_year_before: int | None,
) -> Posts:
    """Give people their first day, and add those who left, going back a year at a time.

    Parameters
    ----------
    headcounts
        By year, the people in post on 1 December.
    fte_year_before
        FTE on 1 December 2019 in hundredths, met by those who left since.
    """
    scale = len(present.role) / targets.HEADCOUNT
    people = _joined(present)
    headcount = len(present.role)
    for year in range(2020, 2014, -1):
        start, end = day(f"{year - 1}-12-01"), day(f"{year}-12-01")
        unknown = np.flatnonzero(people.started == NEVER)
        if year == 2020:
            starters = round(_STARTERS_LAST_YEAR * scale)
            new = _newest(rng, people, unknown, starters)
            remaining = int(people.fte[unknown].sum() - people.fte[new].sum())
            leaver_fte = None if fte_year_before is None else fte_year_before - remaining
            leavers = round(_LEAVERS_A_YEAR * scale) if leaver_fte is None else round(leaver_fte / 80)
        else:
            leavers, leaver_fte = round(_LEAVERS_A_YEAR * scale), None
            starters = headcount - headcounts[year - 1] + leavers
            new = _newest(rng, people, unknown, starters)
        headcount += leavers - starters
        people.started[new] = drawn(rng, np.full(len(new), start + 1), end)
        people = _joined(people, _leavers(rng, present, leavers, fte=leaver_fte, within=(start, end)))
    rest = np.flatnonzero(people.started == NEVER)
    long_ago = rng.integers(day("1999-01-04"), day("2014-11-24"), len(rest))
    people.started[rest] = long_ago - (long_ago + 3) % 7  # a Monday
    return people


def _newest(rng: np.random.Generator, people: Posts, unknown: Whole, count: int) -> Whole:
    """Choose who started last: students, then associates rather than others, and hardly any manager."""
    likely = np.array([1.0, 0.5, 0.3, 200.0, 1.0])[people.role[unknown]]
    likely = likely * np.where(people.engagement[unknown] == ASSOCIATE, 2, 1)
    return chosen(rng, unknown, count, likely)


def _leavers(
    rng: np.random.Generator, present: Posts, count: int, *, fte: int | None, within: tuple[int, int]
) -> Posts:
    """Return people like those present who were there at the start of a year and left in it."""
    like = rng.choice(np.flatnonzero(present.engagement != ON_PLACEMENT), count)
    hours = present.fte[like]
    if fte is not None:
        hours = fitted(rng, hours, fte, low=_LOWEST_FTE, high=100, steps=(20, 10, 1))
    return Posts(
        present.role[like],
        present.engagement[like],
        present.team[like],
        present.unit[like],
        hours,
        np.full(count, NEVER),
        drawn(rng, np.full(count, within[0] + 7), within[1]),
    )


def _joined(*parts: Posts) -> Posts:
    """Return all people of several groups, in order."""
    return Posts(*(np.concatenate([getattr(part, name) for part in parts]) for name in Posts.__dataclass_fields__))
