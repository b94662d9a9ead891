"""Charts: values in the chart and in its workbook are renewed, its look is left as it is."""

from __future__ import annotations

import copy
import io
import re
from collections.abc import Sequence
from typing import Any

import openpyxl

from cafcass_reports.exporters.deck import state
from cafcass_reports.exporters.deck.names import qn
from cafcass_reports.exporters.deck.refresh import labels
from cafcass_reports.exporters.deck.refresh.alignment import align
from cafcass_reports.exporters.deck.refresh.findings import Told
from cafcass_reports.exporters.deck.state import ChartState, SeriesState, digest

_FIRST_CELL = re.compile(r"\$?([A-Z]+)\$?(\d+)")


class _Merge:
    """One chart: the edited, the fresh, and what a hand changed in its data."""

    def __init__(self, part: Any, base: ChartState, fresh: Any, told: Told) -> None:
        self.part, self.base, self.fresh, self.told = part, base, fresh, told
        self.mine = list(part._element.iter(qn("c:ser")))
        self.new = list(fresh._element.iter(qn("c:ser")))
        names = [series.name for series in base.series]
        self.here = align(names, [digest(state.series_name(one)) for one in self.mine])
        self.there = align(names, [digest(state.series_name(one)) for one in self.new])
        self.cells: dict[str, float | str] = {}

    def run(self) -> None:
        new_categories = state.points(self.new[0], "c:cat") if self.new else []
        self.categories = align(self.base.categories, list(map(digest, new_categories)))
        if self._is_of_another_form():
            if not self._unmoved():
                self.told.conflict("Its rows or series were changed by hand, and its figures have moved.")
            return
        hand = state.points(self.mine[0], "c:cat")
        for at, said in enumerate(self.base.series):
            old = None if (place := self.here[at]) is None else self.mine[place]
            now = None if (place := self.there[at]) is None else self.new[place]
            if old is not None and now is not None:
                self._merge_series(old, said, now, hand)
            elif old is not None:
                old.getparent().remove(old)
                self.told.updated += 1
        for at, now in enumerate(self.new):
            if at not in self.there:
                self._add(now)
        self._merge_axes()
        self._write_workbook()

    def _is_of_another_form(self) -> bool:
        """Whether a hand has put in or taken out rows, or put in series."""
        counts = [len(state.points(one, "c:cat")) for one in self.mine]
        own = any(at not in self.here for at in range(len(self.mine)))
        return not self.mine or own or any(count != len(self.base.categories) for count in counts)

    def _unmoved(self) -> bool:
        return state.chart_state(self.fresh._element).series == self.base.series

    def _merge_series(self, old: Any, base: SeriesState, now: Any, hand: Sequence[str]) -> None:
        values, fresh_values = state.points(old, "c:val"), state.points(now, "c:val")
        name, kept = state.series_name(old), {}
        for at, said in enumerate(base.values):
            place = self.categories[at]
            if at >= len(values) or digest(values[at]) == said:
                continue
            now_says = fresh_values[place] if place is not None and place < len(fresh_values) else ""
            if place is not None:
                kept[place] = values[at]
            if digest(now_says) != said and now_says != values[at]:
                yours = f"{name}, {hand[at]}: {values[at] or 'nothing'}"
                self.told.conflict("A value edited by hand, and its figure has moved.", yours, now_says)
        self.told.updated += [digest(value) for value in fresh_values] != list(base.values)
        named = digest(name) != base.name
        if named and digest(state.series_name(now)) != base.name:
            self.told.conflict("A series named by hand, whose name has moved.", name, state.series_name(now))
        for what in ("c:cat", "c:val"):
            _transplant(old, now, what)
        if not named:
            _transplant(old, now, "c:tx")
        for place, value in kept.items():
            _set_point(old, place, value)
            self._set_cell(now, "c:val", place, float(value) if value else "")
        if named:
            self._set_cell(now, "c:tx", 0, name)
        self._keep_categories(old, now, hand)
        if state.whiskers(old) == base.whiskers:
            _transplant(old, now, "c:errBars")
        labels.merge(old, base, now, self.told)
        labels.move_marks(old, base, now)

    def _keep_categories(self, old: Any, now: Any, hand: Sequence[str]) -> None:
        """Leave the categories that a hand has named."""
        for at, said in enumerate(self.base.categories):
            place = self.categories[at]
            if place is not None and digest(hand[at]) != said:
                found = [one for one in old.find(qn("c:cat")).iter(qn("c:pt")) if one.get("idx") == str(place)]
                for point in found:
                    point.find(qn("c:v")).text = hand[at]
                self._set_cell(now, "c:cat", place, hand[at])

    def _merge_axes(self) -> None:
        """Renew scales, and the room that their figures leave the plot, where a hand has changed neither."""
        plots = [one._element.find(f".//{qn('c:plotArea')}") for one in (self.part, self.fresh)]
        if state.moved(plots[0]) == self.base.plot:
            _transplant(plots[0], plots[1], "c:layout")
        mine, new = (list(one._element.iter(qn("c:valAx"))) for one in (self.part, self.fresh))
        for old, said, now in zip(mine, self.base.axes, new, strict=False):
            if state.scale(old) == said:
                # A bar of which a share is hidden is not stretched to 100 percent: its kind goes with its scale.
                for bars in zip(plots[0].iter(qn("c:barChart")), plots[1].iter(qn("c:barChart")), strict=False):
                    _transplant(*bars, "c:grouping")
                for name in ("c:scaling", "c:majorUnit"):
                    theirs, ours = now.find(qn(name)), old.find(qn(name))
                    if theirs is not None and ours is not None:
                        old.replace(ours, copy.deepcopy(theirs))

    def _add(self, now: Any) -> None:
        """Draw a series that the pack has anew, in the plot of the kind that it has there."""
        plot = next(iter(self.part._element.iter(now.getparent().tag)), None)
        if plot is None or not plot.findall(qn("c:ser")):
            self.told.conflict(
                "The pack has a series more, for which this chart has no plot.", now=state.series_name(now)
            )
            return
        series = copy.deepcopy(now)
        last = max(int(one.find(qn("c:idx")).get("val")) for one in self.part._element.iter(qn("c:ser")))
        for name in ("c:idx", "c:order"):
            series.find(qn(name)).set("val", str(last + 1))
        plot.findall(qn("c:ser"))[-1].addnext(series)
        self.told.updated += 1

    def _set_cell(self, series: Any, what: str, at: int, value: float | str) -> None:
        """Note that a hand's value stands in a cell of the workbook."""
        found = _FIRST_CELL.search(series.findtext(f"{qn(what)}//{qn('c:f')}", "").rpartition("!")[2])
        if found:
            self.cells[f"{found[1]}{int(found[2]) + at}"] = value

    def _write_workbook(self) -> None:
        """Take the fresh workbook, with the values that a hand has set."""
        blob = self.fresh.chart_workbook.xlsx_part.blob
        if self.cells:
            workbook = openpyxl.load_workbook(io.BytesIO(blob))
            sheet: Any = workbook.active
            for cell, value in self.cells.items():
                sheet[cell] = value if value != "" else None
            saved = io.BytesIO()
            workbook.save(saved)
            blob = saved.getvalue()
        self.part.chart_workbook.update_from_xlsx_blob(blob)


