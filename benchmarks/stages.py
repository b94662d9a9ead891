"""Time a whole pack by stage, as ratios within one run, and its peak memory.

Run it with ``make bench``. The first run checks and measures the extracts, the second finds them measured;
what a stage costs is given in seconds of this machine and as a share of the whole, which is what carries over.
"""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACK = "2020-21-q3"


def main() -> None:
    """Run the pack twice in a project of its own, and print where the time went."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        for name in ("params", "notebooks"):
            shutil.copytree(ROOT / name, project / name)
        command = Path(sys.executable).with_name("cafcass-reports")
        began = time.perf_counter()
        subprocess.run([command, "demo", "extracts/demo"], cwd=project, check=True, capture_output=True)
        print(f"demo extracts: {time.perf_counter() - began:.1f} s")
        for which in ("first run (checks and measures)", "second run (measured before)"):
            began = time.perf_counter()
            subprocess.run([command, "run", PACK], cwd=project, check=True, capture_output=True)
            whole = time.perf_counter() - began
            print(f"\n{which}: {whole:.1f} s")
            _print_stages(project / "outputs" / PACK / "run.jsonl", whole)
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"\npeak memory of the largest process: {peak:,.0f} MiB")


def _print_stages(log: Path, whole: float) -> None:
    seconds: Counter[str] = Counter()
    for line in log.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        if "seconds" in entry:
            stage = " ".join(str(entry[key]) for key in ("event", "paper", "format") if key in entry)
            seconds[stage] += entry["seconds"]
    seconds["start of the program, and what no stage covers"] = whole - sum(seconds.values())
    for stage, spent in seconds.most_common():
        print(f"  {spent:6.2f} s  {spent / whole:4.0%}  {stage}")


if __name__ == "__main__":
    main()
