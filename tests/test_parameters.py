"""Parameter files: whatever stands in them, the error names file, place, what was given and what is valid."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field

from cafcass_reports.errors import CatalogueError, PackError, nearest
from cafcass_reports.parameters import Strict, build, parse_yaml, read_yaml


class Post(Strict):
    role: str
    grade: int = Field(default=1, ge=1)


class Team(Strict):
    title: str
    from_: int = Field(default=1, alias="from")
    posts: tuple[Post, ...] = Field(default=(), min_length=1)


def refused(content: dict[str, Any]) -> str:
    with pytest.raises(PackError) as found:
        build(Team, content, "team.yml", PackError)
    assert str(found.value).startswith("team.yml: ")
    return str(found.value)


def test_a_file_that_holds_a_mapping_is_read(tmp_path: Path) -> None:
    file = tmp_path / "team.yml"
    file.write_bytes("\ufefftitle: Équipe\r\nposts: [{role: adviser}]\r\n".encode())
    assert build(Team, read_yaml(file, PackError), "team.yml", PackError).title == "Équipe"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"title: caf\xe9\n", "not UTF-8"),
        (b"title: one\ntitle: two\n", r"line 2: 'title' stands twice"),
        (b"a:\n  b: 1\n  b: 2\n", r"line 3: 'b' stands twice"),
        (b"title: [\n", "line 2"),
        (b"- one\n", "holds no keys"),
        (b"", "holds no keys"),
        (b"title: a\x00b\n", "characters are not allowed"),
        (b"\n\nto: 2020-11-31\n", "line 3: 2020-11-31: day is out of range"),
        (b"title: !!python/object:os.system {}\n", "line 1"),
        (b"a: " + b"[" * 100_000, "nested too deeply"),
        (b"- " * 100_000, "nested too deeply"),
    ],
)
def test_a_file_that_cannot_be_used_is_named_with_its_fault(tmp_path: Path, data: bytes, said: str) -> None:
    file = tmp_path / "team.yml"
    file.write_bytes(data)
    with pytest.raises(CatalogueError, match=said) as found:
        read_yaml(file, CatalogueError)
    assert str(file) in str(found.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(PackError, match=r"none\.yml cannot be read: No such file"):
        read_yaml(tmp_path / "none.yml", PackError)
    with pytest.raises(PackError, match="cannot be read"):
        read_yaml(tmp_path, PackError)


def test_an_unknown_key_is_answered_with_the_nearest_of_its_place() -> None:
    assert "titel: there is no such key. Nearest: title." in refused(
        {"title": "a", "posts": [{"role": "b"}], "titel": 1}
    )
    assert "frm: there is no such key. Nearest: from" in refused({"title": "a", "posts": [{"role": "b"}], "frm": 1})
    said = refused({"title": "a", "posts": [{"role": "b", "rolle": "c"}]})
    assert "posts.0.rolle: there is no such key. Nearest: role" in said


def test_every_fault_of_a_file_is_said_at_once_and_only_those() -> None:
    said = refused({"posts": [{"grade": 0}]})
    assert "title: is missing." in said
    assert "posts.0.role: is missing." in said
    assert "posts.0.grade: input should be greater than or equal to 1; given 0." in said
    assert "at least 1 item" not in said


def test_an_empty_list_is_said_to_be_short() -> None:
    assert "posts: tuple should have at least 1 item" in refused({"title": "a", "posts": []})


def test_a_wrong_type_is_shown_as_the_file_has_it() -> None:
    assert "title: input should be a valid string; given year: 2020-04-01, of: 'x'." in refused(
        {**parse_yaml("title: {year: 2020-04-01, of: x}\nposts: [{role: a}]", "team.yml", PackError)}
    )


def test_a_key_that_is_no_text_is_refused() -> None:
    assert "1" in refused({"title": "a", "posts": [{"role": "b"}], 1: 2})  # type: ignore[dict-item]


def test_nearest_takes_names_as_yaml_reads_them() -> None:
    assert nearest("2021", [2020, True, "board"]).startswith("Nearest: 2020")
    assert nearest("x", []) == ""


@given(st.text(max_size=60))
def test_any_text_is_a_mapping_or_one_of_our_errors(text: str) -> None:
    with suppress(PackError):
        assert isinstance(parse_yaml(text, "any.yml", PackError), dict)


@given(st.text("0123456789-:TZ+. !&*[]{}?|>'\"#,\n", max_size=40))
def test_what_looks_like_a_date_or_number_is_a_value_or_one_of_our_errors(text: str) -> None:
    with suppress(PackError):
        assert "a" in parse_yaml(f"a: {text}", "any.yml", PackError)
