from __future__ import annotations

import json
from pathlib import Path

import pytest

from cafcass_reports.errors import PaperError
from cafcass_reports.packs.parameters import open_pack
from cafcass_reports.packs.run import run
from tests.packs.small_project import SET_UP, make, notebook


def test_a_pack_says_in_its_checks_that_its_files_are_accessible(tmp_path: Path) -> None:
    outputs = run(open_pack("q3", make(tmp_path)))
    checks = json.loads((outputs / "checks.json").read_text(encoding="utf-8"))
    assert checks["accessibility"] == {"ok": True, "findings": []}


def test_a_paper_that_some_cannot_read_stops_the_pack_and_lies_among_the_failed(tmp_path: Path) -> None:
    project = make(tmp_path)
    shown = "from IPython.display import HTML\n\nHTML('<p>For the method see <a href=\"https://example.org\">here</a>.</p>')"
    notebook(project / "notebooks" / "words.ipynb", (SET_UP, []), (shown, []))
    with pytest.raises(PaperError, match=r"england/words/words\.html.*Link text: a link says 'here'"):
        run(open_pack("q3", project))
    assert not (project / "outputs" / "q3").exists()
    failed = project / "outputs" / ".failed" / "q3"
    assert (failed / "england" / "words" / "words.html").is_file()
    assert "Link text" in (failed / "checks.json").read_text(encoding="utf-8")
