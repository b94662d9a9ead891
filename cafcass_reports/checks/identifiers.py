"""No record leaves: identifiers of cases, children and workers, and dates of birth, are looked for in every file.

Files are opened as far as they go: decks and workbooks part by part, workbooks within decks, what is attached to a PDF,
its streams and the text of its pages, notebooks and pages as the text that they are. Identifiers are held as numbers
made from them, so that looking for a million takes a second, and none is kept.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import closing, nullcontext
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd
import pikepdf
import pyarrow as pa
import pyarrow.compute as pc

from cafcass_reports.checks.opened import Opened, Pdf

Numbers: TypeAlias = npt.NDArray[np.uint64]

_TOKEN = re.compile(rb"[0-9A-Za-z](?:[0-9A-Za-z_.-]*[0-9A-Za-z])?")
_SPLIT = bytes(sign if re.match(rb"[0-9A-Za-z_.-]", bytes([sign])) else ord(" ") for sign in range(256))
_BETWEEN = re.compile(rb"([_-]+|\.(?![0-9])|(?<![0-9])\.)")  # no decimal point
_DAY = re.compile(rb"[0-9]{4}-[0-9]{2}-[0-9]{2}")  # a time of day may follow at once
_MOST_PARTS = 6  # of a token, that are looked up together
_SHORTEST = 6  # characters: a shorter identifier is not told from a count
_DIGIT = re.compile(rb"[0-9]")
_WHOLE_TOKEN = rf"^{_TOKEN.pattern.decode()}$"


def numbered(identifiers: pa.StringArray) -> Numbers:
    """Return numbers made from identifiers, in order, each once.

    Left out is what would be found in any text, or in none: less than six characters, which a count could be, no digit,
    or other signs than letters, digits, hyphens, dots and underscores.
    """
    held = identifiers.filter(_findable(identifiers)).to_numpy(zero_copy_only=False)
    found = np.sort(pd.util.hash_array(held, categorize=False)) if len(held) else np.array([], dtype=np.uint64)
    # numpy's own `unique` looks each number up by its hash, which takes ten times as long for a million.
    return found[np.append(True, found[1:] != found[:-1])] if len(found) else found


def not_looked_for(identifiers: pa.StringArray) -> int:
    """Return how many identifiers cannot be looked for."""
    return len(identifiers.filter(pc.invert(_findable(identifiers))).unique())


def _findable(identifiers: pa.StringArray) -> pa.BooleanArray:
    # All at once: a million of them one by one would take seconds.
    long_enough = pc.greater_equal(pc.utf8_length(identifiers), _SHORTEST)
    token = pc.match_substring_regex(identifiers, _WHOLE_TOKEN)
    return pc.and_(pc.and_(long_enough, token), pc.match_substring_regex(identifiers, _DIGIT.pattern.decode()))


def note(count: int) -> str:
    """Say to whoever exports the extracts that some identifiers are not looked for."""
    which = f"{count:,} identifier{'s have' if count > 1 else ' has'}"
    return (
        f"{which} fewer than {_SHORTEST} characters, no digit, or signs other than letters, digits, hyphens, dots and "
        "underscores: papers are not searched for them."
    )


@dataclass(frozen=True)
class Tokens:
    """All that stands in some files and could be an identifier.

    Parameters
    ----------
    parts
        In how many files and parts of files it stands.
    numbers
        Numbers made from it, in order, each once.
    """

    parts: int
    numbers: Numbers

    def __or__(self, other: Tokens) -> Tokens:
        """Return what stands in the files of both."""
        return Tokens(self.parts + other.parts, np.union1d(self.numbers, other.numbers))


def tokens(files: Iterable[Opened]) -> Tokens:
    """Return what stands in files, so that it can be held against any identifiers, again and again."""
    contents = [content for file in files for _, content in opened(file.path.name, file.content, file.pdf)]
    return Tokens(len(contents), np.unique(_numbers(*contents)))


def check(folder: Path, identifiers: Numbers, known: Mapping[str, Tokens] = MappingProxyType({})) -> dict[str, Any]:
    """Look for identifiers in all files of a folder.

    Parameters
    ----------
    folder
        The outputs of a pack.
    identifiers
        What :func:`numbered` gave.
    known
        What stands in folders below it, by their names: they are opened again only where one of it is an identifier.

    Returns
    -------
    dict
        ``looked_for``, how many; ``parts``, in how many files and parts of files; ``findings``, in words, which name
        the part and not the identifier.
    """
    clean = {name: one for name, one in known.items() if not _among(one.numbers, identifiers)}
    parts = sum(one.parts for one in clean.values())
    findings = []
    for name, content in _parts(folder, folder, clean):
        parts += 1
        count = _among(_numbers(content), identifiers)
        if count:
            findings.append(f"{name} holds {count} identifiers or dates of birth of the extracts.")
    return {"looked_for": len(identifiers), "parts": parts, "findings": findings}


def _parts(folder: Path, outputs: Path, without: Collection[str] = ()) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.iterdir()):
        name = path.relative_to(outputs).as_posix()
        if path.is_dir() and name not in without:
            yield from _parts(path, outputs, without)
        elif path.is_file():
            yield from opened(name, path.read_bytes())


def opened(name: str, content: bytes, pdf: Pdf | None = None) -> Iterator[tuple[str, bytes]]:
    """Open a file as far as it goes.

    Parameters
    ----------
    name, content
        What it is called, and what is in it.
    pdf
        Where it is a PDF that is open already, that PDF.

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
        with nullcontext(pdf) if pdf else closing(Pdf(content)) as held:
            yield from _in_pdf(name, held)


