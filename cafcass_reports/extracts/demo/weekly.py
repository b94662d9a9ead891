"""What regions return each week from October 2020: invented, but for what the paper of 20 January 2021 prints.

Printed are the colleagues absent and isolating on 15 January and by how much these rose in the week, that one region
prioritises and two more are at risk, and which part of which region does; and of December's children the shares seen,
and seen in person, which the five weeks of December keep together. Which regions are at risk is invented.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import numpy as np

from cafcass_reports.extracts.demo.files import Row
from cafcass_reports.extracts.demo.organisation import Organisation

_FIRST = date(2020, 10, 2)

# For each week, in the nation: colleagues absent and isolating, children to be seen, seen in person, by video, by phone
_WEEKS: tuple[tuple[int, int, int, int, int, int], ...] = (
    (9, 14, 3_480, 1_506, 872, 274),
    (11, 17, 3_510, 1_498, 884, 281),
    (13, 21, 3_495, 1_471, 899, 276),
    (16, 26, 3_460, 1_437, 903, 284),
    (19, 31, 2_980, 1_196, 801, 263),
    (22, 34, 3_420, 1_268, 1_012, 301),
    (24, 33, 3_445, 1_249, 1_038, 308),
    (23, 30, 3_470, 1_271, 1_029, 302),
    (21, 27, 3_455, 1_322, 989, 291),
    (18, 24, 3_520, 1_412, 966, 284),
    (17, 22, 3_540, 1_424, 962, 279),
    (19, 23, 3_310, 1_322, 901, 262),
    (16, 19, 1_240, 470, 347, 106),
    (15, 17, 890, 340, 241, 59),
    (19, 19, 3_130, 704, 1_226, 387),
    (27, 29, 3_390, 612, 1_497, 442),
)

_SCARCE = "More new work than advisers can take"
_PRIORITISES = ("North East", "South Yorkshire and Humber")
_PRIORITISES_FROM = date(2020, 11, 6)
_AT_RISK = {
    "East": (date(2021, 1, 8), "Advisers absent, and more new work than a year ago"),
    "London": (date(2020, 12, 18), "Advisers absent, and hearings that are put off"),
}
_PRESSED = {"South East": date(2021, 1, 8)}  # high pressure, though nothing is put in order yet


def weekly_returns(seed: int, places: Organisation) -> list[Row]:
    """Return each region's numbers week by week; the seed spreads the nation's over the regions."""
    rng = np.random.default_rng([seed % 2**63, 3])
    regions, sizes = _sizes(places)
    rows: list[Row] = []
    for week, (absent, isolating, due, *seen) in _weeks():
        ill = [_spread(rng, count, sizes, 0.4) for count in (absent, isolating)]
        children = _spread(rng, due, sizes, 0.03)
        ways = [_spread(rng, count, children, by) for count, by in zip(seen, (0.25, 0.1, 0.25), strict=True)]
        rows += [(region, week, *counts) for region, *counts in zip(regions, *ill, children, *ways, strict=True)]
    return rows


def weekly_status(places: Organisation) -> list[Row]:
    """Return how each region stands week by week."""
    regions, _ = _sizes(places)
    return [(region, week, *_status(region, date.fromisoformat(week))) for week, _ in _weeks() for region in regions]


def _status(region: str, week: date) -> tuple[str, str, str | None, str | None]:
    """A region's pressure, prioritisation, where in it and why."""
    if region == _PRIORITISES[0] and week >= _PRIORITISES_FROM:
        return "high", "in place", _PRIORITISES[1], _SCARCE
    if region in _AT_RISK and week >= _AT_RISK[region][0]:
        return "high", "at risk", None, _AT_RISK[region][1]
    if region in _PRESSED and week >= _PRESSED[region]:
        return "high", "not needed", None, None
    return ("low" if region == "South West" else "medium"), "not needed", None, None


def _weeks() -> Iterator[tuple[str, tuple[int, int, int, int, int, int]]]:
    for number, counts in enumerate(_WEEKS):
        yield (_FIRST + timedelta(weeks=number)).isoformat(), counts


def _sizes(places: Organisation) -> tuple[tuple[str, ...], list[float]]:
    """The regions in their order, and what share of the work each has."""
    sizes: dict[str, float] = {}
    for region, size in zip(places.regions, places.area_size, strict=True):
        sizes[region] = sizes.get(region, 0.0) + float(size)
    return tuple(sizes), list(sizes.values())


def _spread(rng: np.random.Generator, count: int, sizes: Sequence[float], by_chance: float) -> list[int]:
    """Part a count by sizes that vary a little by chance, so that the parts add up to it."""
    weights = np.array(sizes) * (1 + by_chance * rng.uniform(-1, 1, len(sizes)))
    ends = np.rint(np.cumsum(weights) / weights.sum() * count).astype(int)
    return [int(part) for part in np.diff(ends, prepend=0)]
