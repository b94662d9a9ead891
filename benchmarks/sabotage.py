"""Count the faults of accessibility that are planted in good files and found, for docs/accessibility.md.

Run it with ``python -m benchmarks.sabotage [MOST]`` from the project's folder; MOST is how many faults of a kind are
planted, 3 unless said. The tests plant fewer, and hold that none but those of ``NOT_TOLD`` stays unfound.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path

from cafcass_reports.checks.accessibility import examine
from tests.checks.accessibility_sabotage import documents
from tests.checks.accessibility_sabotage.test_sabotage import FORMATS


def main(most: int = 3) -> None:
    """Plant, examine and print."""
    with tempfile.TemporaryDirectory() as folder:
        for name, (kinds, make, _) in FORMATS.items():
            good, path = make(), Path(folder) / name
            alts = documents.alts(good) if name.endswith(".pdf") else ()
            planted, missed = 0, Counter[str]()
            for fault in kinds.faults(good, most):
                path.write_bytes(fault.content())
                planted += 1
                missed[f"{fault.rule}: {fault.kind}"] += not examine(path, None, alts)
            found = planted - missed.total()
            print(f"{name}: {len(kinds.all)} kinds of fault, {planted} planted, {found} found")
            for kind, count in (+missed).items():
                print(f"   {count} not found: {kind}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
