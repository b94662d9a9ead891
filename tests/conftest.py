"""What all tests share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cafcass_reports.kernels.warm_kernels import warm_kernels


@pytest.fixture(scope="session", autouse=True)
def _warm() -> Iterator[None]:
    """One warm process for the notebooks of all tests, and not one for each run."""
    with warm_kernels("cafcass_reports.paper"):
        yield
