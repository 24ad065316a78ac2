"""`tolmach draft`: a draft of an English text from memory and by machine, terms kept, marked as a draft."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from glossary.cli import diagnostics
from glossary.cli import run as runs
from glossary.cli.options import configuration_here, glossary_here
from glossary.cli.progress import Progress
from glossary.cli.standard_output import StandardOutput
from glossary.errors import CapabilityError, InputError, UsageError
from glossary.text.display import lines, many

if TYPE_CHECKING:
    from glossary.drafting.drafts import Draft
    from glossary.drafting.engine import Machine
    from glossary.text.spans import Document

FORMATS = ("text", "json", "xliff", "tmx", "html")


@click.command()
@click.argument("source")
@click.option("--to", "target_lang", type=click.Choice(["ru", "uk"]), required=True, help="Language of the draft.")
@click.option("--from", "source_lang", type=click.Choice(["en"]), help="Language of the source, if it is not found.")
@click.option("--format", "formats", multiple=True, metavar="F[=FILE]", help=f"{', '.join(FORMATS)}. May be repeated.")
@click.option("-o", "--output", metavar="FILE", help="Write the first format here and not to stdout.")
@click.option("--glossary", "glossaries", multiple=True, metavar="FILE", help="Put over the curated glossary.")
@click.option("--domain", type=click.Choice(["auto", "military", "none"]), default="auto", show_default=True)
@click.option("--memory", metavar="FILE", help="What was rendered before; default: your own, if there is one.")
@click.option("--no-memory", is_flag=True, help="Ask no memory.")
@click.option("--tmx", multiple=True, metavar="FILE", help="A translation memory of another program. May be repeated.")
@click.option(
    "--via", metavar="LANG", help="Go through a third language, such as pl; `none`: not even by the settings."
)
@click.option("--threads", type=click.IntRange(0, 256), default=0, help="Cores for the machine; 0: as it likes.")
@click.option("-q", "--quiet", is_flag=True, help="No progress and no warnings.")
def draft(
    source: str,
    target_lang: str,
    source_lang: str | None,
    formats: tuple[str, ...],
    output: str | None,
    glossaries: tuple[str, ...],
    domain: str,
    memory: str | None,
    no_memory: bool,
    tmx: tuple[str, ...],
    via: str | None,
    threads: int,
    quiet: bool,
) -> int:
    """Draft SOURCE (English; `-` is stdin) in Russian or Ukrainian: from memory, then with an installed Argos package.

    Nothing leaves this machine. Sentences that were rendered before, or at least 75 % alike, come first; without a
    package the rest is left open. With --via, two packages in a row render by way of a third language, and every
    sentence that did says so. Terms are rendered as the glossary has them; quotes that were first said in the
    language of the draft are left open, with what to search for. Every sentence is marked as a draft.
    """
    from glossary.drafting import drafts, rendition
    from glossary.files.glossaries import load_index
    from glossary.files.whole import write_whole
    from glossary.recall import Recall

    wanted = runs.outputs(formats, output, FORMATS)
    config = configuration_here()
    runs.spare((one.path for one in wanted), (source, *tmx, *glossaries, memory or config.memory))
    read = _read(source, source_lang)
    with Recall(
        target_lang, runs.memory_file(memory, no_memory, config.memory), [Path(path) for path in tmx]
    ) as recall:
        known = bool(recall.units)
        engine = _engine(target_lang, config.draft_via if via is None else via, threads, needed=not known, quiet=quiet)
        with Progress(len(read.sentences), quiet) as progress:
            made = drafts.draft(
                read,
                target_lang,
                engine,
                load_index(glossary_here(glossaries), target_lang),
                domain=domain,
                remembered=recall.best if known else lambda sentence: None,
                step=lambda done: progress.step(),
            )
    writers = {
        "text": rendition.as_text,
        "json": rendition.as_json,
        "xliff": rendition.as_xliff,
        "tmx": rendition.as_tmx,
        "html": rendition.as_html,
    }
    for one in wanted:
        with StandardOutput() if one.path is None else write_whole(one.path) as file:
            content = writers[one.format](made)
            file.write(lines(content) if one.path is None and sys.stdout.isatty() else content)
    if not quiet:
        _summary(made, engine is not None)
    return diagnostics.OK


def _read(source: str, source_lang: str | None) -> "Document":
    """The document to draft. Raises InputError, and UsageError if it is not English."""
    from glossary.files.documents import read_stream, read_text
    from glossary.files.pairs import LANGUAGES
    from glossary.text import language
    from glossary.text.segment import document

    text = (read_stream(sys.stdin.buffer) if source == "-" else read_text(source)).text
    found = source_lang or language.detect(text).lang
    if found in ("ru", "uk"):
        raise UsageError(f"the text is not English but {LANGUAGES[found]}", source, "drafts are made of English texts")
    return document(text, "en", "standard input" if source == "-" else Path(source).name)


def _engine(target_lang: str, via: str, threads: int, needed: bool, quiet: bool) -> "Machine | None":
    """The machine; None if there is none that works and it is not `needed`. Raises CapabilityError or InputError if it
    is, UsageError for a language it cannot go through."""
    from glossary.drafting.relay import machine

    try:
        return machine("en", target_lang, via, threads)
    except (CapabilityError, InputError) as error:
        if needed:
            raise
        if not quiet:
            place = f"{error.where}: " if error.where else ""
            diagnostics.warn(f"{place}{error.what}; only what is in memory is filled in")
            diagnostics.say(f"  → {error.next_step}")
        return None


def _summary(made: "Draft", machine: bool) -> None:
    left = sum(one.origin == "open" for one in made.sentences)
    doubtful = sum(bool(one.reasons) for one in made.sentences)
    if not machine:
        diagnostics.say(f"{left} of {many(len(made.sentences), 'sentence')} left open")
    elif doubtful:
        diagnostics.say(f"{doubtful} of {many(len(made.sentences), 'sentence')} to look at; `--format json` says why")
