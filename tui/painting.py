"""Rows as lines of styled segments: the typography of the grid, without the widget."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from rich.cells import get_character_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.heights import GUTTER, Columns
from tui.rows import GLYPHS, Cell, Row
from tui.wrapping import padded, wrapped

ABSENT = "— no counterpart —"
DOUBTFUL = 0.6
Styles = Mapping[str, Style]


def painted(row: Row, number: int, columns: Columns, styles: Styles, cursor: bool, aligned: bool) -> list[Strip]:
    """The lines of a row, `number` counted from 0. `styles` has one for each kind of mark and for the furniture."""
    base = styles["cursor"] if cursor else styles["base"]
    paired = aligned and row.sure is not None
    source = _column(row.source, columns.source, base + styles["source"], styles, paired)
    target = _column(row.target, columns.target, base + styles["target"], styles, paired)
    bar = Segment("▌" if cursor else " ", base + styles["bar"])
    head = [bar, *_gutter(row, number, base, styles, aligned)]
    blank = [bar, Segment(" " * (GUTTER - 1), base)]
    edge = Segment(" ", base)
    lines: list[list[Segment]] = []
    if columns.stacked:
        below = [bar, Segment("      ↳ ".rjust(GUTTER - 1), base + styles["rule"])]
        lines += [[*(blank if at else head), *line, edge] for at, line in enumerate(source)]
        lines += [[*(blank if at else below), *line, edge] for at, line in enumerate(target)]
    else:
        rule = Segment(" │ ", base + styles["rule"])
        for at in range(max(len(source), len(target))):
            left = source[at] if at < len(source) else [Segment(" " * columns.source, base)]
            right = target[at] if at < len(target) else [Segment(" " * columns.target, base)]
            lines.append([*(blank if at else head), *left, rule, *right, edge])
    strips = [Strip(line) for line in lines]
    if row.fresh:
        strips.insert(0, _spacer(columns, styles))
    return strips


def _spacer(columns: Columns, styles: Styles) -> Strip:
    base = styles["base"]
    if columns.stacked:
        return Strip([Segment(" " * (GUTTER + columns.source + 1), base)])
    return Strip(
        [
            Segment(" " * (GUTTER + columns.source), base),
            Segment(" │ ", base + styles["rule"]),
            Segment(" " * (columns.target + 1), base),
        ]
    )


def _gutter(row: Row, number: int, base: Style, styles: Styles, aligned: bool) -> list[Segment]:
    """Number, worst finding, and how sure the bead is: ● pinned, ? doubtful."""
    if not aligned:
        return [Segment(" " * (GUTTER - 1), base)]
    severity = row.severity
    glyph = (
        Segment(" ", base)
        if severity is None
        else Segment(GLYPHS[severity], base + styles[severity.name.lower()] + Style(underline=False))
    )
    if row.pinned:
        pin = Segment("●", base + styles["bar"])
    else:
        doubtful = row.sure is not None and row.sure < DOUBTFUL
        pin = Segment("?" if doubtful else " ", base + styles["number"])
    return [Segment(f"{row.label or number + 1:4d} ", base + styles["number"]), glyph, pin, Segment(" ", base)]


def _column(cell: Cell, width: int, base: Style, styles: Styles, paired: bool) -> list[list[Segment]]:
    if not cell.text:
        return [[Segment(padded(ABSENT if paired else "", width), base + styles["absent"])]]
    return [_line(cell, start, end, width, base, styles) for start, end in wrapped(cell.text, width)]


def _line(cell: Cell, start: int, end: int, width: int, base: Style, styles: Styles) -> list[Segment]:
    """One line of a cell: cut at the edges of its marks, later marks painted over earlier ones."""
    text = cell.text[start:end].rstrip(" ")
    end = start + len(text)
    marks = [mark for mark in cell.marks if mark.start < end and mark.end > start]
    if not marks:
        return [Segment(padded(text, width), base)]
    cuts = sorted({start, end, *(max(start, m.start) for m in marks), *(min(end, m.end) for m in marks)})
    found: list[Segment] = []
    for first, last in pairwise(cuts):
        style = base
        for mark in marks:
            if mark.start <= first and mark.end >= last:
                style += styles[mark.kind]
        found.append(Segment(cell.text[first:last], style))
    rest = width - sum(segment.cell_length for segment in found)
    if rest > 0:
        found.append(Segment(" " * rest, base))
    return found


def hit(columns: Columns, row: Row, line: int, x: int) -> tuple[str, int] | None:
    """The side and the place in its cell that stand at column `x` of line `line` of a row; None outside the texts."""
    line -= row.fresh
    if line < 0 or x < GUTTER:
        return None
    source = wrapped(row.source.text, columns.source)
    side, cell, lines, left, width = "source", row.source, source, GUTTER, columns.source
    if columns.stacked and line >= len(source):
        line -= len(source)
        side, cell, lines = "target", row.target, wrapped(row.target.text, columns.target)
    elif not columns.stacked and x >= GUTTER + columns.source + 2:
        left, width = GUTTER + columns.source + 3, columns.target
        side, cell, lines = "target", row.target, wrapped(row.target.text, columns.target)
    if line >= len(lines):
        return side, len(cell.text)
    start, end = lines[line]
    return side, _place(cell.text, start, end, min(max(0, x - left), width))


def _place(text: str, start: int, end: int, cells: int) -> int:
    for place in range(start, end):
        cells -= get_character_cell_size(text[place])
        if cells < 0:
            return place
    return end


def joined(strips: Sequence[Strip]) -> str:
    """The plain text of lines, for tests and for the curious."""
    return "\n".join(strip.text for strip in strips)
