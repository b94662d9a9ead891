"""Suppression: what of the disclosive metrics is hidden, before anything is kept or shown.

A family of metrics is protected as one table: its counts and how they add up by grade or other share, by area, and
over time. Nation, regions and areas come first, then the teams of each area; at the end all of it is tried as an
attacker would, together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from types import MappingProxyType
from typing import Any, TypeAlias, cast

import pandas as pd

from cafcass_reports.extracts.schemas import TABLES
from cafcass_reports.metrics.areas import Area, Areas, Level
from cafcass_reports.metrics.catalogue import Catalogue
from cafcass_reports.metrics.counted import Family, Records, every, families
from cafcass_reports.metrics.expressions import national, of_teams_alone
from cafcass_reports.metrics.metric import Metric
from cafcass_reports.metrics.published import PublishedCell
from cafcass_reports.metrics.scope import shown_for
from cafcass_reports.periods import Period, When
from cafcass_reports.reporting import Reporting
from cafcass_reports.statistics.disclosure import Relation, Table, apart, suppress

Cell: TypeAlias = tuple[Records, str, When]

_ELSEWHERE = "elsewhere in the nation"  # posts without a team, which count for the nation alone


def protect(
    frame: pd.DataFrame,
    catalogue: Catalogue,
    areas: Areas,
    reporting: Reporting,
    published: Sequence[PublishedCell] = (),
) -> pd.DataFrame:
    """Hide what would say something of a few people.

    Parameters
    ----------
    frame
        Measured figures, as :func:`cafcass_reports.metrics.measure.measure` has them.
    catalogue, areas, reporting
        What was measured, where and when.
    published
        What earlier packs showed and hid.

    Returns
    -------
    pandas.DataFrame
        The frame with a column ``suppressed``; numerator and denominator are missing where it is true. Of disclosive
        metrics it keeps only the periods of :func:`~cafcass_reports.metrics.scope.shown_for`, and of all no parts
        smaller than they name.
    """
    frame = _large_enough(frame, catalogue, areas).assign(suppressed=False)
    of_metric = {str(metric): rows for metric, rows in frame.groupby("metric", sort=False)}
    protected = []
    for family in families(catalogue.values()):
        rows = {metric.id: of_metric.pop(metric.id, frame[:0]) for metric in family.metrics}
        earlier = _earlier(published, catalogue, family)
        hidden = _Protection(family, areas, reporting, _Counts(rows, family, reporting), earlier).hidden()
        protected += _masked(rows, family, areas, reporting, hidden)
    frames = [frame[frame["metric"].isin(of_metric.keys())], *protected]
    return pd.concat([each for each in frames if len(each)] or frames, ignore_index=True)


def _large_enough(frame: pd.DataFrame, catalogue: Catalogue, areas: Areas) -> pd.DataFrame:
    """Leave out the parts of the nation that are smaller than a metric names."""
    too_small = pd.Series(False, index=frame.index)
    for level in set(Level) - {Level.TEAM}:
        metrics = [metric.id for metric in catalogue.values() if metric.down_to is level]
        smaller = [area.name for area in areas if area.level.depth > level.depth]
        too_small |= frame["metric"].isin(metrics) & frame["area"].isin(smaller)
    return frame[~too_small]


def structure(
    family: Family, areas: Areas, reporting: Reporting, earlier: Mapping[Cell, bool] = MappingProxyType({})
) -> Table:
    """Return how a family's counts add up, all of them 0: what everybody knows of it.

    Parameters
    ----------
    family
        Disclosive metrics that are protected together.
    areas, reporting
        Where and when they are measured.
    earlier
        Cells that earlier packs published.
    """
    whole = _Protection(family, areas, reporting, _Counts({}, family, reporting), earlier).whole
    return Table(whole.counts, tuple(whole.sums))  # type: ignore[arg-type]


class _Counts:
    """A family's counts by records, area and period or day."""

    def __init__(self, of_metric: Mapping[str, pd.DataFrame], family: Family, reporting: Reporting) -> None:
        self._months = [period for period in reporting.periods() if period.months == 1]
        self._flows = family.metrics[0].on_a_day is False
        self._counts: dict[tuple[Records, str, str], int] = {}
        for metric in family.metrics if of_metric else ():
            rows = of_metric[metric.id]
            moments = rows["period_from"] + "_" + rows["period_to"] if self._flows else rows["as_at"]
            for column, records in zip(("numerator", "denominator"), every(metric), strict=False):
                for area, moment, count in zip(rows["area"], moments, rows[column], strict=True):
                    self._counts[records, area, moment] = int(count)

    def __call__(self, records: Records, area: str, when: When) -> int:
        if isinstance(when, Period):
            return sum(self._counts.get((records, area, month.key), 0) for month in self.months(when))
        return self._counts.get((records, area, when.key), 0)

    def months(self, period: Period) -> list[Period]:
        """The months of a period."""
        return [month for month in self._months if period.first <= month.first <= period.last]

    def known(self, when: When) -> bool:
        """Whether all months of a period are measured."""
        return not isinstance(when, Period) or len(self.months(when)) == when.months


