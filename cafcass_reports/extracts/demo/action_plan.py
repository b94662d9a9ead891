"""The action plan on diversity of 2017, retold: work streams and target dates as published, in other words.

What was published was one return; that of three months before, what was met since and what moved are invented.
"""

from __future__ import annotations

from cafcass_reports.extracts.by_hand import STRANDS
from cafcass_reports.extracts.demo.files import Columns, Row, columns_of

_BEFORE, _NOW = "2017-03-31", "2017-06-30"
_CHILD, _EMPLOYER, _STAFF = STRANDS
_LEARNING, _IMPROVEMENT, _PEOPLE = "Head of learning", "Head of improvement", "Head of human resources"
# Strand, work stream, owner, where it stands, what comes next, target dates.
_STREAMS: tuple[tuple[str, str, str, str, str, str], ...] = (
    (_CHILD, "Guidance on children's particular needs", _LEARNING, "A draft of the guidance is with practitioners", "Publish it, teach it, and interview families", "June and October 2016 for first versions (met); June 2017 for the framework; September 2017 for the masterclass; training by March 2018; interviews ongoing throughout 2017-20"),
    (_CHILD, "When a parent's mental health affects a child", _LEARNING, "Material is being written", "Teach the programme in every area", "September 2017; all taught by March 2018"),
    (_CHILD, "Female genital mutilation, radicalisation, trafficking", _LEARNING, "Part of the review of each area", "Put what is missing into the training plan", "Ongoing"),
    (_CHILD, "National audit of child exploitation", _IMPROVEMENT, "Ambassadors are in place", "Audit, then recommend", "Audit by December 2017; recommendations by February 2018"),
    (_CHILD, "Quality tool that asks about diversity", _IMPROVEMENT, "Not begun", "Bring a paper to the managers", "June 2017; actions by October 2017"),
    (_CHILD, "Two pilots of the child impact framework", "Principal social worker", "Being agreed with courts and teams in Essex and North Yorkshire", "Run, evaluate, decide", "July 2017; evaluation by November 2017; decision by December 2017"),
    (_CHILD, "Help for children in high parental conflict", "Principal social worker", "Design workshop held", "Write the training, use it, evaluate it", "July 2017; October 2017; December 2017"),
    (_CHILD, "Benchmark audit of practice with difference", _IMPROVEMENT, "Method being agreed", "Audit", "December 2017"),
    (_CHILD, "A network of experts within", "Director of operations", "Work has begun", "Collect good examples and share them", "July 2017"),
    (_CHILD, "What we record of the people we serve", "Director of operations", "Work has begun", "Match records with other departments; agree what we ask of them this year", "July 2017"),
    (_CHILD, "What we measure of our services", "Head of performance", "A new interpreting service is in place", "Agree the measures and watch them", "July 2017"),
    (_EMPLOYER, "National equality impact assessment", _PEOPLE, "In place", "Renew it with the areas' plans", "July 2017 and annual update thereafter"),
    (_EMPLOYER, "Flexible and agile work", _PEOPLE, "Part of how we work", "Recruit and keep people by it; fit technology to each user; sample how connected people feel", "Ongoing"),
    (_EMPLOYER, "Mental health at work", "Head of wellbeing", "Champions and first aiders are trained", "Write local material; build a network of coaches", "From January 2017 and on-going; by March 2017 and then at least quarterly (met); April 2017"),
    (_EMPLOYER, "Colleagues affected by cancer", "Head of wellbeing", "Managers are being trained", "A session for teams, and a network of buddies", "May 2017 onwards; December 2017"),
    (_EMPLOYER, "Colleagues with dyslexia", "Head of wellbeing", "Material is there", "Teach managers again", "June 2017 (met)"),
    (_EMPLOYER, "Colleagues who care for others", _PEOPLE, "A draft commitment", "Approve it and tell everybody", "June 2017"),
    (_EMPLOYER, "Disability confident employer", _PEOPLE, "Moved to the new scheme", "Change stationery; assess ourselves; work towards leader level", "June 2017 (met); by 31/10/2017; December 2017"),
    (_EMPLOYER, "Buildings that everybody can use", "Head of estates", "Audits under way", "Review all, then set priorities", "Review by April 2018; priorities by April 2019"),
    (_EMPLOYER, "National standard on diversity", _PEOPLE, "Waiting for the standard", "Hold ourselves against it; survey how policies are felt", "May 2017; September 2017"),
    (_STAFF, "Diversity champions", _PEOPLE, "The network needs new life", "Say what the role is; one champion in every team, linked to a head of practice; a newsletter again", "December 2017"),
    (_STAFF, "Networks of colleagues", _PEOPLE, "Ways to meet online are being tried", "Terms of reference, then volunteers", "July 2017; September 2017"),
    (_STAFF, "Figures on who works here", "Head of performance", "The dashboard is with the board", "Analyse it with the areas", "June 2017 onwards"),
    (_STAFF, "Imbalances in who works here", "Chief executive", "Most social workers are women", "Find causes with partners", "September 2017"),
)  # fmt: skip
# What the owners had said three months before: where it stood, or the target dates.
_SAID_BEFORE: dict[int, tuple[str, str]] = {
    1: ("A draft is begun", "June and October 2016 for first versions (met); June 2017 for the framework; June 2017 for the masterclass; training by March 2018; interviews ongoing throughout 2017-20"),
    7: ("Workshop planned", "July 2017; October 2017; December 2017"),
    16: ("Material is there", "June 2017"),
    18: ("Moving to the new scheme", "June 2017; by 31/10/2017; December 2017"),
    22: ("Not begun", "July 2017"),
}  # fmt: skip


def action_plan() -> Columns:
    """Return each work stream as it was returned in March and in June 2017."""
    rows: list[Row] = []
    for returned in (_BEFORE, _NOW):
        for number, (strand, stream, owner, progress, following, targets) in enumerate(_STREAMS, start=1):
            said, dates = _SAID_BEFORE.get(number, (progress, targets)) if returned == _BEFORE else (progress, targets)
            done = "2017-06-21" if number == 16 and returned == _NOW else None
            rows.append((str(number), returned, strand, stream, owner, said, following, dates, done))
    return columns_of("action_plan", rows)
