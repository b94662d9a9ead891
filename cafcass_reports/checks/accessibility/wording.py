"""Words that say nothing: names in place of alternative text, links called 'here', titles of software."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

WORDS = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
"""Lists of words, from ``words.toml``."""

_ENDINGS = (
    "png|jpe?g|gif|svg|bmp|tiff?|webp|emf|wmf|heic|pdf|pptx?|potx?|docx?|xlsx?|csv|html?|ipynb|eps|ico|md|txt|json|py"
)
_FILE = re.compile(rf"(^|[\s/\\\"'(])[\w%+~.-]*[\w%-]\.({_ENDINGS})\b(\W*$|[\s)\"',;:])", re.IGNORECASE)
_KINDS = frozenset(WORDS["kinds"].split())
_CODE = re.compile(r"(?:rId|U\+)?[\w-]*\d{3,}[\w-]*|[0-9a-f-]{16,}|[\w-]*_[\w-]*", re.IGNORECASE)
_MADE = re.compile(r"automatically generated|AI-generated", re.IGNORECASE)
_EMPTY_LINKS = frozenset(link.strip() for link in " ".join(WORDS["links"].split()).split("|"))
_ADDRESS = re.compile(
    r"^(?:[a-z][a-z0-9+.-]*://|www\.|mailto:|tel:|file:)\S*$|^\S+\.(?:com|org|net|uk|gov|io|eu)(?:/\S*)?$", re.I
)
_SOFTWARE = re.compile(
    rf"^(?:power ?point presentation|presentation\d*|slide \d+|document\d*|untitled.*|notebook\d*|jupyter.*|"
    r"microsoft .*|title|new (?:microsoft .*|(?:presentation|document|deck|slide|notebook|page|file)\W*\d*)|"
    rf"typst.*|page|index|test|todo|tbc|lorem ipsum.*|.*\.(?:{_ENDINGS})|"
    r"\S+\.[a-z][a-z0-9]{1,4}|\w*_\w*)$",
    re.IGNORECASE,
)
# An axis says months; a text about a stock also says on which day of them.
_FIRST_DAY = re.compile(r"\b1 (?=[A-Z][a-z]+ \d{4}\b)")
_NUMBER = re.compile(r"(?<![\w.])[−+-]?\d[\d,]*(?:\.\d+)?(?!\w*[a-z]\d)")

SYMBOLS = frozenset("▲▼►◄●○■□◆◇★☆✓✔✗✘↑↓→←↗↘⇧⇩=△▽⬆⬇▶◀")
"""Characters that say by their shape what a colour says."""

TONE_WORDS = re.compile(
    r"improv|concern|better|worse|good|met|inadequate|outstanding|requires|complete|progress|due|late|on track|"
    r"off track|red|amber|green|achieved|missed|target|risk|rose|fell|up|down|level|no change|[+−-]\s?\d",
    re.IGNORECASE,
)
"""Words that say what a colour says."""


def is_name(text: str) -> bool:
    """Tell whether an alternative text is a file's name, a kind of thing or a place holder.

    Examples
    --------
    >>> [is_name(text) for text in ("chart.png", "Chart 3", "Open cases rose by 19% in a year.")]
    [True, True, False]
    """
    said = " ".join(text.split())
    if not re.search(r"[^\W\d_]{2}", said):
        return True
    one_word = " " not in said
    return bool(
        all(word in _KINDS for word in re.findall(r"[a-z]+", said.lower()))
        or (_FILE.search(said) and len(said.split()) < 8)
        or (one_word and _CODE.fullmatch(said))
        or _ADDRESS.match(said)
        or _MADE.search(said)
    )


def says_nothing(link: str) -> bool:
    """Tell whether a link's text does not say where it leads.

    Examples
    --------
    >>> [says_nothing(link) for link in ("here", "https://example.org", "Board papers")]
    [True, True, False]
    """
    said = " ".join(link.split()).strip(" .:;,!?…>»→()[]'\"").lower()
    return said in _EMPTY_LINKS or not re.search(r"\w", said) or bool(_ADDRESS.match(said))


def no_title(title: str) -> bool:
    """Tell whether a document's title is none: empty, a file's name, or what software writes by itself.

    Examples
    --------
    >>> [no_title(title) for title in ("New Microsoft PowerPoint Presentation", "New private law cases fell by 7.5%")]
    [True, False]
    """
    return not re.search(r"[^\W\d_]{2}", title) or bool(_SOFTWARE.match(title.strip()))


@dataclass(frozen=True)
class Number:
    """A number as written: its size, and how many decimals it has."""

    text: str
    value: float
    decimals: int

    def is_about(self, value: float) -> bool:
        """Tell whether a value, or its hundredfold, reads as this number; its sign may be said in words."""
        half = 0.5 * 10.0**-self.decimals + 1e-9
        return any(abs(abs(each) - abs(self.value)) <= half for each in (value, value * 100))


def numbers(text: str) -> list[Number]:
    """Return the numbers of a text, in its order.

    Examples
    --------
    >>> [number.value for number in numbers("from 17,183 to −2.5%")]
    [17183.0, -2.5]
    """
    found = []
    for match in _NUMBER.findall(text):
        plain = match.rstrip(",").replace(",", "").replace("−", "-")
        found.append(Number(match.rstrip(","), float(plain), len(plain.partition(".")[2])))
    return found


def unknown(alt: str, elsewhere: Iterable[str], values: Iterable[float] = ()) -> list[str]:
    """Return the numbers that an alternative text says and that neither the texts nor the values have."""
    return unknown_of(alt, values_of(elsewhere), values)


def values_of(texts: Iterable[str]) -> frozenset[float]:
    """Return the sizes of the numbers in some texts."""
    return frozenset(number.value for text in texts for number in numbers(text))


def unknown_of(alt: str, known: Collection[float], values: Iterable[float] = ()) -> list[str]:
    """Return the numbers that an alternative text says and that are neither known nor a value."""
    held = list(values)
    return [
        number.text
        for number in numbers(_FIRST_DAY.sub("", alt))
        if number.value not in known and abs(number.value) not in known and not any(map(number.is_about, held))
    ]


def different(one: str, other: str) -> bool:
    """Tell whether two titles read differently, whatever their case and spaces."""
    return " ".join(one.split()).casefold() != " ".join(other.split()).casefold()
