"""From a figure in a paper back to its records: what it is, how it was measured, from which files, and where it stands.

All is answered from the outputs of the pack and its texts; nothing is measured again.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from cafcass_reports.errors import PackError
from cafcass_reports.exhibits.provenance import sql
from cafcass_reports.metrics.areas import Area, Level
from cafcass_reports.metrics.metric import Kind
from cafcass_reports.packs.parameters import Pack
from cafcass_reports.packs.places import Place, places
from cafcass_reports.packs.published import Published, published

_INVISIBLE = re.compile(r"[\s\u00ad\u200b\u2060]+")
_NEAREST = 5
_DRAWN = 30
_REPORTED = "reported_figures"
_WITHOUT_SQL = {
    "reported": "another team returned this figure",
    "projected": "the figure is projected, as its definition says, from those of the metrics named there",
}
_SAID = ("value", "change", "numerator", "denominator", "comparison")


@dataclass(frozen=True)
class Source:
    """An extract that a figure was measured from: the file, its sha256 and how many rows of it were read."""

    table: str
    file: str
    sha256: str
    rows: int


@dataclass(frozen=True)
class Match:
    """A figure that what was asked for may mean, and what of it was found (``value``, ``id``, ...)."""

    id: str
    title: str
    area: str
    period: str
    value: str
    matched: str


@dataclass(frozen=True)
class Trail:
    """One figure from what a reader sees back to the files that it was measured from.

    ``numerator`` and ``denominator`` are as a reader sees them; ``sql`` is None for a
    figure that another team returns or that is projected.
    ``in_force`` are the days between which the definition holds, open-ended where the second is empty.
    """

    id: str
    metric: str
    title: str
    definition: str
    in_force: tuple[str, str]
    kind: str
    owner: str
    area: str
    period: str
    value: str
    unit: str
    numerator: str
    denominator: str
    calculation: str
    comparison: str
    change: str
    suppressed: bool
    source: str
    sql: str | None
    extracts: tuple[Source, ...]
    papers: tuple[str, ...]
    places: tuple[Place, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain values."""
        return asdict(self)


def trace(pack: Pack, asked: str) -> Trail | list[Match]:
    """Find a figure of a pack that was run.

    Parameters
    ----------
    pack
        The pack.
    asked
        The id of a figure or a part of one, a metric, or a text as it stands in a paper ("36,881", "63.0%").

    Returns
    -------
    Trail or list of Match
        The trail of the one figure that is meant, else the figures that may be, those that papers show first.

    Raises
    ------
    PackError
        Where the pack was never run, or nothing in it matches.
    """
    found = published(pack.outputs, pack.name)
    # An id that was copied from a PDF may hold the places where its line broke.
    squeezed = _INVISIBLE.sub("", asked)
    matches = _matches(found, squeezed if squeezed in found.figures else asked.strip())
    if not matches:
        raise _unknown(found, asked)
    meant = _meant(found, matches, pack)
    return _trail(found, meant, pack) if meant else matches


def _matches(found: Published, asked: str) -> list[Match]:
    """By id, else by metric, else as a text in a paper, else by part of an id or title: the first that gives any."""
    if not asked:
        return []
    if asked in found.figures:
        return [_match(found, asked, "id")]
    if of_metric := [figure.id for figure in found.figures.values() if figure.metric == asked]:
        return _ordered(found, [_match(found, figure, "metric") for figure in of_metric])
    said = [_match(found, figure, what) for figure in found.figures if (what := _said(found, figure, asked))]
    if said:
        said.sort(key=lambda match: _SAID.index(match.matched))
        return _ordered(found, said)
    part = asked.casefold()
    by_part = [_match(found, figure, "id") for figure in found.figures if part in figure]
    by_title = [
        _match(found, figure.id, "title") for figure in found.figures.values() if part in figure.row["title"].casefold()
    ]
    return _ordered(found, by_part or by_title)


def _ordered(found: Published, matches: list[Match]) -> list[Match]:
    """Put what papers show for itself before what stands in the history of another."""
    return sorted(matches, key=lambda match: match.id not in found.own)


def _said(found: Published, figure: str, asked: str) -> str:
    """What of a figure a text is: its value, its change, ...; empty where it is nothing of it."""
    wanted = _bare(asked)
    if found.shown.get(figure) and _bare(found.shown[figure]) == wanted:
        return "value"
    origin = found.own.get(figure)
    if origin is None:
        return ""
    texts = {name: str(getattr(origin, name)).partition(" (")[0] for name in _SAID[1:]}
    return next((name for name, text in texts.items() if text and _bare(text) == wanted), "")


def _bare(text: str) -> str:
    """A number as people type it: without commas and spaces, any minus sign, without the plus that nobody types."""
    return re.sub(r"[\s,]", "", text).replace("\N{MINUS SIGN}", "-").lstrip("+").casefold()


def _meant(found: Published, matches: list[Match], pack: Pack) -> str | None:
    """The one figure meant, if one is: of a metric what papers show for the pack's first area, else the only match."""
    what = matches[0].matched
    if what == "metric":
        first = pack.parameters.areas[0].strip().casefold()
        alike = [match for match in matches if match.id in found.own and match.area.casefold() == first]
    else:
        alike = [match for match in matches if match.matched == what]
    return alike[0].id if len(alike) == 1 else None


def _match(found: Published, figure: str, matched: str) -> Match:
    of = found.figures[figure]
    return Match(figure, of.row["title"], of.area, of.when.label, found.shown.get(figure, of.row["value"]), matched)


