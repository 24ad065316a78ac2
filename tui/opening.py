"""From arguments to a running screen, or to one clear line and exit code 2."""

import argparse
import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from glossary.errors import TolmachError
from glossary.garbage import collect_seldom
from tui.safe_text import safe
from tui.sparing import without_openssl

if TYPE_CHECKING:
    from glossary.service import Settings
    from tui.desk import Desk

SMALLEST = (60, 15)
HERE = 20  # sources of the working directory on the start screen
Choice = tuple[str, str, "Desk"]


def open_screen(arguments: Sequence[str]) -> int:
    """Open the terminal UI; returns its exit code."""
    options = _parser().parse_args(arguments)
    if refusal := unfit() or _wrong(options):
        print(f"tolmach: {safe(refusal)}", file=sys.stderr)
        print(f"Without a screen: {safe(batch_command(options))}", file=sys.stderr)
        return 2
    collect_seldom()
    without_openssl()
    from tui.desk import Desk
    from tui.journal import NO_HOME, state_folder

    state = state_folder()
    note = ""
    if state is None:
        note = NO_HOME
    paths = [Path(path) for path in options.paths]
    try:
        settings = _settings(options)
        if not paths or paths[0].is_dir():
            choices = in_folder(paths[0], settings) if paths else _choices(state, settings)
            return _run(choices[0][2] if paths and len(choices) == 1 else None, state, note, choices)
    except TolmachError as error:
        print(f"tolmach: {safe(str(error))}", file=sys.stderr)
        return 2
    target = paths[1] if len(paths) > 1 else None
    return _run(Desk(paths[0], target, options.source_lang, options.target_lang, settings), state, note, ())


def _run(desk: "Desk | None", state: Path | None, note: str, choices: Sequence[Choice]) -> int:
    """The application from its first to its last line."""
    if desk is not None:
        _ = desk.checker  # the process that checks starts while the screen is being made
    from tui.app import TolmachApp
    from tui.key_sequences import read_all_keys

    read_all_keys()
    app = TolmachApp(desk, state, note, choices)
    try:
        return app.run() or 0
    finally:
        for known in app.opened:
            known.close()


def _settings(options: argparse.Namespace) -> "Settings":
    """The settings that `tolmach check` would have here. Raises ConfigError."""
    from datetime import UTC, datetime

    from glossary.files.configuration import configuration
    from glossary.service import known_memory, settings_of

    config = configuration(Path.cwd()).given(glossaries=tuple(options.glossary), domain=options.domain)
    asked = {"draft_via": options.via} if options.via is not None else {}
    today = datetime.now(UTC).date()
    return settings_of(config, Path.cwd(), today, memory_file=known_memory(config), tmx=tuple(options.tmx), **asked)


def _choices(state: Path | None, settings: "Settings") -> list[Choice]:
    """Recent pairs, then the demo."""
    from tui.desk import Desk, demo
    from tui.journal import recent

    found: list[Choice] = []
    for source, target in recent(state):
        label = f"{Path(source).name} ⇄ {Path(target).name}   {Path(source).parent}" if target else source
        found.append(("recent", label, Desk(Path(source), Path(target) if target else None, settings=settings)))
    for source_path in sorted(Path.cwd().glob("*.en.*"))[:HERE]:
        found += _beside(source_path, settings, {label for _, label, _ in found})
    found.append(("demo", "An intercepted call, in Russian", demo("ru")))
    found.append(("demo", "An intercepted call, in Ukrainian", demo("uk")))
    return found


def _beside(source: Path, settings: "Settings", known: set[str]) -> list[Choice]:
    """The renderings of a source in its own directory, by their names."""
    from tui.desk import Desk

    found: list[Choice] = []
    for lang in ("ru", "uk"):
        target = source.with_name(source.name.replace(".en.", f".{lang}."))
        label = f"{source.name} ⇄ {target.name}"
        if target.is_file() and not any(other.startswith(label) for other in known):
            found.append(("here", label, Desk(source, target, "en", lang, settings)))
    return found


def in_folder(folder: Path, settings: "Settings | None") -> list[Choice]:
    """The pairs that the names in a directory make. Raises UsageError if there are none."""
    from glossary.files.pairs import PairEntry, entries
    from tui.desk import Desk

    found: list[Choice] = []
    for entry in entries(folder):
        if isinstance(entry, PairEntry) and entry.source and entry.target:
            paths = (Path(entry.source), Path(entry.target))
            found.append(("pair", entry.id, Desk(*paths, entry.source_lang, entry.target_lang, settings)))
    return found


def of_paths(paths: Sequence[Path], settings: "Settings | None") -> list[Choice]:
    """What paths that were typed mean: a pair, a source alone, a directory of pairs. Raises UsageError."""
    from glossary.errors import UsageError
    from tui.desk import Desk

    if missing := next((path for path in paths if not path.exists()), None):
        raise UsageError(f"there is no {missing}", "", "check the path")
    if len(paths) > 2:
        raise UsageError(f"{len(paths)} paths are too many", "", "give source and target; quote names with spaces")
    if paths[0].is_dir():
        return in_folder(paths[0], settings)
    return [("pair", paths[0].name, Desk(paths[0], paths[1] if len(paths) > 1 else None, settings=settings))]


def _wrong(options: argparse.Namespace) -> str:
    """What is wrong with the paths; empty if nothing is."""
    if len(options.paths) > 2:
        return f"{len(options.paths)} paths are too many: give SOURCE and TARGET"
    return next((f"there is no {path}" for path in (*options.paths, *options.tmx) if not Path(path).exists()), "")


def unfit() -> str:
    """Why the terminal cannot show the screen; empty if it can."""
    if not (sys.stdin and sys.stdout and sys.stdin.isatty() and sys.stdout.isatty()):
        return "the screen needs a terminal, and this is not one"
    if os.environ.get("TERM", "") in ("", "dumb", "unknown"):
        return f"the screen cannot be drawn on TERM={os.environ.get('TERM') or '(unset)'}"
    width, height = shutil.get_terminal_size()
    if width < SMALLEST[0] or height < SMALLEST[1]:
        return f"the terminal is {width}x{height}; the screen needs {SMALLEST[0]}x{SMALLEST[1]}"
    return ""


def batch_command(options: argparse.Namespace) -> str:
    """What to type instead of `open`."""
    from shlex import quote

    if len(options.paths) >= 2:
        return f"tolmach check {quote(options.paths[0])} {quote(options.paths[1])}"
    if options.paths:
        command = "check" if Path(options.paths[0]).is_dir() else "quotes"
        return f"tolmach {command} {quote(options.paths[0])}"
    return "tolmach check SOURCE TARGET"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="tolmach open", description="Open an English text and its Russian or Ukrainian rendering on the screen."
    )
    parser.add_argument("paths", nargs="*", metavar="PATH", help="SOURCE and TARGET, or a directory of pairs")
    parser.add_argument("--from", dest="source_lang", choices=("en", "ru", "uk"), help="language of the source")
    parser.add_argument("--to", dest="target_lang", choices=("en", "ru", "uk"), help="language of the target")
    parser.add_argument("--glossary", action="append", default=[], metavar="FILE", help="put over the curated one")
    parser.add_argument("--tmx", action="append", default=[], metavar="FILE", help="a translation memory, for drafts")
    parser.add_argument("--via", metavar="LANG", help="drafts by machine go through this language; `none`: directly")
    parser.add_argument("--domain", choices=("military", "auto", "none"), help="is it about war?")
    return parser
