"""The shipped notebooks: narrative and short cells, and no logic."""

from __future__ import annotations

import ast
import re
from itertools import pairwise
from pathlib import Path

import nbformat
import pytest

NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").glob("*.ipynb"))
LOGIC = (
    ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, ast.For, ast.AsyncFor, ast.While, ast.If,
    ast.IfExp, ast.Try, ast.With, ast.Match, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp,
)  # fmt: skip

every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def code(path: Path) -> list[nbformat.NotebookNode]:
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]


def parameters(path: Path) -> list[nbformat.NotebookNode]:
    return [cell for cell in code(path) if "parameters" in cell.metadata.get("tags", [])]


def logic(source: str) -> list[str]:
    return [type(node).__name__ for node in ast.walk(ast.parse(source)) if isinstance(node, LOGIC)]


def test_there_are_notebooks() -> None:
    assert NOTEBOOKS


@every_notebook
def test_a_notebook_is_kept_without_outputs(path: Path) -> None:
    for cell in code(path):
        assert cell.outputs == []
        assert cell.execution_count is None


@every_notebook
def test_one_cell_holds_the_parameters_as_literals(path: Path) -> None:
    (cell,) = parameters(path)
    for statement in ast.parse(cell.source).body:
        assert isinstance(statement, ast.Assign)
        ast.literal_eval(statement.value)


@every_notebook
def test_cells_hold_no_logic(path: Path) -> None:
    for cell in code(path):
        assert logic(cell.source) == [], cell.source


@every_notebook
def test_cells_are_short(path: Path) -> None:
    for cell in code(path):
        assert len(cell.source.splitlines()) <= 12, cell.source


@every_notebook
def test_every_cell_after_the_parameters_ends_in_what_it_shows(path: Path) -> None:
    first, *others = code(path)
    assert first in parameters(path)
    for cell in others:
        assert isinstance(ast.parse(cell.source).body[-1], ast.Expr), cell.source


@every_notebook
def test_one_heading_is_the_title_and_the_others_skip_no_level(path: Path) -> None:
    cells = nbformat.read(path, as_version=4).cells
    text = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    levels = [len(marks) for marks in re.findall(r"^(#{1,6}) ", text, re.MULTILINE)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))


@every_notebook
def test_cells_have_ids_of_their_own(path: Path) -> None:
    """Without them papermill would make up others in each run."""
    notebook = nbformat.read(path, as_version=4)
    assert (notebook.nbformat, notebook.nbformat_minor) >= (4, 5)
    assert len({cell.id for cell in notebook.cells}) == len(notebook.cells)


def test_the_walk_finds_logic() -> None:
    for source in ("[x for x in y]", "f(lambda: 1)", "a if b else c", "for x in y: pass", "def f(): pass"):
        assert logic(source)
    assert logic("paper.trend('a', months=24)") == []
