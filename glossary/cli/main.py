"""The entry: finds the command's module, runs it, turns errors into lines on stderr and exit codes."""

import errno
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from glossary.cli import diagnostics
from glossary.errors import TolmachError
from glossary.garbage import collect_seldom
from glossary.version import __version__

COMMANDS = {
    "check": "Align a pair, check terms, follow quotes, check figures; report.",
    "align": "Which sentence renders which.",
    "diff": "What changed between two reports of one archive.",
    "quotes": "Quotes, their renderings, and the chain they travelled. `quotes compare` scores pairs of quotes.",
    "quotes-compare": "",
    "terms": "The glossary: find, lint, stats, import, export, suggest.",
    "draft": "A machine draft with its terms kept, marked as a draft.",
    "models": "The Argos packages that drafts are made with: list, install, verify, remove.",
    "memory": "What was rendered before, and what you decided: add, search, decide, export, import, forget.",
    "demo": "The whole thing on a bundled article.",
    "read": "Print a text as Tolmach reads it.",
    "watch": "Check what changes in a folder, until Ctrl-C.",
    "lsp": "The language server, for editors.",
    "config": "What is set, and where: show, validate.",
    "rules": "What each finding means.",
    "keys": "The keys of the terminal UI.",
    "doctor": "What is installed, what is missing, what is in the way.",
}
_MODULES = {"quotes-compare": "comparing", "rules": "explain", "keys": "explain", "read": "explain"}


class _Commands(click.Group):
    """Commands whose modules are imported when they are called for, and not before."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for name, summary in COMMANDS.items() if summary]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"glossary.cli.{_MODULES.get(cmd_name, cmd_name)}")
        command: click.Command = getattr(module, cmd_name.replace("-", "_"))
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            screen = ("open", "The terminal UI, on a pair or a folder; the word may be left out.")
            formatter.write_dl([screen, *((name, summary) for name, summary in COMMANDS.items() if summary)])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[:2] == ["quotes", "compare"]:
            args = ["quotes-compare", *args[2:]]
        if args and args[0] not in COMMANDS:
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, 1)
            ctx.fail(f"no command or file {args[0]!r}" + (f"; did you mean {near[0]!r}?" if near else ""))
        name, command, rest = super().resolve_command(ctx, args)
        return name and name.replace("-", " "), command, rest


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="`tolmach SOURCE TARGET` opens the terminal UI. Exit codes: 0 nothing found, 1 findings, 2 usage, "
    "3 unreadable input, 4 something is not installed, 130 interrupted.",
)
@click.version_option(__version__, "-V", "--version", message="tolmach %(version)s")
def commands() -> None:
    """Checks Russian and Ukrainian renderings of English war reporting."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit code. Never raises for what a user can cause."""
    collect_seldom()
    try:
        result = commands.main(list(sys.argv[1:] if arguments is None else arguments), "tolmach", standalone_mode=False)
        if sys.stdout is not None:
            sys.stdout.flush()
        return result if isinstance(result, int) else diagnostics.OK
    except click.ClickException as error:
        error.show()
        return diagnostics.USAGE
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except (click.Abort, KeyboardInterrupt):
        diagnostics.say("interrupted")
        return diagnostics.INTERRUPTED
    except TolmachError as error:
        return diagnostics.report(error)
    except BrokenPipeError:
        return diagnostics.stdout_gone()
    except OSError as error:
        diagnostics.say(f"tolmach: {error.filename or 'standard output'}: {error.strerror or error}")
        if error.errno == errno.ENOSPC:
            diagnostics.say("  → make room, and run the same command again")
        return diagnostics.UNREADABLE
