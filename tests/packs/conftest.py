"""Fixtures of the packs' tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from cafcass_reports.packs import make
from cafcass_reports.packs.parameters import Pack, open_pack
from tests.packs import in_process, small_project, two_packs


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return small_project.make(tmp_path / "project")


@pytest.fixture
def pack(project: Path) -> Pack:
    return open_pack("q3", project)


@pytest.fixture(scope="session")
def quarters(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose packs q3 and q4 have run, with something of each kind changed between them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(make, "execute", in_process.execute)
        return two_packs.make(tmp_path_factory.mktemp("quarters") / "project")
