"""A small organisation measured once for all tests of checks."""

from __future__ import annotations

import pytest

from cafcass_reports.metrics.measurements import Measurements
from tests.metrics.conftest import connect, measured, records


@pytest.fixture(scope="session")
def measurements() -> Measurements:
    with connect(records()) as connection:
        return measured(connection)
