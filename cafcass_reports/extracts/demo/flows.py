"""Cases as they come in and go out, with the stock of each month's first day exact.

Each month the cases to close are the most overdue ones of the open stock: each case has a lifetime of its own
that it would take in a calm system, and the stock that is to be left decides how far beyond it cases run.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from . import targets
from .days import DATA_END, NEVER, Days, after, at_or_before, drawn, month_starts
from .draw import Real, Whole
from .organisation import Organisation

Flags = npt.NDArray[np.bool_]

CARE, SUPERVISION, SECURE, DISCHARGE, PLACEMENT, OTHER_PUBLIC, ARRANGEMENTS, ENFORCEMENT, OTHER_PRIVATE = range(9)

# Of the years before the full history a tenth of public cases is held; of private ones a quarter, mostly
# those that led to a report, since reports are held whole and each points to its application.
_THIN_PUBLIC_A_MONTH = 150
_THIN_PRIVATE_A_MONTH = 950
_THIN_PAST_HEARING = 0.6

# Safeguarding checks and the allocation of a worker come first.
_DAYS_TO_HEARING = 18
_DAYS_TO_CLOSE = 16


@dataclass(frozen=True)
class Cases:
    """Cases, one in each place of the arrays.

    Parameters
    ----------
    public
        Whether of public law.
    kind
        The first application, as a position in ``schemas.APPLICATIONS``.
    received, first_hearing, closed
        Days; ``NEVER`` where it had not happened at the end of the extract.
    past_hearing
        Whether work goes on after the first hearing (always so in public law).
    area
        Position of the area.
    """

    public: Flags
    kind: Whole
    received: Days
    first_hearing: Days
    closed: Days
    past_hearing: Flags
    area: Whole

    def open_on(self, as_at: int) -> Flags:
        """Say which cases are open on a day."""
        return (self.received <= as_at) & (self.closed > as_at)


@dataclass(frozen=True)
class Pool:
    """Open cases among which a month's closures are picked.

    Parameters
    ----------
    age, lifetime
        Days since receipt, and days that each would take in a calm system.
    long_open
        Whether it would be open for more than 36 weeks at the month's end.
    leaving
        How many close.
    """

    age: Real
    lifetime: Whole
    long_open: Flags
    leaving: int


def cases(rng: np.random.Generator, places: Organisation) -> Cases:
    """Return all cases, public before private, each law in the order of receipt."""
    public, private = _public(rng, places), _private(rng, places)
    return Cases(
        **{name: np.concatenate([getattr(public, name), getattr(private, name)]) for name in Cases.__dataclass_fields__}
    )


def _lifetimes(rng: np.random.Generator, mean: npt.ArrayLike, spread: float, count: int) -> Days:
    """Draw lifetimes in days from a gamma law, given in weeks; three weeks at least."""
    scale = spread**2 / np.asarray(mean, dtype=np.float64)
    weeks = rng.gamma(np.asarray(mean) / scale, scale, count)
    return np.maximum(weeks * 7, 21).astype(np.int64)


def _residual(rng: np.random.Generator, mean: float, spread: float, count: int) -> tuple[Days, Days]:
    """Draw ages and lifetimes of a stock in balance: long cases are met more often than they begin."""
    pool = _lifetimes(rng, mean, spread, count * 4)
    lifetime = rng.choice(pool, count, p=pool / pool.sum())
    return (lifetime * rng.random(count)).astype(np.int64), lifetime


def _receipts(rng: np.random.Generator, law: str) -> tuple[Days, Flags]:
    """Return the days of receipt of the full history, and which cases start with a care application."""
    days: list[Days] = []
    care: list[Flags] = []
    starts = [*month_starts("2018-04", "2021-01")]
    for (start, following), (count, care_count) in zip(pairwise(starts), targets.new_cases(law).values(), strict=True):
        days.append(np.sort(drawn(rng, np.full(count, start), following - 1)))
        care.append(rng.permutation(np.arange(count) < care_count))
    return np.concatenate(days), np.concatenate(care)


def _thin_receipts(rng: np.random.Generator, a_month: int) -> Days:
    """Return the days of receipt of what is held of the years before the full history."""
    count = a_month * 36
    return drawn(rng, np.full(count, targets.HISTORY_START), targets.FULL_START - 22)


def _other_public(rng: np.random.Generator, care: Flags) -> Whole:
    """Return the kind of each public case: care, or one of the others by their usual shares."""
    others = rng.choice(
        [SUPERVISION, SECURE, DISCHARGE, PLACEMENT, OTHER_PUBLIC], len(care), p=[0.16, 0.09, 0.30, 0.30, 0.15]
    )
    return np.where(care, CARE, others)


def _public(rng: np.random.Generator, places: Organisation) -> Cases:
    new, new_care = _receipts(rng, "public")
    held = int(targets.PUBLIC_OPEN["2018-04"])
    age, held_lifetime = _residual(rng, 34, 17, held)
    thin = _thin_receipts(rng, _THIN_PUBLIC_A_MONTH)
    thin_closed = at_or_before(thin + _lifetimes(rng, 31, 15, len(thin)))
    thin, thin_closed = thin[thin_closed < targets.FULL_START], thin_closed[thin_closed < targets.FULL_START]

    received = np.concatenate([thin, at_or_before(targets.FULL_START - 3 - age), new])
    closed = np.concatenate([thin_closed, np.full(held + len(new), NEVER)])
    care = np.concatenate([rng.random(len(thin) + held) < 0.73, new_care])
    kind = _other_public(rng, care)
    section_31 = np.isin(kind, (CARE, SUPERVISION))
    area = places.draw_areas(rng, len(received))
    lifetime = np.concatenate(
        [np.zeros(len(thin), np.int64), held_lifetime, _lifetimes(rng, 34, 19, len(new))]
    ) - np.where(section_31, 0, 7 * 5)
    lifetime = lifetime + (7 * places.weeks_slower[area]).astype(np.int64)

    months = month_starts("2018-04", "2021-01")
    stock = np.rint(targets.month_path(targets.PUBLIC_OPEN, months)).astype(np.int64)
    long_open = np.rint(targets.month_path(targets.OVER_36_WEEKS, months)).astype(np.int64)
    weeks = targets.month_path(targets.CARE_WEEKS, months)
    for place, (start, end) in enumerate(pairwise(months)):
        is_open = (received <= end) & (closed == NEVER)
        leaving = int(is_open.sum() - stock[place + 1])
        pool = np.flatnonzero(is_open & (received <= start - _DAYS_TO_CLOSE))
        age_then = (start + end) / 2 - received[pool]
        stay_long = end - received[pool] > 7 * 36
        picked = _overdue(
            Pool(age_then, lifetime[pool], stay_long, leaving),
            int(long_open[place + 1]),
            section_31[pool],
            7 * weeks[place],
        )
        closed[pool[picked]] = drawn(rng, np.full(leaving, start + 1), end)

    first_hearing = after(received, rng.integers(8, 30, len(received)))
    first_hearing[(first_hearing > closed) | (first_hearing > DATA_END)] = NEVER
    return Cases(
        np.ones(len(received), bool), kind, received, first_hearing, closed, np.ones(len(received), bool), area
    )


def _overdue(pool: Pool, long_open: int, counted: Flags, mean_age: float) -> Whole:
    """Pick the cases to close, so many of those that would be open for long and the most overdue of each sort.

    How much age weighs beside a case's own lifetime is set so that those counted have the mean age wanted.
    """
    old, young = np.flatnonzero(pool.long_open), np.flatnonzero(~pool.long_open)
    from_old = int(np.clip(len(old) - long_open, pool.leaving - len(young), min(len(old), pool.leaving)))
    low, high = -1.0, 3.0
    for _ in range(14):
        weight = (low + high) / 2
        score = pool.lifetime - pool.age * (1 + weight)
        picked = np.concatenate(
            [
                old[np.argsort(score[old], kind="stable")[:from_old]],
                young[np.argsort(score[young], kind="stable")[: pool.leaving - from_old]],
            ]
        )
        if pool.age[picked][counted[picked]].mean() < mean_age:
            low = weight
        else:
            high = weight
    return picked


def _private(rng: np.random.Generator, places: Organisation) -> Cases:
    """Return private cases: one stock before the first hearing, one after it, both exact."""
    months = month_starts("2018-04", "2021-01")
    before = np.rint(targets.month_path(targets.BEFORE_HEARING, months)).astype(np.int64)
    afterwards = np.rint(targets.month_path(targets.PRIVATE_OPEN, months)).astype(np.int64) - before

    thin = _thin_cases(rng)
    waiting_age, waiting_lifetime = _residual(rng, 8, 3, int(before[0]))
    heard_age, heard_lifetime = _residual(rng, 42, 16, int(afterwards[0]))
    new, _ = _receipts(rng, "private")
    last = targets.FULL_START - 3
    heard_on = at_or_before(last - heard_age)
    received = np.concatenate(
        [
            thin.received,
            at_or_before(last - np.minimum(waiting_age, 120)),
            at_or_before(heard_on - _lifetimes(rng, 8, 3, len(heard_on))),
            new,
        ]
    )
    unheard = np.full(len(waiting_age), NEVER)
    first_hearing = np.concatenate([thin.first_hearing, unheard, heard_on, np.full(len(new), NEVER)])
    closed = np.concatenate([thin.closed, np.full(len(received) - len(thin.closed), NEVER)])
    area = places.draw_areas(rng, len(received))
    slower = (7 * places.weeks_slower[area]).astype(np.int64)
    nothing = np.zeros(len(thin.closed), np.int64)
    wait = slower // 3 + np.concatenate(
        [nothing, waiting_lifetime, np.zeros_like(heard_on), _lifetimes(rng, 8, 3, len(new))]
    )
    work = slower + np.concatenate(
        [
            nothing,
            _lifetimes(rng, 42, 16, len(unheard)),
            heard_lifetime,
            _lifetimes(rng, 42, 16, len(new)),
        ]
    )
    goes_on = rng.random(len(received)) < targets.PAST_FIRST_HEARING

    for place, (start, end) in enumerate(pairwise(months)):
        still = (received <= end) & (closed == NEVER)
        is_waiting = still & (first_hearing == NEVER)
        hearings = int(is_waiting.sum() - before[place + 1])
        closing = int((still & ~is_waiting).sum() - afterwards[place + 1])
        pool = np.flatnonzero(is_waiting & (received <= end - _DAYS_TO_HEARING - 12))
        order = np.argsort(received[pool] + wait[pool], kind="stable")
        heard = pool[order[:hearings]]
        at_work = np.flatnonzero(still & ~is_waiting)
        first_hearing[heard] = drawn(rng, np.maximum(start + 1, received[heard] + _DAYS_TO_HEARING), end)
        # Those that stay join the stock after the hearing, so as many more of it have to close.
        staying = heard[goes_on[heard]]
        ending = heard[~goes_on[heard]]
        delay = rng.choice([0, 0, 0, 1, 3, 7], len(ending))
        closed[ending] = np.maximum(first_hearing[ending], at_or_before(np.minimum(first_hearing[ending] + delay, end)))
        order = np.argsort(first_hearing[at_work] + work[at_work], kind="stable")
        leaving = at_work[order[: closing + len(staying)]]
        closed[leaving] = drawn(rng, np.full(len(leaving), start + 1), end)

    kind = rng.choice([ARRANGEMENTS, ENFORCEMENT, OTHER_PRIVATE], len(received), p=[0.85, 0.06, 0.09])
    past = np.concatenate([thin.past_hearing, (first_hearing != NEVER)[len(thin.closed) :]])
    # A case that ended within days of its hearing did not go on.
    past = past & ((closed - first_hearing > 10) | (closed == NEVER))
    return Cases(np.zeros(len(received), bool), kind, received, first_hearing, closed, past, area)


def _thin_cases(rng: np.random.Generator) -> Cases:
    """Return the private cases that were closed before the full history and are still held."""
    received = _thin_receipts(rng, _THIN_PRIVATE_A_MONTH)
    hearing = at_or_before(received + _lifetimes(rng, 8, 3, len(received)))
    past = rng.random(len(received)) < _THIN_PAST_HEARING
    length = np.where(past, _lifetimes(rng, 40, 16, len(received)), 0)
    closed = np.maximum(hearing, at_or_before(hearing + length))
    kept = closed < targets.FULL_START
    zeros = np.zeros(int(kept.sum()), np.int64)
    return Cases(zeros.astype(bool), zeros, received[kept], hearing[kept], closed[kept], past[kept], zeros)
