"""What people wrote for a pack, checked: its commentary, its notebooks' Markdown and its registers."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from cafcass_reports.checks import claims, numbers, unmarked
from cafcass_reports.checks.findings import Finding, Place, Report, Severity
from cafcass_reports.checks.judge import Figure
from cafcass_reports.errors import CafcassReportsError, CommentaryError
from cafcass_reports.exhibits.commentary import Front, fill, read
from cafcass_reports.extracts.schemas import TABLES
from cafcass_reports.metrics.areas import Area, Areas
from cafcass_reports.metrics.measurement import Measurement
from cafcass_reports.packs.execute import read_notebook
from cafcass_reports.packs.jobs import jobs_of, places_of
from cafcass_reports.packs.measured import Measured, previous
from cafcass_reports.packs.parameters import Pack
from cafcass_reports.periods import When
from cafcass_reports.reporting import Reporting


@dataclass(frozen=True)
class _Written:
    """A text as written: where, what it says of itself, and the number of its first line."""

    place: Place
    text: str
    first_line: int
    front: Front | None = None


def check_sources(pack: Pack, found: Measured, only: Collection[str] | None = None) -> Report:
    """Check the numbers and claims of what people wrote.

    Parameters
    ----------
    pack
        The pack.
    found
        Its measurements and registers.
    only
        The files that are looked at, by their paths in the project; all, and the registers, where None is given.
    """
    texts, broken = _texts(pack, found)
    if only is not None:
        texts = [text for text in texts if text.place.file in only]
        broken = [one for one in broken if one.place.file in only]
    constants = numbers.read_constants(pack.project / "params" / "constants.yml")
    typed = [
        one
        for text in texts
        for one in numbers.check(
            text.text,
            text.place,
            constants=constants,
            own=text.front.constants if text.front else (),
            first_line=text.first_line,
        )
    ]
    return Report.of("numbers", typed) | Report.of("claims", [*broken, *_claims(pack, found, texts)])


def _texts(pack: Pack, found: Measured) -> tuple[list[_Written], list[Finding]]:
    texts: list[_Written] = []
    broken: list[Finding] = []
    for file in sorted(pack.commentary_folder.rglob("*.md")):
        place = Place(file.relative_to(pack.project).as_posix())
        try:
            front, body, first_line = read(file)
            texts.append(_Written(place, body, first_line, front))
        except CommentaryError as problem:
            broken.append(_broken(problem, place))
    for paper in pack.parameters.papers:
        file = pack.notebook(paper.notebook)
        place = Place(file.relative_to(pack.project).as_posix(), paper=paper.notebook)
        for number, cell in enumerate(read_notebook(file).cells, start=1):
            if cell.cell_type == "markdown":
                texts.append(_Written(Place(place.file, part=f"cell {number}", paper=paper.notebook), cell.source, 0))
    texts += _register_texts(found)
    return texts, broken


def _register_texts(found: Measured) -> Iterator[_Written]:
    for table in TABLES.values():
        prose = [column.name for column in table.columns if column.prose]
        rows = found.registers[table.name].to_dict("records") if table.name in found.registers else []
        for row in rows:
            named = ", ".join(str(row[column]) for column in table.key)
            for column in prose:
                if isinstance(row[column], str):
                    yield _Written(Place(f"extract {table.name}", part=f"{named}: {column}"), row[column], 0)


def _claims(pack: Pack, found: Measured, texts: list[_Written]) -> Iterator[Finding]:
    measurements = found.measurements
    areas_of = _Readers(pack, measurements.areas)
    before = _Before(pack, found)
    for text in texts:
        yield from unmarked.check(text.text, measurements.catalogue.values(), text.place, text.first_line)
        # A register speaks for the nation, a notebook's own Markdown holds no figures.
        for area in areas_of(Path(text.place.file).stem) if text.front else [measurements.areas.nation]:
            yield from _of_area(found, text, area, before)


def _of_area(found: Measured, text: _Written, area: Area, before: _Before) -> Iterator[Finding]:
    place = text.place
    if "{" not in text.text or place.file.endswith(".ipynb"):
        return
    try:
        filled = fill(found.measurements, text.text, area, f"{Path(place.file).name}, line", text.first_line or 1)
    except CommentaryError as problem:
        # A row of a register may speak of what is not known yet; where a paper shows it, its cell stops.
        if text.front:
            yield _broken(problem, place)
        return
    for claim in filled.claims:
        line = claim.line if text.first_line else 0
        where = Place(place.file, line=line, part=place.part, area=area.name)
        reasons = text.front.reasons if text.front else {}
        yield from claims.check(found.measurements, claim, where, reasons=reasons, before=before)
    if text.front and not text.front.reviewed:
        yield from _carried_over(filled.used, place, area, before)


def _carried_over(used: tuple[Measurement, ...], place: Place, area: Area, before: _Before) -> Iterator[Finding]:
    """A text of the pack before that its owner has not looked at: what its figures were, and are."""
    changed = []
    for figure in used:
        earlier = before(figure)
        if earlier is not None and figure.value is not None:
            was, now = claims.shown(earlier[1]), claims.shown(Figure.of(figure))
            if was != now:
                changed.append(f"{figure.title} was {was} for {earlier[0]} and is {now}")
    if changed:
        yield Finding(
            Place(place.file, area=area.name),
            claims.CHECK,
            Severity.WARNING,
            f"Stale: written for the pack before, and not reviewed since. {'; '.join(changed)}.",
            next_step="Read it beside today's figures, then take `reviewed: no` out.",
        )


def _broken(problem: CafcassReportsError, place: Place) -> Finding:
    return Finding(place, claims.CHECK, Severity.ERROR, problem.given, problem.valid, problem.next_step)


class _Readers:
    """The areas for whose papers a commentary is written: those of the notebooks that name it."""

    def __init__(self, pack: Pack, areas: Areas) -> None:
        jobs = jobs_of(pack, areas)
        self._first = places_of(pack, areas)[:1]
        self._papers = [
            (
                "\n".join(cell.source for cell in read_notebook(pack.notebook(name)).cells if cell.cell_type == "code"),
                [job.area for job in jobs if job.paper.notebook == name],
            )
            for name in dict.fromkeys(job.paper.notebook for job in jobs)
        ]

    def __call__(self, text: str) -> list[Area]:
        said = f'"{text}"', f"'{text}'"
        found = [area for source, areas in self._papers if any(name in source for name in said) for area in areas]
        # What no paper shows yet is still read for the pack's first area, so that its figures are known to be there.
        return list(dict.fromkeys(found)) or self._first


class _Before:
    """A figure as the pack before had it: for its own period, from what is measured now or else what it published."""

    def __init__(self, pack: Pack, found: Measured) -> None:
        self.measurements = found.measurements
        self.reporting: Reporting | None = None
        self.published: dict[tuple[str, str, str], dict[str, str]] = {}
        before = previous(pack)
        if before is not None:
            self.reporting = found.measurements.reporting.previous
            self.published = _published(before.outputs / "measurements.csv")

    def __call__(self, figure: Measurement) -> tuple[str, Figure] | None:
        metric = figure.metric
        # A figure of a period that the text names is the same in every pack.
        if self.reporting is None or metric.returned or figure.when != self.measurements.when(metric):
            return None
        when: When = self.reporting.window(metric.period) if metric.period else self.reporting.snapshot
        try:
            measured = self.measurements.one(metric.id, figure.area, when)
            return None if measured.value is None else (when.label, Figure.of(measured))
        except CafcassReportsError:
            row = self.published.get((metric.id, figure.area.name, when.key))
            if row is None or not row["value"]:
                return None
            was = Fraction(row["comparison_value"]) if row["comparison_value"] else None
            counted = (int(row[name]) if row[name] else None for name in ("numerator", "denominator"))
            return when.label, Figure(metric, Fraction(row["value"]), was, *counted)


def _published(file: Path) -> dict[tuple[str, str, str], dict[str, str]]:
    """The figures that a pack published, by metric, area and the key of their time; none where it has not run."""
    if not file.is_file():
        return {}
    with file.open(encoding="utf-8", newline="") as stream:
        return {
            (row["metric"], row["area"], row["as_at"] or f"{row['period_from']}_{row['period_to']}"): row
            for row in csv.DictReader(stream)
        }
