"""Areas: nation, region, area, team, each part of the one before."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Literal, TypeAlias

from cafcass_reports.errors import PackError, nearest

By: TypeAlias = Literal["region", "area", "team"]
"""The parts by which an author asks for something: the levels below the nation."""


class Level(StrEnum):
    """The levels at which everything is measured, from the whole to its parts."""

    NATION = "nation"
    REGION = "region"
    AREA = "area"
    TEAM = "team"

    @property
    def depth(self) -> int:
        """How many levels lie above it."""
        return _DEPTHS[self]


_DEPTHS = {level: depth for depth, level in enumerate(Level)}


@dataclass(frozen=True)
class Area:
    """A nation, region, area or team.

    Examples
    --------
    >>> Area(Level.AREA, "A15A", "South East").slug
    'a15a'
    """

    level: Level
    name: str
    part_of: str | None = None

    @cached_property
    def slug(self) -> str:
        """The name in lower case with hyphens, as folders and identifiers have it."""
        return re.sub(r"[^a-z0-9]+", "-", self.name.lower()).strip("-")

    @property
    def parts(self) -> Literal["area", "team"]:
        """The level of the parts that it is compared by: areas, and within an area teams."""
        return "area" if self.level in (Level.NATION, Level.REGION) else "team"


class Areas(Collection[Area]):
    """All areas of an organisation, the nation first."""

    def __init__(self, areas: Sequence[Area]) -> None:
        self._areas = tuple(areas)
        self._by_name = {area.name.lower(): area for area in areas}

    def named(self, name: str) -> Area:
        """Return the area of that name, whatever its case.

        Raises
        ------
        PackError
            Where there is none.
        """
        found = self._by_name.get(name.strip().lower())
        if found is None:
            known = [area.name for area in self._areas if area.level is not Level.TEAM]
            raise PackError(
                f"There is no area {name!r}.",
                valid=nearest(name, known),
                next_step="Areas are those of the 'areas' extract.",
            )
        return found

    @property
    def nation(self) -> Area:
        """The nation, of which all others are part."""
        return self._areas[0]

    def __len__(self) -> int:
        return len(self._areas)

    def __iter__(self) -> Iterator[Area]:
        return iter(self._areas)

    def __contains__(self, area: object) -> bool:
        return area in self._areas
