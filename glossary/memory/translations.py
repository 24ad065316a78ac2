"""The translation memory: sentences that were rendered before, the same or much alike, with the words that differ."""

from dataclasses import dataclass

from glossary.memory import index
from glossary.memory.keys import digest, normalised, terms
from glossary.memory.store import Memory
from glossary.quotes.stems import tokens
from glossary.text.spans import Span

LEAST = 0.75
"""Sentences less alike than this cost more to correct than to render anew."""

_CANDIDATES = 80


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A kept sentence and its rendering. `score` is 1 for the same text, .99 for the same words, else the share of
    words, in their order, that need no change. `differing` are the words of the sentence asked for that the kept one
    has not, `differing_kept` those of the kept one, as spans of the two."""

    source: str
    target: str
    score: float
    article: str
    date: str
    differing: tuple[Span, ...] = ()
    differing_kept: tuple[Span, ...] = ()


def suggest(
    memory: Memory, sentence: str, target_lang: str, limit: int = 5, *, source_lang: str = "en", least: float = LEAST
) -> tuple[Suggestion, ...]:
    """Renderings of this sentence, or of sentences much alike, into `target_lang`: the likest first, then the latest.

    The likeness is one minus the Levenshtein distance over words, as translation memories have it, divided by the
    words of the longer sentence. Of equal renderings the latest is given.
    """
    from rapidfuzz.distance import Levenshtein

    words = tokens(sentence, source_lang)
    found: dict[tuple[str, str], Suggestion] = {}
    own = terms(sentence, source_lang)
    exact = digest(normalised(sentence, source_lang))
    rows = _rows(memory, index.holding(memory, "unit", own[-1:]), exact, source_lang, target_lang)
    if len(rows) < limit and words and least < 1:
        rows += _rows(memory, index.near(memory, "unit", own, _CANDIDATES), "", source_lang, target_lang)
    for source, target, article, date in rows:
        theirs = tokens(source, source_lang)
        score = Levenshtein.normalized_similarity(words, theirs)
        if source.split() == sentence.split():
            score = 1.0
        elif words == theirs:
            score = 0.99
        if score >= least and (source, target) not in found:
            found[source, target] = Suggestion(source, target, score, article, date)
    best = sorted(found.values(), key=lambda suggestion: suggestion.date, reverse=True)
    best.sort(key=lambda suggestion: -suggestion.score)
    return tuple(_marked(suggestion, sentence, source_lang) for suggestion in best[:limit])


def kept_units(memory: Memory, target_lang: str, source_lang: str = "en") -> int:
    """How many sentences there are with a rendering into `target_lang`."""
    condition = "source_lang = ? AND target_lang = ?"
    return int(memory.rows(f"SELECT count(*) FROM unit WHERE {condition}", source_lang, target_lang)[0][0])


def _rows(
    memory: Memory, numbers: list[int], words: str, source_lang: str, target_lang: str
) -> list[tuple[str, str, str, str]]:
    """Of these units those in these languages, and of these very words (a digest; empty: of any)."""
    return memory.rows(
        "SELECT unit.source, unit.target, article.name, article.date FROM unit"
        f" JOIN article ON article.id = unit.article WHERE unit.id IN ({','.join('?' * len(numbers))})"
        " AND ? IN (unit.words, '') AND unit.source_lang = ? AND unit.target_lang = ?"
        " ORDER BY article.date DESC, unit.id DESC LIMIT 200",
        *numbers,
        words,
        source_lang,
        target_lang,
    )


def _marked(suggestion: Suggestion, sentence: str, lang: str) -> Suggestion:
    """The suggestion with the spans of the words that differ."""
    from dataclasses import replace

    from rapidfuzz.distance import Levenshtein

    from glossary.text.words import words

    ours, theirs = words(sentence, lang), words(suggestion.source, lang)
    changes = Levenshtein.opcodes([word.folded for word in ours], [word.folded for word in theirs])
    differing, kept = list[Span](), list[Span]()
    for change in changes:
        if change.tag != "equal":
            differing += [word.span for word in ours[change.src_start : change.src_end]]
            kept += [word.span for word in theirs[change.dest_start : change.dest_end]]
    return replace(suggestion, differing=tuple(differing), differing_kept=tuple(kept))
