"""Processes that make papers: they work, say what went wrong, and are not stopped half-way by Ctrl-C."""

from __future__ import annotations

import os
import re
import signal
import sys
from pathlib import Path

import psutil
import pytest

from cafcass_reports.packs.workers import executor


def test_tasks_are_done_in_other_processes() -> None:
    with executor(2) as pool:
        assert pool.submit(os.getpid).result() != os.getpid()


def test_one_worker_is_this_process() -> None:
    with executor(1) as pool:
        assert pool.submit(os.getpid).result() == os.getpid()
        with pytest.raises(ValueError, match="invalid literal"):
            pool.submit(int, "x").result()


@pytest.mark.skipif(sys.platform != "linux", reason="workers are forked on Linux only")
def test_ctrl_c_does_not_reach_the_process_that_workers_are_forked_from() -> None:
    with executor(2) as pool:
        pool.submit(os.getpid).result()
        servers = [child for child in psutil.Process().children() if "forkserver" in " ".join(child.cmdline())]
        assert servers
        for server in servers:
            status = Path(f"/proc/{server.pid}/status").read_text(encoding="utf-8")
            (blocked,) = re.findall(r"^SigBlk:\s+(\w+)$", status, re.MULTILINE)
            assert int(blocked, 16) >> (signal.SIGINT - 1) & 1, "it could be stopped while it imports"
