"""The dashboard of 2017: what its file holds, whoever looks into it, and how it works in a real browser."""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import lxml.html
import pytest
from pptx import Presentation

from cafcass_reports.checks import dashboards
from cafcass_reports.checks.opened import Opened
from cafcass_reports.checks.written.expected import Executed
from cafcass_reports.exhibits.payload import DashboardPayload
from cafcass_reports.packs.written import check_files
from cafcass_reports.statistics.disclosure import bounds
from tests.acceptance.test_review_page import CHROMIUM, QUIET

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PAPER = "diversity_dashboard"
COLUMNS = {"Gender": "gender", "Disability": "disability", "Ethnicity": "ethnicity"}
GROUPS = {"female": "Women", "male": "Men", "unknown": "Not known", "yes": "Disabled", "no": "Not disabled"}


@pytest.fixture(scope="module")
def folder(diversity_papers: Path) -> Path:
    return diversity_papers / PAPER


@pytest.fixture(scope="module")
def file(folder: Path) -> Path:
    return folder / f"{PAPER}.dashboard.html"


@pytest.fixture(scope="module")
def data(file: Path) -> dict[str, Any]:
    """What stands in the written file for its script."""
    root = lxml.html.document_fromstring(file.read_bytes())
    (found,) = root.xpath("//script[@id='dashboard-data']")
    return dict(json.loads(found.text))


@pytest.fixture(scope="module")
def harvested(data: dict[str, Any], folder: Path) -> DashboardPayload:
    """The exhibit with the figures of the file in place of its own."""
    notebook = json.loads((folder / f"{PAPER}.ipynb").read_text(encoding="utf-8"))
    held = [
        payload
        for cell in notebook["cells"]
        for output in cell.get("outputs", [])
        if (payload := output.get("data", {}).get("application/vnd.cafcass.dashboard.v1+json"))
    ]
    return DashboardPayload.model_validate_json(json.dumps({**held[0], **data}))


