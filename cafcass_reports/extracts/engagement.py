"""Tables of letters, roadshows and briefings: what was judged, said, promised and done.

All are kept by hand. A quotation leaves the extracts only with the consent of whoever said it, and single votes never
do: they are counted.
"""

from __future__ import annotations

from cafcass_reports.extracts.by_hand import PILLARS
from cafcass_reports.extracts.columns import Column, Kind, Rule, Table

RATINGS = ("Outstanding", "Good", "Requires improvement", "Inadequate")
ANSWERS = ("agree", "neither", "disagree")
QUESTIONS = ("useful", "heard", "my part")

_DATE = Kind.DATE

ENGAGEMENT = (
    Table(
        "inspections",
        title="register of inspections",
        grain="a judgement of an inspection",
        key=("inspected_on", "judgement"),
        columns=(
            Column("inspected_on", _DATE, note="the year is shown"),
            Column("judgement", prose=True, note="what was judged; the first in the file is the whole"),
            Column("rating", allowed=RATINGS),
            Column("inspectorate"),
        ),
        by_hand=True,
        register=True,
    ),
    Table(
        "commitments",
        title="register of commitments",
        grain="a step of a commitment",
        key=("commitment", "step"),
        columns=(
            Column("commitment", prose=True),
            Column("step", prose=True, note="one row a step"),
            Column("set_on", _DATE, note="the day from which it is promised"),
            Column("due_on", _DATE),
            Column("done_on", _DATE, required=False, note="empty until it is done"),
            Column("owner", note="a role, not a name"),
        ),
        rules=(
            Rule("due_on", "due_on >= set_on", "due on or after the day it was set"),
            Rule("done_on", "done_on >= set_on", "done on or after the day it was set"),
        ),
        by_hand=True,
        register=True,
    ),
    Table(
        "events",
        title="register of events",
        grain="an event",
        key=("event_id",),
        columns=(
            Column("event_id"),
            Column("held_on", _DATE),
            Column("place", note="a region, or a town"),
            Column("attended", Kind.WHOLE, note="a number of people"),
            Column("record", prose=True, note="what its graphic record shows"),
        ),
        by_hand=True,
        register=True,
    ),
    Table(
        "votes",
        title="live votes",
        grain="an answer of a voter to a question",
        key=("voter_id", "question"),
        columns=(
            Column("voter_id", note="random, of the vote alone"),
            Column("voted_on", _DATE),
            Column("question", allowed=QUESTIONS),
            Column("answer", allowed=ANSWERS),
        ),
        by_hand=True,
    ),
    Table(
        "themes",
        title="register of themes",
        grain="a theme that people raised",
        key=("number",),
        columns=(
            Column("number", note="as the report has it"),
            Column("pillar", allowed=PILLARS),
            Column("theme", prose=True),
            Column("events", Kind.WHOLE, note="at how many events it was raised"),
        ),
        rules=(Rule("events", "events >= 1", "raised at one event or more"),),
        by_hand=True,
        register=True,
    ),
    Table(
        "suggestions",
        title="register of suggestions",
        grain="a thing that people asked us to do differently",
        key=("number",),
        columns=(
            Column("number"),
            Column("said", prose=True),
            Column("reply", prose=True, note="what you did, or will do"),
            Column("due_on", _DATE),
            Column("done_on", _DATE, required=False, note="empty until it is done"),
            Column("owner", note="a role, not a name"),
        ),
        by_hand=True,
        register=True,
    ),
    Table(
        "quotations",
        title="register of quotations",
        grain="something that somebody said",
        key=("quotation_id",),
        columns=(
            Column("quotation_id"),
            Column("said_on", _DATE),
            Column("speaker", note="a role, not a name"),
            Column(
                "words", prose=True, note="without quotation marks; no name of a child, of a family or of a colleague"
            ),
            Column("consent", Kind.YES_NO, note="no: it is never shown"),
            Column("consented_on", _DATE, required=False, note="empty without consent"),
        ),
        rules=(
            Rule("consented_on", "consent = (consented_on is not null)", "consent has its day, and only consent has"),
            Rule("consented_on", "consented_on >= said_on", "consent is given on or after the day it was said"),
        ),
        by_hand=True,
        register=True,
        shown_where="consent",
    ),
    Table(
        "record_reviews",
        title="reviews of graphic records",
        grain="a team that was asked to review a graphic record",
        key=("team",),
        columns=(
            Column("team", references="areas.team"),
            Column("asked_on", _DATE),
            Column("reviewed_on", _DATE, required=False, note="empty until it has reviewed one"),
            Column("record", required=False, note="which one"),
        ),
        rules=(
            Rule("reviewed_on", "reviewed_on >= asked_on", "reviewed on or after the day it was asked"),
            Rule("record", "(record is null) = (reviewed_on is null)", "a review names its record"),
        ),
        by_hand=True,
        register=True,
    ),
    Table(
        "champions",
        title="register of strategy champions",
        grain="a strategy champion",
        key=("place", "role"),
        columns=(
            Column("place", note="the region it is for, as `areas` has it"),
            Column("role", note="not a name"),
            Column("appointed_on", _DATE),
        ),
        by_hand=True,
        register=True,
    ),
    Table(
        "projects",
        title="register of projects",
        grain="a project of the strategy",
        key=("project",),
        columns=(
            Column("pillar", allowed=PILLARS),
            Column("project", prose=True),
            Column("scope", prose=True),
            Column("drafted_on", _DATE),
            Column("due_on", _DATE, note="when the scope is published"),
            Column("agreed_on", _DATE, required=False, note="empty until the scope is agreed"),
            Column("owner", note="a role, not a name"),
        ),
        by_hand=True,
        register=True,
    ),
    Table(
        "framework",
        title="register of the practice framework",
        grain="a part of the practice framework",
        key=("number",),
        columns=(
            Column("number"),
            Column("part", prose=True),
            Column("means", prose=True, note="what it is"),
            Column("partners_see", prose=True),
            Column("evidence_metric", required=False, note="id of the metric that shows today's state"),
            Column("in_use_from", _DATE),
        ),
        by_hand=True,
        register=True,
    ),
)
