"""What papers import, and what they do for the first time, done once for all kernels forked from who imports this.

A chart is drawn, which looks for fonts and loads them, and the queries that go with figures are written. What is
wrong with them, a paper says that needs them.
"""

from __future__ import annotations

from contextlib import suppress
from typing import cast

from matplotlib.figure import Figure

import cafcass_reports.paper  # noqa: F401 (all that a paper shows)
from cafcass_reports import theme
from cafcass_reports.exhibits.drawing import axes, svg
from cafcass_reports.metrics import query
from cafcass_reports.metrics.catalogue import of_package


def _draw() -> None:
    drawn = axes(4, 3)
    drawn.plot([1, 2], [1000, 2000], label="usual")
    drawn.set_title("bold", fontweight="bold")
    drawn.legend()
    svg(cast(Figure, drawn.get_figure(root=True)))


with suppress(Exception):
    query.prepare(of_package().values())
with suppress(Exception):
    _draw()
theme.load.cache_clear()  # each paper reads the look as it is then, and is made anew where that changed
