"""The screens as a person sees them, as text, with what is emphasised: reviewed by eye, compared line by line.

TOLMACH_LOOKS=write python -m pytest tests/tui/test_looks.py     writes them anew
"""

import os
from pathlib import Path
from typing import Any

import pytest

from tui.opening import SMALLEST
from tui.widgets.editor import Line

FOLDER = Path(__file__).with_name("looks")
UK = ("The tank fired. “We are holding,” he said.", "Танк відкрив вогонь. «Тримаємося», — сказав він.")
LOOKS: dict[str, tuple[tuple[int, int], tuple[str, ...], str]] = {
    "workbench-120x35": ((120, 35), ("f8",), "ru"),
    "workbench-80x24": ((80, 24), ("f8",), "ru"),
    "mono-80x24": ((80, 24), ("f8", "f2"), "ru"),
    "finished-uk-80x24": ((80, 24), (), "uk"),
    "quotes-120x35": ((120, 35), ("f9", "down"), "ru"),
    "terms-80x24": ((80, 24), ("ctrl+t",), "ru"),
    "cut-80x24": ((80, 24), ("down", "i"), "ru"),
    "keys-80x24": ((80, 24), ("f1",), "ru"),
}


def look(app: Any) -> str:
    """What is painted; bold, underlined, struck and reversed words in marks of their own."""
    lines = []
    for strip in app.screen._compositor.render_strips():
        shown = ""
        for segment in strip:
            style, text = segment.style, segment.text
            marks = "".join(
                m
                for m, on in (
                    ("*", style and style.bold),
                    ("_", style and style.underline),
                    ("~", style and style.reverse),
                )
                if on
            )
            shown += f"{marks}{text}{marks[::-1]}" if marks and text.strip() else text
        lines.append(shown.rstrip())
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("name", LOOKS)
def test_the_screen_looks_as_reviewed(
    make_app: Any, make_desk: Any, stage: Any, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    size, keys, lang = LOOKS[name]
    if name.startswith("mono"):
        monkeypatch.setenv("NO_COLOR", "1")
    found: list[str] = []

    async def story(pilot: Any, bench: Any) -> None:
        await stage.press(pilot, *keys)
        found.append(look(pilot.app))

    stage.play(make_app(make_desk(*UK) if lang == "uk" else make_desk()), story, size)
    path = FOLDER / f"{name}.txt"
    if os.environ.get("TOLMACH_LOOKS") == "write":
        FOLDER.mkdir(exist_ok=True)
        path.write_text(found[0], encoding="utf-8")
    assert found[0] == path.read_text(encoding="utf-8")


def test_without_colours_what_was_found_is_no_greyer_than_the_text(
    make_app: Any, make_desk: Any, stage: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    seen: dict[str, set[tuple[int, int, int]]] = {"found": set(), "text": set()}

    async def story(pilot: Any, bench: Any) -> None:
        await stage.press(pilot, "f8")
        for strip in pilot.app.screen._compositor.render_strips():
            for segment in strip:
                style = segment.style
                if style and style.color and style.color.triplet and any(map(str.isalpha, segment.text)):
                    kind = "found" if style.bold and style.underline and not style.reverse else "text"
                    seen[kind].add(style.color.triplet)

    stage.play(make_app(make_desk()), story)
    assert all(red == green == blue for kind in seen.values() for red, green, blue in kind)
    assert min(seen["found"]) >= max(seen["text"])


def test_the_reason_for_a_waiver_can_be_seen_on_the_smallest_terminal(
    make_app: Any, make_desk: Any, stage: Any
) -> None:
    async def story(pilot: Any, bench: Any) -> None:
        await stage.press(pilot, "f8", "f7", *"так")
        line, box = pilot.app.screen.query_one(Line), pilot.app.screen.query_one(".box")
        assert line.has_focus
        assert box.content_region.contains_region(line.region)
        assert pilot.app.screen.region.contains_region(box.region)

    stage.play(make_app(make_desk()), story, SMALLEST)
