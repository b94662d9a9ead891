"""What a pack makes: which papers, for which areas, and which of them are bound."""

from __future__ import annotations

from pathlib import Path

import pytest

from cafcass_reports.errors import PackError
from cafcass_reports.metrics.areas import Area, Areas, Level
from cafcass_reports.packs.jobs import bindings_of, jobs_of
from tests.packs import small_project

AREAS = Areas(
    [
        Area(Level.NATION, "England"),
        Area(Level.REGION, "North", "England"),
        Area(Level.AREA, "A1", "North"),
        Area(Level.AREA, "A2", "North"),
        Area(Level.TEAM, "A1 Tyne", "A1"),
    ]
)
FIGURES = "{notebook: figures, formats: [page]}"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return small_project.make(tmp_path)


def made(project: Path, areas: str, figures: str = FIGURES, *, binders: str = "") -> list[str]:
    small_project.change(project, FIGURES, figures)
    pack = small_project.change(project, "areas: [England]", f"areas: {areas}\n{binders}")
    return [job.folder for job in jobs_of(pack, AREAS)]


def test_every_area_means_all_of_them_and_no_region_or_team(project: Path) -> None:
    assert made(project, "[England, every area]") == [
        f"{area}/{paper}" for area in ("england", "a1", "a2") for paper in ("figures", "words")
    ]


def test_an_area_that_is_named_and_is_among_every_area_stands_once(project: Path) -> None:
    assert made(project, "[A2, Every  Area]")[::2] == ["a2/figures", "a1/figures"]


def test_a_paper_may_be_for_some_of_the_areas(project: Path) -> None:
    only = "{notebook: figures, formats: [page], areas: [england]}"
    assert made(project, "[England, every area]", only) == ["england/figures", "england/words", "a1/words", "a2/words"]


def test_a_paper_for_an_area_of_which_the_pack_says_nothing_is_refused(project: Path) -> None:
    with pytest.raises(PackError, match=r"figures is for A1, which is not among the pack's areas.*England"):
        made(project, "[England]", "{notebook: figures, formats: [page], areas: [every area]}")


def test_a_narrowed_list_that_is_empty_is_refused_and_says_what_there_is(project: Path) -> None:
    made(project, "[England, every area]", "{notebook: figures, formats: [page], areas: [england]}")
    pack = small_project.change(project, "Small board", "Small board")
    assert [job.folder for job in jobs_of(pack, AREAS, ["words"], ["A1"])] == ["a1/words"]
    with pytest.raises(PackError, match=r"makes figures for none of A1.*figures: England"):
        jobs_of(pack, AREAS, ["figures"], ["A1"])


@pytest.mark.parametrize(("area", "bound"), [("", "england/january"), (", area: a2", "a2/january")])
def test_a_binder_is_for_its_area_or_the_first_of_the_pack(project: Path, area: str, bound: str) -> None:
    binders = f"binders: [{{name: january, title: January, papers: [words, figures]{area}}}]"
    made(project, "[England, every area]", binders=binders)
    pack = small_project.change(project, "Small board", "Small board")
    assert [binding.folder for binding in bindings_of(pack, AREAS)] == [bound]


def test_a_binder_with_a_paper_that_is_not_made_for_its_area_is_refused(project: Path) -> None:
    binders = "binders: [{name: january, title: January, papers: [words, figures], area: A1}]"
    made(project, "[England, every area]", "{notebook: figures, formats: [page], areas: [england]}", binders=binders)
    pack = small_project.change(project, "Small board", "Small board")
    with pytest.raises(PackError, match=r"binder january: figures is not made for A1.*For A1: words"):
        bindings_of(pack, AREAS)