def merge(part: Any, base: ChartState, fresh: Any, told: Told) -> None:
    """Bring the data of a chart up to date.

    Parameters
    ----------
    part
        The chart's part in the edited deck; it is changed.
    base
        What the pack drew then.
    fresh
        The part as the pack draws it now.
    told
        Where findings go.
    """
    _Merge(part, base, fresh, told).run()


def _transplant(old: Any, now: Any, what: str) -> None:
    mine, new = old.find(qn(what)), now.find(qn(what))
    if mine is not None and new is not None:
        old.replace(mine, copy.deepcopy(new))


def _set_point(series: Any, at: int, value: str) -> None:
    """Write a value into the chart's own copy of its data; an empty one is a gap."""
    cache = series.find(f"{qn('c:val')}//{qn('c:numCache')}")
    known = {int(point.get("idx")): point for point in cache.findall(qn("c:pt"))}
    if not value:
        if at in known:
            cache.remove(known[at])
        return
    if at not in known:
        point = cache.makeelement(qn("c:pt"), {"idx": str(at)})
        point.append(point.makeelement(qn("c:v"), {}))
        following = [one for place, one in sorted(known.items()) if place > at]
        following[0].addprevious(point) if following else cache.append(point)
        known[at] = point
    known[at].find(qn("c:v")).text = value
