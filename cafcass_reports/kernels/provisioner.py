"""A kernel provisioner that forks from a warm process, and starts a cold kernel wherever it cannot."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, cast

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from cafcass_reports.kernels import warm_kernels
from cafcass_reports.kernels.warm_process import LARGEST, Request, same_user

NAME = "cafcass-warm"
"""How a kernelspec's metadata names the provisioner."""

_STARTING = 60.0  # seconds; a warm process that is still importing answers within a few
_ENDING = 5.0  # seconds; who asked then looks for itself
_UNHEARD = 0.1  # seconds
_LAUNCHER = ["-m", "ipykernel_launcher"]


class ForkedKernel:
    """A forked kernel, with what the provisioner uses of :class:`subprocess.Popen`."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int, connection: socket.socket) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._connection = connection
        connection.setblocking(False)

    def poll(self) -> int | None:
        """Return the exit status, or None while it runs."""
        if self.returncode is None:
            try:
                message = self._connection.recv(LARGEST)
            except BlockingIOError:
                return None
            except OSError:
                message = b""
            # Where the warm process has died, its children died with it.
            self.returncode = json.loads(message)["returncode"] if message else -signal.SIGKILL
            self._connection.close()
        return self.returncode

    async def ended(self) -> None:
        """Wait until it has ended."""
        loop = asyncio.get_running_loop()
        while self.poll() is None:
            heard = asyncio.Event()
            loop.add_reader(self._connection, heard.set)
            try:
                # Where somebody else polls, the connection is closed unheard.
                with suppress(TimeoutError):
                    await asyncio.wait_for(heard.wait(), _UNHEARD)
            finally:
                loop.remove_reader(self._connection)

    def wait(self) -> int | None:
        """Return the exit status; the provisioner waits only for what has ended."""
        return self.poll()

    def send_signal(self, signum: int) -> None:
        """Send a signal to a kernel that runs."""
        if self.poll() is None:
            os.kill(self.pid, signum)

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)


class WarmProvisioner(LocalProvisioner):
    """Forks kernels from a warm process.

    A kernel starts cold, as by the provisioner that this one is made from, where there is no warm process (elsewhere
    than on Linux), where the kernelspec is not that of this Python's ipykernel, and where its environment differs in
    what Python and its libraries read only while they start. A program without a warm process gets one while its
    first kernel, a cold one, starts.
    """

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Start the kernel."""
        forked = await self._forked(cmd, **kwargs)
        if forked is None:
            return await super().launch_kernel(cmd, **kwargs)
        self.process = cast("subprocess.Popen[bytes]", forked)
        # A child leads a session of its own, so that a signal reaches what it has started too.
        self.pid = self.pgid = forked.pid
        self.cwd = kwargs.get("cwd") or Path.cwd()
        return self.connection_info

    async def kill(self, restart: bool = False) -> None:
        """End the kernel, and wait until it has: the managers of Jupyter look for that ten times a second only."""
        await super().kill(restart)
        if isinstance(self.process, ForkedKernel):
            with suppress(TimeoutError):
                await asyncio.wait_for(self.process.ended(), _ENDING)

    async def _forked(self, cmd: list[str], **kwargs: Any) -> ForkedKernel | None:
        usual = cmd[:3] == [sys.executable, *_LAUNCHER] and not any(
            kwargs.get(s) for s in ("stdin", "stdout", "stderr")
        )
        if not (usual and warm_kernels.POSSIBLE):
            return None
        name = os.environ.get(warm_kernels.ADDRESS)
        if name is None:
            warm_kernels.start()
            return None
        environment = {**(kwargs.get("env") or os.environ)}
        environment.pop(warm_kernels.ADDRESS, None)
        request = Request(cmd[3:], environment, str(kwargs.get("cwd") or Path.cwd()))
        return await asyncio.to_thread(_fork, name, request)


def _fork(name: str, request: Request) -> ForkedKernel | None:
    """Ask for a kernel and wait until its sockets are bound; None where none is to be had."""
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    connection.settimeout(_STARTING)
    try:
        connection.connect(f"\0{name}")
        if same_user(connection):
            socket.send_fds(connection, [request.encode()], [1, 2])
            answer = json.loads(connection.recv(LARGEST) or b"{}")
            if "pid" in answer and b"bound" in connection.recv(LARGEST):
                return ForkedKernel(answer["pid"], connection)
    except OSError:
        pass  # no warm process, or none that answers: a cold kernel will do
    # Closing the connection also ends a child that came to nothing.
    connection.close()
    return None