def _in_pdf(name: str, pdf: Pdf) -> Iterator[tuple[str, bytes]]:
    for attached, stream in sorted(pdf.objects.attachments.items()):
        yield from opened(f"{name}!{attached}", stream.get_file().read_bytes())
    for number, made in enumerate(pdf.objects.objects, start=1):
        if isinstance(made, pikepdf.Stream) and made.get("/Subtype") != "/Image" and "/Length1" not in made:
            yield f"{name}!object {number}", made.read_bytes()
    # What a reader can copy from the pages stands within the streams as numbers of glyphs.
    for number, page in enumerate(pdf.pages, start=1):
        yield f"{name}!page {number}", page.text.encode("utf-8", "replace")


def _numbers(*contents: bytes) -> Numbers:
    """Return numbers made from all that stands in some contents: most of it in many of them, and looked at once."""
    # What _TOKEN would find, many times faster: all that it may hold, up to what it may not, without the signs at ends.
    words = {word for content in contents for word in content.translate(_SPLIT).split()}
    tokens = {word.strip(b"_.-") for word in words if len(word) >= _SHORTEST and not word.isalpha()}
    found = {run for token in tokens if len(token) >= _SHORTEST and _DIGIT.search(token) for run in _runs(token)}
    found.update(day for word in words if b"-" in word for day in _DAY.findall(word))
    held = np.array([token.decode("ascii") for token in found], dtype=object)
    return pd.util.hash_array(held, categorize=False) if found else np.array([], dtype=np.uint64)


def _runs(token: bytes) -> Iterator[bytes]:
    """A token that holds a digit, and its parts: an identifier may be joined to a word, as in ``case_C123456``."""
    if token.isalnum():
        yield token
        return
    parts = _BETWEEN.split(token)
    for first in range(0, len(parts), 2):
        for last in range(first + 1, min(first + 2 * _MOST_PARTS, len(parts) + 1), 2):
            run = b"".join(parts[first:last])
            if len(run) >= _SHORTEST and _DIGIT.search(run):
                yield run
    if len(parts) > 2 * _MOST_PARTS:
        yield token


def _among(numbers: Numbers, identifiers: Numbers) -> int:
    places = np.searchsorted(identifiers, numbers)
    places[places == len(identifiers)] = 0
    return int((identifiers[places] == numbers).sum()) if len(identifiers) else 0
