from typing import Literal

import pytest

from cafcass_reports.exhibits.payload import Cell, TableColumn, TablePayload, TableSection, Tone
from cafcass_reports.exporters.change_cells import change, with_dashes

ROSE = Cell(text="+16.5%", tone=Tone.CONCERN, arrow="up")
EMPTY = Cell(text="")


def table(*rows: tuple[Cell, ...]) -> TablePayload:
    return TablePayload(
        title="",
        subtitle="",
        alt="",
        source="",
        columns=tuple(TableColumn(label="") for _ in rows[0]),
        sections=tuple(TableSection(title="", rows=(row,)) for row in rows),
    )


def test_a_change_is_read_as_word_arrow_and_number() -> None:
    assert change(ROSE) == ("concern", "▲", "+16.5%")


def test_a_neutral_change_has_no_word() -> None:
    assert change(Cell(text="−2.3%", tone=Tone.NEUTRAL, arrow="down")) == ("", "▼", "−2.3%")


@pytest.mark.parametrize(
    ("text", "arrow", "said"),
    [
        ("Concern: +16.5%", "up", ("", "▲", "Concern: +16.5%")),
        ("▲ 16.5%", "up", ("concern", "", "▲ 16.5%")),
        ("late", None, ("concern", "", "late")),
    ],
)
def test_what_the_text_says_is_not_said_twice(
    text: str, arrow: Literal["up"] | None, said: tuple[str, str, str]
) -> None:
    assert change(Cell(text=text, tone=Tone.CONCERN, arrow=arrow)) == said


@pytest.mark.parametrize("cell", [EMPTY, Cell(text="12,092", value=12092), Cell(text="", tone=Tone.CONCERN)])
def test_any_other_cell_is_no_change(cell: Cell) -> None:
    assert change(cell) is None


def test_an_empty_cell_among_changes_is_a_dash_and_among_others_stays_empty() -> None:
    given = table((Cell(text="Open"), EMPTY, ROSE), (Cell(text="KPI 1"), EMPTY, EMPTY))

    filled = with_dashes(given)

    assert [[cell.text for cell in section.rows[0]] for section in filled.sections] == [
        ["Open", "", "+16.5%"],
        ["KPI 1", "", "–"],
    ]
    assert given.sections[1].rows[0][2].text == ""
