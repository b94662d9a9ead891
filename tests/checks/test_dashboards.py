"""The look at dashboards: a fault planted in a sound one is found, and said with the choice at which it stands."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from cafcass_reports.checks.dashboards import beside, cells, faults, relations
from cafcass_reports.exhibits.dashboard import dashboard
from cafcass_reports.exhibits.payload import DashboardPayload
from cafcass_reports.metrics import diversity
from cafcass_reports.metrics.measurements import Measurements
from tests.metrics.posts import posts


@pytest.fixture(scope="module")
def sound(measurements: Measurements) -> DashboardPayload:
    """A dashboard of three units at two quarter ends."""
    with posts() as connection:
        rows = diversity.rounded(connection, [date(2017, 3, 31), date(2017, 6, 30)]).to_pylist()
    people = [
        {"area": measurements.areas.nation.name, "population_group": group, "people": 100, "source": "Census"}
        for characteristic in diversity.CHARACTERISTICS
        for group in characteristic.names[:-1]
    ]
    registers = {diversity.NAME: pd.DataFrame(rows, dtype=object), "population": pd.DataFrame(people, dtype=object)}
    payload = dashboard(measurements, registers).payload
    assert isinstance(payload, DashboardPayload)
    return payload


def with_state(payload: DashboardPayload, chosen: tuple[str, ...], by: int, *, groups: bool) -> DashboardPayload:
    """Add to the first group of each characteristic of a state and to its posts, or to the first group of one alone."""
    (state,) = (state for state in payload.states if state.chosen == chosen)
    counts = [list(each) for each in state.counts]
    for each in counts if groups else counts[:1]:
        each[0] += by
    other = state.model_copy(
        update={"counts": tuple(map(tuple, counts)), "posts": state.posts + (by if groups else 0)},
    )
    states = tuple(other if each is state else each for each in payload.states)
    return payload.model_copy(update={"states": states})


def test_a_sound_dashboard_has_no_finding_and_every_choice_is_looked_at(sound: DashboardPayload) -> None:
    assert list(faults("diversity", sound)) == []
    states = 3 * 4 * 2
    assert len(cells(sound)) == states * 10
    # Three characteristics add up in each state; two slicers in each choice of the others, of everybody and each group.
    assert len(relations(sound)) == states * 3 + 10 * 2 * (4 + 3)


def test_a_count_that_is_not_rounded_is_found_with_its_choice(sound: DashboardPayload) -> None:
    faulty = with_state(sound, ("Social work", "HR", "30 June 2017"), 1, groups=False)
    said = next(faults("diversity", faulty))
    assert said.endswith("a count that is not rounded (Social work, HR, 30 June 2017, Gender, Women).")


@pytest.mark.parametrize(
    ("chosen", "groups", "total"),
    [
        (("Social work", "HR", "30 June 2017"), False, "Social work, HR, 30 June 2017"),
        (("Social work", "HR", "30 June 2017"), True, "All posts, HR, 30 June 2017"),
        (("All posts", "A1", "31 March 2017"), True, "All posts, A1, 31 March 2017"),
        (("Other posts", "All units", "31 March 2017"), True, "All posts, All units, 31 March 2017"),
    ],
)
def test_counts_that_do_not_add_up_are_found_whichever_slicer_they_add_up_over(
    sound: DashboardPayload, chosen: tuple[str, ...], groups: bool, total: str
) -> None:
    (said,) = faults("diversity", with_state(sound, chosen, 5, groups=groups))
    assert said == f"diversity: the dashboard's counts do not add up to that of {total}."


def test_an_exact_figure_of_the_same_people_beside_a_dashboard_is_found(measurements: Measurements) -> None:
    nation = measurements.areas.nation
    exact = next(
        figure for metric in measurements.catalogue.values()
        if metric.table == "workforce" and metric.disclosive
        for figure in [measurements.one(metric.id, nation)] if figure.value is not None and not figure.suppressed
    )  # fmt: skip
    (said,) = beside(measurements, (measurements.one("open_cases", nation).id, exact.id))
    assert said.startswith(f"{exact.id} is exact")
