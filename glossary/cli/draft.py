"""`tolmach draft`: a machine draft of an English text, terms kept, marked as a draft."""

import sys
from pathlib import Path

import click

from glossary.cli import diagnostics
from glossary.cli import run as runs
from glossary.cli.progress import Progress
from glossary.errors import UsageError
from glossary.text.display import lines

FORMATS = ("text", "json", "xliff")


@click.command()
@click.argument("source")
@click.option("--to", "target_lang", type=click.Choice(["ru", "uk"]), required=True, help="Language of the draft.")
@click.option("--from", "source_lang", type=click.Choice(["en"]), help="Language of the source, if it is not found.")
@click.option("--format", "formats", multiple=True, metavar="F[=FILE]", help=f"{', '.join(FORMATS)}. May be repeated.")
@click.option("-o", "--output", metavar="FILE", help="Write the first format here and not to stdout.")
@click.option("--glossary", "glossaries", multiple=True, metavar="FILE", help="Put over the curated glossary.")
@click.option("--domain", type=click.Choice(["auto", "military", "none"]), default="auto", show_default=True)
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
    threads: int,
    quiet: bool,
) -> int:
    """Draft SOURCE (English; `-` is stdin) in Russian or Ukrainian with an installed Argos package.

    Nothing leaves this machine. Terms are rendered as the glossary has them; quotes that were first said in the
    language of the draft are left open, with what to search for. The first line says that it is a draft.
    """
    from glossary.drafting import drafts, rendition
    from glossary.drafting.engine import Engine
    from glossary.drafting.packages import required
    from glossary.files.documents import read_stream, read_text
    from glossary.files.glossaries import load_index
    from glossary.files.whole import write_whole
    from glossary.service import bundled
    from glossary.text import language
    from glossary.text.segment import document

    wanted = runs.outputs(formats, output, FORMATS)
    text = (read_stream(sys.stdin.buffer) if source == "-" else read_text(source)).text
    found = source_lang or language.detect(text).lang
    if found in ("ru", "uk"):
        raise UsageError(f"the text is not English but {found}", source, "drafts are made of English texts")
    read = document(text, "en", "standard input" if source == "-" else Path(source).name)
    package = required("en", target_lang)
    index = load_index(bundled(*glossaries), target_lang)
    engine = Engine(package, threads)
    with Progress(len(read.sentences), quiet) as progress:
        made = drafts.draft(read, target_lang, engine, index, domain=domain, step=lambda done: progress.step())
    writers = {"text": rendition.as_text, "json": rendition.as_json, "xliff": rendition.as_xliff}
    for one in wanted:
        with runs.StandardOutput() if one.path is None else write_whole(one.path) as file:
            content = writers[one.format](made)
            file.write(lines(content) if one.path is None and sys.stdout.isatty() else content)
    doubtful = sum(bool(sentence.reasons) for sentence in made.sentences)
    if doubtful and not quiet:
        diagnostics.say(f"{doubtful} of {len(made.sentences)} sentences to look at; `--format json` says why")
    return diagnostics.OK
