"""What the words of a claim say, read with the vocabulary; no figure is looked at here."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction

from cafcass_reports.checks.quantities import Kind, Quantity, quantities
from cafcass_reports.checks.vocabulary import kinds, labels, matching, nation, pattern, table
from cafcass_reports.periods import Period, When, named

_MONTHS = [date(2000, month, 1).strftime("%B") for month in range(1, 13)]
_MONTH = "|".join(_MONTHS)
_DATED = re.compile(
    rf"\b(?P<since>since\s+)?(?:(?:in|on|by|at|from|of|for|before)\s+)?(?:the\s+)?(?:"
    rf"(?P<day>\d{{1,2}})\s+(?P<day_month>{_MONTH})(?:\s+(?P<day_year>\d{{4}}))?"
    rf"|(?P<first>{_MONTH})(?:\s+(?P<first_year>\d{{4}}))?(?:\s+to\s+(?P<last>{_MONTH}))?(?:\s+(?P<month_year>\d{{4}}))?"
    r"|(?P<year>(?:19|20)\d\d)(?:[-–/](?P<second>\d\d))?(?![\d,]))\b",
)  # a month begins with a capital: "may" and "march" are words too
_N_OF_M = re.compile(
    r"(?<![\w,.])(?P<n>\d[\d,]*|[a-z]+)\s+(?:out\s+of|of|in)\s+(?:the\s+|all\s+|every\s+)?(?P<m>\d[\d,]*|[a-z]+)(?![\w,])",
    re.I,
)
_WITHIN = re.compile(r"in\b|during\b", re.IGNORECASE)
_COMPARED = re.compile(r"\b(?:than|compared|against|from|versus|on|as)\b", re.IGNORECASE)
_SAME_MONTH = re.compile(rf"\w+est\s+(?:{_MONTH})\b")
_APART = re.compile(r"^\s*(?:[a-z’'-]+\s+){0,3}$", re.IGNORECASE)


@dataclass(frozen=True)
class Moment:
    """A time that a claim names; ``yearly`` for a month of any year, ``within`` where it is what happened in it."""

    first: date
    last: date
    yearly: bool
    text: str
    within: bool = False

    def latest(self, when: When) -> date:
        """The first day: of a month of any year, in the last year in which it began by the figure's time."""
        if not self.yearly:
            return self.first
        begun = (self.first.month, self.first.day) <= (when.last.month, when.last.day)
        month = self.first.replace(year=when.last.year - (not begun), day=1)
        return month + timedelta(days=self.first.day - 1)

    def ended(self, when: When) -> date:
        """The last day of the same time."""
        return self.latest(when) + (self.last - self.first)

    def overlaps(self, when: When) -> bool:
        """Whether the figure's time and this one have a day in common."""
        if not self.yearly:
            return self.first <= when.last and when.first <= self.last
        months = range(when.first.year * 12 + when.first.month, when.last.year * 12 + when.last.month + 1)
        return any((month - 1) % 12 + 1 in range(self.first.month, self.last.month + 1) for month in months)


@dataclass(frozen=True)
class Amount:
    """A number that a claim says, and how near it has to be: ``about``, ``just_below``; empty for the number itself."""

    quantity: Quantity
    near: str


