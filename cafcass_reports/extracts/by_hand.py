"""The tables that people keep by hand, most of them registers whose rows a paper shows as they are.

A column's note is what stands in the form that people fill in (`forms`) and in the guide to the extracts.
"""

from __future__ import annotations

from cafcass_reports.extracts.columns import Column, Kind, Rule, Table
from cafcass_reports.extracts.plain_dates import FORMS

PILLARS = ("Practice", "People", "Partners")
STRATEGY_YEARS = ("1", "2", "3")
DIFFERENCES = ("a clear difference", "some difference", "no difference yet")
ASKS = ("nothing more", "time and caseloads", "clearer information", "training and tools", "work with partners")
SCORES = ("1", "2", "3", "4", "5")
GIVERS = ("child", "adult")
CHANNELS = ("interview", "complaint", "compliment")
WAYS_OF_MEETING = ("in person", "remote", "either")
FEEDBACK_THEMES = ("being heard", "clear explanations", "delay", "how we communicate", "fairness", "other")
OUTCOMES = ("upheld", "partly upheld", "not upheld")
STRANDS = ("Child impact", "Inclusive employer", "Staff diversity")
POPULATION_GROUPS = ("Women", "Men", "Disabled", "Not disabled", "Ethnic minorities", "White")

_DATE = Kind.DATE
_ROLE = "a role, not a name"
_NO_NAMES = "no name of a child, of a family or of a colleague"
_METRIC = "id of the metric that shows today's state"

