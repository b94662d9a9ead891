"""Executing a notebook: strict about its parameters, kept where it fails, without a trace of when or where."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cafcass_reports.errors import PaperError
from cafcass_reports.packs.execute import execute
from tests.packs.small_project import notebook


def run(source: Path, target: Path, audience: str = "board", **parameters: str) -> dict[str, Any]:
    execute(source, target, {"pack": "q9", "area": "A1"} | parameters, folder=source.parent, audience=audience)
    found: dict[str, Any] = json.loads(target.read_text(encoding="utf-8"))
    return found


def printed(executed: dict[str, Any]) -> list[str]:
    return ["".join(o["text"]).strip() for c in executed["cells"] for o in c.get("outputs", []) if "text" in o]


def test_parameters_reach_the_cells_and_nothing_says_when_or_where(tmp_path: Path) -> None:
    source = notebook(tmp_path / "here" / "paper.ipynb", ("print(pack, area)", []))
    executed = run(source, tmp_path / "there" / "paper.ipynb")
    assert printed(executed) == ["q9 A1"]
    assert executed["metadata"]["papermill"] == {"parameters": {"pack": "q9", "area": "A1"}}
    for cell in executed["cells"]:
        assert not {"papermill", "execution"} & cell["metadata"].keys()
    text = (tmp_path / "there" / "paper.ipynb").read_text(encoding="utf-8")
    assert str(tmp_path) not in text
    for word in ("start_time", "duration", "iopub"):
        assert word not in text


def test_a_notebook_of_before_2021_gives_the_same_bytes_each_time(tmp_path: Path) -> None:
    source = notebook(tmp_path / "old.ipynb", ("1", []), minor=4)
    run(source, tmp_path / "one.ipynb")
    run(source, tmp_path / "two.ipynb")
    assert (tmp_path / "one.ipynb").read_bytes() == (tmp_path / "two.ipynb").read_bytes()


def test_a_cell_of_the_closed_session_runs_for_the_closed_board_alone(tmp_path: Path) -> None:
    source = notebook(tmp_path / "paper.ipynb", ("print('secret')", ["closed-board"]), ("print('open')", []))
    assert printed(run(source, tmp_path / "out.ipynb")) == ["open"]
    assert "secret" not in (tmp_path / "out.ipynb").read_text(encoding="utf-8")
    assert printed(run(source, tmp_path / "closed.ipynb", audience="closed board")) == ["secret", "open"]


def test_the_notebook_itself_stays_as_it_was(tmp_path: Path) -> None:
    source = notebook(tmp_path / "paper.ipynb", ("print('secret')", ["closed-board"]))
    before = source.read_bytes()
    run(source, tmp_path / "out.ipynb")
    assert source.read_bytes() == before


def test_a_paper_that_stops_is_kept_with_its_error(tmp_path: Path) -> None:
    source = notebook(tmp_path / "paper.ipynb", ("print('so far')", []), ("1 / 0", []), ("print('never')", []))
    with pytest.raises(PaperError, match=r"paper\.ipynb, cell \d+: ZeroDivisionError: division by zero"):
        run(source, tmp_path / "out.ipynb")
    kept = json.loads((tmp_path / "out.ipynb").read_text(encoding="utf-8"))
    assert printed(kept) == ["so far"]
    (error,) = [o for c in kept["cells"] for o in c.get("outputs", []) if o["output_type"] == "error"]
    assert error["ename"] == "ZeroDivisionError"


def test_a_kernel_that_dies_is_an_error_of_the_paper(tmp_path: Path) -> None:
    source = notebook(tmp_path / "paper.ipynb", ("print('so far')", []), ("import os; os._exit(1)", []))
    with pytest.raises(PaperError, match="could not be executed"):
        run(source, tmp_path / "out.ipynb")
    assert printed(json.loads((tmp_path / "out.ipynb").read_text(encoding="utf-8"))) == ["so far"]


def test_a_kernel_that_is_not_installed_is_named(tmp_path: Path) -> None:
    source = notebook(tmp_path / "paper.ipynb", kernel="conda-env-analysis")
    with pytest.raises(PaperError, match=r"kernel 'conda-env-analysis', which is not installed.*choose 'Python 3"):
        run(source, tmp_path / "out.ipynb")


def test_a_notebook_that_names_no_kernel_runs(tmp_path: Path) -> None:
    source = notebook(tmp_path / "paper.ipynb", ("print(area)", []), kernel="")
    assert printed(run(source, tmp_path / "out.ipynb")) == ["A1"]


@pytest.mark.parametrize(
    ("cells", "parameters", "said"),
    [
        ([], "pack = 'a'", "does not set area. A paper's parameters cell sets pack, area"),
        ([], "pack, area = 'a', 'b'", "does not set pack, area"),
        ([("x = 1", ["parameters"])], "pack = 'a'\narea = 'b'", "has 2 cells tagged 'parameters'. It has one"),
    ],
)
def test_a_notebook_without_its_parameters_is_refused(
    tmp_path: Path, cells: list[tuple[str, list[str]]], parameters: str, said: str
) -> None:
    source = notebook(tmp_path / "paper.ipynb", *cells, parameters=parameters)
    with pytest.raises(PaperError, match=said):
        run(source, tmp_path / "out" / "out.ipynb")
    assert not (tmp_path / "out").exists()


def test_typed_parameters_are_parameters(tmp_path: Path) -> None:
    source = notebook(tmp_path / "paper.ipynb", ("print(area)", []), parameters='pack: str = "a"\narea: str = "b"')
    assert printed(run(source, tmp_path / "out.ipynb")) == ["A1"]


@pytest.mark.parametrize(
    "data", [b"", b"{", b"{}", b"[]", b'"x"', b"\xff\xfe", b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}}']
)
def test_what_is_no_notebook_is_refused(tmp_path: Path, data: bytes) -> None:
    source = tmp_path / "paper.ipynb"
    source.write_bytes(data)
    with pytest.raises(PaperError, match="is not a notebook"):
        run(source, tmp_path / "out.ipynb")
    assert not (tmp_path / "out.ipynb").exists()
