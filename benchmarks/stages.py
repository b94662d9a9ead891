"""Where the seconds of a paper go, beside the limit, and what a whole run does besides making papers."""

from __future__ import annotations

import json
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import wraps
from inspect import getattr_static
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeAlias
from unittest.mock import patch

from papermill.clientwrap import PapermillNotebookClient

from benchmarks import page, runners
from benchmarks.project import PACK, chosen
from cafcass_reports.kernels.engine import WarmEngine

_PAPERS = 4
_Seconds: TypeAlias = defaultdict[str, float]
_WHOLE = "the rest: notebooks are read, written and made tidy"
# Each of these is timed without those above it in the list.
_PARTS: Sequence[tuple[object, str, str]] = (
    (PapermillNotebookClient, "start_new_kernel", "a kernel is forked"),
    (PapermillNotebookClient, "start_new_kernel_client", "it answers"),
    (PapermillNotebookClient, "papermill_execute_cells", "cells run"),
    (runners, "_outputs", "cells run"),
    (WarmEngine, "execute_managed_notebook", "the kernel ends"),
    (runners, "render", "files are rendered"),
)


def lines(project: Path) -> list[str]:
    """Say where the time goes, as tables in Markdown: of a paper, and of the last whole run of this project."""
    own, limit = (_seconds(project, runner) for runner in ("ours", "limit"))
    stages = dict.fromkeys([*(stage for _, _, stage in _PARTS), _WHOLE])
    rows = [(stage, *_told(own[stage], limit[stage])) for stage in stages]
    rows.append(("all", *_told(sum(own.values()), sum(limit.values()))))
    log = project / "outputs" / PACK / "run.jsonl"
    return [
        f"Milliseconds a paper, one worker, {_PAPERS} papers:",
        "",
        *page.table(("stage", "this project", "limit", "more"), rows),
        "",
        "A whole run, seconds of its workers together, of the last one measured:",
        "",
        *page.table(("stage", "seconds", "share"), _of_run(log)),
    ]


def _told(own: float, limit: float) -> Iterator[str]:
    yield from (f"{1000 * seconds / _PAPERS:,.0f}" for seconds in (own, limit, own - limit))


def _seconds(project: Path, runner: str) -> _Seconds:
    """Seconds by stage, without those of stages within."""
    spent: _Seconds = defaultdict(float)
    pack, jobs = chosen(project, PACK)
    with TemporaryDirectory() as folder, runners.RUNNERS[runner](1) as make:
        make(pack, jobs[:1], Path(folder))
        with _timed(spent):
            began = time.perf_counter()
            make(pack, jobs[:_PAPERS], Path(folder))
            spent[_WHOLE] += time.perf_counter() - began - sum(spent.values())
    return spent


@contextmanager
def _timed(spent: _Seconds) -> Iterator[None]:
    with ExitStack() as patched:
        for owner, name, stage in _PARTS:
            found = getattr_static(owner, name)
            plain = found.__func__ if isinstance(found, classmethod) else found
            timed = _timing(plain, stage, spent)
            patched.enter_context(
                patch.object(owner, name, classmethod(timed) if isinstance(found, classmethod) else timed)
            )
        yield


def _timing(call: Callable[..., Any], stage: str, spent: _Seconds) -> Callable[..., Any]:
    @wraps(call)
    def timed(*arguments: Any, **named: Any) -> Any:
        began, within = time.perf_counter(), sum(spent.values())
        try:
            return call(*arguments, **named)
        finally:
            spent[stage] += time.perf_counter() - began - (sum(spent.values()) - within)

    return timed


def _of_run(log: Path) -> list[tuple[str, str, str]]:
    seconds: _Seconds = defaultdict(float)
    for line in log.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        if "seconds" in entry:
            seconds[" ".join(str(entry[key]) for key in ("event", "format") if key in entry)] += entry["seconds"]
    whole = sum(seconds.values())
    most_first = sorted(seconds.items(), key=lambda one: -one[1])
    return [(stage, f"{spent:.1f}", f"{spent / whole:.0%}") for stage, spent in most_first]
