"""Who has each case, how soon it was allocated, and the applications and children in it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cafcass_reports.extracts.demo import targets
from cafcass_reports.extracts.demo.days import DATA_END, NEVER, Days, after, at_or_before, day, month_starts
from cafcass_reports.extracts.demo.draw import Whole, chosen, fitted
from cafcass_reports.extracts.demo.organisation import SLOW_TO_ALLOCATE, Organisation
from cafcass_reports.extracts.demo.receipts import (
    CARE,
    DISCHARGE,
    ENFORCEMENT,
    OTHER_PRIVATE,
    OTHER_PUBLIC,
    PLACEMENT,
    SECURE,
    Cases,
    Flags,
)

NOBODY, DUTY, WORKER, SUPERVISOR = range(4)

# Private cases that ended before the snapshot, whose short work after the hearing stayed with the team that
# had prepared it.
_STAYED_WITH_FIRST_TEAM = 0.18

_MORE_APPLICATIONS = 0.08
_THIRD_APPLICATION = 0.12
_CLOSED_EARLY = 0.25  # of later applications, those that do not last as long as their case


@dataclass(frozen=True)
class Allocated:
    """Cases with their team, their day of allocation and to whom they are allocated, one in each place."""

    cases: Cases
    team: Whole
    allocated: Days
    allocation: Whole

    def held_on(self, as_at: int, allocation: int) -> Flags:
        """Say which cases are open on a day and allocated so."""
        held: Flags = self.cases.open_on(as_at) & (self.allocation == allocation)
        return held


@dataclass(frozen=True)
class Applications:
    """Applications, by case and then by receipt; ``case`` is a position in the cases."""

    case: Whole
    kind: Whole
    received: Days
    allocated: Days
    first_hearing: Days
    closed: Days


@dataclass(frozen=True)
class Children:
    """Children, by case; ``case`` is a position in the cases, ``gender`` of female, male and unknown."""

    case: Whole
    week_of_birth: Days
    gender: Whole


def teams(rng: np.random.Generator, cases: Cases, places: Organisation) -> Whole:
    """Return the team of each case: guardians and reports after the first hearing, checks before it."""
    stayed = (
        ~cases.public & (cases.closed <= targets.SNAPSHOT) & (rng.random(len(cases.public)) < _STAYED_WITH_FIRST_TEAM)
    )
    return places.draw_teams(rng, cases.area, cases.past_hearing & ~stayed)


def applications(rng: np.random.Generator, cases: Cases, allocated: Days) -> Applications:
    """Return each case's first application and, for about one case in twelve, one or two more.

    Later ones come while the case is open and within the block of months of the first (April to November,
    December, January to March), so that a case counts in one block's demand only and the totals stay exact.
    """
    count = len(cases.public)
    third = 1 + (rng.random(count) < _THIRD_APPLICATION)
    more = np.where(rng.random(count) < _MORE_APPLICATIONS, third, 0)
    more[allocated == NEVER] = 0
    case = np.repeat(np.arange(count), more)
    received = cases.received[case]
    last = np.minimum(_block_end(received), cases.closed[case] - 21)
    span = np.maximum(last - received, 0)
    later = at_or_before(received + (span * rng.random(len(case)) ** 2).astype(np.int64))
    later = np.maximum(later, received)
    allocation = np.where(later == received, allocated[case], after(later, rng.choice([0, 0, 1, 2], len(case))))
    allocation = np.where(allocation > DATA_END, allocated[case].clip(min=later), allocation)
    end = np.minimum(cases.closed[case], DATA_END)
    early = (rng.random(len(case)) < _CLOSED_EARLY) & (end - allocation > 30)
    span = np.maximum(end - allocation - 14, 0)
    sooner = at_or_before(allocation + 14 + (rng.random(len(case)) * span).astype(np.int64))
    closed = np.where(early, sooner, cases.closed[case])
    hearing = cases.first_hearing[case]
    hearing = np.where(hearing == NEVER, NEVER, np.maximum(hearing, later))
    hearing = np.where(hearing > closed, NEVER, hearing)
    kind = np.where(
        cases.public[case],
        rng.choice([PLACEMENT, DISCHARGE, SECURE, OTHER_PUBLIC], len(case), p=[0.55, 0.1, 0.1, 0.25]),
        rng.choice([ENFORCEMENT, OTHER_PRIVATE], len(case), p=[0.3, 0.7]),
    )
    every = np.concatenate([np.arange(count), case])
    order = np.lexsort((np.concatenate([cases.received, later]), every))
    return Applications(
        *(
            np.concatenate(pair)[order]
            for pair in (
                (np.arange(count), case),
                (cases.kind, kind),
                (cases.received, later),
                (allocated, allocation),
                (cases.first_hearing, hearing),
                (cases.closed, closed),
            )
        )
    )


def _block_end(days: Days) -> Days:
    """Return the last day of the block of months that each day lies in."""
    month = days.astype("datetime64[D]").astype("datetime64[M]")
    number = month.astype(np.int64) % 12
    to_end = np.select([number >= 11, number >= 3], [0, 10 - number], 2 - number)
    end = (month + to_end + 1).astype("datetime64[D]").astype(np.int64) - 1
    return np.asarray(end, dtype=np.int64)


def allocated_on(rng: np.random.Generator, cases: Cases, team: Whole, places: Organisation) -> Days:
    """Return the day on which each case was first allocated, so that KPI 1, 2 and 3 are as published."""
    count = len(cases.public)
    slow = np.isin(team, [places.teams.index(code) for code in SLOW_TO_ALLOCATE])
    pressed = 1 + places.weeks_slower[cases.area] / 12
    wait = np.minimum(rng.poisson(np.where(cases.public, 1.05, 2.2) * pressed), 8)
    wait = np.where(slow, rng.choice([2, 3, 4, 5], count, p=[0.15, 0.35, 0.35, 0.15]), wait)
    care = cases.public & (cases.kind == CARE)
    this_year = _received_in(cases, targets.YTD)
    never = (rng.random(count) < np.where(cases.public, 0.006, 0.008)) & ~this_year
    # KPI 3 counts applications, and only an allocated case gets a second one.
    applications_a_case = 1 + _MORE_APPLICATIONS * (1 + _THIRD_APPLICATION)
    for counted, missing in (
        (care, 1 - targets.KPI_1),
        (~cases.public, (1 - targets.KPI_3) * applications_a_case),
    ):
        rows = np.flatnonzero(this_year & counted)
        # What came last, and is still open, is likelier not to be allocated yet.
        weights = np.exp((cases.received[rows] - targets.YTD[1]) / 120) * (0.3 + (cases.closed[rows] == NEVER))
        never[chosen(rng, rows, round(len(rows) * missing), weights)] = True
    for period, mean in targets.KPI_2.items():
        counted = _received_in(cases, period) & care & ~never
        rows = np.flatnonzero(counted & ~slow)
        total = round(mean * int(counted.sum())) - int(wait[counted & slow].sum())
        wait[rows] = fitted(rng, wait[rows], total, low=0, high=8)
    allocated = after(cases.received, wait)
    allocated[never | (allocated > DATA_END) | (allocated > cases.closed)] = NEVER
    return allocated


def _received_in(cases: Cases, period: tuple[int, int]) -> Flags:
    """Say which cases were received in a period, its first and last day included."""
    return (cases.received >= period[0]) & (cases.received <= period[1])


def allocation(rng: np.random.Generator, cases: Cases, allocated: Days, team: Whole, places: Organisation) -> Whole:
    """Return to whom each case is allocated, with the published numbers on duty and with supervisors."""
    result = np.where(allocated == NEVER, NOBODY, WORKER)
    for public, law in ((True, "public"), (False, "private")):
        rows = np.flatnonzero((cases.public == public) & (allocated != NEVER))
        on_duty = _duty(rng, cases.received[rows], cases.closed[rows], targets.DUTY[law])
        result[rows[on_duty]] = DUTY
    ended = (result == WORKER) & (cases.closed <= targets.SNAPSHOT)
    result[ended & (rng.random(len(result)) < 0.035)] = SUPERVISOR
    held = np.flatnonzero((result == WORKER) & cases.open_on(targets.SNAPSHOT) & (allocated <= targets.SNAPSHOT))
    weights = np.where(places.after_first_hearing[team[held]], 1.0, 0.35)
    result[chosen(rng, held, targets.SUPERVISOR_CASES, weights)] = SUPERVISOR
    return result


def _duty(rng: np.random.Generator, received: Days, closed: Days, anchors: dict[str, int]) -> Flags:
    """Say which cases are on duty, so that the number open is right on the first of each month.

    Duty is a stop on the way: new cases are taken, those that close soonest, and the stock of the month
    before has mostly gone by the next.
    """
    months = month_starts("2018-04", "2021-01")
    stock = np.rint(targets.month_path(anchors, months)).astype(np.int64)
    duty = np.zeros(len(received), dtype=bool)
    previous = months[0] - 45
    for month, wanted in zip(months, stock.tolist(), strict=True):
        is_open = (received <= month) & (closed > month)
        missing = wanted - int((is_open & duty).sum())
        fresh = np.flatnonzero(is_open & (received > previous) & ~duty)
        if missing > 0:
            soonest = np.argsort(np.minimum(closed[fresh], DATA_END + 60) + 20 * rng.random(len(fresh)))
            duty[fresh[soonest[:missing]]] = True
        previous = month
    return duty


def children(rng: np.random.Generator, cases: Cases) -> Children:
    """Return each case's children, all of them under 18 when it is received.

    59,000 in the cases open on 1 December 2020, 141,000 in those worked with in 2019-20.
    """
    count = len(cases.public)
    size = rng.choice([1, 2, 3, 4, 5], count, p=[0.60, 0.27, 0.09, 0.03, 0.01])
    at_end = cases.open_on(targets.SNAPSHOT)
    size[at_end] = fitted(rng, size[at_end], targets.CHILDREN_OPEN, low=1, high=6)
    start, end = day("2019-04-01"), day("2020-03-31")
    worked = cases.open_on(start) | ((cases.received >= start) & (cases.received <= end))
    for is_public, law in ((True, "public"), (False, "private")):
        both = worked & (cases.public == is_public)
        rest = both & ~at_end
        total = targets.CHILDREN_2019_20[law] - int(size[both & at_end].sum())
        size[rest] = fitted(rng, size[rest], total, low=1, high=6)
    case = np.repeat(np.arange(count), size)
    public = cases.public[case]
    years = np.where(public, rng.gamma(1.3, 5.0, len(case)), rng.gamma(4.0, 1.9, len(case)))
    # Up to 17 years at receipt: still under 18 when the last application of the case comes.
    age = np.minimum(years, 17 * rng.random(len(case)) ** 0.5) * 365.25
    born = cases.received[case] - age.astype(np.int64) - 7
    monday = born - (born + 3) % 7
    gender = rng.choice(3, len(case), p=[0.485, 0.505, 0.01])
    return Children(case, monday, gender)


def on_applications(rows: Applications, people: Children) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return the positions of application and child of every pair of one case."""
    per_case = np.bincount(people.case, minlength=int(rows.case.max()) + 1)
    first = np.concatenate([[0], np.cumsum(per_case)[:-1]])
    repeats = per_case[rows.case]
    application = np.repeat(np.arange(len(rows.case)), repeats)
    step = np.arange(len(application)) - np.repeat(np.cumsum(repeats) - repeats, repeats)
    return application, first[rows.case][application] + step
