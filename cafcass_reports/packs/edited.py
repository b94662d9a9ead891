"""Change single values of a YAML text and leave every other character, comments too, as a person wrote it.

PyYAML says where each value stands; the text is cut there, so that no second YAML library is needed to keep comments.
What comes out is to be read again and compared with what was meant, since anchors and merged keys cannot be cut this
way.
"""

from __future__ import annotations

import json
from collections.abc import Callable

import yaml


def changed(text: str, place: tuple[str, ...], change: Callable[[str], str]) -> str:
    """Change the value at a place, as it is written there, quotes included.

    Parameters
    ----------
    text
        YAML that holds a mapping.
    place
        The keys that lead to the value.
    change
        Takes the value as written and returns what stands there instead.

    Raises
    ------
    ValueError
        Where nothing stands at the place.

    Examples
    --------
    >>> changed("period: {to: 2020-11-30}  # whole months", ("period", "to"), lambda old: "2021-02-28")
    'period: {to: 2021-02-28}  # whole months'
    """
    node: yaml.Node = _root(text)
    for key in place:
        node = _entry(node, key)[1]
    start, end = node.start_mark.index, node.end_mark.index
    return f"{text[:start]}{change(text[start:end])}{text[end:]}"


def replaced(text: str, place: tuple[str, ...], value: str) -> str:
    """Put a value, as it is to be written, in the place of another; otherwise as :func:`changed`."""
    return changed(text, place, lambda old: value)


def with_key(text: str, key: str, value: str, before: str) -> str:
    r"""Set a key of the outermost mapping; a new one is put before another.

    Raises
    ------
    ValueError
        Where the other key is not there.

    Examples
    --------
    >>> with_key("owner: Head of performance\ndate: 2021-01-11", "reviewed", "no", before="date")
    'owner: Head of performance\nreviewed: no\ndate: 2021-01-11'
    """
    root = _root(text)
    if any(known.value == key for known, _ in root.value):
        return replaced(text, (key,), value)
    at = _entry(root, before)[0].start_mark
    end = ", " if root.flow_style else f"\n{' ' * at.column}"
    return f"{text[: at.index]}{key}: {value}{end}{text[at.index :]}"


def with_comment(text: str, key: str, comment: str) -> str:
    """Put a comment on a line of its own above a key of the outermost mapping.

    Raises
    ------
    ValueError
        Where the key is not there.
    """
    at = _entry(_root(text), key)[0].start_mark
    line = text.rfind("\n", 0, at.index) + 1
    return f"{text[:line]}{' ' * at.column}# {comment}\n{text[line:]}"


def written(value: str) -> str:
    """Return a text as YAML reads it back, in quotes where it would be taken for a number or a day."""
    return value if yaml.safe_load(value) == value else json.dumps(value)


def _root(text: str) -> yaml.MappingNode:
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    if not isinstance(root, yaml.MappingNode):
        raise ValueError("it holds no keys")
    return root


def _entry(node: yaml.Node, key: str) -> tuple[yaml.Node, yaml.Node]:
    for known, value in node.value if isinstance(node, yaml.MappingNode) else ():
        if known.value == key:
            return known, value
    raise ValueError(f"{key} is not written out")
