"""The synthetic organisation, measured by a calculation of its own: pandas over the files as they are written."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from govuk_bank_holidays.bank_holidays import BankHolidays

from cafcass_reports.errors import ExtractError
from cafcass_reports.extracts import demo, examine
from cafcass_reports.extracts.schemas import TABLES

Tables = dict[str, pd.DataFrame]
SEEDS = (2021, 7)
FOLDERS = ("2017-18", "2019-20", "2022-23")

# The board's scorecard of 20 January 2021: value and change as printed, at the decimals shown.
SCORECARD = {
    "kpi_1": ("99.5", None),
    "kpi_2": ("1.2", None),
    "kpi_3": ("99.3", None),
    "kpi_4": ("98.4", None),
    "audits_good_or_better": ("63.0", None),
    "public_demand": ("12092", "-2.3"),
    "care_demand": ("8863", "-0.8"),
    "care_duration": ("40", None),
    "public_open": ("14124", "16.5"),
    "public_duty_allocated": ("95", "4.4"),
    "private_demand": ("30472", "-1.8"),
    "private_open": ("22757", "20.6"),
    "section_7_demand": ("13459", "-8.8"),
    "rule_16_4_demand": ("1560", "-24.1"),
    "private_duty_allocated": ("533", "-59.1"),
    "social_work_fte": ("1471.7", "4.9"),
    "sickness": ("9.9", None),
    "average_caseload": ("23.9", None),
    "higher_workload_bands": ("73.3", None),
    "plr_compliance": ("91.4", None),
}


def _held(folder: Path) -> list[str]:
    """The tables that a folder holds."""
    return [name for name in TABLES if (folder / f"{name}.csv").is_file()]


def _read(folder: Path) -> Tables:
    tables = {}
    for name in _held(folder):
        table = pd.read_csv(folder / f"{name}.csv", dtype=str).drop_duplicates()
        for column in table.columns:
            if column.endswith("_on") or column in ("week_of_birth", "period_from", "period_to"):
                table[column] = pd.to_datetime(table[column], format="%Y-%m-%d")
        tables[name] = table
    return tables


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    made = {seed: tmp_path_factory.mktemp(f"seed{seed}") for seed in SEEDS}
    for seed, folder in made.items():
        demo.write(folder, seed=seed)
    return made


@pytest.fixture(scope="module")
def organisations(folders: dict[int, Path]) -> dict[int, Tables]:
    return {seed: _read(folder) for seed, folder in folders.items()}


@pytest.fixture(scope="module")
def tables(organisations: dict[int, Tables]) -> Tables:
    return organisations[2021]


def _working_days(start: pd.Series, end: pd.Series) -> np.ndarray:
    source = BankHolidays(use_cached_holidays=True)
    free = [item["date"] for item in source.get_holidays(division=BankHolidays.ENGLAND_AND_WALES)]
    first, last = ((days + pd.Timedelta(days=1)).to_numpy().astype("datetime64[D]") for days in (start, end))
    return np.busday_count(first, last, holidays=np.array(free, dtype="datetime64[D]"))


def _open(table: pd.DataFrame, start: str, end: str, as_at: str) -> pd.DataFrame:
    return table[(table[start] <= as_at) & (table[end].isna() | (table[end] > as_at))]


def _cases(table: pd.DataFrame) -> int:
    return int(table["case_id"].nunique())


def _measures(tables: Tables, year: int) -> dict[str, float]:
    """The scorecard's measures for April to November of a year, and 1 December."""
    cases, workforce = tables["cases"], tables["workforce"].astype({"fte": float})
    reports, audits, absences = tables["court_reports"], tables["audits"], tables["absences"]
    first, last, as_at, autumn = f"{year}-04-01", f"{year}-11-30", f"{year}-12-01", f"{year}-09-01"
    summer = (f"{year}-07-01", f"{year}-09-30")
    kind = tables["areas"].set_index("team")["team_kind"]

    received = cases[cases["received_on"].between(first, last)]
    still = _open(cases, "received_on", "closed_on", as_at)
    care = received[(received["law"] == "public") & (received["application"] == "care")]
    allocated = care.dropna(subset="allocated_on")
    section_7 = reports[reports["report_type"] == "section 7"]
    filed = section_7[section_7["filed_on"].between(first, last)]
    closed = cases[cases["application"].isin(["care", "supervision"]) & cases["closed_on"].between(*summer)]
    audited = audits[(audits["theme"] == "national") & audits["audited_on"].between(*summer)]
    grade = audited["moderated_grade"].fillna(audited["grade"])
    posts = _open(workforce, "started_on", "ended_on", as_at)
    fte = posts.loc[posts["social_work"] == "yes", "fte"].sum()
    sick = absences[(absences["social_work"] == "yes") & absences["reason"].isin(["sickness", "covid-19"])]
    sick_from = sick["started_on"].clip(lower=pd.Timestamp(autumn))
    sick_to = sick["ended_on"].fillna(pd.Timestamp(last)).clip(upper=pd.Timestamp(last))
    within = sick_from <= sick_to
    days = _working_days((sick_from - pd.Timedelta(days=1))[within], sick_to[within]).sum()
    advisers = posts[posts["role"] == "family court adviser"]
    holding = advisers[advisers["team"].map(kind) == "after first hearing"]
    held = still[(still["team"].map(kind) == "after first hearing") & (still["allocation"] == "worker")]
    banded = advisers.dropna(subset="workload_band")
    due = workforce[(workforce["role"] == "family court adviser") & workforce["plr_due_on"].between(autumn, last)]
    result = {
        "kpi_1": 100 * care["allocated_on"].notna().mean(),
        "kpi_2": _working_days(allocated["received_on"], allocated["allocated_on"]).mean(),
        "kpi_3": 100 * received.loc[received["law"] == "private", "allocated_on"].notna().mean(),
        "kpi_4": 100 * (filed["filed_on"] <= filed["due_on"]).mean(),
        "audits_good_or_better": 100 * grade.isin(["Outstanding", "Good"]).mean(),
        "care_demand": _cases(care),
        "care_duration": (closed["closed_on"] - closed["received_on"]).dt.days.mean() / 7,
        "section_7_demand": section_7["ordered_on"].between(first, last).sum(),
        "rule_16_4_demand": (
            (reports["report_type"] == "rule 16.4") & reports["ordered_on"].between(first, last)
        ).sum(),
        "social_work_fte": fte,
        "sickness": 4 * days / fte,
        "average_caseload": _cases(held) / holding["fte"].sum(),
        "higher_workload_bands": 100 * banded["workload_band"].isin(["higher", "much higher"]).mean(),
        "plr_compliance": 100 * due["plr_done_on"].notna().mean(),
    }
    for law in ("public", "private"):
        open_now = still[still["law"] == law]
        result[f"{law}_demand"] = _cases(received[received["law"] == law])
        result[f"{law}_open"] = _cases(open_now)
        result[f"{law}_duty_allocated"] = _cases(open_now[open_now["allocation"] == "duty"])
    return result


