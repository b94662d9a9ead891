"""The synthetic extracts of the papers of the year to March 2018."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from cafcass_reports.extracts.demo import action_plan, diversity
from cafcass_reports.extracts.demo.files import Columns, Row, columns_of
from cafcass_reports.extracts.demo.organisation import organisation
from cafcass_reports.extracts.demo.tables import areas

NOTE = """\
SYNTHETIC DATA

Everything in this folder is synthetic. It was made by a program (cafcass-reports demo), seed {seed}.
No row describes a real child, case, worker or team.
The ratings of 2014 and 2018 (inspections) are those that were published; their days are invented.
The commitments retell what the chief executive's message of 2018 says of the year ahead; their steps, days and owners
are invented, and so is what was done by when.
Dates are year-month-day, an empty field is a missing value, files are UTF-8.
"""

_INSPECTORATE = "Ofsted"
_2014, _2018 = "2014-04-09", "2018-02-23"

_INSPECTIONS: tuple[Row, ...] = (
    (_2014, "Overall", "Good", _INSPECTORATE),
    (_2018, "Overall", "Outstanding", _INSPECTORATE),
    (_2018, "Leadership, national and local", "Outstanding", _INSPECTORATE),
    (_2018, "Practice in public law", "Good", _INSPECTORATE),
    (_2018, "Practice in private law", "Good", _INSPECTORATE),
)

_PLAN, _APP = "Finish the inspectorate’s action plan early", "A new app for children"
_TIPS, _ABROAD = "More Top Tips, written with young people", "Learn with others around the world"
_PRACTICE, _IMPROVEMENT = "Head of practice", "National improvement service"
_EXECUTIVE, _DIGITAL = "Chief Executive", "Head of digital services"

# commitment, step, set on, due on, done on, owner
_COMMITMENTS: tuple[Row, ...] = (
    (_PLAN, "Agree the plan with the inspectorate", "2018-04-03", "2018-04-30", "2018-04-25", _IMPROVEMENT),
    (_PLAN, "Make case plans sharper", "2018-04-03", "2018-09-30", None, _PRACTICE),
    (_PLAN, "Strengthen how we work with diversity", "2018-04-03", "2018-10-31", None, _PRACTICE),
    (_PLAN, "Sign the plan off", "2018-04-03", "2018-12-31", None, _IMPROVEMENT),
    (_APP, "Test it with children", "2018-04-03", "2018-04-30", "2018-04-20", _DIGITAL),
    (_APP, "Finish it", "2018-04-03", "2018-07-31", None, _DIGITAL),
    (_APP, "Launch it in every area", "2018-04-03", "2018-09-30", None, _DIGITAL),
    (_TIPS, "Choose the subjects with the young people’s board", "2018-04-03", "2018-04-30", "2018-04-27", _EXECUTIVE),
    (_TIPS, "Publish the next three", "2018-04-03", "2019-03-31", None, _EXECUTIVE),
    (_ABROAD, "Find partners who work on the same questions", "2018-04-03", "2018-06-30", None, _EXECUTIVE),
    (_ABROAD, "Pass on what we learn", "2018-04-03", "2019-03-31", None, _EXECUTIVE),
)  # fmt: skip


def tables(seed: int) -> Mapping[str, Columns]:
    """Return the columns of every table; the same seed gives the same values."""
    rng, places = np.random.default_rng([seed % 2**63, 2017]), organisation()
    return {
        "areas": areas(places),
        "action_plan": action_plan.action_plan(),
        "workforce": diversity.workforce(rng, places),
        "population": diversity.population(rng, places),
        "inspections": columns_of("inspections", _INSPECTIONS),
        "commitments": columns_of("commitments", _COMMITMENTS),
    }
