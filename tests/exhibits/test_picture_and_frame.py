"""An author's own figures and frames, as exhibits."""

from __future__ import annotations

import json
import math

import numpy as np
import pandas as pd
import pytest
import seaborn as sns
from matplotlib.figure import Figure

from cafcass_reports.checks.accessibility import wording
from cafcass_reports.errors import ExportError
from cafcass_reports.exhibits.drawing import axes
from cafcass_reports.exhibits.frame import frame_table
from cafcass_reports.exhibits.payload import PicturePayload, TablePayload
from cafcass_reports.exhibits.picture import picture
from cafcass_reports.metrics.measurements import Measurements

FRAME = pd.DataFrame({"month": ["October", "November"], "cases": [12092, -3]})


def cells(measurements: Measurements, frame: pd.DataFrame) -> list[list[str]]:
    payload = frame_table(measurements, frame, [], title="A title").payload
    assert isinstance(payload, TablePayload)
    return [[cell.text for cell in row] for row in payload.sections[0].rows]


def test_a_frame_with_provenance_names_its_source_and_figures(measurements: Measurements) -> None:
    found = [measurements.one("open_cases", measurements.areas.nation)]
    payload = frame_table(measurements, FRAME, found, title="Open cases").payload
    assert isinstance(payload, TablePayload)
    assert [f.metric for f in payload.measurements] == ["open_cases"]
    assert payload.source == "Case records, as at 1 December 2020"
    assert payload.subtitle == found[0].title


def test_a_frame_without_provenance_is_unprotected(measurements: Measurements) -> None:
    payload = frame_table(measurements, FRAME, [], title="Open cases").payload
    assert isinstance(payload, TablePayload)
    assert (payload.measurements, payload.source) == ((), "")


def test_numbers_stand_right_with_commas_and_a_true_minus(measurements: Measurements) -> None:
    payload = frame_table(measurements, FRAME, [], title="Open cases").payload
    assert isinstance(payload, TablePayload)
    assert [column.align for column in payload.columns] == ["left", "right"]
    assert [column.row_header for column in payload.columns] == [True, False]
    assert cells(measurements, FRAME) == [["October", "12,092"], ["November", "−3"]]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "not available"),
        (math.nan, "not available"),
        (math.inf, "not available"),
        (pd.NA, "not available"),
        (pd.NaT, "not available"),
        (np.int64(1234), "1,234"),
        (np.float64(0.5), "0.50"),
        (True, "True"),
        (pd.Timestamp(2020, 12, 1), "1 December 2020"),
        ([1, 2], "[1, 2]"),
        ("<b>", "<b>"),
    ],
)
def test_whatever_stands_in_a_cell_is_shown(measurements: Measurements, value: object, text: str) -> None:
    frame = pd.DataFrame({"a": pd.Series([value], dtype="object")})
    assert cells(measurements, frame) == [[text]]


def test_a_share_of_nothing_leaves_no_infinity_in_the_notebook(measurements: Measurements) -> None:
    frame = pd.DataFrame({"change": pd.Series([0.0, 1.0]).pct_change()})
    bundle = frame_table(measurements, frame, [], title="Change")._repr_mimebundle_()
    json.dumps(bundle, allow_nan=False)


def test_two_columns_of_one_name_are_both_shown(measurements: Measurements) -> None:
    assert cells(measurements, pd.DataFrame([[1, "x"]], columns=["a", "a"])) == [["1", "x"]]


def test_an_empty_frame_is_a_table_without_rows(measurements: Measurements) -> None:
    assert cells(measurements, FRAME.head(0)) == []


@pytest.mark.parametrize("given", [FRAME["cases"], None, [[1]], pd.DataFrame(index=[1, 2])])
def test_what_is_no_table_is_refused(measurements: Measurements, given: object) -> None:
    with pytest.raises(ExportError, match="is not a table"):
        frame_table(measurements, given, [], title="A title")  # type: ignore[arg-type]


def test_a_table_has_a_title(measurements: Measurements) -> None:
    with pytest.raises(ExportError, match="no title"):
        frame_table(measurements, FRAME, [], title=" ")


def test_the_caller_s_frame_stays_as_it_was(measurements: Measurements) -> None:
    mine = FRAME.copy()
    frame_table(measurements, mine, [], title="A title")
    pd.testing.assert_frame_equal(mine, FRAME)


def drawings() -> list[object]:
    figure = Figure()
    drawn = figure.subplots()
    (line,) = drawn.plot([1, 2])
    grid = sns.FacetGrid(FRAME)
    return [figure, drawn, line, grid]


@pytest.mark.parametrize("position", range(4))
def test_figure_axes_artist_and_grid_are_drawn(measurements: Measurements, position: int) -> None:
    shown = picture(measurements, drawings()[position], [], title="Two points", alt="A line from 1 to 2.")
    assert shown.svg is not None
    assert "<svg" in shown.svg


@pytest.mark.parametrize("given", [None, "chart.png", 3, FRAME, [axes(2, 2)]])
def test_what_is_no_figure_is_refused(measurements: Measurements, given: object) -> None:
    with pytest.raises(ExportError, match=r"is not a figure\..*seaborn grid"):
        picture(measurements, given, [], title="A", alt="B")


@pytest.mark.parametrize(("title", "alt"), [("", "B"), ("A", ""), (" ", "B"), ("A", "\n")])
def test_a_picture_has_a_title_and_alt_text(measurements: Measurements, title: str, alt: str) -> None:
    with pytest.raises(ExportError, match="no title or no alt text"):
        picture(measurements, axes(2, 2), [], title=title, alt=alt)


def test_markup_in_a_title_is_shown_as_text(measurements: Measurements) -> None:
    shown = picture(measurements, axes(2, 2), [], title="<img src=x>", alt="B")
    assert "<img src=x>" not in shown.html


def test_a_picture_with_provenance_names_its_figures(measurements: Measurements) -> None:
    found = [measurements.one(metric, measurements.areas.nation) for metric in ("kpi_2", "open_cases")]
    payload = picture(measurements, axes(2, 2), found, title="A", alt="B").payload.model_dump()
    assert [f["measurement"] for f in payload["measurements"]] == [m.id for m in found]
    assert payload["source"] == "Case records, as at 1 December 2020"


def test_a_tables_alt_text_says_no_number_that_the_deck_does_not_show(measurements: Measurements) -> None:
    payload = frame_table(measurements, FRAME, [], title="Open cases").payload
    assert isinstance(payload, TablePayload)
    assert wording.unknown(payload.alt, [payload.title]) == []


def test_suppressed_figures_in_titles_and_alt_texts_are_spoken(measurements: Measurements) -> None:
    table = frame_table(measurements, FRAME, [], title="Met: [c]").payload
    chart = picture(measurements, axes(3, 2), [], title="Met: [c]", alt="Bars. Met: [c].").payload
    assert isinstance(table, TablePayload)
    assert isinstance(chart, PicturePayload)
    assert (table.title, table.alt) == ("Met: [c]", "Met: suppressed. Table: month, cases.")
    assert chart.alt == "Bars. Met: suppressed."
