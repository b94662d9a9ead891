"""Make hundreds of papers and watch what is held: ``python -m benchmarks.soak``.

Memory, open files and processes must not grow, and nothing that has ended may stay as a zombie. The figures go into
docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks import page
from benchmarks.cost import watched
from benchmarks.project import PACK, shipped
from cafcass_reports.packs.workers import cores

_PARTS = 5


def main() -> None:
    """Watch, print, and write the page."""
    parser = argparse.ArgumentParser(description="Make many papers and watch what is held.")
    parser.add_argument("--papers", type=int, default=500, help="how many (default: %(default)s)")
    parser.add_argument("--workers", type=int, default=cores(), help="papers made at a time (default: %(default)s)")
    given = parser.parse_args()
    with shipped() as project, TemporaryDirectory() as built:
        run = ["ours", project, PACK, given.papers, given.workers, built]
        cost, looks = watched("benchmarks.one_run", run)
    # Its start is not like the rest: workers and the warm process are not there yet.
    warm = [look for look in looks if look.seconds > cost.start]
    rows = []
    for part in range(_PARTS):
        some = warm[part * len(warm) // _PARTS : (part + 1) * len(warm) // _PARTS]
        rows.append(
            (
                f"{part + 1} of {_PARTS}",
                f"{median(look.memory for look in some):,.0f}",
                f"{max(look.memory for look in some):,.0f}",
                f"{median(look.files for look in some):.0f}",
                f"{median(look.processes for look in some):.0f}",
                max(look.zombies for look in some),
            )
        )
    header = ("part of the run", "memory, MiB", "at most", "open files", "processes", "zombies at most")
    lines = [f"{given.papers:,} papers, {given.workers} workers, {cost.seconds:.0f} s.", "", *page.table(header, rows)]
    print("\n".join(lines))
    page.write("soak", lines)


if __name__ == "__main__":
    main()
