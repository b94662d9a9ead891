"""What is small by area in the demo is disclosive, or there is a reason why not."""

from __future__ import annotations

from pathlib import Path

from cafcass_reports.metrics.areas import Area, Level
from cafcass_reports.metrics.counted import threshold
from cafcass_reports.metrics.measurements import Measurements
from cafcass_reports.metrics.metric import Kind, Metric
from cafcass_reports.packs.measured import measured
from cafcass_reports.packs.parameters import open_pack

# Why these are shown although an area of the demo counts few: none of them says anything of a group of people.
SHOWN_ALL_THE_SAME = {
    "public_duty_allocated": "cases that no worker holds yet: how the organisation allocates, not whom it serves",
    "kpi_1": "between above and below: applications not yet allocated, published by area to be held to account",
    "plr_compliance": "between above and below: reviews of performance not yet held, a duty of managers to all staff",
    "teams_with_review": "teams that held a review, not people",
    "clear_difference_practice": "what teams, not people, say in a review",
    "clear_difference_people": "what teams, not people, say in a review",
    "clear_difference_partners": "what teams, not people, say in a review",
}


def counts(measurements: Measurements, metric: Metric, area: Area) -> list[int]:
    """What a figure counts: above, below, and for a share what is between."""
    found = measurements.one(metric.id, area)
    if found.numerator is None:
        return []
    between = [] if found.denominator is None else [found.denominator, found.denominator - found.numerator]
    return [found.numerator, *(between if metric.kind is Kind.RATIO and not metric.of_metrics else [])]


def test_what_counts_few_people_in_an_area_is_disclosive_or_says_why_not(project: Path) -> None:
    measurements = measured(open_pack("2020-21-q3", project)).measurements
    areas = [area for area in measurements.areas if area.level is Level.AREA]
    few = {
        metric.id
        for metric in measurements.catalogue.values()
        if metric.table is not None and not metric.disclosive and metric.down_to.depth >= Level.AREA.depth
        for area in areas
        if any(0 < count < threshold(metric.model_copy(update={"disclosive": True}))
               for count in counts(measurements, metric, area))
    }  # fmt: skip
    assert few == SHOWN_ALL_THE_SAME.keys()
