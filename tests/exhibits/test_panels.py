"""Panels and quotations: a person's text in parts, and somebody's words."""

from __future__ import annotations

from pathlib import Path

import pytest

from cafcass_reports.errors import CommentaryError
from cafcass_reports.exhibits.panels import panels
from cafcass_reports.exhibits.payload import Arrangement, PanelsPayload, QuotationPayload
from cafcass_reports.exhibits.quotation import quotation
from cafcass_reports.metrics.measurements import Measurements

FRONT = "---\nowner: Head of practice\ndate: 2021-01-11\n---\n"
FOUR = "# Four principles\n\n## One\n\nText *one*.\n\n## Two\n\n- a\n- b\n\n## Three ##\n\nc\n\n## Four\n\nd\n"


def shown(measurements: Measurements, folder: Path, body: str, arrangement: Arrangement) -> PanelsPayload:
    file = folder / "principles.md"
    file.write_text(FRONT + body, "utf-8")
    payload = panels(measurements, file, measurements.areas.nation, arrangement).payload
    assert isinstance(payload, PanelsPayload)
    return payload


def test_a_text_is_parted_at_its_headings(measurements: Measurements, tmp_path: Path) -> None:
    payload = shown(measurements, tmp_path, FOUR, Arrangement.QUADRANTS)
    assert (payload.title, payload.owner, payload.name) == ("Four principles", "Head of practice", "principles")
    assert [(panel.title, panel.markdown) for panel in payload.panels] == [
        ("One", "Text *one*."), ("Two", "- a\n- b"), ("Three", "c"), ("Four", "d"),
    ]  # fmt: skip


def test_who_cannot_see_the_panels_hears_all_of_them(measurements: Measurements, tmp_path: Path) -> None:
    alt = shown(measurements, tmp_path, FOUR, Arrangement.QUADRANTS).alt
    assert alt == "Four principles. Four parts. One: Text one. Two: a b Three: c Four: d"


def test_figures_are_filled_in_and_explained(measurements: Measurements, tmp_path: Path) -> None:
    body = "# {{ open_cases.value }} open cases\n\n## Now\n\nPublic: {{ public_open.value }}.\n\n## Next\n\nNothing."
    payload = shown(measurements, tmp_path, body, Arrangement.PILLARS)
    nation = measurements.areas.nation
    assert payload.title == f"{measurements.one('open_cases', nation).shown} open cases"
    assert payload.panels[0].markdown == f"Public: {measurements.one('public_open', nation).shown}."
    assert [figure.metric for figure in payload.measurements] == ["open_cases", "public_open"]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("Text without headings.", "not a message with parts"),
        ("## One\n\na\n\n# Late message\n\nb", "not a message with parts"),
        ("# Message\n\nLoose text.\n\n## One\n\na\n\n## Two\n\nb", "text between its message and its first part"),
        ("# Message\n\n## One\n\na", "has 1 parts"),
        ("# Message\n\n## One\n\na\n\n## Two\n", "has 1 parts"),
        ("# Message\n" + "\n## More\n\na\n" * 6, "has 6 parts"),
    ],
)
def test_what_is_no_set_of_pillars_is_refused(measurements: Measurements, tmp_path: Path, body: str, said: str) -> None:
    with pytest.raises(CommentaryError, match=said):
        shown(measurements, tmp_path, body, Arrangement.PILLARS)


def test_quadrants_are_four(measurements: Measurements, tmp_path: Path) -> None:
    with pytest.raises(CommentaryError, match="has 3 parts"):
        shown(measurements, tmp_path, FOUR.replace("## Four\n\nd\n", ""), Arrangement.QUADRANTS)


def test_a_quotation_says_who_speaks_and_brings_its_own_marks_once(measurements: Measurements, tmp_path: Path) -> None:
    file = tmp_path / "aim.md"
    file.write_text(FRONT.replace("date:", "speaker: The practice framework\ndate:") + "“We listen.”\n", "utf-8")
    payload = quotation(measurements, file, measurements.areas.nation).payload
    assert isinstance(payload, QuotationPayload)
    assert (payload.words, payload.speaker) == ("We listen.", "The practice framework")


@pytest.mark.parametrize(
    ("front", "words", "said"), [("", "We listen.", "no speaker"), ("speaker: A board\n", "", "no words")]
)
def test_a_quotation_without_speaker_or_words_is_refused(
    measurements: Measurements, tmp_path: Path, front: str, words: str, said: str
) -> None:
    file = tmp_path / "aim.md"
    file.write_text(FRONT.replace("date:", f"{front}date:") + words, "utf-8")
    with pytest.raises(CommentaryError, match=said):
        quotation(measurements, file, measurements.areas.nation)


def test_an_area_shows_the_parts_whose_figures_it_has(measurements: Measurements, tmp_path: Path) -> None:
    file = tmp_path / "how-we-listen.md"
    file.write_text(
        FRONT + "# {{ survey_helped.value }} were helped\n\n## A\n\n{{ survey_helped.value }} of them.\n\n"
        "## B\n\nb\n\n## C\n\n{{ open_cases.value }} cases\n\n## D\n\n- {{ survey_interviews.value }}\n",
        "utf-8",
    )
    area = measurements.areas.named("A2")
    payload = panels(measurements, file, area, Arrangement.QUADRANTS).payload
    assert isinstance(payload, PanelsPayload)
    assert (payload.title, payload.arrangement) == ("How we listen", Arrangement.PILLARS)
    cases = measurements.one("open_cases", area).shown
    assert [(panel.title, panel.markdown) for panel in payload.panels] == [("B", "b"), ("C", f"{cases} cases")]
    assert len(payload.left_out) == 3
