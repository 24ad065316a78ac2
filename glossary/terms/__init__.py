"""Military terms: concepts, where they occur, whether the word means the concept, and what became of it."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from glossary.alignment.beads import Alignment
    from glossary.terms.concepts import Glossary, LintFinding, TermStudy
    from glossary.terms.index import TermIndex
    from glossary.terms.senses import Mention

__all__ = ["build_index", "check_terms", "lint"]


def check_terms(
    alignment: "Alignment", index: "TermIndex", domain: str = "auto", found: "Sequence[Mention] | None" = None
) -> "TermStudy":
    """What became of the terms of the source in the target (see glossary.terms.verdicts)."""
    from glossary.terms import verdicts

    return verdicts.check_terms(alignment, index, domain, found)


def build_index(glossary: "Glossary", target_lang: str) -> "TermIndex":
    """The index of a glossary for English and one target language (see glossary.terms.index)."""
    from glossary.terms import index

    return index.build_index(glossary, target_lang)


def lint(glossary: "Glossary") -> "tuple[LintFinding, ...]":
    """What is wrong with a glossary (see glossary.terms.linting)."""
    from glossary.terms.linting import lint as lint_rows

    return lint_rows(glossary)