def _earlier(published: Iterable[PublishedCell], catalogue: Catalogue, family: Family) -> dict[Cell, bool]:
    """Which cells of a family were published, and whether they were hidden; once hidden is hidden."""
    found: dict[Cell, bool] = {}
    for cell in published:
        records = cell.records(catalogue)
        if records is not None and records in family.records:
            key = (records, cell.area, cell.when)
            found[key] = cell.hidden or found.get(key, False)
    return found


@dataclass
class _Whole:
    """A table as it is put together: its counts, its sums, and the cells that nobody publishes."""

    counts: dict[Cell, int]
    sums: list[Relation]
    unpublished: set[Cell]

    def within(self, cells: Collection[Cell]) -> Table:
        """The table of some of the cells."""
        of = set(cells)
        held = [each for each in self.sums if each.total in of and of.issuperset(each.parts)]
        return Table({cell: self.counts[cell] for cell in self.counts if cell in of}, tuple(held))


class _Protection:
    """The protection of one family."""

    def __init__(
        self, family: Family, areas: Areas, reporting: Reporting, counts: _Counts, earlier: Mapping[Cell, bool]
    ) -> None:
        self._family = family
        self._areas = areas
        self._counts = counts
        self._earlier = earlier
        self._nation = areas.nation.name
        self._below = {} if national(family.metrics[0]) else _children(areas, family.down_to)
        self._some_elsewhere = not of_teams_alone(family.metrics[0])
        self._level = {area.name: area.level for area in areas} | {_ELSEWHERE: Level.REGION}
        self._figures = self._shown(reporting)
        self.whole = self._put_together(reporting)

    def hidden(self) -> frozenset[Cell]:
        """Return the cells to hide."""
        kept_before, hidden_before = (
            {cell for cell, was in self._earlier.items() if was is hidden and cell in self.whole.counts}
            for hidden in (False, True)
        )
        nation = [cell for cell in self.whole.counts if cell[1] == self._nation]
        hidden = self._suppressed(nation, shown=kept_before, hidden=hidden_before)
        stays = {cell for cell in nation if cell not in hidden}
        above_teams = [cell for cell in self.whole.counts if self._level[cell[1]] is not Level.TEAM]
        hidden |= self._suppressed(above_teams, shown=stays | kept_before, hidden=hidden | hidden_before)
        for area in self._areas:
            if area.level is Level.AREA and area.name in self._below:
                teams = {area.name, *self._below[area.name]}
                cells = [cell for cell in self.whole.counts if cell[1] in teams]
                settled = {cell for cell in cells if cell[1] == area.name and cell not in hidden}
                hidden |= self._suppressed(cells, shown=settled | kept_before, hidden=hidden | hidden_before)
        # A figure is hidden with all that it counts, and what no figure shows must not be known exactly either.
        while True:
            unseen = hidden | self._with_their_figures(hidden) - kept_before
            hidden = self._suppressed(list(self.whole.counts), shown=stays | kept_before, hidden=unseen, fewest=False)
            if hidden == unseen:
                return hidden

    def _with_their_figures(self, hidden: Collection[Cell]) -> set[Cell]:
        """Return what only figures with a hidden cell count."""
        cells: dict[bool, set[Cell]] = {True: set(), False: set()}
        for figure in self._figures:
            cells[any(cell in hidden for cell in figure)].update(figure)
        return cells[True] - cells[False]

    def _suppressed(
        self, cells: Collection[Cell], *, shown: Collection[Cell], hidden: Collection[Cell], fewest: bool = True
    ) -> frozenset[Cell]:
        """Protect some of the cells, in parts that have nothing to do with each other."""
        table = self.whole.within(cells)
        small = {cell for cell, count in table.counts.items() if 0 < count < self._family.threshold}
        # What was shown before and is small now is hidden all the same: the next best to never having shown it.
        shown = {cell for cell in shown if cell in table.counts and cell not in small and cell not in hidden}
        hidden = {cell for cell in hidden if cell in table.counts}
        found: set[Cell] = set(hidden)
        for part in apart(table, shown):
            if any(cell in small or cell in hidden for cell in part.counts):
                found |= self._of_part(part, shown, hidden, fewest)
        return frozenset(found)

    def _of_part(self, part: Table, shown: set[Cell], hidden: set[Cell], fewest: bool) -> frozenset[Cell]:
        def chosen(stays: Collection[Cell]) -> frozenset[Cell]:
            found = suppress(
                part,
                self._family.threshold,
                shown=stays,
                hidden=hidden,
                unpublished=self.whole.unpublished,
                zeros_shown=False,
                fewest=fewest,
            )
            return cast("frozenset[Cell]", found)

        try:
            return chosen(shown)
        except ValueError:
            # Earlier packs have shown too much for all of it to stay: at least this one does not add to it.
            return chosen(())

    def _put_together(self, reporting: Reporting) -> _Whole:
        whole = _Whole({}, [], set())
        over_time = self._over_time(reporting)
        for place in [self._nation, *(name for parts in self._below.values() for name in parts)]:
            times = over_time[place == self._nation]
            for when, parts in times.items():
                self._at(whole, place, when)
                for records in self._family.records if parts else ():
                    whole.sums.append(Relation((records, place, when), tuple((records, place, p) for p in parts)))
        self._by_area(whole)
        published = {*self._earlier, *(cell for figure in self._figures for cell in figure)}
        whole.unpublished |= whole.counts.keys() - published
        return whole

    def _at(self, whole: _Whole, place: str, when: When) -> None:
        """Add what is counted in one place at one time, and how it adds up."""
        for records in self._family.records:
            whole.counts[records, place, when] = self._counts(records, place, when)
        for each in self._family.sums:
            cells = [(records, place, when) for records in each.parts]
            for cell in cells:
                if cell not in whole.counts:
                    known = sum(whole.counts[other] for other in cells if other != cell)
                    whole.counts[cell] = whole.counts[each.whole, place, when] - known
                    whole.unpublished.add(cell)
            whole.sums.append(Relation((each.whole, place, when), tuple(cells)))

    def _by_area(self, whole: _Whole) -> None:
        for place, parts in self._below.items():
            of_place = [cell for cell in whole.counts if cell[1] == place and cell[0] in self._family.records]
            for cell in of_place:
                cells = [(cell[0], part, cell[2]) for part in parts]
                if not all(part in whole.counts for part in cells):
                    continue
                left = whole.counts[cell] - sum(whole.counts[part] for part in cells)
                if place == self._nation and self._some_elsewhere:
                    rest = (cell[0], _ELSEWHERE, cell[2])
                    whole.counts[rest] = left
                    whole.unpublished.add(rest)
                    cells.append(rest)
                whole.sums.append(Relation(cell, tuple(cells)))

    def _shown(self, reporting: Reporting) -> list[tuple[Cell, ...]]:
        """The cells that each figure of the pack counts."""
        periods: list[When] = [*reporting.periods(), *reporting.snapshots()]
        figures = []
        for area in self._areas:
            for metric in self._family.metrics:
                own, counted = shown_for(metric, area, reporting), every(metric)
                for when in periods if own is None else own:
                    figures.append(tuple((records, area.name, when) for records in counted))
        return figures

    def _over_time(self, reporting: Reporting) -> dict[bool, dict[When, list[When]]]:
        """When is counted for the nation (True) and for its parts (False), and what each time is made of."""
        metrics = self._family.metrics
        some_part = next((area for area in self._areas if area.level is not Level.NATION), self._areas.nation)
        # In the order of their keys: a set's own is another in each process, and so would be what is hidden of equals.
        own = sorted({when for metric in metrics for when in shown_for(metric, some_part, reporting) or ()}, key=_key)
        if metrics[0].on_a_day:
            return {True: {day: [] for day in reporting.snapshots()}, False: {day: [] for day in own}}
        before = {when for _, _, when in self._earlier if self._counts.known(when)}
        own_periods = [when for when in own if isinstance(when, Period)]
        overlapping = {
            when
            for when in before
            if isinstance(when, Period) and any(when.first <= p.last and p.first <= when.last for p in own_periods)
        }
        pieces_of = _apart_in_time([*own_periods, *overlapping])
        of_parts: dict[When, list[When]] = {}
        for period, pieces in pieces_of.items():
            of_parts[period] = [] if pieces == [period] else [*pieces]
            for piece in pieces:
                of_parts.setdefault(piece, [])
        of_nation: dict[When, list[When]] = {}
        for when in dict.fromkeys([*reporting.periods(), *of_parts]):
            months = self._counts.months(when) if isinstance(when, Period) else []
            of_nation[when] = [*months] if len(months) > 1 else []
        return {True: of_nation, False: of_parts}


