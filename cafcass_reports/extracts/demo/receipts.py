"""Cases as they come in: their days of receipt, and what a case is to all other modules.

Of the years before the full history only a part is held: what was still open when it began, and some of what
was closed before.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from cafcass_reports.extracts.demo import targets
from cafcass_reports.extracts.demo.days import Days, drawn, month_starts
from cafcass_reports.extracts.demo.draw import Whole

Flags = npt.NDArray[np.bool_]

CARE, SUPERVISION, SECURE, DISCHARGE, PLACEMENT, OTHER_PUBLIC, ARRANGEMENTS, ENFORCEMENT, OTHER_PRIVATE = range(9)


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

    def joined(self, other: Cases) -> Cases:
        """Return these cases and the others, in this order."""
        return Cases(
            **{name: np.concatenate([getattr(self, name), getattr(other, name)]) for name in Cases.__dataclass_fields__}
        )


def lifetimes(rng: np.random.Generator, mean: npt.ArrayLike, spread: float, count: int) -> Days:
    """Draw lifetimes in days from a gamma law, given in weeks; three weeks at least."""
    scale = spread**2 / np.asarray(mean, dtype=np.float64)
    weeks = rng.gamma(np.asarray(mean) / scale, scale, count)
    return np.maximum(weeks * 7, 21).astype(np.int64)


def residual(rng: np.random.Generator, mean: float, spread: float, count: int) -> tuple[Days, Days]:
    """Draw ages and lifetimes of a stock in balance: long cases are met more often than they begin."""
    pool = lifetimes(rng, mean, spread, count * 4)
    lifetime = rng.choice(pool, count, p=pool / pool.sum())
    return (lifetime * rng.random(count)).astype(np.int64), lifetime


def new_receipts(rng: np.random.Generator, law: str) -> tuple[Days, Flags]:
    """Return the days of receipt of the full history, and which cases start with a care application."""
    days: list[Days] = []
    care: list[Flags] = []
    starts = [*month_starts("2018-04", "2021-01")]
    for (start, following), (count, care_count) in zip(pairwise(starts), targets.new_cases(law).values(), strict=True):
        days.append(np.sort(drawn(rng, np.full(count, start), following - 1)))
        care.append(rng.permutation(np.arange(count) < care_count))
    return np.concatenate(days), np.concatenate(care)


def thin_receipts(rng: np.random.Generator, a_month: int) -> Days:
    """Return the days of receipt of what is held of the years before the full history."""
    count = a_month * 36
    return drawn(rng, np.full(count, targets.HISTORY_START), targets.FULL_START - 22)
