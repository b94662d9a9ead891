"""No record leaves: identifiers of cases, children and workers, and dates of birth, are looked for in every file.

Files are opened as far as they go: decks and workbooks part by part, workbooks within decks, what is attached to a PDF,
its streams and the text of its pages, notebooks and pages as the text that they are. Identifiers are held as numbers
made from them, so that looking for a million takes a second, and none is kept.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd
import pikepdf
import pypdfium2

Numbers: TypeAlias = npt.NDArray[np.uint64]

_TOKEN = re.compile(rb"[0-9A-Za-z](?:[0-9A-Za-z_.-]*[0-9A-Za-z])?")
_SHORTEST = 6  # characters: a shorter identifier is not told from a count
_DIGIT = re.compile(rb"[0-9]")


def numbered(identifiers: Iterable[str]) -> Numbers:
    """Return numbers made from identifiers, in order, each once; short ones, which a count could be, are left out."""
    held = np.array([each for each in identifiers if len(each) >= _SHORTEST], dtype=object)
    found = np.sort(pd.util.hash_array(held, categorize=False)) if len(held) else np.array([], dtype=np.uint64)
    # numpy's own `unique` looks each number up by its hash, which takes ten times as long for a million.
    return found[np.append(True, found[1:] != found[:-1])] if len(found) else found


def short(identifiers: Iterable[str]) -> int:
    """Return how many identifiers are too short to be looked for."""
    return sum(len(each) < _SHORTEST for each in set(identifiers))


def note(count: int) -> str:
    """Say to whoever exports the extracts that some identifiers are not looked for."""
    which = f"{count:,} identifier{'s have' if count > 1 else ' has'}"
    return f"{which} fewer than {_SHORTEST} characters, like a count: papers are not searched for them."


def check(folder: Path, identifiers: Numbers) -> dict[str, Any]:
    """Look for identifiers in all files of a folder.

    Parameters
    ----------
    folder
        The outputs of a pack.
    identifiers
        What :func:`numbered` gave.

    Returns
    -------
    dict
        ``looked_for``, how many; ``parts``, in how many files and parts of files; ``findings``, in words, which name
        the part and not the identifier.
    """
    parts = 0
    findings = []
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        for name, content in opened(file.relative_to(folder).as_posix(), file.read_bytes()):
            parts += 1
            count = _found(content, identifiers)
            if count:
                findings.append(f"{name} holds {count} identifiers or dates of birth of the extracts.")
    return {"looked_for": len(identifiers), "parts": parts, "findings": findings}


def opened(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """Open a file as far as it goes.

    Yields
    ------
    tuple
        The name of a part, such as ``deck.pptx!ppt/notesSlides/notesSlide1.xml``, and its bytes.
    """
    yield name, content
    if content[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in sorted(archive.namelist()):
                yield from opened(f"{name}!{member}", archive.read(member))
    elif content[:5] == b"%PDF-":
        with pikepdf.open(io.BytesIO(content)) as pdf:
            for attached, stream in sorted(pdf.attachments.items()):
                yield from opened(f"{name}!{attached}", stream.get_file().read_bytes())
            for number, made in enumerate(pdf.objects, start=1):
                if isinstance(made, pikepdf.Stream) and made.get("/Subtype") != "/Image" and "/Length1" not in made:
                    yield f"{name}!object {number}", made.read_bytes()
        yield from _pages(name, content)


def _pages(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """What a reader of a PDF can copy from its pages: within the streams it stands as numbers of glyphs."""
    pdf = pypdfium2.PdfDocument(content)
    try:
        for number, page in enumerate(pdf, start=1):
            text = page.get_textpage()
            yield f"{name}!page {number}", text.get_text_bounded().encode("utf-8", "replace")
            text.close()
            page.close()
    finally:
        pdf.close()


def _found(content: bytes, identifiers: Numbers) -> int:
    tokens = {token for token in _TOKEN.findall(content) if len(token) >= _SHORTEST and _DIGIT.search(token)}
    if not tokens:
        return 0
    numbers = pd.util.hash_array(np.array([t.decode("ascii") for t in tokens], dtype=object), categorize=False)
    places = np.searchsorted(identifiers, numbers)
    places[places == len(identifiers)] = 0
    return int((identifiers[places] == numbers).sum()) if len(identifiers) else 0
