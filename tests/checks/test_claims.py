"""Claims of texts against measured figures, their history and the words around them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from cafcass_reports.checks.claims import check
from cafcass_reports.checks.findings import Finding, Place, Severity
from cafcass_reports.checks.judge import Figure
from cafcass_reports.exhibits.commentary import fill
from cafcass_reports.exhibits.headlines import verb
from cafcass_reports.metrics.areas import Area, Level
from cafcass_reports.metrics.measurement import Measurement
from cafcass_reports.metrics.measurements import Measurements


def found(measurements: Measurements, text: str, **more: object) -> list[Finding]:
    filled = fill(measurements, text, measurements.areas.nation, "a.md, line")
    return [
        one
        for claim in filled.claims
        for one in check(measurements, claim, Place("a.md", line=claim.line), **more)  # type: ignore[arg-type]
    ]


def errors(measurements: Measurements, text: str) -> str:
    return " ".join(one.found for one in found(measurements, text) if one.severity is Severity.ERROR)


def nation(measurements: Measurements, metric: str) -> Measurement:
    return measurements.one(metric, measurements.areas.nation)


def test_a_mark_disappears_and_its_figure_stays(measurements: Measurements) -> None:
    figure = nation(measurements, "open_cases")
    text = fill(measurements, f"Open cases **[{verb(figure)}]{{open_cases}}** again.", figure.area, "a.md, line")
    assert text.markdown == f"Open cases **{verb(figure)}** again."
    assert [used.id for used in text.used] == [figure.id]


def test_the_right_direction_passes_and_the_wrong_one_names_line_claim_and_figure(measurements: Measurements) -> None:
    figure = nation(measurements, "open_cases")
    right, wrong = ("rose", "fell") if figure.direction == "up" else ("fell", "rose")
    assert errors(measurements, f"Open cases [{right}]{{open_cases}}.") == ""
    (one,) = found(measurements, f"First.\nOpen cases [{wrong}]{{open_cases}}.")
    assert one.place.line == 2
    assert one.severity is Severity.ERROR
    assert f"“{wrong}” of {figure.title}" in one.found
    assert figure.shown in one.valid


def test_a_period_that_the_words_name_is_the_figure_s(measurements: Measurements) -> None:
    october = measurements.one("new_cases", measurements.areas.nation, measurements.reporting.months()[-2])
    assert errors(measurements, f"In October 2020 [{october.shown}]{{new_cases for 2020-10}} cases came in.") == ""
    assert "not of November 2020" in errors(
        measurements, f"In November 2020 [{october.shown}]{{new_cases for 2020-10}} cases came in."
    )


@pytest.mark.parametrize(
    ("basis", "fault"),
    [("in a year", ""), ("in a month", "12 months before, not 1"), ("since May 2020", "not since May")],
)
def test_what_the_words_compare_with_is_the_comparison(measurements: Measurements, basis: str, fault: str) -> None:
    said = verb(nation(measurements, "open_cases"))
    assert fault in errors(measurements, f"Open cases [{said} {basis}]{{open_cases}}.")
    assert bool(fault) == bool(errors(measurements, f"Open cases [{said}]{{open_cases}} {basis}."))


def test_a_record_is_one_in_the_history_of_the_same_kind(measurements: Measurements) -> None:
    england = measurements.areas.nation
    months = sorted(
        measurements.reporting.months(), key=lambda month: measurements.one("new_cases", england, month).value or 0
    )
    busiest, second, quietest = (f"new_cases for {months[place].first:%Y-%m}" for place in (-1, -2, 0))
    values = [measurements.one("new_cases", england, month).value for month in months]
    assert len({values[0], values[1], values[-2], values[-3], values[-1]}) == 5  # the records have no ties there
    assert errors(measurements, f"It was [our busiest month ever]{{{busiest}}}.") == ""
    assert errors(measurements, f"It was [the second highest ever]{{{second}}}.") == ""
    assert errors(measurements, f"It was [the lowest on record]{{{quietest}}}.") == ""
    assert months[-1].label in errors(measurements, f"It was [our busiest month]{{{second}}}.")
    assert "of 19 others are beyond it" in errors(measurements, f"It was [the second highest ever]{{{busiest}}}.")
    assert "not of one quarter" in errors(measurements, f"It was [our busiest quarter]{{{busiest}}}.")


def test_never_been_better_is_a_record_and_no_direction(measurements: Measurements) -> None:
    england = measurements.areas.nation
    days = sorted(
        measurements.reporting.monthly_snapshots(),
        key=lambda day: measurements.one("open_cases", england, day).value or 0,
    )
    values = [measurements.one("open_cases", england, day).value for day in days]
    assert values[0] != values[1]
    assert values[-1] != values[-2]  # the records have no ties there
    least, most = (f"{{open_cases for {day.first}}}" for day in (days[0], days[-1]))
    assert errors(measurements, f"The load has [never been better]{least}.") == ""
    assert days[0].label in errors(measurements, f"The load has [never been better]{most}.")
    assert errors(measurements, f"The load has [never been worse]{most}.") == ""


def test_the_words_before_a_claim_name_its_figure_and_area(measurements: Measurements) -> None:
    public, open_cases = nation(measurements, "public_open"), nation(measurements, "open_cases")
    assert errors(measurements, f"Open public law cases [{verb(public)}]{{public_open}}.") == ""
    assert "private" in errors(measurements, f"Private law cases [{verb(public)}]{{public_open}}.")
    assert "open public law cases" in errors(measurements, f"Open cases [{verb(public)}]{{public_open}}.")
    assert "name A10" in errors(measurements, f"In A10 open cases [{verb(open_cases)}]{{open_cases}}.")
    assert "name A10" in errors(measurements, f"In A10, open cases [{verb(open_cases)}]{{open_cases}}.")
    other = measurements.one("open_cases", measurements.areas.named("A10"))
    assert errors(measurements, f"In A10 open cases [{verb(other)}]{{open_cases in A10}}.") == ""


def test_what_a_sentence_begins_with_before_a_colon_is_its_subject(measurements: Measurements) -> None:
    public, private = nation(measurements, "public_open"), nation(measurements, "private_open")
    assert "private" in errors(measurements, f"- **Private law:** cases [{verb(public)}]{{public_open}}.")
    assert errors(measurements, f"- **Public law:** open cases [{verb(public)}]{{public_open}}.") == ""
    text = f"- **Public law:** the rest; open private law cases [{verb(private)}]{{private_open}}."
    assert errors(measurements, text) == ""


def test_children_in_open_cases_are_not_open_cases(measurements: Measurements) -> None:
    cases, children = nation(measurements, "open_cases"), nation(measurements, "open_children")
    assert "words name" in errors(measurements, f"Open cases [reached {children.shown}]{{open_children}}.")
    assert "words name" in errors(measurements, f"Children in open cases [{verb(cases)}]{{open_cases}}.")
    assert errors(measurements, f"In open cases are [{children.shown}]{{open_children}} children.") == ""


def test_an_area_beside_the_nation_is_held_against_the_nation_and_not_the_year_before(
    measurements: Measurements,
) -> None:
    whole = nation(measurements, "kpi_2")
    for area in [area for area in measurements.areas if area.level is Level.AREA]:
        figure = measurements.one("kpi_2", area)
        if figure.rounded is None or whole.rounded is None or figure.rounded == whole.rounded:
            continue
        right, wrong = ("above", "below") if figure.rounded > whole.rounded else ("below", "above")
        assert errors(measurements, f"It is [{right} the national average]{{kpi_2 in {area.name}}}.") == ""
        found = errors(measurements, f"It is [{wrong} the national average]{{kpi_2 in {area.name}}}.")
        assert f"England is {whole.shown}" in found


def test_what_moved_further_than_in_the_nation_has_the_greater_change(measurements: Measurements) -> None:
    whole = Figure.of(nation(measurements, "open_cases")).percent
    held = 0
    for area in [area for area in measurements.areas if area.level is Level.AREA]:
        figure = measurements.one("open_cases", area)
        own = Figure.of(figure).percent
        if own is None or whole is None or figure.direction not in ("up", "down"):
            continue
        further = own > whole if figure.direction == "up" else own < whole
        right, wrong = ("faster", "more slowly") if further else ("more slowly", "faster")
        text = f"Open cases [{verb(figure)} {{}}]{{{{open_cases in {area.name}}}}} than in England."
        assert errors(measurements, text.format(right)) == ""
        assert "in England it is" in errors(measurements, text.format(wrong))
        held += 1
    assert held


def test_a_run_of_months_is_held_against_its_months_and_not_the_year_before(measurements: Measurements) -> None:
    england = measurements.areas.nation
    months = measurements.reporting.months()
    values = [measurements.one("new_cases", england, month).value or 0 for month in months]
    held = set()
    for earlier, month, was, now in zip(months, months[1:], values, values[1:], strict=False):
        if now == was:
            continue
        way, other = ("rose", "fell") if now > was else ("fell", "rose")
        mark = f"{{new_cases for {month.first:%Y-%m}}}"
        assert "each time" not in errors(measurements, f"They [{way} every month since {earlier.label}]{mark}.")
        assert "each time" in errors(measurements, f"They [{other} every month since {earlier.label}]{mark}.")
        held.add(way)
    assert held == {"rose", "fell"}
    assert "since when" in errors(measurements, "They [rose every month]{new_cases for 2020-11}.")


def test_what_happened_in_a_year_is_of_that_year_and_not_of_the_comparison(measurements: Measurements) -> None:
    figure = nation(measurements, "new_cases")
    said = verb(figure)
    assert "not of 2019" in errors(measurements, f"New cases [{said} in 2019]{{new_cases}}.")
    assert errors(measurements, f"New cases [{said}]{{new_cases}} compared with the same months in 2019.") == ""


def test_a_figure_that_is_compared_with_nothing_says_how_to_name_a_comparison(measurements: Measurements) -> None:
    (one,) = found(measurements, "The share [rose]{supervisor_share}.")
    assert "compared with nothing" in one.found
    assert "{supervisor_share since" in one.next_step


def test_words_that_say_nothing_of_a_figure_cannot_be_claimed(measurements: Measurements) -> None:
    assert "can be checked" in errors(measurements, "It is [marvellous]{open_cases}.")


def test_improvement_within_common_cause_variation_warns_until_a_reason_is_recorded(measurements: Measurements) -> None:
    doubtful = []
    for metric in ("kpi_1", "kpi_2", "kpi_3", "kpi_4", "public_open", "private_open", "audits_good_or_better"):
        figure = nation(measurements, metric)
        word = {True: "improved", False: "worsened", None: ""}[figure.improved]
        if word:
            text = f"It [{word}]{{{metric}}}."
            doubtful += [(metric, text, one) for one in found(measurements, text) if one.severity is Severity.WARNING]
    assert doubtful
    for metric, text, one in doubtful:
        assert "common-cause" in one.found or "contrary" in one.found
        assert metric in one.next_step
        assert found(measurements, text, reasons={metric: "two new teams since September"}) == []


def test_a_claim_that_was_true_for_the_pack_before_is_stale_with_both_values(measurements: Measurements) -> None:
    figure = nation(measurements, "open_cases")
    was = Figure(figure.metric, Figure.of(figure).value - 100, Figure.of(figure).before)
    words = f"{int(was.value):,}"
    (one,) = found(
        measurements, f"There were [{words}]{{open_cases}} open cases.", before=lambda _: ("1 September 2020", was)
    )
    assert f"stale: it was written for 1 September 2020, when it was {words}" in one.found
    assert figure.shown in one.valid


def test_more_than_any_other_area_is_a_record_among_areas(measurements: Measurements) -> None:
    areas = [area for area in measurements.areas if area.level is Level.AREA]
    least, *_, most = sorted(areas, key=lambda area: measurements.one("open_cases", area).value or 0)
    for than in ("any other area", "in any other area", "all other areas", "any of the other areas"):
        assert errors(measurements, f"It has [more open cases than {than}]{{open_cases in {most.name}}}.") == ""
        assert f"{most.name} was" in errors(
            measurements, f"It has [more open cases than {than}]{{open_cases in {least.name}}}."
        )
    assert errors(measurements, f"It has [fewer open cases than any other area]{{open_cases in {least.name}}}.") == ""


def test_who_grew_the_fastest_is_of_changes_not_of_sizes(measurements: Measurements) -> None:
    def growth(area: Area) -> Fraction:
        return Figure.of(measurements.one("open_cases", area)).percent or Fraction(0)

    areas = sorted((area for area in measurements.areas if area.level is Level.AREA), key=growth)
    fastest, next_fastest = areas[-1], areas[-2]
    assert growth(fastest) > growth(next_fastest) > 0
    for words in ("grew the fastest of all areas", "rose by the most of all areas"):
        assert errors(measurements, f"Open cases [{words}]{{open_cases in {fastest.name}}}.") == ""
        assert f"{fastest.name} was" in errors(
            measurements, f"Open cases [{words}]{{open_cases in {next_fastest.name}}}."
        )


def test_what_a_count_makes_up_of_another_is_their_quotient(measurements: Measurements) -> None:
    private, every = nation(measurements, "private_open"), nation(measurements, "open_cases")
    share = round(100 * float(private.value or 0) / float(every.value or 1))
    said = "Private law [makes up {}%]{{private_open}} of all {}."
    assert errors(measurements, said.format(share, "open cases")) == ""
    assert "is not its share" in errors(measurements, said.format(share + 2, "open cases"))
    assert "it does not say of which metric" in errors(measurements, said.format(share, "that we do"))


@pytest.mark.parametrize("words", ["The median wait", "Nobody", "Half of the children"])
def test_a_mean_tells_nothing_of_the_middle_or_of_each(measurements: Measurements, words: str) -> None:
    mean = nation(measurements, "kpi_2")
    assert "the figure is a mean" in errors(measurements, f"{words} [waited {mean.shown} days]{{kpi_2}}.")
    assert errors(measurements, f"Children [waited {mean.shown} days]{{kpi_2}} on average.") == ""
