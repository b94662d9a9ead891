"""The package's shape: layers, public face, what an import costs, and what other tools find."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest
from nbconvert.exporters import Exporter

import cafcass_reports

ROOT = Path(__file__).parents[1]
HEAVY = ("pandas", "duckdb", "matplotlib", "seaborn", "nbconvert", "papermill", "pptx", "typst", "sqlglot", "pydantic")


def test_layers_import_downwards_only() -> None:
    command = Path(sys.executable).with_name("lint-imports")
    said = subprocess.run([command, "--no-cache"], check=False, cwd=ROOT, capture_output=True, text=True)
    assert said.returncode == 0, said.stdout + said.stderr


@pytest.mark.parametrize("name", cafcass_reports.__all__)
def test_everything_public_is_documented(name: str) -> None:
    assert name in (cafcass_reports.__doc__ or "")
    documented = getattr(cafcass_reports, name).__doc__ or ""
    for heading in ("Parameters", "Returns", "Raises"):
        assert heading in documented


def test_what_the_package_s_docstring_names_a_paper_has() -> None:
    import re

    from cafcass_reports.paper import Paper

    named = set(re.findall(r"paper\.(\w+)\(", cafcass_reports.__doc__ or ""))
    assert {"scorecard", "trend", "grades", "commentary", "measure", "table", "chart", "axes"} <= named
    assert [name for name in named if not hasattr(Paper, name)] == []


@pytest.mark.parametrize("module", ["cafcass_reports", "cafcass_reports.cli", "cafcass_reports.errors"])
def test_an_import_that_opens_no_paper_stays_light(module: str) -> None:
    script = f"import sys, {module}; print([name for name in {HEAVY!r} if name in sys.modules])"
    said = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert said.stdout.strip() == "[]"


@pytest.mark.parametrize("name", ["board-deck", "board-summary", "board-review"])
def test_nbconvert_finds_our_formats(name: str) -> None:
    (entry,) = entry_points(group="nbconvert.exporters", name=name)
    exporter = entry.load()
    assert issubclass(exporter, Exporter)
    assert exporter().file_extension in (".pptx", ".pdf", ".html")


def test_no_module_is_called_after_nothing() -> None:
    names = {path.stem for path in (ROOT / "cafcass_reports").rglob("*.py")}
    assert not names & {"utils", "util", "helpers", "common", "misc"}
