"""Comma-separated files."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cafcass_reports.errors import ExtractError
from cafcass_reports.extracts import delimited
from cafcass_reports.extracts.cells import Cells


def numbered(cells: Cells) -> list[tuple[object, ...]]:
    return [tuple(row.values()) for row in cells.table.to_pylist()]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
def test_pound_signs_and_curly_quotes_survive_in_every_encoding(encoding: str) -> None:
    cells = delimited.read("id,source\n007,£5 ‘survey’\n".encode(encoding))
    assert cells.header == ("id", "source")
    assert numbered(cells) == [(2, "007", "£5 ‘survey’")]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_is_read(end: str) -> None:
    cells = delimited.read(end.join(["a,b", "1,2", "3,4"]).encode())
    assert numbered(cells) == [(2, "1", "2"), (3, "3", "4")]


def test_a_value_may_hold_commas_doubled_quotation_marks_and_line_breaks() -> None:
    cells = delimited.read(b'a,b\n"1,5","say ""no""\nthen go"\n3,4\n')
    assert numbered(cells) == [(2, "1,5", 'say "no"\nthen go'), (3, "3", "4")]
    assert cells.malformed == ()


def test_ragged_rows_are_reported_with_their_row_and_the_rest_keep_theirs() -> None:
    cells = delimited.read(b'a,b,c\n1,2,3\n\n4,"x\ny",6\n7,8\n9,10,11,12\n13,14,15\n')
    assert [(row.row, row.value) for row in cells.malformed] == [(5, "7,8"), (6, "9,10,11,12")]
    assert "3, not 2" in cells.malformed[0].rule
    assert [row[:2] for row in numbered(cells)] == [(2, "1"), (3, ""), (4, "4"), (7, "13")]


def test_blank_lines_above_the_header_count_as_rows() -> None:
    cells = delimited.read(b"\n\na,b\n1,2\n3\n5,6\n")
    assert cells.header_row == 3
    assert numbered(cells) == [(4, "1", "2"), (6, "5", "6")]
    assert [row.row for row in cells.malformed] == [5]


def test_a_quotation_mark_that_never_closes_is_found_where_it_opens() -> None:
    cells = delimited.read(b'a,b\n1,2\n3,"4\n5,6\n7,8\n')
    assert any(row.row == 3 and "closes" in row.rule for row in cells.malformed)


def test_a_quotation_mark_that_closes_in_a_later_row_is_found_where_it_opens() -> None:
    # The columns come out right, and row 3 would vanish inside row 2.
    cells = delimited.read(b'a,b,c\n4,"5,6\n7,"8",9\n10,11,12\n')
    assert any(row.row == 2 and "closes" in row.rule for row in cells.malformed)


def test_a_measure_in_inches_is_no_broken_quotation() -> None:
    assert delimited.read(b'a,b\n5" deep,2\n3,4\n').malformed == ()


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\xef\xbb\xbf"])
def test_an_empty_file_has_no_columns_and_no_rows(data: bytes) -> None:
    cells = delimited.read(data)
    assert cells.header == ()
    assert numbered(cells) == []


@pytest.mark.parametrize("data", [b"a,b", b"a,b\n"])
def test_a_header_alone_has_no_rows(data: bytes) -> None:
    cells = delimited.read(data)
    assert cells.header == ("a", "b")
    assert numbered(cells) == []


@pytest.mark.parametrize(
    "data",
    [b"PK\x03\x04\x14\x00\x06", bytes(range(256)), b"a,b\n1,\x81\xff\n", b"\xff\xfea", "a,b\n".encode("utf-16-le")],
)
def test_bytes_that_are_no_text_are_refused(data: bytes) -> None:
    with pytest.raises(ExtractError, match="not a text"):
        delimited.read(data)


VALUES = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters='\n",'), min_size=1, max_size=6)


@given(st.lists(st.tuples(VALUES, VALUES, VALUES), max_size=8))
def test_what_is_written_is_read_in_its_row(rows: list[tuple[str, str, str]]) -> None:
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\r\n").writerows([("a", "b", "c"), *rows])
    cells = delimited.read(written.getvalue().encode())
    assert numbered(cells) == [(row, *values) for row, values in enumerate(rows, start=2)]
    assert cells.malformed == ()
