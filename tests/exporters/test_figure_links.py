"""Figures in a text lead to how they were calculated, where it is certain which they are."""

from __future__ import annotations

import lxml.html
import pytest

from cafcass_reports.exhibits.payload import Provenance
from cafcass_reports.exporters.figure_links import told
from cafcass_reports.exporters.markup import prose

from .deck.papers import provenance


def figure(name: str, value: str, change: str = "") -> Provenance:
    return provenance(name).model_copy(update={"value": value, "change": change})


def links(source: str, *figures: Provenance) -> list[tuple[str, str]]:
    html = prose(source, lambda level, text: (level, "heading"), {}, told(figures))
    found = lxml.html.fromstring(f"<div>{html}</div>").xpath("//a[@class='figure']")
    return [(link.text_content(), link.get("href")) for link in found]


def test_a_value_and_a_change_lead_to_their_figure_wherever_they_stand() -> None:
    found = links("**36,881** cases.\n\n- up 19.0% in a year", figure("open_cases", "36,881", "+19.0%"))
    assert found == [("36,881", "#open_cases"), ("19.0%", "#open_cases")]


@pytest.mark.parametrize(
    "source",
    ["136,881 cases", "36,881.5 cases", "36,881%", "`36,881`", "[36,881](https://example.org)", "# 36,881 cases"],
)
def test_a_longer_number_a_heading_code_and_a_link_stay_as_they_are(source: str) -> None:
    assert links(source, figure("open_cases", "36,881")) == []


def test_two_figures_with_one_value_and_bare_small_numbers_are_not_guessed() -> None:
    assert links("63% and 63%", figure("one", "63%"), figure("other", "63%")) == []
    assert links("3 of 8", figure("one", "3")) == []


def test_a_text_without_figures_is_as_it_was() -> None:
    source = "Some *words* and 36,881."
    assert prose(source, lambda level, text: (0, ""), {}, {}) == prose(source, lambda level, text: (0, ""), {})
