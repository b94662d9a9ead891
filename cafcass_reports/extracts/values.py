"""What a cell's text may look like for each kind of column, as SQL that types it."""

from __future__ import annotations

from typing import Literal, get_args

from cafcass_reports.errors import ExtractError
from cafcass_reports.extracts.columns import Column, Kind

DateOrder = Literal["dmy", "ymd", "mdy"]
"""The order of day, month and year in dates that are not written as ISO 8601 has them."""

_ISO = r"^[1-9]\d{3}-\d{2}-\d{2}([T ]00:00(:00(\.0+)?)?)?$"
_ORDERED = {
    "dmy": (r"^\d{1,2}([/.-])\d{1,2}([/.-])[1-9]\d{3}$", "%d/%m/%Y", "dd/mm/yyyy"),
    "mdy": (r"^\d{1,2}([/.-])\d{1,2}([/.-])[1-9]\d{3}$", "%m/%d/%Y", "mm/dd/yyyy"),
    "ymd": (r"^[1-9]\d{3}([/.-])\d{1,2}([/.-])\d{1,2}$", "%Y/%m/%d", "yyyy/mm/dd"),
}
_DECIMAL = r"^[+-]?(\d+|\d{1,3}(,\d{3})+|\d*\.\d+|\d{1,3}(,\d{3})+\.\d+|\d+\.)$"
_WHOLE = r"^(\d{1,12}|\d{1,3}(,\d{3}){1,3})$"
_YES = "('yes', 'y', 'true', '1')"
_NO = "('no', 'n', 'false', '0')"
# Ends of a cell that nobody sees: spaces (also those that do not break, and of no width), tabs, line ends
_UNSEEN = "' ' || chr(9) || chr(10) || chr(12) || chr(13) || chr(160) || chr(8203) || chr(65279)"
_UNSEEN_AT_AN_END = r"^[\s\x{a0}\x{200b}\x{feff}]|[\s\x{a0}\x{200b}\x{feff}]$"


def checked_order(date_order: str) -> DateOrder:
    """Return a date order, or refuse one that is not known.

    Raises
    ------
    ExtractError
        If it is none of ``dmy``, ``ymd`` and ``mdy``.
    """
    for known in get_args(DateOrder):
        if date_order == known:
            return known  # type: ignore[no-any-return]  # get_args tells no types
    raise ExtractError(
        f"The date order is '{date_order}'.",
        valid=f"One of: {', '.join(get_args(DateOrder))}.",
        next_step="Correct `date_order` in pack.yml.",
    )


# A day outside is a slip of the keyboard, or a spreadsheet's way of saying "none".
_FIRST_DAY, _LAST_DAY = "date '1900-01-01'", "date '2099-12-31'"


def trimmed(text: str) -> str:
    """Return SQL for a cell without unseen characters at its ends, and missing where nothing is left."""
    cell = f"cast({text} as varchar)"
    # Few cells need trimming, and looking is quicker than trimming.
    untidy = f"regexp_matches({cell}, '{_UNSEEN_AT_AN_END}')"
    return f"nullif(case when {untidy} then trim({cell}, {_UNSEEN}) else {cell} end, '')"


def is_formula_error(text: str) -> str:
    """Return SQL that is true of an error that a spreadsheet's formula came to, such as ``#N/A``."""
    return rf"regexp_full_match({text}, '#(N/A|[A-Z0-9/]+[!?])')"


def excel_day(text: str) -> str:
    """Return SQL that reads a date cell without its format: Excel's number of days since 30 December 1899."""
    return (
        rf"case when regexp_full_match({text}, '\d{{5}}') "
        f"then cast(date '1899-12-30' + cast({text} as integer) as varchar) else {text} end"
    )


def typed(kind: Kind, text: str, date_order: DateOrder) -> str:
    """Return SQL that types a trimmed cell, and is NULL where the text is not of its kind.

    Parameters
    ----------
    kind
        What the column holds.
    text
        SQL of the trimmed text.
    date_order
        Order of dates that are not written as ISO 8601 has them. Years always have four digits.

    Notes
    -----
    Decimals are kept to the four places of `Kind.sql_type`.
    """
    match kind:
        case Kind.DATE:
            pattern, form, _ = _ORDERED[date_order]
            day = (
                f"case when regexp_full_match({text}, '{_ISO}') then try_cast({text}[1:10] as date) "
                f"when regexp_full_match({text}, '{pattern}') "
                f"and regexp_extract({text}, '{pattern}', 1) = regexp_extract({text}, '{pattern}', 2) "
                f"then cast(try_strptime(replace(replace({text}, '-', '/'), '.', '/'), '{form}') as date) end"
            )
            return f"(select d from (select {day} as d) where d between {_FIRST_DAY} and {_LAST_DAY})"
        case Kind.DECIMAL:
            return (
                f"case when regexp_full_match({text}, '{_DECIMAL}') "
                f"then try_cast(replace({text}, ',', '') as {kind.sql_type}) end"
            )
        case Kind.WHOLE:
            return (
                f"case when regexp_full_match({text}, '{_WHOLE}') "
                f"then try_cast(replace({text}, ',', '') as {kind.sql_type}) end"
            )
        case Kind.YES_NO:
            return f"case when lower({text}) in {_YES} then true when lower({text}) in {_NO} then false end"
        case Kind.TEXT:
            return text


def valid(column: Column, date_order: DateOrder) -> str:
    """Say in words what a column's cells look like; empty where any text is valid."""
    match column.kind:
        case Kind.DATE:
            ordered = _ORDERED[date_order][2]
            return f"a date of 1900 to 2099 that the calendar has, as {ordered} or yyyy-mm-dd, without a time of day"
        case Kind.DECIMAL:
            return "a plain number, such as 1,234.5 (no sign of money, per cent or shorthand)"
        case Kind.WHOLE:
            return "a whole number, 0 or more, such as 1,234 (no shorthand)"
        case Kind.YES_NO:
            return "yes or no (or y, n, true, false, 1, 0)"
        case Kind.TEXT:
            return f"one of: {', '.join(column.allowed)}" if column.allowed else ""
