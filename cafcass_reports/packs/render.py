"""Render executed notebooks to the formats of their papers, through the same exporters that nbconvert finds."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import nbformat
from nbconvert.exporters import get_exporter

from cafcass_reports.exporters import summary
from cafcass_reports.exporters.board_exporter import BoardExporter
from cafcass_reports.exporters.deck import drawing
from cafcass_reports.exporters.executed import Executed, read_executed
from cafcass_reports.exporters.foreign import fit
from cafcass_reports.exporters.reading import Audience, read
from cafcass_reports.exporters.tree import Binder
from cafcass_reports.packs.formats import FORMATS
from cafcass_reports.packs.parameters import Format

BOUND = (Format.SUMMARY, Format.DECK)
"""What a binder comes as."""


def read_paper(executed: Path) -> Executed:
    """Read an executed notebook, once for all of its formats.

    Raises
    ------
    ExportError
        Where it is not a notebook, or what it says of its paper is malformed.
    """
    return read_executed(fit(nbformat.read(executed, as_version=4)))


def render(paper: Executed, executed: Path, wanted: Format, template: Path | None = None) -> Path:
    """Write a paper in one format, beside its executed notebook; a deck in a template of one's own where one is given.

    Raises
    ------
    ExportError
        Where the format cannot hold what the notebook says.
    """
    content = _exporter(wanted, template).drawn(paper, executed.stem)
    target = executed.with_name(executed.stem + FORMATS[wanted].ending)
    target.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return target


def bind(title: str, executed: Sequence[Path], target: Path, wanted: Format, template: Path | None = None) -> Path:
    """Bind executed notebooks, in their order, into one file.

    Parameters
    ----------
    title
        The binder's.
    executed
        The notebooks.
    target
        The file's path without ending.
    wanted
        One of :data:`BOUND`.
    template
        The deck's own, where it has one.

    Raises
    ------
    ExportError
        Where a format cannot hold what a notebook says.
    """
    audience: Audience = "deck" if wanted is Format.DECK else "summary"
    bound = Binder(title, tuple(read(read_paper(path), audience) for path in executed))
    content = drawing.draw_binder(bound, template) if wanted is Format.DECK else summary.render_binder(bound)
    file = target.with_name(target.name + FORMATS[wanted].ending)
    file.write_bytes(content)
    return file


@lru_cache
def _exporter(wanted: Format, template: Path | None) -> BoardExporter:
    """An exporter is made once a process: building its templates takes longer than using them."""
    own = {"template": str(template)} if template and wanted is Format.DECK else {}
    exporter: BoardExporter = get_exporter(FORMATS[wanted].exporter)(**own)
    return exporter
