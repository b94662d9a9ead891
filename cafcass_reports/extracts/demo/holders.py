"""Which worker holds each case."""

from __future__ import annotations

import numpy as np

from cafcass_reports.extracts.demo import casework, people, targets
from cafcass_reports.extracts.demo.days import Days
from cafcass_reports.extracts.demo.draw import Real, Whole, split

_TRIES = 6
_UNEVENNESS = 0.17  # of the shares of one team: leaves about 74 per cent with more than 20 cases for each FTE
NO_WORKER = -1


def holders(rng: np.random.Generator, work: casework.Allocated, staff: people.Posts) -> Whole:
    """Return the worker of each case as a position in the staff; ``NO_WORKER`` on duty or not allocated.

    The cases open on 1 December 2020 are shared out by FTE, so that about three advisers in four have more
    than 20 for each FTE; the others go to somebody of the team who was in post on the day of allocation.
    """
    result = np.full(len(work.team), NO_WORKER)
    present = staff.held_on(targets.SNAPSHOT)
    for code, role in ((casework.WORKER, people.ADVISER), (casework.SUPERVISOR, people.SUPERVISOR)):
        now = work.held_on(targets.SNAPSHOT, code)
        suitable = staff.role == role
        members = np.flatnonzero(present & suitable & (staff.team != people.NO_TEAM))
        if role == people.SUPERVISOR:
            members = _holding_supervisors(rng, members, staff.team)
        for place in range(int(work.team.max()) + 1):
            rows = rng.permutation(np.flatnonzero(now & (work.team == place)))
            of_team = members[staff.team[members] == place]
            share = staff.fte[of_team] * rng.lognormal(0, _UNEVENNESS, len(of_team))
            result[rows] = np.repeat(of_team, split(len(rows), share))
            candidates = np.flatnonzero(suitable & (staff.team == place))
            rows = np.flatnonzero(~now & (work.allocation == code) & (work.team == place))
            result[rows] = _by_chance(rng, work.allocated[rows], candidates, staff)
    return result


def _holding_supervisors(rng: np.random.Generator, members: Whole, team: Whole) -> Whole:
    """Choose the supervisors who hold cases: one of each team, then others up to the number published."""
    shuffled = rng.permutation(members)
    _, first = np.unique(team[shuffled], return_index=True)
    others = np.setdiff1d(shuffled, shuffled[first])
    more = rng.permutation(others)[: targets.SUPERVISORS_WITH_CASES - len(first)]
    return np.sort(np.concatenate([shuffled[first], more]))


def _by_chance(rng: np.random.Generator, when: Days, candidates: Whole, staff: people.Posts) -> Whole:
    """Draw a worker for each day of allocation, among those who were in post on it."""
    result = np.full(len(when), NO_WORKER)
    for _ in range(_TRIES):
        rows = np.flatnonzero(result == NO_WORKER)
        worker = rng.choice(candidates, len(rows))
        there = (staff.started[worker] <= when[rows]) & (staff.ended[worker] > when[rows])
        result[rows[there]] = worker[there]
    # Where nobody was found, no worker is on record, rather than one who was not there.
    return result


def caseload(holder: Whole, work: casework.Allocated, staff: people.Posts) -> Real:
    """Return the cases open on 1 December 2020 for each FTE of each person."""
    now = work.cases.open_on(targets.SNAPSHOT) & (holder != NO_WORKER)
    counts = np.bincount(holder[now], minlength=len(staff.role))
    return np.asarray(100 * counts / staff.fte, dtype=np.float64)
