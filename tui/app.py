"""The application: themes, the safe filter, keys by position, the first screen."""

import asyncio
import contextlib
import os
import signal
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ClassVar

from textual import events
from textual.app import App
from textual.command import Provider
from textual.notifications import SeverityLevel

from tui.content import SafeFilter, plain
from tui.desk import Desk
from tui.journal import Journal
from tui.layouts import twin_key
from tui.safe_text import safe
from tui.screens.questions import Confirm
from tui.screens.workbench import Workbench
from tui.themes import DARK, MONO, THEMES

PATIENCE = 10.0  # seconds that leaving in order may take after a signal


def _commands() -> type[Provider]:
    from tui.palette import Commands

    return Commands


class TolmachApp(App[int]):
    """Tolmach on a terminal."""

    CSS_PATH = Path("styles/tolmach.tcss")
    TITLE = "Tolmach"
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {_commands}

    def __init__(
        self,
        desk: Desk | None,
        state: Path | None = None,
        note: str = "",
        choices: Sequence[tuple[str, str, Desk]] = (),
    ) -> None:
        """Open `desk`, or ask which of `choices`; edits are kept below `state` (None: not at all).

        `note` is said at the start.
        """
        super().__init__()
        self.desk = desk
        self.state = state
        self.note = note
        self.choices = choices
        self._asked = False
        self.first_run = state is None or not any(state.glob("*.jsonl"))
        self.opened: list[Desk] = []
        self.by_position = os.environ.get("TOLMACH_LAYOUT") != "off"
        self._filters.append(SafeFilter())
        for theme in THEMES:
            self.register_theme(theme)
        if not os.environ.get("TEXTUAL_THEME"):
            self.theme = (MONO if os.environ.get("NO_COLOR") else DARK).name
        self.animation_level = "none"
        self.VERTICAL_BREAKPOINTS = [(0, "-low"), (20, "-high")]  # classes of screens that are that high

    def on_mount(self) -> None:
        """Put the pair on the bench, or ask for one."""
        self._leave_on_signals()
        if self.desk is not None:
            self.open(self.desk)
        else:
            from tui.opening import of_paths
            from tui.screens.start import Start

            settings = self.choices[0][2].settings if self.choices else None
            start = Start(self.choices, lambda paths: of_paths(paths, settings))
            self.push_screen(start, lambda desk: self.open(desk) if desk is not None else None)
        if self.note:
            self.say(self.note)

    def open(self, desk: Desk) -> None:
        """Put a pair on the bench, in the place of the one there."""
        for screen in self.screen_stack:
            if isinstance(screen, Workbench):
                screen.leave()
                screen.desk.close()
        self.opened.append(desk)
        self.push_screen(Workbench(desk, Journal(desk.source, desk.target, self.state)))

    def open_pair(self, source: Path, target: Path | None, target_lang: str | None = None) -> None:
        """Put files on the bench, checked as those before were."""
        desk = next(s.desk for s in reversed(self.screen_stack) if isinstance(s, Workbench))
        self.open(Desk(source, target, None, target_lang, desk.settings))

    def _leave_on_signals(self) -> None:
        """A terminal that goes away or a kill ends the program in order: the terminal is restored."""
        for name in ("SIGTERM", "SIGHUP"):
            number: int | None = getattr(signal, name, None)
            # Only the main thread of a Unix process can do this.
            with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
                if number is not None:
                    asyncio.get_running_loop().add_signal_handler(number, self._leave_by_signal, 128 + number)

    def _leave_by_signal(self, code: int) -> None:
        """Leave in order; if the terminal is gone and writing to it waits for ever, leave without it."""
        last = threading.Timer(PATIENCE, os._exit, (code,))
        last.daemon = True
        last.start()
        self.leave(code)

    async def action_quit(self) -> None:
        """Leave in order, from whatever screen."""
        self.ask_to_leave()

    def ask_to_leave(self) -> None:
        """Leave; if edits would be lost by that, ask first. Who asks for it twice means it."""
        lost = [screen.unkept for screen in self.screen_stack if isinstance(screen, Workbench) and screen.unkept]
        if not lost or self._asked:
            self.leave(0)
            return

        def answered(yes: bool | None) -> None:
            self._asked = False
            if yes:
                self.leave(0)

        self._asked = True
        question = Confirm("Leave, and lose what is not saved?", plain(lost[0]), "leave and lose it")
        self.push_screen(question, answered)

    def leave(self, code: int) -> None:
        """Let every screen write down what it holds, and end with this exit code."""
        for screen in self.screen_stack:
            if isinstance(screen, Workbench):
                screen.leave()
        self.exit(code)

    async def on_event(self, event: events.Event) -> None:
        """Keys go by position: with a Cyrillic layout on, a key is the Latin one at its place."""
        if isinstance(event, events.Key) and self.by_position and not event.is_forwarded:
            self._by_position(event)
        await super().on_event(event)

    def _by_position(self, event: events.Key) -> None:
        twin = twin_key(event.key)
        if twin == event.key:
            return
        focused = self.focused
        plain = "+" not in event.key
        if plain and focused is not None and focused.check_consume_key(event.key, event.character):
            return
        event.key = twin
        if plain:
            event.character = twin

    def say(self, text: str, severity: SeverityLevel = "information") -> None:
        """A line over the footer, safe and without markup; what went wrong stays longer."""
        sign = {"warning": "▴ ", "error": "✗ "}.get(severity, "")
        line = sign + text
        if all(safe(line) != shown.message for shown in self._notifications):
            self.notify(safe(line), severity=severity, markup=False, timeout=10 if sign else 5)

    def action_theme(self) -> None:
        """Take the next theme, on whatever screen."""
        self.next_theme()

    def next_theme(self) -> None:
        """The next of our themes."""
        names = [theme.name for theme in THEMES]
        at = names.index(self.theme) if self.theme in names else -1
        self.theme = names[(at + 1) % len(names)]
