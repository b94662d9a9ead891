"""Who worked here from 2015 to 2017, and who lives in each area: invented, beside a published share of women."""

from __future__ import annotations

import numpy as np

from cafcass_reports.extracts.by_hand import POPULATION_GROUPS
from cafcass_reports.extracts.demo.days import NEVER, day
from cafcass_reports.extracts.demo.draw import Whole, chosen, identifiers
from cafcass_reports.extracts.demo.files import NOTHING, Coded, Columns, Row, columns_of
from cafcass_reports.extracts.demo.organisation import NATION, Organisation
from cafcass_reports.extracts.demo.people import ADVISER, CORPORATE, UNITS
from cafcass_reports.extracts.schemas import ENGAGEMENTS, ROLES, WORKLOAD_BANDS

_SOCIAL_WORKERS, _OTHERS = 1_500, 220  # posts in the areas, shared out by their sizes
_UNIT_POSTS = {"NBC": (28, 120), "NIS": (34, 12), "CM": (9, 14), "CE": (2, 11), "FN": (0, 24), "HR": (0, 38),
               "IT": (0, 31), "MIS": (0, 19)}  # fmt: skip
_FIRST, _LAST = "2015-10-01", "2017-06-30"
_LEAVERS, _STARTERS = 0.19, 0.22  # of those there at first, over the time told of
# Shares of women, by post kind: about 80 in 100 of social workers (the action plan of 2017 says so).
_WOMEN = (0.80, 0.71)
_GENDERS = ("female", "male", "unknown")
_DISABILITY = ("yes", "no", "unknown")
_ETHNICITIES = ("White", "Black", "Asian", "Mixed", "Other", "unknown")
_NO_TEAM = NOTHING
_ADULTS = 650_000  # people of working age in an area of middling size
_COUNT = "Census of 27 March 2011 (synthetic)"
_BY_REGION = {"London": 0.40, "Midlands": 0.16, "North West": 0.11, "South East": 0.11}  # ethnic minorities
_ELSEWHERE = 0.06


def workforce(rng: np.random.Generator, places: Organisation) -> Columns:
    """Return the posts held between October 2015 and June 2017."""
    areas = [(round(_SOCIAL_WORKERS * size), round(_OTHERS * size)) for size in places.area_size]
    posts = [*areas, *_UNIT_POSTS.values()]
    unit = np.repeat(np.arange(len(posts)), [sum(of) for of in posts])
    social = np.concatenate([np.repeat([True, False], of) for of in posts])
    first = len(unit)
    newer = rng.choice(first, round(first * _STARTERS))
    unit, social = np.concatenate([unit, unit[newer]]), np.concatenate([social, social[newer]])
    count = len(unit)
    began, ended = day(_FIRST), day(_LAST)
    started = rng.integers(day("2001-01-08"), began, count)
    started[first:] = rng.integers(began, ended, count - first)
    left = np.full(count, NEVER)
    leavers = chosen(rng, np.arange(first), round(first * _LEAVERS), 1.0)
    left[leavers] = rng.integers(began + 1, ended, len(leavers))
    at_home = np.array([_ethnic(region) for region in places.regions] + [0.14] * len(UNITS))
    minority = rng.random(count) < at_home[unit] * 0.85
    ethnicity = np.where(minority, 1 + rng.choice(4, count, p=[0.5, 0.25, 0.18, 0.07]), 0)
    ethnicity[rng.random(count) < 0.06] = 5
    return {
        "post_id": identifiers(rng, count),
        "worker_id": identifiers(rng, count),
        "role": Coded(np.where(social, ADVISER, CORPORATE), ROLES),
        "social_work": social,
        "fte": rng.choice([1.0, 0.8, 0.6, 0.5], count, p=[0.6, 0.18, 0.14, 0.08]),
        "business_unit": Coded(unit, (*places.areas, *UNITS)),
        "team": Coded(_teams(places, unit), places.teams),
        "engagement": Coded(np.zeros(count, np.int64), ENGAGEMENTS),
        "gender": Coded(_genders(rng, social), _GENDERS),
        "disability": Coded(rng.choice(3, count, p=[0.08, 0.83, 0.09]), _DISABILITY),
        "ethnicity": Coded(ethnicity, _ETHNICITIES),
        "started_on": started,
        "ended_on": left,
        "workload_band": Coded(np.full(count, NOTHING), WORKLOAD_BANDS),
        "plr_due_on": np.full(count, NEVER),
        "plr_done_on": np.full(count, NEVER),
    }


def population(rng: np.random.Generator, places: Organisation) -> Columns:
    """Return who lives in each area and in the nation, by group."""
    whole = np.zeros(len(POPULATION_GROUPS), np.int64)
    rows: list[Row] = []
    for area, region, size in zip(places.areas, places.regions, places.area_size, strict=True):
        people = round(_ADULTS * size * len(places.areas))
        shares = (0.506 + rng.normal(0, 0.003), 0.13 + rng.normal(0, 0.02), _ethnic(region) + rng.normal(0, 0.01))
        first = np.round(people * np.array(shares)).astype(np.int64)
        counts = np.column_stack([first, people - first]).ravel()
        whole += counts
        rows += _rows(area, counts)
    return columns_of("population", [*_rows(NATION, whole), *rows])


def _rows(area: str, counts: Whole) -> list[Row]:
    return [
        (area, group, int(count), _COUNT, "2011-03-27") for group, count in zip(POPULATION_GROUPS, counts, strict=True)
    ]


def _ethnic(region: str) -> float:
    return _BY_REGION.get(region, _ELSEWHERE)


def _genders(rng: np.random.Generator, social: np.ndarray) -> Whole:
    women = rng.random(len(social)) < np.where(social, *_WOMEN)
    genders = np.where(women, 0, 1)
    genders[rng.random(len(social)) < 0.005] = 2
    return genders


def _teams(places: Organisation, unit: Whole) -> Whole:
    """Every post of an area is in its first team: papers of that time show no teams."""
    first = np.array([int(np.flatnonzero(places.team_area == at)[0]) for at in range(len(places.areas))])
    return np.where(unit < len(places.areas), first[np.minimum(unit, len(places.areas) - 1)], _NO_TEAM)
