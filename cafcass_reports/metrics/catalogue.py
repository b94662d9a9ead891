"""The catalogue: every metric as data that its owner can read, checked before anything is measured.

The package's own metrics stand in ``metrics/*.yml``; a project adds its own in ``params/metrics/*.yml``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from pydantic import TypeAdapter

from cafcass_reports.errors import CatalogueError, nearest
from cafcass_reports.extracts.schemas import TABLES
from cafcass_reports.metrics import expressions, trial
from cafcass_reports.metrics.counted import undeclared
from cafcass_reports.metrics.metric import Kind, Metric, MetricRef
from cafcass_reports.metrics.projected import Projection
from cafcass_reports.parameters import build, read_yaml

PROJECTIONS = "projections.yml"

_ADDS_UP = (Kind.COUNT, Kind.STOCK, Kind.DISTINCT)
_WRITTEN = TypeAdapter(list[Metric])


class Catalogue(Mapping[str, Metric]):
    """All metrics by id, in the order of their files.

    ``unread`` names, for each metric that a pack cannot measure, the table that it does not read.
    """

    def __init__(self, metrics: Mapping[str, Metric], unread: Mapping[str, str] = MappingProxyType({})) -> None:
        self._metrics = MappingProxyType(dict(metrics))
        self.unread = unread
        for metric in metrics.values():
            for part in (metric.numerator, metric.denominator):
                if isinstance(part, MetricRef):
                    _check_part(metric, part.metric, metrics)

    def __getitem__(self, metric_id: str) -> Metric:
        if metric_id in self.unread:
            table = self.unread[metric_id]
            raise CatalogueError(
                f"The metric {metric_id!r} is not available: the pack does not read {TABLES[table].title}.",
                next_step=f"Add {table} to `tables` under `extracts` in pack.yml, or show another metric.",
            )
        if metric_id not in self._metrics:
            raise CatalogueError(
                f"There is no metric {metric_id!r}.",
                valid=nearest(metric_id, self._metrics),
                next_step="`cafcass-reports metrics` lists all.",
            )
        return self._metrics[metric_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._metrics)

    def __len__(self) -> int:
        return len(self._metrics)

    def __contains__(self, metric_id: object) -> bool:
        return metric_id in self._metrics

    def of_tables(self, tables: Collection[str]) -> Catalogue:
        """Return the metrics that can be measured from some of the tables; the others are refused by name."""
        unread: dict[str, str] = {}
        for metric in self._metrics.values():
            parts = metric.rests_on
            counted = [table for each in (metric, *(self[part] for part in parts)) for table in tables_of(each)]
            missing = [table for table in counted if table not in tables]
            if missing:
                unread[metric.id] = missing[0]
        return Catalogue({name: metric for name, metric in self._metrics.items() if name not in unread}, unread)

    def as_json(self) -> str:
        """Write it as :meth:`from_json` reads it."""
        return _WRITTEN.dump_json(list(self._metrics.values()), by_alias=True, exclude_none=True).decode()

    @classmethod
    def from_json(cls, written: str) -> Catalogue:
        """Read what :meth:`as_json` wrote; its metrics were checked against their tables before."""
        return cls({metric.id: metric for metric in _WRITTEN.validate_json(written)})


def tables_of(metric: Metric) -> list[str]:
    """Return the tables that a metric is counted in; none for a quotient of others."""
    if metric.kind is Kind.REPORTED:
        return ["reported_figures"]
    return [table for table in (metric.table, metric.with_) if table is not None]


def _check_disclosive(metrics: Mapping[str, Metric]) -> None:
    """What one metric hides, no other may show."""
    for metric, protected in undeclared(list(metrics.values())):
        raise CatalogueError(
            f"{metric.id} counts records that {protected.id} protects, and is not disclosive.",
            valid=f"Metrics that count the same are disclosive together: {protected.id} says "
            f"'disclosive: {str(protected.disclosive).lower()}'.",
            next_step=f"Say so of {metric.id} too.",
        )


def _check_part(metric: Metric, part: str, metrics: Mapping[str, Metric]) -> None:
    """What a quotient divides are counts and stocks, and a count is made in a period."""
    if part not in metrics or metrics[part].kind not in _ADDS_UP:
        raise CatalogueError(
            f"{metric.id}: its numerator and denominator are counts or stocks; given {part!r}.",
            valid=nearest(part, [m.id for m in metrics.values() if m.kind in _ADDS_UP]),
        )
    if metrics[part].disclosive:
        raise CatalogueError(
            f"{metric.id}: {part} is disclosive, and a quotient would give its counts away.",
            next_step="Write the quotient as a ratio of its own, which says 'disclosive: true'.",
        )
    if metrics[part].down_to.depth < metric.down_to.depth:
        raise CatalogueError(
            f"{metric.id}: {part} is measured down to {metrics[part].down_to} alone, so the quotient is too.",
            next_step=f"Give it 'down_to: {metrics[part].down_to}'.",
        )
    if metrics[part].period is not None and metric.period is None:
        raise CatalogueError(
            f"{metric.id}: {part} is counted in a period, so the quotient has one too.",
            next_step="Give it a period, or name stocks.",
        )
    if metrics[part].periods is not None and metric.periods is None:
        raise CatalogueError(
            f"{metric.id}: {part} is measured for years alone, so the quotient is too.",
            next_step="Give it 'periods: years'.",
        )


def load(project: Path | None = None) -> Catalogue:
    """Read the package's metrics and a project's own.

    Parameters
    ----------
    project
        The project's folder; its ``params/metrics/*.yml`` are read after the package's.

    Returns
    -------
    Catalogue
        All metrics, each checked against the schema of its table, and those that a project's
        ``params/projections.yml`` gives.

    Raises
    ------
    CatalogueError
        Where a file is not YAML, a metric is not well defined, or an id stands twice.
    """
    metrics = dict(_of_package(tuple((path, path.stat().st_mtime_ns) for path in _in(Path(__file__).parent))))
    own = _read(_in(project / "params" / "metrics"), metrics) if project else {}
    for metric in _projected(project, metrics):
        metrics[metric.id] = metric
    found = Catalogue(metrics)
    _check_expressions(own, metrics)
    _check_disclosive(metrics)
    _try(own, metrics)
    return found


@lru_cache(maxsize=1)
def _of_package(changed: tuple[tuple[Path, int], ...]) -> Mapping[str, Metric]:
    """The package's own metrics, which a process reads and tries once: that takes longer than a small pack's measures.

    Its files come with the time of their last change, so that an edit is read.
    """
    metrics: dict[str, Metric] = {}
    places = _read((path for path, _ in changed), metrics)
    _check_expressions(places, metrics)
    _try(places, metrics)
    return MappingProxyType(metrics)


def of_package() -> Mapping[str, Metric]:
    """Read the package's own metrics without a trial, for which DuckDB would start threads."""
    metrics: dict[str, Metric] = {}
    _read(_in(Path(__file__).parent), metrics)
    return metrics


