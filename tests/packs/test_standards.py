"""Targets and rebases are read strictly: a slip stops the run and names what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from cafcass_reports.errors import PackError
from cafcass_reports.metrics import catalogue
from cafcass_reports.packs.parameters import open_pack
from cafcass_reports.packs.standards import standards_of

from . import small_project

TARGET = "kpi_2: {target: 2, illustrative: true, from: 2018-04-01, owner: Head, source: Plan}\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return small_project.make(tmp_path)


def write(project: Path, text: str) -> None:
    (project / "params" / "targets.yml").write_text(text, encoding="utf-8")


def test_a_project_without_targets_has_none(project: Path) -> None:
    assert standards_of(open_pack("q3", project), catalogue.load()).targets == {}


def test_targets_and_rebases_are_read(project: Path) -> None:
    write(project, TARGET)
    rebased = "areas: [England]\nrebases: [{metric: kpi_2, month: 2020-04-01, reason: first lockdown}]"
    pack = small_project.change(project, "areas: [England]", rebased)
    target, rebases = standards_of(pack, catalogue.load()).of("kpi_2")
    assert target is not None
    assert (target.target, target.illustrative) == (2, True)
    assert [rebase.reason for rebase in rebases] == ["first lockdown"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (TARGET.replace("kpi_2", "kpi_9"), "no metric 'kpi_9'"),
        (TARGET.replace("kpi_2", "open_cases"), "a count"),
        (TARGET.replace("illustrative: true, ", ""), "illustrative: is missing"),
        (TARGET.replace("owner: Head", "owner: Head, red: 5"), "red: there is no such key"),
        (TARGET.replace("target: 2,", "target: .nan,"), "target"),
        ("kpi_2: 2\n", "holds no keys"),
    ],
)
def test_a_target_that_is_not_whole_is_refused(project: Path, text: str, said: str) -> None:
    write(project, text)
    with pytest.raises(PackError, match=said):
        standards_of(open_pack("q3", project), catalogue.load())


def test_a_rebase_within_a_month_is_refused(project: Path) -> None:
    rebased = "areas: [England]\nrebases: [{metric: kpi_2, month: 2020-04-15, reason: first lockdown}]"
    with pytest.raises(PackError, match="its first day"):
        small_project.change(project, "areas: [England]", rebased)
