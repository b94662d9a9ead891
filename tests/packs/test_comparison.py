"""Two packs compared: restated history, definitions, texts, exhibits, extracts; equal packs give nothing."""

from __future__ import annotations

import csv
import json
import re
import shutil
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from cafcass_reports.cli import app
from cafcass_reports.errors import PackError
from cafcass_reports.metrics.metric import Kind
from cafcass_reports.packs.comparison import compare
from cafcass_reports.packs.comparison.grouped import by_paper, counts
from cafcass_reports.packs.comparison.model import Course, Difference, What
from cafcass_reports.packs.comparison.page import page
from cafcass_reports.packs.comparison.words import masked, passages
from cafcass_reports.packs.published import published


@pytest.fixture(scope="module")
def difference(quarters: Path) -> Difference:
    outputs = quarters / "outputs"
    return compare(published(outputs / "q3"), published(outputs / "q4"))


@pytest.fixture
def copied(quarters: Path, tmp_path: Path) -> Path:
    """A copy of the outputs of q3, to change."""
    return Path(shutil.copytree(quarters / "outputs" / "q3", tmp_path / "q3"))


def call(*words: str) -> Result:
    return CliRunner().invoke(app, words)


def change_figures(outputs: Path, metric: str, **cells: str) -> None:
    """Put other cells into the rows of a metric."""
    file = outputs / "measurements.csv"
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows({**row, **(cells if row["metric"] == metric else {})} for row in rows)


def test_a_projection_made_anew_restates_nothing(quarters: Path, copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    change_figures(copied, "open_cases", value="1", numerator="1")
    old, new = published(quarters / "outputs" / "q3"), published(copied)
    assert compare(old, new).restated
    projected = new.metrics["open_cases"].model_copy(update={"kind": Kind.PROJECTED})
    monkeypatch.setattr(new, "metrics", {**new.metrics, "open_cases": projected})
    assert not compare(old, new).restated


def test_equal_packs_give_an_empty_difference(quarters: Path) -> None:
    q3 = published(quarters / "outputs" / "q3")
    found = compare(q3, published(quarters / "outputs" / "q3"))
    assert found.empty
    assert not any((found.restated, found.redefined, found.moved, found.exhibits, found.extracts))
    assert all(text.what is What.CARRIED_OVER for text in found.texts)
    assert "Nothing differs." in page(found)


def test_history_that_an_extract_restates_names_old_and_new_value_and_the_extract(difference: Difference) -> None:
    (found,) = [one for one in difference.restated if one.id == "open_cases.england.2020-11-01"]
    assert (found.old_value, found.new_value) == ("3", "4")
    assert found.reason == "another extract: cases"
    assert "open_cases.england.2020-10-01" not in [one.id for one in difference.restated]  # the case came on the 5th


def test_a_changed_definition_shows_its_key_before_and_after_and_explains_the_history(difference: Difference) -> None:
    (found,) = difference.redefined
    assert found.metric == "open_public_cases"
    (setting,) = found.settings
    assert (setting.key, setting.old) == ("where", "law = 'public'")
    assert setting.new == "law = 'public' and application <> 'care'"
    reasons = {one.reason for one in difference.restated if one.id.startswith("open_public_cases.")}
    assert reasons == {"its definition changed"}


def test_a_figure_of_the_rolled_period_is_compared_with_that_of_the_last(difference: Difference) -> None:
    (found,) = difference.moved
    assert (found.old_id, found.new_id) == ("open_cases.england.2020-12-01", "open_cases.england.2021-01-01")
    assert (found.old_value, found.new_value) == ("3", "4")
    assert difference.unchanged.figures > 0


def test_texts_are_changed_added_removed_refreshed_or_carried_over(difference: Difference) -> None:
    what = {text.name: text.what for text in difference.texts}
    assert what == {
        "open-cases": What.CHANGED,
        "kept": What.REFRESHED,
        "still": What.CARRIED_OVER,
        "new": What.ADDED,
        "gone": What.REMOVED,
    }
    (changed,) = [text for text in difference.texts if text.passages]
    removed, added = (
        [passage.text for passage in changed.passages if passage.what == kind] for kind in ("removed", "added")
    )
    assert "3" in removed
    assert "was public law, less than feared." in added


def test_an_added_chart_is_the_only_exhibit_that_differs(difference: Difference) -> None:
    (found,) = difference.exhibits
    assert (found.what, found.kind, found.paper) == (What.ADDED, "chart", "england/figures")


def test_only_the_extract_that_changed_is_listed(difference: Difference) -> None:
    (found,) = difference.extracts
    assert (found.file, found.old_rows, found.new_rows) == ("cases.csv", 4, 5)
    assert difference.unchanged.extracts == 7


def test_a_figure_whose_change_goes_the_other_way_comes_first_and_marks_kept_words(
    quarters: Path, copied: Path, difference: Difference
) -> None:
    change_figures(copied, "open_cases", change="-2.0", change_unit="percent")
    later = Path(shutil.copytree(quarters / "outputs" / "q4", copied.parent / "q4"))
    change_figures(later, "open_cases", change="3.0", change_unit="percent")
    found = compare(published(copied), published(later))
    assert found.moved[0].turned
    assert {found.moved[0].old_course, found.moved[0].new_course} <= {*Course} - {Course.UNKNOWN, Course.LEVEL}
    assert [text.name for text in found.texts if text.turned] == ["kept"]
    assert "Figures turned" in [count.of for count in counts(found)]


def test_the_summary_puts_definitions_and_restated_history_first(difference: Difference) -> None:
    found = counts(difference)
    assert [count.of for count in found[:2]] == ["Definitions changed", "Figures of the past restated"]
    assert all(count.number for count in found)


def test_papers_come_in_the_order_of_the_pack_with_what_differs_in_each(difference: Difference) -> None:
    figures, words = by_paper(difference)
    assert (figures.paper.folder, words.paper.folder) == ("england/figures", "england/words")
    assert figures.exhibits
    assert not figures.changed
    assert words.changed
    assert not words.exhibits


def test_the_page_holds_it_all_and_names_no_address_outside_itself(difference: Difference) -> None:
    written = page(difference)
    assert written == page(replace(difference))
    document = lxml.html.document_fromstring(written.encode())
    said = " ".join(document.text_content().split())
    for text in ("Definitions changed", "its definition changed", "Open cases rose from 3 to 4", "less than feared"):
        assert text in said
    assert not [address for address in document.xpath("//@href | //@src") if not address.startswith("#")]
    anchors = set(document.xpath("//@id"))
    assert all(address[1:] in anchors for address in document.xpath("//@href"))
    assert document.xpath("//ins")
    assert all(table.xpath(".//th[@scope='col']") for table in document.xpath("//table"))
    levels = [int(heading.tag[1]) for heading in document.xpath("//h1 | //h2 | //h3")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_the_command_draws_writes_a_page_and_gives_json(
    quarters: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(quarters)
    said = call("diff", "q3", "q4")
    assert said.exit_code == 0
    assert "Definitions changed" in said.stdout
    told = json.loads(call("diff", "q3", "outputs/q4", "--json").stdout)
    assert (told["equal"], told["redefined"][0]["metric"]) == (False, "open_public_cases")
    assert call("diff", "q3", "q4", "--page", str(tmp_path / "changed.html")).exit_code == 0
    assert (tmp_path / "changed.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert "Nothing differs." in call("diff", "q3", "outputs/q3").stdout


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("diff", "q3", "q9"), "There is no pack 'q9'"),
        (("diff", "q3", "params/q3"), "holds no manifest.json"),
        (("diff", "q3", "q4", "--page", "changed.pdf"), "It ends in .html"),
        (("diff", "q3", "q4", "--page", "nowhere/changed.html"), "cannot be written"),
    ],
)
def test_what_cannot_be_compared_or_written_is_status_1(
    quarters: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], message: str
) -> None:
    monkeypatch.chdir(quarters)
    said = call(*words)
    assert said.exit_code == 1
    assert message in said.stderr


