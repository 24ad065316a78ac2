"""`tolmach watch`: check what changes."""

import contextlib
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import click

from glossary import service
from glossary.cli import diagnostics
from glossary.cli.options import FAIL_ON, Options, configured, finding_options
from glossary.cli.options import common_options as common
from glossary.cli.run import Output, coloured, memory_file
from glossary.cli.standard_output import StandardOutput
from glossary.errors import TolmachError, UsageError
from glossary.files import pairs, waiver_files
from glossary.files.configuration import NAMES, Configuration
from glossary.files.counterparts import pairs_of
from glossary.files.watching import Change, Seen, changes, look
from glossary.formats.text import counted
from glossary.service import Settings

FORMATS = ("text", "jsonl")
TABLES = (".csv", ".tsv", ".tbx", ".utx")


@click.command()
@common(FORMATS)
@finding_options
@click.option(
    "--every", type=click.FloatRange(0.05, 3600), default=0.5, show_default=True, help="Seconds between looks."
)
def watch(every: float, **options: Any) -> int:
    """Check the pairs below DIR whenever one of their texts changes, until Ctrl-C.

    A change of the settings, the waivers or a glossary checks everything again. Results go to stdout as they come.
    """
    asked = Options(**options)
    if len(asked.paths) != 1 or asked.pairs or not Path(asked.paths[0]).is_dir():
        raise UsageError("watch takes one folder", " ".join(asked.paths), "give the folder that the texts are in")
    format_ = (asked.formats or FORMATS[:1])[0]
    if format_ not in FORMATS or len(asked.formats) > 1:
        raise UsageError(f"watch cannot write {format_!r}", "--format", f"use one of {', '.join(FORMATS)}")
    folder = Path(asked.paths[0]).resolve()
    config, settings = _settings(asked, format_)
    first = _look(folder, asked, config)
    diagnostics.say(f"watching {folder}; Ctrl-C ends")

    def seen() -> Seen:
        return _look(folder, asked, config)

    with contextlib.suppress(KeyboardInterrupt):
        for change in changes(first, seen, partial(time.sleep, every)):
            concerned = change.changed
            try:
                if any(path.suffix not in pairs.SUFFIXES for path in (*change.changed, *change.gone)):
                    service.reread()
                    config, settings = _settings(asked, format_)
                    concerned = tuple(path for path in _look(folder, asked, config) if path.suffix in pairs.SUFFIXES)
                _check(change, concerned, config, settings)
            except TolmachError as error:
                diagnostics.report(error)
    return diagnostics.OK


def _settings(asked: Options, format_: str) -> tuple[Configuration, Settings]:
    config = configured(asked)
    output = (Output(format_, None),)
    settings = service.settings_of(
        config,
        Path.cwd(),
        datetime.now(UTC).date(),
        outputs=(format_,),
        colour=coloured(asked.plain, output),
        fail_on=FAIL_ON[config.fail_on],
        memory=not asked.no_memory,
        memory_file=memory_file(asked.memory, asked.no_memory, config.memory),
    )
    service.resources(settings)  # a broken glossary is said now
    return config, settings


def _look(folder: Path, asked: Options, config: Configuration) -> Seen:
    named = (
        *config.files,
        *map(Path, (*config.glossaries, *filter(None, (config.waivers, config.baseline, asked.config)))),
    )
    return look(folder, (*pairs.SUFFIXES, *TABLES, *NAMES, waiver_files.NAME), named)


def _check(change: Change, concerned: Iterable[Path], config: Configuration, settings: Settings) -> None:
    """Check the pairs of these files, each once, and say what is gone."""
    for path in change.gone:
        diagnostics.say(f"{path} is gone")
    manifest = Path(config.pairs) if config.pairs else None
    entries = {(e.source, e.target): e for path in concerned for e in pairs_of(path, manifest)}
    with StandardOutput() as stream:
        for entry in sorted(entries.values(), key=lambda entry: entry.id):
            outcome = service.work(settings, entry)
            for note in outcome.notes:
                diagnostics.warn(note)
            stream.write(outcome.texts[0] + ("\n" if settings.outputs == ("text",) else ""))
            stream.flush()
            said = "cannot be read" if outcome.summary.unreadable else counted(outcome.summary)
            diagnostics.say(f"{datetime.now().astimezone():%H:%M:%S} {entry.id}: {said}")
