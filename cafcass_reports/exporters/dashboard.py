"""The dashboard: a page in one file whose slicers choose among the protected figures of an exhibit.

``jupyter nbconvert --to board-dashboard paper.ipynb`` writes it. The file needs no network. Its charts are drawn by
Observable Plot, which stands in it; without script it shows the first state. Its policy lets these scripts run, each
known by its hash, and no other.
"""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache

from jinja2 import Environment
from markupsafe import Markup
from traitlets import default

from cafcass_reports import theme
from cafcass_reports.errors import ExportError
from cafcass_reports.exhibits.payload import DashboardPayload, mimetype
from cafcass_reports.exporters.executed import Executed
from cafcass_reports.exporters.page import Page
from cafcass_reports.exporters.review import ReviewExporter

_SCRIPTS = ("vendor/d3.min.js", "vendor/plot.umd.min.js", "dashboard.js")
_DATA = {"slicers", "characteristics", "states", "first"}  # what the script reads of the exhibit


class DashboardExporter(ReviewExporter):
    """Renders the dashboard of an executed notebook, with the texts around it, as a self-contained page.

    Raises
    ------
    ExportError
        Where it is drawn: where the notebook holds no dashboard or several, or for what the review page
        refuses.
    """

    @default("template_name")
    def _template_name_default(self) -> str:
        return "dashboard"

    def _create_environment(self) -> Environment:
        environment = super()._create_environment()
        environment.globals["scripts"] = _scripts()
        environment.filters["script_data"] = _script_data
        return environment

    def _page(self, executed: Executed, name: str) -> Page:
        page = super()._page(executed, name)
        held = sum(isinstance(shown.payload, DashboardPayload) for cell in page.cells for shown in cell.outputs)
        if held != 1:
            raise ExportError(
                f"The notebook {name} holds {held or 'no'} dashboard{'s' * (held > 1)}.",
                valid=f"One output of {mimetype('dashboard')}, as paper.diversity_dashboard() shows it.",
                next_step="Leave the format dashboard out of pack.yml for this paper, or add the exhibit.",
            )
        return page


def _script_data(payload: DashboardPayload) -> Markup:
    """Return what the script reads as JSON that cannot end the element it stands in."""
    return Markup(payload.model_dump_json(include=_DATA).replace("<", "\\u003c"))


@lru_cache
def _scripts() -> tuple[tuple[Markup, str], ...]:
    """Return the page's scripts, each with the hash by which its policy knows it."""
    folder = theme.templates_folder() / "dashboard"
    texts = [(folder / name).read_text(encoding="utf-8") for name in _SCRIPTS]
    digests = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in texts]
    return tuple((Markup(text), f"'sha256-{digest}'") for text, digest in zip(texts, digests, strict=True))
