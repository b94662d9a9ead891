"""A final pack shows no frame, picture or print-out of which nobody says the metrics: it could hold anything."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cafcass_reports.errors import PaperError
from cafcass_reports.exhibits.payload import EXHIBITS, mimetype

# As Markdown has it, and as HTML within it has it
_PICTURE = re.compile(r"!\[|<(?:img|image|svg|object|embed|iframe|picture)\b", re.IGNORECASE)
_OURS = tuple(mimetype(kind) for kind in EXHIBITS)


def refuse_unprotected(executed: Path) -> None:
    """Refuse an executed notebook of a final pack that shows anything without provenance.

    Pictures in its text, and files attached to it, never have any.

    Raises
    ------
    PaperError
        Naming the first such cell.
    """
    for number, cell in enumerate(_cells(executed), start=1):
        if cell.get("attachments") or (cell["cell_type"] == "markdown" and _PICTURE.search("".join(cell["source"]))):
            raise PaperError(
                f"{executed.name}, cell {number} holds a picture in its text, which no final pack does.",
                valid="paper.chart with derived_from.",
                next_step="Draw it from its metrics, leave it out, or make the pack a draft.",
            )
        if any(_unprotected(output) for output in cell.get("outputs", [])):
            raise PaperError(
                f"{executed.name}, cell {number} shows what is derived from no metric; a final pack does not.",
                valid="Exhibits of the paper; paper.chart and paper.table with derived_from.",
                next_step="Say what it is derived from, leave the cell out, or make the pack a draft.",
            )


def all_derived(executed: Path) -> bool:
    """Whether an executed notebook says of all that it shows which metrics it is derived from."""
    return not any(_unprotected(output) for cell in _cells(executed) for output in cell.get("outputs", []))


def _cells(executed: Path) -> list[dict[str, Any]]:
    """Return the cells of a notebook that a run of the pack has written, as they stand in its file."""
    cells: list[dict[str, Any]] = json.loads(executed.read_bytes())["cells"]
    return cells


def _unprotected(output: Mapping[str, Any]) -> bool:
    data = output.get("data", {})
    ours = [data[kind] for kind in _OURS if kind in data]
    return not ours or not all(payload.get("protected", True) for payload in ours)
