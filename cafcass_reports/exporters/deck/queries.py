"""What python-pptx asks its trees, kept ready: it compiles each query and takes each name apart anew at every call.

That is some thousand times a deck for the same few dozen, and was a fifth of a deck's time. The answers are the same.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from lxml import etree
from pptx.oxml import ns, xmlchemy

from cafcass_reports.exporters.deck.names import qn


def keep_ready() -> None:
    """Let all elements of python-pptx ask so from now on."""
    xmlchemy.BaseOxmlElement.xpath = _ask  # type: ignore[method-assign]
    xmlchemy.qn = qn  # type: ignore[attr-defined]  # its own import, of all names in its trees


def _ask(self: xmlchemy.BaseOxmlElement, xpath_str: str) -> Any:
    return _compiled(xpath_str)(self)


@lru_cache(maxsize=512)
def _compiled(query: str) -> etree.XPath:
    return etree.XPath(query, namespaces=ns._nsmap)
