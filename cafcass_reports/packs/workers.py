"""Processes that make papers side by side, behind the one interface that other machines have too."""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing import forkserver, resource_tracker
from typing import ParamSpec, TypeVar

import pyarrow as pa

_Arguments = ParamSpec("_Arguments")
_Result = TypeVar("_Result")

_PR_SET_PDEATHSIG = 1


def cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


class InThisProcess(Executor):
    """Does each task at once, here."""

    def submit(
        self, fn: Callable[_Arguments, _Result], /, *args: _Arguments.args, **kwargs: _Arguments.kwargs
    ) -> Future[_Result]:
        """Do a task, and return what came of it."""
        future: Future[_Result] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as problem:
            future.set_exception(problem)
        return future


class _Processes(ProcessPoolExecutor):
    """Starts its processes as tasks are submitted, each to the end: one that is half started could not be ended."""

    def submit(
        self, fn: Callable[_Arguments, _Result], /, *args: _Arguments.args, **kwargs: _Arguments.kwargs
    ) -> Future[_Result]:
        """Hand a task to a process."""
        with _ctrl_c_later():
            return super().submit(fn, *args, **kwargs)


@contextmanager
def _ctrl_c_later() -> Iterator[None]:
    """Put Ctrl-C off to the end of the block: other threads would take a signal that only this one blocks."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, frame: came.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        if came:
            signal.raise_signal(signal.SIGINT)


def _start_server(modules: Sequence[str]) -> None:
    """Start the process that workers are forked from, with Ctrl-C blocked: it could be stopped while it imports."""
    multiprocessing.set_forkserver_preload(list(modules))
    # The tracker that the server needs takes the block away as it starts, so it is started before.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def get_ready() -> None:
    """Begin to import what workers need, where the system can fork them from a process that has."""
    if sys.platform == "linux":
        _start_server(["cafcass_reports.packs.make"])


@contextmanager
def executor(workers: int) -> Iterator[Executor]:
    """Give an executor with so many processes of this machine, or this one alone; what they do ends with the block."""
    if workers == 1:
        yield InThisProcess()
        return
    with processes(workers) as pool:
        yield pool


@contextmanager
def processes(workers: int) -> Iterator[Executor]:
    """Give an executor with so many processes of this machine; what one still does ends with the block.

    The processes are forked from one that has imported what papers need, where the system can fork.
    """
    context = multiprocessing.get_context("forkserver" if sys.platform == "linux" else "spawn")
    get_ready()
    pool = _Processes(workers, context, _prepare)
    try:
        yield pool
    except BaseException:
        for process in multiprocessing.active_children():
            process.terminate()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def give_back() -> None:
    """Give memory that is not in use back to the system; Arrow and the C library (glibc) would keep it for later."""
    pa.default_memory_pool().release_unused()
    if sys.platform == "linux":
        with suppress(AttributeError):
            ctypes.CDLL(None).malloc_trim(0)


def _prepare() -> None:
    """In a worker: Ctrl-C is for the process that started it, and it does not outlive that."""
    gc.freeze()  # what was imported is not looked through for garbage: that writes in it, and it is shared until then
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
