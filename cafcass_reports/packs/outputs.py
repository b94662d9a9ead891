"""The outputs of a pack: built beside the old ones, swapped in whole."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from cafcass_reports.errors import PackError
from cafcass_reports.packs.parameters import Pack

_STALE_AFTER = 24 * 3600.0  # seconds after which what a killed run left behind is cleared


@contextmanager
def building(pack: Pack) -> Iterator[Path]:
    """Give a folder to build in; swap it in when the block ends, leave the old outputs where it fails.

    Raises
    ------
    PackError
        Where the outputs' folder cannot be written, another run builds the same pack, or the old outputs cannot be
        replaced.
    """
    with _alone(pack):
        room = _room(pack)
        built = room / "new"
        built.mkdir()
        try:
            yield built
            _swap(built, pack.outputs, _former(pack))
        finally:
            shutil.rmtree(room, ignore_errors=True)


@contextmanager
def _alone(pack: Pack) -> Iterator[None]:
    lock = FileLock(pack.outputs.parent / f".{pack.name}.lock")
    try:
        pack.outputs.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
    except Timeout:
        raise PackError(
            f"Another run of {pack.name} is on: two would replace each other's outputs.",
            next_step="Wait until it has ended, then run again.",
        ) from None
    except OSError as problem:
        raise _not_writable(pack, problem) from None
    try:
        yield
    finally:
        lock.release()


def _room(pack: Pack) -> Path:
    beside = pack.outputs.parent / ".building"
    try:
        beside.mkdir(exist_ok=True)
        _clear_stale(beside)
        _mend(pack)
        return Path(tempfile.mkdtemp(prefix=f"{pack.name}-", dir=beside))
    except OSError as problem:
        raise _not_writable(pack, problem) from None


def _not_writable(pack: Pack, problem: OSError) -> PackError:
    return PackError(
        f"{pack.outputs.parent} cannot be written: {problem.strerror}.", next_step="Check its permissions."
    )


def keep_failed(pack: Pack, folders: Mapping[str, Path]) -> Path:
    """Put the notebooks of failed papers where their authors look, and return that folder."""
    failed = pack.outputs.parent / ".failed" / pack.name
    shutil.rmtree(failed, ignore_errors=True)
    failed.mkdir(parents=True, exist_ok=True)
    for name, folder in folders.items():
        if folder.is_dir():  # there is none of one that could not be read, or whose process was ended
            shutil.copytree(folder, failed / name)
    return failed


def clear_failed(pack: Pack) -> None:
    """Remove what an earlier run left of papers that failed."""
    shutil.rmtree(pack.outputs.parent / ".failed" / pack.name, ignore_errors=True)


def replace_whole(path: Path, content: bytes) -> None:
    """Put a file in place of another, or where there is none: it is whole, or as it was; who may read it stays.

    Raises
    ------
    OSError
        Where it cannot be written.
    """
    mode = path.stat().st_mode if path.exists() else 0o644
    handle, name = tempfile.mkstemp(prefix=".new-", suffix=path.suffix, dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        temporary.chmod(mode)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def write_json(path: Path, content: Any) -> None:
    """Write JSON as people and differences read it: indented, in the given order."""
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def write_csv(path: Path, columns: tuple[str, ...], rows: list[dict[str, str]]) -> None:
    """Write a CSV file with the same bytes on every system."""
    target = io.StringIO(newline="")
    writer = csv.DictWriter(target, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(target.getvalue(), encoding="utf-8", newline="")


def _former(pack: Pack) -> Path:
    return pack.outputs.parent / ".building" / f"{pack.name}.former"


def _swap(built: Path, published: Path, former: Path) -> None:
    try:
        if published.exists():
            published.rename(former)
        built.rename(published)
    except BaseException as problem:
        if former.exists() and not published.exists():
            former.rename(published)
        if isinstance(problem, OSError):
            raise PackError(
                f"{published} cannot be replaced: {problem.strerror}.",
                next_step="Close the files of it that are open, and run again.",
            ) from None
        raise
    shutil.rmtree(former, ignore_errors=True)


def _mend(pack: Pack) -> None:
    """Put the old outputs back where a run was killed between the two renames of its swap."""
    former = _former(pack)
    if former.exists() and not pack.outputs.exists():
        former.rename(pack.outputs)
    shutil.rmtree(former, ignore_errors=True)


def _clear_stale(beside: Path) -> None:
    for room in beside.iterdir():
        if room.suffix != ".former" and time.time() - room.stat().st_mtime > _STALE_AFTER:
            shutil.rmtree(room, ignore_errors=True)
