"""What check, align and quotes share: their inputs, and the run that writes the reports."""

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from glossary.at_hand import MACHINE
from glossary.batch.engine import SERIAL, Engine
from glossary.cli import diagnostics
from glossary.cli.many import Entry, draining, engine, expected, plan_of
from glossary.cli.options import FAIL_ON, Options, configured
from glossary.cli.progress import Progress
from glossary.cli.standard_output import StandardOutput
from glossary.cli.summing import summed
from glossary.errors import InputError, UsageError
from glossary.files import bitexts
from glossary.files.configuration import Configuration
from glossary.files.documents import read_stream, read_text
from glossary.files.pairs import PairEntry, entries, entries_of, is_text
from glossary.files.waiver_files import write_baseline
from glossary.files.whole import write_whole
from glossary.formats.statistics import FORMS
from glossary.outputs import FORMATS
from glossary.passes import Plan, outcomes
from glossary.report import Selection, Summary
from glossary.service import (
    Outcome,
    Settings,
    bundled,
    own_memory,
    run_signature,
    settings_of,
)

READ_THROUGH = 50_000_000  # a memory up to this size (bytes) is checked for damage before every run


@dataclass(frozen=True, slots=True)
class Output:
    """A format and where it goes; None is stdout."""

    format: str
    path: Path | None


def outputs(
    chosen: tuple[str, ...],
    first: str | None,
    allowed: tuple[str, ...],
    where: str = "--format",
    statistics: str | None = None,
) -> tuple[Output, ...]:
    """The outputs that --format (or what stands at `where`), -o and --statistics ask for.

    Raises UsageError for unknown formats and two on stdout.
    """
    found = []
    for item in chosen or ((allowed[0],) if statistics is None or first is not None else ()):
        name, _, path = item.partition("=")
        if name not in allowed:
            raise UsageError(f"unknown format {name!r}", where, f"use one of {', '.join(allowed)}")
        found.append(Output(name, Path(path) if path else None))
    if first is not None and first != "-":
        found[0] = replace(found[0], path=Path(first))
    if statistics is not None:
        form, _, path = statistics.partition("=")
        if form not in FORMS:
            raise UsageError(f"unknown form {form!r}", "--statistics", f"write `--statistics={'|'.join(FORMS)}[=FILE]`")
        found.append(Output(f"statistics-{form}", Path(path) if path else None))
    if sum(output.path is None for output in found) > 1:
        raise UsageError("two formats would both go to standard output", where, "write `--format html=FILE`")
    if sys.stdout is None and any(output.path is None for output in found):
        diagnostics.no_stdout()
    return tuple(found)


def spare(written: Iterable[str | Path | None], read: Iterable[str | Path | None]) -> None:
    """Raises UsageError if one of the files to be written is one of those to be read, or a text of such a folder."""
    there = [path for path in (Path(one) for one in written if one) if path.is_file()]
    for one in [Path(one) for one in read if one] if there else ():
        for path in there:
            inside = one.is_dir() and is_text(path) and one.resolve() in path.resolve().parents
            if inside or (one.is_file() and path.samefile(one)):
                raise UsageError("it is read, and would be overwritten", str(path), "write to another file")


def inputs(
    paths: tuple[str, ...],
    manifest: str | None,
    source_lang: str | None,
    target_lang: str | None,
    alone: bool = False,
) -> Iterator[Entry]:
    """The entries that the arguments name: a manifest, a directory, a pair, an aligned file, or (`alone`) a source."""
    if manifest is not None:
        if paths:
            raise UsageError("both --pairs and paths are given", "", "give one of them")
        path = Path(manifest)
        if manifest != "-" and not path.exists():
            raise UsageError("no such manifest", manifest, "give a JSONL, CSV or TSV file, or a directory")
        found: Iterable[Entry] = (
            entries(path) if manifest != "-" else entries_of(sys.stdin.buffer, Path("standard input"))
        )
    elif len(paths) == 1 and Path(paths[0]).is_dir():
        found = entries(Path(paths[0]))
    elif len(paths) == 2 or (len(paths) == 1 and (alone or paths[0].endswith(bitexts.SUFFIXES))):
        found = [_from_paths(paths, source_lang, target_lang)]
    else:
        said = ("no text is named", "no target")[len(paths)] if len(paths) < 2 else f"{len(paths)} paths are too many"
        raise UsageError(
            said, paths[0] if len(paths) == 1 else "", "give SOURCE and TARGET, or a directory, or --pairs MANIFEST"
        )
    for entry in found:
        if isinstance(entry, PairEntry):
            entry = replace(
                entry, source_lang=source_lang or entry.source_lang, target_lang=target_lang or entry.target_lang
            )
        yield entry


