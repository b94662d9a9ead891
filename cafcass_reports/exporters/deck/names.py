"""Names of Office's elements and attributes, written out as lxml wants them."""

from __future__ import annotations

from functools import lru_cache

from pptx.oxml import ns


@lru_cache(maxsize=512)
def qn(name: str) -> str:
    """Return a name with its namespace: python-pptx takes it apart at each call, of which a deck makes thousands.

    Examples
    --------
    >>> qn("a:t")
    '{http://schemas.openxmlformats.org/drawingml/2006/main}t'
    """
    return ns.qn(name)
