"""Runs over many pairs: where the work is done, what is kept, and what Ctrl-C means."""

import hashlib
import os
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import Any

import click

from glossary.batch.engine import Engine, Serial, cores
from glossary.cli import diagnostics
from glossary.cli.options import Command, Options
from glossary.cli.progress import on_terminal
from glossary.data.folders import user_folder
from glossary.errors import UsageError
from glossary.files.pairs import PairEntry, count_lines
from glossary.passes import Plan
from glossary.report import Unreadable
from glossary.service import Settings

Entry = PairEntry | Unreadable
MANY = 2 * 16  # below this number of pairs a pool of processes costs more than it gives
STREAMED = ("jsonl",)


def batch_options(across: bool) -> Callable[[Command], Command]:
    """The options of commands that run over many pairs; `across`: those that compare pairs with each other too."""
    options: list[Callable[[Any], Any]] = [
        click.option("--ledger", metavar="FILE", help="Keep what was checked; a later run checks only what changed."),
        click.option("--resume", is_flag=True, help="The same, with a ledger of its own for this manifest or folder."),
        click.option("--scheduler", metavar="ADDRESS", help="Work on a Dask cluster: tcp://HOST:PORT, or `local`."),
    ]
    if across:
        options += [
            click.option(
                "--across/--no-across",
                default=None,
                help="Compare the pairs with each other; default: yes, save with jsonl, which does not wait.",
            ),
            click.option(
                "--across-share",
                type=click.FloatRange(0, 1),
                metavar="SHARE",
                help="A rendering in more than this share of the articles is usage and no slip; default: 0.1.",
            ),
        ]

    def add(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return add


def many(paths: tuple[str, ...], manifest: str | None) -> bool:
    """Whether the arguments may name more than one pair."""
    return manifest is not None or (len(paths) == 1 and Path(paths[0]).is_dir())


def plan_of(options: Options, manifest: str | None, settings: Settings) -> Plan:
    """How a run with these options over this manifest works. Raises UsageError if they do not fit together."""
    across = options.across if options.across is not None else not set(settings.outputs) & set(STREAMED)
    across = across and many(options.paths, manifest) and settings.task != "align"
    share = {} if options.across_share is None else {"share": options.across_share}
    return Plan(settings, _ledger(options, manifest), across, **share)


def _ledger(options: Options, manifest: str | None) -> Path | None:
    if options.ledger is not None:
        return Path(options.ledger)
    if not options.resume:
        return None
    named = manifest or (options.paths[0] if options.paths else "-")
    if named == "-":
        raise UsageError("what comes from standard input has no ledger of its own", "--resume", "give `--ledger FILE`")
    path = Path(named).resolve()
    name = f"{path.stem}-{hashlib.sha256(os.fsencode(path)).hexdigest()[:12]}.sqlite"
    folder = user_folder("state") / "ledgers"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / name


def engine(jobs: int | None, found: Iterable[Entry], scheduler: str | None = None) -> tuple[Engine, Iterable[Entry]]:
    """Where to do the work on these entries: by default in all cores if they are many. The entries are given back."""
    entries = iter(found)
    first = list(islice(entries, MANY))
    found = chain(first, entries)
    if scheduler is not None:
        from glossary.batch.cluster import Cluster

        return Cluster(scheduler, jobs or cores()), found
    if (jobs or (cores() if len(first) == MANY else 1)) == 1:
        return Serial(), found
    from glossary.batch.processes import Processes

    return Processes(jobs or cores()), found


def expected(paths: tuple[str, ...], manifest: str | None, quiet: bool) -> int:
    """How many entries there are, for a progress bar; 0 if nobody will see one, or it is not known."""
    if quiet or not on_terminal():
        return 0
    try:
        return count_lines(Path(manifest or paths[0])) if many(paths, manifest) else 1
    except (OSError, IndexError):
        return 0


@contextmanager
def draining(ledger: Path | None) -> Iterator[Callable[[], bool]]:
    """With a ledger the first Ctrl-C only asks to finish what is under way, and the second stops at once.

    Gives a function that says whether to stop. At the end of a block that was asked to stop KeyboardInterrupt is
    raised, so that no file looks complete.
    """
    asked = False

    def ask(*_: object) -> None:
        nonlocal asked
        if asked:
            raise KeyboardInterrupt
        asked = True
        diagnostics.warn("finishing what is under way; Ctrl-C again stops at once")

    if ledger is None:
        yield lambda: False
        return
    before = signal.signal(signal.SIGINT, ask)
    try:
        yield lambda: asked
        if asked:
            raise KeyboardInterrupt
    except KeyboardInterrupt:
        diagnostics.warn(f"stopped; what was checked is kept in {ledger}: run the same command again to go on")
        raise
    finally:
        signal.signal(signal.SIGINT, before)
