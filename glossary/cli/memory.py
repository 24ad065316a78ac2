"""`tolmach memory`: what was rendered before."""

import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date as calendar
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from glossary.cli import diagnostics
from glossary.cli import run as runs
from glossary.cli.many import engine, expected
from glossary.cli.options import Group, configuration_here
from glossary.cli.progress import Progress
from glossary.cli.standard_output import StandardOutput
from glossary.errors import InputError, UsageError
from glossary.examination import Examined, examine
from glossary.files.pairs import PairEntry, load_project
from glossary.report import Unreadable, fingerprints
from glossary.service import Settings, default_memory, resources, set_aside
from glossary.text.display import flowing, many
from glossary.text.language import detect

if TYPE_CHECKING:
    from glossary.memory import Article, Memory

Command = TypeVar("Command", bound=Callable[..., Any])
TOGETHER = 20
_KEY = 12  # digits of a key that are shown
_LANGUAGES = ("en", "ru", "uk")
_MEMORY = click.option("--memory", "file", metavar="FILE", help="The memory; default: your own.")
_FROM = click.option("--from", "source_lang", type=click.Choice(_LANGUAGES), help="Language of the source.")
_TO = click.option("--to", "target_lang", type=click.Choice(_LANGUAGES), help="Language of the target.")
_SETTINGS = Settings("quotes")


def opened_whole(path: Path, *, create: bool, thorough: bool = True) -> "Memory":
    """A memory that is in order; one that was damaged is repaired, and stderr says what became of it.

    `thorough` reads the whole file first: half a second for 100 MB.
    """
    from glossary.memory import rescue

    memory, repaired = rescue.opened_whole(path, create=create, thorough=thorough)
    if repaired is not None:
        rows = repaired.rows
        diagnostics.warn(
            f"{path} was damaged; rebuilt with {rows['article']} articles, {rows['quote']} quotes, {rows['unit']} "
            f"sentences and {rows['decision']} decisions that could be read. The damaged file is {repaired.kept_as}"
        )
    return memory


def _opened(file: str | None, *, create: bool = False) -> "Memory":
    named = file or configuration_here().memory
    return opened_whole(Path(named) if named else default_memory(), create=create)


@click.group(cls=Group)
def memory() -> None:
    """What was rendered before: quotes, sentences, and what you decided. One file on this machine, sent nowhere."""


@memory.command()
@click.argument("paths", nargs=-1, metavar="SOURCE TARGET | DIR")
@click.option("--pairs", metavar="MANIFEST", help="A manifest: JSONL, CSV or TSV, one pair a line.")
@click.option("--date", metavar="YYYY-MM-DD", help="When it was published; default: today.")
@click.option("--link", default="", metavar="URL", help="Where it was published.")
@_FROM
@_TO
@click.option("--jobs", type=click.IntRange(1), help="Processes; default: all cores for many pairs.")
@click.option("-q", "--quiet", is_flag=True, help="No progress.")
@_MEMORY
def add(
    paths: tuple[str, ...],
    pairs: str | None,
    date: str | None,
    link: str,
    source_lang: str | None,
    target_lang: str | None,
    jobs: int | None,
    quiet: bool,
    file: str | None,
) -> int:
    """Keep finished pairs: their quotes with what renders them, and the sentences whose bead is sure.

    A pair that is there already changes nothing; another rendering of the same source takes the place of the first.
    """
    day = _day(date)
    where, found = engine(jobs, runs.inputs(paths, pairs, source_lang, target_lang))
    total = expected(paths, pairs, quiet)
    failed = added = quotes = units = 0
    with _opened(file, create=True) as opened, Progress(total, quiet) as progress:
        from glossary.memory.shelves import add_all

        work = partial(_gathered, day, link)
        for group in _grouped(where.run(work, found, set_aside), progress):
            articles = []
            for article in group:
                if isinstance(article, Unreadable):
                    failed += 1
                    diagnostics.report(InputError(article.what, article.where or article.id, article.next_step))
                else:
                    articles.append(article)
                    quotes += len(article.quotes)
                    units += len(article.units)
            added += add_all(opened, tuple(articles))
        known = progress.done - failed - added
        diagnostics.say(f"{added} added, {known} known, {quotes} quotes and {units} sentences looked at: {opened.path}")
    return diagnostics.UNREADABLE if failed else diagnostics.OK


def _gathered(date: str, link: str, entry: PairEntry | Unreadable) -> "Article | Unreadable":
    """What an entry makes for the memory; runs in worker processes."""
    from glossary.memory import gathered

    if isinstance(entry, Unreadable):
        return entry
    try:
        return gathered(_examined(entry), date, link)
    except InputError as error:
        return Unreadable.of(entry.id, error, entry.where)


