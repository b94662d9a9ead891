"""Notebooks executed without a kernel, for tests that are about what comes after: starting one takes seconds."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from contextlib import chdir
from pathlib import Path
from typing import Any

import nbformat

from cafcass_reports.exporters.closed_session import metadata


def execute(
    notebook: Path,
    target: Path,
    parameters: Mapping[str, str],
    *,
    folder: Path,
    audience: str,
    record: Path | None = None,
    measured: str = "",
) -> None:
    """Stand in for :func:`cafcass_reports.packs.execute.execute`: run the cells here, keep what the last line shows."""
    executed = nbformat.read(notebook, as_version=4)
    executed.metadata["cafcass"] = metadata(audience)
    names: dict[str, Any] = {}
    with chdir(folder):
        for cell in executed.cells:
            if cell.cell_type == "code":
                cell.outputs = _run(cell.source, names)
            if "parameters" in cell.metadata.get("tags", []):
                names.update(parameters)
    target.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(executed, target)


def _run(source: str, names: dict[str, Any]) -> list[nbformat.NotebookNode]:
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), names)  # the tests' own notebooks
    if last is None:
        return []
    shown = eval(compile(ast.Expression(last.value), "cell", "eval"), names)  # as above
    return [nbformat.v4.new_output("display_data", data=shown._repr_mimebundle_())]
