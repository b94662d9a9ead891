"""A small organisation measured once for all tests of checks."""

from __future__ import annotations

import pytest

from cafcass_reports.metrics.measurements import Measurements
from tests.metrics.conftest import organisation


@pytest.fixture(scope="session")
def measurements() -> Measurements:
    return organisation()[1]
