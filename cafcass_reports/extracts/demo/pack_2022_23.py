"""The synthetic extracts of the papers of October to December 2022: a practice framework, a year on."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from cafcass_reports.extracts.demo.files import Columns, Row, columns_of
from cafcass_reports.extracts.demo.organisation import NATION, organisation
from cafcass_reports.extracts.demo.tables import areas

NOTE = """\
SYNTHETIC DATA

Everything in this folder is synthetic. It was made by a program (cafcass-reports demo), seed {seed}.
No row describes a real child, case, worker or team.
The parts of the practice framework (framework) retell in other words what the partner briefing of November 2022 says.
That briefing prints no figure: all returns (reported_figures) are invented, and so are the days of the parts.
Dates are year-month-day, an empty field is a missing value, files are UTF-8.
"""

# part, what it is, what partners see, metric, in use from
_FRAMEWORK: tuple[tuple[str, str, str, str | None, str], ...] = (
    (
        "Assessment and Child’s Plan",
        "One document for each child: what we heard, what worries us, what protects, and why we recommend what we do",
        "A plan in plain words that the child, the parents and the child’s social worker have seen",
        "plans_shared",
        "2021-09-20",
    ),
    (
        "Group supervision",
        "Once a month a team maps a child’s situation and thinks it through together",
        "Advisers who bring a view that colleagues have tested",
        "group_supervision",
        "2021-09-20",
    ),
    (
        "Appreciative inquiry",
        "We ask what worked, and what difference it made: with families, in supervision, in audits",
        "Reports that weigh strengths as carefully as harm",
        "reports_balanced",
        "2021-11-01",
    ),
    (
        "Family storyboards",
        "Words and pictures, made by the adults, that tell a child what happened and what comes next",
        "Children who know why they are in proceedings; an offer to make one with us",
        "storyboards_made",
        "2022-01-10",
    ),
    (
        "Letters of hello and goodbye",
        "A letter, or a film, that says who we are before we meet, and how it ended",
        "Children who expect us, and who were told of the outcome by us",
        "letters_sent",
        "2021-09-20",
    ),
    (
        "People and Organisational Development Strategy",
        "How we find, support and keep colleagues who live the values of the framework",
        "People who stay long enough to be trusted",
        None,
        "2022-04-01",
    ),
)

_QUARTERS = (
    ("2021-10-01", "2021-12-31"),
    ("2022-01-01", "2022-03-31"),
    ("2022-04-01", "2022-06-30"),
    ("2022-07-01", "2022-09-30"),
    ("2022-10-01", "2022-12-31"),
)
_AUDIT, _FEEDBACK, _LEARNING = "Collaborative audits", "Feedback of children and families", "Learning records"

# metric: source, first quarter, last quarter (percent, or a count)
_RETURNS: dict[str, tuple[str, float, float]] = {
    "plans_shared": (_AUDIT, 48, 79),
    "recommendation_explained": (_AUDIT, 55, 81),
    "reports_balanced": (_AUDIT, 62, 84),
    "letters_sent": (_AUDIT, 57, 88),
    "group_supervision": (_LEARNING, 41, 76),
    "framework_trained": (_LEARNING, 52, 94),
    "storyboards_made": (_LEARNING, 40, 310),
    "children_felt_heard": (_FEEDBACK, 68, 77),
    "families_felt_respected": (_FEEDBACK, 71, 78),
    "feedback_given": (_FEEDBACK, 420, 1460),
}


def tables(seed: int) -> Mapping[str, Columns]:
    """Return the columns of every table; the same seed gives the same values."""
    rng = np.random.default_rng([seed % 2**63, 2022])
    framework: list[Row] = [(str(number), *part) for number, part in enumerate(_FRAMEWORK, start=1)]
    return {
        "areas": areas(organisation()),
        "framework": columns_of("framework", framework),
        "reported_figures": columns_of("reported_figures", _returns(rng)),
    }


def _returns(rng: np.random.Generator) -> list[Row]:
    """Each figure grows from its first quarter to its last, with a little chance between."""
    rows: list[Row] = []
    for metric, (source, first, last) in _RETURNS.items():
        steps = np.linspace(first, last, len(_QUARTERS))
        steps[1:-1] += rng.normal(0, abs(last - first) / 20, len(_QUARTERS) - 2)
        for (begin, end), value in zip(_QUARTERS, steps, strict=True):
            rows.append(
                (metric, NATION, begin, end, float(round(value)), source, "2023-01-13" if end > "2022-11" else end)
            )
    return rows
