"""A final pack shows nothing of which nobody knows where it comes from."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from cafcass_reports.errors import PaperError
from cafcass_reports.packs.protected import refuse_unprotected


@pytest.mark.parametrize(
    "shown",
    [
        {"image/png": "AAAA", "text/plain": "<Figure>"},
        {"text/html": "<table><tr><td>4</td></tr></table>", "text/plain": "4"},
        {"text/plain": "4 children"},
    ],
)
def test_what_a_cell_shows_without_provenance_bars_publishing(tmp_path: Path, shown: dict[str, str]) -> None:
    file = tmp_path / "paper.ipynb"
    quiet = new_code_cell("x = 1")
    nbformat.write(new_notebook(cells=[quiet]), file)
    refuse_unprotected(file)
    telling = new_code_cell("x", outputs=[new_output("display_data", shown)])
    nbformat.write(new_notebook(cells=[quiet, telling]), file)
    with pytest.raises(PaperError, match="cell 2 shows what is derived from no metric"):
        refuse_unprotected(file)
