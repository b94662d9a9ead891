"""A projection as its owner states it, and the metrics that it gives: what is assumed, its interval and its record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any

from pydantic import Field, model_validator

from cafcass_reports.parameters import Strict


class Part(StrEnum):
    """What of a projection a metric shows, for each month ahead."""

    STOCK = "stock"
    LOW = "low"
    HIGH = "high"
    MISS = "miss"
    BIAS = "bias"
    HELD = "held"


class Assumption(Strict):
    """What is assumed, in words, and as a percentage of the same month a year before: cases opened and closed."""

    says: str = Field(min_length=1)
    intake: int = Field(ge=1, le=1000)
    throughput: int = Field(ge=1, le=1000)


class Projected(Strict):
    """How a metric is projected; see :mod:`cafcass_reports.statistics.projection`."""

    stock: str
    opened: str
    closed: str
    months: int = Field(ge=1, le=12)
    interval: int = Field(ge=50, le=95)
    assumed: Assumption
    illustrative: bool
    part: Part = Part.STOCK

    @property
    def share(self) -> Fraction:
        """Of projections, the share that the interval is to hold."""
        return Fraction(self.interval, 100)

    @property
    def intake(self) -> Fraction:
        """Cases opened, as a share of the same month a year before."""
        return Fraction(self.assumed.intake, 100)

    @property
    def throughput(self) -> Fraction:
        """Cases closed, as a share of the same month a year before."""
        return Fraction(self.assumed.throughput, 100)


class Projection(Strict):
    """An entry of ``params/projections.yml``: a stock, its flows, and what is assumed of them.

    ``as_now`` is the assumption that is shown with its interval and record; ``scenarios`` are others, by a short name.
    ``illustrative`` is true for assumptions that nobody has agreed: every place that shows them says so.
    """

    title: str
    phrase: str
    unit: str
    stock: str
    opened: str
    closed: str
    months: int = Field(ge=1, le=12)
    interval: int = Field(ge=50, le=95)
    illustrative: bool
    owner: str = Field(min_length=1)
    source: str = Field(min_length=1)
    in_force: date
    as_now: Assumption
    scenarios: dict[str, Assumption] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _names(self) -> Projection:
        for name in self.scenarios:
            if name in set(Part) or not name.isidentifier() or name != name.lower():
                raise ValueError(f"a scenario's name is small letters and digits, none of {', '.join(Part)}")
        return self

    def metrics(self, name: str) -> Iterator[dict[str, Any]]:
        """Give the entries of its metrics, whose ids begin with its name."""
        given = "Illustrative assumptions, agreed by nobody. " if self.illustrative else ""
        of = f"projected from {self.stock}, {self.opened} and {self.closed}"
        ahead = f"projections of the past that were made as many months ahead ({of})"
        share = f"{self.interval} in 100"
        yield self._metric(name, "", f"{_assumed(self.as_now)} {given}{of.capitalize()}.", Part.STOCK)
        for part, what, says in (
            (Part.LOW, "lower end", f"The projection less the miss that {share} {ahead} did not exceed."),
            (Part.HIGH, "upper end", f"The projection and the miss that {share} {ahead} did not exceed."),
            (Part.MISS, "size of past misses", f"Mean size of the misses of {ahead}."),
            (Part.BIAS, "past misses", f"Mean of what came less what was projected, of {ahead}."),
            (Part.HELD, "past intervals that held", f"Of {ahead}, the share whose interval, from misses known by then, "
             "held what came."),
        ):  # fmt: skip
            yield self._metric(f"{name}_{part}", what, says, part)
        for scenario, assumed in self.scenarios.items():
            what = scenario.replace("_", " ")
            yield self._metric(f"{name}_{scenario}", what, f"{_assumed(assumed)} {given}", Part.STOCK, assumed)

    def _metric(
        self, metric_id: str, what: str, definition: str, part: Part, assumed: Assumption | None = None
    ) -> dict[str, Any]:
        of_all = part is Part.HELD
        return {
            "id": metric_id,
            "title": f"{self.title}: {what}" if what else self.title,
            "phrase": f"{self.phrase}, {what}" if what else self.phrase,
            "definition": definition.strip(),
            "kind": "projected",
            "projection": {
                **{
                    key: getattr(self, key)
                    for key in ("stock", "opened", "closed", "months", "interval", "illustrative")
                },
                "assumed": (assumed or self.as_now).model_dump(),
                "part": part,
            },
            **({"multiplier": 100} if of_all else {}),
            "unit": "percent" if of_all else self.unit,
            "better": "neither",
            "decimals": 0,
            "owner": self.owner,
            "in_force": {"from": self.in_force},
        }


def _assumed(assumption: Assumption) -> str:
    return (
        f"{assumption.says}: {assumption.intake}% of the cases opened, and {assumption.throughput}% of those closed, "
        "in the same month a year before."
    )
