"""A deck that a person has edited, brought up to date with the deck that the pack makes now.

Three versions of everything are compared: what the pack wrote then (``identity``), what stands there, what the pack
writes now. What no hand has changed is renewed; what a hand has changed stays, and is a conflict where the pack's own
has changed too. ``words``, ``grids`` and ``charts`` merge what shapes hold, ``shapes`` finds them, ``carrying`` brings
in what is new, ``merging`` does it for all slides.
"""

from __future__ import annotations

from cafcass_reports.exporters.deck.refresh.findings import ByHand, Finding, Kind
from cafcass_reports.exporters.deck.refresh.merging import Refreshed, opened, refresh, remembered

__all__ = ["ByHand", "Finding", "Kind", "Refreshed", "opened", "refresh", "remembered"]