def _read(paths: Iterable[Path], metrics: dict[str, Metric]) -> dict[str, str]:
    """Add the metrics of files to those read before, and say of each added where it stands."""
    places: dict[str, str] = {}
    for path in paths:
        for metric_id, entry in read_yaml(path, CatalogueError).items():
            where = f"{path.name}, {metric_id}"
            if metric_id in metrics:
                raise CatalogueError(f"{where}: the id stands twice.", next_step="Give one of them another id.")
            if not isinstance(entry, dict):
                raise CatalogueError(f"{where}: holds no keys.", valid="A metric is a mapping: title, kind, ...")
            places[metric_id] = where
            metrics[metric_id] = build(Metric, {"id": metric_id, **entry}, where, CatalogueError)
    return places


def _check_expressions(places: Mapping[str, str], metrics: Mapping[str, Metric]) -> None:
    for metric_id, where in places.items():
        expressions.check(metrics[metric_id], where)


def _try(places: Mapping[str, str], metrics: Mapping[str, Metric]) -> None:
    trial.check({where: metrics[metric_id] for metric_id, where in places.items() if metrics[metric_id].table})


def files(project: Path | None) -> list[Path]:
    """Return the files that define metrics, in the order in which they are read."""
    projections = [project / "params" / PROJECTIONS] if project else []
    definitions = [*_in(Path(__file__).parent), *(_in(project / "params" / "metrics") if project else [])]
    return [*definitions, *(file for file in projections if file.is_file())]


def _projected(project: Path | None, metrics: Mapping[str, Metric]) -> Iterator[Metric]:
    """The metrics of ``params/projections.yml``, each of a stock and its flows that the catalogue has."""
    file = project / "params" / PROJECTIONS if project else None
    if file is None or not file.is_file():
        return
    for name, entry in read_yaml(file, CatalogueError).items():
        where = f"{file.name}, {name}"
        if not isinstance(entry, dict):
            raise CatalogueError(f"{where}: holds no keys.", valid="A projection is a mapping: title, stock, ...")
        projection = build(Projection, entry, where, CatalogueError)
        _check_projection(where, projection, metrics)
        for metric in projection.metrics(name):
            if metric["id"] in metrics:
                raise CatalogueError(f"{where}: there is a metric {metric['id']} already.", next_step="Rename it.")
            yield build(Metric, metric, where, CatalogueError)


def _check_projection(where: str, projection: Projection, metrics: Mapping[str, Metric]) -> None:
    """A projection is of a stock, in whole numbers that need no protection, and of the flows that account for it."""
    stocks = [m.id for m in metrics.values() if m.table and m.on_a_day and not m.divided and not m.disclosive]
    flows = [m.id for m in metrics.values() if m.between_snapshots and not m.disclosive]
    for key, valid in (("stock", stocks), ("opened", flows), ("closed", flows)):
        given = getattr(projection, key)
        if given not in valid:
            raise CatalogueError(f"{where}: {key}: {given!r} cannot be projected.", valid=nearest(given, valid))


def _in(folder: Path) -> list[Path]:
    """The files of a folder that define metrics, in the order in which they are read."""
    return sorted(folder.glob("*.yml"))
