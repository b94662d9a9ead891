"""``index.html``: the front page of a pack's outputs, one link a file."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

import jinja2

from cafcass_reports import theme
from cafcass_reports.packs.formats import FORMATS
from cafcass_reports.packs.parameters import Pack
from cafcass_reports.periods import Snapshot

_CALLED = {one.ending: one.called for one in FORMATS.values()} | {".ipynb": "Executed notebook"}


FRONT = "index.html"
"""Its name."""


def front_page(pack: Pack, papers: Sequence[tuple[str, str, Sequence[str]]], *, synthetic: bool) -> str:
    """Write the front page.

    Parameters
    ----------
    pack
        The pack.
    papers
        Area, title and files of each, relative to the page.
    synthetic
        Whether it is made from synthetic extracts.
    """
    templates = theme.templates_folder() / "front"
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates), autoescape=True, undefined=jinja2.StrictUndefined
    )
    by_area: dict[str, list[tuple[str, list[tuple[str, str]]]]] = {}
    for area, title, files in papers:
        by_area.setdefault(area, []).append((title, _links(files)))
    return environment.get_template("index.html.j2").render(
        pack=pack.parameters,
        period=pack.parameters.period.period.label,
        as_at=pack.snapshot.label,
        dated=Snapshot(pack.parameters.date).label,
        by_area=by_area,
        synthetic=synthetic,
        colour=theme.load().colour,
    )


def _links(files: Sequence[str]) -> list[tuple[str, str]]:
    called = {
        quote(file): next((name for ending, name in _CALLED.items() if file.endswith(ending)), "") for file in files
    }
    order = list(_CALLED.values())
    return sorted(((name, file) for file, name in called.items() if name), key=lambda link: order.index(link[0]))
