"""Public law cases, with the open stock and the long open ones of each month's first day exact.

Each month the cases to close are the most overdue of the open stock: each case has a lifetime of its own that
it would take in a calm system, and the stock that is to be left decides how far beyond it cases run.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from cafcass_reports.extracts.demo import targets
from cafcass_reports.extracts.demo.days import DATA_END, NEVER, after, at_or_before, drawn, month_starts
from cafcass_reports.extracts.demo.draw import Real, Whole
from cafcass_reports.extracts.demo.organisation import Organisation
from cafcass_reports.extracts.demo.receipts import (
    CARE,
    DISCHARGE,
    OTHER_PUBLIC,
    PLACEMENT,
    SECURE,
    SUPERVISION,
    Cases,
    Flags,
    lifetimes,
    new_receipts,
    residual,
    thin_receipts,
)

_THIN_A_MONTH = 150  # a tenth of what came in
_LIFETIME = 34
_SPREAD = 19
_SHORTER_OTHERS = 7 * 5
# No case closes within its first weeks.
_DAYS_TO_CLOSE = 16
_LONG_OPEN = 7 * 36


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


def _other_public(rng: np.random.Generator, care: Flags) -> Whole:
    """Return the kind of each public case: care, or one of the others by their usual shares."""
    others = rng.choice(
        [SUPERVISION, SECURE, DISCHARGE, PLACEMENT, OTHER_PUBLIC], len(care), p=[0.16, 0.09, 0.30, 0.30, 0.15]
    )
    return np.where(care, CARE, others)


def cases(rng: np.random.Generator, places: Organisation) -> Cases:
    """Return all public law cases."""
    new, new_care = new_receipts(rng, "public")
    held = int(targets.PUBLIC_OPEN["2018-04"])
    age, held_lifetime = residual(rng, _LIFETIME, _SPREAD - 2, held)
    thin = thin_receipts(rng, _THIN_A_MONTH)
    thin_closed = at_or_before(thin + lifetimes(rng, _LIFETIME - 3, _SPREAD - 4, len(thin)))
    thin, thin_closed = thin[thin_closed < targets.FULL_START], thin_closed[thin_closed < targets.FULL_START]

    received = np.concatenate([thin, at_or_before(targets.FULL_START - 3 - age), new])
    closed = np.concatenate([thin_closed, np.full(held + len(new), NEVER)])
    care = np.concatenate([rng.random(len(thin) + held) < 0.73, new_care])
    kind = _other_public(rng, care)
    section_31 = np.isin(kind, (CARE, SUPERVISION))
    area = places.draw_areas(rng, len(received))
    lifetime = np.concatenate(
        [np.zeros(len(thin), np.int64), held_lifetime, lifetimes(rng, _LIFETIME, _SPREAD, len(new))]
    ) - np.where(section_31, 0, _SHORTER_OTHERS)
    lifetime = lifetime + (7 * places.weeks_slower[area]).astype(np.int64)

    months = month_starts("2018-04", "2021-01")
    stock = targets.stock_path(targets.PUBLIC_OPEN, months)
    long_open = np.rint(targets.month_path(targets.OVER_36_WEEKS, months)).astype(np.int64)
    weeks = targets.month_path(targets.CARE_WEEKS, months)
    for place, (start, end) in enumerate(pairwise(months)):
        is_open = (received <= end) & (closed == NEVER)
        leaving = int(is_open.sum() - stock[place + 1])
        pool = np.flatnonzero(is_open & (received <= start - _DAYS_TO_CLOSE))
        age_then = (start + end) / 2 - received[pool]
        stay_long = end - received[pool] > _LONG_OPEN
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
