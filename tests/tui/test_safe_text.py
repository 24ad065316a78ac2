"""Nothing that comes out of tui.safe_text can command a terminal, and spans stay where they are."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.safe_text import flowing, lines, restored, safe

TEXTS = st.text(st.characters(codec=None, exclude_categories=()), max_size=60)
BIDI = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@given(TEXTS)
@settings(max_examples=100, deadline=None)
def test_one_character_becomes_one_harmless_character(text: str) -> None:
    for function in (safe, flowing):
        shown = function(text)
        assert len(shown) == len(text)
        assert not any(unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") or c in BIDI for c in shown)
        assert function(shown) == shown


def test_every_single_character() -> None:
    everything = "".join(map(chr, range(0x110000)))
    shown = safe(everything)
    assert len(shown) == len(everything)
    assert not any(unicodedata.category(c) in ("Cc", "Cs") for c in shown)
    # Letters, punctuation and signs of news are left alone.
    news = "Київ, 5 січня — «Ґанок» й “квота” № 5 155-мм €2,5 млрд за́мок 🇺🇦 👨‍👩‍👧"
    assert safe(news) == news


@pytest.mark.parametrize("text", ["[sic]", "[/]", "[bold]x[/bold]", "[@click=app.quit]x[/]", "\\[x]", "{x}", "%s"])
def test_markup_is_left_as_it_is(text: str) -> None:
    assert safe(text) == text


def test_lines_keeps_line_feeds_only() -> None:
    assert lines("а\nб\r\n\tв") == "а\nб␍\n␉в"


@given(TEXTS, st.text("абв ,", max_size=8))
@settings(max_examples=100, deadline=None)
def test_what_was_not_touched_is_restored(original: str, typed: str) -> None:
    assert restored(original, lines(original)) == original
    assert restored(original, lines(original) + typed) == original + typed
