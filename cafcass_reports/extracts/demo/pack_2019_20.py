"""The synthetic extracts of the papers of October to December 2019: eight roadshows and what came of them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from cafcass_reports.extracts.demo.days import day
from cafcass_reports.extracts.demo.draw import identifiers
from cafcass_reports.extracts.demo.files import Coded, Columns, Row, Values, columns_of
from cafcass_reports.extracts.demo.organisation import organisation
from cafcass_reports.extracts.demo.tables import areas
from cafcass_reports.extracts.engagement import ANSWERS, QUESTIONS

NOTE = """\
SYNTHETIC DATA

Everything in this folder is synthetic. It was made by a program (cafcass-reports demo), seed {seed}.
No row describes a real child, case, worker or team, and nobody said these words.
From the report of January 2020 come, in other words: eight roadshows, votes of more than 500 people, 17 themes, what
people asked us to do differently, seven graphic records, what happens next. All else is invented: days, regions and
numbers at each roadshow, answers, quotations, who gave consent, which teams reviewed a record, champions, scopes.
Dates are year-month-day, an empty field is a missing value, files are UTF-8.
"""

# One roadshow shared a graphic record with another: there are seven.
# event, held on, region, attended, what its record shows
_EVENTS: tuple[Row, ...] = (
    ("R1", "2019-10-08", "North East", 71, "1. Sharing what we know"),
    ("R2", "2019-10-17", "North West", 88, "2. Working with courts and councils"),
    ("R3", "2019-10-30", "Midlands", 76, "3. Demand and caseloads"),
    ("R4", "2019-11-06", "East", 64, "4. Wellbeing and careers"),
    ("R5", "2019-11-14", "South East", 69, "5. Diversity in all that we do"),
    ("R6", "2019-11-27", "London", 93, "6. Listening to children"),
    ("R7", "2019-12-04", "London", 81, "6. Listening to children"),
    ("R8", "2019-12-12", "South West", 58, "7. Staying connected"),
)
_VOTERS = 537
# Of those who answered, the shares that agreed, took neither side and disagreed.
_AGREED = {"useful": (0.78, 0.15, 0.07), "heard": (0.71, 0.19, 0.10), "my part": (0.58, 0.27, 0.15)}

_PRACTICE, _PEOPLE, _PARTNERS = "Practice", "People", "Partners"

# pillar, theme, events at which it was raised
_THEMES: tuple[tuple[str, str, int], ...] = (
    (_PRACTICE, "Pool our data, experience and know-how, inside and outside the organisation", 7),
    (_PRACTICE, "Understand better what private law work is about, and what comes of it", 5),
    (_PRACTICE, "Keep children safe and well in every plan, and judge by how they experience us", 8),
    (_PRACTICE, "Learn from what children, families, partners and colleagues say", 6),
    (_PRACTICE, "Show that feedback changes what we do", 4),
    (_PRACTICE, "Respect that regions differ, and answer to it", 5),
    (_PEOPLE, "Ways to develop, and to make a career here", 7),
    (_PEOPLE, "Take health and wellbeing more seriously", 8),
    (_PEOPLE, "Find people and keep them, pay included", 6),
    (_PEOPLE, "Diversity in all we do: practice, people, partners", 5),
    (_PEOPLE, "Balance work at home and in the office, so that nobody is isolated", 4),
    (_PARTNERS, "Manage demand and caseloads, our own and together with partners", 8),
    (_PARTNERS, "Closer ties with councils, courts and judges", 7),
    (_PARTNERS, "Better commissioned services, for those who need them first", 3),
    (_PARTNERS, "A stronger voice before proceedings begin", 5),
    (_PARTNERS, "Firm referrals to councils where a child is harmed or may be", 4),
    (_PARTNERS, "Plain language when we tell people of the strategy", 6),
)

_STRATEGY, _COMMUNICATIONS = "Head of strategy", "Head of communications"
_LEADERS, _TEAMS = "Assistant directors and heads of profession", "Team managers, with strategy champions"

# said, reply, due on, done on, owner
_SUGGESTIONS: tuple[tuple[str, str, str, str | None, str], ...] = (
    ("Bring more of us", "Two colleagues of every team are invited next time", "2020-09-30", None, _STRATEGY),
    (
        "More time to talk at tables, to ask and to meet",
        "Half of the day is now for talk and questions",
        "2020-09-30",
        None,
        _STRATEGY,
    ),
    (
        "Fewer buzzwords",
        "Two colleagues from outside head office read every text first",
        "2019-12-20",
        "2019-12-18",
        _COMMUNICATIONS,
    ),
    ("Say more of the delivery priorities", "One page for each of them", "2020-01-31", "2020-01-14", _STRATEGY),
    ("Let children and families speak", "The young people’s board opens the next round", "2020-09-30", None, _STRATEGY),
    ("Let partners speak", "Councils and judges are asked to join in each region", "2020-09-30", None, _STRATEGY),
    (
        "Share what colleagues know",
        "A column in the weekly news, written by teams",
        "2020-01-31",
        "2020-01-10",
        _COMMUNICATIONS,
    ),
    ("Come to the regions more often", "One meeting in each region, twice a year", "2020-06-30", None, _LEADERS),
    ("Tell each team what its part is", "Managers talk it through in team meetings", "2020-03-31", None, _TEAMS),
    (
        "Keep the live vote, and add other ways",
        "Votes stay; questions can be sent before",
        "2020-09-30",
        None,
        _COMMUNICATIONS,
    ),
    ("Tell us how the strategy gets on", "An update each quarter", "2020-03-31", None, _STRATEGY),
)

# said on, speaker, words, consent, consented on
_QUOTATIONS: tuple[Row, ...] = (
    ("2019-10-30", "Family court adviser, Midlands",
     "I came to listen and ended up drawing on the wall with somebody from finance. I know now why the plan matters.",
     True, "2019-11-04"),
    ("2019-11-27", "Business services colleague, London",
     "Good day. I could have used another hour at the table, and one acronym less in every sentence.",
     True, "2019-12-02"),
    ("2019-12-12", "Practice supervisor, South West",
     "We were asked, not told. Please come back when you have acted on it.", True, "2019-12-16"),
    ("2019-10-17", "Service manager, North West",
     "This one was said in confidence, and no paper may show it.", False, None),
)  # fmt: skip

_CHAMPIONS: tuple[Row, ...] = (
    ("North East", "Family court adviser", "2019-12-02"),
    ("North West", "Service manager", "2019-12-02"),
    ("Midlands", "Practice supervisor", "2019-12-09"),
    ("East", "Business services manager", "2019-12-09"),
    ("South East", "Family court adviser", "2019-12-16"),
    ("London", "Practice supervisor", "2019-12-09"),
    ("London", "Business services colleague", "2019-12-16"),
)

# pillar, project, scope, drafted on, published by, agreed on, owner
_PROJECTS: tuple[Row, ...] = (
    (
        _PRACTICE,
        "A practice framework",
        "Shared values, the tools that go with them, and training for all who work with children",
        "2019-12-16",
        "2020-04-01",
        "2020-01-13",
        "Director leading Practice",
    ),
    (
        _PRACTICE,
        "Feedback that changes things",
        "Ask children and families more often, and report what we did",
        "2019-12-16",
        "2020-04-01",
        None,
        "Director leading Practice",
    ),
    (
        _PEOPLE,
        "A social work academy",
        "Careers, learning and the path to supervisor",
        "2019-12-16",
        "2020-04-01",
        "2020-01-15",
        "Director leading People",
    ),
    (
        _PEOPLE,
        "Wellbeing",
        "Workload, health, and how we stay in touch when we work apart",
        "2019-12-16",
        "2020-04-01",
        None,
        "Director leading People",
    ),
    (
        _PARTNERS,
        "Demand",
        "What comes to court, why, and what we can change together",
        "2019-12-16",
        "2020-04-01",
        None,
        "Director leading Partners",
    ),
    (
        _PARTNERS,
        "Before court",
        "Our part in the work that councils do before proceedings",
        "2019-12-16",
        "2020-04-01",
        "2020-01-16",
        "Director leading Partners",
    ),
)

_SCOPES, _RECORDS = "Finish the project scopes", "Every team reviews a graphic record"
_PROGRESS, _TOUCH = "Look at progress together", "Stay in touch"
_DIRECTORS = "Directors leading Practice, People and Partners"

# what, step, set on, due on, done on, owner
_NEXT_STEPS: tuple[Row, ...] = (
    (_SCOPES, "Draft all scopes with the extended leadership team", "2019-12-16", "2020-02-28", None, _DIRECTORS),
    (_SCOPES, "Share the drafts with everyone", "2019-12-16", "2020-03-13", None, _DIRECTORS),
    (_SCOPES, "Invite colleagues to the project teams", "2019-12-16", "2020-03-31", None, _DIRECTORS),
    (_RECORDS, "Give every team the records and the priorities", "2019-12-16", "2019-12-20", "2019-12-19", _LEADERS),
    (_RECORDS, "Review one, and carry it into the local plan", "2019-12-16", "2020-03-31", None, _LEADERS),
    (_PROGRESS, "Review the national priorities every six months", "2019-12-16", "2020-09-30", None, _TEAMS),
    (_TOUCH, "Frame the originals for the offices that asked", "2019-12-16", "2020-02-14", None, _COMMUNICATIONS),
    (_TOUCH, "Tell teams more in their meetings", "2019-12-16", "2020-02-28", None, _TEAMS),
)  # fmt: skip


def tables(seed: int) -> Mapping[str, Columns]:
    """Return the columns of every table; the same seed gives the same values."""
    rng = np.random.default_rng([seed % 2**63, 2019])
    places = organisation()
    written: dict[str, list[Row]] = {
        "events": list(_EVENTS),
        "themes": [(str(number), *theme) for number, theme in enumerate(_THEMES, start=1)],
        "suggestions": [(str(number), *each) for number, each in enumerate(_SUGGESTIONS, start=1)],
        "quotations": [(f"Q{number}", *each) for number, each in enumerate(_QUOTATIONS, start=1)],
        "champions": list(_CHAMPIONS),
        "projects": list(_PROJECTS),
        "commitments": list(_NEXT_STEPS),
    }
    return {
        "areas": areas(places),
        **{name: columns_of(name, rows) for name, rows in written.items()},
        "votes": _votes(rng),
        "record_reviews": columns_of("record_reviews", _reviews(rng, places.teams)),
    }


def _votes(rng: np.random.Generator) -> Columns:
    """Each voter answers all questions on the day of a roadshow."""
    days = np.array([day(str(row[1])) for row in _EVENTS])
    weights = np.array([float(row[3] or 0) for row in _EVENTS])
    voted = rng.choice(days, _VOTERS, p=weights / weights.sum())
    answers = [rng.choice(len(ANSWERS), _VOTERS, p=_AGREED[question]) for question in QUESTIONS]
    columns: dict[str, Values] = {
        "voter_id": np.tile(identifiers(rng, _VOTERS), len(QUESTIONS)),
        "voted_on": np.tile(voted, len(QUESTIONS)),
        "question": Coded(np.repeat(np.arange(len(QUESTIONS)), _VOTERS), QUESTIONS),
        "answer": Coded(np.concatenate(answers), ANSWERS),
    }
    return columns


def _reviews(rng: np.random.Generator, teams: tuple[str, ...]) -> list[Row]:
    """All teams were asked before Christmas; most have looked at a record by the middle of January."""
    records = sorted({str(row[4]) for row in _EVENTS})
    rows: list[Row] = []
    for team in teams:
        done, when, which = rng.random() < 0.62, int(rng.integers(6, 17)), str(rng.choice(records))
        rows.append((team, "2019-12-16", f"2020-01-{when:02d}" if done else None, which if done else None))
    return rows
