"""Words and where they are."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glossary.text.spans import Span
from glossary.text.words import words


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "The soldier's F-16, don’t!", "the|soldier's|f|16|don't"),
        ("en", "soldiers' 'quoted' rock'n'roll", "soldiers|quoted|rock'n'roll"),
        ("en", "@DeepState_UA 155mm 3.5", "deepstate|ua|155mm|3|5"),
        ("ru", "Дроны‐камикадзе ещё бое\u0301припасы", "дроны|камикадзе|еще|боеприпасы"),
        ("ru", "бое\u00adпри\u200bпасы", "боеприпасы"),
        ("ru", "cила ракeты", "сила|ракеты"),
        ("uk", "П’ять об'єктів зʼїли «п’яте»", "п'ять|об'єктів|з'їли|п'яте"),
        ("uk", "Т-72Б3 і TikTok-каналі", "т|72б3|і|tiktok|каналі"),
        ("en", " — … ''", ""),
    ],
)
def test_words(lang: str, text: str, expected: str) -> None:
    assert "|".join(word.folded for word in words(text, lang)) == expected


def test_spans_count_from_the_offset() -> None:
    (first, second) = words("бое\u0301ц пал", "ru", offset=100)
    assert (first.span, first.text, first.folded) == (Span(100, 105), "бое\u0301ц", "боец")
    assert second.span == Span(106, 109)


@given(st.text(max_size=200), st.sampled_from(["en", "ru", "uk", None]))
@settings(max_examples=100, deadline=None)
def test_words_hold_every_letter_in_order(text: str, lang: str | None) -> None:
    end = 0
    for word in words(text, lang):
        assert word.span.of(text) == word.text
        assert not any(c.isalnum() for c in text[end : word.span.start])
        assert word.span.start >= end
        end = word.span.end
    assert not any(c.isalnum() for c in text[end:])


def test_words_take_linear_time() -> None:
    for text in ("а" * 500_000, "а'" * 250_000, "а\u0301" * 250_000, "\u0301" * 500_000, "'" * 500_000, "_" * 500_000):
        started = time.process_time()
        words(text, "ru")
        assert time.process_time() - started < 4
