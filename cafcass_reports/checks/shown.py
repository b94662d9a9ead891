"""The figures that an executed notebook shows, as far as they are held against what was measured."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from cafcass_reports.exhibits.payload import EXHIBITS, mimetype

_OURS = tuple(mimetype(kind) for kind in EXHIBITS)
_BESIDE = ("numerator", "denominator", "calculation", "change")


class ShownFigure(NamedTuple):
    """A figure in a paper.

    Parameters
    ----------
    measurement
        Its id.
    value
        What a reader sees.
    more
        Whether the paper says more of it: what it was divided by, how it was calculated, how it changed.
    """

    measurement: str
    value: str
    more: bool


def payloads(notebook: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the exhibits of an executed notebook: their mimetype and payload, in order."""
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            yield from ((kind, data[kind]) for kind in _OURS if kind in data)


def figures(notebook: Mapping[str, Any]) -> tuple[ShownFigure, ...]:
    """Return the figures behind the exhibits of an executed notebook, their histories too, each once, in order."""
    found: dict[ShownFigure, None] = {}
    for _, payload in payloads(notebook):
        for figure in payload.get("measurements", ()):
            for one in (figure, *figure["history"], *filter(None, [figure["since"]])):
                more = any(one.get(field) for field in _BESIDE)
                found[ShownFigure(one["measurement"], one["value"], more)] = None
    return tuple(found)
