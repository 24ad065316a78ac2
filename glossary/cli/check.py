"""`tolmach check`: align, check terms, follow quotes, check figures; report."""

import click

from glossary.cli import run as runs
from glossary.service import Settings

FORMATS = ("text", "json", "jsonl", "html")


@click.command()
@runs.common_options(FORMATS)
@runs.finding_options
def check(
    paths: tuple[str, ...],
    pairs: str | None,
    formats: tuple[str, ...],
    output: str | None,
    glossaries: tuple[str, ...],
    source_lang: str | None,
    target_lang: str | None,
    jobs: int | None,
    memory: str | None,
    no_memory: bool,
    quiet: bool,
    plain: bool,
    domain: str,
    fail_on: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    baseline: str | None,
    waivers: str | None,
    write_baseline: str | None,
) -> int:
    """Align a pair, check its terms, follow its quotes, check its figures, and report.

    SOURCE is English, TARGET its Russian or Ukrainian rendering; `-` reads one side from stdin. A directory is read by
    names: NAME.en.txt with NAME.ru.txt or NAME.uk.txt.
    """
    wanted = runs.outputs(formats, output, FORMATS)
    settings = Settings(
        "check",
        glossaries,
        domain,
        runs.selection(select, ignore, baseline, waivers),
        colour=runs.coloured(plain, wanted),
        memory=not no_memory,
        memory_file=runs.memory_file(memory, no_memory),
    )
    done = runs.run(settings, runs.inputs(paths, pairs, source_lang, target_lang), wanted, jobs, quiet)
    if write_baseline:
        runs.write_baseline(write_baseline, done.fingerprints)
    return done.exit_code(fail_on)
