"""The run's log: stages with their seconds, shown while they happen and kept as ``run.jsonl``."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any


class RunLog:
    """What happened, in order.

    Parameters
    ----------
    on_stage
        Called with the name of each stage as it begins, in words.
    """

    def __init__(self, on_stage: Callable[[str], None] = lambda stage: None) -> None:
        self._on_stage = on_stage
        self.lines: list[dict[str, Any]] = []

    @contextmanager
    def stage(self, name: str, **about: str) -> Iterator[None]:
        """Time a stage; what fails in it is in the log too."""
        self._on_stage(" ".join((name, *about.values())))
        began, problem = time.perf_counter(), None
        try:
            yield
        except BaseException as stopped:
            problem = type(stopped).__name__
            raise
        finally:
            self.note(name, **about, seconds=round(time.perf_counter() - began, 3), problem=problem)

    def note(self, event: str, **about: Any) -> None:
        """Add a line."""
        said = {key: value for key, value in about.items() if value is not None}
        self.lines.append({"at": datetime.now(UTC).isoformat(timespec="milliseconds"), "event": event, **said})

    def add(self, lines: Iterable[dict[str, Any]], said: str) -> None:
        """Add the lines of another process, and say what it has done."""
        self.lines.extend(lines)
        self._on_stage(said)

    def write(self, path: Path) -> None:
        """Write one JSON object a line."""
        path.write_text("".join(json.dumps(line) + "\n" for line in self.lines), encoding="utf-8")
