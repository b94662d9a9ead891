"""``measurements.csv``: every figure that the papers of a pack show, and which papers show it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from cafcass_reports.checks.shown import ShownFigure
from cafcass_reports.metrics.measurement import Measurement, rounded
from cafcass_reports.metrics.measurements import Measurements
from cafcass_reports.metrics.metric import Kind
from cafcass_reports.periods import Snapshot

COLUMNS = (
    "id", "metric", "title", "area", "period_from", "period_to", "as_at", "numerator", "denominator", "value", "unit",
    "comparison", "comparison_value", "change", "change_unit", "kind", "suppressed", "source", "papers",
)  # fmt: skip
_TEXTS = ("title", "area", "source")  # which people type


def shown_in(papers: Mapping[str, Iterable[ShownFigure]]) -> dict[str, list[str]]:
    """Return the ids of the figures that papers show, each with the papers that show it.

    Parameters
    ----------
    papers
        The figures in each paper, by its folder.
    """
    found: dict[str, list[str]] = {}
    for paper, figures in papers.items():
        for measurement in dict.fromkeys(one.measurement for one in figures):
            found.setdefault(measurement, []).append(paper)
    return found


def rows(measurements: Measurements, shown: Mapping[str, list[str]], *, synthetic: bool) -> list[dict[str, str]]:
    """Return the rows of ``measurements.csv`` for the figures shown, in order of their ids.

    Parameters
    ----------
    measurements
        What was measured.
    shown
        Ids of figures, each with its papers.
    synthetic
        Whether the extracts are, which each row's source then says.
    """
    return [_row(measurements.by_id(figure), papers, synthetic) for figure, papers in sorted(shown.items())]


def definitions(measurements: Measurements, shown: Iterable[str]) -> dict[str, Any]:
    """Return what the manifest says of the figures shown, so that outputs can be traced and compared alone.

    Parameters
    ----------
    measurements
        What was measured.
    shown
        Ids of figures.

    Returns
    -------
    dict
        ``metrics``, each as its owner wrote it, those it rests on too; ``areas``, each with its level.
    """
    found = [measurements.by_id(figure) for figure in shown]
    used = {metric for figure in found for metric in (figure.metric.id, *figure.metric.rests_on)}
    return {
        "metrics": {
            metric: measurements.catalogue[metric].model_dump(mode="json", by_alias=True, exclude_defaults=True)
            for metric in sorted(used)
        },
        "areas": {figure.area.name: figure.area.level.value for figure in sorted(found, key=lambda one: one.id)},
    }


def _row(found: Measurement, papers: list[str], synthetic: bool) -> dict[str, str]:
    before = found.comparison
    decimals = found.metric.decimals
    row: dict[str, Any] = {
        "id": found.id,
        "metric": found.metric.id,
        "title": found.title,
        "area": found.area.name,
        "period_from": "" if isinstance(found.when, Snapshot) else found.when.first,
        "period_to": "" if isinstance(found.when, Snapshot) else found.when.last,
        "as_at": found.when.day if isinstance(found.when, Snapshot) else "",
        "numerator": "" if found.numerator is None or found.metric.kind is Kind.REPORTED else found.numerator,
        "denominator": "" if found.denominator is None or found.metric.kind is Kind.REPORTED else found.denominator,
        "value": _decimal(found.rounded, decimals),
        "unit": found.metric.unit,
        "comparison": before.when.label if before else "",
        "comparison_value": _decimal(before.rounded, decimals) if before else "",
        "change": _decimal(found.change, max(1, decimals)),
        "change_unit": found.change_unit if found.change is not None else "",
        "kind": found.metric.origin,
        "suppressed": "yes" if found.suppressed else "no",
        "source": "; ".join(found.sources) + (" (synthetic data)" if synthetic else ""),
        "papers": " ".join(papers),
    }
    return {column: _no_formula(row[column]) if column in _TEXTS else str(row[column]) for column in COLUMNS}


def _no_formula(text: str) -> str:
    """Keep a spreadsheet from taking what somebody typed for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t")) else text


def _decimal(value: Fraction | None, decimals: int) -> str:
    return "" if value is None else f"{float(rounded(value, decimals)):.{decimals}f}"
