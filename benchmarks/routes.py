"""Compare the ways to make the same papers: ``python -m benchmarks.routes``.

Each way (`benchmarks.runners`) makes one paper, then the scorecard for the nation and its areas, with ``--full`` the
whole pack too, in turn and not one after the other, so that whatever else the machine does hits all alike. All must
write the same decks, PDFs and pages, byte for byte. The figures go into docs/benchmarks.md; those of ``--quick`` are
only printed.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from matplotlib.figure import Figure

from benchmarks import page, stages
from benchmarks.cost import Cost, cost_of
from benchmarks.project import PACK, chosen, shipped
from benchmarks.runners import RUNNERS
from cafcass_reports import theme
from cafcass_reports.exhibits import drawing
from cafcass_reports.packs.workers import cores

Measured = Mapping[str, Sequence[Cost]]
"""Of each runner what its runs cost."""

_WORDS = {
    "command_line": "command lines of papermill and nbconvert",
    "papermill": "papermill and nbconvert by API",
    "ours": "this project",
    "limit": "limit: no kernels, warm",
    "run": "`cafcass-reports run`: with checks, binders, publishing",
}
_SHORT = {
    "command_line": "command lines",
    "papermill": "papermill's API",
    "ours": "this project",
    "limit": "limit",
    "run": "whole run",
}
_AREAS = 19  # England and 18 areas
# How often one paper, those of all areas (two where it is quick) and the whole pack are made.
_QUICK, _RUNS, _FULL = (1, 1), (3, 1), (3, 1, 1)


@dataclass(frozen=True)
class _Target:
    """What is to be reached: at least, or at most, so many times the seconds of this project."""

    words: str
    runner: str
    factor: float
    least: bool = True


_TARGETS = (
    _Target("papermill and nbconvert by API take at least 5 times as long", "papermill", 5),
    _Target("their command lines take at least 8 times as long", "command_line", 8),
    _Target("at most 1.5 times as long as the limit", "limit", 1 / 1.5),
)


def main() -> None:
    """Measure, print, and write the page."""
    parser = argparse.ArgumentParser(description="Compare the ways to make the same papers.")
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--quick", action="store_true", help="one paper, and two, once: does it work?")
    size.add_argument("--full", action="store_true", help="the whole pack too: about an hour on two cores")
    parser.add_argument("--workers", type=int, default=cores(), help="papers made at a time (default: %(default)s)")
    given = parser.parse_args()
    with shipped() as project:
        every = len(chosen(project, PACK)[1])
        sizes = (1, 2) if given.quick else (1, _AREAS, every) if given.full else (1, _AREAS)
        often = _QUICK if given.quick else _FULL if given.full else _RUNS
        found = {
            papers: compared(project, papers, runs, given.workers) for papers, runs in zip(sizes, often, strict=True)
        }
        lines = [*_table(found), "", *_reached(found), "", "### Where the time goes", "", *stages.lines(project)]
        print("\n".join(lines))
        if not given.quick:
            page.write("routes", [f"{given.workers} workers.", "", _picture(found), "", *lines])


def compared(project: Path, papers: int, runs: int, workers: int) -> Measured:
    """Make so many papers by each runner in turn, so many times over.

    Raises
    ------
    RuntimeError
        Where one writes other files than the others.
    """
    costs: dict[str, list[Cost]] = {runner: [] for runner in RUNNERS}
    for run in range(1, runs + 1):
        for runner, found in costs.items():
            with TemporaryDirectory() as built:
                found.append(cost_of("benchmarks.one_run", [runner, project, PACK, papers, workers, built]))
            print(f"{papers} papers, run {run} of {runs}, {runner}: {found[-1].seconds:.1f} s", flush=True)
            if found[-1].files != next(iter(costs.values()))[0].files:
                raise RuntimeError(f"{runner} made other files than the first of them from the same notebooks.")
    return costs


def _table(found: Mapping[int, Measured]) -> list[str]:
    rows = []
    for papers, costs in found.items():
        own = median(cost.seconds for cost in costs["ours"])
        for runner, several in costs.items():
            seconds = [cost.seconds for cost in several]
            rows.append(
                (
                    f"{papers}: {_WORDS[runner]}",
                    f"{median(seconds):.1f}",
                    f"{min(seconds):.1f} to {max(seconds):.1f}",
                    len(several),
                    f"{median(seconds) / own:.2f}",
                    f"{median(cost.start for cost in several):.1f}",
                    f"{median(cost.cpu for cost in several):.1f}",
                    f"{max(cost.memory for cost in several):,.0f}",
                )
            )
    header = ("papers", "seconds", "from to", "runs", "times this project", "start, s", "CPU, s", "memory, MiB")
    return page.table(header, rows)


def _reached(found: Mapping[int, Measured]) -> list[str]:
    """The targets, each with what was measured for the most papers."""
    costs = found[max(found)]
    own = median(cost.seconds for cost in costs["ours"])
    rows = []
    for target in _TARGETS:
        times = median(cost.seconds for cost in costs[target.runner]) / own
        told = f"{times:.2f}" if target.factor > 1 else f"{1 / times:.2f}"
        rows.append((target.words, told, "yes" if times >= target.factor else "no"))
    if _AREAS in found:
        seconds = median(cost.seconds for cost in found[_AREAS]["ours"])
        rows.append(
            ("the scorecard for England and 18 areas takes at most 10 s", f"{seconds:.1f} s", _yes(seconds <= 10))
        )
    memory = max(cost.memory for cost in (*costs["ours"], *costs["run"]))
    rows.append(("memory stays under 1,024 MiB", f"{memory:,.0f} MiB", _yes(memory < 1024)))
    return page.table((f"to reach ({max(found)} papers)", "measured", "reached"), rows)


def _yes(reached: bool) -> str:
    return "yes" if reached else "no"


def _picture(found: Mapping[int, Measured]) -> str:
    """Draw seconds as bars from zero, a panel for each number of papers."""
    look = theme.load()
    figure = Figure(figsize=(8.2, 2.6), layout="constrained")
    with drawing.house_look():
        for axes, (papers, costs) in zip(figure.subplots(1, len(found), sharey=True), found.items(), strict=True):
            seconds = [median(cost.seconds for cost in costs[runner]) for runner in RUNNERS]
            colours = [look.colour.series[0] if runner == "ours" else look.colour.comparison for runner in RUNNERS]
            bars = axes.barh([_SHORT[runner] for runner in RUNNERS], seconds, color=colours)
            axes.bar_label(bars, fmt="{:,.1f}", padding=2, fontsize=8)
            axes.set_title(f"{_papers(papers)}, seconds", fontsize=9, loc="left")
            axes.set_xlim(0, 1.25 * max(seconds))
            axes.set_xticks([])
            axes.tick_params(length=0, labelsize=8)
            axes.spines[["bottom", "right", "top"]].set_visible(False)
        axes.invert_yaxis()  # the panels share it
    said = "; ".join(
        f"{_papers(papers)}: " + ", ".join(f"{_SHORT[r]} {median(c.seconds for c in costs[r]):.1f} s" for r in RUNNERS)
        for papers, costs in found.items()
    )
    return page.picture("routes", figure, f"Seconds by what runs the notebooks. {said}.")


def _papers(count: int) -> str:
    return "1 paper" if count == 1 else f"{count} papers"


if __name__ == "__main__":
    main()
