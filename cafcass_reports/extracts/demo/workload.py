"""What each adviser carries, and when each is reviewed."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from cafcass_reports.extracts.demo import targets
from cafcass_reports.extracts.demo.days import DATA_END, NEVER, Days, at_or_before, day, drawn
from cafcass_reports.extracts.demo.draw import Whole
from cafcass_reports.extracts.demo.organisation import Organisation
from cafcass_reports.extracts.demo.people import ADVISER, EMPLOYEE, NO_TEAM, Posts


def bands(rng: np.random.Generator, people: Posts, caseload: npt.NDArray[np.float64], places: Organisation) -> Whole:
    """Return each adviser's workload band (-1 for none): 73.3 per cent of those in post are in the higher two.

    Parameters
    ----------
    caseload
        Cases per FTE of each person.
    """
    result = np.full(len(people.role), -1)
    adviser = (people.role == ADVISER) & (people.team != NO_TEAM)
    usual = np.where(places.after_first_hearing[people.team], targets.CASELOAD, targets.CASELOAD_TO_FIRST_HEARING)
    load = np.where(people.held_on(targets.SNAPSHOT), caseload / usual, rng.normal(0.95, 0.25, len(usual)))
    for group, share in ((people.held_on(targets.SNAPSHOT), targets.HIGHER_BANDS), (people.ended < NEVER, 0.66)):
        rows = np.flatnonzero(adviser & group)
        rows = rows[np.argsort(-load[rows], kind="stable")]
        higher = round(len(rows) * share)
        result[rows] = np.repeat(
            [3, 2, 1, 0], _pieces(len(rows), higher // 3, higher, higher + (len(rows) - higher) * 2 // 3)
        )
    return result


def _pieces(count: int, *places: int) -> list[int]:
    """Return the lengths of the pieces of a row that is cut at these places."""
    return [int(length) for length in np.diff([0, *places, count])]


def reviews(rng: np.random.Generator, people: Posts) -> tuple[Days, Days]:
    """Return on which day each adviser's performance and learning review falls due, and was done."""
    due = np.full(len(people.role), NEVER)
    done = np.full(len(people.role), NEVER)
    adviser = (people.role == ADVISER) & (people.engagement == EMPLOYEE)
    staying = rng.permutation(np.flatnonzero(adviser & (people.started < day("2020-06-01")) & (people.ended == NEVER)))
    count, done_count = targets.REVIEWS
    autumn, rest = staying[:count], staying[count:]
    due[autumn] = drawn(rng, np.full(count, day("2020-09-01")), day("2020-11-30"))
    # The same adviser is reviewed once a year, so the others fall due in the other nine months.
    earlier = rest[: len(rest) * 8 // 9]
    due[earlier] = drawn(rng, np.full(len(earlier), day("2020-01-06")), day("2020-08-31"))
    late = rest[len(earlier) :]
    due[late] = drawn(rng, np.full(len(late), day("2020-12-01")), DATA_END)
    reviewed = np.concatenate(
        [autumn[:done_count], earlier[rng.random(len(earlier)) < 0.9], late[rng.random(len(late)) < 0.5]]
    )
    done[reviewed] = np.minimum(at_or_before(due[reviewed] + rng.integers(-21, 15, len(reviewed))), DATA_END)
    left = np.flatnonzero(adviser & (people.ended < NEVER) & (people.ended - people.started > 400))
    due[left] = at_or_before(people.ended[left] - rng.integers(40, 365, len(left)))
    due[left[(due[left] >= day("2020-09-01"))]] = NEVER
    done[left] = np.where((rng.random(len(left)) < 0.88) & (due[left] != NEVER), due[left], NEVER)
    return due, done
