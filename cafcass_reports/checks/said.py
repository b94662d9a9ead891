"""What the words of a claim say, read with the vocabulary; no figure is looked at here."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from fractions import Fraction

from cafcass_reports.checks.moments import DATED, MONTH, Moment, moment
from cafcass_reports.checks.quantities import Kind, Quantity, quantities
from cafcass_reports.checks.vocabulary import kinds, labels, matching, nation, pattern, table

_N_OF_M = re.compile(
    r"(?<![\w,.])(?P<n>\d[\d,]*|[a-z]+)\s+(?:out\s+of|of|in)\s+(?:the\s+|all\s+|every\s+)?(?P<m>\d[\d,]*|[a-z]+)(?![\w,])",
    re.I,
)
_WITHIN = re.compile(r"in\b|during\b", re.IGNORECASE)
_COMPARED = re.compile(r"\b(?:than|compared|against|from|versus|on|as)\b", re.IGNORECASE)
_SAME_MONTH = re.compile(rf"\w+est\s+(?:of\s+(?:any|all|every)\s+)?(?:{MONTH})\b")
_APART = re.compile(r"^\s*(?:[a-z’'-]+\s+){0,3}$", re.IGNORECASE)


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
    ``pull`` (most, least) is set instead of an extreme where it is one of how far the figures moved.
    ``portion`` is set where the figure is said to make up a share of another.
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
    portion: bool = False
    pull: str = ""
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
        return bool(self.direction or self.judgement or self.multiple or self.changes or self.extreme or self.pull)

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
    said.portion = bool(rest.take(matching(table("portion")["words"])))
    _target(said, rest)
    _nation(said, rest)
    _streak(said, rest)
    _beyond_others(said, rest)
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


def _beyond_others(said: Said, rest: _Rest) -> None:
    """More than any other area; longer than in any other month: the highest, in words of direction."""
    parts, times = ("|".join(table("beyond")[name]) for name in ("parts", "times"))
    others = re.compile(
        rf"\bthan\s+(?:(?:in|for|at)\s+)?(?:any|every|all)(?:\s+of)?(?:\s+the)?\s+others?"
        rf"(?:\s+(?:(?P<part>{parts})|(?P<time>{times})))?\b",
        re.IGNORECASE,
    )
    extremes = {"up": "highest", "down": "lowest", "better": "best", "worse": "worst"}
    for match in rest.take(others):
        before = [
            (word.span(), kinds(name)[re.sub(r"\s+", " ", word.group().lower())])
            for name in ("direction", "judgement")
            for word in pattern(name).finditer(rest.text[: match.start()])
        ]
        if not before:
            continue
        span, meaning = max(before)
        said.extreme = extremes.get(meaning, "")
        said.among_parts = match["time"] is None
        said.step = table("spans")[match["time"].lower()] if match["time"] else 0
        rest.blank(span)


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
    for match in rest.take(DATED):
        named = moment(match)
        if named is not None and match["since"]:
            said.since = named
        elif named is not None:
            just_before = " ".join(rest.text[: match.start()].split()[-6:])
            within = bool(_WITHIN.match(match.group())) and not _COMPARED.search(just_before)
            said.moments.append(replace(named, within=within))
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


def _extremes(said: Said, rest: _Rest, share: bool) -> None:
    parts = rest.take(matching(table("scope")["parts"]))
    said.among_parts = said.among_parts or bool(parts)
    if parts:
        _pulls(said, rest)
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


def _pulls(said: Said, rest: _Rest) -> None:
    """Grew the fastest; fell by the most: it is of how far they moved, not of where they stand."""
    moved = re.compile(
        rf"{pattern('direction').pattern}\s+(?:by\s+)?(?:the\s+)?(?P<pull>{pattern('pull').pattern})", re.I
    )
    for match in moved.finditer(rest.text):
        said.pull = kinds("pull")[match["pull"].lower()]
        rest.blank(match.span("pull"))


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
