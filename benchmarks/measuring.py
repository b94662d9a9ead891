"""Measure 25 metrics for a nation, its 18 areas and all parts of them, beside a query that somebody wrote by hand.

`benchmarks.growth` starts it as a program of its own for each number of cases. The query gives what the 25 metrics
are for 19 areas and 25 months, and nothing else; our measuring gives regions, teams, quarters and years too.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from cafcass_reports.extracts.schemas import TABLES
from cafcass_reports.extracts.staging import stage_empty
from cafcass_reports.metrics.catalogue import Catalogue
from cafcass_reports.metrics.measure import measure
from cafcass_reports.metrics.metric import Metric
from cafcass_reports.periods import Period, Snapshot
from cafcass_reports.reporting import Reporting

_FROM, _TO = date(2018, 11, 1), date(2020, 11, 30)
_AREAS = 18
_CONDITIONS = (
    "true",
    "law = 'public'",
    "law = 'private'",
    "application = 'care'",
    "application = 'contact'",
    "allocation = 'worker'",
    "allocation = 'duty'",
    "lead",
    "law = 'public' and lead",
    "law = 'private' and lead",
    "closed_on is not null",
    "first_hearing_on is not null",
    "allocated_on is not null",
)
_MEANS = {"closed_on - received_on": "closed_on", "allocated_on - received_on": "allocated_on"}
_OF = 6  # conditions for which each mean is taken
_RECORDS = f"""
create table areas as
  select 'England' as nation, 'R' || (a % 6) as region, 'A' || a as area, 'A' || a || '-T' || t as team,
    'whole' as team_kind
  from range(1, {_AREAS + 1}) as areas(a), range(3) as teams(t);
create table cases as
  select cast(i as varchar) as application_id, cast(i // 2 as varchar) as case_id,
    if(h % 3 = 0, 'public', 'private') as law, if(h % 3 = 0, 'care', 'contact') as application,
    date '{_FROM}' + cast(h // 7 % {(_TO - _FROM).days + 1} as integer) as received_on,
    received_on + cast(h // 11 % 6 as integer) as allocated_on, received_on + 20 as first_hearing_on,
    if(h % 5 < 3, received_on + cast(h // 13 % 300 as integer), null) as closed_on,
    'A' || (1 + h // 17 % {_AREAS}) || '-T' || (h // 19 % 3) as team, cast(h % 1500 as varchar) as worker_id,
    if(h % 9 = 0, 'duty', 'worker') as allocation, h % 2 = 0 as lead
  from (select i, hash(i) % 1000000007 as h from range({{cases}}) as numbers(i))
"""


def write(database: Path, cases: int) -> None:
    """Write so many random cases and the areas they are in; equal numbers give equal records."""
    with duckdb.connect(database) as connection:
        connection.execute(_RECORDS.format(cases=cases))
        stage_empty(connection, [TABLES["reported_figures"]])


def catalogue() -> Catalogue:
    """Return the 25 metrics: counts, and means of days."""
    about: dict[str, Any] = {
        "table": "cases", "counted_on": "received_on", "better": "neither", "period": "year to date",
        "owner": "a benchmark", "in_force": {"from": "2015-04-01"}, "phrase": "cases", "definition": "Of it.",
        "decimals": 1,
    }  # fmt: skip
    counts = [{"kind": "count", "unit": "cases", "where": where} for where in _CONDITIONS]
    means = [
        {"kind": "mean", "unit": "days", "where": where, "numerator": days, "denominator": f"{last} is not null"}
        for days, last in _MEANS.items()
        for where in _CONDITIONS[:_OF]
    ]
    told = [
        {**about, **own, "id": f"metric_{number}", "title": f"Metric {number}"}
        for number, own in enumerate([*counts, *means])
    ]
    return Catalogue({each["id"]: Metric.model_validate(each) for each in told})


def by_hand() -> str:
    """Return the query that somebody would write for these figures alone."""
    numbers = [f"count(*) filter ({where})" for where in _CONDITIONS]
    for days, last in _MEANS.items():
        for where in _CONDITIONS[:_OF]:
            numbers.append(f"sum({days}) filter ({where}), count({last}) filter ({where})")
    return f"""select date_trunc('month', received_on) as month, area, {", ".join(numbers)}
      from cases join areas using (team) group by grouping sets ((month, area), (month))"""


def main(way: str, database: str) -> None:
    """Measure once, by ``hand`` or ``ours``, and print the seconds as JSON."""
    connection = duckdb.connect(database)
    began, cpu = time.perf_counter(), time.process_time()
    if way == "ours":
        measure(connection, catalogue(), Reporting(Period(date(2020, 4, 1), _TO), Snapshot(date(2020, 12, 1)), _FROM))
    else:
        connection.execute(by_hand()).df()
    took = {"seconds": time.perf_counter() - began, "cpu": time.process_time() - cpu}
    print(json.dumps({"start": 0.0, **took, "files": ""}))


if __name__ == "__main__":
    main(*sys.argv[1:])
