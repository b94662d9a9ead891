"""Identifiers of records are found however they are joined to what stands around them."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from cafcass_reports.checks.identifiers import check, not_looked_for, numbered


@pytest.mark.parametrize(
    "text",
    [
        "C123456",
        "case_C123456",
        "C123456-2",
        "See C123456.Next",
        "<a href='children/C123456.html'>",
        "born 2012-03-05T00:00:00",
        "audit-A2-Met-003_final",
    ],
)
def test_a_joined_identifier_is_found(tmp_path: Path, text: str) -> None:
    (tmp_path / "page.html").write_text(text, encoding="utf-8")
    sought = numbered(pa.array(["C123456", "2012-03-05", "audit-A2-Met-003"]))
    assert len(check(tmp_path, sought)["findings"]) == 1


@pytest.mark.parametrize("text", ["0.123456", "C1234567", "XC123456", "123456789"])
def test_what_only_holds_its_characters_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "page.html").write_text(text, encoding="utf-8")
    assert check(tmp_path, numbered(pa.array(["C123456", "123456"])))["findings"] == []


def test_what_cannot_be_found_is_counted_and_not_looked_for() -> None:
    given = pa.array(["12345", "A/1234567", "B 1234567", "ABCDEFG", "C123456"])
    assert not_looked_for(given) == 4
    assert len(numbered(given)) == 1
