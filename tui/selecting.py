"""Text selected with the mouse: a stretch of one side of the grid, given back as it stands in the document."""

from dataclasses import dataclass, replace

from tui.rows import Cell, Mark, Page, Row

Place = tuple[int, int]
Stretch = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Selection:
    """From `start` to `end` on one side; a place is a row and a character of its cell."""

    side: str
    start: Place
    end: Place

    def stretch(self, row: int) -> Stretch | None:
        """What of a row is selected, as side, first and last character; -1 for "to the end"."""
        if not self.start[0] <= row <= self.end[0]:
            return None
        return self.side, self.start[1] if row == self.start[0] else 0, self.end[1] if row == self.end[0] else -1

    def marked(self, row: Row, number: int) -> Row:
        """The row with what is selected marked."""
        stretch = self.stretch(number)
        if stretch is None:
            return row
        side, first, last = stretch
        cell: Cell = getattr(row, side)
        mark = Mark(first, len(cell.text) if last < 0 else last, "selected")
        changed = replace(cell, marks=(*cell.marks, mark))
        return replace(row, source=changed) if side == "source" else replace(row, target=changed)

    def text(self, page: Page, document: str) -> str:
        """What is selected, as it stands in the text of its side."""
        found: list[str] = []
        for number in range(self.start[0], self.end[0] + 1):
            stretch = self.stretch(number)
            cell: Cell = getattr(page.row(number), self.side)
            if stretch is None or not cell.pieces:
                continue
            _, first, last = stretch
            start, end = cell.offset(first), cell.offset(len(cell.text) if last < 0 else last)
            if start is not None and end is not None and start < end:
                found.append(document[start:end])
        return "\n".join(found)
