"""The process that kernels are forked from: it imports what they need, once, and waits.

It has one thread and knows nothing of any notebook, so that a child is as good as a process just started. Whoever asks
for a kernel holds a connection to it: over that come the child's process number, word that its sockets are bound and
its exit status. Where the connection closes, or the program that started this process ends, the children are killed.

Only for Linux: it uses abstract sockets (which leave no file behind), process descriptors and the death signal.
"""

from __future__ import annotations

import ctypes
import gc
import importlib
import json
import os
import selectors
import signal
import socket
import struct
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

LIBRARIES = (
    # What a kernel itself imports as late as while it starts.
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.history",
    "IPython.extensions.storemagic",
    "ipykernel.debugger",
    "ipykernel.ipkernel",
    "ipykernel.kernelapp",
    "psutil",
    "sqlite3",
    "tornado.platform.asyncio",
    "tornado.queues",
    # What notebooks import.
    "duckdb",
    "matplotlib.backends.backend_svg",
    "pandas",
    "pyarrow",
    "scipy.stats",
    "seaborn",
    # What those import as late as they read a file, or write a query.
    "pandas.core.arrays.arrow.extension_types",
    "pyarrow.dataset",
    "pyarrow.pandas_compat",
    "sqlglot.dialects.duckdb",
)
"""What is imported; never a user's own modules, which change while this process lives."""

INLINE = "module://matplotlib_inline.backend_inline"
"""The backend of a notebook. Matplotlib reads its name when imported; the backend itself is loaded in the child."""

LARGEST = 1 << 17
"""Bytes of one message; a kernel with a larger environment starts cold."""

_WHILE_IMPORTING = {
    # A child has only the thread that forks: nothing imported may have started another.
    "OPENBLAS_NUM_THREADS": "1",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
    # A kernel's debugger complains of how Python was started, which would reach the terminal from here.
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    "MPLBACKEND": INLINE,
}
_PR_SET_PDEATHSIG = 1
_STARTED_BY = ("PYTHON", "LD_", "MALLOC_", "OMP_", "OPENBLAS_", "MKL_", "MPL", "HOME", "XDG_", "LANG", "LC_")


@dataclass(frozen=True)
class Request:
    """A kernel that somebody wants: arguments after the launcher's name, environment and working folder."""

    arguments: Sequence[str]
    environment: Mapping[str, str]
    folder: str

    def encode(self) -> bytes:
        """Return it as a message."""
        return json.dumps(asdict(self)).encode()

    @classmethod
    def decode(cls, message: bytes) -> Request:
        """Read a message."""
        return cls(**json.loads(message))


def differing(wanted: Mapping[str, str], given: Mapping[str, str]) -> list[str]:
    """Return the variables that a process reads only while it starts, and that differ in two environments.

    A child of this process has read them already: where they differ, only a new process will do.
    """
    names = {name for name in {*wanted, *given} if name.startswith(_STARTED_BY)} - {"MPLBACKEND"}
    found = sorted(name for name in names if wanted.get(name) != given.get(name))
    return found + ["MPLBACKEND"] * (wanted.get("MPLBACKEND", INLINE) != INLINE)


def same_user(connection: socket.socket) -> bool:
    """Whether the process at the other end belongs to the same user: abstract sockets have no permissions."""
    credentials = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    return bool(struct.unpack("3i", credentials)[1] == os.getuid())