def _examined(entry: PairEntry, settings: Settings = _SETTINGS) -> Examined:
    return examine(load_project(entry), resources(settings))


def _grouped(articles: Iterable["Article | Unreadable"], progress: Progress) -> Iterator[list["Article | Unreadable"]]:
    group = []
    for article in articles:
        group.append(article)
        progress.step()
        if len(group) == TOGETHER:
            yield group
            group = []
    yield group


def _day(date: str | None) -> str:
    if date is None:
        return calendar.today().isoformat()  # noqa: DTZ011 a newspaper's day is the local one
    try:
        return calendar.fromisoformat(date).isoformat()
    except ValueError:
        raise UsageError(f"not a date: {date!r}", "--date", "write it as 2024-11-02") from None


@memory.command()
@click.argument("text", nargs=-1, required=True)
@click.option("--lang", type=click.Choice(_LANGUAGES), help="Language of TEXT; default: detected.")
@_TO
@click.option("--speaker", default="", help="Who said it.")
@click.option("--limit", type=click.IntRange(1, 100), default=5, show_default=True)
@_MEMORY
def search(
    text: tuple[str, ...], lang: str | None, target_lang: str | None, speaker: str, limit: int, file: str | None
) -> int:
    """Find TEXT, or what is much like it, among the quotes and the sentences, or else quotes with all these words.

    Exit 1 if there is nothing.
    """
    from glossary import memory as room

    words = " ".join(text)
    guess = detect(words).lang
    tongues = (lang,) if lang else sorted(_LANGUAGES, key=lambda tongue: tongue != guess)
    lang, found = tongues[0], False
    with _opened(file) as opened, StandardOutput() as stream:
        matches = room.search(opened, words, lang, speaker=speaker, limit=limit)
        for tongue in tongues:
            matches = matches or room.mentions(opened, words, tongue, limit)
        for match in matches:
            if target_lang in (None, match.rendering_lang):
                found = True
                head = " · ".join(part for part in (match.date, match.article, match.speaker) if part)
                likeness = f" {match.score:.2f}" if match.score else ""
                stream.write(f"quote{likeness} {flowing(head)}\n  {match.lang}  {flowing(match.text)}\n")
                for tongue, other in ((match.rendering_lang, match.rendering), (match.original_lang, match.original)):
                    if other:
                        stream.write(
                            f"  {tongue}  {flowing(other)}{'  (original)' if other == match.original else ''}\n"
                        )
        for tongue in (target_lang,) if target_lang else tuple(other for other in _LANGUAGES if other != lang):
            for unit in room.suggest(opened, words, tongue, limit, source_lang=lang):
                found = True
                stream.write(f"sentence {unit.score:.2f} {unit.date} · {flowing(unit.article)}\n")
                stream.write(f"  {lang}  {flowing(_marked(unit.source, unit.differing_kept))}\n")
                stream.write(f"  {tongue}  {flowing(unit.target)}\n")
    if not found:
        diagnostics.say("nothing like it in the memory")
        return diagnostics.FINDINGS
    return diagnostics.OK


def _marked(text: str, spans: Iterable[Any]) -> str:
    """The text with brackets around the words that differ."""
    for span in sorted(spans, reverse=True):
        text = f"{text[: span.start]}[{span.of(text)}]{text[span.end :]}"
    return text


@memory.command()
@_MEMORY
def stats(file: str | None) -> int:
    """Count what is kept."""
    from glossary.memory import stock

    with _opened(file) as opened, StandardOutput() as stream:
        found = stock(opened)
        rows = [
            ("articles", found.articles),
            ("quotes", found.quotes),
            ("renderings", found.renderings),
            ("speakers", found.speakers),
            ("originals found", found.originals),
            *((f"sentences {pair}", count) for pair, count in found.units),
            ("decisions", found.decisions),
        ]
        stream.write("".join(f"{count:>9}  {name}\n" for name, count in rows))
        diagnostics.say(str(opened.path))
    return diagnostics.OK


@memory.command("export")
@click.option("-o", "--output", metavar="FILE", help="Write here and not to stdout.")
@_MEMORY
def export_(output: str | None, file: str | None) -> int:
    """Write everything as JSONL, one article, original or decision a line."""
    from glossary.memory import export_lines

    runs.spare([output], [file or default_memory()])
    with _opened(file) as opened, runs.output_stream(Path(output) if output else None) as stream:
        for line in export_lines(opened):
            stream.write(line + "\n")
    return diagnostics.OK


