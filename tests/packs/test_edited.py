"""Values of YAML that are changed in place."""

from __future__ import annotations

import pytest
import yaml

from cafcass_reports.packs.edited import changed, replaced, with_comment, with_key, written


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("date: 2021-01-20   # set\nperiod: {to: 1}\n", "date: 2021-01-20   # set\nperiod: {to: 2}\n"),
        ("# to: 1\nperiod:\n  to: 1 # to: 1\n  from: 1\n", "# to: 1\nperiod:\n  to: 2 # to: 1\n  from: 1\n"),
        ("{to: 1, period: {to: '1'}}", "{to: 1, period: {to: 2}}"),
    ],
)
def test_a_value_is_replaced_and_nothing_else(text: str, expected: str) -> None:
    assert replaced(text, ("period", "to"), "2") == expected


def test_a_value_is_handed_over_with_its_quotes() -> None:
    assert changed("title: 'It''s May'", ("title",), lambda old: old.replace("May", "June")) == "title: 'It''s June'"


@pytest.mark.parametrize("text", ["title: a", "period: May", "- period", ""])
def test_a_place_where_nothing_stands_is_an_error(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not written out|holds no keys"):
        replaced(text, ("period", "to"), "2")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\ndate: 2", "a: 1\nnew: x\ndate: 2"),
        ("{a: 1, date: 2}", "{a: 1, new: x, date: 2}"),
        ("a: 1\nnew: y # kept\ndate: 2", "a: 1\nnew: x # kept\ndate: 2"),
        ("  a: 1\n  date: 2", "  a: 1\n  new: x\n  date: 2"),
    ],
)
def test_a_key_is_set_or_put_before_another(text: str, expected: str) -> None:
    assert with_key(text, "new", "x", before="date") == expected


@pytest.mark.parametrize("text", ["a: 1\ndate: 2\n", "{a: 1, date: 2}\n", "  a: 1\n  date: 2\n"])
def test_a_comment_changes_no_value(text: str) -> None:
    commented = with_comment(text, "date", "to be set")
    assert "# to be set\n" in commented
    assert yaml.safe_load(commented) == yaml.safe_load(text)


@pytest.mark.parametrize("name", ["2020-21-q3", "2021", "2020-01-01", "no", "1e3", "q3"])
def test_the_name_of_a_pack_stays_text(name: str) -> None:
    assert yaml.safe_load(f"previous: {written(name)}") == {"previous": name}
