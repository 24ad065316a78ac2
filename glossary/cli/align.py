"""`tolmach align`: which sentence renders which."""

import click

from glossary.cli import run as runs
from glossary.service import Settings

FORMATS = ("text", "json", "jsonl", "tsv", "tmx", "xliff", "html")


@click.command()
@runs.common_options(FORMATS)
def align(
    paths: tuple[str, ...],
    pairs: str | None,
    formats: tuple[str, ...],
    output: str | None,
    glossaries: tuple[str, ...],
    source_lang: str | None,
    target_lang: str | None,
    jobs: int | None,
    no_memory: bool,
    quiet: bool,
    plain: bool,
) -> int:
    """Align SOURCE with TARGET sentence by sentence, and say how sure each bead is."""
    wanted = runs.outputs(formats, output, FORMATS)
    settings = Settings("align", glossaries, target_lang=target_lang or "", colour=runs.coloured(plain, wanted))
    done = runs.run(settings, runs.inputs(paths, pairs, source_lang, target_lang), wanted, jobs, quiet)
    return done.exit_code("never")
