"""A project of one's own: a pack, two short notebooks and a tiny folder of valid extracts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import nbformat

from cafcass_reports.packs.parameters import Pack, open_pack
from tests.extracts.small_organisation import ROWS, Folder

PACK = """\
title: Small board
organisation: Cafcass
classification: OFFICIAL
status: draft
date: 2021-01-20
period: {from: 2020-04-01, to: 2020-11-30, snapshot: 2020-12-01}
extracts: {folder: extracts}
areas: [England]
papers:
  - {notebook: figures, formats: [page]}
  - {notebook: words, formats: [page]}
"""
SCORECARDS = """\
board:
  sections:
    Service: [open_cases, private_demand]
    People: [social_work_fte]
  without_change: [private_demand]
"""
COMMENTARY = "---\nowner: Head of performance\ndate: 2021-01-11\n---\nThere are {{ open_cases.value }} open cases.\n"
PARAMETERS = 'pack = "q3"\narea = "England"'
SET_UP = "from cafcass_reports import open_paper\n\npaper = open_paper(pack, area)\npaper"

Cell = tuple[str, Sequence[str]]


def notebook(path: Path, *cells: Cell, parameters: str = PARAMETERS, minor: int = 5, kernel: str = "python3") -> Path:
    """Write a notebook: a title, a parameters cell, then code cells, each with its tags."""
    written = nbformat.v4.new_notebook()
    if kernel:
        written.metadata["kernelspec"] = {"name": kernel, "display_name": "Python 3", "language": "python"}
    written.cells = [nbformat.v4.new_markdown_cell("# A paper", id="title")]
    for number, (source, tags) in enumerate([(parameters, ["parameters"]), *cells]):
        made = nbformat.v4.new_code_cell(source, id=f"code-{number}")
        made.metadata["tags"] = list(tags)
        written.cells.append(made)
    if minor < 5:
        for cell in written.cells:
            del cell["id"]
    written.nbformat_minor = minor
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(written, path)
    return path


def make(folder: Path) -> Path:
    """Write the project and return its folder."""
    extracts = Folder(folder / "extracts")
    extracts.path.mkdir(parents=True)
    for table in ROWS:
        extracts.write(table, extracts.rows(table))
    commentary = folder / "params" / "q3" / "commentary"
    commentary.mkdir(parents=True)
    (commentary / "open-cases.md").write_text(COMMENTARY, encoding="utf-8")
    (folder / "params" / "q3" / "pack.yml").write_text(PACK, encoding="utf-8")
    (folder / "params" / "scorecards.yml").write_text(SCORECARDS, encoding="utf-8")
    notebook(folder / "notebooks" / "figures.ipynb", (SET_UP, []), ('paper.scorecard("board")', []))
    notebook(folder / "notebooks" / "words.ipynb", (SET_UP, []), ('paper.commentary("open-cases")', []))
    return folder


def change(folder: Path, before: str, after: str) -> Pack:
    """Change a text of the pack's parameters, and open it."""
    file = folder / "params" / "q3" / "pack.yml"
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after), encoding="utf-8")
    return open_pack("q3", folder)
