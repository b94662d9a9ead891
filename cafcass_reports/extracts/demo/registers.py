"""The registers that people keep by hand: reflections on practice, the improvement plan, the strategy.

What they say is retold from the board's papers of 20 January 2021. Days and owners are invented, and so is what a row
says is not named in print. The figures in a finding are references, which a paper fills in.
"""

from __future__ import annotations

from cafcass_reports.extracts.demo.files import Row

_HEAD_OF_PRACTICE = "Head of practice"
_OPERATIONS = "Director of operations"
_IMPROVEMENT = "National improvement service"

# Print counts eight areas and six completed, and names six, of which one is in progress: two have no name there.
# area, a recommendation of the inspectorate, identified, reviewed from, to, completed, findings, actions, owner
_REFLECTIONS: tuple[Row, ...] = (
    (
        "Supervision and management oversight",
        True,
        "2018-06-01",
        "2020-07-06",
        "2020-07-31",
        "2020-09-14",
        "{{ plans_with_review.value for 2020-07 }} of case plans had a manager's review in July 2020. The reflection "
        "also looked at oversight when work is allocated, the review of each plan after ten days, supervision as work "
        "changes, and the sign-off of new colleagues' reports.",
        "New guidance for managers; a monthly review by the operational management team; "
        "oversight added to the quality assurance framework.",
        _OPERATIONS,
    ),
    (
        "Domestic abuse",
        False,
        "2019-10-01",
        "2020-07-06",
        "2020-07-31",
        "2020-10-05",
        "Assessments are well reasoned, and analysis is strong where the impact on the child is assessed. We need to "
        "challenge unsafe orders more visibly, refer to perpetrator programmes more consistently, and tell harmful "
        "conflict from abuse more clearly.",
        "Managers oversee work where no contact is proposed; better explanations to children; support for work judged "
        "less than good; guidance on challenging unsafe orders; “pro contact” training with the judiciary.",
        _HEAD_OF_PRACTICE,
    ),
    (
        "Unregulated and unregistered placements",
        False,
        "2020-03-02",
        "2020-08-03",
        "2020-08-28",
        "2020-10-19",
        "Children were always seen, separate representation was always considered, and reasons were good. We need to "
        "analyse the impact on the child better, and never come to treat going missing as normal.",
        "Stronger management oversight during proceedings; practice templates used every time; guidance on deprivation "
        "of liberty and secure accommodation issued again, with the way to escalate.",
        _HEAD_OF_PRACTICE,
    ),
    (
        "Communication and direct work with children",
        True,
        "2018-06-01",
        "2020-05-04",
        "2020-05-29",
        "2020-07-20",
        "In {{ survey_interviews.value }} interviews, children and families said that it matters most to be prepared "
        "and to know what their worker is there to do. Older children like remote contact; adults prefer to meet.",
        "New letters, guidance and a record of how each child is seen; feedback built into the case management system; "
        "a second review in August 2021.",
        _IMPROVEMENT,
    ),
    (
        "Children's diverse and unique needs",
        True,
        "2018-06-01",
        "2020-10-05",
        "2020-10-30",
        "2020-11-23",
        "Of {{ diversity_audits.value }} audits, {{ diversity_identified.value }} identified the child's diverse "
        "needs. Of these, {{ diversity_analysis.value }} analysed them well.",
        "A second review in February 2021; new guidance; a limit on the grade of work that does not analyse these "
        "needs is being considered.",
        _IMPROVEMENT,
    ),
    (
        "Case planning and case recording",
        True,
        "2018-06-01",
        "2020-04-01",
        "2020-12-31",
        None,
        "Of {{ plans_files.value }} files, {{ plans_with_review.value }} showed that a manager had reviewed the plan "
        "({{ plans_with_review.period }}). The review goes on to the end of December.",
        "Plans reviewed after ten days and signed off in supervision, as they have been since 2018.",
        _OPERATIONS,
    ),
    (
        "A seventh area (not named in the published paper)",
        False,
        "2019-10-01",
        None,
        None,
        "2020-11-02",
        "Synthetic: the published paper counts this area among those completed, and does not name it.",
        None,
        _IMPROVEMENT,
    ),
    (
        "An eighth area (not named in the published paper)",
        False,
        "2020-03-02",
        None,
        None,
        None,
        "Synthetic: the published paper counts this area among those not yet completed, and does not name it.",
        None,
        _IMPROVEMENT,
    ),
)

_PLAN_STARTED = "2020-09-01"

