"""Reports that the court orders in private cases after the first hearing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from . import targets
from .days import DATA_END, NEVER, Days, at_or_before, day, drawn
from .draw import Whole, chosen
from .flows import Cases

SECTION_7, RULE_16_4, ADDENDUM = range(3)  # as in schemas.REPORT_TYPES
_NAMES = ("section 7", "rule 16.4", "addendum")
_LONGEST_DELAY = 15


@dataclass(frozen=True)
class Reports:
    """Reports by type and month of the order; ``case`` is a position in the cases."""

    case: Whole
    kind: Whole
    ordered: Days
    due: Days
    filed: Days


def reports(rng: np.random.Generator, cases: Cases, slower: np.ndarray) -> Reports:
    """Return all reports, with the numbers ordered and the share of section 7 filed on time as published.

    Parameters
    ----------
    slower
        For each case, the weeks by which its area is slower than others: it is also later with reports.
    """
    heard = np.flatnonzero(~cases.public & cases.past_hearing & (cases.first_hearing != NEVER))
    hearing, closed = cases.first_hearing[heard], np.minimum(cases.closed[heard], DATA_END)
    case: list[Whole] = []
    kind: list[Whole] = []
    ordered: list[Days] = []
    for place, name in enumerate(_NAMES):
        for first, last, total in targets.REPORTS[name]:
            for start, count in targets.monthly(first, last, total).items():
                end = int(np.datetime64(start, "D").astype("datetime64[M]").astype(np.int64) + 1)
                end = day(str(np.datetime64(end, "M")) + "-01") - 1
                pool = np.flatnonzero((hearing <= end) & (closed > start + 7))
                # Most are ordered at the first hearing itself; the case has to live long enough for the report.
                weights = np.where(hearing[pool] >= start, 12.0, 1.0)
                weights = weights * np.where((cases.closed[heard[pool]] - start) > 100, 1, 0.05)
                picked = chosen(rng, pool, count, weights)
                if len(picked) < count:
                    # In the thin years one application stands for several.
                    picked = np.concatenate([picked, rng.choice(pool, count - len(picked))])
                low = np.maximum(hearing[picked], start)
                on_the_day = rng.random(count) < 0.6
                drawn_days = drawn(rng, low, np.maximum(np.minimum(closed[picked], end), low))
                at_hearing = on_the_day & (hearing[picked] >= start)
                case.append(heard[picked])
                kind.append(np.full(count, place))
                ordered.append(np.where(at_hearing, hearing[picked], drawn_days))
    cases_ordered, kinds, days_ordered = (np.concatenate(column) for column in (case, kind, ordered))
    weeks = np.where(kinds == ADDENDUM, 6, np.where(kinds == RULE_16_4, 20, 12))
    due = at_or_before(days_ordered + 7 * weeks + rng.integers(-10, 15, len(weeks)))
    filed = _filed(rng, kinds, days_ordered, due, slower[cases_ordered])
    return Reports(cases_ordered, kinds, days_ordered, due, filed)


def _filed(rng: np.random.Generator, kind: Whole, ordered: Days, due: Days, slower: np.ndarray) -> Days:
    """Return when each report is filed: the share of section 7 on time in the year to date is exact."""
    count = len(kind)
    early = np.maximum(ordered, at_or_before(due - rng.choice([0, 0, 1, 2, 3, 5, 8], count)))
    late = at_or_before(due + rng.integers(3, _LONGEST_DELAY, count))
    is_late = (rng.random(count) < 0.021 * (1 + slower / 4).clip(0.4)) & (late > due)
    filed = np.where(is_late, late, early)
    start, end = targets.YTD
    # A report that may be moved between early and late without leaving the period keeps the number filed.
    counted = (kind == SECTION_7) & (filed >= start) & (filed <= end)
    movable = counted & (early >= start) & (late <= end) & (late > due)
    surplus = int((counted & is_late).sum()) - round(int(counted.sum()) * (1 - targets.KPI_4))
    candidates = np.flatnonzero(movable & (is_late == (surplus > 0)))
    weights = 1.0 if surplus > 0 else (1 + slower[candidates] / 4).clip(0.4)
    moved = chosen(rng, candidates, abs(surplus), weights)
    filed[moved] = np.where(is_late[moved], early[moved], late[moved])
    filed[filed > DATA_END] = NEVER
    return filed
