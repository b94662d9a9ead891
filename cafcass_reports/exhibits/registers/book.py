"""The registers of a paper, each with the ways in which it is shown: what ``paper.registers`` gives to a notebook."""

from __future__ import annotations

from dataclasses import dataclass

from cafcass_reports.exhibits.exhibit import Exhibit
from cafcass_reports.exhibits.registers import (
    action_plan,
    framework,
    letters,
    practice,
    reviews,
    risks,
    roadshows,
    strategy,
    weekly,
)
from cafcass_reports.exhibits.registers.rows import Registers
from cafcass_reports.metrics.areas import Area, By
from cafcass_reports.metrics.measurements import Measurements


@dataclass(frozen=True)
class RegisterBook:
    """What people keep by hand, as it stood on the pack's snapshot.

    Weekly returns and risks are told up to the paper's own date: a board asks how grave a risk is, and not how it was.
    Only team reviews and figures are of the paper's area; all else speaks for the nation.

    Parameters
    ----------
    measurements
        What was measured.
    rows
        The rows of each register that the pack's extracts hold.
    area
        The paper's area.
    """

    measurements: Measurements
    rows: Registers
    area: Area

    def reflections(self) -> Exhibit:
        """Track the reviews of practice since the last inspection, from the ``reflections`` extract."""
        return practice.reflections(self.measurements, self.rows)

    def improvement_plan(self) -> Exhibit:
        """Show the national improvement plan, from the ``improvement_plan`` extract."""
        return practice.improvement_plan(self.measurements, self.rows)

    def improvement_evidence(self) -> Exhibit:
        """Show what is measured of the improvement plan: in this paper's area, beside the nation."""
        return practice.improvement_evidence(self.measurements, self.rows, self.area)

    def milestones(self, year: str) -> Exhibit:
        """Show the milestones of a year of the strategy by pillar, from the ``strategy`` extract."""
        return strategy.milestones(self.measurements, self.rows, year)

    def plan_on_a_page(self) -> Exhibit:
        """Show the whole strategy: objectives by pillar, how far each is by rule, what comes next."""
        return strategy.plan_on_a_page(self.measurements, self.rows)

    def ahead(self) -> Exhibit:
        """List the milestones of the strategy that are not reached yet, by pillar."""
        return strategy.ahead(self.measurements, self.rows)

    def off_track(self) -> Exhibit:
        """List the milestones of the strategy that are late or at risk, and why."""
        return strategy.off_track(self.measurements, self.rows)

    def team_reviews(self, *, by: By | None = None) -> Exhibit:
        """Show what teams say of the strategy, rolled up from this area's parts to the nation."""
        return reviews.team_reviews(self.measurements, self.rows, self.area, by or self.area.parts)

    def team_asks(self) -> Exhibit:
        """Show what would help this area's teams most, by pillar of the strategy."""
        return reviews.team_asks(self.measurements, self.rows, self.area)

    def team_voices(self) -> Exhibit:
        """Show what this area's teams say of the strategy in their own words."""
        return reviews.team_voices(self.measurements, self.rows, self.area)

    def risks(self) -> Exhibit:
        """Show the open strategic risks, the gravest first, from the ``risks`` extract."""
        return risks.risks(self.measurements, self.rows)

    def risk(self, risk_id: str) -> Exhibit:
        """Show how one strategic risk was assessed over time, up to the paper's date, from the ``risks`` extract."""
        return risks.risk(self.measurements, self.rows, risk_id)

    def regional_status(self) -> Exhibit:
        """Show how regions stand in the latest week: pressure, prioritisation, children seen."""
        return weekly.regional_status(self.measurements, self.rows)

    def action_plan(self) -> Exhibit:
        """Show the action plan by strand: owner, what comes next, target dates, what is overdue or slipping."""
        return action_plan.action_plan(self.measurements, self.rows)

    def action_plan_by_strand(self) -> Exhibit:
        """Count the action plan's work streams by strand: complete, on time, slipping, late."""
        return action_plan.by_strand(self.measurements, self.rows)

    def action_plan_attention(self) -> Exhibit:
        """List the work streams of the action plan that are late or slipping."""
        return action_plan.attention(self.measurements, self.rows)

    def action_plan_changes(self) -> Exhibit:
        """Show what changed in the action plan since the return before the period."""
        return action_plan.changes(self.measurements, self.rows)

    def action_plan_gantt(self) -> Exhibit:
        """Draw the target dates of the action plan as a Gantt chart."""
        return action_plan.gantt(self.measurements, self.rows)

    def inspections(self) -> Exhibit:
        """Show what inspectors judged, by year, from the ``inspections`` extract."""
        return letters.inspections(self.measurements, self.rows)

    def commitments(self) -> Exhibit:
        """Show what was promised, how many steps of each promise are done, and the next."""
        return letters.commitments(self.measurements, self.rows)

    def next_steps(self) -> Exhibit:
        """Show the steps of all commitments by who answers for them."""
        return letters.next_steps(self.measurements, self.rows)

    def events(self) -> Exhibit:
        """Show the roadshows that were held: day, place, people who came, graphic record."""
        return roadshows.events(self.measurements, self.rows)

    def themes(self) -> Exhibit:
        """Show what people want the strategy to take up, and at how many roadshows they raised it."""
        return roadshows.themes(self.measurements, self.rows)

    def suggestions(self) -> Exhibit:
        """Show what people asked to be done differently, and what is done about it."""
        return roadshows.suggestions(self.measurements, self.rows)

    def graphic_records(self) -> Exhibit:
        """Show each graphic record, where it was drawn, and how many teams have reviewed it."""
        return roadshows.graphic_records(self.measurements, self.rows)

    def record_reviews(self) -> Exhibit:
        """Show which teams have reviewed a graphic record and which have not, by area."""
        return roadshows.record_reviews(self.measurements, self.rows)

    def champions(self) -> Exhibit:
        """Show the strategy champions by region."""
        return roadshows.champions(self.measurements, self.rows)

    def projects(self) -> Exhibit:
        """Show the projects of the strategy, what they take on, and whether their scope is agreed."""
        return roadshows.projects(self.measurements, self.rows)

    def voice(self, quotation_id: str) -> Exhibit:
        """Show what somebody said, from the ``quotations`` extract; only what they consented to is there."""
        return roadshows.voice(self.measurements, self.rows, quotation_id)

    def framework(self) -> Exhibit:
        """Show each part of the practice framework, what partners see of it, and what a figure says."""
        return framework.framework(self.measurements, self.rows)
