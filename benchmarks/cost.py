"""What a program costs: seconds, CPU with all that it starts, and memory of the whole tree of processes."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

import psutil

from benchmarks.project import ROOT

_EVERY = 0.5  # seconds from one look at the memory to the next: a look at ten processes takes 20 ms


@dataclass(frozen=True)
class Cost:
    """What one run of a program took.

    Parameters
    ----------
    start, seconds
        Seconds until it was warm, and from then on.
    cpu
        Seconds of CPU from then on, of all its processes.
    memory
        The most MiB that its processes held together; pages that they share count once.
    files
        A digest of what it made, to tell whether others made the same.
    """

    start: float
    seconds: float
    cpu: float
    memory: float
    files: str


@dataclass(frozen=True)
class Look:
    """What a program and all below it hold at one moment.

    Parameters
    ----------
    seconds
        Since it began.
    memory
        MiB, each page as a part of those who share it.
    files, processes, zombies
        Open files, processes, and those of them that have ended and that nobody has waited for.
    """

    seconds: float
    memory: float
    files: int
    processes: int
    zombies: int


def cost_of(module: str, arguments: Sequence[object]) -> Cost:
    """Run a module that prints `start`, `seconds`, `cpu` and `files` as JSON in its last line.

    Raises
    ------
    RuntimeError
        Where it fails; what it said is in the message.
    """
    return watched(module, arguments)[0]


def watched(module: str, arguments: Sequence[object]) -> tuple[Cost, list[Look]]:
    """Run a module as :func:`cost_of` does, and return what it held all the while, too.

    Raises
    ------
    RuntimeError
        Where it fails; what it said is in the message.
    """
    command = [sys.executable, "-m", module, *map(str, arguments)]
    looks, began = [], time.monotonic()
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as program:
        while program.poll() is None:
            looks.append(_look(program.pid, time.monotonic() - began))
            time.sleep(_EVERY)
        said, wrong = program.communicate()
    if program.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with status {program.returncode}.\n{wrong}")
    return Cost(**json.loads(said.splitlines()[-1]), memory=max(look.memory for look in looks)), looks


def _look(pid: int, seconds: float) -> Look:
    memory = files = processes = zombies = 0
    with suppress(psutil.NoSuchProcess):
        program = psutil.Process(pid)
        for each in (program, *program.children(recursive=True)):
            with suppress(psutil.NoSuchProcess, psutil.AccessDenied):
                processes += 1
                if each.status() == psutil.STATUS_ZOMBIE:
                    zombies += 1
                    continue
                memory += each.memory_full_info().pss
                files += each.num_fds()
    return Look(seconds, memory / 2**20, files, processes, zombies)
