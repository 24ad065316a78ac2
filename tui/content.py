"""Styled content for widgets, made of safe text: never markup, never a bare `str`."""

from rich.segment import Segment
from textual.color import Color
from textual.content import Content
from textual.filter import LineFilter

from tui.safe_text import lines, safe

Part = str | tuple[str, str]


def plain(text: str, style: str = "") -> Content:
    """Text from anywhere as one-line content."""
    return Content.styled(safe(text), style) if style else Content(safe(text))


def composed(*parts: Part) -> Content:
    """Content of texts and (text, style) pairs; line feeds stay, everything else passes through `safe`."""
    return Content.assemble(*((lines(p), "") if isinstance(p, str) else (lines(p[0]), p[1]) for p in parts))


class SafeFilter(LineFilter):
    """The last door: whatever a widget painted, no control character leaves for the terminal."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same segments with unsafe characters replaced."""
        return [
            segment if segment.control or (segment.text.isascii() and segment.text.isprintable()) else _safe(segment)
            for segment in segments
        ]


def _safe(segment: Segment) -> Segment:
    text = safe(segment.text)
    return segment if text == segment.text else Segment(text, segment.style)
