"""Render an executed notebook to the formats of its paper, through the same exporters that nbconvert finds."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

import nbformat
from nbconvert.exporters import Exporter, get_exporter

from cafcass_reports.packs.parameters import Format

ENDINGS = MappingProxyType({Format.DECK: ".pptx", Format.SUMMARY: ".pdf", Format.PAGE: ".html"})
"""The ending of each format's file."""

_EXPORTERS = MappingProxyType({Format.DECK: "board-deck", Format.SUMMARY: "board-summary", Format.PAGE: "board-review"})


def render(executed: Path, wanted: Format) -> Path:
    """Write an executed notebook in one format, beside it.

    Raises
    ------
    ExportError
        Where the format cannot hold what the notebook says.
    """
    notebook = nbformat.read(executed, as_version=4)
    content, _ = _exporter(wanted).from_notebook_node(notebook, {"metadata": {"name": executed.stem}})
    target = executed.with_suffix(ENDINGS[wanted])
    target.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return target


@lru_cache
def _exporter(wanted: Format) -> Exporter:
    """An exporter is made once a process: building its templates takes longer than using them."""
    exporter: Exporter = get_exporter(_EXPORTERS[wanted])()
    return exporter
