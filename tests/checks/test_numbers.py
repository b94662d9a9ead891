"""Numbers that people type: each is a reference, a constant or a date, or is pointed out."""

from __future__ import annotations

from pathlib import Path

import pytest

from cafcass_reports.checks.findings import Finding, Place, Severity
from cafcass_reports.checks.numbers import check, read_constants
from cafcass_reports.errors import PackError


def found(text: str, *constants: str, own: tuple[str, ...] = ()) -> list[Finding]:
    return list(check(text, Place("a.md"), constants=constants, own=own, first_line=5))


@pytest.mark.parametrize(
    "text",
    [
        "There are 36,881 open cases.",
        "Three quarters of them are private law.",
        "A third are public law.",
        "It grew by twenty-two per cent.",
        "Open work doubled.",
        "Half the national rate.",
        "2020 children were seen.",
        "It takes 25 hours.",
        "More than 36 weeks.",
    ],
)
def test_a_typed_number_is_pointed_out(text: str) -> None:
    assert [one.severity for one in found(text)] == [Severity.ERROR]


@pytest.mark.parametrize(
    "text",
    [
        "There are {{ open_cases.value }} open cases.",
        "[Rose by 5%]{open_cases} in a year.",
        "In 2020, from April 2020 to 10 December, and in 2019-20.",
        "On 1 December 2020, 5 to 8 January and 3rd March.",
        "KPI 2, KPIs 1 and 2, section 7, sections 7 and 37, rule 16.4, S31, PD 36Q, Practice Direction 36Q, Covid-19.",
        "July to September was our busiest quarter, Q2 after Q1, quarter 2.",
        "Year 1 changed much, as did year 2; areas 5 and 6 share one measure.",
        "1. First\n2. Then\n",
        "One voice, a third lockdown, the first hearing, A15B.",
    ],
)
def test_references_claims_dates_and_names_are_let_through(text: str) -> None:
    assert found(text) == []


def test_a_finding_names_its_line_and_shows_the_words_around() -> None:
    (one,) = found("First line.\n\nIt takes about 25 hours to write.")
    assert one.place == Place("a.md", line=7)
    assert "about 25 hours to write" in one.found
    assert "params/constants.yml" in one.next_step


def test_a_constant_is_the_whole_phrase_and_not_a_part_of_a_larger_number() -> None:
    assert found("It takes 25 hours.", "25 hours") == []
    assert found("It takes 25\nhours.", "25 hours") == []
    assert len(found("It takes 125 hours.", "25 hours")) == 1
    assert len(found("It takes 25 hours and 25 days.", "25 hours")) == 1


def test_a_constant_that_a_text_declares_and_does_not_hold_is_pointed_out() -> None:
    (one,) = found("It takes long.", own=("25 hours",))
    assert one.severity is Severity.WARNING
    assert "25 hours" in one.found


def test_constants_of_a_project_need_a_source(tmp_path: Path) -> None:
    file = tmp_path / "constants.yml"
    assert read_constants(file) == {}
    file.write_text("25 hours: published guidance\n", "utf-8")
    assert read_constants(file) == {"25 hours": "published guidance"}
    file.write_text("25 hours:\n", "utf-8")
    with pytest.raises(PackError, match="'25 hours' has no source"):
        read_constants(file)