@pytest.mark.parametrize("seed", SEEDS)
def test_the_records_of_any_seed_measure_to_the_published_scorecard(
    organisations: dict[int, Tables], seed: int
) -> None:
    now, before = (_measures(organisations[seed], year) for year in (2020, 2019))
    shown = {}
    for metric, (value, change) in SCORECARD.items():
        decimals = len(value.partition(".")[2])
        difference = f"{100 * (now[metric] / before[metric] - 1):.1f}" if change else None
        shown[metric] = (f"{now[metric]:.{decimals}f}", difference)
    assert shown == SCORECARD


def test_the_extract_breaks_no_rule(folders: dict[int, Path]) -> None:
    for folder in folders.values():
        with examine(folder) as extracts:
            assert extracts.report.findings == ()
            assert extracts.report.notes == ()


@pytest.mark.parametrize("below", FOLDERS)
def test_the_extracts_of_other_years_break_no_rule_and_say_that_they_are_synthetic(
    folders: dict[int, Path], below: str
) -> None:
    for folder in (made / below for made in folders.values()):
        assert "SYNTHETIC DATA" in (folder / "SYNTHETIC.txt").read_text(encoding="utf-8")
        with examine(folder, tables=_held(folder)) as extracts:
            assert extracts.report.findings == ()
            assert extracts.report.notes == ()


def test_the_demo_is_never_written_over_somebody_s_extracts(tmp_path: Path) -> None:
    (tmp_path / "cases.csv").write_text("case_id\n1\n", encoding="utf-8")
    with pytest.raises(ExtractError, match=r"do not say they are synthetic: cases\.csv"):
        demo.write(tmp_path)
    assert (tmp_path / "cases.csv").read_text(encoding="utf-8") == "case_id\n1\n"


