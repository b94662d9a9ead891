"""A difference as one HTML page in the look of the review page; it names no address outside itself."""

from __future__ import annotations

from pathlib import Path

import jinja2

from cafcass_reports import theme
from cafcass_reports.errors import PackError
from cafcass_reports.exporters.characters import clean
from cafcass_reports.exporters.page import day_in_words
from cafcass_reports.packs.comparison.grouped import by_paper, counts
from cafcass_reports.packs.comparison.model import Difference


def page(difference: Difference) -> str:
    """Write the page; equal differences give equal pages."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(theme.templates_folder() / "review"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["theme"] = theme.load()
    environment.filters["day_in_words"] = day_in_words
    template = environment.get_template("difference.html.j2")
    return clean(template.render(difference=difference, counts=counts(difference), papers=by_paper(difference)))


def write(difference: Difference, file: Path) -> None:
    """Write the page to a file.

    Raises
    ------
    PackError
        Where the file does not end in ``.html`` or cannot be written.
    """
    if file.suffix != ".html":
        raise PackError(f"{file} is no name for a page.", valid="It ends in .html.")
    try:
        file.write_text(page(difference), encoding="utf-8", newline="")
    except OSError as problem:
        raise PackError(f"{file} cannot be written: {problem.strerror}.", next_step="Check the folder.") from None
