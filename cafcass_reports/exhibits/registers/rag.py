"""How far a milestone is, by rule: its dates first, then the figure that speaks of it.

The board's papers print no rule, so this one is the package's own. Its words follow the delivery confidence of the
Infrastructure and Projects Authority: red where what was promised is not reached, amber where it still can be, though
something already speaks against it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cafcass_reports.exhibits.payload import Status

GRAVEST_FIRST = (Status.LATE, Status.AT_RISK, Status.ON_TRACK, Status.COMPLETE)

RULE = (
    "Complete: reached. Late: due, and not reached. At risk: expected after it is due, or its figure is worse than a "
    "year before. On track: all others."
)
"""The rule in words, for a reader."""

_WEEK = 7


@dataclass(frozen=True)
class Delivery:
    """When a milestone was due and was or will be reached, and whether its figure has become worse."""

    due: date
    reached: date | None = None
    expected: date | None = None
    worsened: bool = False

    def status(self, day: date) -> Status:
        """Return how far it is on a day; what was reached later is not yet reached.

        Examples
        --------
        >>> Delivery(date(2021, 3, 31), expected=date(2021, 5, 1)).status(date(2020, 12, 1)).value
        'At risk'
        """
        if self.reached is not None and self.reached <= day:
            return Status.COMPLETE
        if self.due < day:
            return Status.LATE
        if self.worsened or (self.expected is not None and self.expected > self.due):
            return Status.AT_RISK
        return Status.ON_TRACK

    def slippage(self, day: date) -> int:
        """Return by how many weeks it is later than due; negative where it came, or is expected, earlier.

        What is late without a day on which it is expected has slipped up to the day.
        """
        done = self.reached is not None and self.reached <= day
        ends = self.reached if done and self.reached else self.expected or self.due
        if not done and self.due < day:
            ends = max(ends, day)
        # Whole weeks, towards none: three days are no week.
        return int((ends - self.due).days / _WEEK)


def gravest(statuses: Iterable[Status]) -> Status:
    """Return the gravest of statuses: an objective stands as its gravest milestone does."""
    return min(statuses, key=GRAVEST_FIRST.index)


def weeks(slipped: int) -> str:
    """Say a slippage in words."""
    if slipped == 0:
        return "none"
    counted = "1 week" if abs(slipped) == 1 else f"{abs(slipped)} weeks"
    return f"{counted} {'later' if slipped > 0 else 'earlier'}"
