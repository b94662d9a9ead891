"""Figures that a late row does not touch: they are taken over from what the pack measured last.

What the figures of a metric are made from is named as a whole: its definition and the extracts that it is counted in,
those of all metrics that are protected together with it, and everything else that is no extract. Only figures as they
were protected are ever kept, so metrics that are protected together are taken over together, or all measured anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from cafcass_reports.extracts import SourceFile
from cafcass_reports.metrics.catalogue import Catalogue, tables_of
from cafcass_reports.metrics.counted import families
from cafcass_reports.metrics.figure_rows import COLUMNS
from cafcass_reports.metrics.measure import measure
from cafcass_reports.metrics.published import PublishedCell
from cafcass_reports.reporting import Reporting

MadeFrom: TypeAlias = Mapping[str, str]
"""Of each metric that is measured what names all that its figures are made from."""

_TYPES = {"numerator": pa.int64(), "denominator": pa.int64(), "suppressed": pa.bool_()}
_SCHEMA = pa.schema([(column, _TYPES.get(column, pa.string())) for column in COLUMNS])
NOTHING: tuple[MadeFrom, pa.Table] = ({}, _SCHEMA.empty_table())
"""What a pack that was never measured measured last."""


def made_from(catalogue: Catalogue, files: Mapping[str, SourceFile], rest: object) -> MadeFrom:
    """Name all that the figures of each metric are made from.

    Parameters
    ----------
    catalogue
        The metrics; quotients of others are not measured, and are left out.
    files
        The file of each table that was read.
    rest
        All that they are made from beside the extracts, as its words (``repr``) say it.
    """
    alone = [(metric,) for metric in catalogue.values() if not metric.disclosive]
    found: dict[str, str] = {}
    for together in (*alone, *(family.metrics for family in families(catalogue.values()))):
        tables = {table for metric in together for table in tables_of(metric)}
        read = {name: (files[name].name, files[name].sha256) for name in tables | {"areas"} if name in files}
        defined = [metric.model_dump(mode="json") for metric in together]
        named = hashlib.sha256(json.dumps([read, defined, repr(rest)], sort_keys=True).encode()).hexdigest()
        found |= {metric.id: named for metric in together if tables}
    return found


def measure_changed(
    connection: duckdb.DuckDBPyConnection,
    catalogue: Catalogue,
    reporting: Reporting,
    published: Sequence[PublishedCell],
    *,
    now: MadeFrom,
    last: tuple[MadeFrom, pa.Table],
) -> pa.Table:
    """Measure the metrics whose figures are made from something else than they were; take the others over.

    Parameters
    ----------
    connection, catalogue, reporting, published
        As for :func:`cafcass_reports.metrics.measure.measure`.
    now
        What the figures are made from.
    last
        What they were made from when the pack was measured last, and the figures of then.

    Returns
    -------
    pyarrow.Table
        What measuring all of them gives, in its order.
    """
    was, rows = last
    same = {metric for metric, named in now.items() if was.get(metric) == named}
    changed = Catalogue({metric: catalogue[metric] for metric in now if metric not in same})
    measured = pa.Table.from_pandas(measure(connection, changed, reporting, published), _SCHEMA, preserve_index=False)
    taken_over = rows.filter(pc.is_in(rows["metric"], pa.array(sorted(same), pa.string())))
    figures = pa.concat_tables([measured.replace_schema_metadata(), taken_over]).combine_chunks()
    order = [(column, "ascending") for column in COLUMNS[:5]]
    return figures.take(pc.sort_indices(figures, sort_keys=order))
