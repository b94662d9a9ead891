"""One project with the demo's extracts, run once for all acceptance tests."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cafcass_reports.extracts import demo
from cafcass_reports.packs.measured import measured
from cafcass_reports.packs.parameters import open_pack
from cafcass_reports.packs.run import run
from tests.made_once import made_once

EVERY_AREA = "areas: [England, every area]"
ROOT = Path(__file__).parents[2]


def _ship(folder: Path) -> None:
    for name in ("params", "notebooks"):
        shutil.copytree(ROOT / name, folder / name)
    pack = folder / "params" / "2020-21-q3" / "pack.yml"
    text = pack.read_text(encoding="utf-8")
    assert EVERY_AREA in text
    pack.write_text(text.replace(EVERY_AREA, "areas: [England, A7]"), encoding="utf-8")
    demo.write(folder / "extracts" / "demo")
    measured(open_pack("2020-21-q3", folder))


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the shipped project for two of the areas, with demo extracts that are measured; it stays as it is."""
    return made_once(tmp_path_factory, "shipped", _ship)


@pytest.fixture(scope="session")
def outputs(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The outputs of the shipped pack; they stay as they are."""
    pack = open_pack("2020-21-q3", project)
    # While one process of the tests runs the pack, the others wait for it.
    made_once(tmp_path_factory, "shipped pack", lambda _: run(pack, workers=2))
    return pack.outputs


@pytest.fixture(scope="session")
def paper(outputs: Path) -> Path:
    """The self-assessment's folder, for England."""
    return outputs / "england" / "ofsted_self_assessment"


@pytest.fixture(scope="session")
def diversity_papers(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the papers of summer 2017 on diversity."""
    pack = open_pack("2017-18-q1", project)
    made_once(tmp_path_factory, "pack of 2017", lambda _: run(pack))
    return pack.outputs / "england"
