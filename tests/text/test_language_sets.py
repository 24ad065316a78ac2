"""Detection on made-up prose in five languages; benchmarks/language_detection.py prints the figures."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from glossary.text.language import detect, paragraphs

LANGUAGES = ("en", "ru", "uk", "be", "bg")


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    path = Path(__file__).parents[2] / "benchmarks" / "language_detection.py"
    spec = importlib.util.spec_from_file_location("language_detection", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("capitals", [False, True])
def test_documents_without_an_error(bench: ModuleType, lang: str, capitals: bool) -> None:
    for kind in ("199 sentences", "10 sentences"):
        found = bench.figures(lang, kind, 398, capitals)
        assert (found.unsure, found.wrong) == (0, 0), kind


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("capitals", [False, True])
def test_sentences(bench: ModuleType, lang: str, capitals: bool) -> None:
    found = bench.figures(lang, "sentence", 600, capitals)
    assert found.right >= (0.99 if lang != "bg" else 0.98) * found.count
    assert found.wrong <= 0.01 * found.count


@pytest.mark.parametrize("lang", LANGUAGES)
def test_five_words_are_right_or_unsure(bench: ModuleType, lang: str) -> None:
    found = bench.figures(lang, "five words", 300)
    assert found.wrong <= 0.03 * found.count
    assert found.right >= 0.6 * found.count


def test_an_article_in_two_languages(bench: ModuleType) -> None:
    english, russian, ukrainian = (bench.sentences(lang, 12) for lang in ("en", "ru", "uk"))
    mixed = "\n\n".join([*english[:8], *russian[:3]])
    assert detect(mixed).lang == "en"
    assert [guess.lang for _, guess in paragraphs(mixed)] == ["en"] * 8 + ["ru"] * 3
    assert detect("\n\n".join([*russian[:3], *ukrainian[:9]])).lang == "uk"
    half = detect("\n\n".join([*english[:5], *russian[:6]]))
    assert half.lang == "und"
    assert "several languages" in half.evidence
    for span, guess in paragraphs(mixed):
        assert span.of(mixed).strip()
        assert guess.confidence > 0.5
