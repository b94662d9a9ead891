"""Commentary: a person's Markdown, its figures filled in."""

from __future__ import annotations

import itertools
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cafcass_reports.errors import CommentaryError
from cafcass_reports.exhibits import headlines
from cafcass_reports.exhibits.commentary import commentary
from cafcass_reports.exhibits.payload import CommentaryPayload
from cafcass_reports.metrics.measurements import Measurements
from cafcass_reports.periods import Period

FRONT = "---\nowner: Head of performance\ndate: 2021-01-11\n---\n"


def filled(measurements: Measurements, file: Path) -> CommentaryPayload:
    payload = commentary(measurements, file, measurements.areas.nation).payload
    assert isinstance(payload, CommentaryPayload)
    return payload


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "open-cases.md"


def test_every_field_is_filled_in_with_what_the_figure_shows(measurements: Measurements, file: Path) -> None:
    fields = ("value", "change", "movement", "comparison", "period", "numerator", "denominator")
    file.write_text(FRONT + "\n".join(f"{{{{ kpi_1.{field} }}}}" for field in fields), "utf-8")
    found = measurements.one("kpi_1", measurements.areas.nation)
    assert found.comparison is not None
    value, change, movement, comparison, period, numerator, denominator = filled(measurements, file).markdown.split(
        "\n"
    )
    assert (value, change, comparison) == (found.shown, found.change_shown, found.comparison.shown)
    assert movement.split()[0] == found.direction
    assert movement.split()[1] == change.lstrip("+−").split()[0]
    assert (period, numerator, denominator) == (found.when.label, f"{found.numerator:,}", f"{found.denominator:,}")


def test_another_period_or_comparison_is_asked_for_by_name(measurements: Measurements, file: Path) -> None:
    file.write_text(
        FRONT + "{{ new_cases.value for 2020-11 }}|{{ new_cases.movement for 2020-11 since 2020-10 }}|"
        "{{ new_cases.difference for 2020-11 since 2020-10 }}|{{open_cases.period for 2020-11-01}}",
        "utf-8",
    )
    november, october = (Period.of_months(date(2020, month, 1), 1) for month in (11, 10))
    found = measurements.one("new_cases", measurements.areas.nation, november, before=october)
    assert found.value is not None
    assert found.comparison is not None
    assert found.comparison.value is not None
    more = found.value - found.comparison.value
    value, movement, difference, period = filled(measurements, file).markdown.split("|")
    assert (value, movement, period) == (found.shown, headlines.movement(found), "1 November 2020")
    assert difference == ("as many" if not more else f"{abs(more)} {'more' if more > 0 else 'fewer'}")


def test_owner_date_and_name_go_with_the_text(measurements: Measurements, file: Path) -> None:
    file.write_text(FRONT + "Plain text.", "utf-8")
    payload = filled(measurements, file)
    assert (payload.name, payload.owner, payload.dated) == ("open-cases", "Head of performance", "2021-01-11")
    assert payload.measurements == ()


@pytest.mark.parametrize(("line", "reviewed"), [("", True), ("reviewed: yes\n", True), ("reviewed: no\n", False)])
def test_a_text_is_reviewed_unless_it_says_no(
    measurements: Measurements, file: Path, line: str, reviewed: bool
) -> None:
    file.write_text(FRONT.replace("date:", f"{line}date:") + "Plain text.", "utf-8")
    assert filled(measurements, file).reviewed is reviewed


def test_for_since_and_in_stand_in_any_order(measurements: Measurements, file: Path) -> None:
    parts = ("for 2020-11-01", "since 2020-10-01", "in A10")
    orders = [" ".join(order) for order in itertools.permutations(parts)]
    file.write_text(FRONT + "|".join(f"{{{{ open_cases.change {order} }}}}" for order in orders), "utf-8")
    assert len(set(filled(measurements, file).markdown.strip().split("|"))) == 1
    file.write_text(FRONT + "{{ open_cases.value for 2020-11-01 for 2020-10-01 }}", "utf-8")
    with pytest.raises(CommentaryError, match="asks for what a figure does not have"):
        filled(measurements, file)


def test_a_figure_used_twice_is_explained_once(measurements: Measurements, file: Path) -> None:
    file.write_text(FRONT + "{{ open_cases.value }} {{open_cases.movement}} {{ public_open.value }}", "utf-8")
    assert [f.metric for f in filled(measurements, file).measurements] == ["open_cases", "public_open"]


