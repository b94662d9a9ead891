"""What all tests share, and in which order and company they run."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cafcass_reports.kernels.warm_kernels import warm_kernels

SHARED = ("quarters", "outputs", "diversity_papers")
"""Fixtures of several files that are long in the making: what uses one is run by one process, in which it is made."""

# The longest groups, so that none is left to one process at the end. The second does without the demo's extracts,
# for which all others of acceptance would wait while the first writes and measures them.
FIRST = ("outputs", "tests/packs/test_measured.py", "tests/acceptance/test_runs.py")


@pytest.fixture(scope="session", autouse=True)
def _warm() -> Iterator[None]:
    """One warm process for the notebooks of all tests, and not one for each run."""
    with warm_kernels("cafcass_reports.rehearsed"):
        yield


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep together for pytest-xdist what is made from the same fixtures, the longest first."""
    groups = {item: _group(item) for item in items}
    places = {group: place for place, group in enumerate(FIRST)}
    for item, group in groups.items():
        item.add_marker(pytest.mark.xdist_group(group))
    items.sort(key=lambda item: places.get(groups[item], len(FIRST)))


def _group(item: pytest.Item) -> str:
    names = item.fixturenames if isinstance(item, pytest.Function) else []
    return next((name for name in SHARED if name in names), item.nodeid.partition("::")[0])
