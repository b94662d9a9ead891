"""The review page: an executed notebook as one HTML file, for the person who signs its figures off.

``jupyter nbconvert --to board-review paper.ipynb`` writes it. The file needs no network and no JavaScript;
prose, exhibits, code and the way each figure was calculated stand in the notebook's order.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jinja2 import Environment
from nbconvert.exporters.html import HTMLExporter
from traitlets import default

from cafcass_reports import theme
from cafcass_reports.exhibits.payload import source_line
from cafcass_reports.exporters.board_exporter import BoardExporter
from cafcass_reports.exporters.change_cells import change
from cafcass_reports.exporters.characters import clean
from cafcass_reports.exporters.executed import Executed
from cafcass_reports.exporters.page import Page, chart_rows, day_in_words, read_page


class ReviewExporter(BoardExporter, HTMLExporter):  # type: ignore[misc]  # as its base, it goes past nbconvert's
    """Renders an executed notebook as a self-contained page for its reviewer.

    Exhibits are drawn from their checked payloads with autoescape; what other libraries put out is
    sanitised. nbconvert's own switches (``--no-input``) hold.

    Raises
    ------
    ExportError
        Where it is drawn: where an exhibit is malformed or a picture cannot be read, with the number of
        the cell.
    """

    export_from_notebook = ""  # no entry of its own in JupyterLab's menu

    @default("template_name")
    def _template_name_default(self) -> str:
        return "review"

    @default("extra_template_basedirs")
    def _extra_template_basedirs_default(self) -> list[str]:
        return [str(theme.templates_folder())]

    def _create_environment(self) -> Environment:
        environment: Environment = super()._create_environment()  # type: ignore[no-untyped-call]
        environment.autoescape = True
        environment.trim_blocks = environment.lstrip_blocks = True
        environment.globals["theme"] = theme.load()
        return environment

    def default_filters(self) -> Iterator[tuple[str, Any]]:
        """Add what the template turns a notebook and its numbers into words with."""
        yield from super().default_filters()  # type: ignore[no-untyped-call]
        yield ("change", change)
        yield ("chart_rows", chart_rows)
        yield ("day_in_words", day_in_words)
        yield ("source_line", source_line)

    def drawn(self, executed: Executed, name: str) -> str:
        """Draw the page.

        Raises
        ------
        ExportError
            With the number of the cell, where an exhibit is malformed or a picture cannot be read.
        """
        page = self.template.render(page=self._page(executed, name), with_code=not self.exclude_input)
        return clean(page.lstrip())

    def _page(self, executed: Executed, name: str) -> Page:
        return read_page(executed, name)
