"""Grades of audits: one bar of 100 percent an audit, best first, percentages that add up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cafcass_reports.errors import CatalogueError
from cafcass_reports.exhibits import headlines
from cafcass_reports.exhibits.drawing import draw
from cafcass_reports.exhibits.exhibit import Exhibit, drawn_html
from cafcass_reports.exhibits.payload import ChartForm, ChartPayload, Series, SeriesRole
from cafcass_reports.exhibits.provenance import provenance, sources
from cafcass_reports.metrics.areas import Area
from cafcass_reports.metrics.measurement import SUPPRESSED, Measurement, rounded
from cafcass_reports.metrics.measurements import Measurements
from cafcass_reports.statistics.percentages import largest_remainder


def grades(measurements: Measurements, audits: Mapping[str, Sequence[str]], area: Area) -> Exhibit:
    """Show how audits were graded.

    Parameters
    ----------
    measurements
        What was measured.
    audits
        What was audited, as a plural ("national audits"), and its shares by grade, best first: all metrics of
        the catalogue with the same ``shares``.
    area
        The area shown; one that is not the nation stands beside it. Audits of which a grade is suppressed have no
        bar; the subtitle names them.

    Raises
    ------
    CatalogueError
        Where the metrics named are not all the shares of one whole, or audits are graded differently.
    """
    check_whole(measurements, audits)
    every = {name: [measurements.one(metric, area) for metric in metrics] for name, metrics in audits.items()}
    nation = measurements.areas.nation
    if area != nation:  # an area's few files are read beside those of all
        whole = {name: [measurements.one(metric, nation) for metric in metrics] for name, metrics in audits.items()}
        every |= {f"{name} in {nation.name}": parts for name, parts in whole.items()}
    none = [name for name, parts in every.items() if not any(part.denominator or part.suppressed for part in parts)]
    hidden = [name for name, parts in every.items() if any(part.suppressed for part in parts)]
    # No bar for no file; and a bar of 100 percent would stretch over the grades that are left.
    found = {name: parts for name, parts in every.items() if name not in (*none, *hidden)} or every
    shares = {name: [None] * len(parts) if name in hidden else shares_of(parts) for name, parts in found.items()}
    bands = [headlines.sentence(part.metric.phrase) for part in next(iter(found.values()))]
    title = _title(found, shares, bands[0])
    payload = ChartPayload(
        title=title,
        subtitle=f"Share of audited files by grade, {area.name}, percent"
        + "".join(f"; no {name} in the period" for name in none if name not in found)
        + "".join(f"; {name} {SUPPRESSED}" for name in hidden if name not in found),
        alt=f"Stacked bars of shares. {title}. "
        + " ".join(
            _spoken(name, bands, [None] if name in none else shares_of(parts), parts) for name, parts in every.items()
        ),
        source=sources(part for parts in every.values() for part in parts),
        measurements=tuple(provenance(measurements, part) for parts in found.values() for part in parts),
        form=ChartForm.STACKED_100,
        categories=tuple(_category(name, bands, parts) for name, parts in found.items()),
        series=tuple(
            Series(
                name=band,
                role=SeriesRole.GRADE,
                values=tuple(shares[name][position] for name in found),
                labels=tuple(percent(shares[name][position]) for name in found),
                measurements=tuple(parts[position].id for parts in found.values()),
            )
            for position, band in enumerate(bands)
        ),
        number_format='0"%"',
        unit="percent",
    )
    drawing = draw(payload)
    return Exhibit("chart", payload, drawn_html(payload, drawing), payload.alt, drawing)


def check_whole(measurements: Measurements, audits: Mapping[str, Sequence[str]]) -> None:
    """Raise :class:`CatalogueError` where metrics are not all the shares of one whole, or graded differently."""
    if not audits or not all(audits.values()):
        raise CatalogueError("Audits are shown without metrics.", valid="For each audit all its shares, best first.")
    for name, metrics in audits.items():
        whole = measurements.catalogue[metrics[0]].shares
        every = [part.id for part in measurements.catalogue.values() if part.shares == whole]
        if whole is None or sorted(every) != sorted(metrics):
            raise CatalogueError(
                f"{', '.join(metrics)} are not all the shares of {name}.",
                valid=f"Metrics with the same 'shares': {', '.join(every)}."
                if whole
                else "Metrics that have 'shares'.",
            )
    scales = {tuple(measurements.catalogue[metric].phrase for metric in metrics) for metrics in audits.values()}
    if len(scales) > 1:
        raise CatalogueError(
            f"{', '.join(audits)} are not graded alike, or not named in the same order: "
            + "; ".join(", ".join(scale) for scale in sorted(scales))
            + ".",
            valid="One chart has one scale of grades, best first.",
        )


def shares_of(parts: Sequence[Measurement]) -> Sequence[float | None]:
    """Return the percentages of parts; rounded together, but not with those that are suppressed: they would tell."""
    if any(part.suppressed for part in parts):
        return [None if part.value is None else float(rounded(part.value, 0)) for part in parts]
    return largest_remainder([part.numerator or 0 for part in parts])


def percent(share: float | None) -> str:
    """Write a share as a bar's label; nothing where it is suppressed."""
    return "" if share is None else f"{share:.0f}%"


def _title(found: Mapping[str, Sequence[Measurement]], shares: Mapping[str, Sequence[float | None]], best: str) -> str:
    said = [_said(name, found[name][0], parts[0]) for name, parts in shares.items() if parts[0] is not None]
    if not said:
        hidden = [name for name, parts in found.items() if parts[0].suppressed]
        return f"Grades of {' and '.join(hidden)}: suppressed" if hidden else "No audits in the period"
    text = f"{said[0]} were {best[:1].lower()}{best[1:]}"
    return text + (", and " + " and ".join(said[1:]) if said[1:] else "")


def _said(name: str, part: Measurement, share: float | None) -> str:
    few = (part.denominator or 0) < headlines.FEW
    return f"{part.numerator} of {part.denominator} {name}" if few else f"{percent(share)} of {name}"


def _files(parts: Sequence[Measurement]) -> str:
    """How many files were audited; nothing where that is suppressed with all grades."""
    known = [part.denominator for part in parts if not part.suppressed]
    return f"({known[0] or 0:,} files)" if known else ""


def _category(name: str, bands: Sequence[str], parts: Sequence[Measurement]) -> str:
    """What a bar is of; a grade that has no part of it is named, so that nobody takes it for none."""
    hidden = [band.lower() for band, part in zip(bands, parts, strict=True) if part.suppressed]
    marked = f"{', '.join(hidden)} {SUPPRESSED}" if len(hidden) < len(parts) else f"all grades {SUPPRESSED}"
    lines = (f"{headlines.sentence(name)},", parts[0].when.label, _files(parts), marked if hidden else "")
    return "\n".join(line for line in lines if line)


def _spoken(name: str, bands: Sequence[str], shares: Sequence[float | None], parts: Sequence[Measurement]) -> str:
    if shares[0] is None and not any(part.suppressed for part in parts):
        return f"{headlines.sentence(name)}: none."
    if any(part.suppressed for part in parts):
        return f"{headlines.sentence(name)}, {parts[0].when.label}: no bar, since a grade is suppressed."
    said = ", ".join(f"{band.lower()} {percent(share)}" for band, share in zip(bands, shares, strict=True))
    graded_in = " ".join((parts[0].when.label, _files(parts))).strip()
    return f"{headlines.sentence(name)}, {graded_in}: {said}."
