"""The synthetic extracts of the papers of the year to March 2018."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from cafcass_reports.extracts.demo import action_plan, diversity
from cafcass_reports.extracts.demo.files import Columns
from cafcass_reports.extracts.demo.organisation import organisation
from cafcass_reports.extracts.demo.tables import areas

NOTE = """\
SYNTHETIC DATA

Everything in this folder is synthetic. It was made by a program (cafcass-reports demo), seed {seed}.
No row describes a real child, case, worker or team.
Dates are year-month-day, an empty field is a missing value, files are UTF-8.
"""


def tables(seed: int) -> Mapping[str, Columns]:
    """Return the columns of every table; the same seed gives the same values."""
    rng, places = np.random.default_rng([seed % 2**63, 2017]), organisation()
    return {
        "areas": areas(places),
        "action_plan": action_plan.action_plan(),
        "workforce": diversity.workforce(rng, places),
        "population": diversity.population(rng, places),
    }
