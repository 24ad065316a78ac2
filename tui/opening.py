"""From arguments to a running screen, or to one clear line and exit code 2."""

import argparse
import os
import shutil
import sys
from pathlib import Path

SMALLEST = (60, 15)


def open_screen(arguments: list[str]) -> int:
    """Open the terminal UI; returns its exit code."""
    options = _parser().parse_args(arguments)
    if refusal := unfit():
        print(f"tolmach: {refusal}", file=sys.stderr)
        print(f"Without a screen: {batch_command(options)}", file=sys.stderr)
        return 2
    from tui.app import TolmachApp
    from tui.desk import Desk
    from tui.journal import state_folder

    paths = [Path(path) for path in options.paths]
    if not paths:
        return _start()
    desk = Desk(
        paths[0],
        paths[1] if len(paths) > 1 else None,
        options.source_lang,
        options.target_lang,
        [Path(path) for path in options.glossary],
        options.domain,
    )
    state = state_folder()
    note = "" if state else "There is no home directory: unsaved edits are not kept between sessions"
    return TolmachApp(desk, state, note).run() or 0


def _start() -> int:
    print("tolmach: give the English text and its rendering: tolmach SOURCE TARGET", file=sys.stderr)
    print("To look around first: tolmach demo", file=sys.stderr)
    return 2


def unfit() -> str:
    """Why the terminal cannot show the screen; empty if it can."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
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

    from tui.safe_text import safe

    if len(options.paths) >= 2:
        return safe(f"tolmach check {quote(options.paths[0])} {quote(options.paths[1])}")
    if options.paths:
        return safe(f"tolmach quotes {quote(options.paths[0])}")
    return "tolmach check SOURCE TARGET"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="tolmach open", description="Open an English text and its Russian or Ukrainian rendering on the screen."
    )
    parser.add_argument("paths", nargs="*", metavar="PATH", help="SOURCE and TARGET")
    parser.add_argument("--from", dest="source_lang", choices=("en", "ru", "uk"), help="language of the source")
    parser.add_argument("--to", dest="target_lang", choices=("en", "ru", "uk"), help="language of the target")
    parser.add_argument("--glossary", action="append", default=[], metavar="FILE", help="put over the curated one")
    parser.add_argument("--domain", choices=("military", "auto", "none"), default="auto", help="is it about war?")
    return parser
