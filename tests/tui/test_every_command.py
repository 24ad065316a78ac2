"""Every command of the table, by its key at its place on a Russian and on a Ukrainian keyboard, or by the palette."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tui.commands import ANYWHERE, BY_ID, COMMANDS, EDITOR, MAIN, TEXTS, Command
from tui.layouts import cyrillic_twins
from tui.screens.cutting import Cut
from tui.screens.drafts import Offers
from tui.screens.entry import Entry
from tui.screens.questions import Ask, Choose, Confirm, Reading, WaiveQuestion
from tui.screens.quotes import Quotes
from tui.screens.start import Start
from tui.screens.terms import Terms
from tui.screens.workbench import Workbench
from tui.widgets.editor import Editor

LAYOUTS = {"russian": 0, "ukrainian": -1}


@dataclass
class Seen:
    """What can be seen after the keys: the screen, the bench, and what was said."""

    app: Any
    bench: Any
    said: list[str] = field(default_factory=list)

    @property
    def screen(self) -> Any:
        return self.app.screen

    @property
    def edits(self) -> int:
        return len(self.bench.workspace.project.edits)

    @property
    def pins(self) -> int:
        return len(self.bench.workspace.project.pins)


def opens(screen: type) -> Callable[[Seen], bool]:
    return lambda seen: isinstance(seen.screen, screen)


def says(words: str) -> Callable[[Seen], bool]:
    return lambda seen: any(words in line for line in seen.said)


def pinned(seen: Seen) -> bool:
    return seen.pins > 0


# Keys before the command, and what is to be seen after it.
TRIES: dict[str, tuple[tuple[str, ...], Callable[[Seen], bool]]] = {
    "open-choice": ((), lambda s: not isinstance(s.screen, Start)),
    "next-finding": ((), lambda s: s.bench.chosen is s.bench.workspace.listed[0]),
    "previous-finding": ((), lambda s: s.bench.chosen is s.bench.workspace.listed[-1]),
    "edit": ((), lambda s: s.bench.draft is not None and isinstance(s.screen.focused, Editor)),
    "suggestion": (("f8",), lambda s: "барражирующие" in s.bench.workspace.target.text),
    "waive": (("f8",), opens(WaiveQuestion)),
    "check": ((), lambda s: s.bench.desk.examinations == 2),
    "merge": ((), pinned),
    "split": (("m",), lambda s: s.edits == 2),
    "split-inside": ((), opens(Cut)),
    "move-up": (("down",), pinned),
    "move-down": (("down",), pinned),
    "alone": ((), pinned),
    "pin": ((), pinned),
    "copy": ((), lambda s: s.app.clipboard.startswith("Дроны ударили")),
    "row-menu": ((), opens(Choose)),
    "filter": ((), opens(Choose)),
    "undo": (("m",), lambda s: s.edits == 0),
    "redo": (("m", "ctrl+z"), lambda s: s.edits == 1),
    "find": ((), opens(Ask)),
    "find-next": (("ctrl+f", *"wounded", "enter", "home"), lambda s: s.bench.grid.cursor > 0),
    "go-to": ((), opens(Ask)),
    "quotes": ((), opens(Quotes)),
    "terms": ((), opens(Terms)),
    "keep": (("f2", "!"), lambda s: s.bench.draft is None and s.edits == 1),
    "put-back": (("f2", "!"), lambda s: s.bench.draft is None and s.edits == 0),
    "new-line": (("f2",), lambda s: "\n" in s.bench.query_one(Editor).text),
    "use-everywhere": (("f9",), lambda s: s.edits >= 1),
    "decide": (("f9",), lambda s: not isinstance(s.screen, Quotes) or bool(s.said)),
    "take-back": (("f9",), lambda s: bool(s.said)),
    "go-there": (("f9",), opens(Workbench)),
    "look-up": (("ctrl+t", *"munition"), opens(Workbench)),
    "correct-entry": (("ctrl+t", *"munition"), opens(Entry)),
    "add-entry": (("ctrl+t",), opens(Entry)),
    "back": (("f9",), opens(Workbench)),
    "draft-row": ((), opens(Offers)),
    "confirm": ((), lambda s: bool(s.said)),
    "next-draft": ((), lambda s: bool(s.said)),
    "continue": ((), lambda s: bool(s.said)),
    "draft-missing": ((), lambda s: bool(s.said)),
    "draft-all": ((), lambda s: isinstance(s.screen, Confirm) or bool(s.said)),
    "stop-draft": ((), opens(Workbench)),
    "confirm-all": ((), lambda s: bool(s.said)),
    "next-pane": ((), lambda s: s.screen.focused is not s.bench.grid),
    "save": (("f8", "f4"), opens(Confirm)),
    "export-report": ((), opens(Ask)),
    "export-tmx": ((), opens(Ask)),
    "theme": ((), lambda s: s.app.theme != "tolmach-dark"),
    "help": ((), opens(Reading)),
    "quit": ((), lambda s: s.app.return_code is not None or not s.app.is_running),
}


def on_layout(key: str, layout: str) -> str:
    """The name of a key where this layout is on."""
    twins = cyrillic_twins(key)
    return twins[LAYOUTS[layout]] if twins else key


def test_every_command_has_a_try() -> None:
    assert TRIES.keys() == BY_ID.keys()


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("command", [c for c in COMMANDS if c.id != "open-choice"], ids=lambda c: c.id)
def test_by_its_key_or_the_palette(
    command: Command, layout: str, make_app: Any, make_desk: Any, stage: Any, tmp_path: Path
) -> None:
    before, seen = TRIES[command.id]
    keys = (*command.letters[:1], *command.keys[:1]) if command.pane in (TEXTS, MAIN, ANYWHERE) else command.keys[:1]
    key = on_layout(keys[0], layout) if keys else ""

    async def story(pilot: Any, bench: Any) -> None:
        after = Seen(pilot.app, bench)
        said = pilot.app.say
        pilot.app.say = lambda text, *rest: (after.said.append(text), said(text, *rest))
        if before:
            await stage.press(pilot, *before)
        assert command.id in ("stop-draft", "quit") or not seen(after)
        if not key:
            letters = command.title.lower()[:14]
            await stage.press(pilot, "ctrl+з", *(on_layout(letter, layout) for letter in letters))
            await stage.press(pilot, "enter")
        elif command.id == "quit":
            await pilot.press(key)
        else:
            await stage.press(pilot, key)
        assert seen(after), (key, after.screen, after.said)

    assert command.pane != EDITOR or before[0] == "f2"
    stage.play(make_app(make_desk(folder=tmp_path), tmp_path / "state"), story)
