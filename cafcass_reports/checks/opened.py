"""Files opened once: all checks that look at a file are handed the same deck, page or PDF."""

from __future__ import annotations

import io
import json
from collections.abc import Collection, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any

import pikepdf
import pypdfium2
from lxml import etree
from pptx import Presentation


@dataclass(frozen=True)
class PdfPage:
    """A page of a PDF as PDFium draws it, with its text as a reader copies it."""

    drawn: pypdfium2.PdfPage
    texts: pypdfium2.PdfTextPage

    @cached_property
    def text(self) -> str:
        """All that stands on it."""
        return str(self.texts.get_text_bounded())


class Page:
    """The elements of a page, in order, found by their attributes without a walk through all of them.

    Parameters
    ----------
    root
        Its first element.
    """

    def __init__(self, root: Any) -> None:
        self.root = root
        # Held, for lxml makes an object for each element that is asked for, and again when it is let go.
        self._places = {element: place for place, element in enumerate(root.iter("*"))}
        self._having: dict[str, list[Any]] = {}
        for element in self._places:
            for name in element.keys():  # noqa: SIM118 - an element's own keys are its children
                self._having.setdefault(name, []).append(element)

    @property
    def attributes(self) -> Collection[str]:
        """The names of all attributes of its elements, each once."""
        return self._having.keys()

    def having(self, *names: str) -> list[Any]:
        """Return the elements that have one of some attributes."""
        return self.in_order(element for name in names for element in self._having.get(name, ()))

    def of_role(self, role: str, *tags: str) -> list[Any]:
        """Return the elements of a role, and those of some tags."""
        said = (element for element in self._having.get("role", ()) if element.get("role") == role)
        return self.in_order([*said, *(self.root.iter(*tags) if tags else ())])

    def in_order(self, elements: Iterable[Any]) -> list[Any]:
        """Return elements as they stand in the page, each once."""
        return sorted(set(elements), key=self._places.__getitem__)


class Pdf:
    """A PDF, its objects read by pikepdf and its pages by PDFium; neither is changed.

    Parameters
    ----------
    source
        The file, or its content.
    """

    def __init__(self, source: Path | bytes) -> None:
        self._source = source
        self._opened = ExitStack()

    @cached_property
    def objects(self) -> pikepdf.Pdf:
        """Its objects."""
        source = io.BytesIO(self._source) if isinstance(self._source, bytes) else self._source
        return self._opened.enter_context(pikepdf.open(source))

    @cached_property
    def document(self) -> pypdfium2.PdfDocument:
        """Its document, for what is attached to it."""
        return self._opened.enter_context(pypdfium2.PdfDocument(self._source))

    @cached_property
    def pages(self) -> tuple[PdfPage, ...]:
        """Its pages, in order."""
        return tuple(PdfPage(page, page.get_textpage()) for page in self.document)

    def close(self) -> None:
        """Close it; its pages are closed with its document."""
        self._opened.close()


class Opened:
    """A file, opened as what it is when a check first asks.

    Parameters
    ----------
    path
        The file.

    Raises
    ------
    Exception
        Each library has errors of its own for a file that is broken, and raises them for each check that asks.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> Opened:
        return self

    def __exit__(self, kind: type[BaseException] | None, one: BaseException | None, at: TracebackType | None) -> None:
        self.pdf.close()

    @cached_property
    def content(self) -> bytes:
        """What is in it."""
        return self.path.read_bytes()

    @cached_property
    def notebook(self) -> dict[str, Any]:
        """The notebook in it, as plain values."""
        held: dict[str, Any] = json.loads(self.content)
        return held

    @cached_property
    def deck(self) -> Any:
        """The deck in it."""
        return Presentation(str(self.path))

    @cached_property
    def page(self) -> Page:
        """The page in it.

        Raises
        ------
        ValueError
            Where it holds nothing.
        """
        # Not lxml.html: it asks Python for the class of each element, of which a page may have a hundred thousand.
        root: Any = etree.fromstring(self.content, etree.HTMLParser(encoding="utf-8"))
        if root is None:
            raise ValueError("it holds nothing")
        return Page(root)

    @cached_property
    def pdf(self) -> Pdf:
        """The PDF in it."""
        return Pdf(self.path)


@contextmanager
def open_all(files: Iterable[Path]) -> Iterator[list[Opened]]:
    """Open files, in their order, and close them at the end."""
    with ExitStack() as held:
        yield [held.enter_context(Opened(file)) for file in files]
