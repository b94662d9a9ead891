"""``index.html``: the front page of a pack's outputs, one link a file."""

from __future__ import annotations

from collections.abc import Sequence

import jinja2

from cafcass_reports import theme
from cafcass_reports.packs.parameters import Pack
from cafcass_reports.periods import Snapshot

_CALLED = {".ipynb": "executed notebook", ".html": "review page", ".pptx": "deck", ".pdf": "summary"}


def front_page(pack: Pack, papers: Sequence[tuple[str, str, Sequence[str]]], *, synthetic: bool) -> str:
    """Write the front page.

    Parameters
    ----------
    pack
        The pack.
    papers
        Area, paper and files of each, relative to the page.
    synthetic
        Whether it is made from synthetic extracts.
    """
    folder = theme.templates_folder() / "front"
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder), autoescape=True, undefined=jinja2.StrictUndefined
    )
    rows = [
        (area, paper.replace("_", " "), [(_CALLED["." + file.rsplit(".", 1)[1]], file) for file in files])
        for area, paper, files in papers
    ]
    return environment.get_template("index.html.j2").render(
        pack=pack.parameters,
        period=pack.parameters.period.period.label,
        as_at=pack.snapshot.label,
        dated=Snapshot(pack.parameters.date).label,
        rows=rows,
        synthetic=synthetic,
        colour=theme.load().colour,
    )
