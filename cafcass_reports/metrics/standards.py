"""What a process is held against: its target, and the months in which its limits start again, with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from pydantic import Field, field_validator

from cafcass_reports.errors import CafcassReportsError, nearest
from cafcass_reports.metrics.catalogue import Catalogue
from cafcass_reports.metrics.metric import Better
from cafcass_reports.parameters import Strict


class Target(Strict):
    """What a metric aims for, in its unit, from a day on.

    ``illustrative`` is true for a target that nobody has agreed: every place that shows it says so. ``source`` is
    the plan or decision that sets it, ``owner`` the role that answers for it.
    """

    target: float = Field(allow_inf_nan=False)
    illustrative: bool
    from_: date = Field(alias="from")
    owner: str = Field(min_length=1)
    source: str = Field(min_length=1)


class Rebase(Strict):
    """A month in which the process is known to have changed, so that its limits start again, and why."""

    metric: str
    month: date
    reason: str = Field(min_length=1)

    @field_validator("month")
    @classmethod
    def _first_day(cls, month: date) -> date:
        if month.day != 1:
            raise ValueError("a month is given by its first day, as 2020-04-01")
        return month


@dataclass(frozen=True)
class Standards:
    """Targets by metric, and rebases."""

    targets: Mapping[str, Target] = field(default_factory=dict)
    rebases: tuple[Rebase, ...] = ()

    def of(self, metric: str) -> tuple[Target | None, tuple[Rebase, ...]]:
        """Return a metric's target and its rebases in order of time."""
        own = [rebase for rebase in self.rebases if rebase.metric == metric]
        return self.targets.get(metric), tuple(sorted(own, key=lambda rebase: rebase.month))


NO_STANDARDS = Standards()
"""For what has neither."""


def check_targets(targets: Mapping[str, Target], catalogue: Catalogue, error: type[CafcassReportsError]) -> None:
    """Refuse a target that no chart could be held against.

    Raises
    ------
    CafcassReportsError
        ``error``, where the metric is not known, is a count (which grows with its area), or has no better way.
    """
    _check_known(targets, catalogue, "targets.yml", error)
    for name in targets:
        metric = catalogue[name]
        if not metric.divided or metric.better is Better.NEITHER:
            raise error(
                f"targets.yml: {name} has a target, but is "
                + ("a count, which grows with an area's size." if not metric.divided else "better neither way."),
                valid="A share, mean or rate that is better higher or lower.",
            )


def check_rebases(rebases: Iterable[Rebase], catalogue: Catalogue, error: type[CafcassReportsError]) -> None:
    """Refuse a rebase of a metric that is not known, or given twice; ``error`` is what is raised."""
    given = list(rebases)
    _check_known([rebase.metric for rebase in given], catalogue, "rebases", error)
    keys = [(rebase.metric, rebase.month) for rebase in given]
    for metric, month in keys:
        if keys.count((metric, month)) > 1:
            raise error(f"rebases: {metric} starts again in {month:%B %Y} twice.", valid="One reason for each.")


def _check_known(names: Iterable[str], catalogue: Catalogue, where: str, error: type[CafcassReportsError]) -> None:
    for name in names:
        if name in catalogue.unread:
            raise error(f"{where}: the pack does not read what {name!r} is measured from.", next_step="Leave it out.")
        if name not in catalogue:
            raise error(f"{where}: there is no metric {name!r}.", valid=nearest(name, catalogue))
