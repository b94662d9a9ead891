"""A small organisation measured once for all tests of exhibits."""

from __future__ import annotations

import duckdb
import pytest

from cafcass_reports.metrics.areas import Area
from cafcass_reports.metrics.measurements import Measurements
from tests.metrics.conftest import connect, measured, organisation, records


@pytest.fixture(scope="session")
def connection() -> duckdb.DuckDBPyConnection:
    return organisation()[0]


@pytest.fixture(scope="session")
def measurements() -> Measurements:
    return organisation()[1]


@pytest.fixture(scope="session")
def nothing() -> Measurements:
    """The same organisation without a single record."""
    frames = {name: frame if name == "areas" else frame.head(0) for name, frame in records().items()}
    with connect(frames) as made:
        return measured(made)


@pytest.fixture(scope="session")
def england(measurements: Measurements) -> Area:
    return measurements.areas.nation
