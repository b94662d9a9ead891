"""Start the warm process, and stop it."""

from __future__ import annotations

import atexit
import os
import secrets
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from cafcass_reports.kernels.warm_process import LIBRARIES

ADDRESS = "CAFCASS_REPORTS_WARM_PROCESS"
"""The environment variable by which a program's own processes find its warm process."""

_STOPPING = 1.0  # seconds in which a warm process that waits for requests has heard that it is to end

POSSIBLE = sys.platform == "linux" and hasattr(os, "pidfd_open")


@contextmanager
def warm_kernels(*libraries: str) -> Iterator[None]:
    """Keep a warm process for the kernels that this program, or a process that it starts, asks for.

    Parameters
    ----------
    *libraries
        What is imported beside :data:`~cafcass_reports.kernels.warm_process.LIBRARIES`.
    """
    if not POSSIBLE or ADDRESS in os.environ:
        yield
        return
    process = start(*libraries)
    try:
        yield
    finally:
        stop(process)


def start(*libraries: str) -> subprocess.Popen[bytes]:
    """Start a warm process, and say in this program's environment where it is; it may still be importing."""
    name = f"cafcass-reports-{secrets.token_hex(16)}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listener:
        listener.bind(f"\0{name}")
        listener.listen(socket.SOMAXCONN)
        process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "cafcass_reports.kernels.warm_process",
                str(listener.fileno()),
                *LIBRARIES,
                *libraries,
            ],
            stdin=subprocess.PIPE,
            start_new_session=True,  # Ctrl-C in a terminal is for this program, which then ends the process
            pass_fds=[listener.fileno()],
        )
    os.environ[ADDRESS] = name
    atexit.register(stop, process)
    return process


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a warm process, and with it the kernels that were forked from it."""
    atexit.unregister(stop)
    os.environ.pop(ADDRESS, None)
    if process.stdin is not None:
        with suppress(OSError):
            process.stdin.close()
    try:
        process.wait(_STOPPING)
    except subprocess.TimeoutExpired:
        process.kill()  # it still imports; kernels of one that does not answer end with it
        process.wait()
