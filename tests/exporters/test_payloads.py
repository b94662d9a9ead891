from __future__ import annotations

import pytest

from cafcass_reports.errors import ExportError
from cafcass_reports.exhibits.payload import mimetype
from cafcass_reports.exporters.payloads import read_payload
from tests.exporters.review_papers import chart, paper


def test_an_exhibit_is_read_back_as_it_was_written() -> None:
    data = {"text/plain": "exhibit", mimetype("chart"): chart().model_dump(mode="json")}
    assert read_payload(data, "Cell 1") == chart()


def test_somebody_elses_output_is_no_exhibit() -> None:
    assert read_payload({"text/plain": "7", "application/vnd.plotly.v1+json": "{}"}, "Cell 1") is None


def test_an_error_says_where_what_and_what_to_do() -> None:
    data = {mimetype("paper"): {**paper().model_dump(mode="json"), "status": "nearly"}}
    with pytest.raises(ExportError) as raised:
        read_payload(data, "Cell 7")
    assert "Cell 7 holds a malformed paper: status" in raised.value.given
    assert mimetype("paper") in raised.value.valid
    assert "again" in raised.value.next_step


def test_a_later_version_of_an_exhibit_is_an_error_that_lists_those_known() -> None:
    with pytest.raises(ExportError, match="unknown kind") as raised:
        read_payload({"application/vnd.cafcass.chart.v2+json": {}}, "Cell 1")
    assert mimetype("chart") in raised.value.valid
