"""Exhibits in an executed notebook, checked before any format draws them."""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from pydantic import BaseModel, ValidationError

from cafcass_reports.errors import ExportError
from cafcass_reports.exhibits.payload import (
    EXHIBITS,
    ChartPayload,
    ControlPayload,
    DashboardPayload,
    TablePayload,
    mimetype,
)
from cafcass_reports.exporters.characters import clean_all


def read_payload(data: Mapping[str, Any], where: str) -> BaseModel | None:
    """Return the exhibit that an output holds; ``None`` where it is somebody else's output.

    Parameters
    ----------
    data
        An output's MIME bundle.
    where
        The cell, as an error names it.

    Raises
    ------
    ExportError
        Where the payload is malformed: a field missing or unknown, a row without a cell for each column,
        a series without a point for each category, or a kind that this version does not know.
    """
    for kind, model in EXHIBITS.items():
        if mimetype(kind) not in data:
            continue
        try:
            payload = _validated(model, json.dumps(clean_all(data[mimetype(kind)])))
        except (ValueError, RecursionError) as error:
            raise _malformed(kind, where, _first_fault(error)) from error
        if fault := _shape_fault(payload):
            raise _malformed(kind, where, fault)
        return payload
    if unknown := next((key for key in data if key.startswith("application/vnd.cafcass.")), None):
        raise ExportError(
            f"{where} holds an exhibit of an unknown kind, {unknown}.",
            valid=f"Known are: {', '.join(mimetype(kind) for kind in EXHIBITS)}.",
            next_step="Run the notebook again with this version of cafcass_reports.",
        )
    return None


@lru_cache(maxsize=64)
def _validated(model: type[BaseModel], text: str) -> BaseModel:
    """Return a payload, which nobody can change: each format of a paper reads the same ones."""
    return model.model_validate_json(text)


def _shape_fault(payload: BaseModel) -> str:
    match payload:
        case TablePayload(columns=columns, sections=sections):
            if any(len(row) != len(columns) for section in sections for row in section.rows):
                return "a row has more or fewer cells than there are columns"
        case ChartPayload(categories=categories, series=series):
            for each in series:
                said = (each.labels, each.measurements)
                if len(each.values) != len(categories) or any(len(a) not in (0, len(categories)) for a in said):
                    return f"series '{each.name}' has more or fewer points than there are categories"
        case ControlPayload(charts=charts):
            for chart in charts:
                if fault := _shape_fault(chart.lines):
                    return fault
                if not chart.lines.series or len(chart.meanings) != len(chart.lines.categories):
                    return "a control chart has no series, or more or fewer meanings than there are categories"
        case DashboardPayload():
            return _dashboard_fault(payload)
    return ""


def _dashboard_fault(payload: DashboardPayload) -> str:
    choices = list(itertools.product(*(slicer.options for slicer in payload.slicers)))
    if [state.chosen for state in payload.states] != choices or not 0 <= payload.first < len(choices):
        return "it lacks states that its slicers can choose, or has them in another order"
    sizes = [len(kind.groups) for kind in payload.characteristics]
    for state in payload.states:
        if any([len(one) for one in held] != sizes for held in (state.counts, state.shares, state.local)):
            return "a state has more or fewer figures than there are groups"
    return _shape_fault(payload.chart) or _shape_fault(payload.table)


def _first_fault(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors(include_url=False)[0]
        return f"{'.'.join(str(part) for part in first['loc']) or 'the whole'}: {first['msg']}"
    return "it is not JSON"


def _malformed(kind: str, where: str, fault: str) -> ExportError:
    return ExportError(
        f"{where} holds a malformed {kind}: {fault}.",
        valid=f"{mimetype(kind)} as this version of cafcass_reports writes it.",
        next_step="Run the notebook again with this version.",
    )
