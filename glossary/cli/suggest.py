"""`tolmach terms suggest`: candidate concepts of an aligned archive, for an editor to look through."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

import click

from glossary.cli import diagnostics
from glossary.cli import run as runs
from glossary.cli.many import Entry, engine, expected
from glossary.cli.options import configuration_here
from glossary.cli.progress import Progress
from glossary.errors import InputError
from glossary.examination import examine
from glossary.files.pairs import load_project
from glossary.formats.termbases import WRITERS
from glossary.report import Unreadable
from glossary.service import Settings, bundled, resources
from glossary.terms.concepts import Glossary
from glossary.terms.suggesting import LEAST, Suggestion, Unit, as_concepts
from glossary.text.display import flowing


@click.command()
@click.argument("paths", nargs=-1, metavar="SOURCE TARGET | DIR")
@click.option("--pairs", metavar="MANIFEST", help="A manifest: JSONL, CSV or TSV, one pair a line.")
@click.option("--format", "format_", type=click.Choice(["text", "csv", "jsonl"]), default="text", show_default=True)
@click.option("-o", "--output", metavar="FILE", help="Write here and not to stdout.")
@click.option("--least", type=click.IntRange(2), default=LEAST, show_default=True, help="Times a term was met.")
@click.option("--limit", type=click.IntRange(1), default=100, show_default=True, help="How many candidates to give.")
@click.option("--names", is_flag=True, help="Take names, too: what is always written with capitals.")
@click.option("--glossary", "glossaries", multiple=True, metavar="FILE", help="Put over the curated glossary.")
@click.option("--from", "source_lang", type=click.Choice(["en"]), help="Language of the source.")
@click.option("--to", "target_lang", type=click.Choice(["ru", "uk"]), help="Language of the target.")
@click.option("--jobs", type=click.IntRange(1), help="Processes; default: all cores for many pairs.")
@click.option("-q", "--quiet", is_flag=True, help="No progress.")
def suggest(paths: tuple[str, ...], pairs: str | None, format_: str, output: str | None, **options: Any) -> int:
    """Terms of an archive that the glossary has not, with what rendered them, how often, and where.

    csv has the columns of the glossary: look it through, fill in what only you know, and name it under --glossary.
    """
    from glossary.terms.suggesting import suggest as candidates

    config = configuration_here().given(glossaries=options["glossaries"], jobs=options["jobs"])
    settings = Settings("align", config.glossaries, house=config.house)
    manifest = pairs or (config.pairs if not paths and config.pairs else None)
    runs.spare([output], (*paths, manifest, *config.glossaries))
    where, found = engine(
        config.jobs or None, runs.inputs(paths, manifest, options["source_lang"], options["target_lang"])
    )
    units, failed = list[Unit](), 0
    with Progress(expected(paths, manifest, options["quiet"]), options["quiet"]) as progress:
        for article in where.run(partial(_units, settings), found, _set_aside):
            progress.step()
            if isinstance(article, Unreadable):
                failed += 1
                diagnostics.report(InputError(article.what, article.where or article.id, article.next_step))
            else:
                units += article
    indexes = {lang: resources(settings).term_index(lang) for lang in sorted({unit.lang for unit in units})}
    glossary = bundled(*config.glossaries, house=config.house)
    chosen = candidates(units, glossary, indexes, options["least"], options["names"])[: options["limit"]]
    with runs.output_stream(Path(output) if output else None) as stream:
        for part in _written(chosen, format_, glossary):
            stream.write(part)
    diagnostics.say(f"{len(chosen)} candidates in {len(units)} beads")
    return diagnostics.UNREADABLE if failed else diagnostics.OK


def _units(settings: Settings, entry: Entry) -> tuple[Unit, ...] | Unreadable:
    """The paired beads of an entry; runs in worker processes."""
    if isinstance(entry, Unreadable):
        return entry
    try:
        alignment = examine(load_project(entry), resources(settings)).alignment
    except InputError as error:
        return Unreadable.of(entry.id, error, entry.where)
    assert alignment is not None
    return tuple(
        Unit(
            entry.id,
            " ".join(span.of(alignment.source.text) for span in alignment.source_spans(number)),
            " ".join(span.of(alignment.target.text) for span in alignment.target_spans(number)),
            alignment.target.lang,
        )
        for number, bead in enumerate(alignment.beads)
        if bead.paired
    )


def _set_aside(entry: Entry, reason: str) -> Unreadable:
    return Unreadable(entry.id, f"this pair was set aside: {reason}", entry.where, "try it alone")


def _written(chosen: tuple[Suggestion, ...], format_: str, glossary: Glossary) -> Iterator[str]:
    if format_ == "csv":
        yield WRITERS["csv"](Glossary(as_concepts(chosen, glossary.by_id)), ["ru", "uk"])
    for one in chosen if format_ == "jsonl" else ():
        yield json.dumps({"schema": 1, **asdict(one)}, ensure_ascii=False) + "\n"
    for one in chosen if format_ == "text" else ():
        yield "\n".join(map(flowing, _lines(one))) + "\n\n"


def _lines(one: Suggestion) -> Iterable[str]:
    yield f"{one.term}  {one.count}× in {one.articles} article{'s' * (one.articles > 1)}"
    for rendered in one.renderings:
        yield f"  {rendered.lang} {rendered.text}  {rendered.count}×  {rendered.strength:.2f}"
    for unit in one.contexts:
        yield f"    {unit.article}: {unit.source}"
        yield f"    {' ' * len(unit.article)}  {unit.target}"
