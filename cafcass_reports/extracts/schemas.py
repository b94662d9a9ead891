"""The extracts: which tables there are, what a row of each is, and the rules its values keep.

A row's grain is said for each table, since counting rows is not counting cases is not counting children.
An organisation's own column names are mapped to these in ``pack.yml``.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from cafcass_reports.extracts.by_hand import BY_HAND
from cafcass_reports.extracts.columns import Column, Kind, Rule, Table
from cafcass_reports.extracts.engagement import ENGAGEMENT
from cafcass_reports.extracts.weekly import WEEKLY

ALWAYS_READ = "areas"
"""The table that every pack reads: each figure is one of an area."""

SYNTHETIC_MARK = "SYNTHETIC.txt"
"""A file of this name among the extracts says that they are synthetic; every paper made from them says so too."""

LAWS = ("public", "private")
APPLICATIONS = (
    "care",
    "supervision",
    "secure accommodation",
    "discharge of care",
    "placement",
    "other public",
    "child arrangements",
    "enforcement",
    "other private",
)
GRADES = ("Outstanding", "Good", "Met", "Requires improvement", "Inadequate")
THEMES = ("national", "domestic abuse", "diverse needs", "case planning")
JUDGEMENTS = ("diverse needs identified", "diverse needs analysed well", "manager review of case plan")
REPORT_TYPES = ("section 7", "rule 16.4", "addendum")
TEAM_KINDS = ("to first hearing", "after first hearing")
ROLES = ("family court adviser", "practice supervisor", "service manager", "student", "corporate")
ENGAGEMENTS = ("employee", "associate", "student")
ETHNICITIES = ("White", "Mixed", "Asian", "Black", "Other", "unknown")  # the five groups of the census
WORKLOAD_BANDS = ("lower", "within range", "higher", "much higher")
ABSENCE_REASONS = ("sickness", "covid-19", "self-isolation", "other")

_DATE = Kind.DATE
_ONE_MEANING = (
    "a name, in lower case and without marks, means one nation, region, area or team, and holds a letter or digit"
)


def _plain(name: str) -> str:
    """SQL of a name as folders and identifiers have it."""
    return f"trim(regexp_replace(lower({name}), '[^a-z0-9]+', '-', 'g'), '-')"


def _one_meaning(level: str) -> str:
    """SQL that is true where no other level, and no other spelling, has the same plain name."""
    names = " union ".join(
        f"select '{at}' as level, {at} as name from areas" for at in ("nation", "region", "area", "team")
    )
    alike = f"select count(*) from ({names}) as n where {_plain('n.name')} = {_plain(f't.{level}')}"
    return f"({alike}) = 1 and {_plain(f't.{level}')} <> ''"


_ALL = (
    Table(
        "areas",
        title="areas",
        grain="a team",
        key=("team",),
        columns=(
            Column("nation"),
            Column("region"),
            Column("area"),
            Column("team"),
            Column("team_kind", allowed=TEAM_KINDS),
        ),
        rules=(
            Rule(
                "region",
                "(select count(distinct x.region) from areas x where x.area = t.area) = 1",
                "an area lies in one region",
            ),
            Rule(
                "nation",
                "(select count(distinct x.nation) from areas x) = 1",
                "all teams are of one nation",
            ),
            *(Rule(level, _one_meaning(level), _ONE_MEANING) for level in ("nation", "region", "area", "team")),
        ),
    ),
    Table(
        "cases",
        title="case records",
        grain="an application in a case (a case may have several)",
        key=("application_id",),
        columns=(
            Column("application_id"),
            Column("case_id"),
            Column("law", allowed=LAWS),
            Column("application", allowed=APPLICATIONS),
            Column("received_on", _DATE),
            Column("allocated_on", _DATE, required=False),
            Column("first_hearing_on", _DATE, required=False),
            Column("closed_on", _DATE, required=False),
            Column("team", references="areas.team"),
            Column("worker_id", required=False, references="workforce.worker_id"),
            Column("allocation", required=False, allowed=("duty", "worker", "practice supervisor")),
            Column("lead", Kind.YES_NO, required=False),
        ),
        rules=(
            Rule("allocated_on", "allocated_on >= received_on", "allocated on or after the day of receipt"),
            Rule("first_hearing_on", "first_hearing_on >= received_on", "first hearing on or after receipt"),
            Rule("closed_on", "closed_on >= received_on", "closed on or after the day of receipt"),
            Rule("closed_on", "closed_on >= allocated_on", "closed on or after the day of allocation"),
            Rule(
                "allocation",
                "(allocation is null) = (allocated_on is null)",
                "allocation is filled where allocated_on is, and only there",
            ),
        ),
    ),
    Table(
        "children",
        title="children's records",
        grain="a child on an application",
        key=("application_id", "child_id"),
        columns=(
            Column("application_id", references="cases.application_id"),
            Column("child_id"),
            Column("week_of_birth", _DATE),
            Column("gender", allowed=("female", "male", "unknown")),
        ),
    ),
    Table(
        "court_reports",
        title="court reports",
        grain="a report ordered by the court",
        key=("report_id",),
        columns=(
            Column("report_id"),
            Column("application_id", references="cases.application_id"),
            Column("team", references="areas.team"),
            Column("report_type", allowed=REPORT_TYPES),
            Column("ordered_on", _DATE),
            Column("due_on", _DATE),
            Column("filed_on", _DATE, required=False),
        ),
        rules=(
            Rule("due_on", "due_on >= ordered_on", "due on or after the day of the order"),
            Rule("filed_on", "filed_on >= ordered_on", "filed on or after the day of the order"),
        ),
    ),
    Table(
        "audits",
        title="case file audits",
        grain="an audit of a case file",
        key=("audit_id",),
        columns=(
            Column("audit_id"),
            Column("case_id"),
            Column("audited_on", _DATE),
            Column("team", references="areas.team"),
            Column("theme", allowed=THEMES),
            Column("grade", allowed=GRADES),
            Column("moderated_grade", required=False, allowed=GRADES),
            Column("judgements", required=False),  # of JUDGEMENTS, separated by "; "
        ),
        rules=(
            Rule(
                "judgements",
                "list_has_all(["
                + ", ".join(f"'{judgement}'" for judgement in JUDGEMENTS)
                + "], string_split(judgements, '; '))",
                f"judgements are of: {'; '.join(JUDGEMENTS)}",
            ),
        ),
    ),
    Table(
        "workforce",
        title="workforce records",
        grain="a post held by a worker",
        key=("post_id", "worker_id", "started_on"),
        columns=(
            Column("post_id"),
            Column("worker_id"),
            Column("role", allowed=ROLES),
            Column("social_work", Kind.YES_NO),
            Column("fte", Kind.DECIMAL),
            Column("business_unit"),
            Column("team", required=False, references="areas.team"),
            Column("engagement", allowed=ENGAGEMENTS),
            Column("gender", allowed=("female", "male", "unknown")),
            Column("disability", allowed=("yes", "no", "unknown")),
            Column("ethnicity", allowed=ETHNICITIES),
            Column("started_on", _DATE),
            Column("ended_on", _DATE, required=False),
            Column("workload_band", required=False, allowed=WORKLOAD_BANDS),
            Column("plr_due_on", _DATE, required=False),  # performance and learning review
            Column("plr_done_on", _DATE, required=False),
        ),
        rules=(
            Rule("fte", "fte > 0 and fte <= 1", "FTE is above 0 and at most 1"),
            Rule("ended_on", "ended_on >= started_on", "ended on or after the day it started"),
            Rule("plr_done_on", "plr_due_on is not null or plr_done_on is null", "a review done was due"),
        ),
    ),
    Table(
        "absences",
        title="absence records",
        grain="a spell of absence of a worker",
        key=("spell_id",),
        columns=(
            Column("spell_id"),
            Column("worker_id", references="workforce.worker_id"),
            Column("social_work", Kind.YES_NO),
            Column("team", required=False, references="areas.team"),
            Column("reason", allowed=ABSENCE_REASONS),
            Column("started_on", _DATE),
            Column("ended_on", _DATE, required=False),
        ),
        rules=(Rule("ended_on", "ended_on >= started_on", "ended on or after the day it started"),),
    ),
    Table(
        "reported_figures",
        title="figures returned by other teams",
        grain="a figure that another team returns, for an area and a period",
        key=("metric", "area", "period_from", "period_to"),
        columns=(
            Column("metric"),
            Column("area"),
            Column("period_from", _DATE),
            Column("period_to", _DATE),
            Column("value", Kind.DECIMAL),
            Column("source"),
            Column("reported_on", _DATE),
        ),
        rules=(
            Rule("period_to", "period_to >= period_from", "a period ends on or after the day it starts"),
            Rule(
                "area",
                "exists (select 1 from areas x where t.area in (x.nation, x.region, x.area, x.team))",
                "a nation, region, area or team of the areas extract",
            ),
            Rule("reported_on", "reported_on >= period_from", "reported on or after the period's first day"),
        ),
    ),
    *BY_HAND,
)

TABLES: Mapping[str, Table] = MappingProxyType({table.name: table for table in (*_ALL, *WEEKLY, *ENGAGEMENT)})
"""Every extract that a pack may have, by name."""
