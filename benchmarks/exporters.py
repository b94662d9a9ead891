"""Where the time of a deck and of a summary goes: run it with ``python -m benchmarks.exporters``.

It prints in-process seconds of a deck of 30 slides with 10 native charts and of a summary of about 12 pages, and what
each spends most on.
"""

from __future__ import annotations

import cProfile
import io
import pstats
import time
from collections.abc import Callable

import pikepdf
from pptx import Presentation

from cafcass_reports.exhibits.drawing import draw as drawing
from cafcass_reports.exhibits.payload import ChartPayload
from cafcass_reports.exporters import deck, summary
from cafcass_reports.exporters.tree import ChartBlock, Document, Section, TableBlock, Topic
from tests.exporters.deck.papers import PAPER, areas, bullets, grades, scorecard, trend

_REPEATS = 5
_MOST = 8  # functions named


def main() -> None:
    """Measure, profile and print."""
    paper, charts = paper_of(slides=29, charts=10), (trend(), areas(), grades())
    svgs = [drawing(chart) for chart in charts]
    long = paper_of(slides=25, charts=10, svgs=svgs)
    made = deck.draw(paper)
    print(f"deck of {len(Presentation(io.BytesIO(made)).slides)} slides, 10 native charts: ", end="")
    print(f"{cpu_seconds(lambda: deck.draw(paper)):.2f} s")
    _profile(lambda: deck.draw(paper))
    pages = len(pikepdf.open(io.BytesIO(summary.render(long))).pages)
    print(f"summary of {pages} pages: {cpu_seconds(lambda: summary.render(long)):.2f} s")
    _profile(lambda: summary.render(long))


def paper_of(slides: int, charts: int, svgs: list[str] | None = None) -> Document:
    """A paper of so many topics with text or a table, and others with a chart."""
    given = (trend(), areas(), grades())
    drawn = [
        Topic(f"Chart {at}", (ChartBlock(_titled(given[at % 3], at), svgs[at % 3] if svgs else ""),))
        for at in range(charts)
    ]
    words = [
        Topic(f"Topic {at}", (TableBlock(scorecard(title=f"Table {at}")),) if at % 3 else (bullets("One", "Two"),))
        for at in range(slides - charts)
    ]
    return Document("Paper", PAPER, (Section("", tuple(drawn + words)),))


def _titled(chart: ChartPayload, at: int) -> ChartPayload:
    return chart.model_copy(update={"title": f"Message {at}"})


def cpu_seconds(make: Callable[[], object], repeats: int = _REPEATS) -> float:
    """The least of several runs: others use the machine, too."""
    took = []
    for _ in range(repeats):
        began = time.process_time()
        make()
        took.append(time.process_time() - began)
    return min(took)


def _profile(make: Callable[[], object]) -> None:
    profile = cProfile.Profile()
    profile.runcall(make)
    stream = io.StringIO()
    pstats.Stats(profile, stream=stream).sort_stats("cumulative").print_stats(
        r"cafcass_reports|typst|pikepdf", 2 + _MOST
    )
    listed = [
        line for line in stream.getvalue().splitlines() if line.strip()[:1].isdigit() and "function calls" not in line
    ]
    for line in listed[2:]:
        print(f"   {line.split()[3]:>7} s  {line.split(maxsplit=5)[-1].rpartition('cafcass_reports/')[2]}")


if __name__ == "__main__":
    main()
