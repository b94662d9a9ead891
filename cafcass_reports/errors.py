"""Everything that can go wrong for a user, as one tree.

::

    CafcassReportsError
    ├── PackError          a pack, its parameters or the project's folders
    ├── ExtractError       an extract that cannot be read, or that breaks its rules
    ├── CatalogueError     a metric that is not well defined, or not known
    ├── CommentaryError    a text that refers to what does not exist
    ├── PaperError         a notebook that stopped at a cell
    └── ExportError        an executed notebook that a format cannot hold

Each says what was given, what is valid and what to do next.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class CafcassReportsError(Exception):
    """Base of all errors that are shown to a user without a traceback.

    Parameters
    ----------
    given
        What was given, as a sentence.
    valid
        What would be valid.
    next_step
        What to do next.

    Examples
    --------
    >>> print(PackError("There is no pack 'q9'.", valid="Packs: 2020-21-q3.", next_step="Choose one."))
    There is no pack 'q9'. Packs: 2020-21-q3. Choose one.
    """

    def __init__(self, given: str, *, valid: str = "", next_step: str = "") -> None:
        self.given = given
        self.valid = valid
        self.next_step = next_step
        super().__init__(" ".join(part for part in (given, valid, next_step) if part))


class PackError(CafcassReportsError):
    """A pack, its parameters or the project's folders are not usable."""


class ExtractError(CafcassReportsError):
    """An extract cannot be read, or its data break the rules."""


class CatalogueError(CafcassReportsError):
    """A metric is not well defined, or not known."""


class CommentaryError(CafcassReportsError):
    """A commentary refers to what does not exist."""


class PaperError(CafcassReportsError):
    """A notebook stopped at one of its cells."""


class ExportError(CafcassReportsError):
    """An executed notebook cannot be drawn in the format asked for."""


def nearest(name: object, names: Iterable[object], count: int = 3) -> str:
    """Say which known names are closest to one that is not known.

    Examples
    --------
    >>> nearest("kpi2", ["kpi_1", "kpi_2", "sickness"])
    'Nearest: kpi_2, kpi_1.'
    """
    # Names come from files, where a bare 2020 or yes is no text.
    known = sorted(map(str, names))
    close = difflib.get_close_matches(str(name), known, n=count, cutoff=0.4) or known[:count]
    return f"Nearest: {', '.join(close)}." if close else ""
