"""The right rendering in the right case: a suggestion that can stand where the wrong rendering stood."""

from collections.abc import Sequence

from glossary.terms.concepts import Concept
from glossary.text.spans import Span
from glossary.text.words import Word


def suggestions(
    concept: Concept, lang: str, wrong: Span | None, sentence_words: Sequence[Word], text: str
) -> tuple[tuple[str, ...], bool]:
    """The accepted renderings, the preferred one first and inflected like what stands at `wrong`; and whether that
    inflection is sure."""
    preferred = concept.preferred(lang)
    return ((preferred,) if preferred else ()), False