def _from_paths(paths: tuple[str, ...], source_lang: str | None, target_lang: str | None) -> PairEntry:
    if paths.count("-") > 1:
        raise UsageError("both sides are read from standard input", "", "give a file for one of them")
    fields: dict[str, str] = {}
    for side, path in zip(("source", "target"), paths, strict=False):
        if path == "-":
            fields[f"{side}_text"] = read_stream(sys.stdin.buffer, "standard input").text
        else:
            fields[side] = path
    name = Path(paths[0]).name if len(paths) == 1 else f"{Path(paths[0]).name} {Path(paths[1]).name}"
    return PairEntry(name, **fields)


def memory_file(named: str | None, without: bool, configured: str = "") -> str:
    """The memory that --memory and --no-memory ask for, else the configured one, else the user's own; empty for none.

    One that is not there yet counts only if it is named. A damaged one is repaired, and that is said.

    Raises UsageError if both are given, InputError if the named memory cannot be used.
    """
    if without:
        if named:
            raise UsageError("both --memory and --no-memory are given", "", "give one of them")
        return ""
    wanted = named or configured or own_memory()
    path = Path(wanted)
    if not wanted or (not named and not path.exists()):
        return ""
    from glossary.cli.memory import opened_whole

    try:
        small = path.exists() and path.stat().st_size <= READ_THROUGH
        opened_whole(path, create=False, thorough=small).close()
    except InputError as error:
        if named:
            raise
        diagnostics.warn(f"going on without the memory: {error}")
        return ""
    return str(path)


@dataclass(frozen=True, slots=True)
class Run:
    """What came out of a run, for the exit code and the baseline."""

    summary: Summary
    fingerprints: tuple[str, ...]
    waived: frozenset[int] = frozenset()

    def exit_code(self, fail_on: str) -> int:
        """The exit code of contract §2."""
        if self.summary.unreadable:
            return diagnostics.UNREADABLE
        threshold, worst = FAIL_ON[fail_on], self.summary.worst()
        failed = threshold is not None and worst is not None and worst >= threshold
        return diagnostics.FINDINGS if failed or self.summary.unrelated else diagnostics.OK


def run(
    plan: Plan,
    found: Iterable[Entry],
    wanted: tuple[Output, ...],
    where: Engine = SERIAL,
    quiet: bool = True,
    total: int = 0,
    marked: bool = False,
) -> Run:
    """Work through the entries and write every output; files appear only when they are complete.

    `total` is how many entries are expected, for the progress bar; `marked` asks for the fingerprints.
    """
    settings = plan.settings
    counted, marks, waived, met = Summary(), list[str](), set[int](), set[int]()
    for problem in bundled(*settings.glossaries, house=settings.house).problems:
        diagnostics.warn(f"{problem.origin}:{problem.line}:{problem.column}: {problem.message}")
    mark = run_signature(settings)
    with ExitStack() as stack:
        streams = [stack.enter_context(report_stream(output)) for output in wanted]
        progress = stack.enter_context(Progress(total, quiet))
        stopping = stack.enter_context(draining(plan.ledger))
        for stream, output in zip(streams, wanted, strict=True):
            stream.write(FORMATS[output.format].begin())
        begun = set[int]()
        for outcome in outcomes(plan, found, where, progress.step, stopping):
            _write(outcome, streams, wanted, begun)
            counted += outcome.summary
            marks += outcome.fingerprints if marked else ()
            waived |= outcome.waived
            met |= outcome.met
            if not quiet:
                for note in outcome.notes:
                    diagnostics.warn(note)
        if stopping():
            raise KeyboardInterrupt
        for stream, output in zip(streams, wanted, strict=True):
            stream.write(FORMATS[output.format].end(counted, mark, settings))
    if counted.unrelated and not quiet:
        diagnostics.warn("these two texts do not seem to be renderings of each other")
    if not quiet:
        _report_waivers(settings.selection, waived, met, whole=counted.pairs > 1)
    return Run(counted, tuple(marks), frozenset(waived))


def _report_waivers(selection: Selection, used: set[int], met: set[int], whole: bool) -> None:
    """Say which waivers have run out or hide nothing any more."""
    for waiver in selection.waivers:
        if waiver.expired:
            diagnostics.warn(f"{waiver.where}: the waiver ran out on {waiver.expires} ({waiver.grounds})")
    for waiver in selection.stale(used, met, whole):
        diagnostics.warn(f"{waiver.where}: the waiver hides nothing any more ({waiver.grounds})")