def test_the_same_seed_writes_the_same_bytes_and_another_seed_other_records(
    folders: dict[int, Path], tmp_path: Path
) -> None:
    again = demo.write(tmp_path / "again", seed=7)
    digests = [hashlib.sha256(path.read_bytes()).hexdigest() for path in again]
    beside = [folders[7] / path.relative_to(tmp_path / "again") for path in again]
    first = [hashlib.sha256(path.read_bytes()).hexdigest() for path in beside]
    assert digests == first
    for name in ("cases.csv", "children.csv", "workforce.csv", "audits.csv"):
        assert (folders[7] / name).read_bytes() != (folders[2021] / name).read_bytes()


def test_files_have_the_schema_s_columns_and_say_that_they_are_synthetic(folders: dict[int, Path]) -> None:
    folder = folders[2021]
    tables = [*folder.glob("*.csv"), *folder.glob("*/*.csv")]
    assert {path.stem for path in tables} == set(TABLES)
    for path in tables:
        with path.open(encoding="utf-8") as lines:
            assert lines.readline().strip().split(",") == [column.name for column in TABLES[path.stem].columns]
    assert "synthetic" in (folder / "SYNTHETIC.txt").read_text(encoding="utf-8")
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        [*FOLDERS, *(f"{name}.csv" for name in _held(folder)), "SYNTHETIC.txt"]
    )


def test_children_are_under_18_and_born_in_a_week_that_starts_on_a_monday(tables: Tables) -> None:
    rows = tables["children"].merge(tables["cases"][["application_id", "received_on"]], on="application_id")
    assert (rows["week_of_birth"].dt.day_of_week == 0).all()
    assert (rows["week_of_birth"] <= rows["received_on"]).all()
    assert (rows["week_of_birth"] + pd.DateOffset(years=18) > rows["received_on"]).all()


def test_the_counts_of_children_are_those_of_the_paper(tables: Tables) -> None:
    cases, children = tables["cases"], tables["children"]
    still = _open(cases, "received_on", "closed_on", "2020-12-01")
    assert children.loc[children["application_id"].isin(still["application_id"]), "child_id"].nunique() == 59_000
    worked = cases[
        (cases["received_on"] <= "2020-03-31") & (cases["closed_on"].isna() | (cases["closed_on"] > "2019-04-01"))
    ]
    by_law = children.merge(worked[["application_id", "law"]], on="application_id").groupby("law")["child_id"].nunique()
    assert by_law.to_dict() == {"private": 94_000, "public": 47_000}


def test_other_figures_of_the_paper_follow_from_the_records(tables: Tables) -> None:
    cases, workforce, reports = tables["cases"], tables["workforce"], tables["court_reports"]
    by_month = cases.groupby(cases["received_on"].dt.strftime("%Y-%m"))["case_id"].nunique()
    assert (by_month["2019-12"], by_month["2020-12"]) == (4_524, 4_893)
    by_quarter = cases.groupby(cases["received_on"].dt.to_period("Q"))["case_id"].nunique()
    assert str(by_quarter.idxmax()) == "2020Q3"
    assert _cases(_open(cases, "received_on", "closed_on", "2018-04-01")) == round(36_881 / 1.4)

    private = cases[cases["law"] == "private"]
    before_hearing = {}
    for as_at in ("2020-02-01", "2021-01-01"):
        still = _open(private, "received_on", "closed_on", as_at)
        unheard = still["first_hearing_on"].isna() | (still["first_hearing_on"] > as_at)
        before_hearing[as_at] = _cases(still[unheard])
    assert before_hearing == {"2020-02-01": 7_591, "2021-01-01": 10_749}

    long_open = {}
    for as_at in ("2020-01-01", "2021-01-01"):
        still = _open(cases[cases["law"] == "public"], "received_on", "closed_on", as_at)
        long_open[as_at] = _cases(still[still["received_on"] < pd.Timestamp(as_at) - pd.Timedelta(weeks=36)])
    assert long_open == {"2020-01-01": 2_220, "2021-01-01": 3_596}

    social = workforce[workforce["social_work"] == "yes"]
    posts = _open(social, "started_on", "ended_on", "2020-12-01")
    assert posts["worker_id"].nunique() == 1_802
    assert posts["engagement"].value_counts()[["associate", "student"]].to_list() == [105, 34]
    assert _open(social, "started_on", "ended_on", "2018-12-01")["worker_id"].nunique() == 1_802 - 136

    year = reports["ordered_on"].between("2019-04-01", "2020-03-31")
    assert reports.loc[year, "report_type"].value_counts()[["section 7", "rule 16.4"]].to_list() == [22_700, 2_800]

    audits = tables["audits"]
    domestic_abuse = audits[audits["theme"] == "domestic abuse"]
    grade = domestic_abuse["moderated_grade"].fillna(domestic_abuse["grade"])
    assert [
        int(grade.isin(grades).sum())
        for grades in (["Outstanding", "Good"], ["Met"], ["Requires improvement", "Inadequate"])
    ] == [121, 62, 17]
    assert set(domestic_abuse["audited_on"].dt.strftime("%Y-%m")) == {"2020-11"}


