"""Folders that take long to make, made once for all processes of the tests."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Return a folder that the first process to ask for it has made, while the others wait; tests only read it.

    Parameters
    ----------
    factory
        Pytest's, for this process.
    name
        Names the folder.
    make
        Fills it; it is there, and empty.
    """
    base = factory.getbasetemp()
    # pytest-xdist gives each of its processes a folder below the one that they share.
    shared = base.parent if base.name.startswith("popen-") else base
    folder, done = shared / name, shared / f"{name}.done"
    with FileLock(shared / f"{name}.lock"):
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            done.touch()
    return folder
