"""Fixtures of the packs' tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from cafcass_reports.packs.parameters import Pack, open_pack
from tests.packs import small_project


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return small_project.make(tmp_path / "project")


@pytest.fixture
def pack(project: Path) -> Pack:
    return open_pack("q3", project)