def _key(when: When) -> str:
    return when.key


def _apart_in_time(periods: Iterable[Period]) -> dict[Period, list[Period]]:
    """Cut periods at each other's ends, so that all of them are made of pieces that do not overlap."""
    wanted = sorted(set(periods))
    ends = sorted({day for period in wanted for day in (period.first, Reporting.closing(period).day)})
    pieces = [Period(first, after - timedelta(days=1)) for first, after in pairwise(ends)]
    return {
        period: [piece for piece in pieces if period.first <= piece.first and piece.last <= period.last]
        for period in wanted
    }


def _children(areas: Areas, down_to: Level) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for area in areas:
        if area.part_of is not None and area.level.depth <= down_to.depth:
            found[area.part_of].append(area.name)
    return dict(found)


def _masked(
    of_metric: Mapping[str, pd.DataFrame],
    family: Family,
    areas: Areas,
    reporting: Reporting,
    hidden: Collection[Cell],
) -> list[pd.DataFrame]:
    """Leave out what is not measured for parts of the nation, and empty what is hidden, zeros among it."""
    frames = []
    for metric in family.metrics:
        rows, counted = of_metric[metric.id], every(metric)
        shown: set[tuple[str, str]] = set()
        emptied: list[Mapping[Hashable, Any]] = []
        for area in areas:
            own = shown_for(metric, area, reporting)
            known = [*reporting.snapshots()] if metric.on_a_day else [*reporting.periods()]
            for when in known if own is None else sorted(own, key=_key):
                if any((records, area.name, when) in hidden for records in counted):
                    emptied.append(_hidden_row(metric, area, when))
                else:
                    shown.add((area.name, when.key))
        moments = rows["as_at"].where(rows["as_at"].notna(), rows["period_from"] + "_" + rows["period_to"])
        frames.append(rows[[place in shown for place in zip(rows["area"], moments, strict=True)]])
        frames.append(pd.DataFrame(emptied, columns=rows.columns).astype(rows.dtypes))
    return frames


def _hidden_row(metric: Metric, area: Area, when: When) -> Mapping[Hashable, Any]:
    flows = isinstance(when, Period)
    return {
        "metric": metric.id,
        "area": area.name,
        "period_from": when.first.isoformat() if flows else None,
        "period_to": when.last.isoformat() if flows else None,
        "as_at": None if flows else when.first.isoformat(),
        "numerator": None,
        "denominator": None,
        "source": TABLES[metric.table or ""].title,
        "suppressed": True,
    }
