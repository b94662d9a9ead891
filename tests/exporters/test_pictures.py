"""Pictures of foreign notebooks: what runs or is fetched never reaches a file."""

from __future__ import annotations

import pytest

from cafcass_reports.exporters.pictures import checked_svg

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'


@pytest.mark.parametrize(
    ("part", "leaves"),
    [
        ("<script>alert(1)</script>", "<path"),
        ("<foreignObject><p>words</p></foreignObject>", "<path"),
        ('<image xlink:href="https://example.org/x.png"/>', "<image"),
        ('<use href="file:///secret.svg#a"/>', "<use"),
        ('<rect onclick="alert(1)" width="1"/>', 'width="1"'),
        ('<rect style="fill: url(https://example.org/a)" width="1"/>', 'width="1"'),
        ("<style>@import 'https://example.org/a.css';</style>", "<path"),
        ('<a href="javascript:alert(1)"><path d="M0 0"/></a>', "<a"),
    ],
)
def test_what_runs_or_lies_elsewhere_is_left_out(part: str, leaves: str) -> None:
    made = checked_svg(f'{HEAD}{part}<path d="M0 0h1"/></svg>', "Cell 1")
    assert leaves in made
    assert not any(word in made for word in ("alert", "example.org", "secret", "words"))


@pytest.mark.parametrize(
    "part",
    [
        '<use xlink:href="#a" clip-path="url(#b)"/>',
        '<image href="data:image/png;base64,AAAA"/>',
        "<style>* {stroke: url('#a')}</style>",
        '<a href="https://example.org"><path d="M0 0"/></a>',
    ],
)
def test_a_picture_that_holds_all_it_shows_stays_as_it_is(part: str) -> None:
    assert checked_svg(f"{HEAD}{part}</svg>", "Cell 1") == f"{HEAD}{part}</svg>"
