"""What a paper is about."""

from __future__ import annotations

from typing import Literal

from cafcass_reports.exhibits.payload.shown import Payload


class PreviousPayload(Payload):
    """The pack before: what it is called from here (``last quarter``), and what it reported on."""

    called: str
    about: str


class PaperPayload(Payload):
    """What a paper is about; shown by its set-up cell and read by every exporter.

    ``period`` and ``as_at`` are in words; ``dated`` is the ISO date that stands in files' properties. ``author`` is a
    role. ``purpose`` says in a sentence why its ``readers`` are given the paper: the board, where nobody else is named.
    """

    pack: str
    pack_title: str
    organisation: str
    area: str
    period: str
    as_at: str
    dated: str
    status: Literal["draft", "final"]
    classification: str
    synthetic: bool
    author: str = ""
    purpose: str = ""
    readers: str = ""
    previous: PreviousPayload | None = None
