"""The console script `tolmach`: the screen for no command, `open` or paths that exist; glossary.cli for the rest."""

import sys
from pathlib import Path


def main(argv: list[str] | None = None) -> int:
    """Run the command line; returns the exit code of contract §2."""
    arguments = sys.argv[1:] if argv is None else argv
    if _wants_screen(arguments):
        from tui.opening import open_screen

        return open_screen([a for n, a in enumerate(arguments) if not (n == 0 and a == "open")])
    from glossary import cli

    return int(cli.main(arguments) or 0)


def _wants_screen(arguments: list[str]) -> bool:
    """Whether these arguments open the terminal UI. An existing file named like a command is reached by `open`."""
    if not arguments or arguments[0] == "open":
        return True
    if arguments[0].startswith("-"):
        return False
    if not Path(arguments[0]).exists():
        return False
    from glossary.cli.main import COMMANDS

    return arguments[0] not in COMMANDS


if __name__ == "__main__":
    sys.exit(main())
