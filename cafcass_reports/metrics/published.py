"""What was published before: which cells of disclosive metrics were shown, and which were hidden."""

from __future__ import annotations

from typing import NamedTuple

from cafcass_reports.metrics.catalogue import Catalogue
from cafcass_reports.metrics.counted import Records, above, below, counts_rows
from cafcass_reports.periods import When


class PublishedCell(NamedTuple):
    """A cell of a disclosive metric as an earlier pack had it; no count, shown or hidden, is kept.

    ``cell`` names what is counted by a metric and its part: ``audits_met.numerator``.
    """

    cell: str
    area: str
    when: When
    hidden: bool

    def records(self, catalogue: Catalogue) -> Records | None:
        """Return what is counted; None where the metric is no longer in the catalogue, or is not counted so."""
        metric_id, _, part = self.cell.partition(".")
        if metric_id not in catalogue or not counts_rows(catalogue[metric_id]):
            return None
        return above(catalogue[metric_id]) if part == "numerator" else below(catalogue[metric_id])
