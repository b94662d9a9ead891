"""A pack's parameters: found by name or path, and strict."""

from __future__ import annotations

from pathlib import Path

import pytest

from cafcass_reports.errors import PackError
from cafcass_reports.packs.parameters import open_pack
from tests.packs.small_project import PACK, change


def test_a_pack_is_found_by_name_from_any_folder_of_its_project(project: Path) -> None:
    for start in (project, project / "notebooks", project / "params" / "q3"):
        for name in ("q3", "q3/"):  # a shell completes a folder's name with its slash
            assert open_pack(name, start).file == project / "params" / "q3" / "pack.yml"


def test_a_pack_is_found_by_path_from_anywhere(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("project/params/q3/pack.yml", project / "params" / "q3" / "pack.yml"):
        assert open_pack(name).project == project


@pytest.mark.parametrize("name", ["q4", "", ".", "..", "../q3", "params/q3", "nul\0l"])
def test_an_unknown_pack_is_answered_with_the_nearest(project: Path, name: str) -> None:
    with pytest.raises(PackError, match=r"There is no pack .*Nearest: q3\. Name a folder under params/"):
        open_pack(name, project)


def test_a_project_without_packs_says_so(project: Path) -> None:
    (project / "params" / "q3" / "pack.yml").unlink()
    with pytest.raises(PackError, match="There are no packs yet"):
        open_pack("q3", project)


def test_a_path_that_leads_nowhere_is_named(project: Path) -> None:
    with pytest.raises(PackError, match=r"There is no file .*none/pack\.yml"):
        open_pack(project / "none" / "pack.yml")


def test_outside_a_project_it_says_what_a_project_is(tmp_path: Path) -> None:
    (tmp_path / "pack.yml").write_text(PACK, encoding="utf-8")
    for name in ("q3", tmp_path / "pack.yml"):
        with pytest.raises(PackError, match=r"lies in no project.*holds params/ and notebooks/"):
            open_pack(name, tmp_path)


def _bound(said: str) -> tuple[str, str]:
    """A change of the pack that adds a binder."""
    name = "" if "name:" in said else "name: board, "
    return "areas: [England]", f"binders: [{{{name}title: Board, {said}}}]\nareas: [England]"


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("status: draft", "statu: draft", "statu: there is no such key. Nearest: status"),
        ("status: draft", "", "status: is missing"),
        ("status: draft", "status: done", "status: input should be 'draft' or 'final'; given 'done'"),
        ("date: 2021-01-20", "date: 20 January", "date: .*given '20 January'"),
        ("date: 2021-01-20", "date: 2021-02-29", "line 5: 2021-02-29: day is out of range"),
        ("status: draft", "status: draft\nstatus: final", "line 5: 'status' stands twice"),
        ("to: 2020-11-30", "to: 2020-11-29", "period: a period is whole months.*2020-11-29"),
        ("from: 2020-04-01", "from: 2020-12-01", "period: a period is whole months"),
        ("snapshot: 2020-12-01", "snapshot: 2020-11-29", "on or after the period's last day, 2020-11-30; .*2020-11-29"),
        ("snapshot: 2020-12-01", "snapshot: 2020-12-01, history: 2020-05-01", "not after the period does"),
        ("snapshot: 2020-12-01", "snapshot: 2020-12-01, history: 2019-05-02", "first of a month"),
        ("snapshot: 2020-12-01", "snapshot: 2020-12-01, latest: 2020-11-30", "latest is the last day of a month after"),
        ("snapshot: 2020-12-01", "snapshot: 2020-12-01, latest: 2020-12-30", "latest is the last day of a month after"),
        ("snapshot: 2020-12-01", "snapshott: 2020-12-01", "period.snapshott: .*Nearest: snapshot"),
        ("areas: [England]", "areas: [England, England]", "areas: england stands twice"),
        ("areas: [England]", "areas: [England, ' england']", "areas: england stands twice"),
        ("areas: [England]", "areas: []", "areas: .*at least 1"),
        ("areas: [England]", "areas: England", "areas: .*given 'England'"),
        ("notebook: words", "notebook: figures", "papers: figures stands twice"),
        ("notebook: words", "notebook: word", "there is no notebook 'word'. Nearest: words"),
        ("notebook: words", "notebook: words.ipynb", "papers.1.notebook: a notebook is named without folder"),
        ("notebook: words", "notebook: ../words", "named without folder"),
        ("notebook: words", "notebook: ..", "named without folder"),
        (
            "formats: [page]}\n  - {notebook: w",
            "formats: [pdf]}\n  - {notebook: w",
            "papers.0.formats.0: .*'page' or 'dashboard'; given",
        ),
        (*_bound("papers: [words, wrods]"), "binder board: wrods is no paper of this pack"),
        (*_bound("papers: [words, words]"), "binder board: words stands twice"),
        (*_bound("papers: [words]"), r"binders\.0\.papers: .*at least 2"),
        (*_bound("papers: [words, figures], name: words"), "papers and binders: words stands twice"),
        (*_bound("papers: [words, figures], name: a/b"), r"binders\.0\.name: a binder is named without folder"),
        (
            "formats: [page]}\n  - {notebook: words, formats: [page]}",
            "formats: [page], audience: board}\n  - {notebook: words, formats: [page], audience: analysts}\n"
            "binders: [{name: board, title: B, papers: [words, figures]}]",
            "binder board: its papers are for analysts and board",
        ),
        ("{folder: extracts}", "{folder: extracts, date_order: mmddyy}", "extracts.date_order"),
        ("{folder: extracts}", "{}", "extracts.folder: is missing"),
        ("title: Small board", "title: [Small, board]", "title: .*valid string"),
        ("title: Small board", "title: {", "line"),
    ],
)
def test_a_wrong_parameter_is_named_with_what_was_given_and_what_is_valid(
    project: Path, before: str, after: str, said: str
) -> None:
    with pytest.raises(PackError, match=said) as found:
        change(project, before, after)
    assert str(project / "params" / "q3" / "pack.yml") in str(found.value)


def test_a_file_in_another_encoding_is_named(project: Path) -> None:
    file = project / "params" / "q3" / "pack.yml"
    file.write_bytes(PACK.replace("Small board", "café").encode("latin-1"))
    with pytest.raises(PackError, match=r"pack\.yml is not UTF-8 text\. Save it as UTF-8"):
        open_pack("q3", project)


def test_the_shipped_pack_is_valid() -> None:
    root = Path(__file__).parents[2]
    for file in sorted((root / "params").glob("*/pack.yml")):
        assert open_pack(file).parameters.papers
