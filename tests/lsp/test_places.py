"""Positions of the protocol: UTF-16 units, and lines broken only where the protocol breaks them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol.types import Position

from glossary.lsp.places import Lines
from glossary.text.spans import Span

TEXT = st.text(st.sampled_from("аїё е́😀👩‍🚀\u2028\x0b\x85\n\ra\t\U0001f1fa"), max_size=40)


@pytest.mark.parametrize(("encoding", "character"), [("utf-16", 4), ("utf-8", 7), ("utf-32", 3)])
def test_what_a_character_counts(encoding: str, character: int) -> None:
    lines = Lines("a\nї😀 б", encoding)
    assert lines.position(5) == Position(1, character)
    assert lines.offset(Position(1, character)) == 5


def test_only_line_ends_of_the_protocol_end_lines() -> None:
    lines = Lines("a\u2028b\x0bc\x85d\r\ne\rf\ng")
    assert [lines.position(offset).line for offset in (6, 9, 11, 13)] == [0, 1, 2, 3]
    assert lines.line(0) == Span(0, 7)


def test_positions_outside_the_text() -> None:
    lines = Lines("ab\ncd")
    assert lines.offset(Position(0, 99)) == 2
    assert lines.offset(Position(9, 0)) == 5
    assert Lines("😀").offset(Position(0, 1)) == 0


@given(TEXT, st.sampled_from(["utf-8", "utf-16", "utf-32"]))
def test_every_offset_comes_back(text: str, encoding: str) -> None:
    lines = Lines(text, encoding)
    for offset in range(len(text) + 1):
        if text[max(0, offset - 1) : offset + 1] != "\r\n":
            assert lines.offset(lines.position(offset)) == offset


@given(TEXT)
def test_utf_16_units_are_those_of_utf_16(text: str) -> None:
    lines = Lines(text)
    for offset in range(len(text) + 1):
        line = lines.position(offset).line
        start = lines.line(line).start
        if offset <= lines.line(line).end:
            assert lines.position(offset).character == len(text[start:offset].encode("utf-16-le")) // 2
