"""Rounding every count to a base: the other way to say nothing of a few people."""

from __future__ import annotations

import pandas as pd

from cafcass_reports.statistics.disclosure.frames import as_frame, with_margins
from cafcass_reports.statistics.numbers import whole
from cafcass_reports.statistics.percentages import largest_remainder


def rounded(table: pd.DataFrame, base: int = 5) -> pd.DataFrame:
    """Round the counts of a table and its totals to the nearest multiple of a base, halves up.

    Each count and each total is rounded by itself from the exact number, as in HESA's rounding methodology: a
    figure is the same in every table that shows it, and none is off by more than half the base. The price is
    that rounded counts need not add up to the rounded totals, which a note under the table should say, and that
    a small total narrows down its parts. Where that matters, use :func:`protect`.

    Parameters
    ----------
    table
        Whole-number counts, rows by columns, without totals.
    base
        What to round to, 1 or more.

    Returns
    -------
    pandas.DataFrame
        Whole numbers (Int64), with a row and a column "Total".

    Raises
    ------
    ValueError
        If the base is below 1, or for what :func:`protect` refuses.

    Examples
    --------
    >>> rounded(pd.DataFrame({"care": [3, 21], "adoption": [3, 0]}, index=["A1", "A2"])).loc["A1"].tolist()
    [5, 5, 5]
    """
    base = whole(base, "base", 1)
    counts = with_margins(table).counts
    return as_frame({cell: (2 * count + base) // (2 * base) * base for cell, count in counts.items()}, table).astype(
        "Int64"
    )


def percentages(counts: pd.DataFrame, decimals: int = 0) -> pd.DataFrame:
    """Return each row's shares of rounded counts.

    They come from the rounded counts alone, so that they give nothing more away, and each row adds up to 100.

    Parameters
    ----------
    counts
        What :func:`rounded` gave.
    decimals
        Decimal places shown.

    Returns
    -------
    pandas.DataFrame
        Percentages (Float64) without the column of totals; missing in a row of zeros.
    """
    parts = counts.iloc[:, :-1]
    shares = [largest_remainder(row.tolist(), decimals) for _, row in parts.iterrows()]
    return pd.DataFrame(shares, parts.index, parts.columns, dtype="Float64")
