"""What a pack measured, kept until its extracts or its definitions change.

The run and the notebooks read the same measurements and never the extracts, which are checked before anything is
measured from them. What is kept lies in ``outputs/.measured/<pack>/`` under a key made from all that it depends on,
so that it is never stale.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from pyarrow import feather

from cafcass_reports import extracts
from cafcass_reports.checks.identifiers import Numbers, not_looked_for, note, numbered
from cafcass_reports.errors import ExtractError, PackError
from cafcass_reports.extracts.schemas import SYNTHETIC_MARK, TABLES
from cafcass_reports.metrics import catalogue
from cafcass_reports.metrics.areas import Area, Areas, Level
from cafcass_reports.metrics.diversity import Published
from cafcass_reports.metrics.measure import areas_of, first_days
from cafcass_reports.metrics.measurements import Measurements
from cafcass_reports.metrics.published import PublishedCell
from cafcass_reports.packs import ledger, registers, rounded
from cafcass_reports.packs.parameters import Pack, open_pack
from cafcass_reports.packs.registers import Registers
from cafcass_reports.packs.standards import standards_of
from cafcass_reports.packs.unchanged import NOTHING, MadeFrom, made_from, measure_changed
from cafcass_reports.packs.workers import give_back
from cafcass_reports.reporting import Reporting

IDENTIFIERS = "identifiers.npy"
"""The file of numbers made from identifiers: the one kept file that no paper reads."""

_FIGURES = "measurements.arrow"
_ABOUT = "about.json"
_PACKAGE = Path(__file__).parents[1]
_UNUSED_AFTER = 24 * 3600.0  # seconds after which measurements that no run has asked for are cleared
_ROOMS = (
    "extracts",
    "metrics",
    "statistics",
    "packs/ledger.py",
    "packs/measured.py",
    "packs/registers.py",
    "packs/rounded.py",
    "packs/unchanged.py",
    "periods.py",
    "reporting.py",
)


@dataclass(frozen=True)
class Measured:
    """A pack's measurements and what they were made from.

    Parameters
    ----------
    measurements
        Every figure, for lookup.
    synthetic
        Whether the extracts say that they are synthetic.
    checks
        The check report of the extracts, as plain values.
    kept
        The folder in which they are kept.
    """

    measurements: Measurements
    synthetic: bool
    checks: dict[str, Any]
    kept: Path

    @cached_property
    def registers(self) -> Registers:
        """The rows of each register that the extracts hold, as :func:`cafcass_reports.packs.registers.read` has them.

        They are read when they are first asked for: most papers show none.

        Raises
        ------
        PackError
            Where what was measured has been removed since.
        """
        if not (self.kept / _ABOUT).is_file():
            raise PackError(
                "What was measured has been removed since this paper was opened.", next_step="Open it again."
            )
        return registers.read(self.kept)

    @property
    def key(self) -> str:
        """Names all that the measurements depend on: two runs with the same key measured the same."""
        return self.kept.name

    @property
    def identifiers(self) -> Numbers:
        """Numbers made from the identifiers and dates of birth that no output may hold."""
        numbers: Numbers = np.load(self.kept / IDENTIFIERS, mmap_mode="r")
        return numbers


def measured(pack: Pack, progress: Callable[[str], None] = lambda stage: None, *, key: str | None = None) -> Measured:
    """Return what a pack measures, from what was kept where nothing changed.

    Parameters
    ----------
    pack
        The pack.
    progress
        Called with the name of each stage as it begins.
    key
        Names what a run has measured, in which case its extracts are not looked at.

    Raises
    ------
    BrokenExtractsError
        Where the extracts break their rules; nothing is measured or written then.
    ExtractError, CatalogueError
        Where an extract cannot be read, or a metric is not well defined.
    PackError
        Where a target or a rebase is not.
    """
    asked = kept_in(pack, key) if key else None
    return _read(pack, asked if asked and (asked / _ABOUT).is_file() else _measured(pack, progress))


def _measured(pack: Pack, progress: Callable[[str], None]) -> Path:
    """Measure a pack where that was not done before; give back the folder in which it is kept."""
    key, published, counts = _key(pack)
    kept = kept_in(pack, key)
    if not (kept / _ABOUT).is_file():
        _measure(pack, kept, published, counts, progress)
        give_back()  # reading extracts takes memory that nothing else does, and who measures may have papers made yet
    kept.touch()
    return kept


def _measure(
    pack: Pack,
    kept: Path,
    published: Sequence[PublishedCell],
    counts: Published,
    progress: Callable[[str], None],
) -> None:
    """Measure a pack, and keep what was measured in a folder."""
    folder = pack.extracts_folder
    beside = _beside_extracts(pack)  # named before it is read: what is saved later has another name
    defined = catalogue.load(pack.project)
    definitions = defined.of_tables(pack.parameters.extracts.read)
    standards_of(pack, definitions)  # refused before anything is measured
    progress("check extracts")
    with extracts.load(folder, **pack.parameters.extracts.reading) as checked:
        progress("measure")
        history_from = _history_from(checked, pack)
        reporting = _reporting(pack, history_from)
        areas = areas_of(checked.connection)
        named_from = made_from(definitions, checked.files, (beside, published, reporting))
        figures = measure_changed(
            checked.connection, definitions, reporting, published, now=named_from, last=_last(kept.parent)
        )
        named = _identifiers(checked)
        about = {
            "synthetic": (folder / SYNTHETIC_MARK).is_file(),
            "history_from": history_from.isoformat(),
            "first_days": {m: d.isoformat() for m, d in first_days(checked.connection, definitions).items()},
            "areas": [(area.level.value, area.name, area.part_of) for area in areas],
            "checks": _with_notes(checked, defined, not_looked_for(named)),
            "made_from": named_from,
        }
        rows = registers.of(checked, reporting, counts)
        persons = numbered(named)
    if _key(pack)[0] != kept.name:
        raise PackError(
            f"Extracts or metrics of {pack.name} changed while they were read and measured.", next_step="Run it again."
        )
    _keep(kept, figures, defined, about, rows=rows, persons=persons)


def _read(pack: Pack, kept: Path) -> Measured:
    about = json.loads((kept / _ABOUT).read_text(encoding="utf-8"))
    # Mapped and not read: a paper looks up a small part of it, and all kernels share one copy.
    rows = feather.read_table(kept / _FIGURES, memory_map=True)
    defined = catalogue.Catalogue.from_json((kept / "metrics.json").read_text(encoding="utf-8"))
    definitions = defined.of_tables(pack.parameters.extracts.read)
    areas = Areas([Area(Level(level), name, part_of) for level, name, part_of in about["areas"]])
    reporting = _reporting(pack, date.fromisoformat(about["history_from"]))
    begins = {metric: date.fromisoformat(day) for metric, day in about["first_days"].items()}
    standards = standards_of(pack, definitions)
    measurements = Measurements(rows, definitions, areas, reporting, begins, standards=standards)
    return Measured(measurements, about["synthetic"], about["checks"], kept)


def kept_in(pack: Pack, key: str) -> Path:
    """Return the folder in which the measurements of a key are kept."""
    return pack.project / "outputs" / ".measured" / pack.name / key


def key(pack: Pack) -> str:
    """Name all that a pack's measurements depend on, as it is now."""
    return _key(pack)[0]


