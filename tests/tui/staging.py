"""Plays stories on the application: opens it, waits until nothing is left to do, presses keys, reads what is shown."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any
from unittest.mock import patch

from textual.app import App
from textual.pilot import Pilot
from textual.widgets import Static

from tui.screens.checks import Checks
from tui.screens.workbench import Workbench
from tui.widgets.detail import Detail

PATIENCE = 120.0  # seconds: however slow the machine is, but not for ever

Story = Callable[[Pilot[int], Any], Awaitable[None]]


def play(app: App[int], story: Story, size: tuple[int, int] = (120, 35)) -> None:
    """Open the app, wait for the check, and let `story` go on with the bench."""

    async def run() -> None:
        async with app.run_test(size=size, notifications=True) as pilot:
            await settle(pilot)
            await story(pilot, bench_of(app))

    asyncio.run(run())


def bench_of(app: App[int]) -> Any:
    """The bench of an application."""
    return next(s for s in app.screen_stack if isinstance(s, Workbench))


async def settle(pilot: Pilot[Any]) -> None:
    """Wait until nothing is left to do: no worker works, no bench has a check before it, no message is on its way."""
    await _quiet(pilot, lambda: [*_at_work(pilot.app), *_on_the_way(pilot.app)])
    await pilot.pause(0)


async def until(pilot: Pilot[Any], done: Callable[[], bool]) -> None:
    """Wait for something on the way, before all is done."""
    end = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < end
        await pilot.pause(0.02)


async def press(pilot: Pilot[Any], *keys: str) -> None:
    """Press keys one after the other, and wait for all that comes of them."""
    with patch("textual.app.wait_for_idle", _at_once):  # it guesses from the processor's time
        for key in keys:
            await pilot.app._press_keys([key])
            await _quiet(pilot, lambda: _on_the_way(pilot.app))  # the next key may go to another widget
    await settle(pilot)


def shown(widget: Any) -> str:
    """What a widget shows, line by line."""
    if isinstance(widget, Detail):
        return widget.content.plain
    if isinstance(widget, Static):
        return str(widget.visual)
    return "\n".join(widget.render_line(y).text.rstrip() for y in range(widget.size.height))


def _pumps(app: App[Any]) -> list[Any]:
    return [app, *(widget for screen in app.screen_stack for widget in screen.walk_children(with_self=True))]


async def _quiet(pilot: Pilot[Any], left: Callable[[], list[object]]) -> None:
    """Wait until nothing is left, asked three times: a message that is being handled may send another."""
    end, times = time.monotonic() + PATIENCE, 0
    while times < 3:
        await _handled(pilot.app)
        times = 0 if left() else times + 1
        assert time.monotonic() < end, f"not done: {left()}"
        await asyncio.sleep(0.002)


async def _at_once(*_seconds: float) -> None:
    await asyncio.sleep(0)


async def _handled(app: App[Any]) -> None:
    """Wait until every widget has handled what had been sent to it."""
    waits = []
    for pump in _pumps(app):
        handled = asyncio.Event()
        if pump.is_running and pump.call_later(handled.set):
            waits.append(asyncio.ensure_future(handled.wait()))
    if waits:
        _, left = await asyncio.wait(waits, timeout=0.5)  # a widget that goes away handles nothing more
        for wait in left:
            wait.cancel()


def _at_work(app: App[Any]) -> list[object]:
    """Workers, and benches with a check before them."""
    found: list[object] = [worker for worker in app.workers if not worker.is_finished]
    return found + [screen for screen in app.screen_stack if isinstance(screen, Checks) and not screen.idle]


def _on_the_way(app: App[Any]) -> list[object]:
    """Screens that wait to be painted before something is called, and widgets with messages before them."""
    found: list[object] = [screen for screen in app.screen_stack if screen._callbacks]
    return found + [pump for pump in _pumps(app) if pump.is_running and pump.message_queue_size]
