"""What a paper's record of what it read says, whole or not."""

from __future__ import annotations

from pathlib import Path

import pytest

from cafcass_reports.packs.reads import was_read

FIRST = '{"files": {"a.md": "1"}, "figures": [["open_cases", "England"]]}\n'
SECOND = '{"files": {"b.md": "2"}, "figures": [["kpi_2", "England"]]}\n'


def test_a_record_adds_up_what_each_cell_read(tmp_path: Path) -> None:
    (tmp_path / "record").write_text(FIRST + SECOND, encoding="utf-8")
    files, figures = was_read(tmp_path / "record") or ({}, [])
    assert files == {"a.md": "1", "b.md": "2"}
    assert figures == [["kpi_2", "England"], ["open_cases", "England"]]


@pytest.mark.parametrize("written", [FIRST + SECOND[:20], FIRST[:20] + SECOND])
def test_a_record_with_half_a_line_says_nothing(tmp_path: Path, written: str) -> None:
    (tmp_path / "record").write_text(written, encoding="utf-8")
    assert was_read(tmp_path / "record") is None


def test_no_record_says_nothing(tmp_path: Path) -> None:
    assert was_read(tmp_path / "record") is None
