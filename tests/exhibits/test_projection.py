"""A projected stock: what is shown of it, and that it is never taken for a measured one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from cafcass_reports.errors import CatalogueError
from cafcass_reports.exhibits import scales
from cafcass_reports.exhibits.payload import ChartPayload, SeriesRole, TablePayload
from cafcass_reports.exhibits.projection import past_projections, projection, scenarios
from cafcass_reports.metrics import catalogue
from cafcass_reports.metrics.measure import areas_of, first_days, measure
from cafcass_reports.metrics.measurements import Measurements
from cafcass_reports.packs.figures import rows
from tests.metrics.conftest import REPORTING, connect, records

NAME = "open_cases_projected"
PROJECTIONS = Path(__file__).parents[2] / "params" / "projections.yml"


def project(folder: Path, text: str) -> Path:
    (folder / "params").mkdir()
    (folder / "params" / "projections.yml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def measurements(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Measurements]:
    # So short a history has too few misses for a wider interval.
    text = PROJECTIONS.read_text(encoding="utf-8").replace("interval: 80", "interval: 50")
    definitions = catalogue.load(project(tmp_path_factory.mktemp("projection"), text))
    with connect(records()) as made:
        yield _measured(made, definitions)


def _measured(connection: duckdb.DuckDBPyConnection, definitions: catalogue.Catalogue) -> Measurements:
    frame = measure(connection, definitions, REPORTING)
    begins = first_days(connection, definitions)
    return Measurements(frame, definitions, areas_of(connection), REPORTING, begins)


def chart(measurements: Measurements) -> ChartPayload:
    payload = projection(measurements, NAME, measurements.areas.nation, 12).payload
    assert isinstance(payload, ChartPayload)
    return payload


def table(shown: object) -> list[list[str]]:
    assert isinstance(shown, TablePayload)
    return [[cell.text for cell in row] for row in shown.sections[0].rows]


def test_what_is_projected_carries_on_where_what_is_measured_ends(measurements: Measurements) -> None:
    payload = chart(measurements)
    actual, projected, *_ = payload.series
    assert (actual.role, projected.role) == (SeriesRole.ACTUAL, SeriesRole.PROJECTED)
    now = payload.categories.index("Dec 20")
    assert actual.values[now] == projected.values[now] is not None
    assert set(actual.values[now + 1 :]) == {None}
    assert set(projected.values[:now]) == {None}
    assert payload.categories[-1] == "Jun 21"
    assert scales.end_labels(payload)[0] == ""
    assert "stroke-dasharray" in (projection(measurements, NAME, measurements.areas.nation, 12).svg or "")


def test_projected_figures_are_marked_as_such_in_the_list_of_figures(measurements: Measurements) -> None:
    payload = chart(measurements)
    ids = {figure.measurement: ["demand"] for figure in payload.measurements}
    kinds = {row["metric"]: (row["kind"], row["as_at"]) for row in rows(measurements, ids, synthetic=False)}
    assert kinds["open_cases"] == ("measured", "2020-12-01")
    assert kinds[NAME] == ("projected", "2021-06-01")
    assert {figure.kind for figure in payload.measurements if figure.metric != "open_cases"} == {"projected"}
    assert all(figure.sql is None for figure in payload.measurements if figure.kind == "projected")


def test_every_assumption_is_printed_with_where_it_leads(measurements: Measurements) -> None:
    payload = scenarios(measurements, NAME, measurements.areas.nation).payload
    assert isinstance(payload, TablePayload)
    assert [row[:3] for row in table(payload)] == [
        ["Courts close as many cases as a year before", "100%", "100%"],
        ["Courts close a tenth fewer", "100%", "90%"],
        ["Courts close a tenth more", "100%", "110%"],
    ]
    assert "Illustrative" in payload.note
    as_now, fewer, more = (row[3] for row in table(payload))
    assert int(more) < int(as_now) < int(fewer)


def test_the_record_of_past_projections_counts_every_past_month(measurements: Measurements) -> None:
    months = table(past_projections(measurements, NAME, measurements.areas.nation).payload)
    found = measurements.series(f"{NAME}_miss", measurements.areas.nation, 6)
    # Cases closed from June 2019 on: eighteen months are on record, of which the first year projects nothing.
    assert [figure.denominator for figure in found] == [6, 5, 4, 3, 2, 1]
    assert [row[5] for row in months][-1] == "too few"


def test_areas_and_teams_are_projected_by_their_own_flows(measurements: Measurements) -> None:
    places = [measurements.areas.nation, measurements.areas.named("A1"), measurements.areas.named("A1-T1")]
    shown = [measurements.one(NAME, place).shown for place in places]
    assert len(set(shown)) == 3


def test_what_is_no_projection_is_refused(measurements: Measurements) -> None:
    for name in ("open_cases", f"{NAME}_low"):
        with pytest.raises(CatalogueError, match=f"{name} is no projection"):
            projection(measurements, name, measurements.areas.nation, 12)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("stock: open_cases", "stock: kpi_2", "'kpi_2' cannot be projected"),
        ("opened: cases_opened", "opened: new_cases", "'new_cases' cannot be projected. Nearest"),
        ("throughput: 90", "throughput: 0", "throughput"),
        ("    slower:", "    low:", "none of stock, low, high"),
        ("open_cases_projected:", "open_cases:", "there is a metric open_cases already"),
    ],
)
def test_a_projection_that_is_not_whole_is_refused(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = PROJECTIONS.read_text(encoding="utf-8")
    assert old in text
    with pytest.raises(CatalogueError, match=said):
        catalogue.load(project(tmp_path, text.replace(old, new, 1)))
