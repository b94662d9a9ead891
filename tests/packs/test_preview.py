"""A paper while it is written: its page lies beside the outputs, nothing is stopped, and what was found is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from cafcass_reports.checks.findings import Report
from cafcass_reports.errors import PackError
from cafcass_reports.packs.parameters import Pack
from cafcass_reports.packs.preview import Preview, Show, preview, watch
from tests.packs.small_project import COMMENTARY, SET_UP, change, make, notebook


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("preview") / "project")


def test_the_page_is_there_with_what_was_found_and_the_outputs_are_not_touched(project: Path) -> None:
    text = project / "params" / "q3" / "commentary" / "open-cases.md"
    text.write_text(COMMENTARY + "\nAnd 17 more.\n", encoding="utf-8")
    (project / "params" / "q3" / "commentary" / "other.md").write_text(
        COMMENTARY + "\nAnd 18 more.\n", encoding="utf-8"
    )
    pages = []
    made = preview(change(project, "status: draft", "status: final"), "words", show=lambda page, _: pages.append(page))
    assert "And 17 more" in pages[0].read_text(encoding="utf-8")
    (found,) = made.report.findings
    assert (found.place.file, "17" in found.found) == ("params/q3/commentary/open-cases.md", True)
    assert {text, project / "notebooks" / "words.ipynb"} <= set(made.read)
    assert not (project / "outputs" / "q3").exists()


def test_a_paper_that_stops_says_where_and_is_made_again_when_it_is_saved(project: Path) -> None:
    pack = change(project, "title: Small board", "title: Board")
    file = notebook(project / "notebooks" / "figures.ipynb", (SET_UP, []), ("1 / 0", []))
    pages: list[Path] = []
    shown = watch(pack, "figures", show=lambda page, _: pages.append(page))
    assert "ZeroDivisionError" in str(next(shown).problem)
    assert pages == []
    notebook(file, (SET_UP, []), ('paper.scorecard("board")', []))
    made = next(shown)
    assert made.problem is None
    assert "open_cases.england.2020-12-01" in pages[0].read_text(encoding="utf-8")
    shown.close()


def test_what_is_saved_while_the_page_is_made_is_not_lost(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = project / "notebooks" / "words.ipynb"
    texts = []

    def makes(_pack: Pack, _paper: str, _area: str | None, *, show: Show) -> Preview:
        texts.append(file.read_text(encoding="utf-8"))
        if len(texts) == 1:
            file.write_text(texts[0] + "\n", encoding="utf-8")
        return Preview(None, Report(()), (file,))

    monkeypatch.setattr("cafcass_reports.packs.preview.preview", makes)
    shown = watch(change(project, "title:", "title:"), "words", show=_unseen)
    next(shown)
    next(shown)
    assert texts[1] == texts[0] + "\n"
    shown.close()


def test_a_paper_or_area_that_is_not_of_the_pack_is_refused(project: Path) -> None:
    pack = change(project, "title: ", "title: The ")
    with pytest.raises(PackError, match="Nearest: words"):
        preview(pack, "word", show=_unseen)
    with pytest.raises(PackError, match="no papers for A1"):
        preview(pack, "words", "A1", show=_unseen)


def _unseen(_page: Path, _seconds: float) -> None:
    raise AssertionError("There is no page to show.")
