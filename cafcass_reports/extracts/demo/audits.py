"""Audits of case files, of all four themes."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np

from cafcass_reports.extracts.demo import targets
from cafcass_reports.extracts.demo.days import Days, day, drawn, month_end, month_starts
from cafcass_reports.extracts.demo.draw import Real, Whole, chosen, split
from cafcass_reports.extracts.demo.organisation import Organisation
from cafcass_reports.extracts.demo.receipts import Cases

NATIONAL, DOMESTIC_ABUSE, DIVERSE_NEEDS, CASE_PLANNING = range(4)  # as in schemas.THEMES
UNMODERATED = -1
JUDGEMENT_SETS = (
    None,
    "diverse needs identified",
    "diverse needs identified; diverse needs analysed well",
    "manager review of case plan",
)
_MODERATED = 0.12
_AGREED = 0.7  # of moderated audits; of the others some keep their grade too


@dataclass(frozen=True)
class Audits:
    """Audits; ``case`` is a position in the cases, ``judgements`` one in ``JUDGEMENT_SETS``.

    ``grade`` and ``moderated`` are positions in ``schemas.GRADES``, best first.
    """

    case: Whole
    audited: Days
    theme: Whole
    grade: Whole
    moderated: Whole
    judgements: Whole


def audits(rng: np.random.Generator, cases: Cases, places: Organisation) -> Audits:
    """Return all audits, with the grades and judgements that are published."""
    lower = places.grade_lower[cases.area]
    parts = [
        _graded(rng, cases, lower, NATIONAL, months=(first, last), counts=split(total, shares))
        for first, last, total, shares in targets.AUDITS
    ]
    parts.append(
        _graded(
            rng,
            cases,
            lower,
            DOMESTIC_ABUSE,
            months=("2020-11", "2020-11"),
            counts=np.array(targets.DOMESTIC_ABUSE_AUDIT),
        )
    )
    parts.append(_diverse_needs(rng, cases, lower))
    parts += _case_plans(rng, cases, lower)
    every = Audits(*(np.concatenate([getattr(part, item.name) for part in parts]) for item in fields(Audits)))
    order = np.argsort(every.audited, kind="stable")
    return Audits(*(getattr(every, item.name)[order] for item in fields(Audits)))


def _graded(
    rng: np.random.Generator, cases: Cases, lower: Real, theme: int, *, months: tuple[str, str], counts: Whole
) -> Audits:
    """Return audits of months, of which so many are good or better, met, and below that.

    Grades go by rank: a case of an area with weaker practice is likelier to be at the lower end.
    """
    case: list[Whole] = []
    audited: list[Days] = []
    for start, count in targets.monthly(*months, int(counts.sum()), (1.0,) * 12).items():
        pool = np.flatnonzero(cases.open_on(start))
        picked = chosen(rng, pool, count, 1.0)
        case.append(picked)
        # Within the case's life: what is open on the first may close in the month.
        audited.append(drawn(rng, np.full(count, start), np.clip(cases.closed[picked], start + 4, month_end(start))))
    cases_audited = np.concatenate(case)
    quality = rng.normal(size=len(cases_audited)) - lower[cases_audited]
    good, met, below = counts.tolist()
    outstanding, inadequate = round(good * 0.09), round(below * 0.06)
    ranked = np.repeat(np.arange(5), [outstanding, good - outstanding, met, below - inadequate, inadequate])
    final = np.empty(len(ranked), np.int64)
    final[np.argsort(-quality, kind="stable")] = ranked
    is_moderated = rng.random(len(final)) < _MODERATED
    moved = rng.choice([-1, 0, 1], len(final))
    # From a generator of its own, so that what the others draw stays as it is.
    moved[np.random.default_rng([theme, len(final)]).random(len(final)) < _AGREED] = 0
    first_grade = np.where(is_moderated, (final + moved).clip(0, 4), final)
    return Audits(
        cases_audited,
        np.concatenate(audited),
        np.full(len(final), theme),
        first_grade,
        np.where(is_moderated, final, UNMODERATED),
        np.zeros(len(final), np.int64),
    )


def _diverse_needs(rng: np.random.Generator, cases: Cases, lower: Real) -> Audits:
    total, identified_share, analysed_share = targets.DIVERSE_NEEDS_AUDIT
    identified = round(total * identified_share)
    analysed = round(identified * analysed_share)
    result = _graded(
        rng, cases, lower, DIVERSE_NEEDS, months=("2020-10", "2020-10"), counts=split(total, (0.55, 0.33, 0.12))
    )
    judged = rng.permutation(np.repeat([0, 1, 2], [total - identified, identified - analysed, analysed]))
    return _judged(result, judged)


def _case_plans(rng: np.random.Generator, cases: Cases, lower: Real) -> list[Audits]:
    """Return a review of case plans for each month, rising through July's 72 per cent to its mean of 85."""
    total, share, july_share = targets.CASE_PLAN_AUDIT
    months = month_starts("2020-04", "2020-12")
    counts = split(total, np.ones(len(months)))
    july = months.index(day("2020-07-01"))
    wanted = round(total * share) - round(int(counts[july]) * july_share)
    rising = np.array([0.78, 0.77, 0.75, 0.0, 0.86, 0.90, 0.93, 0.95, 0.96])
    reviewed = split(wanted, rising)
    reviewed[july] = round(int(counts[july]) * july_share)
    result = []
    for start, count, done in zip(months, counts.tolist(), reviewed.tolist(), strict=True):
        month = str(np.datetime64(start, "D"))[:7]
        audit = _graded(rng, cases, lower, CASE_PLANNING, months=(month, month), counts=split(count, (0.6, 0.31, 0.09)))
        result.append(_judged(audit, np.where(rng.permutation(count) < done, 3, 0)))
    return result


def _judged(audit: Audits, judgements: Whole) -> Audits:
    return replace(audit, judgements=judgements)
