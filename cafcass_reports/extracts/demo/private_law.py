"""Private law cases: one stock before the first hearing and one after it, both exact on each month's first day."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from cafcass_reports.extracts.demo import targets
from cafcass_reports.extracts.demo.days import NEVER, Days, at_or_before, drawn, month_starts
from cafcass_reports.extracts.demo.draw import Whole
from cafcass_reports.extracts.demo.organisation import Organisation
from cafcass_reports.extracts.demo.receipts import (
    ARRANGEMENTS,
    ENFORCEMENT,
    OTHER_PRIVATE,
    Cases,
    Flags,
    lifetimes,
    new_receipts,
    residual,
    thin_receipts,
)

# A quarter of what came in before the full history is held, mostly cases that led to a report: reports are
# held whole, and each points to its application.
_THIN_A_MONTH = 950
_THIN_PAST_HEARING = 0.6

# Weeks to the first hearing and after it in a calm system, and their spread.
_WAIT = (8, 3)
_WORK = (42, 16)
# Safeguarding checks come before a hearing.
_DAYS_TO_HEARING = 18
_LONGEST_WAIT = 120
# A case that ends within days of its first hearing has not gone on after it.
_DAYS_AT_HEARING = 10


def cases(rng: np.random.Generator, places: Organisation) -> Cases:
    """Return all private law cases."""
    thin_received, thin_heard, thin_closed, thin_past = _thin(rng)
    waiting, wait_left = residual(rng, *_WAIT, targets.BEFORE_HEARING["2018-04"])
    working, work_left = residual(rng, *_WORK, targets.PRIVATE_OPEN["2018-04"] - targets.BEFORE_HEARING["2018-04"])
    new, _ = new_receipts(rng, "private")
    thin, unheard, heard, fresh = len(thin_received), len(waiting), len(working), len(new)
    last = targets.FULL_START - 3
    heard_on = at_or_before(last - working)
    received = np.concatenate(
        [
            thin_received,
            at_or_before(last - np.minimum(waiting, _LONGEST_WAIT)),
            at_or_before(heard_on - lifetimes(rng, *_WAIT, heard)),
            new,
        ]
    )
    first_hearing = np.concatenate([thin_heard, np.full(unheard, NEVER), heard_on, np.full(fresh, NEVER)])
    closed = np.concatenate([thin_closed, np.full(unheard + heard + fresh, NEVER)])
    area = places.draw_areas(rng, len(received))
    slower = (7 * places.weeks_slower[area]).astype(np.int64)
    nothing = np.zeros(thin, np.int64)
    wait = np.concatenate([nothing, wait_left, np.zeros(heard, np.int64), lifetimes(rng, *_WAIT, fresh)])
    work = np.concatenate([nothing, lifetimes(rng, *_WORK, unheard), work_left, lifetimes(rng, *_WORK, fresh)])
    first_hearing, closed = _heard_and_closed(
        rng, received, (first_hearing, closed), wait=wait + slower // 3, work=work + slower
    )

    went_on = (first_hearing != NEVER) & ((closed - first_hearing > _DAYS_AT_HEARING) | (closed == NEVER))
    went_on[:thin] = thin_past
    return Cases(
        public=np.zeros(len(received), bool),
        kind=rng.choice([ARRANGEMENTS, ENFORCEMENT, OTHER_PRIVATE], len(received), p=[0.85, 0.06, 0.09]),
        received=received,
        first_hearing=first_hearing,
        closed=closed,
        past_hearing=went_on,
        area=area,
    )


def _heard_and_closed(
    rng: np.random.Generator, received: Days, before: tuple[Days, Days], *, wait: Whole, work: Whole
) -> tuple[Days, Days]:
    """Return the first hearings and closures, those of the full history added to the ones before it.

    Each month as many are heard, and as many closed, as leave both stocks as they are to be: those that are
    furthest beyond the weeks that they would take in a calm system.

    Parameters
    ----------
    before
        First hearings and closures until then.
    wait, work
        Days that each case would take to its first hearing, and after it.
    """
    first_hearing, closed = before[0].copy(), before[1].copy()
    goes_on = rng.random(len(received)) < targets.PAST_FIRST_HEARING
    months = month_starts("2018-04", "2021-01")
    waiting = targets.stock_path(targets.BEFORE_HEARING, months)
    working = targets.stock_path(targets.PRIVATE_OPEN, months) - waiting
    for place, (start, end) in enumerate(pairwise(months)):
        still: Flags = (received <= end) & (closed == NEVER)
        unheard = still & (first_hearing == NEVER)
        at_work = np.flatnonzero(still & ~unheard)
        hearings = int(unheard.sum() - waiting[place + 1])
        ready = np.flatnonzero(unheard & (received <= end - _DAYS_TO_HEARING - 12))
        heard = ready[np.argsort(received[ready] + wait[ready], kind="stable")[:hearings]]
        first_hearing[heard] = drawn(rng, np.maximum(start + 1, received[heard] + _DAYS_TO_HEARING), end)

        ending = heard[~goes_on[heard]]
        delay = rng.choice([0, 0, 0, 1, 3, 7], len(ending))
        closed[ending] = at_or_before(np.minimum(first_hearing[ending] + delay, end))
        # Those that go on join the stock after the hearing, so as many more of it have to close.
        closures = len(at_work) + len(heard) - len(ending) - int(working[place + 1])
        leaving = at_work[np.argsort(first_hearing[at_work] + work[at_work], kind="stable")[:closures]]
        closed[leaving] = drawn(rng, np.full(len(leaving), start + 1), end)
    return first_hearing, closed


def _thin(rng: np.random.Generator) -> tuple[Days, Days, Days, Flags]:
    """Return receipt, first hearing, closure of the cases closed before the full history, and which went on."""
    received = thin_receipts(rng, _THIN_A_MONTH)
    hearing = at_or_before(received + lifetimes(rng, *_WAIT, len(received)))
    went_on = rng.random(len(received)) < _THIN_PAST_HEARING
    length = np.where(went_on, lifetimes(rng, *_WORK, len(received)), 0)
    closed = at_or_before(hearing + length)
    kept = closed < targets.FULL_START
    return received[kept], hearing[kept], closed[kept], went_on[kept]
