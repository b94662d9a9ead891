"""Figures that no record carries and another team returns: surveys, turnover, Covid-19 counts."""

from __future__ import annotations

from cafcass_reports.extracts.demo.days import day
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
    ("staff_absence_change", "2020-04-01", "2020-11-30", -1.53, "2020-12-04", "Human resources return"),
    ("covid_absences", "2021-01-15", "2021-01-15", 27, "2021-01-15", "Incident management return"),
    ("covid_absences", "2021-01-08", "2021-01-08", 19, "2021-01-08", "Incident management return"),
    ("covid_isolating", "2021-01-15", "2021-01-15", 29, "2021-01-15", "Incident management return"),
    ("covid_isolating", "2021-01-08", "2021-01-08", 19, "2021-01-08", "Incident management return"),
    ("live_event_staff", "2021-01-01", "2021-01-15", 1_200, "2021-01-15", "Communications return"),
    ("court_throughput", "2020-04-01", "2020-12-31", -20, "2021-01-15", f"Estimate in the {_PUBLISHED}"),
    ("regions_prioritising", "2021-01-15", "2021-01-15", 1, "2021-01-15", "Incident management return"),
)


def reported_figures() -> list[tuple[str, str, int, int, float, str, int]]:
    """Return the rows of ``reported_figures`` in its columns' order, days as whole numbers."""
    return [
        (metric, NATION, day(first), day(last), value, source, day(reported))
        for metric, first, last, value, reported, source in _FIGURES
    ]