def file_hash(path: Path) -> str:
    """Return the sha256 of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _key(pack: Pack) -> tuple[str, list[PublishedCell], Published]:
    """Name all that the measurements depend on: extracts, how they are read, metrics, periods, our own code, ledgers.

    A pack that runs again from the same extracts passes over its own lines of the ledgers: it measured without them.
    Also returned is what packs published: cells of disclosive metrics, and rounded counts.
    """
    cells, counts = ledger.read(pack.project), rounded.read(pack.project)
    depends = _depends(pack)
    own = {entry.measured for entry in cells if entry.pack == pack.name}
    own |= {line.measured for line in counts if line.pack == pack.name}
    other_cells = [entry for entry in cells if entry.pack != pack.name]
    other_counts = [line for line in counts if line.pack != pack.name]
    key = _hashed(depends, other_cells, other_counts)
    if own <= {key}:
        return key, [entry.published for entry in other_cells], rounded.figures(other_counts)
    return _hashed(depends, cells, counts), [entry.published for entry in cells], rounded.figures(counts)


def _hashed(depends: Mapping[str, Any], cells: Iterable[ledger.Entry], counts: Iterable[rounded.Line]) -> str:
    published = [sorted({entry[2:] for entry in cells}), sorted({line[2:] for line in counts})]
    named = json.dumps({**depends, "published": published}, sort_keys=True, default=str)
    return hashlib.sha256(named.encode()).hexdigest()[:32]


def _depends(pack: Pack) -> dict[str, Any]:
    folder = pack.extracts_folder
    files = sorted(path for path in folder.glob("*") if path.is_file()) if folder.is_dir() else []
    return {
        "extracts": {path.name: file_hash(path) for path in files},
        **_beside_extracts(pack),
    }


def _beside_extracts(pack: Pack) -> dict[str, Any]:
    """All that measurements depend on beside the extracts themselves and what was published."""
    return {
        "read": pack.parameters.extracts.model_dump(mode="json", exclude={"folder"}),
        "period": pack.parameters.period.model_dump(mode="json"),
        "date": pack.parameters.date.isoformat(),  # up to which there are weeks
        "previous": before.parameters.period.model_dump(mode="json") if (before := previous(pack)) else None,
        "metrics": [file_hash(path) for path in catalogue.files(pack.project)],
        "code": [file_hash(path) for path in _code()],
        "versions": [version(name) for name in ("duckdb", "govuk-bank-holidays", "highspy", "sqlglot", "scipy")],
    }


def previous(pack: Pack) -> Pack | None:
    """Return the pack before; None where there is none, or it does not end before this one."""
    if pack.parameters.previous is None:
        return None
    before = open_pack(pack.parameters.previous, pack.project)
    return before if before.parameters.period.to < pack.parameters.period.to else None


def _reporting(pack: Pack, history_from: date) -> Reporting:
    def of(each: Pack, latest: date | None = None, before: Reporting | None = None) -> Reporting:
        period = each.parameters.period.period
        return Reporting(period, each.snapshot, history_from, each.parameters.date, latest, before)

    before = previous(pack)
    return of(pack, pack.parameters.period.latest, of(before) if before else None)


def _code() -> list[Path]:
    rooms = (_PACKAGE / room for room in _ROOMS)
    return sorted(path for room in rooms for path in ([room] if room.is_file() else room.rglob("*.py")))


def _last(folder: Path) -> tuple[MadeFrom, pa.Table]:
    """What each metric was made from when the pack was measured last, and the figures of then; nothing if never."""
    try:
        kept = max(folder.glob(f"*/{_ABOUT}"), key=lambda about: about.parent.stat().st_mtime, default=None)
        if kept is None:
            return NOTHING
        about = json.loads(kept.read_text(encoding="utf-8"))
        figures = feather.read_table(kept.with_name(_FIGURES), memory_map=False)
        same_form = figures.schema.equals(NOTHING[1].schema)
        return (about["made_from"], figures) if same_form else NOTHING
    except (OSError, ValueError, KeyError):
        return NOTHING  # another run may be clearing it; where it is not whole, all is measured anew


def _with_notes(checked: extracts.Extracts, definitions: catalogue.Catalogue, unfindable: int) -> dict[str, Any]:
    """The check report, with notes on metrics that nobody knows and on identifiers that cannot be found."""
    report = checked.report.as_dict()
    for table, column, fault in (
        ("reported_figures", "metric", "no metric of the catalogue takes"),
        ("improvement_plan", "evidence_metric", "the catalogue has no metric"),
    ):
        named = checked.connection.execute(f"select distinct {column} from {table} order by 1").fetchall()
        unknown = [metric for (metric,) in named if metric is not None and metric not in definitions]
        if unknown:
            others = f" and {len(unknown) - 1} others" if len(unknown) > 1 else ""
            report["notes"].append(f"{table}: {fault} {unknown[0]}{others}.")
    if unfindable:
        report["notes"].append(note(unfindable))
    return report


def _identifiers(checked: extracts.Extracts) -> pa.StringArray:
    """The identifiers of all records, and the dates of birth that are no date of the records themselves."""
    selects = [
        f"select {column} as found from {table.name} where {column} is not null"
        for table in TABLES.values()
        for column in (() if table.register else table.names)
        if column.endswith("_id")
    ]
    born = "select cast(week_of_birth as varchar) from children where week_of_birth < "
    selects.append(born + "(select coalesce(min(received_on), date '9999-12-31') from cases)")
    found = checked.connection.sql(" union ".join(selects)).to_arrow_table()
    return found["found"].combine_chunks()


def _history_from(checked: extracts.Extracts, pack: Pack) -> date:
    if pack.parameters.period.history is not None:
        return pack.parameters.period.history
    if "cases" not in pack.parameters.extracts.read:
        return pack.parameters.period.from_
    row = checked.connection.execute("select min(received_on) from cases").fetchall()[0]
    if row[0] is None:
        raise ExtractError("The cases extract holds no rows.", next_step="Export it again, with its history.")
    first: date = row[0]
    return min(first.replace(day=1), pack.parameters.period.from_)


def _keep(
    kept: Path,
    figures: pa.Table,
    definitions: catalogue.Catalogue,
    about: dict[str, Any],
    *,
    rows: Mapping[str, pa.Table],
    persons: Numbers,
) -> None:
    """Write beside, then rename: a reader finds all of it or nothing."""
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        _clear_unused(kept.parent)
        with tempfile.TemporaryDirectory(dir=kept.parent) as beside:
            built = Path(beside) / kept.name
            built.mkdir()
            feather.write_feather(figures, built / _FIGURES, compression="uncompressed")
            (built / "metrics.json").write_text(definitions.as_json(), encoding="utf-8")
            registers.write(built, rows)
            np.save(built / IDENTIFIERS, persons)
            (built / _ABOUT).write_text(json.dumps(about), encoding="utf-8")
            try:
                built.rename(kept)
            except OSError:
                # Another run that measured the same was faster.
                if not (kept / _ABOUT).is_file():
                    raise
    except OSError as problem:
        raise PackError(
            f"{kept.parent} cannot be written: {problem.strerror}.", next_step="Check its permissions."
        ) from None


def _clear_unused(folder: Path) -> None:
    """Another run may be writing or reading beside this one: only what nobody asked for in a day goes."""
    for older in list(folder.iterdir()):
        # Windows does not let a folder be renamed while a notebook maps a file in it: then it stays, whole.
        with suppress(OSError):
            if time.time() - older.stat().st_mtime > _UNUSED_AFTER:
                shutil.rmtree(older.rename(folder / f"{older.name}-unused"), ignore_errors=True)
