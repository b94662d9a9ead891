"""Names and values quoted for a query, so that nothing in a file or a schema can be taken for SQL."""

from __future__ import annotations


def identifier(name: str) -> str:
    """Return a name as SQL.

    Examples
    --------
    >>> identifier('a "b" c')
    '"a ""b"" c"'
    """
    return '"' + name.replace('"', '""') + '"'


def literal(value: str) -> str:
    """Return a text as SQL.

    Examples
    --------
    >>> print(literal("the children's guardian"))
    'the children''s guardian'
    """
    return "'" + value.replace("'", "''") + "'"