@dataclass
class Said:
    """What a claim says.

    ``direction`` is up, down, level or steady; ``judgement`` better or worse; ``extreme`` highest, lowest, best or
    worst, the ``rank``-th of them, in time or among areas (``among_parts``). ``multiple`` is of the comparison.
    ``changes`` are amounts of the change, ``values`` of the figure, ``bases`` of what it is compared with.
    ``counted`` is numerator and denominator, and how near they have to be. ``months`` is how long ago the words say the
    comparison is; ``streak`` how many times running the figure moved so, and the months of each step; 0 times is each
    since ``since``.
    ``nation`` is set where an area is held against the nation, ``pace`` (more, less) where their changes are.
    ``same_month`` is set where an extreme is one of Decembers. ``target`` is how the figure stands to its target (met,
    missed, above or below), ``target_values`` the target that is said.
    """

    direction: str = ""
    judgement: str = ""
    extreme: str = ""
    rank: int = 1
    among_parts: bool = False
    step: int = 0
    multiple: tuple[str, str] | None = None
    majority: tuple[str, str] | None = None
    same_month: bool = False
    changes: list[Amount] = field(default_factory=list)
    values: list[Amount] = field(default_factory=list)
    bases: list[Amount] = field(default_factory=list)
    counted: tuple[int, int] | None = None
    counted_near: str = ""
    target: str = ""
    target_values: list[Amount] = field(default_factory=list)
    months: int = 0
    streak: tuple[int, int] | None = None
    moments: list[Moment] = field(default_factory=list)
    since: Moment | None = None
    negated: bool = False
    nation: bool = False
    pace: str = ""
    ambiguous: str = ""

    @property
    def moves(self) -> bool:
        """Whether it says that, or how, the figure moved, or stands to others."""
        return bool(self.direction or self.judgement or self.multiple or self.changes or self.extreme)

    @property
    def nothing(self) -> bool:
        """Whether no word of the vocabulary and no number is in it."""
        return not (
            self.direction or self.judgement or self.extreme or self.multiple or self.majority
            or self.changes or self.values or self.bases or self.counted or self.target
        )  # fmt: skip


def read(words: str, *, share: bool = False) -> Said:
    """Read a claim.

    Parameters
    ----------
    words
        The words, without Markdown's marks of emphasis.
    share
        Whether the figure is a percentage, of which "most" is more than half.

    Examples
    --------
    >>> said = read("rose by 5% in a year")
    >>> said.direction, said.changes[0].quantity.value, said.months
    ('up', Fraction(5, 1), 12)
    """
    said = Said()
    rest = _Rest(words.replace("’", "'").replace("*", "").replace("_", " ").replace("\xa0", " "))
    said.same_month = bool(_SAME_MONTH.search(rest.text)) and bool(pattern("extreme").search(rest.text))
    rest.take(matching(table("idioms")["words"]))
    _target(said, rest)
    _nation(said, rest)
    _streak(said, rest)
    _times(said, rest, share)
    _extremes(said, rest, share)
    _multiples(said, rest)
    _numbers(said, rest)
    _directions(said, rest)
    return said


class _Rest:
    """The words not yet understood; what is taken is blanked, so that places stay."""

    def __init__(self, text: str) -> None:
        self.text = text

    def take(self, found: re.Pattern[str]) -> list[re.Match[str]]:
        matches = list(found.finditer(self.text))
        self.blank(*(match.span() for match in matches))
        return matches

    def blank(self, *spans: tuple[int, int]) -> None:
        for start, end in spans:
            self.text = self.text[:start] + "\x00" * (end - start) + self.text[end:]


def _target(said: Said, rest: _Rest) -> None:
    """Met the target; fell short of our target of 97%; above the 97% target."""
    how = pattern("target").pattern
    found = re.compile(
        rf"(?P<how>{how})\s+(?:(?:the|our|its|their|a|an|this|that)\s+)?(?P<between>(?:[\w.,%-]+\s+){{0,3}}?)targets?\b"
        r"(?P<after>\s+of\s+[\w.,-]+(?:\s?%|\s+per\s?cent)?)?",
        re.IGNORECASE,
    )
    for match in rest.take(found):
        said.target = kinds("target")[re.sub(r"\s+", " ", match["how"].lower())]
        numbers = quantities(f"{match['between']} {match['after'] or ''}")
        said.target_values += [Amount(one, "") for one in numbers]


def _nation(said: Said, rest: _Rest) -> None:
    """Slower than in England; below the national average; grew faster than nationally."""
    for match in rest.take(nation()):
        said.nation = True
        for pace in pattern("pace").finditer(rest.text[: match.start()]):
            moved = list(pattern("direction", "judgement").finditer(rest.text[: pace.start()]))
            if pace.end() + 1 >= match.start() and moved and moved[-1].end() + 1 >= pace.start():
                said.pace = kinds("pace")[re.sub(r"\s+", " ", pace.group().lower())]
                rest.blank(pace.span())