def _unknown(found: Published, asked: str) -> PackError:
    names = [*found.figures, *{figure.metric for figure in found.figures.values()}]
    shown: dict[str, str] = {}
    for figure in [*found.own, *found.shown]:
        shown.setdefault(found.shown[figure], figure)
    close = difflib.get_close_matches(asked, names, n=_NEAREST, cutoff=0.5)
    close += [f"{value} ({shown[value]})" for value in difflib.get_close_matches(asked, shown, n=_NEAREST, cutoff=0.6)]
    nearest = f"Nearest: {', '.join(close[:_NEAREST])}. " if close else ""
    return PackError(
        f"No figure of {found.name} is, says or is called {asked!r}.",
        valid=f"{nearest}Valid: the id of a row of measurements.csv or a part of one, a metric, "
        "or a figure as it stands in a paper, such as 36,881 or 63.0%.",
        next_step=f"All {len(found.figures):,} figures: {found.folder / 'measurements.csv'}.",
    )


def _trail(found: Published, figure: str, pack: Pack) -> Trail:
    of = found.figures[figure]
    metric = found.metrics[of.metric]
    origin = found.own.get(figure)
    area = Area(Level(found.levels[of.area]), of.area)
    return Trail(
        id=figure,
        metric=metric.id,
        title=of.row["title"],
        definition=metric.definition,
        in_force=(metric.in_force.from_.isoformat(), metric.in_force.to.isoformat() if metric.in_force.to else ""),
        kind=of.row["kind"],
        owner=metric.owner,
        area=of.area,
        period=of.when.label,
        value=found.shown.get(figure, of.row["value"]),
        unit=metric.unit,
        numerator=origin.numerator if origin else of.row["numerator"],
        denominator=origin.denominator if origin else of.row["denominator"],
        calculation=origin.calculation if origin else "",
        comparison=origin.comparison if origin else _compared(of.row),
        change=origin.change if origin else " ".join((of.row["change"], of.row["change_unit"])).strip(),
        suppressed=of.row["suppressed"] == "yes",
        source=of.row["source"],
        sql=sql(found.metrics, metric, of.when, area),
        extracts=_extracts(found, metric.id),
        papers=tuple(of.papers),
        places=tuple(places(found, figure, pack)),
    )


def _compared(row: Any) -> str:
    return f"{row['comparison_value']} ({row['comparison']})" if row["comparison_value"] else ""


def _extracts(found: Published, metric: str) -> tuple[Source, ...]:
    """The files whose rows were read for a metric; areas too, where records are put in their place by them."""
    read = dict.fromkeys(_tables(found, metric))
    return tuple(
        Source(file["table"], file["name"], file["sha256"], file["rows"])
        for file in found.checks["extracts"]["files"]
        if file["table"] in read
    )


def _tables(found: Published, metric: str) -> Iterator[str]:
    said = found.metrics[metric]
    if said.kind is Kind.REPORTED:
        yield _REPORTED
    yield from (table for table in (said.table, said.with_) if table)
    if said.table:
        yield "areas"
    for part in said.rests_on:
        yield from _tables(found, part)


def listed(matches: list[Match]) -> Text:
    """Write what may be meant for the terminal: each id whole on its line, to be copied."""
    more = f"; the first {_DRAWN} are listed, --json lists all" if len(matches) > _DRAWN else ""
    text = Text(f"{len(matches):,} figures match: trace one by its id{more}\n")
    for match in matches[:_DRAWN]:
        text.append(f"\n{match.id}\n", style="bold")
        text.append(f"  {match.title}, {match.area}, {match.period}: {match.value} (by its {match.matched})\n")
    return text


def drawn(trail: Trail) -> Group:
    """Draw a trail for the terminal: the answer first, then how it came about, then where it stands."""
    since, until = trail.in_force
    facts = [
        ("Shown for", f"{trail.area}, {trail.period}"),
        ("Definition", trail.definition),
        ("In force", f"from {since}" + (f" to {until}" if until else "")),
        ("Calculation", trail.calculation),
        ("Numerator", trail.numerator),
        ("Denominator", trail.denominator),
        ("Compared with", trail.comparison),
        ("Change", trail.change),
        ("Source", trail.source),
        ("Owner", trail.owner),
        ("Id", f"{trail.id}, metric {trail.metric}"),
    ]
    shown = Table.grid(padding=(0, 2))
    shown.add_column(style="dim", no_wrap=True)
    for term, text in facts:
        if text:
            shown.add_row(term, Text(text))
    parts: list[Any] = [Text(f"{trail.title}: {trail.value}", style="bold"), shown]
    if trail.sql:
        parts += [_heading("SQL"), Padding(Text(trail.sql), (0, 0, 0, 2))]
    elif trail.kind in _WITHOUT_SQL:
        parts += [_heading("SQL"), Text(f"  None: {_WITHOUT_SQL[trail.kind]}.")]
    parts.append(_heading("Extracts read"))
    for source in trail.extracts:
        parts += [Text(f"  {source.file}, {source.rows:,} rows"), Text(f"    sha256 {source.sha256}", style="dim")]
    parts.append(_heading("Where it stands"))
    above = ""
    for place in trail.places:
        parts += [Text(f"  {place.file}")] if place.file != above else []
        parts.append(Text(f"    {place.where}"))
        above = place.file
    return Group(*parts)


def _heading(text: str) -> Text:
    return Text(f"\n{text}", style="bold")
