"""What a pack reports on: its period and snapshot, and every period and day for which it is measured."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from cafcass_reports.periods import (
    APRIL,
    FRIDAY,
    WEEK,
    WINDOWS_OF_MONTHS,
    Period,
    Snapshot,
    Span,
    Window,
    add_months,
)


@dataclass(frozen=True)
class Reporting:
    """What a pack reports on: its period, its snapshot, and when the records begin.

    Parameters
    ----------
    period
        The pack's period, as a rule the financial year to date.
    snapshot
        The day of its snapshot.
    history_from
        The first day of the first month that is measured.
    dated
        The pack's own date, up to which returned figures are shown; the day that closes its records where it is
        not given.
    latest
        The last day of a later month up to which records are known too. What happened after the period is told in
        commentary, month by month and on the first of each; no window, trend or scorecard reaches beyond the period.
    previous
        What the pack before reported on, which is measured too, so that a paper can say what changed since.
    """

    period: Period
    snapshot: Snapshot
    history_from: date
    dated: date | None = None
    latest: date | None = None
    previous: Reporting | None = None

    def window(self, window: Window) -> Period:
        """Return the months that a window of this pack covers.

        Raises
        ------
        ValueError
            For the latest week: which one that is, the returns say (`Measurements.when`).
        """
        if window is Window.LATEST_WEEK:
            raise ValueError("a week is no months")
        if window is Window.YEAR_TO_DATE:
            return self.period
        end = add_months(self.period.last.replace(day=1), 1)
        if window is Window.LATEST_QUARTER:
            end = add_months(end, -((end.month - 1) % 3))
        return Period.of_months(add_months(end, -3), 3)

    def months(self) -> list[Period]:
        """Every month from the start of the records to the end of the period, in order."""
        return list(self._months)

    @cached_property
    def _months(self) -> tuple[Period, ...]:
        return tuple(self._blocks(self.history_from, 1))

    def quarters(self) -> list[Period]:
        """Every complete financial quarter, in order."""
        return self._blocks(add_months(self.history_from, -(self.history_from.month - 1) % 3), 3)

    def years(self) -> list[Period]:
        """Every complete financial year, in order."""
        return self._blocks(add_months(self.history_from, (APRIL - self.history_from.month) % 12), 12)

    def weeks(self) -> list[Span]:
        """Every week from the start of the records to the pack's own date, in order."""
        first = self.history_from + timedelta(days=(FRIDAY - self.history_from.weekday()) % 7)
        count = (self.returned_up_to - first).days // 7 + 1
        return [Span.week_to(first + number * WEEK) for number in range(count)]

    def same_window(self, window: Window) -> list[Period]:
        """The window in this and every earlier year of the records, in order."""
        found = [self.window(window)]
        while (before := found[0].year_before()).first >= self.history_from:
            found.insert(0, before)
        return found

    def same_day(self) -> list[Snapshot]:
        """The pack's snapshot, and the same day in every earlier year of the records, in order."""
        found = [self.snapshot]
        while (before := found[0].year_before()).day >= self.history_from:
            found.insert(0, before)
        return found

    def periods(self) -> list[Period]:
        """Every period that is measured, each once, in order."""
        return list(self._periods)

    @cached_property
    def _periods(self) -> tuple[Period, ...]:
        blocks = [
            self.months(),
            self._later(),
            self._to_latest(),
            self.quarters(),
            self.years(),
            *map(self.same_window, WINDOWS_OF_MONTHS),
            *(map(self.previous.same_window, WINDOWS_OF_MONTHS) if self.previous else ()),
        ]
        return tuple(sorted({period for block in blocks for period in block}))

    def yearly(self) -> list[Period]:
        """Every complete financial year, and the year to date with those before it, in order."""
        return sorted({*self.years(), *self.same_window(Window.YEAR_TO_DATE)})

    def snapshots(self) -> list[Snapshot]:
        """Every day on which is counted: the first of each month, the pack's snapshot and those of the years before."""
        return list(self._snapshots)

    @cached_property
    def _snapshots(self) -> tuple[Snapshot, ...]:
        found = self._own_snapshots() | {self.closing(month) for month in self._later()}
        return tuple(sorted(found | (self.previous._own_snapshots() if self.previous else set())))

    def monthly_snapshots(self) -> list[Snapshot]:
        """The first day of every month up to the pack's snapshot, in order."""
        return list(self._monthly_snapshots)

    @cached_property
    def _monthly_snapshots(self) -> tuple[Snapshot, ...]:
        return tuple(sorted(snapshot for snapshot in self._own_snapshots() if snapshot.day.day == 1))

    @staticmethod
    def closing(period: Period) -> Snapshot:
        """Return the snapshot that closes a period: the first day after it."""
        return Snapshot(period.last + timedelta(days=1))

    @staticmethod
    def opening(period: Period) -> Snapshot:
        """Return the snapshot with which a period begins: its first day."""
        return Snapshot(period.first)

    @property
    def returned_up_to(self) -> date:
        """The last day for which returned figures are shown."""
        return self.dated or self._horizon

    @property
    def _horizon(self) -> date:
        return max(self.snapshot.day, self.period.last + timedelta(days=1))

    def _own_snapshots(self) -> set[Snapshot]:
        days = {Snapshot(month.first) for month in self.months()} | {self.snapshot, self.closing(self.period)}
        days |= set(self.same_day())
        return {snapshot for snapshot in days if snapshot.day <= self._horizon}

    def _later(self) -> list[Period]:
        """The months after the period of which records are known too."""
        found = []
        month = Period.of_months(self.closing(self.period).day, 1)
        while self.latest is not None and month.last <= self.latest:
            found.append(month)
            month = Period.of_months(self.closing(month).day, 1)
        return found

    def _to_latest(self) -> list[Period]:
        """The period up to the last of the later months, where there are any."""
        return [Period(self.period.first, month.last) for month in self._later()[-1:]]

    def _blocks(self, first: date, months: int) -> list[Period]:
        found = []
        while (block := Period.of_months(first, months)).last <= self.period.last:
            found.append(block)
            first = add_months(first, months)
        return found
