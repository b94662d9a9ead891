"""The paper that a notebook opens: measurements, commentary and exhibits of one pack and one area."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any, Literal, TypeAlias

import pandas as pd
from matplotlib.axes import Axes

from cafcass_reports.errors import CatalogueError
from cafcass_reports.exhibits import dashboard
from cafcass_reports.exhibits.agreement import agreement
from cafcass_reports.exhibits.beyond import beyond
from cafcass_reports.exhibits.breakdown import breakdown
from cafcass_reports.exhibits.combo import combo
from cafcass_reports.exhibits.commentary import commentary
from cafcass_reports.exhibits.comparison import comparison
from cafcass_reports.exhibits.contributions import contributions
from cafcass_reports.exhibits.control import spc
from cafcass_reports.exhibits.dots import dots
from cafcass_reports.exhibits.drawing import axes
from cafcass_reports.exhibits.exceptions import exceptions
from cafcass_reports.exhibits.exhibit import Exhibit
from cafcass_reports.exhibits.frame import frame_table
from cafcass_reports.exhibits.grades import grades
from cafcass_reports.exhibits.grades_over_time import grades_over_time
from cafcass_reports.exhibits.intervals import intervals
from cafcass_reports.exhibits.matrix import matrix
from cafcass_reports.exhibits.multiples import multiples
from cafcass_reports.exhibits.numbers import numbers
from cafcass_reports.exhibits.over_time import over_time
from cafcass_reports.exhibits.panels import panels
from cafcass_reports.exhibits.payload import Arrangement, PaperPayload, PreviousPayload, mimetype
from cafcass_reports.exhibits.picture import picture
from cafcass_reports.exhibits.projection import past_projections, projection, scenarios
from cafcass_reports.exhibits.quotation import quotation
from cafcass_reports.exhibits.registers import RegisterBook
from cafcass_reports.exhibits.scorecard import Row, scorecard
from cafcass_reports.exhibits.standing import standing
from cafcass_reports.exhibits.stock_and_flow import stock_and_flow
from cafcass_reports.exhibits.trend import trend
from cafcass_reports.metrics.areas import Area, By, Level
from cafcass_reports.metrics.measurement import Measurement
from cafcass_reports.metrics.measurements import Measurements
from cafcass_reports.metrics.process import MONTHS
from cafcass_reports.packs import reads
from cafcass_reports.packs.measured import measured, previous
from cafcass_reports.packs.parameters import open_pack
from cafcass_reports.packs.scorecards import rows_of
from cafcass_reports.periods import Snapshot

_CALLED = {2: "last quarter", 3: "last quarter", 4: "last quarter", 12: "last year"}  # by months between the ends
DerivedFrom: TypeAlias = str | pd.DataFrame | Sequence[str | pd.DataFrame]


class Paper:
    """A paper; :func:`cafcass_reports.open_paper` opens one.

    Displayed in a cell, it says what it is about, and hands that on to every format.
    """

    def __init__(
        self,
        pack: str | Path,
        area: str,
        *,
        author: str = "",
        purpose: str = "",
        readers: str = "",
        period_of: str = "",
    ) -> None:
        self._author, self._purpose, self._readers = author, purpose, readers
        with reads.of_figures() as opened:
            self._pack = open_pack(pack)
            self._measured = measured(self._pack, key=reads.key())
            opened.append(self._measured.measurements)
        self._area = self._measured.measurements.areas.named(area)
        self._when = self.measurements.when(self.measurements.catalogue[period_of]) if period_of else None

    @property
    def measurements(self) -> Measurements:
        """Every figure of the pack, for all areas, as :class:`Measurements`."""
        return self._measured.measurements

    @property
    def registers(self) -> RegisterBook:
        """What people keep by hand: ``paper.registers.themes()`` shows one, as the pack's snapshot found it."""
        return RegisterBook(self.measurements, self._measured.registers, self._area)

    def scorecard(self, name: str, *sections: str) -> Exhibit:
        """Show a scorecard of ``params/scorecards.yml``, or only the sections named."""
        return scorecard(self.measurements, self._rows(name, sections))

    def over_time(self, name: str, *sections: str) -> Exhibit:
        """Show a scorecard, or only the sections named, by quarter and month, with the icons of its control charts."""
        return over_time(self.measurements, self._rows(name, sections))

    def exceptions(self, name: str, *sections: str) -> Exhibit:
        """Show which measures of a scorecard need attention, by rule, why, and in which areas or teams."""
        return exceptions(self.measurements, self._metrics(name, sections), self._area)

    def standing(self, name: str, *sections: str) -> Exhibit:
        """Show this paper's area against the nation in a scorecard's measures, or the range of the nation's areas."""
        return standing(self.measurements, self._metrics(name, sections), self._area)

    def contributions(self, metric: str, *, by: By | None = None) -> Exhibit:
        """Show why a figure moved in a year: what each part of this paper's area added, adding up to the change."""
        return contributions(self.measurements, metric, self._area, by or self._area.parts)

    def grades(self, audits: Mapping[str, Sequence[str]]) -> Exhibit:
        """Show how audits were graded: for each audit its shares, best first."""
        return grades(self.measurements, audits, self._area)

    def grades_over_time(self, name: str, *metrics: str) -> Exhibit:
        """Show how the grades of an audit moved by quarter; ``metrics`` are its shares, best first."""
        return grades_over_time(self.measurements, name, metrics, self._area)

    def agreement(self, grades: Mapping[str, Sequence[str]]) -> Exhibit:
        """Show how far moderators agree with first grades, in the whole nation: an area has too few of them."""
        return agreement(self.measurements, grades, self.measurements.areas.nation)

    def trend(self, *metrics: str, months: int = 24) -> Exhibit:
        """Show metrics over the latest months, as lines; what is returned each week over as many weeks."""
        return trend(self.measurements, metrics, self._area, months)

    def spc(self, *metrics: str, months: int = MONTHS) -> Exhibit:
        """Show one to four metrics on control charts: limits, special causes, target."""
        return spc(self.measurements, metrics, self._area, months)

    def matrix(self, *metrics: str, by: By | None = None, months: int = MONTHS) -> Exhibit:
        """Show what control charts of metrics say of each part of this paper's area, as a table of icons.

        Without ``by`` these are its areas, or the teams of a single area; a team is shown among those of its area.
        """
        whole, parts = self._compared
        return matrix(self.measurements, metrics, whole, by=by or parts, months=months)

    def numbers(self, *metrics: str) -> Exhibit:
        """Show one to six figures set large, the most important first."""
        return numbers(self.measurements, metrics, self._area)

    def compare(self, metric: str, *, by: By | None = None) -> Exhibit:
        """Compare the parts of this paper's area in one metric, as bars: its areas, or the teams of a single area.

        A team is compared with the others of its area.
        """
        whole, parts = self._compared
        return comparison(self.measurements, metric, whole, by or parts)

    def combo(self, metric: str, *, months: int = 12) -> Exhibit:
        """Show a metric's latest months as columns, with a line through the same months of the year before."""
        return combo(self.measurements, metric, self._area, months)

    def dots(self, metric: str, *, by: By | None = None) -> Exhibit:
        """Show the parts of this paper's area in one share as dots, with how far chance could move each of them."""
        return dots(self.measurements, metric, self._area, by or self._area.parts)

    def multiples(self, metric: str, *, by: By | None = None, months: int = 24) -> Exhibit:
        """Show one share, mean or rate over the latest months in each part of this paper's area, in small charts."""
        return multiples(self.measurements, metric, self._area, by or self._area.parts, months)

    def beyond(self, metric: str, limit: float, *, by: By = "team") -> Exhibit:
        """List the parts of this paper's area whose figure lies at a limit or beyond it, the furthest first."""
        return beyond(self.measurements, metric, limit, self._area, by)

    def stock_and_flow(self, stock: str, opened: str, closed: str, *, months: int = 12) -> Exhibit:
        """Show a stock month by month with what was opened and closed between, as a table that adds up."""
        return stock_and_flow(self.measurements, stock, (opened, closed), self._area, months)

    def projection(self, name: str, *, months: int = 24) -> Exhibit:
        """Show a stock over the latest months, and as ``params/projections.yml`` projects it, with its range."""
        return projection(self.measurements, name, self._area, months)

    def scenarios(self, name: str) -> Exhibit:
        """Show what a projected stock would become on each of its assumptions, as a table."""
        return scenarios(self.measurements, name, self._area)

    def past_projections(self, name: str) -> Exhibit:
        """Show how the same projection did when it was made in the past, by how many months ahead, as a table."""
        return past_projections(self.measurements, name, self._area)

    def breakdown(self, *metrics: str, by: By | None = None) -> Exhibit:
        """Show the parts of this paper's area by the shares of one whole, such as colleagues by gender, as a table."""
        return breakdown(self.measurements, metrics, self._area, by or self._area.parts)

    def commentary(self, name: str) -> Exhibit:
        """Show ``params/<pack>/commentary/<name>.md`` with its figures filled in."""
        return commentary(self.measurements, self._text(name), self._area)

    def quadrants(self, name: str) -> Exhibit:
        """Show a commentary of four parts, each under ``##``, two by two."""
        return panels(self.measurements, self._text(name), self._area, Arrangement.QUADRANTS)

    def pillars(self, name: str) -> Exhibit:
        """Show a commentary of two to five parts side by side."""
        return panels(self.measurements, self._text(name), self._area, Arrangement.PILLARS)

    def timeline(self, name: str) -> Exhibit:
        """Show a commentary of two to eight parts in order of time; the title of each says when."""
        return panels(self.measurements, self._text(name), self._area, Arrangement.TIMELINE)

    def quotation(self, name: str) -> Exhibit:
        """Show a commentary that is somebody's words; its first lines also say ``speaker:``."""
        return quotation(self.measurements, self._text(name), self._area)

    def measure(
        self,
        metric: str,
        *,
        by: Literal["month", "quarter", "year", "region", "area", "team"] = "month",
        last: int | None = None,
    ) -> pd.DataFrame:
        """Return a metric as a frame: its columns are those of :meth:`Measurements.frame`.

        Parameters
        ----------
        metric
            A metric of the catalogue.
        by
            The steps of time, or the parts of this paper's area.
        last
            Keep so many of the latest rows.
        """
        found = self.measurements.frame(metric, self._area, by)
        return found if last is None else found.tail(last).reset_index(drop=True)

    def chart(self, drawn: object, *, title: str, alt: str, derived_from: DerivedFrom = ()) -> Exhibit:
        """Show a figure of matplotlib or seaborn.

        Parameters
        ----------
        drawn
            What the plotting call returned: axes, a figure or a grid.
        title, alt
            Its message, and what a reader who cannot see it hears.
        derived_from
            The metrics it is drawn from, or the frames that :meth:`measure` gave. Without any it is marked as
            unprotected.
        """
        found, rows = self._derived(derived_from)
        return picture(self.measurements, drawn, found, title=title, alt=alt, rows=rows)

    def table(self, frame: pd.DataFrame, *, title: str, derived_from: DerivedFrom = ()) -> Exhibit:
        """Show a frame as a table; ``derived_from`` is as for :meth:`chart`."""
        found, rows = self._derived(derived_from)
        return frame_table(self.measurements, frame, found, title=title, rows=rows)

    def axes(self, width: float = 6.8, height: float = 3.2) -> Axes:
        """Return empty axes in the house look, so many inches wide and high, to plot on."""
        return axes(width, height)

    def figure(self, metric: str) -> str:
        """Return one figure as a reader sees it, for a title or alt text."""
        return self.measurements.one(metric, self._area).shown

    def change(self, metric: str) -> str:
        """Return the change of one figure as a reader sees it.

        Raises
        ------
        CatalogueError
            Where the metric is not compared with anything, or the comparison is missing.
        """
        found = self.measurements.one(metric, self._area)
        if not found.change_shown:
            raise CatalogueError(
                f"{metric} has no change for {self._area.name}.", valid="Its value is there: paper.figure."
            )
        return found.change_shown

    def diversity_dashboard(self) -> Exhibit:
        """Show gender, disability and ethnicity of the workforce as a dashboard with slicers; see docs/dashboard.md."""
        return dashboard.dashboard(self.measurements, self._measured.registers)

    def diversity_by_unit(self) -> Exhibit:
        """Show them by business unit beside the local population, as a table."""
        return dashboard.by_unit(self.measurements, self._measured.registers)

    def diversity_over_time(self) -> Exhibit:
        """Show them at each quarter end, as lines."""
        return dashboard.over_time(self.measurements, self._measured.registers)

    def intervals(self, *metrics: str) -> Exhibit:
        """Show shares of few answers, each with how far chance alone could have moved it."""
        return intervals(self.measurements, metrics, self._area)

    @property
    def _compared(self) -> tuple[Area, Literal["area", "team"]]:
        """What parts are compared in, and which: this paper's area, or that of its team."""
        own = self._area
        whole = self.measurements.areas.named(own.part_of) if own.level is Level.TEAM and own.part_of else own
        return whole, own.parts

    def _text(self, name: str) -> Path:
        return self._pack.commentary_folder / f"{name}.md"

    def _rows(self, name: str, sections: Sequence[str]) -> list[tuple[str, list[Row]]]:
        return rows_of(self._pack, self.measurements, name, sections, self._area)

    def _metrics(self, name: str, sections: Sequence[str]) -> list[str]:
        return [row.measurement.metric.id for _, rows in self._rows(name, sections) for row in rows]

    def _derived(self, derived_from: DerivedFrom) -> tuple[list[Measurement], dict[str, list[Measurement]]]:
        """The figures of this paper that something is derived from, and by metric the rows of frames."""
        given = [derived_from] if isinstance(derived_from, str | pd.DataFrame) else list(derived_from)
        rows: dict[str, list[Measurement]] = {}
        for part in given:
            if isinstance(part, pd.DataFrame):
                if "measurement" not in part:
                    raise CatalogueError(
                        "A frame has no column 'measurement'.",
                        valid="Frames that paper.measure gave, or names of metrics.",
                    )
                # After a merge a row may be of the other frame alone, and of no figure.
                for figure in part["measurement"].dropna():
                    found = self.measurements.by_id(figure)
                    rows.setdefault(found.metric.id, []).append(found)
            else:
                rows.setdefault(part, [])
        figures = [self.measurements.one(metric, self._area) for metric in rows]
        return figures, {metric: found for metric, found in rows.items() if found}

    @property
    def payload(self) -> PaperPayload:
        """What the paper is about."""
        parameters = self._pack.parameters
        reporting = self.measurements.reporting
        return PaperPayload(
            pack=self._pack.name,
            pack_title=parameters.title,
            organisation=parameters.organisation,
            area=self._area.name,
            period=(self._when or reporting.period).label,
            as_at=(Snapshot(self._when.last) if self._when else reporting.snapshot).label,
            dated=parameters.date.isoformat(),
            status=parameters.status,
            classification=parameters.classification,
            synthetic=self._measured.synthetic,
            author=self._author,
            purpose=self._purpose,
            readers=self._readers,
            previous=self._previous(),
        )

    def _previous(self) -> PreviousPayload | None:
        before = previous(self._pack)
        if before is None:
            return None
        period, own = before.parameters.period, self._pack.parameters.period
        months = (own.to.year - period.to.year) * 12 + own.to.month - period.to.month
        about = f"{before.parameters.title} ({period.period.label}, as at {before.snapshot.label})"
        return PreviousPayload(called=_CALLED.get(months, "the last papers"), about=about)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        about = self.payload
        said = f"{about.pack_title}: {about.area}, {about.period}, as at {about.as_at}."
        said += " Synthetic data." if about.synthetic else ""
        return {
            mimetype("paper"): about.model_dump(mode="json"),
            "text/html": f"<p>{escape(said)}</p>",
            "text/plain": said,
        }
