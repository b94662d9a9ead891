"""The organisation: a nation, seven regions, eighteen areas and their teams."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cafcass_reports.extracts.demo.draw import Real, Whole

NATION = "England"

# region, area, relative size, teams to and after first hearing, weeks slower than others, audits' grades lower
_AREAS: tuple[tuple[str, str, float, int, int, float, float], ...] = (
    ("North East", "A1", 1.0, 1, 2, 0.0, 0.0),
    ("North East", "A2", 0.9, 1, 2, -1.0, -0.1),
    ("North East", "A3", 1.1, 1, 3, 0.5, 0.0),
    ("North West", "A4", 1.2, 1, 3, 0.0, -0.2),
    ("North West", "A5", 1.3, 1, 4, 3.5, 0.5),
    ("North West", "A6", 1.0, 1, 2, -0.5, 0.0),
    ("Midlands", "A7", 1.1, 1, 3, 0.5, 0.1),
    ("Midlands", "A8", 1.2, 1, 3, 0.0, 0.0),
    ("Midlands", "A9", 0.8, 1, 2, -1.0, -0.2),
    ("East", "A10", 0.9, 1, 2, 0.0, 0.0),
    ("East", "A11", 0.8, 1, 2, 0.0, 0.1),
    ("East", "A12", 1.0, 1, 3, 2.5, 0.4),
    ("South East", "A13", 1.1, 1, 3, 0.0, 0.0),
    ("South East", "A14", 1.0, 1, 2, -0.5, -0.1),
    ("London", "A15A", 1.2, 1, 3, 1.0, 0.1),
    ("London", "A15B", 1.4, 1, 4, 4.0, 0.6),
    ("South West", "A16", 0.7, 1, 1, -1.0, -0.3),
    ("South West", "A17", 0.9, 1, 2, -0.5, -0.1),
)
SLOW_TO_ALLOCATE = ("A5-T3", "A12-T4", "A15B-T3", "A15B-T5")
"""The four teams whose KPI 2 is 3 working days or more (text of 20 January 2021; which teams is invented)."""


@dataclass(frozen=True)
class Organisation:
    """Areas and teams, as arrays that records point into.

    Parameters
    ----------
    regions, areas
        One for each area, in order.
    area_size, weeks_slower, grade_lower
        For each area: share of the work, delay of its closures, and how much lower its audits are graded.
    teams
        Codes such as ``A7-T1``.
    team_area
        For each team, the position of its area.
    after_first_hearing
        For each team, whether it works after the first hearing.
    """

    regions: tuple[str, ...]
    areas: tuple[str, ...]
    area_size: Real
    weeks_slower: Real
    grade_lower: Real
    teams: tuple[str, ...]
    team_area: Whole
    after_first_hearing: np.ndarray[tuple[int], np.dtype[np.bool_]]

    def draw_areas(self, rng: np.random.Generator, count: int) -> Whole:
        """Draw the area of each of so many cases, by the areas' sizes."""
        return rng.choice(len(self.areas), count, p=self.area_size)

    def draw_teams(self, rng: np.random.Generator, area: Whole, after: np.ndarray) -> Whole:
        """Draw a team of the area and of the kind that each case needs."""
        result = np.zeros(len(area), dtype=np.int64)
        for kind in (False, True):
            for place in range(len(self.areas)):
                rows = np.flatnonzero((area == place) & (after == kind))
                choice = np.flatnonzero((self.team_area == place) & (self.after_first_hearing == kind))
                result[rows] = rng.choice(choice, len(rows))
        return result


def organisation() -> Organisation:
    """Return the areas and teams, which are the same for every seed."""
    regions, areas, size, to_first, after, slower, lower = zip(*_AREAS, strict=True)
    teams: list[str] = []
    team_area: list[int] = []
    kind: list[bool] = []
    for place, (area, first_count, after_count) in enumerate(zip(areas, to_first, after, strict=True)):
        for number in range(first_count + after_count):
            teams.append(f"{area}-T{number + 1}")
            team_area.append(place)
            kind.append(number >= first_count)
    return Organisation(
        regions=regions,
        areas=areas,
        area_size=np.array(size) / sum(size),
        weeks_slower=np.array(slower),
        grade_lower=np.array(lower),
        teams=tuple(teams),
        team_area=np.array(team_area, dtype=np.int64),
        after_first_hearing=np.array(kind),
    )
