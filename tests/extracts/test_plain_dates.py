"""Target dates in plain words: read where they mean one day, refused where they could mean several."""

from __future__ import annotations

import pytest

from cafcass_reports.extracts import examine
from cafcass_reports.extracts.plain_dates import targets
from tests.extracts.small_organisation import Folder


def due(text: str) -> list[str]:
    return [str(target.due) for target in targets(text)]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("by March 2018", ["2018-03-31"]),
        ("Completion of training by Feb 2016", ["2016-02-29"]),
        ("June and October 2016", ["2016-06-30", "2016-10-31"]),
        ("Submit by 31/10/17; December 2017", ["2017-10-31", "2017-12-31"]),
        ("1st May 2017", ["2017-05-01"]),
        ("July 2017 and annual update thereafter", ["2017-07-31"]),
        ("Ongoing", ["None"]),
        ("From January 2017 and on-going", ["None"]),
        ("interviews ongoing throughout 2017-20", ["None"]),
    ],
)
def test_words_of_the_published_plan_are_read(text: str, days: list[str]) -> None:
    assert due(text) == days


def test_what_goes_on_from_a_month_begins_on_its_first_day_and_a_met_target_says_so() -> None:
    assert str(targets("May 2017 onwards")[0].begins) == "2017-05-01"
    (met,) = targets("Audit by December 2017 (met)")
    assert (met.words, met.met) == ("Audit by December 2017", True)


@pytest.mark.parametrize(
    "text",
    ["By March and then at least quarterly", "3/4/17", "autumn 2017", "2018", "soon", "31 February 2018"],
)
def test_what_could_mean_several_days_or_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"could mean|no year|no date|no day"):
        targets(text)


def test_a_cell_that_is_refused_is_named_by_row_and_column(folder: Folder) -> None:
    rows = folder.rows("action_plan")
    rows[1][7] = "June 2020; 3/4/20"
    folder.write("action_plan", rows)
    with examine(folder.path) as extracts:
        found = [(one.row, one.column, one.value) for one in extracts.report.findings]
    assert found == [(3, "target_dates", "June 2020; 3/4/20")]
