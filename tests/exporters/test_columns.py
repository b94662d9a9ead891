from hypothesis import example, given
from hypothesis import strategies as st

from cafcass_reports.exhibits.payload import Cell, Status, TableColumn, TablePayload, TableSection
from cafcass_reports.exporters.columns import Fit, fit


def table(columns: list[TableColumn], *rows: list[str]) -> TablePayload:
    body = tuple(tuple(Cell(text=text) for text in row) for row in rows)
    return TablePayload(
        title="",
        subtitle="",
        alt="",
        source="",
        columns=tuple(columns),
        sections=(TableSection(title="", rows=body),),
    )


def number(label: str, weight: float = 1.0) -> TableColumn:
    return TableColumn(label=label, align="right", weight=weight)


def test_a_status_has_room_on_one_line_with_its_shape() -> None:
    words = TableColumn(label="What we found", weight=20)
    texts = table([words, TableColumn(label="Is", weight=1)], ["word " * 60, Status.NOT_DUE])
    (row,) = texts.sections[0].rows
    late = TableSection(title="", rows=((row[0], row[1].model_copy(update={"status": Status.NOT_DUE})),))

    marked = fit(texts.model_copy(update={"sections": (late,)}))

    assert marked.room[1] >= len(f"{Status.NOT_DUE.shape} {Status.NOT_DUE}") > fit(texts).room[1]


def test_a_long_status_goes_on_in_the_next_line_and_leaves_room_for_texts() -> None:
    def fitted(status: str) -> Fit:
        columns = [TableColumn(label="Review", weight=1), TableColumn(label="What we found", weight=2)]
        cells = (Cell(text=status, status=Status.COMPLETE), Cell(text="word " * 60))
        plain = table(columns, [status, "word " * 60])
        return fit(plain.model_copy(update={"sections": (TableSection(title="", rows=(cells,)),)}))

    assert fitted("Complete: October 2020").widths == fitted("Complete").widths


def test_text_gets_smaller_before_short_labels_and_what_heads_a_row_are_broken() -> None:
    head = TableColumn(label="Measure", row_header=True)
    months = [number(label) for label in ["Sep 2020"] * 7]

    found = fit(table([head, *months], ["Active children's cases in public law", *["36 weeks"] * 7]))

    assert min(found.room[1:]) >= len("Sep 2020")
    assert found.room[0] >= 20


def test_a_long_label_takes_three_lines_at_most_where_there_is_room() -> None:
    label = "National Quality Assurance Audit (July to September 2020)"

    assert fit(table([TableColumn(label="Area"), number(label)], ["A1", "65%"])).room[1] >= len(label) / 3


def test_a_narrow_table_is_not_stretched_over_the_page() -> None:
    assert fit(table([TableColumn(label="Area"), number("Open")], ["A1", "10"])).share < 0.5


def test_a_table_of_texts_takes_the_whole_page() -> None:
    prose = "We have recruited twelve workers and agreed overtime until the end of March."

    assert fit(table([TableColumn(label="Action"), TableColumn(label="Progress")], [prose, prose])).share == 1.0


def test_a_table_with_weights_takes_the_whole_page_like_its_neighbours() -> None:
    assert fit(table([TableColumn(label="Area", weight=3), number("Open")], ["A1", "10"])).share == 1.0


def test_text_gets_smaller_before_the_page_is_turned() -> None:
    def months(count: int) -> TablePayload:
        return table([number(f"M{place}") for place in range(count)], ["123,456"] * count)

    sizes = [(fit(months(count)).size, fit(months(count)).turned) for count in (5, 10, 12, 15)]

    assert sizes == [(9, False), (8, False), (7, False), (8, True)]


def test_weights_decide_but_a_number_is_never_broken() -> None:
    columns = [TableColumn(label="a", weight=5), TableColumn(label="b", weight=1), number("c", 0.1)]
    prose = "We have recruited twelve workers and agreed overtime until the end of March."

    first, second, figure = fit(table(columns, [prose, prose, "123,456.78"])).widths

    assert first > 3 * second
    assert figure >= len("123,456.78")


@given(
    st.integers(1, 8).flatmap(
        lambda count: st.tuples(
            st.lists(st.sampled_from(["left", "right"]), min_size=count, max_size=count),
            st.lists(st.floats(0, 10), min_size=count, max_size=count),
            st.lists(st.lists(st.text(max_size=80), min_size=count, max_size=count), max_size=3),
        )
    )
)
@example((["left", "left"], [0.0, 2.2e-311], []))
def test_every_table_fits_with_room_in_each_column(drawn: tuple[list[str], list[float], list[list[str]]]) -> None:
    aligns, weights, rows = drawn
    columns = [
        TableColumn.model_validate({"label": "Label", "align": align, "weight": weight})
        for align, weight in zip(aligns, weights, strict=True)
    ]

    found = fit(table(columns, *rows))

    assert 0 < found.share <= 1
    assert all(width > 0 for width in found.widths)
    assert all(room >= 3 for room in found.room)


def test_a_calculation_held_together_by_no_break_spaces_has_room_on_one_line() -> None:
    held = "42 weeks (19,720 ÷ 67 ÷ 7)".replace(" ", "\N{NO-BREAK SPACE}")
    columns = [TableColumn(label="Area", row_header=True), *(number(f"A long title of figure {n}") for n in range(5))]
    assert min(fit(table(columns, ["A5-T2", *[held] * 5])).room[1:]) >= len(held)


@given(st.lists(st.tuples(st.integers(1, 10), st.floats(0.1, 10)), min_size=1, max_size=7))
def test_no_number_is_broken_however_the_width_is_shared_out(columns: list[tuple[int, float]]) -> None:
    label = TableColumn(label="Measure", weight=3)
    figures = [number("Nov", weight) for _, weight in columns]
    row = ["Average active caseload, adjusted for full-time posts", *("9" * length for length, _ in columns)]
    found = fit(table([label, *figures], row))
    assert all(room >= length for room, (length, _) in zip(found.room[1:], columns, strict=True))
