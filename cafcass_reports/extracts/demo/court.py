"""Reports that the court orders in private cases after the first hearing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cafcass_reports.extracts.demo import targets
from cafcass_reports.extracts.demo.days import DATA_END, NEVER, Days, at_or_before, drawn, month_end
from cafcass_reports.extracts.demo.draw import Whole, chosen
from cafcass_reports.extracts.demo.receipts import Cases

SECTION_7, RULE_16_4, ADDENDUM = range(3)  # as in schemas.REPORT_TYPES
_NAMES = ("section 7", "rule 16.4", "addendum")
_WEEKS_TO_FILE = (12, 20, 6)
_DAYS_FOR_A_REPORT = 100
_ORDERED_AT_HEARING = 0.6
_LONGEST_DELAY = 15
_USUALLY_LATE = 0.021


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
    orders = [
        (place, *_ordered(rng, cases, heard, start, count))
        for place, name in enumerate(_NAMES)
        for first, last, total in targets.REPORTS[name]
        for start, count in targets.monthly(first, last, total).items()
    ]
    kind = np.concatenate([np.full(len(case), place) for place, case, _ in orders])
    case, ordered = (np.concatenate([order[column] for order in orders]) for column in (1, 2))
    weeks = np.array(_WEEKS_TO_FILE)[kind]
    due = at_or_before(ordered + 7 * weeks + rng.integers(-10, 15, len(weeks)))
    return Reports(case, kind, ordered, due, _filed(rng, kind, ordered, due, slower[case]))


def _ordered(rng: np.random.Generator, cases: Cases, heard: Whole, start: int, count: int) -> tuple[Whole, Days]:
    """Return the cases in which so many reports are ordered in a month, and the days of the orders."""
    end = month_end(start)
    pool = heard[(cases.first_hearing[heard] <= end) & (cases.closed[heard] > start + 7)]
    # Most are ordered at the first hearing itself; the case has to live long enough for the report.
    weights = np.where(cases.first_hearing[pool] >= start, 12.0, 1.0)
    weights = weights * np.where(cases.closed[pool] - start > _DAYS_FOR_A_REPORT, 1, 0.05)
    picked = chosen(rng, pool, count, weights)
    # In the thin years one application stands for several.
    picked = np.concatenate([picked, rng.choice(pool, count - len(picked))])
    hearing = cases.first_hearing[picked]
    low = np.maximum(hearing, start)
    later = drawn(rng, low, np.maximum(np.minimum(cases.closed[picked], end), low))
    at_hearing = (rng.random(count) < _ORDERED_AT_HEARING) & (hearing >= start)
    return picked, np.where(at_hearing, hearing, later)


def _filed(rng: np.random.Generator, kind: Whole, ordered: Days, due: Days, slower: np.ndarray) -> Days:
    """Return when each report is filed: the share of section 7 on time in the year to date is exact."""
    count = len(kind)
    early = np.maximum(ordered, at_or_before(due - rng.choice([0, 0, 1, 2, 3, 5, 8], count)))
    late = at_or_before(due + rng.integers(3, _LONGEST_DELAY, count))
    is_late = (rng.random(count) < _USUALLY_LATE * (1 + slower / 4).clip(0.4)) & (late > due)
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