class _Server:
    """Forks a child for each request; in the child, :meth:`serve` returns what to become."""

    def __init__(self, listener: socket.socket, given: Mapping[str, str]) -> None:
        self._listener = listener
        self._given = given
        self._children: dict[socket.socket, int] = {}
        self._ready = selectors.DefaultSelector()
        for source in (listener, sys.stdin):
            self._ready.register(source, selectors.EVENT_READ)

    def serve(self) -> tuple[Request, socket.socket] | None:
        """Serve until whoever started this process ends (None), or this is a child (its request and connection)."""
        while True:
            for key, _ in self._ready.select():
                source = key.fileobj
                if source is sys.stdin:
                    self._kill(self._children.values())
                    return None
                if source is self._listener:
                    connection, _ = self._listener.accept()
                    if same_user(connection):
                        self._ready.register(connection, selectors.EVENT_READ)
                    else:
                        connection.close()
                elif isinstance(source, socket.socket):
                    request = self._hear(source)
                    if request is not None:
                        return request, source
                else:
                    self._reap(key.data, key.fd)

    def _hear(self, connection: socket.socket) -> Request | None:
        """Take a request, or the end of a connection; give the request back in the child."""
        try:
            message, streams, _, _ = socket.recv_fds(connection, LARGEST, 2)
        except OSError:
            message, streams = b"", []
        if not message:
            self._ready.unregister(connection)
            connection.close()
            # A child that has ended already is reaped by its descriptor; its number is nobody else's until then.
            self._kill([self._children[connection]] if connection in self._children else [])
            return None
        request = Request.decode(message)
        refused = differing(request.environment, self._given)
        child = None if refused else os.fork()
        if child == 0:
            self._leave(connection, streams)
            return request
        for stream in streams:
            os.close(stream)
        if child is None:
            _tell(connection, refused=refused)
            return None
        self._children[connection] = child
        self._ready.register(os.pidfd_open(child), selectors.EVENT_READ, connection)
        _tell(connection, pid=child)
        return None

    def _reap(self, connection: socket.socket, descriptor: int) -> None:
        self._ready.unregister(descriptor)
        os.close(descriptor)
        _, status = os.waitpid(self._children.pop(connection), 0)
        _tell(connection, returncode=os.waitstatus_to_exitcode(status))

    def _kill(self, children: Iterable[int]) -> None:
        for child in children:
            # One just forked does not lead its session yet.
            for kill in (os.kill, os.killpg):
                with suppress(ProcessLookupError):
                    kill(child, signal.SIGKILL)

    def _leave(self, connection: socket.socket, streams: Sequence[int]) -> None:
        """In the child, let go of what is the parent's. The selector is closed and not changed: it is shared."""
        held = [key for key in self._ready.get_map().values() if key.fileobj not in (connection, sys.stdin)]
        self._ready.close()
        for key in held:
            os.close(key.fd)
        with Path(os.devnull).open("rb") as nothing:
            for source, target in zip((nothing.fileno(), *streams), (0, 1, 2), strict=True):
                os.dup2(source, target)
        for stream in streams:
            os.close(stream)


def _tell(connection: socket.socket, **message: object) -> None:
    """Send a message. Whoever asked may be gone: the end of the connection is heard later, and kills the child."""
    with suppress(OSError):
        connection.send(json.dumps(message).encode())


def become_kernel(request: Request, connection: socket.socket, imported: Mapping[str, str]) -> None:
    """Turn a child into the kernel asked for, and run it to its end.

    Parameters
    ----------
    request, connection
        The kernel asked for, and who asks.
    imported
        The variables that libraries add to the environment when they are imported.
    """
    os.setsid()
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    os.environ.clear()
    os.environ.update({**imported, **request.environment})
    time.tzset()
    os.chdir(request.folder)
    sys.argv = ["ipykernel_launcher", *request.arguments]
    # Python's own generator is seeded again in each child, numpy's is not.
    importlib.import_module("numpy").random.seed()
    app = importlib.import_module("ipykernel.kernelapp").IPKernelApp.instance(parent_handle=os.getppid())
    app.initialize(list(request.arguments))
    _tell(connection, bound=True)
    connection.close()
    app.start()
    gc.unfreeze()  # libraries of C++ complain of what is never collected


def main(listener: int, libraries: Sequence[str]) -> None:
    """Import, wait, and in each child become a kernel.

    Parameters
    ----------
    listener
        The descriptor of a socket that listens already: whoever connects early waits.
    libraries
        What to import.
    """
    given = dict(os.environ)
    os.environ.update(_WHILE_IMPORTING)
    if sys.path[0] == "" or Path(sys.path[0]) == Path.cwd():
        del sys.path[0]  # as a kernel's launcher does; the kernel puts its own working folder there
    for library in libraries:
        # What another version has no more saves no time, and what a kernel needs it complains of itself.
        with suppress(ImportError):
            importlib.import_module(library)
    imported = {name: value for name, value in os.environ.items() if name not in {*given, *_WHILE_IMPORTING}}
    threads = len(list(Path("/proc/self/task").iterdir()))
    if threads > 1:
        sys.exit(f"A library has started {threads - 1} threads, which a child would not have; kernels start cold.")
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for whoever started this process, who then ends it
    gc.collect()
    gc.freeze()
    served = _Server(socket.socket(fileno=listener), given).serve()
    if served is None:
        os._exit(0)  # there is nothing to tidy up, and libraries of C++ would complain of what was frozen
    become_kernel(*served, imported)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
