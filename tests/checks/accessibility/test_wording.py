from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cafcass_reports.checks.accessibility import contrast, wording
from cafcass_reports.checks.accessibility.rules import Rule

DOCS = Path(__file__).parents[3] / "docs" / "accessibility.md"


@pytest.mark.parametrize("text", ["", "chart.png", "Chart 3", "image", "IMG_2034", "A picture of a graph", "TODO", "."])
def test_a_name_is_no_alternative_text(text: str) -> None:
    assert wording.is_name(text)


@pytest.mark.parametrize(
    "text", ["Open cases rose from 10 to 12.", "Bars of caseloads by team.", "Photograph of a judge"]
)
def test_a_sentence_that_says_what_is_seen_is_alternative_text(text: str) -> None:
    assert not wording.is_name(text)


@given(st.from_regex(r"[0-9A-F]{6}", fullmatch=True), st.from_regex(r"[0-9A-F]{6}", fullmatch=True))
def test_contrast_is_the_same_both_ways_and_between_1_and_21(one: str, other: str) -> None:
    assert contrast.ratio(one, other) == contrast.ratio(other, one)
    assert 1.0 <= contrast.ratio(one, other) <= 21.0001


def test_every_rule_cites_its_source_and_stands_in_the_documentation() -> None:
    table = DOCS.read_text(encoding="utf-8")
    for rule in Rule:
        assert re.search(r"WCAG \d|PDF/UA-1 \d|MS: |GAF: |ECMA-376 part \d", rule.value.source)
        assert f"| {rule.value.name} | {rule.value.source} |" in table
