"""Who works here: the posts held now and since before the history."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from . import targets
from .days import NEVER, Days, day, drawn
from .draw import Whole, chosen, fitted, split
from .flows import Flags
from .organisation import Organisation

ADVISER, SUPERVISOR, MANAGER, STUDENT, CORPORATE = range(5)  # as in schemas.ROLES
EMPLOYEE, ASSOCIATE, ON_PLACEMENT = range(3)  # as in schemas.ENGAGEMENTS
UNITS = ("NBC", "NIS", "CM", "CE", "FN", "HR", "IT", "MIS")
NO_TEAM = -1

_SUPERVISORS = 125
_NATIONAL_ADVISERS = 55  # at the national business centre and the national improvement service
_CORPORATE_SHARES = (0.40, 0.10, 0.06, 0.08, 0.08, 0.10, 0.12, 0.06)
_LEAVERS_A_YEAR = 150
_STARTERS_LAST_YEAR = 222
_EARLIER_HEADCOUNT = {2017: 1_640, 2016: 1_615, 2015: 1_590, 2014: 1_580}
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
    """Return everybody who has worked here since 2014.

    Parameters
    ----------
    held_cases
        For each team, the cases open on 1 December 2020 that an adviser holds: the teams' FTE follows from
        them and the published caseloads.
    """
    social = _present(rng, places, held_cases)
    corporate = _corporate(rng)
    return _joined(
        _with_history(
            rng, social, targets.HEADCOUNT_TWO_YEARS_BEFORE, _EARLIER_HEADCOUNT, targets.FTE[targets.YEAR_BEFORE]
        ),
        _with_history(rng, corporate, 500, {2017: 495, 2016: 490, 2015: 485, 2014: 480}, None),
    )


def _present(rng: np.random.Generator, places: Organisation, held_cases: Whole) -> Posts:
    """Return the social workers in post on 1 December 2020, each with a headcount and FTE as published."""
    after = places.after_first_hearing
    fte_after = round(100 * held_cases[after].sum() / targets.CASELOAD)
    fte_first = round(100 * held_cases[~after].sum() / targets.CASELOAD_TO_FIRST_HEARING)
    managers = 4 * len(places.areas) + 13
    in_teams = targets.HEADCOUNT - targets.STUDENTS - _SUPERVISORS - managers - _NATIONAL_ADVISERS
    heads_after, heads_first = split(in_teams, [fte_after, fte_first])
    pressure = rng.normal(1, 0.06, len(after)) + places.weeks_slower[places.team_area] / 40
    size = held_cases / pressure
    per_team = np.zeros(len(after), dtype=np.int64)
    per_team[after] = split(int(heads_after), size[after])
    per_team[~after] = split(int(heads_first), size[~after])
    team = np.repeat(np.arange(len(after)), per_team)

    fte = rng.choice([100, 81, 80, 60, 50, 41], in_teams, p=[0.42, 0.14, 0.16, 0.16, 0.08, 0.04])
    engagement = np.zeros(in_teams, np.int64)
    associates = rng.choice(in_teams, targets.ASSOCIATES, replace=False)
    engagement[associates] = ASSOCIATE
    fte[associates] = rng.choice([30, 40, 50, 60], targets.ASSOCIATES)
    for kind, total in ((True, fte_after), (False, fte_first)):
        rows = after[team] == kind
        fte[rows] = fitted(rng, fte[rows], total, low=_LOWEST_FTE, high=100, steps=(20, 10, 1))

    supervisor_team = np.repeat(np.arange(len(after)), 1 + split(_SUPERVISORS - len(after), held_cases))
    others = targets.HEADCOUNT - in_teams
    nowhere = np.full(managers + _NATIONAL_ADVISERS, NO_TEAM)
    student_team = rng.choice(len(after), targets.STUDENTS, replace=False)
    other_fte = fitted(
        rng, np.full(others, 90), targets.FTE[targets.SNAPSHOT] - int(fte.sum()), low=50, high=100, steps=(10, 1)
    )
    area_managers = np.repeat(np.arange(len(places.areas)), 4)
    national = -1 - np.concatenate([np.ones(13, np.int64), rng.choice(2, _NATIONAL_ADVISERS)])
    all_teams = np.concatenate([team, supervisor_team, nowhere, student_team])
    unit = np.where(all_teams == NO_TEAM, -1, places.team_area[all_teams])
    unit[in_teams + _SUPERVISORS : in_teams + _SUPERVISORS + len(nowhere)] = np.concatenate([area_managers, national])
    return Posts(
        role=np.repeat(
            [ADVISER, SUPERVISOR, MANAGER, ADVISER, STUDENT],
            [in_teams, _SUPERVISORS, managers, _NATIONAL_ADVISERS, targets.STUDENTS],
        ),
        engagement=np.concatenate(
            [engagement, np.zeros(others - targets.STUDENTS, np.int64), np.full(targets.STUDENTS, ON_PLACEMENT)]
        ),
        team=all_teams,
        unit=unit,
        fte=np.concatenate([fte, other_fte]),
        started=np.full(targets.HEADCOUNT, NEVER),
        ended=np.full(targets.HEADCOUNT, NEVER),
    )


def _corporate(rng: np.random.Generator) -> Posts:
    """Return the corporate staff in post on 1 December 2020; a unit is a negative position (-1 is the first)."""
    count = targets.CORPORATE
    return Posts(
        role=np.full(count, CORPORATE),
        engagement=np.zeros(count, np.int64),
        team=np.full(count, NO_TEAM),
        unit=-1 - np.repeat(np.arange(len(UNITS)), split(count, _CORPORATE_SHARES)),
        fte=rng.choice([100, 81, 60, 50], count, p=[0.72, 0.12, 0.1, 0.06]),
        started=np.full(count, NEVER),
        ended=np.full(count, NEVER),
    )


def _with_history(
    rng: np.random.Generator,
    present: Posts,
    two_years_before: int,
    earlier: dict[int, int],
    fte_year_before: int | None,
) -> Posts:
    """Give people their first day, and add those who left, going back a year at a time.

    Parameters
    ----------
    two_years_before, earlier
        Headcount on 1 December 2018, and of the years before.
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
            before = two_years_before if year == 2019 else earlier[year - 1]
            leavers, leaver_fte = round(_LEAVERS_A_YEAR * scale), None
            starters = headcount - before + leavers
            new = _newest(rng, people, unknown, starters)
        headcount += leavers - starters
        people.started[new] = drawn(rng, np.full(len(new), start + 1), end)
        people = _joined(people, _leavers(rng, present, leavers, fte=leaver_fte, within=(start, end)))
    rest = np.flatnonzero(people.started == NEVER)
    people.started[rest] = drawn(rng, np.full(len(rest), day("2014-01-06")), day("2014-11-28"))
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
