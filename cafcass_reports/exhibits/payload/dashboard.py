"""A dashboard: what it shows for every choice of its reader."""

from __future__ import annotations

from pydantic import Field

from cafcass_reports.exhibits.payload.charts import ChartPayload
from cafcass_reports.exhibits.payload.shown import Payload, Shown
from cafcass_reports.exhibits.payload.tables import TablePayload


class Slicer(Payload):
    """One choice that a reader of a dashboard makes: what is asked, and what can be chosen.

    ``adds_up`` says that the first option is the whole of the others.
    """

    label: str
    options: tuple[str, ...] = Field(min_length=1)
    adds_up: bool = False


class Characteristic(Payload):
    """What a dashboard counts people by: its groups, the first of them followed over time, the last not known."""

    name: str
    groups: tuple[str, ...] = Field(min_length=2)


class SlicedState(Payload):
    """What a dashboard shows for one choice a slicer.

    ``counts`` holds those of each characteristic's groups, rounded; ``shares`` per cent of those known, worked out from
    the rounded counts, ``None`` of too few people and of those not known. ``local`` are the shares of the population
    that it is compared with, which ``local_of`` names.
    """

    chosen: tuple[str, ...]
    posts: int
    counts: tuple[tuple[int, ...], ...]
    shares: tuple[tuple[float | None, ...], ...]
    local_of: str
    local: tuple[tuple[float | None, ...], ...]


class DashboardPayload(Shown):
    """Counts by characteristic for every choice that its slicers can make, all of them rounded to ``rounded_to``.

    ``states`` come in the order of the slicers' options, the last slicer's the fastest, and ``first`` is the place of
    the one shown first. ``chart`` and ``table`` show that one wherever nobody can choose: deck, summary, review page,
    a browser without script.
    """

    slicers: tuple[Slicer, ...]
    characteristics: tuple[Characteristic, ...]
    states: tuple[SlicedState, ...]
    first: int
    rounded_to: int
    chart: ChartPayload
    table: TablePayload
    note: str = ""
