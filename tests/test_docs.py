"""What the documentation says is there: commands, files, links, metrics, tables, and code that can be run."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main
import yaml

from cafcass_reports.cli import app
from cafcass_reports.extracts.schemas import TABLES
from cafcass_reports.metrics import catalogue
from cafcass_reports.packs.parameters import ExtractsParameters, PackParameters
from cafcass_reports.paper import Paper

ROOT = Path(__file__).parents[1]
DOCS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
NAMES = [path.relative_to(ROOT).as_posix() for path in DOCS]
# What a reader's own project or run makes, and so is not in the checkout.
MADE = ("records/", "outputs/", "extracts/", "params/metrics")
# Where a guide may begin a path: at the checkout, in the package, or beside itself.
BEGINNINGS = (ROOT, ROOT / "cafcass_reports", ROOT / "cafcass_reports" / "extracts", ROOT / "templates" / "deck")

every_document = pytest.mark.parametrize("name", NAMES)


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def fences(name: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", text_of(name), re.MULTILINE | re.DOTALL)


def prose(name: str) -> str:
    return re.sub(r"^```.*?^```", "", text_of(name), flags=re.MULTILINE | re.DOTALL)


def quoted(name: str) -> list[str]:
    return re.findall(r"`([^`\n]+)`", prose(name))


def commands() -> dict[str, set[str]]:
    """Each command of the command line, with its options."""
    group: Any = typer.main.get_command(app)  # Typer carries a click of its own, without a public name
    return {
        name: {option for part in (command, *getattr(command, "commands", {}).values()) for option in _options(part)}
        for name, command in group.commands.items()
    }


def _options(command: Any) -> set[str]:
    return {option for parameter in command.params for option in parameter.opts} | {"--help"}


def uses(name: str) -> Iterator[tuple[str, list[str]]]:
    """Each command that a document names, with the options that stand on its line."""
    for line in text_of(name).splitlines():
        for command, rest in re.findall(r"cafcass-reports ([a-z][a-z-]*)([^`|]*)", line):
            yield command, re.findall(r"(?<!\S)(--[a-z-]+)", rest)


def metric_entries(name: str) -> dict[str, object]:
    found: dict[str, object] = {}
    for fence in fences(name, "yaml"):
        content = yaml.safe_load(fence)
        found |= {key: entry for key, entry in content.items() if isinstance(entry, dict) and "kind" in entry}
    return found


def test_there_are_documents_to_test() -> None:
    assert {"README.md", "CHANGELOG.md", "CONTRIBUTING.md", "docs/index.md"} <= set(NAMES)
    assert len([name for name in NAMES if name.startswith("docs/decisions/")]) >= 10


@pytest.mark.parametrize("command", commands())
def test_the_readme_describes_every_command(command: str) -> None:
    assert re.search(rf"\| `cafcass-reports {command}[ `]", text_of("README.md"))


@every_document
def test_every_command_that_a_document_names_exists_with_its_options(name: str) -> None:
    known = commands()
    for command, options in uses(name):
        assert command in known, f"{name} names `cafcass-reports {command}`"
        assert set(options) <= known[command], f"{name} gives `cafcass-reports {command}` {options}"


@every_document
def test_every_make_target_that_a_document_names_exists(name: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", text_of("Makefile"), re.MULTILINE))
    code = "\n".join([*quoted(name), *fences(name, "console")])
    for target in re.findall(r"(?:^|(?<=\n))make ([a-z]+)", code):
        assert target in targets, f"{name} names `make {target}`"


def test_the_readme_begins_with_two_commands_and_fits_a_few_screens() -> None:
    readme = text_of("README.md")
    assert re.search(r"^make run\b.*\nmake test\b", readme, re.MULTILINE)
    assert "pip install -c constraints.txt -e ." in readme
    assert len(readme.splitlines()) <= 150


@pytest.mark.parametrize("table", TABLES)
def test_every_table_of_the_extracts_is_described_as_its_schema_has_it(table: str) -> None:
    sections = re.split(r"^### ", text_of("docs/extracts.md"), flags=re.MULTILINE)
    (section,) = [section for section in sections if section.startswith(f"{table}\n")]
    described = re.findall(r"^\| `(\w+)` \| ([a-z ]+) \| (yes|no) \| (.*) \|$", section, re.MULTILINE)
    schema = TABLES[table]
    assert [(column, holds, needed == "yes") for column, holds, needed, _ in described] == [
        (column.name, column.kind.value, column.required) for column in schema.columns
    ]
    for column, (_, _, _, notes) in zip(schema.columns, described, strict=True):
        assert not column.allowed or f"one of: {', '.join(column.allowed)}" in notes
        assert column.references is None or f"found in `{column.references}`" in notes
    assert schema.grain in section
    assert f"Key: {', '.join(f'`{key}`' for key in schema.key)}." in section
    assert [rule.says for rule in schema.rules if rule.says not in section] == []


@every_document
def test_every_relative_link_leads_to_a_file_and_its_heading(name: str) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", prose(name)):
        if re.match(r"[a-z]+://", target):
            continue
        path, _, anchor = target.partition("#")
        file = (ROOT / name).parent / path if path else ROOT / name
        assert file.exists(), f"{name} links to {target}"
        if anchor:
            headings = re.findall(r"^#+ (.+)$", file.read_text(encoding="utf-8"), re.MULTILINE)
            assert anchor in [re.sub(r"[^\w -]", "", each).lower().replace(" ", "-") for each in headings], target


@every_document
def test_every_file_that_a_document_names_exists(name: str) -> None:
    for path in quoted(name):
        named = re.fullmatch(r"[A-Za-z][\w.-]*(/[\w.-]+)*/?", path)
        if named and re.search(r"/|\.(py|yml|toml|typ|pptx)$", path) and not path.startswith(MADE):
            below = [start / path for start in BEGINNINGS]
            beside = [*ROOT.glob(f"params/*/{path}"), *ROOT.glob(f"cafcass_reports/*/{path}")]
            assert any(each.exists() for each in below) or beside, f"{name} names `{path}`"


@every_document
def test_every_metric_that_a_document_refers_to_is_in_the_catalogue(name: str) -> None:
    known = set(catalogue.load())
    text = text_of(name)
    referred = set(re.findall(r"\{\{ *(\w+)\.\w+ *\}\}", text)) | set(re.findall(r"\{metric: (\w+)\}", text))
    referred |= set(re.findall(r"`(\w+)\.[a-z0-9-]+\.\d{4}-\d\d-\d\d", text))
    if name == "docs/figures.md":
        referred |= set(re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE))
    for fence in fences(name, "python"):
        for call in ast.walk(ast.parse(fence)):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute):
                if call.func.attr in ("trend", "measure", "figure", "change"):
                    referred |= {each.value for each in call.args if isinstance(each, ast.Constant)}
                for keyword in call.keywords:
                    if keyword.arg == "derived_from":
                        referred |= {each.value for each in ast.walk(keyword.value) if isinstance(each, ast.Constant)}
    assert referred <= known, f"{name} refers to {sorted(referred - known)}"


def test_the_page_of_figures_has_every_figure_of_the_published_scorecard() -> None:
    from tests.acceptance.published import SCORECARD

    text = text_of("docs/figures.md").replace("−", "-").replace(" weeks", "")
    for metric, value, change in SCORECARD:
        shown = "" if not change else f"{float(change):+.1f}%"
        assert re.search(rf"^\| `{metric}` \| {re.escape(value)} \| {re.escape(shown)} ?\|", text, re.MULTILINE), metric


@every_document
def test_python_compiles_and_calls_what_a_paper_has(name: str) -> None:
    for fence in fences(name, "python"):
        for node in ast.walk(ast.parse(fence)):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "paper":
                assert hasattr(Paper, node.attr), f"{name} calls paper.{node.attr}"


@every_document
def test_yaml_parses(name: str) -> None:
    for fence in fences(name, "yaml"):
        assert isinstance(yaml.safe_load(fence), dict)


def test_the_metrics_shown_are_valid_metrics(tmp_path: Path) -> None:
    entries = metric_entries("docs/metrics.md") | metric_entries("docs/first-paper.md")
    assert {"kpi_1", "private_over_26_weeks"} <= set(entries)
    own = {f"shown_{key}": entry for key, entry in entries.items()}
    (tmp_path / "params" / "metrics").mkdir(parents=True)
    (tmp_path / "params" / "metrics" / "shown.yml").write_text(json.dumps(own, default=str), encoding="utf-8")
    assert set(own) <= set(catalogue.load(tmp_path))


def test_every_key_of_a_metric_is_described() -> None:
    fields = catalogue.Metric.model_fields
    keys = {field.alias or name for name, field in fields.items()} - {"id"}
    described = set(
        re.findall(r"`([a-z_]+)`", "".join(re.findall(r"^\| (`.*?) \|", text_of("docs/metrics.md"), re.MULTILINE)))
    )
    assert keys <= described, keys - described


def test_the_packs_shown_are_valid_packs() -> None:
    (shown,) = [yaml.safe_load(fence) for fence in fences("docs/analyst.md", "yaml")]
    PackParameters.model_validate(shown)
    (shown,) = [yaml.safe_load(fence) for fence in fences("docs/extracts.md", "yaml")]
    mapping = ExtractsParameters.model_validate(shown["extracts"]).mapping
    for table, columns in mapping.items():
        assert set(columns) <= {column.name for column in TABLES[table].columns}


def test_the_index_links_every_guide_and_every_decision() -> None:
    linked = set(re.findall(r"\]\(([\w./-]+\.md)\)", text_of("docs/index.md")))
    own = {path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").rglob("*.md")} - {"index.md"}
    assert own <= linked, own - linked


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith("docs/decisions/")])
def test_a_decision_has_its_number_and_its_three_parts(name: str) -> None:
    number = int(Path(name).name[:4])
    assert text_of(name).startswith(f"# {number}. ")
    assert re.findall(r"^## (.+)$", text_of(name), re.MULTILINE) == ["Context", "Decision", "Consequences"]


def test_the_changelog_says_what_is_unreleased() -> None:
    assert re.search(r"^## \[Unreleased\]\n\n### Added\n\n- ", text_of("CHANGELOG.md"), re.MULTILINE)


def test_the_changelog_counts_the_metrics_and_the_tables() -> None:
    assert f"A catalogue of {len(catalogue.load())} metrics" in text_of("CHANGELOG.md")
    assert f"Extracts: {len(TABLES)} tables" in text_of("CHANGELOG.md")