@pytest.fixture(scope="module")
def exact(project: Path, data: dict[str, Any]) -> Counter[tuple[str, ...]]:
    """The counts that nobody may find, by a count of our own over the extract."""
    with (project / "extracts/demo/2017-18/workforce.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    found: Counter[tuple[str, ...]] = Counter()
    for words, day in ((words, as_day(words)) for words in data["slicers"][2]["options"]):
        for row in rows:
            if row["started_on"] > day or (row["ended_on"] and row["ended_on"] <= day):
                continue
            kind = "Social work" if row["social_work"] == "yes" else "Other posts"
            for chosen in ((k, u, words) for k in ("All posts", kind) for u in ("All units", row["business_unit"])):
                found[chosen] += 1
                for name, column in COLUMNS.items():
                    group = GROUPS.get(row[column], "White" if row[column] == "White" else "Ethnic minorities")
                    found[(*chosen, name, group)] += 1
    return found


def as_day(words: str) -> str:
    return datetime.strptime(words, "%d %B %Y").date().isoformat()


def test_the_slicers_are_those_of_the_document(data: dict[str, Any]) -> None:
    kinds, units, days = (slicer["options"] for slicer in data["slicers"])
    assert kinds == ["All posts", "Social work", "Other posts"]
    assert units == ["All units", *(f"A{n}" for n in range(1, 15)), "A15A", "A15B", "A16", "A17",
                     "NBC", "NIS", "CM", "CE", "FN", "HR", "IT", "MIS"]  # fmt: skip
    assert (days[0], days[-1], len(days)) == ("31 December 2015", "30 June 2017", 7)
    assert len(data["states"]) == len(kinds) * len(units) * len(days)


def test_every_figure_of_every_choice_is_rounded_adds_up_and_is_near(
    harvested: DashboardPayload, exact: Counter[tuple[str, ...]]
) -> None:
    shown = dashboards.cells(harvested)
    assert all(count % 5 == 0 for count in shown.values())
    off = [abs(count - exact[choice]) for choice, count in shown.items()]  # type: ignore[index]
    assert max(off) < 10
    assert sum(each >= 5 for each in off) < len(off) / 1_000  # totals only, where nothing else adds up
    for each in dashboards.relations(harvested):
        assert shown[each.total] == sum(shown[part] for part in each.parts)


def test_an_attacker_with_the_file_finds_no_count(harvested: DashboardPayload) -> None:
    """The linear programme of disclosure control, over the units with the fewest people on the latest day."""
    day = harvested.slicers[2].options[-1]
    units = ("CE", "NIS", "A16")
    shown = {choice: n for choice, n in dashboards.cells(harvested).items() if choice[1] in units and choice[2] == day}
    known = tuple(each for each in dashboards.relations(harvested) if {each.total, *each.parts} <= shown.keys())
    found = bounds(shown, known)
    assert len(found) == 90
    assert [choice for choice, (low, high) in found.items() if low == high or (low > 0 and high < 5)] == []


def test_somebody_who_knows_that_nobody_came_or_went_learns_of_no_few_people(
    harvested: DashboardPayload, exact: Counter[tuple[str, ...]]
) -> None:
    shown = dashboards.cells(harvested)
    days = harvested.slicers[2].options
    same = [
        (shown[before] == shown[choice], exact[choice])  # type: ignore[index]
        for choice in shown
        if len(choice) == 5 and "All posts" not in choice and "All units" not in choice and choice[2] != days[0]
        for before in [(*choice[:2], days[days.index(str(choice[2])) - 1], *choice[3:])]
        if exact[before] == exact[choice]  # type: ignore[index]
    ]
    assert all(stays for stays, count in same if count < 5)
    assert sum(stays for stays, _ in same) > 0.95 * len(same)


def test_shares_are_of_rounded_counts_and_never_of_a_few_people(data: dict[str, Any]) -> None:
    for state in data["states"]:
        for counts, shares in zip(state["counts"], state["shares"], strict=True):
            known = sum(counts[:-1])
            expected = [None if known < 25 else round(100 * count / known) for count in counts[:-1]]
            assert shares == [*expected, None]


def test_the_file_holds_no_exact_count_that_could_be_told_from_a_rounded_one(
    file: Path, exact: Counter[tuple[str, ...]]
) -> None:
    text = re.sub(r"<(script|style)\b.*?</\1>", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
    whole = exact["All posts", "All units", "30 June 2017"]
    assert whole % 5
    assert f"{whole:,}" not in text


def test_the_file_names_no_address_that_it_would_fetch(file: Path) -> None:
    root = lxml.html.document_fromstring(file.read_bytes())
    assert root.xpath("//@src[not(starts-with(., 'data:'))] | //link/@href") == []
    assert "default-src 'none'" in root.xpath("string(//meta[@http-equiv]/@content)")


def test_a_choice_that_shows_what_was_not_measured_is_found(folder: Path, file: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(folder, tmp_path / "england" / PAPER))
    executed = [Executed.read(json.loads((copy / f"{PAPER}.ipynb").read_bytes()))]
    assert not check_files(map(Opened, copy.iterdir()), f"england/{PAPER}", executed).findings
    text = file.read_text(encoding="utf-8")
    (copy / file.name).write_text(re.sub(r'("posts":\d+)', r"\g<1>0", text, count=1), encoding="utf-8")
    (found,) = check_files(map(Opened, copy.iterdir()), f"england/{PAPER}", executed).findings
    assert "states" in found.found
    assert found.place.file.endswith(file.name)


def test_the_deck_shows_the_first_state_as_a_native_chart_and_table(folder: Path) -> None:
    slides = Presentation(str(folder / f"{PAPER}.pptx")).slides
    charts = [shape.chart for slide in slides for shape in slide.shapes if shape.has_chart]
    assert any("Women, colleagues" in list(chart.plots[0].categories) for chart in charts)
    cells = [
        cell.text for slide in slides for shape in slide.shapes if shape.has_table for cell in shape.table.iter_cells()
    ]
    assert {"Women", "Ethnic minorities", "A15B"} <= set(cells)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium") or CHROMIUM, args=QUIET)
        yield browser
        browser.close()


def opened(browser: Browser, file: Path, width: int = 1280) -> tuple[Page, list[str]]:
    page = browser.new_page(viewport={"width": width, "height": 900})
    seen: list[str] = []
    page.on("request", lambda request: seen.append(request.url))
    page.on("console", lambda message: seen.append(message.text))
    page.on("pageerror", lambda error: seen.append(str(error)))
    page.goto(file.as_uri())
    return page, seen


@pytest.mark.verify
def test_the_keyboard_alone_chooses_and_everything_follows(browser: Browser, file: Path, data: dict[str, Any]) -> None:
    page, seen = opened(browser, file)
    page.keyboard.press("Tab")  # to the main part, then the slicers
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")  # radio buttons: social work
    page.keyboard.press("Tab")
    page.keyboard.type("A15B")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowUp")
    chosen = ["Social work", "A15B", "31 March 2017"]
    assert page.locator("#chosen").inner_text() == ", ".join(chosen)
    (state,) = [state for state in data["states"] if state["chosen"] == chosen]
    assert (
        page.get_by_role("status")
        .inner_text()
        .startswith(f"{state['posts']} posts: women {state['shares'][0][0]:.0f}%")
    )
    first = page.locator("#figures tbody tr:not(.section)").first.locator("td").all_inner_texts()
    assert first == [str(state["counts"][0][0]), f"{state['shares'][0][0]:.0f}%", f"{state['local'][0][0]:.0f}%"]
    assert page.get_by_role("img").count() == 9
    assert [url for url in seen if not url.startswith("data:")] == [file.as_uri()]


@pytest.mark.verify
def test_every_choice_can_be_made_and_shows_its_own_figures(browser: Browser, file: Path, data: dict[str, Any]) -> None:
    page, seen = opened(browser, file)
    wrong = page.evaluate(
        """() => {
            const { states, characteristics } = JSON.parse(document.getElementById("dashboard-data").textContent);
            const form = document.getElementById("slicers");
            return states.filter((state) => {
                state.chosen.forEach((option, at) => { form.elements[`slicer-${at}`].value = option; });
                form.dispatchEvent(new Event("change"));
                const shown = [...document.querySelectorAll("#figures tbody tr:not(.section)")].map(
                    (row) => Number(row.cells[1].textContent.replace(",", "")));
                return JSON.stringify(shown) !== JSON.stringify(state.counts.flat())
                    || document.getElementById("chosen").textContent !== state.chosen.join(", ");
            }).map((state) => state.chosen);
        }"""
    )
    assert wrong == []
    assert seen == [file.as_uri()]


@pytest.mark.verify
def test_the_latest_share_stands_beside_the_line_of_the_population_not_on_it(browser: Browser, file: Path) -> None:
    page, _ = opened(browser, file)
    drawings = page.locator("svg[aria-label^='Line chart']").all()
    assert len(drawings) == 3
    for drawing in drawings:
        label = drawing.locator("text[font-weight=bold], g[font-weight=bold] text").last.bounding_box()
        population = drawing.locator("g[stroke-width='2'] line").first.bounding_box()
        assert label is not None
        assert population is not None
        assert label["x"] > population["x"] + population["width"]


@pytest.mark.verify
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("choice", ["", "#Social%20work/A15B/31%20March%202016", "#Other%20posts/CE/30%20June%202017"])
def test_axe_finds_no_barrier_in_any_state(browser: Browser, file: Path, width: int, choice: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page, _ = opened(browser, file, width)
    page.goto(file.as_uri() + choice)
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.verify
def test_without_script_the_latest_state_stands_there(browser: Browser, file: Path) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(file.as_uri())
    assert page.locator("#charts svg").count() == 1
    assert page.locator("#figures tbody tr:not(.section)").count() == 9
    assert page.get_by_text("No script runs here").is_visible()


@pytest.mark.verify
def test_in_print_the_choice_stands_above_the_charts_and_the_slicers_are_gone(browser: Browser, file: Path) -> None:
    page, _ = opened(browser, file)
    page.emulate_media(media="print")
    assert not page.locator("#slicers").is_visible()
    assert page.locator("#chosen").is_visible()
