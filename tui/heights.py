"""How tall each row is and where it starts. Rows far below are estimated first and measured when there is time."""

from bisect import bisect_right
from collections.abc import Collection, Sequence
from copy import copy
from dataclasses import dataclass, field
from itertools import accumulate

from tui.wrapping import height

GUTTER = 9
RULE = 3
AT_ONCE = 20_000  # rows, some 50 ms


@dataclass(frozen=True, slots=True)
class Columns:
    """Widths of the two text columns in cells; `stacked` puts the target below the source."""

    source: int
    target: int
    stacked: bool

    @staticmethod
    def of(width: int, stack_below: int = 100) -> "Columns":
        """The columns that fit a grid `width` cells wide."""
        if width < stack_below:
            room = max(1, width - GUTTER - 1)
            return Columns(room, room, True)
        room = width - GUTTER - RULE - 1
        return Columns(room // 2, room - room // 2, False)

    def height(self, source: str, target: str) -> int:
        """The lines a row with these texts takes, without the empty line before a paragraph."""
        if self.stacked:
            return height(source, self.source) + height(target, self.target)
        return max(height(source, self.source), height(target, self.target))

    def guess(self, source: str, target: str) -> int:
        """A cheap estimate of `height`."""
        left, right = (1 + len(t) * 21 // (20 * max(1, w)) for t, w in ((source, self.source), (target, self.target)))
        return left + right if self.stacked else max(left, right)


@dataclass(slots=True)
class Heights:
    """The tops of all rows for one width. `measured` rows from the start are exact, the rest is estimated.

    Of the rows only `visible` ones (None: all) take any lines.
    """

    texts: Sequence[tuple[str, str]]
    fresh: Sequence[bool]
    columns: Columns
    visible: Collection[int] | None = None
    measured: int = 0
    tops: list[int] = field(default_factory=list)
    _heights: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.measured = min(AT_ONCE, len(self.texts))
        columns = self.columns
        if self.visible is not None:
            self.measured = len(self.texts)
            self._heights = [0] * self.measured
            for row in self.visible:
                self._heights[row] = columns.height(*self.texts[row]) + self.fresh[row]
        else:
            self._heights = [columns.height(*pair) for pair in self.texts[: self.measured]]
            self._heights += [columns.guess(*pair) for pair in self.texts[self.measured :]]
            self._heights = [h + f for h, f in zip(self._heights, self.fresh, strict=True)]
        self._sum()

    def after(self, texts: Sequence[tuple[str, str]], fresh: Sequence[bool]) -> "Heights | None":
        """The heights of other texts in the same columns, of which only those that differ are measured; None if there
        are more or fewer rows."""
        if len(texts) != len(self.texts) or self.visible is not None:
            return None
        others = copy(self)
        others.texts, others.fresh, others._heights = texts, fresh, list(self._heights)
        for number, (now, before) in enumerate(zip(texts, self.texts, strict=True)):
            if (now is not before and now != before) or fresh[number] != self.fresh[number]:
                others._heights[number] = self.columns.height(*now) + fresh[number]
        others._sum()
        return others

    def _sum(self) -> None:
        self.tops = list(accumulate(self._heights, initial=0))

    @property
    def total(self) -> int:
        """Lines of all rows."""
        return self.tops[-1]

    @property
    def settled(self) -> bool:
        """Whether every row is measured."""
        return self.measured >= len(self.texts)

    def measure(self, count: int) -> None:
        """Measure `count` more rows."""
        for number in range(self.measured, min(len(self.texts), self.measured + count)):
            self._heights[number] = self.columns.height(*self.texts[number]) + self.fresh[number]
            self.measured = number + 1
        self._sum()

    def row_at(self, line: int) -> int:
        """The row that holds this line; the last row for lines below the end."""
        return max(0, min(len(self.texts) - 1, bisect_right(self.tops, line) - 1))

    def top(self, row: int) -> int:
        """The first line of a row."""
        return self.tops[row]

    def height(self, row: int) -> int:
        """The lines of a row, with the empty line before a paragraph."""
        return self._heights[row]
