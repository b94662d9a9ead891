"""Payloads: what a notebook keeps of an exhibit is all of it."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from cafcass_reports.exhibits.commentary import commentary
from cafcass_reports.exhibits.comparison import comparison
from cafcass_reports.exhibits.drawing import axes
from cafcass_reports.exhibits.exhibit import Exhibit
from cafcass_reports.exhibits.frame import frame_table
from cafcass_reports.exhibits.grades import grades
from cafcass_reports.exhibits.numbers import numbers
from cafcass_reports.exhibits.panels import panels
from cafcass_reports.exhibits.payload import (
    EXHIBITS,
    Arrangement,
    Cell,
    PaperPayload,
    TableSection,
    Tone,
    mimetype,
    source_line,
)
from cafcass_reports.exhibits.picture import picture
from cafcass_reports.exhibits.quotation import quotation
from cafcass_reports.exhibits.scorecard import Row, scorecard
from cafcass_reports.exhibits.trend import trend
from cafcass_reports.metrics.measurements import Measurements


@pytest.fixture
def exhibits(measurements: Measurements, tmp_path: Path) -> list[Exhibit]:
    england = measurements.areas.nation
    file = tmp_path / "a.md"
    file.write_text("---\nowner: X\ndate: 2021-01-11\n---\n{{ open_cases.value }}", "utf-8")
    aim = tmp_path / "aim.md"
    aim.write_text("---\nowner: X\nspeaker: Y\ndate: 2021-01-11\n---\nWe listen.", "utf-8")
    pillars = tmp_path / "pillars.md"
    pillars.write_text("---\nowner: X\ndate: 2021-01-11\n---\n# A\n\n## B\n\nb\n\n## C\n\nc", "utf-8")
    found = measurements.one("open_cases", england)
    parts = ["audits_good_or_better", "audits_met", "audits_requires_improvement"]
    return [
        scorecard(measurements, [("A", [Row(found, True)])]),
        trend(measurements, ["open_cases"], england, 6),
        grades(measurements, {"audits": parts}, england),
        commentary(measurements, file, england),
        panels(measurements, pillars, england, Arrangement.PILLARS),
        quotation(measurements, aim, england),
        numbers(measurements, ["open_cases"], england),
        comparison(measurements, "kpi_2", england, "area"),
        frame_table(measurements, measurements.frame("open_cases", england, "month"), [found], title="T"),
        picture(measurements, axes(2, 2), [found], title="T", alt="A"),
    ]


def test_every_exhibit_comes_back_from_json_as_it_went(exhibits: list[Exhibit]) -> None:
    for exhibit in exhibits:
        model = EXHIBITS[exhibit.kind]
        assert model.model_validate_json(exhibit.payload.model_dump_json()) == exhibit.payload
        stored = json.loads(json.dumps(exhibit._repr_mimebundle_(), allow_nan=False))
        assert model.model_validate_json(json.dumps(stored[mimetype(exhibit.kind)])) == exhibit.payload


def test_every_exhibit_can_be_read_in_a_terminal_and_charts_hold_a_drawing(exhibits: list[Exhibit]) -> None:
    for exhibit in exhibits:
        bundle = exhibit._repr_mimebundle_()
        assert bundle["text/plain"].strip()
        assert bundle["text/html"].startswith("<")
        assert ("image/svg+xml" in bundle) == (exhibit.kind in ("chart", "picture"))


def test_every_shown_exhibit_has_a_title_and_says_more_to_a_reader_who_cannot_see_it(exhibits: list[Exhibit]) -> None:
    for payload in (e.payload.model_dump() for e in exhibits if e.kind not in ("commentary", "quotation")):
        assert payload["title"]
        assert payload["alt"]


def test_an_exhibit_cannot_be_changed_after_it_was_made(exhibits: list[Exhibit]) -> None:
    for exhibit in exhibits:
        name = next(iter(type(exhibit.payload).model_fields))
        with pytest.raises(ValidationError, match="frozen"):
            setattr(exhibit.payload, name, "other")


finite = st.floats(allow_nan=False, allow_infinity=False)
cells = st.builds(Cell, text=st.text(), value=st.none() | finite, tone=st.none() | st.sampled_from(Tone))


@given(st.builds(TableSection, title=st.text(), rows=st.tuples(st.tuples(cells, cells))))
def test_any_section_comes_back_from_json(section: TableSection) -> None:
    assert TableSection.model_validate_json(section.model_dump_json()) == section


@pytest.mark.parametrize("value", [math.inf, -math.inf, math.nan])
def test_a_number_that_json_does_not_have_is_refused(value: float) -> None:
    with pytest.raises(ValidationError, match="finite"):
        Cell(text="x", value=value)


@pytest.mark.parametrize("model", list(EXHIBITS.values()))
def test_a_payload_refuses_what_it_does_not_know(model: type[BaseModel]) -> None:
    with pytest.raises(ValidationError, match="extra_forbidden"):
        model.model_validate({"unknown": 1})


def test_a_paper_says_whether_it_is_a_draft() -> None:
    with pytest.raises(ValidationError, match="draft"):
        PaperPayload.model_validate(dict.fromkeys(PaperPayload.model_fields, "x") | {"synthetic": False})


def test_the_source_line_ends_once_and_is_empty_without_a_source() -> None:
    assert source_line("Case records.") == "Source: Case records."
    assert source_line("") == ""
