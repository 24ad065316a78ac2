"""No character of a file, file name or error reaches the screen raw, and markup is shown as it is written."""

import asyncio
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hostile import MARKUP, PAYLOADS
from rich.segment import ControlType, Segment
from staging import bench_of, press, settle
from textual.app import App
from textual.color import Color
from textual.content import Content
from textual.pilot import Pilot

from glossary.errors import InputError
from glossary.findings import Evidence, Finding
from glossary.terms.concepts import LintFinding
from glossary.text.spans import Span
from tui.content import SafeFilter, composed, plain
from tui.safe_text import flowing, safe
from tui.screens.cutting import Cut
from tui.screens.drafts import Offers
from tui.screens.entry import Entry
from tui.screens.questions import Ask, Choose, Confirm, Original, Reading, WaiveQuestion
from tui.screens.start import Start

BIDI = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def dangerous(text: str) -> str:
    """The characters of `text` that a terminal would obey or hide."""
    return "".join(c for c in text if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") or c in BIDI)


def painted(app: Any) -> str:
    """All that the compositor would send to the terminal, without the filter that is the last door."""
    return "\n".join("".join(s.text for s in strip) for strip in app.screen._compositor.render_strips())


@pytest.fixture
def open_app(make_app: Any) -> Any:
    def make(desk: Any, state: Path | None = None) -> Any:
        app = make_app(desk, state)
        app._filters[:] = [f for f in app._filters if not isinstance(f, SafeFilter)]
        return app

    return make


def test_the_corpus_is_large_enough() -> None:
    assert len(set(PAYLOADS)) >= 40


def test_every_payload_through_every_screen(open_app: Any, make_desk: Any) -> None:
    source = "\n\n".join(f"The tank {p} fired." for p in PAYLOADS)
    target = "\n\n".join(f"Танк {p} стрелял." for p in PAYLOADS)
    desk = make_desk(source, target)

    def findings(examined: Any) -> tuple[Finding, ...]:
        def one(number: int, payload: str) -> Finding:
            bead = examined.alignment.beads[min(number, len(examined.alignment.beads) - 1)]
            here, there = (examined.alignment.source_spans(number) or [None])[0], None
            params = dict.fromkeys(("source", "target", "reason", "preferred"), payload)
            evidence = (Evidence("source", here or Span(0, 3), payload),)
            target = examined.alignment.target_spans(number)
            there = target[0] if target and bead.target else None
            return Finding("term-forbidden", number, here, there, "default", params, payload, (payload, "б"), evidence)

        return tuple(one(n, p) for n, p in enumerate(PAYLOADS) if n < len(examined.alignment.beads))

    desk.extra = findings
    seen: list[str] = []

    async def run() -> None:
        app = open_app(desk)
        async with app.run_test(size=(130, 45), notifications=True) as pilot:
            await settle(pilot)
            bench = bench_of(app)
            for number in range(len(bench.workspace.findings)):
                bench.choose(number)
                app.say(bench.chosen.params["reason"])
                await asyncio.sleep(0)
                if number % 15 == 0:
                    await pilot.pause()
                    seen.append(painted(app))
            await _walk(pilot, seen)

    async def _walk(pilot: Pilot[int], seen: list[str]) -> None:
        for keys in (
            ["f2"],
            ["escape"],
            ["f4"],
            ["escape"],
            ["f7"],
            ["escape"],
            ["f9"],
            ["escape"],
            ["ctrl+t"],
            ["escape"],
        ):
            await press(pilot, *keys)
            seen.append(painted(pilot.app))

    asyncio.run(run())
    for text in seen:
        assert dangerous(text.replace("\n", "")) == ""
    everything = "".join(seen)
    for payload in MARKUP:
        assert flowing(payload) in everything


def offer(payload: str) -> dict[str, Any]:
    """A draft, as the process that drafts tells of it."""
    said = dict.fromkeys(("origin", "shown", "text", "kept", "article", "date"), payload)
    return {**said, "differing": [[0, len(payload)]], "reasons": [payload]}


def screens(payload: str, desk: Any) -> Iterator[Any]:
    yield Ask(payload, payload)
    yield Choose(payload, [payload, payload])
    yield Confirm(payload, composed(payload, (payload, "bold")), payload)
    yield Reading(payload, plain(payload))
    yield WaiveQuestion(payload, [("here", payload)])
    yield Cut(payload, payload)
    yield Original(payload, "ru")
    yield Entry(payload, {"en": payload, "ru": payload}, "ru", payload, lambda cells: (LintFinding("r", payload),))
    yield Offers(payload)
    yield Start([(payload, payload, desk)], lambda paths: ())


def test_every_payload_through_every_question_and_error(open_app: Any, desk: Any) -> None:
    async def run() -> None:
        app = open_app(desk)
        async with app.run_test(size=(100, 40), notifications=True) as pilot:
            await settle(pilot)
            for start in range(0, len(PAYLOADS), 20):
                payload = " ".join(PAYLOADS[start : start + 20])
                for screen in screens(payload, desk):
                    await app.push_screen(screen)
                    if isinstance(screen, Offers):
                        screen.add({"offer": offer(payload), "error": {"what": payload, "next_step": payload}})
                    await settle(pilot)
                    assert dangerous(painted(app).replace("\n", "")) == ""
                    app.pop_screen()

    asyncio.run(run())


@pytest.mark.parametrize("payload", ["".join(PAYLOADS[:20]), "".join(PAYLOADS[20:])])
def test_file_names_and_errors(open_app: Any, desk: Any, payload: str) -> None:
    name = payload.replace("\x00", "").replace("/", "").replace("\ud800", "").replace("\udfff", "")
    desk.source = Path(f"{name}.en.txt")
    desk.error = InputError(payload, payload, payload)

    async def run() -> None:
        app = open_app(desk)
        async with app.run_test(size=(100, 40), notifications=True) as pilot:
            await settle(pilot)
            text = painted(app)
            assert dangerous(text.replace("\n", "")) == ""
            assert safe(payload)[:12] in text

    asyncio.run(run())


@pytest.mark.parametrize("payload", PAYLOADS)
def test_content_and_the_last_door(payload: str) -> None:
    assert isinstance(plain(payload), Content)
    assert dangerous(plain(payload).plain) == ""
    assert plain(payload).plain == safe(payload)
    left = SafeFilter().apply([Segment(payload), Segment("x")], Color(0, 0, 0))
    assert [s.text for s in left] == [safe(payload), "x"]
    own = Segment(payload, None, [(ControlType.BELL,)])
    assert SafeFilter().apply([own], Color(0, 0, 0)) == [own]


def test_a_name_that_is_shown_safe_and_left_alone_is_meant_as_it_is() -> None:
    said: list[str | None] = []

    async def run() -> None:
        app = App[None]()
        async with app.run_test() as pilot:
            for keys in (("enter",), ("x", "enter")):
                app.push_screen(Ask("Where", "a\x1b.txt"), said.append)
                await pilot.pause()
                await pilot.press("end", *keys)
                await pilot.pause()

    asyncio.run(run())
    assert said == ["a\x1b.txt", safe("a\x1b.txt") + "x"]
