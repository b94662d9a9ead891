"""The board's closed session: cells tagged ``closed-board`` stand only in papers that are for it.

Whom a paper is for stands in the notebook's metadata, where a run of its pack has put it. A notebook that says
nothing is for everybody.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

AUDIENCE = "closed board"
TAG = "closed-board"


def metadata(audience: str) -> dict[str, Any]:
    """Return what a notebook's metadata says of its readers."""
    return {"audience": audience}


def withheld(cell: Mapping[str, Any], notebook: Mapping[str, Any]) -> bool:
    """Whether a cell of a notebook is not for its readers."""
    tags = cell.get("metadata", {}).get("tags", [])
    if not isinstance(tags, list) or TAG not in tags:
        return False
    said = notebook.get("metadata", {}).get("cafcass", {})
    return not (isinstance(said, Mapping) and said.get("audience") == AUDIENCE)
