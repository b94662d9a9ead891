"""Disclosure control: a published table tells nothing of a few people.

Counts of 1 to 4 are hidden and true zeros shown (the threshold is a choice), and as many more counts as it takes
that nobody finds a hidden one by subtraction: the Government Statistical Service's guidance on tables from
administrative sources, and Hundepool and others, *Statistical Disclosure Control* (2012).

================== =============================================================
`protect`          hide the small counts of a table, and what would give them away
`attack`           what can be worked out of a table that hides counts
`rounded`          the other way: round every count, and hide none
`percentages`      shares of rounded counts
`controlled`       round every count so that the rounded counts add up
`bounds`           what can be worked out of such counts
`crossed`          a hierarchy, or a table of any number of dimensions, for the two below
`apart`            such a table in parts that have nothing to do with each other
`suppress`         which of its cells to hide
`confined`         which of them are known to be small
`intervals`        what can be worked out of them
================== =============================================================
"""

from cafcass_reports.statistics.disclosure.audit import confined, intervals
from cafcass_reports.statistics.disclosure.controlled import bounds, controlled
from cafcass_reports.statistics.disclosure.frames import Protected, attack, protect
from cafcass_reports.statistics.disclosure.rounding import percentages, rounded
from cafcass_reports.statistics.disclosure.suppression import suppress
from cafcass_reports.statistics.disclosure.tables import Relation, Table, apart, crossed

__all__ = [
    "Protected",
    "Relation",
    "Table",
    "apart",
    "attack",
    "bounds",
    "confined",
    "controlled",
    "crossed",
    "intervals",
    "percentages",
    "protect",
    "rounded",
    "suppress",
]
