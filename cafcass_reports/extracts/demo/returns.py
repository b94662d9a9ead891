"""Figures that no record carries and another team returns: surveys, turnover, Covid-19 counts."""

from __future__ import annotations

from cafcass_reports.extracts.demo.files import Row
from cafcass_reports.extracts.demo.organisation import NATION

_PUBLISHED = "paper of 20 January 2021"
_INVENTED = "synthetic return"

# metric, from, to, value, reported on, source. Values are those of the paper of 20 January 2021 unless the
# source says that they are invented.
_FIGURES: tuple[tuple[str, str, str, float, str, str], ...] = (
    ("turnover", "2020-04-01", "2020-11-30", 8.7, "2020-12-04", "Human resources return"),
    ("turnover", "2019-04-01", "2019-11-30", 9.4, "2019-12-05", f"Human resources return ({_INVENTED})"),
    ("survey_interviews", "2020-05-01", "2020-05-31", 186, "2020-06-12", "Survey of families and children"),
    ("survey_helpful", "2020-05-01", "2020-05-31", 8.8, "2020-06-12", "Survey of families and children"),
    ("survey_helped", "2020-05-01", "2020-05-31", 90, "2020-06-12", "Survey of families and children"),
    ("children_seen", "2020-12-01", "2020-12-31", 75, "2021-01-08", "Practice return"),
    ("children_seen_in_person", "2020-12-01", "2020-12-31", 53, "2021-01-08", "Practice return"),
    ("self_authorise", "2020-04-01", "2020-11-30", 73, "2020-12-04", "Practice return"),
    ("live_event_staff", "2021-01-01", "2021-01-15", 1_200, "2021-01-15", "Communications return"),
    ("court_throughput", "2020-04-01", "2020-12-31", -20, "2021-01-15", f"Estimate in the {_PUBLISHED}"),
    ("children_growth", "2019-04-01", "2020-03-31", 5, "2020-04-30", f"Trend in the {_PUBLISHED}"),
    # Growth since before the months that a pack's history holds, or to more decimals than the board's table has.
    ("section_7_growth", "2019-04-01", "2020-03-31", 30, "2020-04-30", "Performance update (against 2016-17)"),
    ("rule_16_4_growth", "2019-04-01", "2020-03-31", 54, "2020-04-30", "Performance update (against 2016-17)"),
    ("addendum_growth", "2020-07-01", "2020-12-31", 25, "2021-01-15", "Performance update (against 2019-20)"),
    ("absence_fall", "2020-09-01", "2020-11-30", 1.53, "2020-12-04", "Human resources return"),
    # Growth against days that print does not name, or on which the records stand otherwise.
    ("open_growth", "2021-01-01", "2021-01-01", 21.6, "2021-01-15", "Performance update (against December 2019)"),
    (
        "open_growth_cases",
        "2021-01-01",
        "2021-01-01",
        6_579,
        "2021-01-15",
        "Performance update (against December 2019)",
    ),
    (
        "public_open_growth",
        "2020-12-01",
        "2020-12-01",
        17,
        "2020-12-04",
        "Performance update (against before Covid-19)",
    ),
    ("public_open_growth", "2021-01-01", "2021-01-01", 16, "2021-01-15", "Performance update (against January 2020)"),
    (
        "private_open_growth",
        "2020-12-01",
        "2020-12-01",
        25,
        "2020-12-04",
        "Performance update (against before Covid-19)",
    ),
    ("private_open_growth", "2021-01-01", "2021-01-01", 25, "2021-01-15", "Performance update (against January 2020)"),
    ("over_20_cases", "2020-12-01", "2020-12-01", 74, "2020-12-04", "Performance update"),
    ("over_20_cases", "2021-01-01", "2021-01-01", 71, "2021-01-15", "Performance update"),
    ("caseload_national", "2021-01-01", "2021-01-01", 23.6, "2021-01-15", "Performance update"),
    ("caseload_to_first_hearing", "2021-01-01", "2021-01-01", 55.8, "2021-01-15", "Performance update"),
    ("audits_per_adviser", "2020-04-01", "2020-11-30", 8, "2020-12-04", "Quality assurance framework"),
    ("audits_per_adviser_planned", "2020-04-01", "2020-11-30", 4, "2020-12-04", "Quality assurance framework"),
    ("benchmarking_sessions", "2020-04-01", "2020-11-30", 4, "2020-12-04", "Quality assurance framework"),
)


def reported_figures() -> list[Row]:
    """Return the rows of ``reported_figures`` in its columns' order."""
    return [
        (metric, NATION, first, last, value, source, reported)
        for metric, first, last, value, reported, source in _FIGURES
    ]
