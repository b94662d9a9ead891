"""Attack what disclosure control leaves of thousands of generated tables, and of organisations over two quarters.

Run it with ``python -m benchmarks.disclosure [TABLES] [ORGANISATIONS] [AREA ...]`` from the project's folder. It prints
how many leaks were found (there should be none), how many cells were hidden against hiding small ones alone, and the
seconds; then what part of a pack's time hiding and attacking take, for the papers of some areas or, without, of all.
"""

from __future__ import annotations

import itertools
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Hashable
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np

from cafcass_reports.checks import disclosure
from cafcass_reports.metrics import measure
from cafcass_reports.metrics.protection import protect
from cafcass_reports.packs.measured import measured
from cafcass_reports.packs.parameters import open_pack
from cafcass_reports.statistics.disclosure import Table, crossed, intervals, suppress
from tests.metrics.test_protection import (
    AREAS,
    CATALOGUE,
    NOVEMBER,
    SEPTEMBER,
    TEAMS,
    frame,
    ledger,
    shown_and_hidden,
    worked_out,
)

_TREE: dict[Hashable, list[Hashable]] = {
    "England": ["North", "South"],
    "North": ["A1", "A2"],
    "South": ["A3", "A4"],
    "A1": ["T1", "T2", "T3"],
}
_PACK = "2020-21-q3"


def main(tables: int = 3000, organisations: int = 30, *, areas: tuple[str, ...] = ()) -> None:
    """Run all three and print what was found."""
    random = np.random.default_rng(2020)
    tally: Counter[str] = Counter()
    began = time.process_time()
    for number in range(tables):
        _attack(_table(random, number), (3, 5, 10)[number % 3], tally)
    print(f"{tables:,} tables: {time.process_time() - began:.0f} s of CPU", flush=True)
    _print(tally)
    began, tally = time.process_time(), Counter()
    for _ in range(organisations):
        _two_quarters(random, tally)
    print(f"{organisations:,} organisations over two quarters: {time.process_time() - began:.0f} s of CPU", flush=True)
    _print(tally)
    _share_of_a_pack(areas)


def _table(random: np.random.Generator, number: int) -> Table:
    """A plain table, a hierarchy by grade or a cube in turn, of rare or common records."""
    kind = number % 3
    dimensions: list[dict[Hashable, list[Hashable]]]
    if kind == 0:
        dimensions = [{"Total": list(range(size))} for size in random.integers(1, 8, 2)]
        names = [each["Total"] for each in dimensions]
    elif kind == 1:
        dimensions = [_TREE, {"Total": list(range(int(random.integers(2, 5))))}]
        names = [["T1", "T2", "T3", "A2", "A3", "A4"], dimensions[1]["Total"]]
    else:
        dimensions = [{"Total": list(range(size))} for size in random.integers(2, 4, 3)]
        names = [each["Total"] for each in dimensions]
    mean = random.choice([0.5, 2.0, 6.0, 20.0])
    return crossed({cell: int(random.poisson(mean)) for cell in itertools.product(*names)}, dimensions)


def _attack(table: Table, threshold: int, tally: Counter[str]) -> None:
    hidden = suppress(table, threshold)
    small = {cell for cell, count in table.counts.items() if 0 < count < threshold}
    shown = {cell: None if cell in hidden else count for cell, count in table.counts.items()}
    tally += Counter(cells=len(table.counts), small=len(small), hidden=len(hidden))
    tally["leaks"] += len(small - hidden) + sum(table.counts[cell] == 0 for cell in hidden)
    for low, high in intervals(shown, table.relations).values():
        tally["leaks"] += low == high or high < threshold


def _two_quarters(random: np.random.Generator, tally: Counter[str]) -> None:
    counts = random.poisson(random.choice([0.4, 1.0, 3.0]), (len(TEAMS), 8, 3))
    shown, hidden = shown_and_hidden(protect(frame(counts, SEPTEMBER), CATALOGUE, AREAS, SEPTEMBER))
    later = protect(frame(counts, NOVEMBER), CATALOGUE, AREAS, NOVEMBER, ledger(shown, hidden))
    shown_later, hidden_later = shown_and_hidden(later)
    earlier = dict.fromkeys(shown, False) | dict.fromkeys(hidden, True)
    tally["leaks"] += len(worked_out(counts, SEPTEMBER, shown, {}))
    tally["leaks"] += len(worked_out(counts, NOVEMBER, shown | shown_later, earlier))
    tally["leaks"] += len(hidden & set(shown_later))
    whole = frame(counts, NOVEMBER).merge(later[["metric", "area", "period_from", "period_to"]])
    tally["cells"] += len(shown_later) + len(hidden_later)
    tally["hidden"] += len(hidden_later)
    everything, _ = shown_and_hidden(whole.assign(suppressed=False))
    tally["small"] += sum(0 < count < 5 for count in everything.values())


def _share_of_a_pack(areas: tuple[str, ...]) -> None:
    root = Path(__file__).parents[1]
    command = Path(sys.executable).with_name("cafcass-reports")
    chosen = [word for area in areas for word in ("--area", area)]
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        for name in ("params", "notebooks"):
            shutil.copytree(root / name, project / name)
        subprocess.run([command, "demo", "extracts/demo"], cwd=project, check=True, capture_output=True)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([command, "run", _PACK, *chosen], cwd=project, check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        whole = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        shutil.rmtree(project / "outputs" / ".measured")
        spent: defaultdict[str, float] = defaultdict(float)

        def timed(*given: Any) -> Any:
            began = time.process_time()
            kept = protect(*given)
            spent["hiding"] += time.process_time() - began
            return kept

        with mock.patch.object(measure, "protect", timed):
            measurements = measured(open_pack(_PACK, project)).measurements
        began = time.process_time()
        disclosure.check(measurements, {})
        spent["attacking"] = time.process_time() - began
    print(f"{_PACK}, {', '.join(areas) or 'every area'}: {whole:.0f} s of CPU")
    for what, seconds in spent.items():
        print(f"  {what}: {seconds:.1f} s, {seconds / whole:.1%}")


def _print(tally: Counter[str]) -> None:
    print(
        f"  leaks: {tally['leaks']}; of {tally['cells']:,} cells {tally['small']:,} small, {tally['hidden']:,} hidden: "
        f"{tally['hidden'] / max(tally['small'], 1):.2f} for each small one"
    )


if __name__ == "__main__":
    sizes = [int(word) for word in sys.argv[1:] if word.isdigit()]
    main(*sizes, areas=tuple(word for word in sys.argv[1:] if not word.isdigit()))
