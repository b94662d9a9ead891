"""Words of direction beside a metric that nobody marked."""

from __future__ import annotations

import pytest

from cafcass_reports.checks.findings import Place, Severity
from cafcass_reports.checks.unmarked import check
from tests.exhibits.figures import METRICS


def lines(text: str) -> list[int]:
    found = list(check(text, METRICS.values(), Place("a.md"), first_line=5))
    assert all(one.severity is Severity.WARNING for one in found)
    return [one.place.line for one in found]


@pytest.mark.parametrize(
    "text",
    [
        "Open cases have risen again.",
        "There are {{ open_cases.value }}, and that is the highest ever.",
        "Social worker turnover improved.",
        "First line.\n- New private law cases fell.",
    ],
)
def test_a_direction_beside_a_metric_is_pointed_out(text: str) -> None:
    assert lines(text) == [5 + text.count("\n")]


@pytest.mark.parametrize(
    "text",
    [
        "Open cases have [risen]{open_cases} again.",
        "Open cases are {{ open_cases.movement }} in a year.",
        "Our letters improved. There are {{ open_cases.value }} open cases.",
        "We fell in with our partners.",
    ],
)
def test_marks_references_and_other_sentences_are_let_through(text: str) -> None:
    assert lines(text) == []
