"""How cost grows with rows, with papers and with charts in a deck: ``python -m benchmarks.growth``.

The figures go into docs/benchmarks.md; those of ``--quick`` are only printed.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks import measuring, page
from benchmarks.cost import Cost, cost_of
from benchmarks.exporters import cpu_seconds, paper_of
from benchmarks.project import PACK, shipped
from cafcass_reports.exporters import deck
from cafcass_reports.packs.workers import cores

_ROWS, _PAPERS, _CHARTS = (10_000, 100_000, 1_000_000, 10_000_000), (1, 10, 100), (1, 10, 100, 300)
_QUICK = 2  # of each, the smallest
_MOST_PAPERS = 1_000
_RUNS = 3


def main() -> None:
    """Measure, print, and write the page."""
    parser = argparse.ArgumentParser(description="How cost grows with rows, papers and charts.")
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--quick", action="store_true", help="the smallest of each: does it work?")
    size.add_argument("--full", action="store_true", help=f"up to {_MOST_PAPERS:,} papers")
    parser.add_argument("--workers", type=int, default=cores(), help="papers made at a time (default: %(default)s)")
    given = parser.parse_args()
    last = _QUICK if given.quick else None
    papers = (*_PAPERS, _MOST_PAPERS) if given.full else _PAPERS[:last]
    parts = {
        "rows": of_rows(_ROWS[:last]),
        "papers": of_papers(papers, given.workers),
        "charts": of_charts(_CHARTS[:last]),
    }
    for part, lines in parts.items():
        print("\n".join(lines))
        if not given.quick:
            page.write(part, lines)


def of_rows(numbers: Sequence[int]) -> list[str]:
    """Measure 25 metrics of so many cases, beside the query that gives them for 19 areas and 25 months alone."""
    rows = []
    for cases in numbers:
        ours: list[Cost] = []
        hand: list[Cost] = []
        with TemporaryDirectory() as folder:
            database = Path(folder) / "cases.duckdb"
            measuring.write(database, cases)
            for _ in range(_RUNS):
                hand.append(cost_of("benchmarks.measuring", ["hand", database]))
                ours.append(cost_of("benchmarks.measuring", ["ours", database]))
        took, bare = (median(cost.seconds for cost in costs) for costs in (ours, hand))
        held = max(cost.memory for cost in ours)
        rows.append((f"{cases:,}", f"{bare:.2f}", f"{took:.2f}", _range(ours), f"{took / bare:.2f}", f"{held:,.0f}"))
    header = ("cases", "query by hand, s", "measuring, s", "from to", "times the query", "memory, MiB")
    return page.table(header, rows)


def of_papers(numbers: Sequence[int], workers: int) -> list[str]:
    """Make so many papers: the scorecard by area first, then the others, then all of them again."""
    rows = []
    with shipped() as project:
        for papers in numbers:
            with TemporaryDirectory() as built:
                cost = cost_of("benchmarks.one_run", ["ours", project, PACK, papers, workers, built])
            each = f"{1000 * cost.seconds / papers:,.0f}"
            rows.append((f"{papers:,}", f"{cost.seconds:.1f}", each, f"{cost.cpu:.1f}", f"{cost.memory:,.0f}"))
    return page.table(("papers", "seconds", "ms a paper", "CPU, s", "memory, MiB"), rows)


def of_charts(numbers: Sequence[int]) -> list[str]:
    """Draw a deck of so many native charts."""
    rows = []
    for charts in numbers:
        took = cpu_seconds(partial(deck.draw, paper_of(slides=0, charts=charts)), _RUNS)
        rows.append((charts, f"{took:.2f}", f"{1000 * took / charts:.1f}"))
    return page.table(("charts", "CPU, s", "ms a chart"), rows)


def _range(costs: Sequence[Cost]) -> str:
    seconds = [cost.seconds for cost in costs]
    return f"{min(seconds):.2f} to {max(seconds):.2f}"


if __name__ == "__main__":
    main()
