"""One concept, several renderings in one article."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from glossary.alignment.beads import Alignment
from glossary.findings import Evidence, Finding, Severity
from glossary.terms.concepts import ACCEPTED
from glossary.terms.inflection import inflect
from glossary.text import english
from glossary.text.words import Word

if TYPE_CHECKING:
    from glossary.terms.senses import Mention
    from glossary.terms.verdicts import Rendered, Verdict

NAMES = ("name", "territory")


def inconsistencies(
    verdicts: Sequence[tuple[int, "Verdict"]], alignment: Alignment, words_of: Callable[[int], Sequence[Word]]
) -> list[Finding]:
    """A finding where an English term is rendered otherwise than at its first place in the article.

    `words_of` gives the words of a target sentence. Only where the English is the same term and both renderings are
    accepted; one finding per concept and rendering. A mix of forms of a name is a warning, synonyms in running prose
    are a note.
    """
    seen: dict[tuple[str, int], dict[str, Rendered]] = defaultdict(dict)
    found: list[Finding] = []
    for bead, verdict in verdicts:
        r, mention = verdict.rendered, verdict.mention
        if verdict.status not in ACCEPTED or r is None or verdict.silent:
            continue
        places = seen[mention.concept.id, mention.term]
        if r.rendering.text not in places:
            if places and not abbreviates(r.rendering.text, next(iter(places))):
                found.append(_finding(bead, mention, r, next(iter(places.values())), alignment, words_of(r.sentence)))
            places[r.rendering.text] = r
    return found


def abbreviates(one: str, other: str) -> bool:
    """Whether one of them is an abbreviation, or a part of the other: that is the way of news, not an inconsistency."""
    shorter, longer = sorted((one, other), key=len)
    if shorter.isupper() or set(shorter.casefold().split()) <= set(longer.casefold().split()):
        return True
    return bool(english.without_possessive(shorter.casefold()) == longer.casefold())


def _finding(
    bead: int,
    mention: "Mention",
    r: "Rendered",
    earlier: "Rendered",
    alignment: Alignment,
    words: Sequence[Word],
) -> Finding:
    concept, text = mention.concept, alignment.target.text
    named = concept.subject in NAMES
    params = {
        "concept": concept.en,
        "source": mention.span.of(alignment.source.text),
        "target": r.span.of(text),
        "earlier": earlier.span.of(text),
    }
    offered = inflect(earlier.rendering, r.span, words, text, r.rendering.text)
    params["suggestion_sure"] = "yes" if offered.sure else "no"
    return Finding(
        "term-inconsistent",
        bead,
        mention.span,
        r.span,
        "name" if named else "default",
        MappingProxyType(params),
        concept.id,
        (offered.text,),
        (Evidence("target", earlier.span, "rendered so before"),),
        None if named else Severity.INFO,
    )
