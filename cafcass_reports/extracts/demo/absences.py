"""Spells of absence, with the working days lost to sickness as published."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cafcass_reports.extracts.demo import targets
from cafcass_reports.extracts.demo.days import DATA_END, NEVER, Days, between, day, drawn, month_starts, working_days
from cafcass_reports.extracts.demo.draw import Whole
from cafcass_reports.extracts.demo.people import CORPORATE, Posts


@dataclass(frozen=True)
class Absences:
    """Spells of absence; ``person`` is a position in the posts, ``reason`` one in schemas.ABSENCE_REASONS."""

    person: Whole
    reason: Whole
    started: Days
    ended: Days


SICKNESS, COVID, ISOLATION, OTHER = range(4)


def absences(rng: np.random.Generator, staff: Posts) -> Absences:
    """Return the spells of all staff, with the working days that social workers lost to sickness as published.

    A spell may run on into the next three months; each three months are then filled up to their total.
    """
    parts: list[tuple[Whole, Whole, Days, Days]] = []
    social = staff.role != CORPORATE
    carried = np.zeros(0, np.int64)
    months = month_starts("2015-06", "2020-12")[::3]
    for start, following in zip([day("2015-04-01"), *months], [*months, DATA_END + 1], strict=True):
        end = following - 1
        length_share = (following - start) / 91.3
        month = str(np.datetime64(end, "D"))[:7]
        fte = int(staff.fte[social & staff.held_on(end)].sum()) / 100
        rate = 2.65 if month[5:] == "02" else 2.4
        total = targets.SICKNESS_DAYS.get(month, round(fte * rate * length_share))
        running = int(between(start - 1, np.minimum(carried[carried >= start], end)).sum())
        present = np.flatnonzero(social & (staff.started < start) & (staff.ended > end + 120))
        first, last = _spells(rng, start, end, total - running)
        person = rng.choice(present, len(first), replace=len(first) > len(present))
        covid = (first >= day("2020-03-09")) & (rng.random(len(first)) < 0.25)
        parts.append((person, np.where(covid, COVID, SICKNESS), first, last))
        carried = np.concatenate([carried, last])
        parts.append(_other_spells(rng, staff, start, end))
    person, reason, first, last = (np.concatenate(column) for column in zip(*parts, strict=True))
    order = np.lexsort((person, first))
    return Absences(person[order], reason[order], first[order], np.where(last > DATA_END, NEVER, last)[order])


def _spells(rng: np.random.Generator, start: int, end: int, total: int) -> tuple[Days, Days]:
    """Return the first and last days of spells that take exactly so many working days up to the end."""
    count = max(total // 3, 1)
    first = np.sort(drawn(rng, np.full(count, start), end))
    length = np.minimum(np.ceil(rng.lognormal(1.35, 1.1, count)), 60).astype(np.int64)
    place = np.searchsorted(working_days(), first)
    order = rng.permutation(count)
    inside = np.minimum(length, between(first - 1, end))[order]
    taken = np.cumsum(inside)
    used = int(np.searchsorted(taken, total, side="left")) + 1
    kept = order[:used]
    over = int(taken[used - 1]) - total
    # The last spell ends sooner, so that the three months have their total to the day.
    length[kept[-1]] = inside[used - 1] - over
    return first[kept], working_days()[place[kept] + length[kept] - 1]


def _other_spells(rng: np.random.Generator, staff: Posts, start: int, end: int) -> tuple[Whole, Whole, Days, Days]:
    """Return what is not social workers' sickness: corporate staff's, isolation, and other reasons."""
    corporate = np.flatnonzero((staff.role == CORPORATE) & (staff.started < start) & (staff.ended > end + 60))
    social = np.flatnonzero((staff.role != CORPORATE) & (staff.started < start) & (staff.ended > end + 60))
    days = end - start + 1
    sick, other = round(1.5 * days), round(0.65 * days)
    isolated = round(1.4 * days) if start >= day("2020-03-01") else 0
    person = np.concatenate([rng.choice(corporate, sick), rng.choice(social, isolated + other)])
    reason = np.repeat([SICKNESS, ISOLATION, OTHER], [sick, isolated, other])
    first = drawn(rng, np.full(len(person), start), end)
    length = np.minimum(np.ceil(rng.lognormal(1.2, 0.8, len(person))), 30).astype(np.int64)
    place = np.searchsorted(working_days(), first)
    return person, reason, first, working_days()[place + length - 1]
