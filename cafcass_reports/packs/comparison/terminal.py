"""A difference drawn for the terminal: counts, then what to look at, with the whole of it in JSON and on the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from cafcass_reports.packs.comparison.grouped import OfPaper, by_paper, counts
from cafcass_reports.packs.comparison.model import Difference, Moved

_LISTED = 12


def drawn(difference: Difference) -> Group:
    """Draw a difference."""
    old, new = difference.old, difference.new
    head = Text(f"{new.name} ({new.period}) against {old.name} ({old.period})", style="bold")
    if difference.empty:
        return Group(head, Text("Nothing differs."))
    summary = Table.grid(padding=(0, 1))
    summary.add_column(justify="right", style="bold")
    for count in counts(difference):
        summary.add_row(str(count.number), Text(count.of + (f": {count.asks}" if count.asks else "")))
    parts: list[RenderableType] = [head, summary, *_definitions(difference), *_restated(difference)]
    for paper in by_paper(difference):
        if not paper.empty:
            parts += _paper(paper)
    return Group(*parts, *_sources(difference))


def _heading(text: str) -> Text:
    return Text(f"\n{text}", style="bold")


def _definitions(difference: Difference) -> Iterator[RenderableType]:
    if difference.redefined:
        yield _heading("Definitions changed")
    for one in difference.redefined:
        yield Text(f"  {one.title} ({one.metric})")
        for setting in one.settings:
            yield Text(f"    {setting.key}: {setting.old or 'not set'} → {setting.new or 'not set'}")


def _restated(difference: Difference) -> Iterator[RenderableType]:
    if difference.restated:
        yield _heading("Figures of the past restated")
        rows = [
            (one.title, f"{one.area}, {one.period}", one.old_value, one.new_value, one.reason)
            for one in difference.restated
        ]
        yield from _table(("Figure", "For", "Was", "Is", "Because"), rows, right=(2, 3))


def _paper(of: OfPaper) -> Iterator[RenderableType]:
    paper = of.paper
    yield _heading(paper.title + (f" ({paper.what})" if paper.what else ""))
    if paper.what:
        yield Text(f"  {paper.exhibits} exhibits, {paper.texts} texts")
        return
    for one in of.exhibits:
        yield Text(f"  {one.kind} {one.what}: {one.new_title or one.old_title}")
        if one.old_title and one.new_title and one.old_title != one.new_title:
            yield Text(f"    was: {one.old_title}", style="dim")
    yield from _table(("Figure", "Was", "Is", "Change was", "Change is", ""), [_moved(one) for one in of.moved], (1, 2))
    if of.parts:
        yield Text(f"  and {len(of.parts)} figures of its regions, areas and teams")
    for text in of.changed:
        yield Text(f"  text {text.what}: {text.name} ({text.owner})")
    for text in (*of.refreshed, *of.carried_over):
        if text.turned or not text.reviewed:
            why = [f"turned: {', '.join(text.turned)}"] * bool(text.turned) + ["not reviewed"] * (not text.reviewed)
            yield Text(f"  same words: {text.name} ({'; '.join(why)})")


def _moved(one: Moved) -> tuple[str, ...]:
    turned = f"turned: {one.old_course} → {one.new_course}" if one.turned else ""
    return one.title, one.old_value, one.new_value, one.old_change, one.new_change, turned


def _sources(difference: Difference) -> Iterator[RenderableType]:
    if difference.extracts:
        yield _heading("Extracts")
    for extract in difference.extracts:
        rows = " → ".join(f"{rows:,}" for rows in (extract.old_rows, extract.new_rows) if rows is not None)
        yield Text(f"  {extract.file}: {extract.what}, {rows} rows")
    for setting in (*difference.parameters, *difference.versions):
        yield Text(f"  {setting.key}: {setting.old or 'not set'} → {setting.new or 'not set'}")


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int]) -> Iterator[RenderableType]:
    if not rows:
        return
    table = Table(box=None, padding=(0, 2), pad_edge=True)
    for place, heading in enumerate(headings):
        options: dict[str, Any] = {"justify": "right", "no_wrap": True} if place in right else {}
        table.add_column(heading, **options)
    for row in rows[:_LISTED]:
        table.add_row(*map(Text, row))
    yield table
    if len(rows) > _LISTED:
        yield Text(f"  and {len(rows) - _LISTED} more (--json, --page)")
