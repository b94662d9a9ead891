"""A deck that a director has edited, brought up to date with a pack; the old one stays beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rich.table import Table
from rich.text import Text

from cafcass_reports.checks import vocabulary
from cafcass_reports.errors import PackError
from cafcass_reports.exporters.deck.identity import Identity
from cafcass_reports.exporters.deck.refresh import ByHand, Finding, Kind, opened, remembered
from cafcass_reports.exporters.deck.refresh import refresh as merged
from cafcass_reports.packs.outputs import replace_whole
from cafcass_reports.packs.parameters import Pack
from cafcass_reports.packs.published import Published, published

_SUFFIX = ".before"
_SIGNS = {"+": "up", "-": "down", "\N{MINUS SIGN}": "down"}


@dataclass(frozen=True)
class Outcome:
    """What a refresh did.

    Parameters
    ----------
    deck
        The refreshed deck, at its place.
    before
        Where the deck as it was stands now; ``None`` where nothing had moved and nothing was written.
    updated
        How many texts, cells, series, alt texts, pictures and slides are new.
    findings
        Conflicts and notes, in the order of the slides.
    """

    deck: Path
    before: Path | None
    updated: int
    findings: tuple[Finding, ...]

    @property
    def conflicts(self) -> tuple[Finding, ...]:
        """The findings that a person has to settle."""
        return tuple(one for one in self.findings if one.kind is Kind.CONFLICT)

    @property
    def summary(self) -> str:
        """What was done, in a sentence."""
        if self.before is None:
            return f"Nothing has moved since {self.deck.name} was made: it was left as it is."
        count = len(self.conflicts)
        told = f"{count} {'conflict' if count == 1 else 'conflicts'}" if count else "no conflicts"
        return f"Refreshed {self.deck}: {self.updated} renewed, {told}. The deck as it was: {self.before}"

    def as_dict(self) -> dict[str, Any]:
        """Return it for JSON."""
        return {
            "deck": str(self.deck),
            "before": str(self.before) if self.before else None,
            "updated": self.updated,
            "conflicts": [_as_dict(one) for one in self.conflicts],
            "notes": [_as_dict(one) for one in self.findings if one.kind is Kind.NOTE],
        }

    def table(self) -> Table:
        """Draw the findings for the terminal."""
        drawn = Table(title="To look at", title_justify="left")
        for heading in ("", "Slide", "What", "Yours", "The pack now"):
            drawn.add_column(heading)
        for one in self.findings:
            place = f"{one.slide or '–'} {one.title}" + (f", {one.shape}" if one.shape else "")
            drawn.add_row(*map(Text, (one.kind, place, one.what, one.yours, one.now)))
        return drawn


def _as_dict(one: Finding) -> dict[str, Any]:
    return {name: value for name, value in asdict(one).items() if name != "kind"}


def refresh(deck: Path, pack: Pack) -> Outcome:
    """Bring an edited deck up to date with the published outputs of its pack.

    Parameters
    ----------
    deck
        The edited deck. The refreshed one takes its place, the old one stands beside it, ``.before`` in its name.
    pack
        The pack, run with the figures of now.

    Raises
    ------
    PackError
        Where the deck is missing, is the pack's own file or not of this pack, where the pack was never run, or a file
        cannot be written. Nothing is written then.
    ExportError
        Where the deck cannot be opened, or does not remember what the pack wrote.
    """
    content = _read(deck)
    if deck.resolve().is_relative_to(pack.outputs.resolve()):
        raise PackError(
            f"{deck} is the pack's own file, which the next run replaces.",
            next_step="Copy it to a place of yours, edit it there, and refresh the copy.",
        )
    found = published(pack.outputs, pack.name)
    fresh = _same(found, remembered(opened(content, deck.name), deck.name).identity, deck, pack)
    done = merged(content, fresh, deck.name)
    findings = (*done.findings, *filter(None, (_contradicted(one, found) for one in done.by_hand)))
    ordered = tuple(sorted(findings, key=lambda one: (one.slide == 0, one.slide)))
    if not done.updated and not findings:
        return Outcome(deck, None, 0, ())
    return Outcome(deck, _write(deck, done.deck, content), done.updated, ordered)


def _read(deck: Path) -> bytes:
    try:
        return deck.read_bytes()
    except OSError as problem:
        raise PackError(
            f"{deck} cannot be read: {problem.strerror}.", next_step="Name the deck that you have edited."
        ) from None


def _same(found: Published, identity: Identity, deck: Path, pack: Pack) -> bytes:
    """Return the deck of the same paper, as the last run made it."""
    if identity.pack != pack.name:
        raise PackError(
            f"{deck.name} is {identity}, and not of {pack.name}.",
            next_step=f"Refresh it with its own pack: cafcass-reports refresh {deck} {identity.pack or 'PACK'}.",
        )
    known = []
    for file in _decks(found):
        content = _read(file)
        said = remembered(opened(content, str(file)), str(file)).identity
        if said == identity:
            return content
        known.append(str(said))
    raise PackError(
        f"{deck.name} is {identity}, of which {found.folder} holds no deck.",
        valid=f"Decks: {'; '.join(known)}." if known else "It holds no deck at all.",
        next_step=f"Run the pack with this paper and its deck: cafcass-reports run {pack.name}.",
    )


def _decks(found: Published) -> Iterator[Path]:
    for made in (*found.papers.values(), *found.binders.values()):
        yield from (found.folder / file for file in made["files"] if file.endswith(".pptx"))


def _contradicted(text: ByHand, found: Published) -> Finding | None:
    """Tell whether a hand's text says that figures went one way where all of its slide's now went the other."""
    kinds = vocabulary.kinds("direction")
    words = vocabulary.pattern("direction").findall(text.text)
    said = {kinds[" ".join(word.lower().split())] for word in words} & {"up", "down"}
    origins = [found.own[figure] for figure in text.figures if figure in found.own]
    went = {_SIGNS[origin.change[0]]: origin for origin in origins if origin.change[:1] in _SIGNS}
    if len(said) != 1 or len(went) != 1 or said == set(went):
        return None
    origin = next(iter(went.values()))
    now = f"{origin.title}: {origin.value}, {origin.change} against {origin.comparison}"
    what = f"Written by hand; it says '{words[0]}', which the new figures contradict."
    return Finding(Kind.CONFLICT, text.slide, text.title, text.shape, what, text.text, now)


def _write(deck: Path, refreshed: bytes, old: bytes) -> Path:
    """Put the old deck beside its place, then the new one into it: each is there whole or not at all."""
    names = (f"{deck.stem}{_SUFFIX}{number}{deck.suffix}" for number in ("", *(f"-{at}" for at in range(2, 1000))))
    before = next(path for path in map(deck.with_name, names) if not path.exists())
    try:
        replace_whole(before, old)
        before.chmod(deck.stat().st_mode)
        replace_whole(deck, refreshed)
    except OSError as problem:
        raise PackError(
            f"{deck} cannot be replaced: {problem.strerror}. It is as it was.",
            next_step="Close it in PowerPoint, check that its folder can be written, and refresh it again.",
        ) from None
    return before
