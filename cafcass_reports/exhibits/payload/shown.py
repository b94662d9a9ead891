"""What every exhibit says of itself: how its figures came about, its source, whose text it is."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict


class Payload(BaseModel):
    """What stands in a notebook as JSON: no field unknown, no number that JSON cannot hold, never changed."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class HistoryPoint(Payload):
    """One other figure of the same metric: its id, its period in words and its value as shown."""

    period: str
    value: str
    measurement: str = ""


class Since(Payload):
    """How a figure moved since the pack before: id and value there, in a sentence, and how far in percent or points."""

    measurement: str
    value: str
    said: str
    size: float


class Provenance(Payload):
    """How one shown figure came about. Texts are as a reader sees them.

    ``sql`` is the query that can be run against the extracts; ``None`` for a reported or projected figure, and where a
    part of the nation is asked for what is recorded for the whole of it.
    ``measurement`` is the id of its row in ``measurements.csv``. ``calculation`` says how the value follows from
    numerator and denominator. ``since`` is None where there is no pack before, or the figure reads as it did there.
    """

    measurement: str
    metric: str
    title: str
    definition: str
    kind: Literal["measured", "reported", "projected"]
    area: str
    period: str
    value: str
    numerator: str
    denominator: str
    calculation: str = ""
    comparison: str
    change: str
    source: str
    owner: str
    sql: str | None
    history: tuple[HistoryPoint, ...] = ()
    since: Since | None = None


class Shown(Payload):
    """What every exhibit says of itself: message, what is shown, what a reader who cannot see it hears.

    ``source`` names the extracts, without the word itself, which formats add. ``protected`` is False where nobody can
    say from which figures an exhibit was made: a frame or a picture that came without its metrics.
    """

    title: str
    subtitle: str
    alt: str
    source: str
    measurements: tuple[Provenance, ...] = ()
    protected: bool = True


class Written(Payload):
    """What every exhibit of a person's text says of it: its file's name, its owner (a role) and its date.

    ``reviewed`` is False for a text that came from the last pack and that its owner has not looked at since.
    ``left_out`` says why sentences are missing: their figures are not there for the area.
    """

    name: str
    owner: str
    dated: str
    reviewed: bool = True
    left_out: tuple[str, ...] = ()


def source_line(source: str) -> str:
    """Return the line under an exhibit that says where its figures come from; empty where nobody said.

    Examples
    --------
    >>> source_line("Case records, as at 1 December 2020")
    'Source: Case records, as at 1 December 2020.'
    """
    return f"Source: {source.rstrip('.')}." if source else ""
