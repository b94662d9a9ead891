"""Claims of commentary, held against their figures: direction, rounding, records, chance, and other figures' names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from cafcass_reports.checks import history, said
from cafcass_reports.checks.aims import target_faults
from cafcass_reports.checks.beside import nation_faults
from cafcass_reports.checks.extremes import extreme_faults, months_apart, months_of, pull_faults, unit
from cafcass_reports.checks.findings import Finding, Place, Severity
from cafcass_reports.checks.judge import NOTHING_BEFORE, Figure, faults
from cafcass_reports.checks.moments import Moment
from cafcass_reports.checks.portions import portion_faults
from cafcass_reports.checks.said import Said
from cafcass_reports.checks.vocabulary import labels, matching, nation, pattern, table
from cafcass_reports.exhibits import headlines
from cafcass_reports.exhibits.commentary import Claim
from cafcass_reports.metrics.measurement import Measurement, number
from cafcass_reports.metrics.measurements import Measurements
from cafcass_reports.metrics.metric import Better, Kind
from cafcass_reports.statistics.spc import Variation

CHECK = "claims"

_SENTENCE = re.compile(r"[.!?](?=\s)|\n")
_LEAD = re.compile(r"^(.*?):(?!\d)", re.DOTALL)
_BEGINS = re.compile(r"[\s*-]*(?:In|On|By|At|From|During|Since|For|Between|Across)\b")
_CLAUSE = re.compile(r"[.;:!?\n(](?!\d)|,(?!\d)|\b(?:while|but|and|whereas|although|though)\b")

Before = Callable[[Measurement], "tuple[str, Figure] | None"]
"""Gives a figure as the pack before had it, with the name of its period, where that is known."""


def check(
    measurements: Measurements,
    claim: Claim,
    place: Place,
    *,
    reasons: dict[str, str] | None = None,
    before: Before = lambda figure: None,
) -> Iterator[Finding]:
    """Hold a claim against its figure.

    Parameters
    ----------
    measurements
        Where its history is looked up.
    claim
        The claim.
    place
        Where it stands.
    reasons
        Why a metric is said to have improved where it may be chance, by metric.
    before
        What a figure was in the pack before: a claim that was true then is stale.
    """
    figure = claim.figure
    before_it, after_it = _clause(claim)
    stated = _read(claim, before_it, after_it)
    around = said.read(f"{before_it} {claim.words} {after_it}")
    heading = f"“{claim.words}” of {figure.title} ({figure.area.name}, {figure.when.label})"

    def finding(severity: Severity, reason: str, next_step: str) -> Finding:
        return Finding(place, CHECK, severity, f"{heading}: {reason}.", _shown(figure), next_step)

    if stated.nothing and not stated.moments:
        yield finding(
            Severity.ERROR,
            "no word or number of it can be checked",
            "Use a word of the vocabulary, or take the mark out.",
        )
        return
    if around.nation and stated.moves and figure.area != measurements.areas.nation:
        wrong = [*_beside(claim, after_it, figure, measurements)]
        if not wrong and (other := _other_figure(claim, before_it, after_it, measurements)):
            wrong = [other]
        if wrong:
            yield finding(Severity.ERROR, "; ".join(wrong), "Write what the figure says, or a reference to it.")
        return
    now = [*portion_faults(stated, figure, after_it, measurements), *faults(stated, Figure.of(figure))]
    if of_single := _of_single(stated, f"{before_it} {claim.words}", figure):
        now.append(of_single)
    wrong = [*now, *_times(stated, around, figure), *_history(stated, around, figure, measurements)]
    wrong += target_faults(stated, figure, measurements.standards.of(figure.metric.id)[0])
    if wrong:
        earlier = before(figure)
        if now and earlier is not None and not any(faults(stated, earlier[1])):
            wrong.insert(0, f"stale: it was written for {earlier[0]}, when it was {shown(earlier[1])}")
        step = "Write what the figure says, or a reference to it."
        if NOTHING_BEFORE in wrong:
            step = f"Name what it is compared with: {{{figure.metric.id} since ...}}, a day, month, quarter or year."
        yield finding(Severity.ERROR, "; ".join(wrong), step)
        return
    other = _other_figure(claim, before_it, after_it, measurements)
    if other:
        yield finding(Severity.ERROR, other, "Name the figure that the sentence is about.")
    if stated.judgement and not (reasons or {}).get(figure.metric.id):
        yield from (
            finding(
                Severity.WARNING, doubt, f"Leave the claim out, or say why under `reasons: {figure.metric.id}: ...`."
            )
            for doubt in _chance(stated, figure, measurements)
        )


def _of_single(stated: Said, words: str, figure: Measurement) -> str:
    """Why words do not speak of a mean; empty where they do, or the figure is none."""
    if figure.metric.kind is not Kind.MEAN or stated.moves or not stated.values:
        return ""
    found = matching(table("single")["words"]).search(words)
    return f"the figure is a mean, which does not tell “{found.group()}”" if found else ""


def _shown(figure: Measurement) -> str:
    """What the figure says, in a sentence."""
    against = figure.comparison
    if against is None or against.value is None:
        return f"It is {figure.shown} in {figure.when.label}."
    difference = headlines.difference(figure)
    change = figure.change_shown + (f", {difference}" if figure.change_unit == "percent" else "")
    return f"It is {figure.shown}, against {against.shown} ({against.when.label}): {change}."


def shown(figure: Figure) -> str:
    """Return a figure and what it is compared with, in words."""
    text = number(figure.value, figure.metric.decimals) + ("%" if figure.metric.unit == "percent" else "")
    if figure.before is None:
        return text
    return f"{text} against {number(figure.before, figure.metric.decimals)}"


def _clause(claim: Claim) -> tuple[str, str]:
    """The words around a claim, as far as the clause goes."""
    end = claim.start + len(claim.words)
    clauses = _CLAUSE.split(_SENTENCE.split(claim.text[: claim.start])[-1])
    # "In London, allocation took": what the sentence begins with says when and where for all of it.
    begins = clauses[0] if len(clauses) == 2 and _BEGINS.match(clauses[0]) else ""
    before = f"{begins} {clauses[-1]}"
    return before, _CLAUSE.split(claim.text[end:], maxsplit=1)[0]


def _read(claim: Claim, before: str, after: str) -> Said:
    """What a claim says; where a number alone is marked, the words beside it say what the number is."""
    share = claim.figure.metric.unit == "percent"
    stated = said.read(claim.words, share=share)
    if stated.moves or not stated.values:
        return stated
    before = labels().sub(" ", before)  # the 4 of "KPI 4 stands at" is no amount
    beside = f"{' '.join(before.split()[-3:])} {claim.words} {' '.join(after.split()[:2])}"
    return said.read(beside, share=share) if pattern("direction", "judgement", "amount").search(beside) else stated


def _beside(claim: Claim, after: str, figure: Measurement, measurements: Measurements) -> Iterator[str]:
    """Hold an area's figure against the nation's, where the claim or the words after it do."""
    follows = nation().search(after)
    words = claim.words + (after[: follows.end()] if follows else "")
    against = figure.comparison.when if figure.comparison else None
    whole = measurements.one(figure.metric.id, measurements.areas.nation, figure.when, before=against)
    yield from nation_faults(said.read(words, share=figure.metric.unit == "percent"), figure, whole)


def _times(stated: Said, around: Said, figure: Measurement) -> Iterator[str]:
    """What the words, and the clause around them, say of time must be the figure's, or its comparison's."""
    against = figure.comparison.when if figure.comparison else None
    # A change has two ends; what only says how much there is has the figure's own time.
    valid = [when for when in (figure.when, against if stated.moves or stated.bases else None) if when is not None]
    if around.moments and not any(moment.overlaps(when) for moment in around.moments for when in valid):
        yield f"the figure is not of {_bare(around.moments[0])}"
    if not stated.moves or stated.extreme or stated.streak or against is None:
        return
    for moment in around.moments:
        # "Fell in 2019-20" is of that year itself, "more than in 2019-20" is compared with it.
        if moment.within and not moment.overlaps(figure.when):
            yield f"the figure is not of {_bare(moment)}"
    if around.since and not around.since.overlaps(against):
        yield f"it is compared with {against.label}, not {around.since.text.strip()}"
    elif around.months and not around.since:
        apart = months_apart(against.last, figure.when.last)
        if apart != around.months:
            yield f"it is compared with {against.label}, {apart} months before, not {around.months}"


def _bare(moment: Moment) -> str:
    """A time without what leads to it: 2019-20 for "in 2019-20"."""
    return re.sub(r"^(?:in|on|by|at|from|of|for|before|the|\s)+\b", "", moment.text).strip()


def _history(stated: Said, around: Said, figure: Measurement, measurements: Measurements) -> Iterator[str]:
    if stated.extreme:
        yield from extreme_faults(stated, figure, measurements)
    if stated.pull:
        yield from pull_faults(stated, figure, measurements)
    way = _way(stated, figure)
    if stated.streak and way:
        times, step = stated.streak
        past = [one for one in history.like(measurements, figure) if one.when.last <= figure.when.last]
        known = [one.value for one in past]
        since = stated.since or around.since
        if not times and since is None:
            yield "it does not say since when"
            return
        if not times and since is not None:
            times = sum(one.when.first > since.latest(figure.when) for one in past)
        if months_of(figure.when) not in (step, 0):
            yield f"the figure is of {figure.when.label}, not of one {unit(step)}"
        elif len(known) <= times:
            yield f"only {len(known)} are on record"
        else:
            last = [value for value in known[-times - 1 :] if value is not None]
            rises = [(after > earlier) == (way == "up") and after != earlier for earlier, after in pairwise(last)]
            if not all(rises):
                yield "it did not do so " + (f"{times} times running" if stated.streak[0] else "each time")


def _way(stated: Said, figure: Measurement) -> str:
    """Up or down, as a claim says it or as an improvement would be; empty where it says neither."""
    if stated.judgement and figure.metric.better is not Better.NEITHER:
        return "up" if (stated.judgement == "better") == (figure.metric.better is Better.HIGHER) else "down"
    return stated.direction if stated.direction in ("up", "down") else ""


def _chance(stated: Said, figure: Measurement, measurements: Measurements) -> Iterator[str]:
    found = history.variation(measurements, figure)
    if found is Variation.COMMON_CAUSE:
        yield "its monthly figures vary as they always have (common-cause variation), so that it may be chance"
    wanted = Variation.IMPROVEMENT if stated.judgement == "better" else Variation.CONCERN
    if found in (Variation.IMPROVEMENT, Variation.CONCERN) and found is not wanted:
        yield f"its latest months say the contrary ({found.value})"


def _other_figure(claim: Claim, before: str, after: str, measurements: Measurements) -> str:
    """Why a claim, with the words right before it, names another metric or area; empty where it does not."""
    figure = claim.figure
    subject = _subject(f"{before} {claim.words}")
    # "Private law: [up 20%]": what a sentence begins with is its subject, until its own words name another.
    lead = _LEAD.match(_SENTENCE.split(claim.text[: claim.start])[-1])
    subjects = [subject, _subject(lead[1])] if lead else [subject]
    areas = {area.name.lower(): area.name for area in measurements.areas}
    for words in subjects:
        named = [areas[match.group()] for match in matching(areas).finditer(words)]
        if named and figure.area.name not in named:
            return f"the words name {named[0]}, and the figure is of {figure.area.name}"
        if named:
            break
    own = f"{figure.metric.title} {figure.metric.phrase}".replace("’", "'").lower()
    for group in table("contrasts")["sets"]:
        meant = {word for word in group if matching([word]).search(own)}
        spoken = next(filter(None, ({word for word in group if matching([word]).search(s)} for s in subjects)), set())
        if spoken and meant and not spoken & meant:
            return f"it speaks of {' and '.join(sorted(spoken))}, and the figure is of {' and '.join(sorted(meant))}"
    phrases = {one.phrase.lower(): one for one in measurements.catalogue.values() if _is_name(one.phrase)}
    spoken_of = [phrases[match.group()] for match in matching(phrases).finditer(subject)]
    phrase = figure.metric.phrase.lower()
    # "Children in open cases" are not "open cases"; a growth of them that another team returns is of them.
    longer = [
        one for one in spoken_of if not one.returned and phrase in one.phrase.lower() and one.phrase.lower() != phrase
    ]
    if longer:
        return f"the words name {longer[0].phrase}, and the figure is {figure.metric.phrase}"
    if set(phrase.split()) <= set(re.findall(r"[\w-]+", " ".join(subjects))):
        return ""
    if spoken_of and all(_leaves_out(f"{subject} {after}", one.phrase.lower(), own, figure) for one in spoken_of):
        return f"the words name {spoken_of[0].phrase}, and the figure is {figure.metric.phrase}"
    return ""


def _subject(words: str) -> str:
    """The words of a clause that name what it is about, without emphasis, records and the nation beside it."""
    return nation().sub(" ", pattern("extreme").sub(" ", words.replace("*", "").replace("’", "'"))).lower()


def _leaves_out(clause: str, spoken: str, own: str, figure: Measurement) -> bool:
    """Whether a clause names another metric: wholly another, or one of whose name this one's says more.

    "Open cases" are not "children in open cases", unless a word of the rest stands somewhere in the clause.
    """
    if spoken not in own:
        return True
    if figure.metric.returned or spoken not in figure.metric.phrase.lower():
        return False  # what other teams return is named as they name it
    rest = [word[:5] for word in re.findall(r"[\w-]{4,}", figure.metric.phrase.lower().replace(spoken, " "))]
    return bool(rest) and not any(re.search(rf"\b{re.escape(word)}", clause.lower()) for word in rest)


def _is_name(phrase: str) -> bool:
    """Whether a metric's phrase names it; "more open cases" is how anybody says that there are more."""
    return " " in phrase and not pattern("direction").match(phrase)
