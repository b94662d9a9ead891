"""Posts in three units, of which a quarter began between two quarter ends; made up, and always the same."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import duckdb


@contextmanager
def posts() -> Iterator[duckdb.DuckDBPyConnection]:
    """A database with the tables ``areas`` and ``workforce`` that the rounded counts need."""
    drawn = random.Random(7)
    with duckdb.connect() as held:
        held.execute("create table areas as select unnest(['A1', 'A2']) as area")
        held.execute(
            "create table workforce (business_unit text, social_work bool, gender text, disability text, "
            "ethnicity text, started_on date, ended_on date)"
        )
        held.executemany(
            "insert into workforce values (?, ?, ?, ?, ?, ?, null)",
            [
                (
                    drawn.choice(["A1", "A2", "HR"]), drawn.random() < 0.7, drawn.choice(["female", "male", "unknown"]),
                    drawn.choice(["yes", "no", "no", "unknown"]), drawn.choice(["White", "White", "Asian", "unknown"]),
                    date(2017, 5, 1) if drawn.random() < 0.25 else date(2015, 1, 1),
                )
                for _ in range(64)
            ],
        )  # fmt: skip
        yield held
