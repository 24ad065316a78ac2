"""`tolmach terms`: the glossary itself."""

import json
from collections import Counter
from pathlib import Path

import click

from glossary.cli import diagnostics
from glossary.cli.options import Group, glossary_here
from glossary.cli.run import spare
from glossary.cli.standard_output import StandardOutput
from glossary.errors import UsageError
from glossary.files.whole import write_whole
from glossary.formats.entries import entry
from glossary.formats.termbases import WRITERS
from glossary.terms.concepts import Concept
from glossary.text.display import flowing

LEVELS = (("error", "errors"), ("warning", "warnings"), ("info", "notes"))
_GLOSSARY = click.option("--glossary", "glossaries", multiple=True, metavar="FILE", help="Put over the curated one.")
_FORMAT = click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)


class _Terms(Group):
    """The commands below, and one in a module of its own that is imported when it is called for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*super().list_commands(ctx), "suggest"])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name == "suggest":
            from glossary.cli.suggest import suggest

            return suggest
        return super().get_command(ctx, cmd_name)


@click.group(cls=_Terms)
def terms() -> None:
    """The glossary: find a term in any inflected form, lint a glossary, count what is in it, suggest new concepts."""


@terms.command()
@click.argument("text", nargs=-1, required=True)
@_GLOSSARY
@_FORMAT
def find(text: tuple[str, ...], glossaries: tuple[str, ...], format_: str) -> int:
    """Find the concepts in TEXT, in any inflected form of English, Russian or Ukrainian."""
    from glossary.files.glossaries import load_index

    glossary = glossary_here(glossaries)
    words = " ".join(text)
    latin = sum("a" <= letter <= "z" for letter in words.casefold())
    found: dict[str, Concept] = {}
    for lang in ("ru", "uk"):
        index = load_index(glossary, lang)
        for side in ["en"] if latin * 2 > len(words.replace(" ", "")) else [lang]:
            for occurrence in index.find(words, side):
                found.setdefault(occurrence.concept.id, occurrence.concept)
    with StandardOutput() as stream:
        if format_ == "json":
            stream.write(json.dumps([_record(c) for c in found.values()], ensure_ascii=False, indent=1) + "\n")
        else:
            stream.write("\n".join(entry(concept) for concept in found.values()))
    if not found:
        diagnostics.say(f"no term of the glossary in {words!r}")
        return diagnostics.FINDINGS
    return diagnostics.OK


def _record(concept: Concept) -> dict[str, object]:
    return {
        "id": concept.id,
        "subject": concept.subject,
        "en": [rendering.text for rendering in concept.english],
        **{
            lang: [{"text": r.text, "status": r.status, "reason": r.reason} for r in concept.of(lang)]
            for lang in ("ru", "uk")
        },
        "definition": concept.definition,
        "note": concept.note,
        "source": concept.source,
    }


@terms.command()
@click.argument("glossaries", nargs=-1, metavar="[GLOSSARY]…")
@click.option("--notes", is_flag=True, help="Show notes too: words unknown to the dictionary, nested strings.")
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "never"]),
    default="warning",
    show_default=True,
    help="Exit 1 from this severity on.",
)
def lint(glossaries: tuple[str, ...], notes: bool, fail_on: str) -> int:
    """Check GLOSSARY (default: the curated one) against itself and against the dictionaries."""
    from glossary.data import glossary_path
    from glossary.files.glossaries import read_glossary
    from glossary.terms import lint as check_glossary

    failed = False
    for path in map(Path, glossaries or (glossary_path(),)):
        problems = check_glossary(read_glossary(path))
        with StandardOutput() as stream:
            for problem in problems if notes else [problem for problem in problems if problem.severity != "info"]:
                stream.write(
                    f"{flowing(problem.origin)}:{problem.line}:{problem.column}: {problem.severity} {problem.rule}: "
                    f"{flowing(problem.message)}\n"
                )
        counts = Counter(problem.severity for problem in problems)
        said = ", ".join(f"{counts[severity]} {word}" for severity, word in LEVELS if counts[severity])
        diagnostics.say(f"{path.name}: {said or 'clean'}")
        failed |= fail_on != "never" and bool(counts["error"])
        failed |= fail_on == "warning" and bool(counts["warning"])
    return diagnostics.FINDINGS if failed else diagnostics.OK


@terms.command()
@_GLOSSARY
def stats(glossaries: tuple[str, ...]) -> int:
    """Count concepts by subject, and renderings by language and status."""
    glossary = glossary_here(glossaries)
    subjects = Counter(concept.subject for concept in glossary)
    renderings = Counter((r.lang, r.status) for concept in glossary for r in concept.renderings)
    with StandardOutput() as stream:
        stream.write(f"{len(glossary)} concepts\n")
        for subject, count in sorted(subjects.items(), key=lambda item: (-item[1], item[0])):
            stream.write(f"{count:6d}  {subject}\n")
        for (lang, status), count in sorted(renderings.items()):
            stream.write(f"{count:6d}  {lang} {status}\n")
    return diagnostics.OK


@terms.command("export")
@click.option("--format", "format_", type=click.Choice(list(WRITERS)), default="csv", show_default=True)
@click.option("--to", "lang", type=click.Choice(["ru", "uk"]), help="Only this language (formats of one pair need it).")
@click.option("-o", "--output", metavar="FILE", help="Write here and not to stdout.")
@_GLOSSARY
def export_terms(format_: str, lang: str | None, output: str | None, glossaries: tuple[str, ...]) -> int:
    """Write the glossary in the format of another tool."""
    if lang is None and format_ in ("weblate", "omegat", "utx"):
        raise UsageError(f"{format_} holds one pair of languages", "", "say `--to ru` or `--to uk`")
    spare([output], glossaries)
    text = WRITERS[format_](glossary_here(glossaries), [lang] if lang else ["ru", "uk"])
    with StandardOutput() if output is None else write_whole(Path(output)) as stream:
        stream.write(text)
    return diagnostics.OK


@terms.command("import")
@click.argument("file")
@click.option("--to", "lang", type=click.Choice(["ru", "uk"]), default=None, help="Language of the renderings.")
@click.option("-o", "--output", metavar="FILE", help="Write here and not to stdout.")
def import_terms(file: str, lang: str | None, output: str | None) -> int:
    """Turn a glossary of another tool (TBX, UTX, Weblate, OmegaT, memoQ) into a table for `--glossary`."""
    from glossary.files.glossaries import read_glossary

    spare([output], [file])
    glossary = read_glossary(Path(file), lang or "")
    with StandardOutput() if output is None else write_whole(Path(output)) as stream:
        stream.write(WRITERS["csv"](glossary, ["ru", "uk"]))
    diagnostics.say(f"{file}: {len(glossary)} concepts")
    return diagnostics.OK