def _streak(said: Said, rest: _Rest) -> None:
    """For the third month running; three months in a row; three consecutive quarters; every month since June."""
    numbers, ordinals, spans = ("|".join(table(name)) for name in ("numbers", "ordinals", "spans"))
    running = r"(?:running|in\s+a\s+row|in\s+succession)"
    streak = re.compile(
        rf"\b(?:for\s+)?(?:the\s+)?(?P<count>{numbers}|{ordinals}|\d+(?:st|nd|rd|th)?)\s+"
        rf"(?:(?:consecutive|successive)\s+(?P<a>{spans})|(?P<b>{spans})\s+{running})\b",
        re.IGNORECASE,
    )
    for match in rest.take(streak):
        count = match["count"].lower()
        digits = re.match(r"\d+", count)
        times = int(digits.group()) if digits else {**table("numbers"), **table("ordinals")}[count]
        said.streak = (times, table("spans")[(match["a"] or match["b"]).lower()])
    for match in rest.take(re.compile(r"\b(?:every|each)(?:\s+single)?\s+(month|quarter|year)\b", re.IGNORECASE)):
        said.streak = said.streak or (0, table("spans")[match[1].lower()])


def _times(said: Said, rest: _Rest, share: bool) -> None:
    numbers = "|".join(table("numbers"))
    spans = "|".join(table("spans"))
    ago = re.compile(
        rf"\b(?:(?P<lead>for|in|over|on|within|than|since|from|during|compared\s+with|against|as)\s+)?"
        rf"(?:the\s+same\s+\w+\s+)?"
        rf"(?:(?:(?:a|an|one|the|last|past|previous)\s+)+(?:(?P<among>{numbers}|\d+)\s+)?|(?P<alone>{numbers}|\d+)\s+)"
        rf"(?P<span>{spans})\b(?!\s+(?:of|to)\b)(?:\s+(?P<trail>ago|before|earlier))?"
        rf"|\b(?P<on>{spans})[\s-]+on[\s-]+(?:{spans})\b",
        re.IGNORECASE,
    )
    for match in rest.take(_DATED):
        moment = _moment(match)
        if moment is not None and match["since"]:
            said.since = moment
        elif moment is not None:
            just_before = " ".join(rest.text[: match.start()].split()[-6:])
            within = bool(_WITHIN.match(match.group())) and not _COMPARED.search(just_before)
            said.moments.append(replace(moment, within=within))
    for match in ago.finditer(rest.text):
        # Three quarters of a share are a part of it, and so is more than a quarter.
        count = match["among"] or match["alone"]
        span = (match["span"] or "").lower()
        part = (share and count and span == "quarters") or (not count and match["lead"] == "than" and span == "quarter")
        part = part and not match["trail"]
        if part or not (match["lead"] or match["trail"] or match["on"]):
            continue
        times = (count or "1").lower()
        said.months = table("spans")[(match["span"] or match["on"]).lower()] * int(
            table("numbers").get(times, times if times.isdigit() else 1)
        )
        rest.blank(match.span())


def _moment(match: re.Match[str]) -> Moment | None:
    try:
        if match["day"]:
            month = _MONTHS.index(match["day_month"]) + 1
            day = date(int(match["day_year"] or 2000), month, int(match["day"]))
            return Moment(day, day, not match["day_year"], match.group())
        if match["year"]:
            year = int(match["year"])
            whole = named(f"{year}-{match['second']}") if match["second"] else None
            first, last = (whole.first, whole.last) if whole else (date(year, 1, 1), date(year, 12, 31))
            return Moment(first, last, False, match.group())
        year_named = match["month_year"] or match["first_year"]
        year = int(year_named or 2000)
        start = Period.of_months(date(year, _MONTHS.index(match["first"]) + 1, 1), 1)
        end = Period.of_months(date(year, _MONTHS.index(match["last"] or match["first"]) + 1, 1), 1)
        if end < start:
            start = Period.of_months(date(year - 1, start.first.month, 1), 1)
        return Moment(start.first, end.last, not year_named, match.group())
    except ValueError:
        return None


