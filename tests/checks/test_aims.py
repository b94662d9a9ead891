"""Claims of targets: met, missed, above and below, against the target on record."""

from __future__ import annotations

from datetime import date

import pytest

from cafcass_reports.checks.aims import target_faults
from cafcass_reports.checks.said import read
from cafcass_reports.metrics.standards import Target
from tests.exhibits.figures import figure


def target(aim: float, begins: date = date(2018, 4, 1)) -> Target:
    return Target.model_validate(
        {"target": aim, "illustrative": True, "from": begins, "owner": "operations", "source": "plan"}
    )


def wrong(words: str, metric: str, now: int, of: int, held_against: Target | None) -> list[str]:
    return list(target_faults(read(words), figure(metric, now, None, of=of), held_against))


@pytest.mark.parametrize(
    ("words", "metric", "now", "holds"),
    [
        ("met the target", "kpi_1", 970, True),
        ("met the target", "kpi_1", 969, False),
        ("met our 97% target", "kpi_1", 980, True),
        ("missed the target of 97%", "kpi_1", 960, True),
        ("fell short of its target", "kpi_1", 980, False),
        ("did not meet the target", "kpi_1", 960, True),
        ("has not met the target", "kpi_1", 980, False),
        ("is above target", "kpi_1", 980, True),
        ("met the target of two working days", "kpi_2", 1900, True),
        ("is within target", "kpi_2", 2100, False),
        ("missed the target", "kpi_2", 2100, True),
        ("is below the target", "kpi_2", 1900, True),
    ],
)
def test_how_a_figure_stands_to_its_target_follows_what_is_better(
    words: str, metric: str, now: int, holds: bool
) -> None:
    aim = target(97 if metric == "kpi_1" else 2)
    assert (wrong(words, metric, now, 1000, aim) == []) == holds


def test_a_target_that_nobody_set_is_no_target() -> None:
    assert wrong("met the target of 95%", "kpi_1", 980, 1000, target(97)) == ["“95%” is not the target, which is 97"]
    assert "no target" in wrong("met the target", "kpi_1", 980, 1000, None)[0]
    assert "holds from" in wrong("met the target", "kpi_1", 980, 1000, target(97, date(2021, 4, 1)))[0]
    assert "months running" in wrong("met the target for the third month running", "kpi_1", 980, 1000, target(97))[0]