def test_what_the_paper_counts_and_does_not_name_is_marked_in_its_own_words(tables: Tables) -> None:
    reflections = tables["reflections"]
    unnamed = reflections[reflections["reflection"].str.contains("not named in the published paper")]
    assert len(unnamed) == 2
    assert unnamed["findings"].str.startswith("Synthetic: ").all()
    assert not reflections["findings"].drop(unnamed.index).str.contains("Synthetic").any()


def test_exactly_four_teams_take_three_working_days_or_more_to_allocate(tables: Tables) -> None:
    cases = tables["cases"]
    care = cases[(cases["application"] == "care") & cases["received_on"].between("2020-04-01", "2020-11-30")]
    care = care.dropna(subset="allocated_on")
    care = care.assign(days=_working_days(care["received_on"], care["allocated_on"]))
    assert (care.groupby("team")["days"].mean() >= 3).sum() == 4


def test_every_area_has_teams_before_and_after_the_first_hearing(tables: Tables) -> None:
    kinds = tables["areas"].groupby("area")["team_kind"].nunique()
    assert len(kinds) == 18
    assert (kinds == 2).all()


def test_identifiers_are_digits_that_a_number_would_spoil(tables: Tables) -> None:
    for table, column in (("cases", "application_id"), ("children", "child_id"), ("workforce", "worker_id")):
        values = tables[table][column]
        assert values.str.fullmatch(r"\d{18}").all()
        assert values.str.startswith("0").any()


@pytest.mark.parametrize(
    ("table", "column"),
    [("cases", "received_on"), ("court_reports", "ordered_on"), ("audits", "audited_on"), ("absences", "started_on")],
)
def test_nothing_happens_before_the_history_or_after_its_end(tables: Tables, table: str, column: str) -> None:
    days = tables[table][column]
    assert days.min() >= pd.Timestamp(date(2015, 4, 1))
    assert days.max() <= pd.Timestamp(date(2020, 12, 31))


def test_a_closed_case_s_worker_was_in_post_on_its_allocation(tables: Tables) -> None:
    cases = tables["cases"]
    # Of a case that is still open, the worker is the one of today, who may have come after its allocation.
    still = _open(cases, "received_on", "closed_on", "2020-12-01")
    held = cases[~cases["case_id"].isin(still["case_id"]) & cases["worker_id"].notna()].drop_duplicates("case_id")
    spans = tables["workforce"].assign(ended_on=lambda table: table["ended_on"].fillna(pd.Timestamp("2100-01-01")))
    span = spans.groupby("worker_id").agg(first=("started_on", "min"), last=("ended_on", "max"))
    rows = held.join(span, on="worker_id")
    assert ((rows["first"] <= rows["allocated_on"]) & (rows["allocated_on"] < rows["last"])).all()


@pytest.mark.parametrize("place", [lambda folder: folder / "taken", lambda folder: folder / "taken" / "below"])
def test_a_folder_that_cannot_be_made_is_refused_and_left_alone(tmp_path: Path, place: Callable[[Path], Path]) -> None:
    (tmp_path / "taken").write_text("a file, not a folder", encoding="utf-8")
    with pytest.raises(ExtractError, match="cannot be written to"):
        demo.write(place(tmp_path))
    assert (tmp_path / "taken").read_text(encoding="utf-8") == "a file, not a folder"
