"""Fixtures of the extracts' tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cafcass_reports.extracts import Finding
from tests.extracts.small_organisation import ROWS, Folder


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """The valid extracts as CSV files."""
    made = Folder(tmp_path)
    for table in ROWS:
        made.write(table, made.rows(table))
    return made


@pytest.fixture
def only_finding(folder: Folder) -> Callable[[], Finding]:
    """The single finding of the folder: one slip is one finding."""

    def look() -> Finding:
        (finding,) = folder.findings()
        return finding

    return look