BY_HAND = (
    Table(
        "reflections",
        title="register of practice reflections",
        grain="an area of practice reflection since the last inspection",
        key=("reflection",),
        columns=(
            Column("reflection", prose=True, note="its name, as readers see it"),
            Column("recommended", Kind.YES_NO, note="whether it is a recommendation of the inspectorate"),
            Column("identified_on", _DATE),
            Column("reviewed_from", _DATE, required=False, note="first day of the review"),
            Column("reviewed_to", _DATE, required=False, note="last day of the review"),
            Column("completed_on", _DATE, required=False, note="empty while open"),
            Column("findings", required=False, prose=True, note="figures as `{{ survey_interviews.value }}`"),
            Column("actions", required=False, prose=True, note="separated by `; `; figures by reference too"),
            Column("owner", note=_ROLE),
        ),
        rules=(
            Rule("reviewed_from", "reviewed_from >= identified_on", "reviewed on or after the day it was identified"),
            Rule("reviewed_to", "reviewed_to >= reviewed_from", "a review ends on or after the day it starts"),
            Rule("completed_on", "completed_on >= identified_on", "completed on or after the day it was identified"),
            Rule("completed_on", "completed_on >= reviewed_to", "completed on or after the last day of its review"),
            Rule("findings", "completed_on is null or findings is not null", "a completed area says what it found"),
        ),
        by_hand=True,
        register=True,
    ),
    Table(
        "improvement_plan",
        title="improvement plan",
        grain="an area of the national improvement plan",
        key=("number",),
        columns=(
            Column("number", note="as the plan has it"),
            Column("area_of_practice", prose=True),
            Column("success_measure", prose=True),
            Column("evidence_metric", required=False, note=_METRIC),
            Column("started_on", _DATE),
            Column("closed_on", _DATE, required=False, note="empty while open"),
            Column("owner", note=_ROLE),
        ),
        rules=(
            Rule("number", "regexp_full_match(number, '[1-9][0-9]*')", "areas are numbered 1, 2, 3, ..."),
            Rule("closed_on", "closed_on >= started_on", "closed on or after the day it started"),
        ),
        by_hand=True,
        register=True,
    ),
    Table(
        "strategy",
        title="register of the strategy",
        grain="a milestone of the three-year strategy",
        key=("milestone_id",),
        columns=(
            Column("milestone_id"),
            Column("pillar", allowed=PILLARS),
            Column("objective", prose=True),
            Column("milestone", prose=True),
            Column("strategy_year", allowed=STRATEGY_YEARS),
            Column("set_on", _DATE, note="the day from which it is a milestone"),
            Column("due_on", _DATE),
            Column("expected_on", _DATE, required=False, note="when its owner now expects it; empty if on time"),
            Column("reached_on", _DATE, required=False, note="empty until it is reached"),
            Column("evidence_metric", required=False, note=_METRIC),
            Column("owner", note=_ROLE),
        ),
        rules=(
            Rule("due_on", "due_on >= set_on", "due on or after the day it was set"),
            Rule("expected_on", "expected_on >= set_on", "expected on or after the day it was set"),
            Rule("reached_on", "reached_on >= set_on", "reached on or after the day it was set"),
        ),
        by_hand=True,
        register=True,
    ),
    Table(
        "team_reviews",
        title="six-monthly team reviews of the strategy",
        grain="what a team says of a pillar of the strategy in a review",
        key=("team", "pillar", "reviewed_on"),
        columns=(
            Column("team", references="areas.team"),
            Column("reviewed_on", _DATE),
            Column("pillar", allowed=PILLARS),
            Column("difference", allowed=DIFFERENCES, note="what the team notices in its work"),
            Column("asks_for", allowed=ASKS, note="what would help the team most"),
            Column("said", required=False, prose=True, note=f"in the team's own words; {_NO_NAMES}"),
        ),
        by_hand=True,
        register=True,
    ),
    Table(
        "risks",
        title="register of strategic risks",
        grain="a strategic risk, as assessed on a day",
        key=("risk_id", "assessed_on"),
        columns=(
            Column("risk_id"),
            Column("risk", prose=True, note="what may happen, and to whom"),
            Column("pillar", allowed=PILLARS),
            Column("assessed_on", _DATE, note="a new row for each assessment; earlier ones stay"),
            Column("likelihood", allowed=SCORES, note="5 is the most likely"),
            Column("impact", allowed=SCORES, note="5 is the gravest"),
            Column("response", prose=True, note="what is done about it"),
            Column("closed_on", _DATE, required=False, note="empty while open"),
            Column("owner", note=_ROLE),
        ),
        rules=(Rule("closed_on", "closed_on >= assessed_on", "closed on or after the day it was assessed"),),
        by_hand=True,
        register=True,
    ),
    Table(
        "feedback",
        title="feedback of children and families",
        grain="an interview, a complaint or a compliment",
        key=("feedback_id",),
        columns=(
            Column("feedback_id", note=f"a number of its own; {_NO_NAMES}"),
            Column("received_on", _DATE),
            Column("team", required=False, references="areas.team"),
            Column("given_by", allowed=GIVERS),
            Column("channel", allowed=CHANNELS),
            Column("theme", allowed=FEEDBACK_THEMES, note="what matters most in it"),
            Column("helpful_score", Kind.DECIMAL, required=False, note="0 to 10, asked of adults"),
            Column("helped", Kind.YES_NO, required=False, note="whether the worker helped, asked of children"),
            Column("prefers", required=False, allowed=WAYS_OF_MEETING, note="how they would rather meet us"),
            Column("outcome", required=False, allowed=OUTCOMES, note="of a complaint that is answered"),
            Column("answered_on", _DATE, required=False, note="empty until a complaint is answered"),
        ),
        rules=(
            Rule("helpful_score", "helpful_score between 0 and 10", "a score from 0 to 10"),
            Rule("outcome", "outcome is null or channel = 'complaint'", "only a complaint has an outcome"),
            Rule("outcome", "(outcome is null) = (answered_on is null)", "a complaint answered has its outcome"),
            Rule("answered_on", "answered_on >= received_on", "answered on or after the day it was received"),
        ),
        by_hand=True,
    ),
    Table(
        "action_plan",
        title="action plan",
        grain="a work stream of the action plan, as its owner returned it on a day",
        key=("number", "returned_on"),
        columns=(
            Column("number", note="as the plan has it"),
            Column("returned_on", _DATE, note="a new row for each return; earlier ones stay"),
            Column("strand", allowed=STRANDS),
            Column("work_stream", prose=True),
            Column("owner", note=_ROLE),
            Column("progress", prose=True, note="where it stands"),
            Column("next_action", prose=True),
            Column("target_dates", note=f"in plain words, {FORMS}"),
            Column("completed_on", _DATE, required=False, note="empty while open"),
        ),
        rules=(
            Rule("number", "regexp_full_match(number, '[1-9][0-9]*')", "work streams are numbered 1, 2, 3, ..."),
            Rule("target_dates", "readable_dates(target_dates)", f"target dates in plain words, {FORMS}"),
        ),
        by_hand=True,
        register=True,
    ),
    Table(
        "population",
        title="local population",
        grain="a group of the people who live in an area, from a published count",
        key=("area", "population_group"),
        columns=(
            Column("area", note="a nation, or an area"),
            Column("population_group", allowed=POPULATION_GROUPS),
            Column("people", Kind.WHOLE),
            Column("source", note="as papers name it"),
            Column("counted_on", _DATE),
        ),
        rules=(
            Rule(
                "area",
                "exists (select 1 from areas x where t.area in (x.nation, x.area))",
                "a nation or area of the areas extract",
            ),
        ),
        by_hand=True,
        register=True,
    ),
)
"""In the order of their files; `schemas` has them with all others."""
