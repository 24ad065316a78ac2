"""Cutting a row, showing only some rows, the row's menu, the mouse, and coming back to where one was."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from textual.geometry import Offset

from glossary.alignment import align
from glossary.alignment.beads import Alignment, Bead
from glossary.project import PinBeads
from glossary.text.segment import document
from tui import beadwork
from tui.filters import FILTERS, neighbour, stepped
from tui.screens.cutting import Caret, Cut
from tui.screens.questions import Choose


@pytest.mark.parametrize(
    ("source", "target", "left", "right"),
    [
        ("He left, she", "Он ушёл, а она", ("He left,", "Он ушёл,"), ("she stayed.", "а она осталась.")),
        ("", "Он ушёл, а она", None, None),
    ],
)
def test_a_cut_inside_a_sentence_is_kept_by_the_search(source: str, target: str, left: Any, right: Any) -> None:
    english, russian = document("He left, she stayed.", "en"), document("Он ушёл, а она осталась.", "ru")
    before = Alignment(english, russian, (Bead((0,), (0,), 1.0),))
    edit = beadwork.cut(before, 0, len("He left,") if source else 0, len("Он ушёл,") if target else 0)
    assert isinstance(edit, PinBeads)
    after = align(english, russian, edit.pins)
    texts = [
        tuple(
            " ".join(s.of(d.text) for s in spans)
            for spans, d in ((after.source_spans(n), english), (after.target_spans(n), russian))
        )
        for n in range(len(after.beads))
    ]
    assert texts == [left, right] if left else sorted(texts)[0][0] == ""


def test_a_cut_that_leaves_all_together_is_none() -> None:
    english, russian = document("He left.", "en"), document("Он ушёл.", "ru")
    before = Alignment(english, russian, (Bead((0,), (0,), 1.0),))
    assert beadwork.cut(before, 0, 0, 0) is None
    assert beadwork.cut(before, 0, 100, 100) is None


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(alphabet="абв ,.\n—", max_size=60), st.floats(0, 1), st.integers(-90, 90))
def test_the_caret_stands_between_words(text: str, near: float, by: int) -> None:
    caret = Caret.of(text, near).moved(by)
    assert 0 <= caret.place <= len(text)
    assert not text[caret.place - 1 : caret.place + 1].isalpha() or caret.place in (0, len(text))
    assert "".join(part[0] for part in caret.content(True)).replace("┃", "") == text


@pytest.mark.parametrize("key", ["i", "ш", "s", "ы"])
def test_cutting_a_row_by_keys(make_app: Any, desk: Any, stage: Any, key: str) -> None:
    async def story(pilot: Any, bench: Any) -> None:
        await stage.press(pilot, "down", key)
        assert isinstance(pilot.app.screen, Cut)
        await stage.press(pilot, "right", "tab", "left", "enter")
        pins = bench.workspace.project.pins
        assert len(pins) == 2
        source, target = bench.workspace.source.text, bench.workspace.target.text
        joined = " ".join(span.of(source) for pin in pins for span in pin.source)
        assert joined.startswith("The 24th Brigade held the line")
        assert " ".join(span.of(target) for pin in pins for span in pin.target).endswith("дроны-бомбы.")
        await stage.press(pilot, "ctrl+z")
        assert not bench.workspace.project.pins

    stage.play(make_app(desk), story)


def test_only_some_rows(make_app: Any, desk: Any, stage: Any) -> None:
    async def story(pilot: Any, bench: Any) -> None:
        await stage.press(pilot, "f", "3")  # errors
        assert bench.workspace.filter == "errors"
        assert [f.rule for f in bench.workspace.listed] == ["term-forbidden"]
        text = stage.shown(bench.grid)
        assert "24-я бригада" in text
        assert "Дроны ударили" not in text
        assert "only errors" in stage.shown(bench.query_one("#headline"))
        await stage.press(pilot, "down", "down", "end", "pagedown")
        assert bench.grid.cursor == 1
        await stage.press(pilot, "ctrl+g", "7", "enter")
        assert (bench.grid.cursor, bench.workspace.filter) == (6, "all")
        await stage.press(pilot, "а", "7")  # the alignment: doubtful beads
        assert bench.workspace.filter == "alignment"
        assert "none of them" in stage.shown(bench.listing)
        await stage.press(pilot, "f", "1")
        assert len(bench.listing.items) == len(bench.workspace.findings)

    stage.play(make_app(desk), story)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 20), st.integers(-30, 30), st.frozensets(st.integers(0, 20)))
def test_moving_over_hidden_rows(row: int, by: int, visible: frozenset[int]) -> None:
    at = neighbour(row, visible, 21)
    assert at in visible or not visible
    assert stepped(at, by, visible, 21) in visible | {at}
    assert 0 <= stepped(row, by, None, 21) <= 20


def test_the_menu_of_a_row_by_right_click_and_by_key(make_app: Any, desk: Any, stage: Any) -> None:
    async def story(pilot: Any, bench: Any) -> None:
        await pilot.click(bench.grid, offset=(20, 3), button=3)
        await stage.press(pilot)
        assert isinstance(pilot.app.screen, Choose)
        assert "loitering munitions" in stage.shown(pilot.app.screen.query_one("Listing"))
        await stage.press(pilot, "1")
        assert bench.chosen.rule == "term-forbidden"
        await stage.press(pilot, "щ")
        assert isinstance(pilot.app.screen, Choose)

    stage.play(make_app(desk), story)


def test_dragging_selects_one_side_and_copies_the_original(make_app: Any, make_desk: Any, stage: Any) -> None:
    async def story(pilot: Any, bench: Any) -> None:
        grid = bench.grid
        await pilot.mouse_down(grid, offset=Offset(9, 0))
        await pilot.hover(grid, offset=Offset(9 + 3, 0))
        await pilot.mouse_up(grid, offset=Offset(9 + 3, 0))
        await stage.press(pilot, "ctrl+c")
        assert pilot.app.clipboard == "All\xad"
        await pilot.mouse_down(grid, offset=Offset(9, 0))
        await pilot.hover(grid, offset=Offset(9 + 2, 1))
        await pilot.mouse_up(grid, offset=Offset(9 + 2, 1))
        await stage.press(pilot, "с")
        assert pilot.app.clipboard == "All\xad quiet.\nOne"

    stage.play(make_app(make_desk("All\xad quiet. One dog.", "Всё тихо. Один пёс.")), story)


def test_a_session_goes_on_where_it_was(make_app: Any, make_desk: Any, stage: Any, tmp_path: Path) -> None:
    desk = make_desk(folder=tmp_path)
    places: list[tuple[int, int]] = []

    async def work(pilot: Any, bench: Any) -> None:
        await stage.press(pilot, "m", "ctrl+z", "f", "5", "n", "n", "f6")
        assert bench.focused is bench.listing
        places.append((bench.grid.cursor, bench.listing.cursor))
        await stage.press(pilot, "ctrl+q")

    async def again(pilot: Any, bench: Any) -> None:
        assert bench.workspace.filter == FILTERS[4][0]
        assert [(bench.grid.cursor, bench.listing.cursor)] == places
        assert bench.grid.cursor > 1
        assert bench.chosen.rule == "quote-retranslated"
        assert bench.focused is bench.listing
        await stage.press(pilot, "ctrl+y")
        assert len(bench.workspace.project.edits) == 1

    stage.play(make_app(desk, tmp_path / "state"), work)
    stage.play(make_app(desk, tmp_path / "state"), again)
