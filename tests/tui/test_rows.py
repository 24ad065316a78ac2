"""Rows of the grid: safe text, marks in their places, and the way back to the offsets of the document."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.style import Style

from glossary.findings import Finding
from glossary.text.spans import Span
from tui.heights import Columns
from tui.painting import hit, joined, painted
from tui.rows import Page, Row, cell_of

KINDS = ("base", "cursor", "source", "target", "bar", "number", "rule", "absent", "quote", "term", "info", "warning")
STYLES = {
    kind: Style()
    for kind in (*KINDS, "error", "current", *(f"sign-{k}" for k in ("quote", "info", "warning", "error")))
}


def marked(row_cell: Any, kind: str) -> list[str]:
    """What the marks of a kind cover."""
    return [row_cell.text[mark.start : mark.end] for mark in row_cell.marks if mark.kind == kind]


def page(desk: Any) -> Page:
    return Page.of(desk.examine(desk.read()))


def test_marks_signs_and_clusters_stand_where_they_belong(desk: Any) -> None:
    rows = page(desk)
    assert len(rows) == 8
    munition = rows.row(1)
    assert marked(munition.source, "error") == ["loitering munitions"]
    assert marked(munition.target, "error") == ["дроны-бомбы"]
    assert marked(munition.target, "sign-error") == ["✗"]
    assert marked(rows.row(2).target, "quote") == ["Держимся"]
    assert "Держимся¹»" in rows.row(2).target.text
    assert marked(rows.row(3).source, "term") == ["Friendly fire"]
    assert [rows.row(n).fresh for n in range(4)] == [False, True, False, False]


def test_findings_about_whole_rows_leave_the_text_readable(desk: Any) -> None:
    def whole(examined: Any) -> tuple[Finding, ...]:
        return (
            Finding("doubtful-bead", 0, examined.alignment.source_spans(0)[0], examined.alignment.target_spans(0)[0]),
        )

    desk.extra = whole
    row = page(desk).row(0)
    assert row.severity is not None
    assert row.source.marks == ()
    assert page(desk).row(0, whole(desk.examine(desk.read()))[0]).source.marks == ()


def test_the_finding_pointed_at_is_marked_and_not_remembered(desk: Any) -> None:
    examined = desk.examine(desk.read())
    rows = Page.of(examined)
    assert marked(rows.row(1, examined.findings[0]).target, "current") == ["дроны-бомбы"]
    assert marked(rows.row(1).target, "current") == []


@given(
    st.text("аб \n\x1b\u202e", max_size=30),
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=3),
    st.lists(st.tuples(st.integers(0, 30), st.sampled_from("✗!²")), max_size=3),
)
@settings(max_examples=100, deadline=None)
def test_places_lead_back_to_offsets(text: str, pairs: list[tuple[int, int]], glyphs: list[tuple[int, str]]) -> None:
    places = sorted({min(n, len(text)) for pair in pairs for n in pair})
    spans = [Span(a, b) for a, b in zip(places[::2], places[1::2], strict=False) if a < b]
    cell = cell_of(text, spans, [(span, "term") for span in spans], glyphs)
    for span in spans:
        shown = "".join(cell.text[a:b] for a, b in cell.place(span))
        assert len(shown) == len(span)
        for start, end in cell.place(span):
            assert all(cell.offset(n) in range(span.start, span.end + 1) for n in range(start, end))
    assert all(0 <= mark.start <= mark.end <= len(cell.text) for mark in cell.marks)


@pytest.mark.parametrize("width", [60, 99, 100, 140])
def test_every_painted_line_is_as_wide_as_the_grid(desk: Any, width: int) -> None:
    rows, columns = page(desk), Columns.of(width)
    for number in range(len(rows)):
        strips = painted(rows.row(number), number, columns, STYLES, number == 1, True)
        assert {strip.cell_length for strip in strips} == {width}
        assert len(strips) == columns.height(*rows.texts[number]) + rows.fresh[number]


@pytest.mark.parametrize("width", [80, 140])
def test_a_click_finds_the_character_under_it(desk: Any, width: int) -> None:
    rows, columns = page(desk), Columns.of(width)
    row = rows.row(1)
    lines = joined(painted(row, 1, columns, STYLES, False, True)).split("\n")
    for word, side, cell in (("Brigade", "source", row.source), ("бригада", "target", row.target)):
        line = next(n for n, text in enumerate(lines) if word in text)
        assert hit(columns, row, line, lines[line].index(word)) == (side, cell.text.index(word))
    assert hit(columns, row, 1, 2) is None


def test_a_missing_counterpart_is_named() -> None:
    cells = (cell_of("Сам.", [Span(0, 4)], ()), cell_of("", [], ()))
    assert "no counterpart" in joined(painted(Row(*cells, sure=0.9), 0, Columns.of(120), STYLES, False, True))
    # where nothing is written yet, there is nothing to be missed
    assert "no counterpart" not in joined(painted(Row(*cells), 0, Columns.of(120), STYLES, False, True))


def test_two_texts_nothing_is_known_of_yet() -> None:
    rows = Page.waiting("One.\n\n  Two.\r\nThree.", "Раз.\n\x1b[2J\n")
    assert [rows.row(n).source.text for n in range(3)] == ["One.", "Two.", "Three."]
    assert [rows.row(n).target.text for n in range(3)] == ["Раз.", "␛[2J", ""]