# Print gives areas 5 and 6, and 11 and 12, one measure of success; each has a row of its own here.
_IMPROVEMENT_PLAN: tuple[tuple[str, str, str | None, str], ...] = (
    (
        "Analysis, with reasoning that can be followed and clear decisions",
        "Children see our reports, and say that they understand what we recommend to the court.",
        "audits_good_or_better",
        _HEAD_OF_PRACTICE,
    ),
    (
        "Understanding what is diverse and unique about each child",
        "Every report to the court describes the child's unique needs, and what they mean for our recommendation.",
        "diversity_identified",
        _HEAD_OF_PRACTICE,
    ),
    (
        "Understanding what domestic abuse does to children's lives and futures",
        "Work with children shows that we understand the impact and the risks, and reports tell the court so clearly.",
        "da_audit_good",
        _HEAD_OF_PRACTICE,
    ),
    (
        "Better use of the Child Impact Assessment Framework in proceedings",
        "The framework is used to explore and explain the harm of parental conflict and all other forms of harm.",
        None,
        _HEAD_OF_PRACTICE,
    ),
    (
        "Recording how well we engage with children",
        "Children's records are clear, and show the quality of our work and of its oversight.",
        None,
        _OPERATIONS,
    ),
    (
        "Case records in general",
        "Children's records are clear, and show the quality of our work and of its oversight.",
        None,
        _OPERATIONS,
    ),
    (
        "Telling children more before and after we meet them",
        "Children say that they understand what will happen when we meet, and what happens next.",
        None,
        _OPERATIONS,
    ),
    (
        "Specialist materials, to understand children's experiences, wishes and feelings",
        "Our work on children's wishes and feelings is exceptional every time.",
        None,
        _HEAD_OF_PRACTICE,
    ),
    (
        "Showing what management oversight changes in practice",
        "Children's experiences are better because a manager has looked at the work.",
        "plans_with_review",
        _OPERATIONS,
    ),
    (
        "Scrutiny of work before proceedings, and of care orders at home",
        "We do not generally support care orders at home, and every public law report explains what the work before "
        "proceedings achieved and added.",
        None,
        _OPERATIONS,
    ),
    (
        "Children's views of our recommendations in reports to the court",
        "What children say of our recommendations stands in the report, and we can show what we learned from it.",
        None,
        _IMPROVEMENT,
    ),
    (
        "Feedback that visibly shapes practice",
        "What children say of our recommendations stands in the report, and we can show what we learned from it.",
        None,
        _IMPROVEMENT,
    ),
)

_LEADS = {
    "Practice": "Director leading Practice",
    "People": "Director leading People",
    "Partners": "Director leading Partners",
}
# What owners now expect of milestones that will be late, or come early, and the figure that speaks of each: invented.
_EXPECTED = {
    "Delivery priorities to 2023 are published": "2021-02-28",
    "The family forum is in full flight": "2021-11-30",
    "A strategy for workforce and organisational development": "2022-02-28",
}
_EVIDENCE = {
    "Feedback is part of quality assurance": "audits_good_or_better",
    "A strong wellbeing offer": "sickness",
    "A performance board in each region": "kpi_4",
    "The improvement plan for domestic abuse practice is delivered": "da_audit_good",
    "Diversity is recorded and analysed better in practice and quality assurance": "diversity_analysis",
    "A strategy for workforce and organisational development": "average_caseload",
    "The backlogs that delay children's cases are smaller": "over_36_weeks",
    "Public law best practice is embedded: why court now, why this order, with what impact?": "care_duration",
}
_SET_ON = {"1": "2020-04-01", "2": "2020-11-16"}

_FRAMEWORK, _LISTEN = "A practice framework with shared values", "Listen to children and families, and learn"
_ACADEMY, _ENVIRONMENT = "A social work academy", "A people-first work environment"
_CONNECTED, _THINKING = "Connected leadership", "Open to outside thinking and challenge"
_TOGETHER, _REFORM, _PLANS = "Solve problems together", "Influence reform", "Plan in the open"
_DIVERSE, _DIGITAL, _ABUSE = "Diversity in all that we do", "A digital offer", "Better work on domestic abuse"
_RECOVERY, _WORKFORCE, _DELAY = "Emerge better from Covid-19", "Develop our people", "Less delay for children"