@pytest.mark.parametrize("encode", [lambda t: t.replace("\n", "\r\n").encode(), lambda t: b"\xef\xbb\xbf" + t.encode()])
def test_files_as_windows_editors_write_them_are_read(measurements: Measurements, file: Path, encode: object) -> None:
    text = FRONT + "One line.\n\n{{ open_cases.value }} cases – and more.\n"
    file.write_text(text, "utf-8", newline="")
    plain = filled(measurements, file)
    file.write_bytes(encode(text))  # type: ignore[operator]
    assert filled(measurements, file) == plain


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "Fine.\n\n{{ open_case.value }}",
            r"open-cases.md, line 7: there is no metric 'open_case'. Nearest: open_cases",
        ),
        ("{{ open_cases.size }}", r"line 5: 'open_cases.size' asks for what .* Valid: open_cases.value, open_cases.ch"),
        ("{{ open_cases }}", "line 5: 'open_cases' asks for what"),
        ("{{ }}", "line 5: there is no metric ''"),
        (
            "{{ open_cases.denominator }}",
            "line 5: Open active cases: open_cases.denominator is not available for England",
        ),
        ("One.\n{{ open_cases.value", "line 6: a reference begins with {{ and does not end"),
        ("{{ open_cases.value }\n{{ open_cases.value }}", "line 5: a reference begins"),
    ],
)
def test_a_reference_that_leads_nowhere_is_named_with_its_line(
    nothing: Measurements, file: Path, text: str, said: str
) -> None:
    file.write_text(FRONT + text, "utf-8")
    with pytest.raises(CommentaryError, match=said):
        filled(nothing, file)


def test_a_reference_broken_over_two_lines_is_filled_in(measurements: Measurements, file: Path) -> None:
    file.write_text(FRONT + "There are {{\nopen_cases.value }} cases.", "utf-8")
    shown = measurements.one("open_cases", measurements.areas.nation).shown
    assert filled(measurements, file).markdown == f"There are {shown}\n cases."


def test_single_braces_are_text(measurements: Measurements, file: Path) -> None:
    file.write_text(FRONT + "A {set}, a } and a { alone.", "utf-8")
    assert filled(measurements, file).markdown == "A {set}, a } and a { alone."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("No front matter.", "does not say whose it is. It begins with a line of ---"),
        ("---\nowner: X\ndate: 2021-01-11\n", "does not say whose it is"),
        ("---\nowner: X\n---\nText", "date: is missing"),
        ("---\nowner: X\ndate: yesterday\n---\n", "date: .*given 'yesterday'"),
        ("---\nowner: X\ndate: 2021-02-30\n---\n", "line 3: 2021-02-30: day is out of range"),
        ("---\nowner: X\nowner: Y\n---\n", "line 3: 'owner' stands twice"),
        ("---\nowner: X\ndate: 2021-01-11\nauthor: Z\n---\n", "author: there is no such key"),
    ],
)
def test_a_text_without_owner_and_date_is_refused(measurements: Measurements, file: Path, text: str, said: str) -> None:
    file.write_text(text, "utf-8")
    with pytest.raises(CommentaryError, match=said):
        filled(measurements, file)


def test_a_commentary_that_is_not_there_is_answered_with_the_nearest(measurements: Measurements, file: Path) -> None:
    file.write_text(FRONT, "utf-8")
    with pytest.raises(CommentaryError, match=r"There is no commentary 'open-case' .*Nearest: open-cases"):
        filled(measurements, file.with_name("open-case.md"))


def test_a_text_in_another_encoding_is_refused(measurements: Measurements, file: Path) -> None:
    file.write_bytes(FRONT.encode() + "café".encode("latin-1"))
    with pytest.raises(CommentaryError, match="Save it as UTF-8"):
        filled(measurements, file)


def test_html_in_a_text_is_shown_as_text(measurements: Measurements, file: Path) -> None:
    file.write_text(FRONT + "<script>alert(1)</script>\n\n<b>bold</b>", "utf-8")
    html = commentary(measurements, file, measurements.areas.nation).html
    assert "<script" not in html
    assert "<b>" not in html


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(body=st.text(st.characters(codec="utf-8"), max_size=200))
def test_any_markdown_is_kept_or_refused(measurements: Measurements, file: Path, body: str) -> None:
    file.write_text(FRONT + body, "utf-8", newline="")
    try:
        kept = filled(measurements, file).markdown
    except CommentaryError:
        assert "{{" in body
    else:
        assert kept == body.replace("\r\n", "\n").replace("\r", "\n").strip()


def test_a_sentence_without_its_figure_is_left_out_for_a_part_of_the_nation_and_said_to_be(
    measurements: Measurements, file: Path
) -> None:
    items = "- Open: {{ open_cases.value }}\n- Turnover: {{ turnover.value }}\n    - and why\n- Last\n"
    body = f"{items}\nTurnover is {{{{ turnover.value }}}}.\n"
    file.write_text(FRONT + body, "utf-8")
    whole = filled(measurements, file)
    assert whole.left_out == ()
    assert "Turnover: 8.7%" in whole.markdown
    part = commentary(measurements, file, measurements.areas.named("A1")).payload
    assert isinstance(part, CommentaryPayload)
    shown = measurements.one("open_cases", measurements.areas.named("A1")).shown
    assert part.markdown == f"- Open: {shown}\n- Last"
    assert len(part.left_out) == 2
    assert "turnover.value is not available for A1" in part.left_out[0]


def test_for_the_nation_a_missing_figure_is_an_error(measurements: Measurements, file: Path) -> None:
    file.write_text(FRONT + "Turnover was {{ turnover.comparison }}.", "utf-8")
    with pytest.raises(CommentaryError, match=r"line 5: .*turnover\.comparison is not available for England"):
        filled(measurements, file)
