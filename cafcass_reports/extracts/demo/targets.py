"""What the synthetic organisation's records must add up to, and where each figure is published.

``scorecard`` is the board's scorecard of 20 January 2021, ``text`` the paper around it. What has no source is
chosen to be plausible between the published points.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from cafcass_reports.extracts.demo.days import day, month_starts
from cafcass_reports.extracts.demo.draw import Real, Whole, split

SNAPSHOT = day("2020-12-01")
YEAR_BEFORE = day("2019-12-01")
YTD = (day("2020-04-01"), day("2020-11-30"))
YTD_BEFORE = (day("2019-04-01"), day("2019-11-30"))
HISTORY_START = day("2015-04-01")
FULL_START = day("2018-04-01")
"""From here on every case is held; before, only what the former system handed over."""

# New cases of a block of months, divided by the shape of its year. April to November 2020 and its changes
# against 2019 (-2.3, -1.8 and -0.8 per cent): scorecard. Both Decembers (4,524 and 4,893 in all): text.
BLOCKS: tuple[tuple[str, str, int, int, int], ...] = (
    # from, to, public, private, care among public
    ("2018-04", "2018-11", 12_610, 29_400, 9_160),
    ("2018-12", "2018-12", 1_345, 3_060, 975),
    ("2019-01", "2019-03", 4_700, 11_500, 3_400),
    ("2019-04", "2019-11", 12_377, 31_030, 8_934),
    ("2019-12", "2019-12", 1_340, 3_184, 968),
    ("2020-01", "2020-03", 4_650, 11_900, 3_370),
    ("2020-04", "2020-11", 12_092, 30_472, 8_863),
    ("2020-12", "2020-12", 1_353, 3_540, 985),
)
USUAL_SHAPE = (1.02, 0.97, 1.05, 0.97, 1.00, 1.00, 1.07, 0.93, 1.00, 1.06, 1.02, 0.85)  # January to December
# Spring 2020: courts closed to private applications; July to September was the busiest quarter of any (text).
SHAPE_2020: Mapping[str, tuple[float, ...]] = {
    "public": (1.02, 0.97, 1.02, 1440, 1400, 1560, 1640, 1480, 1600, 1520, 1452, 1),
    "private": (1.02, 0.99, 0.97, 2900, 3100, 3900, 4450, 4150, 4350, 4000, 3622, 1),
}

# Open cases on the first of a month, straight lines between. 1 December 2020 and its changes (+16.5 and
# +20.6 per cent): scorecard. April 2018 (40 per cent fewer: 26,344) and January 2021 (37,070): text.
PUBLIC_OPEN = {
    "2018-04": 11_300, "2018-12": 11_720, "2019-04": 11_850, "2019-12": 12_124, "2020-02": 12_190,
    "2020-04": 12_350, "2020-07": 13_150, "2020-10": 13_850, "2020-12": 14_124, "2021-01": 14_150,
}  # fmt: skip
PRIVATE_OPEN = {
    "2018-04": 15_044, "2018-12": 16_900, "2019-04": 17_600, "2019-12": 18_870, "2020-02": 18_250,
    "2020-03": 18_350, "2020-06": 19_500, "2020-10": 22_300, "2020-12": 22_757, "2021-01": 22_920,
}  # fmt: skip
# Private cases before their first hearing: 3,158 or 41.6 per cent more in January 2021 than in February 2020.
BEFORE_HEARING = {
    "2018-04": 5_900, "2019-04": 7_000, "2019-12": 7_750, "2020-02": 7_591, "2020-04": 8_100,
    "2020-07": 9_100, "2020-10": 10_500, "2020-12": 10_720, "2021-01": 10_749,
}  # fmt: skip
# Public cases open for more than 36 weeks: 1,376 or 62.0 per cent more in January 2021 than a year before (text).
OVER_36_WEEKS = {
    "2018-04": 1_900, "2020-01": 2_220, "2020-04": 2_380, "2020-07": 2_900, "2020-10": 3_420, "2021-01": 3_596,
}  # fmt: skip
# 95 and 533 (+4.4 and -59.1 per cent): scorecard.
DUTY = {
    "public": {"2018-04": 84, "2019-11": 80, "2019-12": 91, "2020-10": 82, "2020-12": 95, "2021-01": 97},
    "private": {"2018-04": 900, "2019-10": 1_150, "2019-12": 1_303, "2020-06": 900, "2020-11": 520,
                "2020-12": 533, "2021-01": 540},
}  # fmt: skip

# Weeks from receipt to closure of care and supervision applications, by month of closure. 40: scorecard.
CARE_WEEKS = {"2018-04": 33, "2019-12": 34.5, "2020-03": 36, "2020-07": 40, "2020-09": 40, "2020-12": 40.7}
PAST_FIRST_HEARING = 0.30
"""Share of private cases that go past the first hearing ("about a third"; more would not fit the stock)."""

KPI_1 = 0.995
KPI_2 = {YTD: 1.2, YTD_BEFORE: 1.3}
KPI_3 = 0.993
KPI_4 = 0.984

CHILDREN_OPEN = 59_000
CHILDREN_2019_20 = {"public": 47_000, "private": 94_000}  # 141,000, of which a third public (text)

# Reports ordered. April to November 2020 with -8.8 and -24.1 per cent: scorecard; 22,700 and 2,800 in 2019-20,
# 30 and 54 per cent above three years before: text. Rule 16.4 fell from 257 a month to 186 before Covid.
REPORTS: Mapping[str, tuple[tuple[str, str, int], ...]] = {
    "section 7": (
        ("2015-10", "2016-03", 8_300), ("2016-04", "2017-03", 17_462), ("2017-04", "2018-03", 18_900),
        ("2018-04", "2019-03", 20_800), ("2019-04", "2019-11", 14_758), ("2019-12", "2020-03", 7_942),
        ("2020-04", "2020-11", 13_459), ("2020-12", "2020-12", 1_700),
    ),
    "rule 16.4": (
        ("2015-10", "2016-03", 860), ("2016-04", "2017-03", 1_818), ("2017-04", "2018-03", 2_150),
        ("2018-04", "2019-03", 2_650), ("2019-04", "2019-11", 2_055), ("2019-12", "2020-03", 745),
        ("2020-04", "2020-11", 1_560), ("2020-12", "2020-12", 190),
    ),
    "addendum": (
        ("2015-10", "2016-03", 1_500), ("2016-04", "2017-03", 3_100), ("2017-04", "2018-03", 3_500),
        ("2018-04", "2019-03", 4_100), ("2019-04", "2020-03", 4_600), ("2020-04", "2020-06", 1_150),
        ("2020-07", "2020-12", 2_875),
    ),
}  # fmt: skip

# National audits a month by quarter, and the shares good or better, met, and below. July to September 2020:
# scorecard and text (850 a month).
AUDITS: tuple[tuple[str, str, int, tuple[float, float, float]], ...] = (
    ("2016-04", "2017-03", 1_800, (0.52, 0.36, 0.12)),
    ("2017-04", "2018-03", 2_400, (0.55, 0.345, 0.105)),
    ("2018-04", "2018-12", 5_400, (0.575, 0.33, 0.095)),
    ("2019-01", "2019-06", 4_700, (0.59, 0.325, 0.085)),
    ("2019-07", "2019-09", 2_480, (0.598, 0.322, 0.08)),
    ("2019-10", "2020-03", 4_900, (0.61, 0.312, 0.078)),
    ("2020-04", "2020-06", 2_500, (0.622, 0.304, 0.074)),
    ("2020-07", "2020-09", 2_550, (0.630, 0.300, 0.070)),
    ("2020-10", "2020-12", 2_560, (0.633, 0.298, 0.069)),
)
DOMESTIC_ABUSE_AUDIT = (121, 62, 17)  # text: 200 records in November 2020
DIVERSE_NEEDS_AUDIT = (8_300, 0.81, 0.50)  # text: October 2020; identified, and of those analysed well
CASE_PLAN_AUDIT = (30_350, 0.85, 0.72)  # text: April to December 2020; reviewed, and in July 2020 alone

FTE = {SNAPSHOT: 147_170, YEAR_BEFORE: 140_300}  # hundredths; 1,471.7 and +4.9 per cent: scorecard
HEADCOUNT = 1_802  # text, with the next three
ASSOCIATES = 105
STUDENTS = 34
CORPORATE = 508
HEADCOUNT_TWO_YEARS_BEFORE = 1_666  # 136 fewer: text
CASELOAD = 23.9
CASELOAD_TO_FIRST_HEARING = 55.0
HIGHER_BANDS = 0.733
SUPERVISORS_WITH_CASES = 99
SUPERVISOR_CASES = 1_851  # 18.7 each, 1 in 20 of the open cases: text
SUPERVISOR_LEAD = 0.864
REVIEWS = (350, 320)  # fallen due from September to November 2020, and done: 91.4 per cent

# Working days lost in three months: 9.9 x 1,471.7 / 4, and 1.53 days a head more the year before (text).
SICKNESS_DAYS = {"2020-11": 3_642, "2019-11": 4_009}


def month_path(anchors: Mapping[str, float], months: list[int]) -> Real:
    """Return the value of each month, on straight lines between the months given."""
    known = [day(month + "-01") for month in anchors]
    return np.interp(months, known, list(anchors.values()))


# How a stock stands off its path on the first of each month, January first, in thousandths: courts close little in
# August and at Christmas, and catch up after. Invented.
_SEASON = (9, 4, -5, -8, 2, 6, -4, -9, 8, 11, 3, -7)
_UNEVEN = 5  # thousandths, from month to month


def stock_path(anchors: Mapping[str, float], months: list[int]) -> Whole:
    """Return a stock on the first of each month: exact in the months given, uneven and seasonal between them."""
    month = np.array(months, dtype="datetime64[D]").astype("datetime64[M]").astype(int)
    given = np.isin(month, np.array(list(anchors), dtype="datetime64[M]").astype(int))
    swing = np.array(_SEASON)[month % 12] + _UNEVEN * np.sin(2.4 * month)
    path: Whole = np.rint(month_path(anchors, months) * (1 + np.where(given, 0, swing) / 1000)).astype(np.int64)
    return path


def monthly(first: str, last: str, total: int, shape: tuple[float, ...] = USUAL_SHAPE) -> dict[int, int]:
    """Divide a block's total over its months (their first days) by the shape of a year."""
    months = month_starts(first, last)
    calendar_month = np.array(months, dtype="datetime64[D]").astype("datetime64[M]").astype(int) % 12
    counts: Whole = split(total, [shape[month] for month in calendar_month])
    return dict(zip(months, counts.tolist(), strict=True))


def new_cases(law: str) -> dict[int, tuple[int, int]]:
    """Return the new cases of each month of the full history, and how many of them are care cases."""
    result: dict[int, tuple[int, int]] = {}
    for first, last, public, private, care in BLOCKS:
        shape = SHAPE_2020[law] if first >= "2020" else USUAL_SHAPE
        cases = monthly(first, last, public if law == "public" else private, shape)
        care_cases = monthly(first, last, care if law == "public" else 0, shape)
        result |= {month: (count, care_cases[month]) for month, count in cases.items()}
    return result
