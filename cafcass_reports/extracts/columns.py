"""What describes an extract: its table, the columns of a row, and the rules that a row keeps."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property


class Kind(StrEnum):
    """What a column holds. Identifiers are text: long digit strings lose digits as numbers. Counts are whole."""

    TEXT = "text"
    DATE = "date"
    DECIMAL = "decimal"
    WHOLE = "whole number"
    YES_NO = "yes or no"

    @property
    def sql_type(self) -> str:
        """The column's type in DuckDB once it is checked."""
        return {
            Kind.TEXT: "VARCHAR", Kind.DATE: "DATE", Kind.DECIMAL: "DECIMAL(18, 4)", Kind.WHOLE: "BIGINT",
            Kind.YES_NO: "BOOLEAN",
        }[self]  # fmt: skip


@dataclass(frozen=True)
class Column:
    """One column.

    Parameters
    ----------
    name
        Name in the extract, after the pack's column mapping.
    kind
        What it holds.
    required
        Whether every row must have a value.
    allowed
        The values it may have; empty where any is allowed.
    references
        ``table.column`` whose values it takes its own from.
    prose
        Whether it holds words that papers show as they are: the numbers and claims in them are checked.
    note
        What people who fill in a form should know of it, beside what the schema says anyway.
    """

    name: str
    kind: Kind = Kind.TEXT
    required: bool = True
    allowed: tuple[str, ...] = ()
    references: str | None = None
    prose: bool = False
    note: str = ""


@dataclass(frozen=True)
class Rule:
    """A rule that one row keeps.

    Parameters
    ----------
    column
        The column whose value is reported where the rule is broken.
    holds
        SQL over the typed columns of the row (and sub-queries over other tables); true or NULL where it is kept.
    says
        The rule in words.
    """

    column: str
    holds: str
    says: str


@dataclass(frozen=True)
class Table:
    """One extract: its name in words, its grain, its key, its columns in order and the rules of a row.

    One that is kept *by hand* has a form, and an organisation that keeps none has no file of it. Of a *register* the
    rows are read as they are, and not only counted; ``shown_where`` is SQL for those that may be shown: others never
    leave the extracts.
    """

    name: str
    title: str
    grain: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    rules: tuple[Rule, ...] = ()
    by_hand: bool = False
    register: bool = False
    shown_where: str = "true"

    @property
    def optional(self) -> bool:
        """Whether a folder of extracts is whole without it."""
        return self.by_hand

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of its columns, in order."""
        return tuple(column.name for column in self.columns)
