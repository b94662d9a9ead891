"""The tables that regions return each week while an incident lasts, such as Covid-19.

Numbers and words are returned apart: the words are a register, shown as they are, and the numbers are only counted,
so that the few colleagues who are ill in one region are shown nowhere.
"""

from __future__ import annotations

from cafcass_reports.extracts.columns import Column, Kind, Rule, Table

PRESSURES = ("low", "medium", "high")
STAGES = ("not needed", "at risk", "in place")

_FRIDAY = Rule("week_ending", "isodow(week_ending) = 5", "a week ends on a Friday")


def _complete(table: str) -> Rule:
    """A week with a region missing would make the nation look better than it is."""
    return Rule(
        "week_ending",
        f"(select count(distinct x.region) from {table} x where x.week_ending = t.week_ending)"
        " >= (select count(distinct a.region) from areas a)",
        "every region returns every week; a week that is not complete yet is left out",
    )


WEEKLY = (
    Table(
        "weekly_returns",
        title="weekly returns of regions",
        grain="a region's numbers for a week",
        key=("region", "week_ending"),
        columns=(
            Column("region", references="areas.region"),
            Column("week_ending", Kind.DATE, note="a Friday"),
            Column("absent", Kind.WHOLE, note="colleagues absent with Covid-19 on the Friday"),
            Column("isolating", Kind.WHOLE, note="colleagues self-isolating on the Friday, and not ill"),
            Column("children_due", Kind.WHOLE, note="children who were to be seen in the week"),
            Column("seen_in_person", Kind.WHOLE, note="of them; a child seen in two ways counts for the first"),
            Column("seen_by_video", Kind.WHOLE, note="of them, and not in person"),
            Column("seen_by_phone", Kind.WHOLE, note="of them, and neither in person nor by video"),
        ),
        rules=(
            _FRIDAY,
            _complete("weekly_returns"),
            Rule(
                "children_due",
                "seen_in_person + seen_by_video + seen_by_phone <= children_due",
                "no more children are seen than were to be seen",
            ),
        ),
        by_hand=True,
    ),
    Table(
        "weekly_status",
        title="weekly status of regions",
        grain="how a region stands at the end of a week, as it assesses itself",
        key=("region", "week_ending"),
        columns=(
            Column("region", references="areas.region"),
            Column("week_ending", Kind.DATE, note="a Friday"),
            Column("pressure", allowed=PRESSURES, note="how near the region is to not doing all its work"),
            Column("prioritisation", allowed=STAGES, note="whether work is put in an order of need"),
            Column("where_in_region", required=False, prose=True, note="if not all of it"),
            Column(
                "reason",
                required=False,
                prose=True,
                note="why, in a few words; no name of a child, family or colleague",
            ),
        ),
        rules=(
            _FRIDAY,
            _complete("weekly_status"),
            Rule("reason", "prioritisation = 'not needed' or reason is not null", "prioritisation has its reason"),
        ),
        by_hand=True,
        register=True,
    ),
)
"""In the order of their files; `schemas` has them with all others."""
