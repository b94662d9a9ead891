"""What teams, children and families say, and the strategic risks: invented, but for what the board's papers print.

These draw from generators of their own, so that no record of the other tables moves with them.
"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from cafcass_reports.extracts.by_hand import ASKS, DIFFERENCES, PILLARS
from cafcass_reports.extracts.demo.files import Row
from cafcass_reports.extracts.demo.organisation import Organisation

_FIRST_ROUND = date(2020, 9, 14)
_RETURNED = 0.9
_SHARES = {"Practice": (0.55, 0.35), "People": (0.45, 0.38), "Partners": (0.30, 0.42)}
_ASKED = {
    "Practice": (0.15, 0.35, 0.15, 0.25, 0.10),
    "People": (0.25, 0.35, 0.15, 0.20, 0.05),
    "Partners": (0.15, 0.15, 0.20, 0.05, 0.45),
}
_SAID = {
    ("Practice", DIFFERENCES[0]): "The new letters help children to know us before we meet.",
    ("Practice", DIFFERENCES[1]): "We have begun with the framework, and want more practice in using it.",
    ("Practice", DIFFERENCES[2]): "Work to be done leaves no hour to learn something new.",
    ("People", DIFFERENCES[0]): "Briefings and live events make leaders easy to reach.",
    ("People", DIFFERENCES[1]): "The wellbeing offer is good; diaries often stand in its way.",
    ("People", DIFFERENCES[2]): "Working from home has been lonely, above all for new colleagues.",
    ("Partners", DIFFERENCES[0]): "Local courts listen to us about which children cannot wait.",
    ("Partners", DIFFERENCES[1]): "We meet our partners more often, and see the first results.",
    ("Partners", DIFFERENCES[2]): "Nothing has changed yet in how long hearings are in coming.",
}

_CHILDREN, _CHILDREN_HELPED = 100, 90
_ADULTS, _ADULTS_SCORE = 86, 757  # 8.8 of 10 on average
_CHILDREN_PREFER = (("remote", 58), ("in person", 27), ("either", 15))
_ADULTS_PREFER = (("in person", 55), ("remote", 18), ("either", 13))
_THEMES = ("being heard", "clear explanations", "delay", "how we communicate", "fairness", "other")
_TOLD = {"child": (0.34, 0.22, 0.10, 0.22, 0.06, 0.06), "adult": (0.24, 0.26, 0.20, 0.12, 0.12, 0.06)}
_COMPLAINED = (0.16, 0.26, 0.14, 0.18, 0.20, 0.06)

_HEADS = {
    "Practice": "Director leading Practice",
    "People": "Director leading People",
    "Partners": "Director leading Partners",
}
# risk, pillar, what is done about it, and each assessment: day, likelihood, impact
_RISKS: tuple[tuple[str, str, str, tuple[tuple[str, str, str], ...]], ...] = (
    (
        "Covid-19 keeps colleagues away or ill, and children are seen late or not at all",
        "People",
        "A weekly programme board; guidance on seeing children changed with each wave; offices stay open to families.",
        (("2020-04-20", "4", "5"), ("2020-11-30", "3", "4"), ("2021-01-12", "4", "5")),
    ),
    (
        "More open work than advisers can hold well, and children wait",
        "Practice",
        "A protocol for what comes first; a hub for section 7 reports; supervisors hold work for a time.",
        (("2020-06-15", "4", "4"), ("2020-11-30", "5", "4")),
    ),
    (
        "Family courts conclude fewer proceedings than before, so that delay grows for children",
        "Partners",
        "Recovery groups with courts and councils; a list of children in public law who cannot wait.",
        (("2020-06-15", "5", "3"), ("2020-11-30", "4", "4")),
    ),
    (
        "The practice framework is learned unevenly, and children meet different practice from team to team",
        "Practice",
        "Group supervision; the academy's programme; audits that ask for the framework.",
        (("2020-09-07", "3", "3"), ("2020-11-30", "2", "3")),
    ),
    (
        "Colleagues are exhausted after a year of crisis, and leave",
        "People",
        "A stronger wellbeing offer; surveys; workload bands looked at each month.",
        (("2020-09-07", "3", "4"), ("2020-11-30", "3", "4")),
    ),
    (
        "Reform of private law comes later than planned, and demand does not fall",
        "Partners",
        "A seat in the design groups; pilots followed and their results shared.",
        (("2020-09-07", "2", "3"), ("2020-11-30", "2", "3")),
    ),
)


def team_reviews(seed: int, places: Organisation) -> list[Row]:
    """Return a round of reviews: for most teams, what they say of each pillar."""
    rng = np.random.default_rng([seed % 2**63, 1])
    rows: list[Row] = []
    for team in places.teams:
        if rng.random() > _RETURNED:
            continue
        day = _FIRST_ROUND + timedelta(int(rng.integers(0, 42)))
        for pillar in PILLARS:
            clear, some = _SHARES[pillar]
            difference = str(rng.choice(DIFFERENCES, p=(clear, some, 1 - clear - some)))
            asked = str(rng.choice(ASKS, p=_ASKED[pillar]))
            rows.append((team, day.isoformat(), pillar, difference, asked, _SAID[pillar, difference]))
    return rows


def risks() -> list[Row]:
    """Return each assessment of the strategic risks. That Covid-19 is at the gravest is printed; the rest is not."""
    return [
        (f"R{number}", risk, pillar, day, likelihood, impact, response, None, _HEADS[pillar])
        for number, (risk, pillar, response, assessed) in enumerate(_RISKS, start=1)
        for day, likelihood, impact in assessed
    ]


def feedback(seed: int, places: Organisation) -> list[Row]:
    """Return the interviews of May 2020, and the complaints and compliments of the records' time.

    That 186 families and children were asked, that adults scored 8.8 of 10 and that 90% of children were helped is
    printed; how many were children, and all the rest, is not.
    """
    rng = np.random.default_rng([seed % 2**63, 2])
    rows: list[Row] = []

    def add(day: date, by: str, channel: str, shares: tuple[float, ...], *more: str | float | bool | None) -> None:
        team, theme = str(rng.choice(places.teams)), str(rng.choice(_THEMES, p=shares))
        rows.append((f"F{len(rows) + 1:05d}", day.isoformat(), team, by, channel, theme, *more))

    prefer = {by: _spread(rng, given) for by, given in (("child", _CHILDREN_PREFER), ("adult", _ADULTS_PREFER))}
    for place in range(_CHILDREN):
        helped = place < _CHILDREN_HELPED
        add(_in_may(rng), "child", "interview", _TOLD["child"], None, helped, prefer["child"][place], None, None)
    for place, score in enumerate(_scores(rng)):
        add(_in_may(rng), "adult", "interview", _TOLD["adult"], score, None, prefer["adult"][place], None, None)
    first, days = date(2019, 4, 1), 640
    for _ in range(1460):
        day = first + timedelta(int(rng.integers(0, days)))
        by = "child" if rng.random() < 0.07 else "adult"
        answered = day + timedelta(int(rng.gamma(4.0, 4.5)) + 1)
        known = answered < date(2021, 1, 1)
        outcome = str(rng.choice(("upheld", "partly upheld", "not upheld"), p=(0.12, 0.27, 0.61))) if known else None
        add(day, by, "complaint", _COMPLAINED, None, None, None, outcome, answered.isoformat() if known else None)
    for _ in range(620):
        day = first + timedelta(int(rng.integers(0, days)))
        by = "child" if rng.random() < 0.2 else "adult"
        add(day, by, "compliment", _TOLD[by], None, None, None, None, None)
    return sorted(rows, key=lambda row: (str(row[1]), str(row[0])))


def _in_may(rng: np.random.Generator) -> date:
    return date(2020, 5, 4) + timedelta(int(rng.integers(0, 26)))


def _spread(rng: np.random.Generator, given: tuple[tuple[str, int], ...]) -> list[str]:
    """So many of each answer, in a drawn order."""
    return [str(answer) for answer in rng.permutation([answer for answer, count in given for _ in range(count)])]


def _scores(rng: np.random.Generator) -> list[float]:
    """Scores from 4 to 10 that add up to the printed mean."""
    scores = rng.choice((7, 8, 9, 10), _ADULTS, p=(0.12, 0.25, 0.32, 0.31))
    while (over := int(scores.sum()) - _ADULTS_SCORE) != 0:
        place = int(rng.integers(_ADULTS))
        scores[place] = min(10, max(4, int(scores[place]) - (1 if over > 0 else -1)))
    return [float(score) for score in scores]
