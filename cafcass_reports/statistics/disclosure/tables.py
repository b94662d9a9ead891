"""Counts that add up: what every table is to disclosure control, whatever its shape."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from scipy.sparse import csr_array

Cell = tuple[Hashable, ...]
Children = Mapping[Hashable, Sequence[Hashable]]

TOTAL = "Total"


@dataclass(frozen=True)
class Relation:
    """A total that readers know to be the sum of its parts."""

    total: Cell
    parts: tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """Cells and how they add up.

    Parameters
    ----------
    counts
        Whole numbers by cell, totals included.
    relations
        Each total of the table with its parts.

    Raises
    ------
    ValueError
        If a count is no whole number or below 0, or a total is not the sum of its parts.
    """

    counts: Mapping[Cell, int]
    relations: tuple[Relation, ...]

    def __post_init__(self) -> None:
        for cell, count in self.counts.items():
            if not isinstance(count, int) or count < 0:
                raise ValueError(f"The count of {cell} is {count!r}; counts are whole numbers, 0 or more.")
        for relation in self.relations:
            given, parts = self.counts[relation.total], sum(self.counts[part] for part in relation.parts)
            if parts != given:
                raise ValueError(f"The count of {relation.total} is {given}, but its parts add up to {parts}.")


def crossed(leaves: Mapping[Cell, int], dimensions: Sequence[Children]) -> Table:
    """Build a table from its innermost counts, by one dimension or more, each of them a hierarchy.

    One dimension is a hierarchy such as team, area, region and nation; two that have a total and its parts are a
    plain table with margins; three are a cube. A cell is a tuple of one name for each dimension.

    Parameters
    ----------
    leaves
        Whole-number counts by their innermost names. Those not given are 0.
    dimensions
        For each dimension the children of each name that has any.

    Raises
    ------
    ValueError
        If a count is not for an innermost cell, is no whole number or is below 0, or names go round in a circle.

    Examples
    --------
    >>> table = crossed({("A1",): 7, ("A2",): 2}, [{"England": ["North"], "North": ["A1", "A2"]}])
    >>> table.counts[("England",)]
    9
    """
    lines = [_lines_of_descent(children) for children in dimensions]
    counts = dict.fromkeys(itertools.product(*lines), 0)
    for leaf, count in leaves.items():
        if leaf not in counts or any(name in children for name, children in zip(leaf, dimensions, strict=True)):
            raise ValueError(f"{leaf} is no innermost cell of the table; give one innermost name a dimension.")
        for cell in itertools.product(*(line[name] for name, line in zip(leaf, lines, strict=True))):
            counts[cell] += count
    relations = []
    for axis, children in enumerate(dimensions):
        for cell in itertools.product(*lines[:axis], children, *lines[axis + 1 :]):
            parts = ((*cell[:axis], child, *cell[axis + 1 :]) for child in children[cell[axis]])
            relations.append(Relation(cell, tuple(parts)))
    return Table(counts, tuple(relations))


def apart(table: Table, known: Collection[Cell] = ()) -> Iterator[Table]:
    """Part a table where nothing, or only what readers know, connects it: what is hidden in one part protects no other.

    Parameters
    ----------
    table
        The whole.
    known
        Cells that stay shown, which stand in every part that they are a total or a part of.

    Yields
    ------
    Table
        A part with at least one cell that is not known.
    """
    leader: dict[Cell, Cell] = {cell: cell for cell in table.counts}

    def of(cell: Cell) -> Cell:
        while leader[cell] != cell:
            leader[cell] = leader[leader[cell]]
            cell = leader[cell]
        return cell

    for each in table.relations:
        unknown = [cell for cell in (each.total, *each.parts) if cell not in known]
        for one, other in pairwise(unknown):
            leader[of(one)] = of(other)
    members: dict[Cell, set[Cell]] = defaultdict(set)
    relations: dict[Cell, list[Relation]] = defaultdict(list)
    for each in table.relations:
        unknown = [cell for cell in (each.total, *each.parts) if cell not in known]
        if unknown:
            relations[of(unknown[0])].append(each)
            members[of(unknown[0])] |= {each.total, *each.parts}
    for cell in table.counts:
        if cell not in known:
            members[of(cell)].add(cell)
    for top, cells in members.items():
        yield Table({cell: table.counts[cell] for cell in table.counts if cell in cells}, tuple(relations[top]))


def total_and_parts(names: Iterable[Hashable]) -> Children:
    """Return the plainest hierarchy: a total of all names."""
    return {TOTAL: list(names)}


def equations(relations: Sequence[Relation], cells: Iterable[Cell]) -> csr_array:
    """Write relations as equations, parts less total is 0: a row for each relation, a column for each cell."""
    place = {cell: column for column, cell in enumerate(cells)}
    rows, columns, signs = [], [], []
    for row, relation in enumerate(relations):
        rows += [row] * (1 + len(relation.parts))
        columns += [place[relation.total], *(place[part] for part in relation.parts)]
        signs += [-1.0, *([1.0] * len(relation.parts))]
    return csr_array((signs, (rows, columns)), shape=(len(relations), len(place)))


def _lines_of_descent(children: Children) -> dict[Hashable, tuple[Hashable, ...]]:
    """Return for each name, top first, itself and all that it is part of."""
    below = [child for names in children.values() for child in names]
    lines: dict[Hashable, tuple[Hashable, ...]] = {}
    waiting: list[tuple[Hashable, tuple[Hashable, ...]]] = [(name, (name,)) for name in children if name not in below]
    tops = len(waiting)
    while waiting:
        name, line = waiting.pop()
        lines[name] = line
        waiting += [(child, (child, *line)) for child in children.get(name, ())]
    if tops != 1 or len(lines) != 1 + len(below):
        raise ValueError(f"{dict(children)} is no hierarchy: it has one top, and every other name one parent.")
    return lines
