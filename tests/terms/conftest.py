"""A small glossary and alignments one sentence to one, for the tests of this room."""

from collections.abc import Callable
from pathlib import Path

import pytest

from glossary.alignment.beads import Alignment, Bead
from glossary.files.glossaries import read_glossary
from glossary.terms.concepts import Glossary, TermStudy
from glossary.terms.index import TermIndex, build_index
from glossary.terms.verdicts import check_terms
from glossary.text.spans import Document, Paragraph, Sentence, Span

SMALL = Path(__file__).parent.parent / "samples" / "small_glossary.csv"


@pytest.fixture(scope="session")
def small() -> Glossary:
    return read_glossary(SMALL)


@pytest.fixture(scope="session")
def indexes(small: Glossary) -> dict[str, TermIndex]:
    return {lang: build_index(small, lang) for lang in ("ru", "uk")}


def document(lines: list[str], lang: str) -> Document:
    sentences, at = [], 0
    for number, line in enumerate(lines):
        sentences.append(Sentence(Span(at, at + len(line)), number))
        at += len(line) + 1
    paragraphs = tuple(Paragraph(s.span, n, n + 1) for n, s in enumerate(sentences))
    return Document("\n".join(lines), lang, paragraphs, tuple(sentences))


@pytest.fixture(scope="session")
def english() -> Callable[[list[str]], Document]:
    """An English document of one sentence a line."""
    return lambda lines: document(lines, "en")


@pytest.fixture
def check(indexes: dict[str, TermIndex]) -> Callable[..., list[str]]:
    """`check(source, target, lang)` gives the uses as `concept status` and the findings as `rule concept`, each line
    of the source being rendered by the same line of the target; `-` stands for no counterpart."""

    def run(source: str, target: str, lang: str = "ru", domain: str = "military") -> list[str]:
        study = study_of(indexes[lang], source, target, lang, domain)
        uses = [f"{use.concept} {use.status}" for use in study.uses]
        return uses + [f"!{finding.rule} {finding.concept}" for finding in study.findings]

    return run


@pytest.fixture
def study(indexes: dict[str, TermIndex]) -> Callable[..., TermStudy]:
    def run(source: str, target: str, lang: str = "ru", domain: str = "military") -> TermStudy:
        return study_of(indexes[lang], source, target, lang, domain)

    return run


def study_of(index: TermIndex, source: str, target: str, lang: str, domain: str) -> TermStudy:
    english, rendered = source.split("\n"), target.split("\n")
    beads, kept = [], []
    for number, line in enumerate(rendered):
        beads.append(Bead((number,), (len(kept),) if line != "-" else (), 0.9))
        kept += [line] if line != "-" else []
    alignment = Alignment(document(english, "en"), document(kept, lang), tuple(beads))
    return check_terms(alignment, index, domain)
