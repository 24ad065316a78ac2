"""Names for words: what stays the same when a text moves, is set in other marks or is read on another machine."""

import hashlib
import re
from collections.abc import Iterable

from glossary.findings import Finding
from glossary.quotes.stems import parts, stem, tokens, weights
from glossary.quotes.values import QuoteStudy
from glossary.text.spans import Document, Span

PREFIX = 5
"""Letters of a stem that are indexed: longer stems differ by derivation more often than by meaning."""

_TELLING = 0.2
_WORDING = 16
_INDEXED = re.compile(r"[0-9a-zа-яёіїєґўй]+")


def digest(*pieces: str) -> str:
    """Thirty-two hexadecimal digits of these texts."""
    return hashlib.sha256("\x1f".join(pieces).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def normalised(text: str, lang: str) -> str:
    """The words of a text in lower case, without marks, points and stress; of a text without words the text itself."""
    return " ".join(tokens(text, lang)) or " ".join(text.split())


def terms(text: str, lang: str) -> tuple[str, ...]:
    """What a text is found by: beginnings of the stems of its telling words, and one term for the wording as a whole.

        >>> terms("They fired on the tanks", "en")[:2]
        ('enfir', 'entank')

    Grammar is left out; a text of nothing else is found by its wording. Terms hold only letters and figures that the
    tokeniser of FTS5 keeps together: with `detail=none` a term cut in two would be a phrase, which it refuses.
    """
    light = weights(lang)
    stems = [stem(part, lang) for part in parts(text, lang)]
    found: dict[str, None] = {}
    for key in stems:
        if light.get(key, 1.0) > _TELLING:
            letters = "".join(_INDEXED.findall(key))[:PREFIX]
            if letters:
                found[lang + letters] = None
    return (*found, wording(stems, lang))


def wording(stems: Iterable[str], lang: str) -> str:
    """One term for the stems in their order."""
    return "w" + digest(lang, *stems)[: _WORDING - 1]


def is_wording(term: str) -> bool:
    """Whether a term stands for a whole wording; the others are shorter or begin otherwise."""
    return len(term) == _WORDING and term[0] == "w"


def article_key(source: Document, target_lang: str) -> str:
    """What an article is known by when it is looked at again: its first sentence and the language it is rendered into.

    Later sentences are edited while a story develops.
    """
    first = source.sentence(0) if source.sentences else ""
    return digest("article", normalised(first, source.lang), target_lang)


def finding_words(
    finding: Finding, study: QuoteStudy, source: Document, target: Document | None, target_lang: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The normalised words of both sides that a finding is about, sorted.

    Of the evidence only quotes count: cues and explanations may change without changing the question.
    """
    quoted = {"source": {q.span for q in study.source}, "target": {q.span for q in study.target}}
    spans: dict[str, list[Span]] = {"source": [], "target": []}
    if finding.source is not None:
        spans["source"].append(finding.source)
    if finding.target is not None:
        spans["target"].append(finding.target)
    for piece in finding.evidence:
        bare = finding.source is None and finding.target is None
        if bare or piece.span in quoted[piece.side]:
            spans[piece.side].append(piece.span)
    sides = []
    for side, document, lang in (("source", source, source.lang), ("target", target, target_lang)):
        text = document.text if document is not None else ""
        words = [normalised(span.of(text), lang) for span in spans[side]]
        if side == "target" and finding.rule == "quote-archive":
            words += [
                normalised(finding.params[name], lang) for name in ("earlier", "original") if name in finding.params
            ]
        sides.append(tuple(sorted(set(words))))
    return sides[0], sides[1]


def finding_key(finding: Finding, sources: Iterable[str], renderings: Iterable[str], target_lang: str) -> str:
    """The key under which a decision on a finding is kept: rule, concept, words of both sides, target language.

    Offsets take no part, so it survives re-runs and moved text; another rendering is another key.
    """
    return digest(finding.rule, finding.concept or "", "\x1e".join(sources), "\x1e".join(renderings), target_lang)
