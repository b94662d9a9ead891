"""The slide deck: native, editable PowerPoint.

A document (:mod:`cafcass_reports.exporters.tree`) becomes slides as meant (``story``), pages that fit their
template (``layout``), and a file (``drawing``); ``binding`` puts several into one.
"""

from __future__ import annotations

from cafcass_reports.exporters.deck.drawing import draw, draw_binder
from cafcass_reports.exporters.deck.exporter import DeckExporter
from cafcass_reports.exporters.deck.queries import keep_ready

__all__ = ["DeckExporter", "draw", "draw_binder"]

keep_ready()
