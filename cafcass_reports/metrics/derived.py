"""Days that no extract holds and other rows of it give: when a case became open, and when it ceased to be.

A case is open while any of its applications is. Its applications, in the order in which they came, make spells: one
that comes after all before it have closed begins a new spell. The first row of a spell bears the day on which the case
became open, the last row the day on which it closed, so that counting these days counts each spell once, and

    open at one snapshot + became open since - closed since = open at the next.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Derived:
    """A date derived from other rows of a table.

    Parameters
    ----------
    sql
        Over the table as ``t``, in DuckDB's dialect.
    from_column
        The date column that it takes its days from.
    """

    sql: str
    from_column: str


_IN_ORDER = "partition by t.case_id order by t.received_on, t.application_id"
_CLOSED = "max(coalesce(t.closed_on, date '9999-12-31')) over ({order} rows between unbounded preceding and {last})"
_CLOSED_BEFORE = f"coalesce({_CLOSED.format(order=_IN_ORDER, last='1 preceding')}, date '0001-01-01')"
_CLOSED_BY_THEN = _CLOSED.format(order=_IN_ORDER, last="current row")
_NEXT = f"lead(t.received_on, 1, date '9999-12-31') over ({_IN_ORDER})"

DERIVED: Mapping[str, Mapping[str, Derived]] = MappingProxyType(
    {
        "cases": {
            "case_opened_on": Derived(
                f"case when t.received_on > {_CLOSED_BEFORE} then t.received_on end", "received_on"
            ),
            "case_closed_on": Derived(f"case when {_NEXT} > {_CLOSED_BY_THEN} then {_CLOSED_BY_THEN} end", "closed_on"),
        }
    }
)
"""By table and column; a metric names such a column in ``counted_on``."""
