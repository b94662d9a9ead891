"""Registers that people keep by hand, as tables: practice, the strategy, what teams say of it, risks.

But for team reviews a register speaks for the nation, whatever area a paper is about. It is read as it stood on the
pack's snapshot: what was finished later is not yet finished. What is returned each week, and a single risk, is told up
to the paper's own date.
"""

from cafcass_reports.exhibits.registers.practice import improvement_evidence, improvement_plan, reflections
from cafcass_reports.exhibits.registers.reviews import team_asks, team_reviews, team_voices
from cafcass_reports.exhibits.registers.risks import risk, risks
from cafcass_reports.exhibits.registers.rows import Registers
from cafcass_reports.exhibits.registers.strategy import milestones, off_track, plan_on_a_page
from cafcass_reports.exhibits.registers.weekly import regional_status

__all__ = [
    "Registers",
    "improvement_evidence",
    "improvement_plan",
    "milestones",
    "off_track",
    "plan_on_a_page",
    "reflections",
    "regional_status",
    "risk",
    "risks",
    "team_asks",
    "team_reviews",
    "team_voices",
]