# pillar, objective, milestone, year, due on, reached on
_MILESTONES: tuple[tuple[str, str, str, str, str, str | None], ...] = (
    ("Practice", _FRAMEWORK, "A new practice framework and updated values", "1", "2020-09-30", "2020-09-30"),
    ("Practice", _LISTEN, "What complaints teach us is reviewed", "1", "2020-07-31", "2020-07-17"),
    ("Practice", _LISTEN, "Feedback is part of quality assurance", "1", "2020-09-30", "2020-09-14"),
    ("Practice", _LISTEN, "A listen and learn conversation with the family forum", "1", "2020-12-31", "2020-11-12"),
    ("Practice", _LISTEN, "Children are asked how it was for them, led by the Family Justice Young People's Board",
     "1", "2020-12-31", "2020-10-22"),
    ("Practice", _LISTEN, "New letters introduce us to children", "1", "2020-09-30", "2020-08-24"),
    ("People", _ACADEMY, "The academy builds expertise within", "1", "2020-10-31", "2020-10-05"),
    ("People", _ACADEMY, "The academy shares its learning with local authorities", "1", "2021-03-31", "2020-11-19"),
    ("People", _ENVIRONMENT, "Major IT projects are delivered", "1", "2020-12-31", "2020-11-27"),
    ("People", _ENVIRONMENT, "A strong wellbeing offer", "1", "2020-06-30", "2020-06-15"),
    ("People", _CONNECTED, "Regular briefings, think-ins and live events", "1", "2020-06-30", "2020-05-18"),
    ("People", _CONNECTED, "A performance board in each region", "1", "2020-09-30", "2020-09-07"),
    ("Partners", _THINKING, "A learning and improvement board", "1", "2020-09-30", "2020-09-22"),
    ("Partners", _THINKING, "The family forum is developed", "1", "2020-12-31", "2020-11-12"),
    ("Partners", _THINKING, "A research advisory committee", "1", "2020-12-31", "2020-10-13"),
    ("Partners", _TOGETHER, "We lead the national recovery group of family justice", "1", "2020-07-31", "2020-06-08"),
    ("Partners", _TOGETHER, "Practice Direction 36Q: early lead, and local solutions for children who cannot wait",
     "1", "2020-07-31", "2020-05-11"),
    ("Partners", _REFORM, "We help to shape public law guidance in its working groups", "1", "2020-12-31",
     "2020-10-29"),
    ("Partners", _REFORM, "The Social Work Evidence Template is redesigned", "1", "2021-03-31", "2020-11-24"),
    ("Partners", _PLANS, "Delivery priorities to 2023 are published", "1", "2021-02-28", None),
    ("Partners", _PLANS, "An event for partners reviews year 1 and the priorities for year 2", "1", "2021-03-31", None),
    ("Practice", _ABUSE, "The improvement plan for domestic abuse practice is delivered", "2", "2022-03-31", None),
    ("Practice", _DIVERSE, "Diversity is recorded and analysed better in practice and quality assurance",
     "2", "2021-12-31", None),
    ("Practice", _LISTEN, "The family forum is in full flight", "2", "2021-09-30", None),
    ("Practice", _LISTEN, "A staffed listening post takes children's feedback", "2", "2021-12-31", None),
    ("Practice", _DIGITAL, "Our digital offer for children and families is developed", "2", "2022-03-31", None),
    ("People", _RECOVERY, "An operating model for after Covid-19", "2", "2021-09-30", None),
    ("People", _WORKFORCE, "A strategy for workforce and organisational development", "2", "2021-12-31", None),
    ("People", _DIVERSE, "A new equality, diversity and inclusion strategy", "2", "2021-12-31", None),
    ("Partners", _DELAY, "The backlogs that delay children's cases are smaller", "2", "2022-03-31", None),
    ("Partners", _REFORM, "Pilots of private law reform are designed and under way", "2", "2022-03-31", None),
    ("Partners", _REFORM, "Public law best practice is embedded: why court now, why this order, with what impact?",
     "2", "2022-03-31", None),
    ("Partners", _PLANS, "The plan for year 2 is published, once the board approves it", "2", "2021-04-30", None),
    ("Partners", _PLANS, "Progress in year 1 is reported in the annual report and accounts", "2", "2021-09-30", None),
)  # fmt: skip


def registers() -> dict[str, list[Row]]:
    """Return the rows of each register, in its columns' order.

    Areas of the improvement plan are numbered in print's order. The strategy's third year, which print leaves to be
    determined, has no milestones.
    """
    plan: list[Row] = [
        (str(number), practice, success, evidence, _PLAN_STARTED, None, owner)
        for number, (practice, success, evidence, owner) in enumerate(_IMPROVEMENT_PLAN, start=1)
    ]
    strategy: list[Row] = [
        (
            *(f"Y{year}-{number:02d}", pillar, objective, said, year, _SET_ON[year], due),
            *(_EXPECTED.get(said), reached, _EVIDENCE.get(said), _LEADS[pillar]),
        )
        for number, (pillar, objective, said, year, due, reached) in enumerate(_MILESTONES, start=1)
    ]
    return {"reflections": list(_REFLECTIONS), "improvement_plan": plan, "strategy": strategy}
