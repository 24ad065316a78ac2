"""The one table: keys that survive terminals, docs that match, a palette for both layouts."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import OptionList

from tui.commands import (
    ANYWHERE,
    COMMANDS,
    EDITOR,
    MAIN,
    OTHER,
    PANES,
    QUOTES,
    START,
    TERMS,
    TEXTS,
    keys_table,
    meant_in,
)
from tui.screens.quotes import Quotes
from tui.screens.start import Start
from tui.screens.terms import Terms
from tui.screens.workbench import Workbench
from tui.widgets.hints import hints

ROOT = Path(__file__).parents[2]
BANNED = re.compile(
    r"full_stop|comma|slash|semicolon|bracket|apostrophe|ctrl\+\d|ctrl\+shift\+\w$|ctrl\+[imh]$|f1[012]|alt\+\d"
)


def test_docs_are_made_from_the_table() -> None:
    assert (ROOT / "docs" / "keys.md").read_text(encoding="utf-8") == keys_table()


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: c.id)
def test_keys_survive_terminals(command: Any) -> None:
    assert command.pane in PANES
    assert not any(BANNED.search(key) for key in (*command.keys, *command.letters))
    assert command.help.endswith(".")


@pytest.mark.parametrize("pane", [TEXTS, EDITOR, QUOTES, TERMS, START])
def test_no_key_means_two_things_in_a_pane(pane: str) -> None:
    keys = [key for command in meant_in(pane) for key in (*command.keys, *command.letters)]
    # In the texts Enter edits; in the editor letters are typed.
    if pane == EDITOR:
        keys = [key for command in meant_in(pane) for key in command.keys]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    ("screen", "panes"),
    [
        (Workbench, (ANYWHERE, MAIN, TEXTS)),
        (Quotes, (QUOTES,)),
        (Terms, (TERMS,)),
        (Start, (START,)),
        (Quotes, (OTHER,)),
        (Terms, (OTHER,)),
    ],
)
def test_every_command_has_its_action(screen: type, panes: tuple[str, ...]) -> None:
    for command in COMMANDS:
        if command.pane in panes:
            assert hasattr(screen, f"action_{command.action}"), command.id


@pytest.mark.parametrize("pane", [TEXTS, EDITOR, QUOTES, TERMS, START])
def test_at_most_seven_hints(pane: str) -> None:
    assert 2 <= hints(pane).plain.count("  ") + 1 <= 7
    for width in (80, 60, 30):
        shown = hints(pane, width).plain
        assert len(shown) <= width
        assert shown.endswith("F1 help")
        assert len(set(shown.split("  "))) == len(shown.split("  "))


def test_the_palette_has_the_commands_of_every_screen_everywhere(make_app: Any, desk: Any, stage: Any) -> None:
    async def story(pilot: Any, bench: Any) -> None:
        before = pilot.app.theme
        await stage.press(pilot, "f9", "ctrl+p", *"theme", "enter")
        assert pilot.app.theme != before
        await stage.press(pilot, "ctrl+p", *"quit", "enter")
        assert pilot.app.return_code == 0

    stage.play(make_app(desk), story)


@pytest.mark.parametrize("typed", ["undo", "гтвщ", "ГТВЩ"])
def test_the_palette_finds_commands_on_both_layouts(make_app: Any, desk: Any, stage: Any, typed: str) -> None:
    async def story(pilot: Any, bench: Any) -> None:
        await stage.press(pilot, "ctrl+з", *typed)
        options = pilot.app.screen.query_one(OptionList)
        assert "Undo" in str(options.get_option_at_index(0).prompt)

    stage.play(make_app(desk), story)


def run_program(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tui", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        env={"PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "TERM": "xterm", "LANG": "C.UTF-8", **environment},
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize("arguments", [[], ["open"], ["open", "README.md", "LICENSE"], ["README.md"]])
def test_without_a_terminal_one_line_and_exit_2(arguments: list[str]) -> None:
    done = run_program(*arguments)
    assert done.returncode == 2
    assert "needs a terminal" in done.stderr
    assert "Without a screen: tolmach " in done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr


def test_a_hostile_file_name_in_the_refusal(tmp_path: Path) -> None:
    done = run_program("open", f"{tmp_path}/\x1b]0;PWNED\x07.txt")
    assert done.returncode == 2
    assert "\x1b" not in done.stderr
    assert "\x07" not in done.stderr
