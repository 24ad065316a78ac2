"""What the command line says of itself, and how it counts."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tui.__main__ import main
from tui.commands import COMMANDS

Run = Callable[..., Any]


def test_open_has_help_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["open", "--help"])
    assert ended.value.code == 0
    assert "tolmach open" in capsys.readouterr().out


def test_quotes_compare_is_called_as_it_is_typed(tolmach: Run) -> None:
    done = tolmach("quotes", "compare", "--help")
    assert done.code == 0
    assert "Usage: tolmach quotes compare" in done.out


@pytest.mark.parametrize("group", ["terms", "memory", "models", "config"])
def test_lists_of_commands_are_not_cut_short(tolmach: Run, group: str) -> None:
    done = tolmach(group, "--help")
    assert done.code == 0
    assert "..." not in done.out.partition("Commands:")[2]


def test_an_alignment_does_not_say_that_it_found_nothing(tolmach: Run, pair: tuple[Path, Path]) -> None:
    done = tolmach("align", *pair)
    assert " beads\n" in done.out
    assert "1 pair\n" in done.out
    assert "findings" not in done.out


def test_one_of_a_thing_has_no_s(tolmach: Run, pair: tuple[Path, Path]) -> None:
    assert "1 pair: " in tolmach("check", *pair, "--format", "github").out
    pair[1].write_text(pair[1].read_text(encoding="utf-8").replace("ракет", "снарядов"), encoding="utf-8")
    assert "1 use in 1 article, " in tolmach("check", *pair, "--statistics").out


def test_the_demo_ends_with_a_line_that_the_shell_takes(tmp_path: Path) -> None:
    program = Path(sys.executable).with_name("tolmach")
    command = [str(program), "demo", "-o", str(tmp_path / "report.html")]
    for folders, line in ((str(program.parent), "Terminal UI: tolmach "), ("/", f"Terminal UI: {program} ")):
        done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, env=os.environ | {"PATH": folders})
        assert line in done.stderr


def test_verbose_names_the_ledger(tolmach: Run, pair: tuple[Path, Path], tmp_path: Path) -> None:
    assert "ledger: none\n" in tolmach("check", *pair, "-v").err
    place = tmp_path / "kept.sqlite"
    assert f"ledger: {place}\n" in tolmach("check", *pair, "-v", "--ledger", place).err


def test_the_keys_are_listed(tolmach: Run) -> None:
    done = tolmach("keys")
    assert done.code == 0
    listed = [line for line in done.out.splitlines() if line.startswith("  ")]
    assert len(listed) == len(COMMANDS)
    assert any(line.startswith("  F8, n ") and "Next finding: " in line for line in listed)


@pytest.mark.parametrize(
    "arguments",
    [("rules",), ("rules", "T101"), ("config", "show"), ("config", "validate"), ("terms", "stats"), ("doctor",)],
    ids=" ".join,
)
def test_what_explains_itself_does(tolmach: Run, arguments: tuple[str, ...]) -> None:
    done = tolmach(*arguments)
    assert done.code == 0
    assert done.out or done.err
