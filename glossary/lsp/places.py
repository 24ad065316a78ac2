"""Offsets in code points, and the positions of the protocol: lines from 0 and units of the encoding agreed on."""

import re
from bisect import bisect_right

from lsprotocol.types import Position, PositionEncodingKind, Range

from glossary.text.spans import Span

_BREAK = re.compile(r"\r\n|\r|\n")


class Lines:
    """The lines of a text, broken where the protocol breaks them: at LF, CR and CRLF, and nowhere else.

    `encoding` says what a character counts: UTF-16 units (an emoji is two), UTF-8 bytes or code points.
    """

    def __init__(self, text: str, encoding: str = PositionEncodingKind.Utf16) -> None:
        self.text = text
        self._size = _SIZES[PositionEncodingKind(encoding)]
        breaks = [match.span() for match in _BREAK.finditer(text)]
        self._starts = [0, *(end for _, end in breaks)]
        self._ends = [*(start for start, _ in breaks), len(text)]

    def position(self, offset: int) -> Position:
        """The position of a code point."""
        line = bisect_right(self._starts, offset) - 1
        start = self._starts[line]
        return Position(line, self._size(self.text[start : min(offset, self._ends[line])]))

    def offset(self, position: Position) -> int:
        """The code point at a position; past the end of a line its end, inside a character its start."""
        if position.line >= len(self._starts):
            return len(self.text)
        offset, left = self._starts[position.line], position.character
        for letter in self.text[offset : self._ends[position.line]]:
            left -= self._size(letter)
            if left < 0:
                break
            offset += 1
        return offset

    def range(self, span: Span) -> Range:
        """The range of a span."""
        return Range(self.position(span.start), self.position(span.end))

    def line(self, number: int) -> Span:
        """The span of a line, without its break."""
        return Span(self._starts[number], self._ends[number])


_SIZES = {
    PositionEncodingKind.Utf8: lambda text: len(text.encode("utf-8", "surrogatepass")),
    PositionEncodingKind.Utf16: lambda text: len(text) + sum(letter > "\uffff" for letter in text),
    PositionEncodingKind.Utf32: len,
}