@memory.command("import")
@click.argument("source", metavar="FILE")
@_MEMORY
def import_(source: str, file: str | None) -> int:
    """Take in what another memory exported (FILE or `-`). What is known already stays as it is."""
    from glossary.files.documents import read_stream, read_text
    from glossary.memory import import_lines

    text = read_stream(sys.stdin.buffer).text if source == "-" else read_text(Path(source), limit=4_000_000_000).text
    with _opened(file, create=True) as opened:
        done = import_lines(opened, text.split("\n"))
    for number, reason in done.broken:
        diagnostics.report(InputError(f"left out: {reason}", f"{source}:{number}"))
    diagnostics.say(f"new: {done.articles} articles, {done.originals} originals, {done.decisions} decisions")
    return diagnostics.UNREADABLE if done.broken else diagnostics.OK


@memory.command()
@click.argument("speaker", nargs=-1, required=True)
@_MEMORY
def forget(speaker: tuple[str, ...], file: str | None) -> int:
    """Remove what SPEAKER said, and the sentences with it. Exit 1 if nobody is meant."""
    from glossary.memory import forget as forgotten

    with _opened(file) as opened:
        done = forgotten(opened, " ".join(speaker))
    if not done.speakers:
        diagnostics.say("nobody of that name in the memory")
        return diagnostics.FINDINGS
    who = ", ".join(done.speakers)
    diagnostics.say(f"{who}: {done.quotes} quotes, {done.units} sentences and {done.decisions} decisions removed")
    return diagnostics.OK


@memory.command()
@click.argument("source")
@click.argument("target")
@click.argument("finding", metavar="FINGERPRINT")
@click.option("--as", "verdict", type=click.Choice(["accept", "dismiss", "found", "not-found"]), required=True)
@click.option("--here", is_flag=True, help="In this article only.")
@click.option("--reason", default="", help="Why, for whoever reads it later.")
@click.option("--original", default="", metavar="TEXT", help="The original, with `--as found`.")
@click.option("--link", default="", metavar="URL", help="Where the original is.")
@_MEMORY
def decide(
    source: str, target: str, finding: str, verdict: str, here: bool, reason: str, original: str, link: str,
    file: str | None,
) -> int:  # fmt: skip
    """Answer a finding of a pair, named by the fingerprint in `check --format jsonl`.

    accept: the rendering stands. dismiss: do not tell it again. found: the original of the quote is TEXT. not-found: it
    was sought in vain. The answer holds until the words change.
    """
    from glossary import memory as room

    with _opened(file, create=True) as opened:
        examined = _examined(PairEntry(Path(source).name, source, target=target), Settings("check"))
        examined = room.consulted(examined, opened)
        named = dict(zip(fingerprints(examined), examined.findings, strict=True)).get(finding)
        if named is None:
            raise UsageError("no finding has this fingerprint", finding, "`tolmach check … --format jsonl` lists them")
        scope = "here" if here else "always"
        room.decide(opened, examined, named, verdict, scope=scope, reason=reason, original=original, link=link)
    diagnostics.say(f"{verdict} ({scope}): {named.message}")
    return diagnostics.OK


@memory.command()
@click.option("--all", "every", is_flag=True, help="Also those that were overruled or taken back.")
@_MEMORY
def decisions(every: bool, file: str | None) -> int:
    """List what you decided, the oldest first: a key for `retract`, when, what, on which words. Tab-separated."""
    from glossary import memory as room

    with _opened(file) as opened, StandardOutput() as stream:
        for one in room.decisions(opened, every=every):
            words = " | ".join((" / ".join(one.sources), " / ".join(one.renderings)))
            answer = f"{one.verdict} here" if one.scope == "here" else one.verdict
            told = "; ".join(part for part in (one.reason, one.original, one.link) if part)
            cells = (one.key[:_KEY], one.at, answer, one.rule, one.lang, words, told)
            stream.write("\t".join(flowing(" ".join(cell.split())) for cell in cells) + "\n")
    return diagnostics.OK


@memory.command()
@click.argument("key")
@_MEMORY
def retract(key: str, file: str | None) -> int:
    """Take the decisions under a KEY of `decisions` back: the finding is told again. Exit 1 if there are none."""
    from glossary import memory as room

    with _opened(file) as opened:
        meant = [one for one in room.decisions(opened) if len(key) >= 4 and one.key.startswith(key)]
        for one in meant:
            room.retract(opened, one)
    diagnostics.say(f"{many(len(meant), 'decision')} taken back" if meant else "no decision has this key")
    return diagnostics.OK if meant else diagnostics.FINDINGS
