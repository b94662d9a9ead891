"""What a fault is, and how each of a kind is planted alone into a good file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

File = TypeVar("File")
Item = TypeVar("Item")

Plant = tuple[str, Callable[[], object]]
"""Where and what, and the change that plants it in the opened file."""


@dataclass(frozen=True)
class Kind(Generic[File]):
    """A kind of fault: the rule that it breaks, and every place and value that a file has for it.

    Parameters
    ----------
    name
        What is wrong, in a few words.
    rule
        The rule, as docs/accessibility.md names it.
    plants
        Gives the faults that an opened file has room for; none is planted until its change is called.
    """

    name: str
    rule: str
    plants: Callable[[File], Iterator[Plant]]


@dataclass(frozen=True)
class Fault:
    """One fault, alone in a copy of a good file.

    Parameters
    ----------
    kind, rule
        The names of its kind and of the rule that it breaks.
    where
        Where it is planted, and what.
    content
        Makes the bytes of the faulty file.
    """

    kind: str
    rule: str
    where: str
    content: Callable[[], bytes]


class Kinds(Generic[File]):
    """The kinds of fault for files of one format, in the order of their definition.

    Parameters
    ----------
    opened, written
        Read a file from its bytes, and give the bytes of the changed one.
    """

    def __init__(self, opened: Callable[[bytes], File], written: Callable[[File], bytes]) -> None:
        self._opened = opened
        self._written = written
        self.all: list[Kind[File]] = []

    def of(
        self, rule: str, name: str
    ) -> Callable[[Callable[[File], Iterator[Plant]]], Callable[[File], Iterator[Plant]]]:
        """Add a function that gives the faults of a kind."""

        def add(plants: Callable[[File], Iterator[Plant]]) -> Callable[[File], Iterator[Plant]]:
            self.all.append(Kind(name, rule, plants))
            return plants

        return add

    def faults(self, good: bytes, most: int = 1000) -> Iterator[Fault]:
        """Give the faults that a good file has room for, at most so many of a kind, spread over the file."""
        file = self._opened(good)
        for kind in self.all:
            wheres = [where for where, _ in kind.plants(file)]
            for number in spread(range(len(wheres)), most):
                yield Fault(kind.name, kind.rule, wheres[number], self._content(kind, number, good))

    def untouched(self, good: bytes) -> bytes:
        """Give the good file as it is when written back without a fault."""
        return self._written(self._opened(good))

    def _content(self, kind: Kind[File], number: int, good: bytes) -> Callable[[], bytes]:
        def content() -> bytes:
            file = self._opened(good)
            list(kind.plants(file))[number][1]()
            return self._written(file)

        return content


def spread(items: Sequence[Item], most: int) -> list[Item]:
    """Choose at most so many items, evenly from the first to the last."""
    if len(items) <= most:
        return list(items)
    if most == 1:
        return [items[len(items) // 2]]
    return [items[round(number * (len(items) - 1) / (most - 1))] for number in range(most)]
