"""Board papers from a quarter's extracts: what a notebook's author needs, on one screen.

A notebook opens a paper for a pack and an area, and ends short cells in exhibits::

    from cafcass_reports import open_paper

    paper = open_paper(pack, area)
    paper                                            # what the paper is about: every format reads it
    paper.commentary("the-numbers")                  # Markdown of params/<pack>/commentary, figures filled in
    paper.scorecard("board", "Service", "People")    # sections of a scorecard of params/scorecards.yml
    paper.spc("kpi_2")                               # a control chart: what changed, and what is chance
    paper.trend("public_open", "private_open")       # the latest 24 months
    paper.grades({"national audits": ["audits_good_or_better", ...]})

    cases = paper.measure("public_open", by="month")     # a pandas frame, for whoever looks closer
    paper.table(cases.tail(), title=..., derived_from=["public_open"])
    axes = paper.axes()                                  # the house look; then pandas or seaborn as usual
    paper.chart(sns.lineplot(cases, x="first", y="value", ax=axes), title=..., alt=..., derived_from=["public_open"])

An *exhibit* is a frozen object with its title (computed from its figures), source, alt text and the provenance of
each figure; deck, summary and review page are drawn from it. A *metric* is an entry of the catalogue
(``cafcass-reports metrics`` prints it), a *measurement* a metric for an area and a period. H1 is the paper's title,
H2 a section, H3 a slide or sub-heading.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cafcass_reports.paper import Paper

__all__ = ["open_paper"]


def open_paper(
    pack: str | Path, area: str, *, author: str = "", purpose: str = "", readers: str = "", period_of: str = ""
) -> Paper:
    """Open a paper.

    Parameters
    ----------
    pack
        The name of a folder under ``params/``, or a path to a ``pack.yml``.
    area
        A nation, region, area or team of the ``areas`` extract.
    author
        The role that answers for the paper, for its front sheet.
    purpose
        In a sentence or two why the board is given it, for its front sheet.
    readers
        Who reads it, where it is not the board: ``our partners``. They are then addressed as "you".

    period_of
        A metric whose latest period the paper tells of, where that is not the pack's own: a weekly return.

    Returns
    -------
    Paper
        The paper; its extracts are checked and measured once, and kept until they change.

    Raises
    ------
    PackError
        Where there is no such pack or area.
    CatalogueError
        Where there is no such metric.
    ExtractError
        Where the extracts cannot be read or break their rules.
    """
    # Imported here so that a command which opens no paper does not wait for pandas and seaborn.
    from cafcass_reports.paper import Paper  # noqa: PLC0415

    return Paper(pack, area, author=author, purpose=purpose, readers=readers, period_of=period_of)
