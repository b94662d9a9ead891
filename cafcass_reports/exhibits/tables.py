"""A table payload as plain HTML and text, for JupyterLab and terminals; exporters draw their own."""

from __future__ import annotations

from html import escape

from cafcass_reports.exhibits.payload import Cell, TablePayload, source_line

ARROWS = {"up": "▲", "down": "▼", "level": "►"}


def spoken(cell: Cell) -> str:
    """A cell with its arrow or shape, and its meaning in words."""
    if cell.signal is not None:
        return f"{cell.signal.short} {cell.text}".strip()
    if cell.status is not None:
        return f"{cell.status.shape} {cell.text}"
    parts = (ARROWS.get(cell.arrow or "", ""), cell.text, str(cell.tone or "").replace("neutral", ""))
    return " ".join(part for part in parts if part)


def as_html(table: TablePayload) -> str:
    """Write a table as HTML without style."""
    head = "".join(f'<th scope="col">{escape(column.label)}</th>' for column in table.columns)
    bodies = []
    for section in table.sections:
        title = f'<tr><th colspan="{len(table.columns)}">{escape(section.title)}</th></tr>' if section.title else ""
        rows = "".join(f"<tr>{''.join(_td(cell) for cell in row)}</tr>" for row in section.rows)
        bodies.append(f"<tbody>{title}{rows}</tbody>")
    caption = f"<caption>{escape(table.title)}<br>{escape(table.subtitle)}</caption>"
    below = "".join(f"<p>{escape(line)}</p>" for line in (table.note, source_line(table.source)) if line)
    return f"<table>{caption}<thead><tr>{head}</tr></thead>{''.join(bodies)}</table>{below}"


def _td(cell: Cell) -> str:
    return f"<td>{escape(spoken(cell))}</td>"


def as_text(table: TablePayload) -> str:
    """Write a table as lines of text."""
    lines = [table.title, table.subtitle]
    for section in table.sections:
        lines += [section.title] if section.title else []
        lines += ["  " + " | ".join(spoken(cell) for cell in row) for row in section.rows]
    return "\n".join(line for line in lines if line)
