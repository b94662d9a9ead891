"""The ids of a page's elements, which links lead to."""

from __future__ import annotations

from collections.abc import Iterable

from cafcass_reports.exporters.characters import clean


class PageIds:
    """The ids of a page: none is given twice, and a measurement's own is kept for it."""

    def __init__(self) -> None:
        self._reserved: set[str] = set()
        self._given = {"main", "contents", "contents-title"}

    def reserve(self, wished: Iterable[str]) -> None:
        """Keep ids for measurements that come later."""
        self._reserved.update(_as_id(each) for each in wished)

    def claim(self, wished: str) -> str:
        """Give an id, numbered where the one wished for is given or kept."""
        base = _as_id(wished)
        given, count = base, 1
        while given in self._given or given in self._reserved:
            count += 1
            given = f"{base}-{count}"
        self._given.add(given)
        return given

    def claim_measurement(self, wished: str) -> str:
        """Give a measurement its own id where it is first shown, another where it is shown again."""
        if (own := _as_id(wished)) in self._given:
            return self.claim(wished)
        self._given.add(own)
        return own

    def claim_if_free(self, wished: str) -> str:
        """Give the id wished for, or an empty text where it is given or kept."""
        own = _as_id(wished)
        if not wished or own in self._given or own in self._reserved:
            return ""
        self._given.add(own)
        return own


def _as_id(wished: str) -> str:
    return "-".join(clean(wished).split()) or "part"
