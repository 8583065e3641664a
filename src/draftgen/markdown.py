"""The draft as Markdown, for reading and for comparing two drafts."""

from __future__ import annotations

from draftgen.draft import Chart, Contents, Cover, Draft, Heading, Table, Title


def as_markdown(draft: Draft) -> str:
    """Return the draft as Markdown; merged cells are shown once, in their first row."""
    parts: list[str] = []
    for block in draft.blocks:
        if isinstance(block, Contents):
            continue
        if isinstance(block, Title | Cover):
            parts.append("# " + block.text.replace("\n", ""))
        elif isinstance(block, Heading):
            parts.append("#" * (block.level + 1) + " " + block.text)
        elif isinstance(block, Table):
            parts.append(_table(block))
        elif isinstance(block, Chart):
            parts.append(_chart(block))
        else:
            parts.append(block.text)
    return "\n\n".join(parts) + "\n"


def _table(table: Table) -> str:
    width = len(table.columns)
    caption = "".join(i.text for i in table.caption)
    lines = [f"**{caption}**" + (f"（{'，'.join(table.above)}）" if table.above else ""), ""]
    lines += [_line([c.text for c in table.columns]), "|" + " --- |" * width]
    open_spans = [0] * width
    for row in table.rows:
        cells, at = [""] * width, 0
        for cell in row.cells:
            while at < width and open_spans[at] > 0:
                open_spans[at] -= 1
                at += 1
            cells[at] = cell.text.replace("\n", "<br>").replace("|", "\\|")
            for covered in range(at, at + cell.column_span):
                open_spans[covered] = cell.row_span - 1
            at += cell.column_span
        for covered in range(at, width):
            open_spans[covered] = max(0, open_spans[covered] - 1)
        lines.append(_line(cells))
    return "\n".join(lines + ["".join(i.text for i in note) for note in table.notes])


def _chart(chart: Chart) -> str:
    """Return the points of a chart as a small table."""
    rows = [list(row) for row in chart.rows]
    head = rows.pop(0) if chart.rows and chart.rows[0][0] == "" else [""] * (len(chart.series) + 1)
    return "\n".join([f"**{chart.head}**", "", _line(head), "|" + " --- |" * len(head), *map(_line, rows)])


def _line(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"
