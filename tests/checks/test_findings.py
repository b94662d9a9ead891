"""One report and one gate for every check."""

from __future__ import annotations

import pytest
from rich.console import Console

from cafcass_reports.checks.findings import Finding, Place, Report, Severity
from cafcass_reports.checks.gate import CheckError, hold

WRONG = Finding(Place("deck.pptx", slide=3), "numbers", Severity.ERROR, "It shows 9.", "It is 8.", "Run it again.")
DOUBTFUL = Finding(Place("a.md", line=4), "claims", Severity.WARNING, "It may be chance.")


def test_reports_are_joined_and_keep_the_checks_that_found_nothing() -> None:
    report = Report.of("numbers", [WRONG, WRONG]) | Report.of("claims", []) | Report.of("claims", [DOUBTFUL])
    assert report.checks == ("numbers", "claims")
    assert report.findings == (DOUBTFUL, WRONG)
    assert report.summary == "Checks of numbers, claims: 1 error, 1 warning."


def test_what_is_written_for_json_is_read_back() -> None:
    report = Report.of("numbers", [WRONG]) | Report.of("claims", [DOUBTFUL]) | Report.of("accessibility", [])
    content = report.as_dict()
    assert content["numbers"] == {
        "ok": False,
        "findings": [
            {"severity": "error", "file": "deck.pptx", "slide": 3, "found": "It shows 9.", "valid": "It is 8.",
             "next_step": "Run it again."}
        ],
    }  # fmt: skip
    assert content["claims"]["ok"]
    assert content["accessibility"] == {"ok": True, "findings": []}
    assert Report.from_dict({"extracts": {}, **content}).findings == report.findings


def test_a_final_pack_stops_on_an_error_and_says_where_it_is() -> None:
    with pytest.raises(CheckError, match=r"q3 is final.*deck\.pptx, slide 3: It shows 9\. It is 8\."):
        hold("q3", "final", Report.of("numbers", [WRONG]))


@pytest.mark.parametrize(("status", "finding"), [("draft", WRONG), ("final", DOUBTFUL)])
def test_a_draft_and_a_warning_go_through(status: str, finding: Finding) -> None:
    hold("q3", status, Report.of(finding.check, [finding]))  # type: ignore[arg-type]


def test_markup_in_a_text_does_nothing_in_the_table() -> None:
    odd = Finding(Place("a.md"), "claims", Severity.ERROR, "[bold]It[/bold] is")
    console = Console(width=200, record=True, file=__import__("io").StringIO())
    console.print(Report.of("claims", [odd]).table())
    assert "[bold]It[/bold] is" in console.export_text()
