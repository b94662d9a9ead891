"""Two quarters of a small project, both run, between which extracts, a definition, texts and exhibits changed."""

from __future__ import annotations

from pathlib import Path

from cafcass_reports.packs.parameters import open_pack
from cafcass_reports.packs.run import run
from tests.extracts.small_organisation import Folder
from tests.packs import small_project
from tests.packs.small_project import SET_UP, notebook

METRIC = """\
open_public_cases:
  title: Open public law cases
  phrase: open public law cases
  definition: Public law cases open on the day.
  kind: stock
  table: cases
  as_at: open_on(received_on, closed_on)
  where: law = 'public'
  unit: cases
  better: lower
  decimals: 0
  owner: operational performance
  in_force: {from: 2015-04-01}
"""
SCORECARDS = """\
board:
  sections:
    Service: [open_cases, open_public_cases, private_demand]
    People: [social_work_fte]
  without_change: [private_demand]
"""
FRONT = "---\nowner: Head of performance\ndate: 2021-01-11\n---\n"
FORMATS = "formats: [deck, summary, page]"
TEXTS = {
    "open-cases": "There are {{ open_cases.value }} open cases.\n\nSo **{{ open_public_cases.value }}** is public.",
    "kept": "These words stay, around {{ open_cases.value }} cases.",
    "still": "Not a word of this changes.",
    "gone": "This text leaves.",
}
PAPERS = [f'paper.commentary("{name}")' for name in TEXTS]


def make(folder: Path) -> Path:
    """Write the project, run both packs, and return its folder."""
    small_project.make(folder)
    own = folder / "params" / "metrics" / "own.yml"
    own.parent.mkdir()
    own.write_text(METRIC, encoding="utf-8")
    (folder / "params" / "scorecards.yml").write_text(SCORECARDS, encoding="utf-8")
    _texts(folder, "q3", TEXTS)
    notebook(
        folder / "notebooks" / "figures.ipynb",
        (SET_UP, []),
        ('paper.scorecard("board")', []),
        ('paper.numbers("open_cases", "private_demand")', []),
    )
    notebook(folder / "notebooks" / "words.ipynb", (SET_UP, []), *((source, []) for source in PAPERS))
    run(small_project.change(folder, "formats: [page]", FORMATS))
    _change(folder)
    run(open_pack("q4", folder))
    return folder


def _change(folder: Path) -> None:
    """A month later: a case came in late, public law is counted without care, a text and a chart are new."""
    extracts = Folder(folder / "later")
    extracts.path.mkdir()
    for source in (folder / "extracts").iterdir():
        (extracts.path / source.name).write_bytes(source.read_bytes())
    extracts.add("cases", "0075|C4|public|care|2020-10-05|2020-10-06|||A1 Tyne|W1|worker|no")
    own = folder / "params" / "metrics" / "own.yml"
    own.write_text(METRIC.replace("law = 'public'", "law = 'public' and application <> 'care'"), encoding="utf-8")
    pack = folder / "params" / "q4" / "pack.yml"
    pack.parent.mkdir()
    said = (folder / "params" / "q3" / "pack.yml").read_text(encoding="utf-8")
    for before, after in (
        ("to: 2020-11-30, snapshot: 2020-12-01", "to: 2020-12-31, snapshot: 2021-01-01"),
        ("folder: extracts", "folder: later"),
        ("areas: [England]", "previous: q3\nareas: [England]"),
    ):
        assert before in said
        said = said.replace(before, after)
    pack.write_text(said, encoding="utf-8")
    words = TEXTS["open-cases"].replace("is public", "was public law, less than feared")
    texts = {"open-cases": words, "kept": TEXTS["kept"], "still": TEXTS["still"], "new": "Something new."}
    _texts(folder, "q4", texts)
    notebook(
        folder / "notebooks" / "figures.ipynb",
        (SET_UP, []),
        ('paper.scorecard("board")', []),
        ('paper.numbers("open_cases", "private_demand")', []),
        ('paper.trend("open_cases", months=6)', []),
    )
    shown = [(f'paper.commentary("{name}")', []) for name in texts]
    notebook(folder / "notebooks" / "words.ipynb", (SET_UP, []), *shown)


def _texts(folder: Path, pack: str, texts: dict[str, str]) -> None:
    commentary = folder / "params" / pack / "commentary"
    commentary.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (commentary / f"{name}.md").write_text(f"{FRONT}{text}\n", encoding="utf-8")
