"""`tolmach align`: which sentence renders which."""

from collections.abc import Iterable
from typing import Any

import click

from glossary.alignment.learning import learn as learn_words
from glossary.cli import diagnostics
from glossary.cli.many import batch_options
from glossary.cli.options import Options, common_options, configured
from glossary.cli.run import inputs, perform
from glossary.errors import InputError
from glossary.examination import examine
from glossary.files.lexicons import add_to_lexicon, lexicon_path
from glossary.files.pairs import PairEntry, load_project
from glossary.report import Unreadable
from glossary.service import Settings, resources

SURE = 0.95
FORMATS = ("text", "json", "jsonl", "tsv", "tmx", "xliff", "html")


@click.command()
@common_options(FORMATS)
@batch_options(across=False)
@click.option("--learn", is_flag=True, help="Learn word pairs from aligned files (TMX, TSV) and from sure beads.")
def align(learn: bool, **options: Any) -> int:
    """Align SOURCE with TARGET sentence by sentence, and say how sure each bead is.

    A TMX or a two-column TSV is taken as aligned already. With `--learn`, which words render which is learned from it
    (from other texts: from the beads that are sure) and helps from then on.
    """
    asked = Options(**options)
    if learn:
        return _learn(
            inputs(asked.paths, asked.pairs, asked.source_lang, asked.target_lang), configured(asked).glossaries
        )
    return perform("align", asked, FORMATS)


def _learn(found: Iterable[PairEntry | Unreadable], glossaries: tuple[str, ...]) -> int:
    """Add what the sure beads of these pairs teach to the user's lexicon, and say how much it was."""
    units: dict[str, list[tuple[str, str]]] = {}
    for entry in found:
        if isinstance(entry, Unreadable):
            raise InputError(entry.what, entry.where, entry.next_step)
        examined = examine(load_project(entry), resources(Settings("align", glossaries)))
        alignment = examined.alignment
        assert alignment is not None
        for number, bead in enumerate(alignment.beads):
            if bead.paired and bead.score >= SURE:
                sides = (
                    " ".join(span.of(document.text) for span in spans)
                    for document, spans in (
                        (alignment.source, alignment.source_spans(number)),
                        (alignment.target, alignment.target_spans(number)),
                    )
                )
                units.setdefault(alignment.target.lang, []).append((next(sides), next(sides)))
    for lang, sentences in sorted(units.items()):
        learned = learn_words(sentences, lang)
        total = add_to_lexicon(lang, learned)
        diagnostics.say(
            f"{lang}: {len(learned)} word pairs from {len(sentences)} beads; {total} in {lexicon_path(lang)}"
        )
    if not units:
        diagnostics.say("no sure bead to learn from")
    return diagnostics.OK