def _write(outcome: Outcome, streams: list[IO[str]], wanted: tuple[Output, ...], begun: set[int]) -> None:
    """Write what there is of a pair; `begun` are the numbers of the streams that have a pair already."""
    for number, (stream, output, text) in enumerate(zip(streams, wanted, outcome.texts, strict=True)):
        if text:
            stream.write(FORMATS[output.format].between if number in begun else "")
            stream.write(text)
            begun.add(number)


def output_stream(path: Path | None) -> AbstractContextManager[IO[str]]:
    return StandardOutput() if path is None else write_whole(path)


def report_stream(output: Output) -> AbstractContextManager[IO[str]]:
    """Where the parts of a report are written; what is only summed becomes text at the end."""
    stream, form = output_stream(output.path), FORMATS[output.format].summed
    return stream if form is None else summed(stream, form)


def perform(task: str, options: Options, allowed: tuple[str, ...]) -> int:
    """Do what a command on pairs was asked for; the exit code of contract §2."""
    config = configured(options)
    fail_on = "never" if task == "align" else config.fail_on
    formats = config.formats if task == "check" else options.formats
    origin = config.origin("formats") if task == "check" else "--format"
    wanted = outputs(formats, options.output, allowed, origin, options.statistics)
    pairs = options.pairs or (config.pairs if not options.paths and config.pairs else None)
    _spare_inputs(options, config, pairs, wanted)
    memory = memory_file(options.memory, options.no_memory, config.memory) if task != "align" else ""
    settings = settings_of(
        config,
        Path.cwd(),
        datetime.now(UTC).date(),
        task,
        colour=coloured(options.plain, wanted),
        fail_on=FAIL_ON[fail_on],
        memory=not options.no_memory,
        memory_file=memory,
        draft=options.draft or "",
        outputs=tuple(output.format for output in wanted),
    )
    if options.verbose:
        _say_settings(config, settings)
    if options.draft and options.draft != MACHINE:
        _single(options.draft, pairs, options.paths)
    plan = plan_of(options, pairs, settings)
    if options.verbose:
        diagnostics.say(f"ledger: {plan.ledger or 'none'}")
    named = inputs(options.paths, pairs, options.source_lang, options.target_lang, alone=task == "quotes")
    where, found = engine(config.jobs or None, named, options.scheduler)
    total = expected(options.paths, pairs, options.quiet)
    done = run(plan, found, wanted, where, options.quiet, total, bool(options.write_baseline))
    if options.write_baseline:
        write_baseline(Path(options.write_baseline), done.fingerprints)
    return done.exit_code(fail_on)


def _spare_inputs(options: Options, config: Configuration, pairs: str | None, wanted: tuple[Output, ...]) -> None:
    """Raises UsageError if the run would overwrite what it reads; only a baseline may be written anew."""
    reports = [output.path for output in wanted]
    read = (*options.paths, pairs, *config.glossaries, options.draft, config.waivers, *config.files)
    spare((*reports, options.write_baseline), (*read, options.memory or config.memory))
    spare(reports, [config.baseline])


def _say_settings(config: Configuration, settings: Settings) -> None:
    """What the run goes by, a line each."""
    diagnostics.say(f"settings: {', '.join(map(str, config.files)) or 'the defaults'}")
    glossary = bundled(*settings.glossaries, house=settings.house)
    own = "".join(f", {path}" for path in settings.glossaries)
    diagnostics.say(f"glossary: {len(glossary)} concepts{own}; {len(settings.house)} decided by the house")
    selection = settings.selection
    diagnostics.say(f"waivers: {len(selection.waivers)}; findings of the baseline: {len(selection.baseline)}")
    diagnostics.say(f"memory: {settings.memory_file or 'none'}")


def _single(draft: str, pairs: str | None, paths: tuple[str, ...]) -> None:
    """A file is a draft of one pair. Raises UsageError if there are more, InputError if the file cannot be read."""
    if pairs or len(paths) != 2:
        raise UsageError("a draft is of one pair", draft, "name SOURCE and TARGET, or say --draft argos for many pairs")
    read_text(draft)


def coloured(plain: bool, wanted: tuple[Output, ...]) -> bool:
    """Whether text goes to a terminal that wants colours (NO_COLOR and TERM=dumb say no)."""
    to_terminal = sys.stdout is not None and sys.stdout.isatty() and any(o.path is None for o in wanted)
    return to_terminal and not plain and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