def _extremes(said: Said, rest: _Rest, share: bool) -> None:
    parts = rest.take(matching(table("scope")["parts"]))
    said.among_parts = bool(parts)
    found = list(pattern("extreme").finditer(rest.text))
    scoped = parts or rest.take(matching(table("scope")["words"])) if found else []
    for match in found:
        word = re.sub(r"\s+", " ", match.group().lower())
        before = re.search(r"(\w+)[\s-]+$", rest.text[: match.start()])
        if (share and word == "most" and not scoped) or (before and before[1].lower() == "at"):
            continue
        said.extreme = said.extreme or kinds("extreme")[word]
        if before and before[1].lower() in table("ordinals"):
            said.rank = table("ordinals")[before[1].lower()]
            rest.blank(before.span(1))
        after = re.match(rf"\s+(?:financial\s+)?({'|'.join(table('spans'))})\b", rest.text[match.end() :], re.I)
        if after:
            said.step = table("spans")[after[1].lower()]
        rest.blank(match.span())
    if share and not said.extreme:
        for match in rest.take(pattern("majority")):
            near = _near(rest, match.start())
            said.majority = said.majority or (kinds("majority")[re.sub(r"\s+", " ", match.group().lower())], near)


def _multiples(said: Said, rest: _Rest) -> None:
    for match in rest.take(pattern("multiple")):
        near = _near(rest, match.start())
        said.multiple = (table("multiple")[re.sub(r"\s+", " ", match.group().lower())], near)


def _numbers(said: Said, rest: _Rest) -> None:
    counted = _N_OF_M.search(rest.text)
    if counted:
        both = [_whole(counted["n"]), _whole(counted["m"])]
        if both[0] is not None and both[1] is not None:
            said.counted, said.counted_near = (both[0], both[1]), _near(rest, counted.start())
            rest.blank(counted.span())
    named = [match.span() for match in labels().finditer(rest.text) if match.group()[0].isalpha()]  # KPI 4, section 7
    counts = [one for one in quantities(rest.text) if not any(start <= one.start < end for start, end in named)]
    found = sorted([*counts, *_ones(rest.text)], key=lambda one: one.start)
    moves = pattern("direction", "judgement")
    classed: list[tuple[list[Amount], Amount]] = []
    for one in found:
        near = _near(rest, one.start)
        before, after = rest.text[: one.start].rstrip("\x00 "), rest.text[one.end :]
        classed.append((_class(said, before, after, moves), Amount(one, near)))
        rest.blank((one.start, one.end))
    for held, amount in classed:
        held.append(amount)


def _ones(text: str) -> list[Quantity]:
    """Less than one day, at least one: where a bound stands before it, "one" counts."""
    bound = "|".join(rf"{re.escape(word)}\s+" for word in kinds("approximate"))
    return [
        Quantity(*match.span(1), match[1], Fraction(1), 0, Kind.NUMBER)
        for match in re.finditer(rf"(?<![\w-])(?:{bound})(one)(?![\w-])(?!\s+(?:of|in|another)\b)", text, re.IGNORECASE)
    ]


def _class(said: Said, before: str, after: str, moves: re.Pattern[str]) -> list[Amount]:
    def ends(kind: str) -> bool:
        return any(re.search(rf"(?<!\w){re.escape(word)}$", before, re.IGNORECASE) for word in table("amount")[kind])

    if ends("change"):
        return said.changes
    if ends("base"):
        return said.bases
    if any(match.end() == len(before) for match in moves.finditer(before)):
        return said.changes
    following = moves.search(after)
    if following and _APART.match(after[: following.start()]):
        tail = re.match(r"\s*(?:by\s+)?[^\w\s]?\d", after[following.end() :])
        if not tail:
            return said.changes
    return said.values


def _near(rest: _Rest, start: int) -> str:
    """The word right before a number that says how near it is; it is taken."""
    for match in pattern("approximate").finditer(rest.text[:start]):
        if not rest.text[match.end() : start].strip():
            rest.blank(match.span())
            return kinds("approximate")[re.sub(r"\s+", " ", match.group().lower())]
    return ""


def _whole(text: str) -> int | None:
    text = text.replace(",", "").lower()
    return int(text) if text.isdigit() else table("numbers").get(text)


def _directions(said: Said, rest: _Rest) -> None:
    for name in ("direction", "judgement"):
        said_by = _each(name)
        words = dict.fromkeys(said_by(match.group()) for match in rest.take(pattern(name)))
        if len(words) > 1:
            said.ambiguous = " and ".join(words)
        if words:
            setattr(said, name, next(iter(words)))
    said.negated = bool(rest.take(matching(table("negation")["words"])))


def _each(name: str) -> Callable[[str], str]:
    return lambda word: kinds(name)[re.sub(r"\s+", " ", word.lower())]