def test_figures_with_other_columns_are_refused(copied: Path) -> None:
    (copied / "measurements.csv").write_text("id,value\n", encoding="utf-8")
    with pytest.raises(PackError, match=r"measurements\.csv is missing, or not as this version writes it"):
        compare(published(copied), published(copied))


def test_a_pack_without_its_notebook_is_refused(copied: Path) -> None:
    (copied / "england" / "words" / "words.ipynb").unlink()
    with pytest.raises(PackError, match=r"words\.ipynb is missing"):
        compare(published(copied), published(copied))


@given(
    st.lists(st.sampled_from(["open", "cases", "rose", "by", "5%"]), max_size=12),
    st.lists(st.sampled_from(["open", "cases", "fell"]), max_size=12),
)
def test_passages_of_a_short_text_give_both_texts_back(old: list[str], new: list[str]) -> None:
    found = list(passages(" ".join(old), " ".join(new)))
    assert " ".join(p.text for p in found if p.what != "added").split() == old
    assert " ".join(p.text for p in found if p.what != "removed").split() == new


@given(st.integers(0, 10**7), st.integers(0, 10**7))
def test_texts_that_differ_in_numbers_alone_have_the_same_words(one: int, other: int) -> None:
    assert masked(f"Cases rose to {one:,} in May 2020.") == masked(f"Cases rose to {other:,} in June 2021.")
    assert masked("Cases rose.") != masked("Cases fell.")
    assert not re.search(r"\d", masked(f"{one} of {other}"))
