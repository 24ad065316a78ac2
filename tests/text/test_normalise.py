"""Folded text: one spelling for what is the same, and the way back to the text as read."""

import time
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glossary.text.normalise import fold, fold_word, hidden_characters, mixed_script
from glossary.text.spans import Span


@pytest.mark.parametrize(
    ("lang", "text", "folded"),
    [
        ("en", "Mortar CREW", "mortar crew"),
        ("en", "soldiers’ don’t don`t", "soldiers’ don't don't"),
        ("en", "café naïve", "café naïve"),
        ("en", "cafe\u0301", "café"),
        ("en", "155‑mm −40° a–b a—b", "155-mm -40° a–b a—b"),
        ("ru", "бое\u0301припа\u0300сы", "боеприпасы"),
        ("ru", "Всё ещё ёлка", "все еще елка"),
        ("ru", "ЁЖ", "еж"),
        ("ru", "й и\u0306 Й", "й й й"),
        ("ru", "бое\u00adпри\u200bпасы", "боеприпасы"),
        ("ru", "3\u00a0000\u202fт", "3 000 т"),
        ("ru", "дрон‐камикадзе", "дрон-камикадзе"),
        ("uk", "з’єднання зʼєднання з`єднання з‘єднання з′єднання", " ".join(["з'єднання"] * 5)),
        ("uk", "Ї і\u0308 ї", "ї ї ї"),
        ("uk", "‘їжак’ 'їжак'", "‘їжак’ 'їжак'"),
        ("uk", "ёлка", "ёлка"),
        ("uk", "за\u0301мок", "замок"),
        (None, "ё", "ё"),
        ("en", "", ""),
        ("en", "\u0301", ""),
    ],
)
def test_fold(lang: str | None, text: str, folded: str) -> None:
    assert fold(text, lang).text == folded


def test_spans_lead_back_to_what_was_read() -> None:
    text = "Наши бое\u0301при\u00adпасы\u200b — «ё»"
    folded = fold(text, "ru")
    start = folded.text.index("боеприпасы")
    assert folded.span(start, start + 10).of(text) == "бое\u0301при\u00adпасы"
    assert folded.span(folded.text.index("бое"), folded.text.index("бое") + 3).of(text) == "бое\u0301"
    assert folded.span(folded.text.index("«е»"), len(folded.text)).of(text) == "«ё»"
    assert folded.span(0, len(folded.text)) == Span(0, len(text))
    assert folded.span(0, 0) == Span(0, 0)


def test_a_letter_that_folds_to_two_keeps_its_place() -> None:
    folded = fold("Straße x", "en")
    assert folded.text == "strasse x"
    assert folded.span(4, 5) == folded.span(5, 6) == Span(4, 5)
    assert folded.span(8, 9) == Span(7, 8)


def test_no_spans_outside_the_folded_text() -> None:
    for start, end in ((-1, 0), (2, 1), (0, 4)):
        with pytest.raises(ValueError, match="not a range"):
            fold("abc", "en").span(start, end)


LETTERS = st.text(
    st.sampled_from(
        "аеёйиїєґАЁЇ aßİﬁz'’ʼ`‘′-‐−\u00a0\u202f\u0301\u0300\u0306\u0308\u00ad\u200b\u200d\ufeff5\n😀\ud800\x00"
    ),
    max_size=60,
) | st.text(max_size=60)


@given(LETTERS, st.sampled_from(["en", "ru", "uk", None]))
@settings(max_examples=100, deadline=None)
def test_folded_ranges_are_in_order_and_in_bounds(text: str, lang: str | None) -> None:
    folded = fold(text, lang)
    spans = [folded.span(n, n + 1) for n in range(len(folded.text))]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(a == b or a.end <= b.start for a, b in pairwise(spans))
    assert all(
        folded.text[n] in fold(span.of(text), lang).text or folded.text[n] == "'" for n, span in enumerate(spans)
    )
    whole = folded.span(0, len(folded.text))
    for left_out in (text[: whole.start], text[whole.end :]):
        assert not left_out or not fold(left_out, lang).text


ONE_MARK_EACH = st.text(st.sampled_from("аеёйиїєґАЁЇ aßzé'’ʼ`‘′-‐−\u00a0\u202f\u00ad\u200b\ufeff5\n😀\x00")) | st.lists(
    st.sampled_from(["а\u0301", "и\u0306", "е\u0308", "і\u0308", "e\u0301", "о\u0300", "ё", " ", "’"])
).map("".join)


@given(ONE_MARK_EACH, st.sampled_from(["ru", "uk"]))
@settings(max_examples=100, deadline=None)
def test_what_looks_the_same_folds_the_same(text: str, lang: str) -> None:
    once = fold(text, lang).text
    assert fold(once, lang).text == once
    hyphenated = text.replace("\u00ad", "").replace("\u200b", "")
    assert fold(hyphenated, lang).text == once


def test_folding_takes_linear_time() -> None:
    for text in (
        "а\u0301" * 200_000,
        "а" + "\u0301\u0316" * 200_000,
        "\u200b" * 400_000,
        "'" * 400_000,
        "а’" * 200_000,
    ):
        started = time.process_time()
        fold(text, "ru")
        assert time.process_time() - started < 4


@pytest.mark.parametrize(
    ("word", "strangers", "repaired"),
    [
        ("cила", "c", "сила"),  # Latin c
        ("ракeтa", "ea", "ракета"),
        ("НАTО", "T", "НАТО"),
        ("Украiна", "i", "Украіна"),
        ("Зеленськoго", "o", "Зеленського"),
        ("дрон-кaмикадзе", "a", "дрон-камикадзе"),
        ("миномётoв", "o", "миномётов"),
        ("tаnk", "а", "tank"),  # Cyrillic а
        ("Москвa", "a", "Москва"),
        ("бое\u0301припaсы", "a", "бое\u0301припасы"),
        ("Xарьков", "X", "Харьков"),
    ],
)
def test_mixed_scripts_are_found_and_repaired(word: str, strangers: str, repaired: str) -> None:
    mixed = mixed_script(word)
    assert mixed is not None
    assert "".join(word[n] for n in mixed.strangers) == strangers
    assert mixed.repaired == repaired
    assert fold_word(word, "uk") == fold(repaired, "uk").text
    assert mixed_script(repaired) is None


@pytest.mark.parametrize(
    "word",
    [
        "Т-72Б3",
        "T-72",
        "F-16",
        "iPhone'ом",
        "Wi-Fi",
        "TikTok-каналі",
        "VIPка",
        "Telegramканал",
        "C-300",
        "С-300В4",
        "сила",
        "force",
        "БТР-82A",
        "USB-кабель",
        "PRщик",
        "Ґудзь",
        "IT-армія",
        "5G",
        "café",
        "9К37M1",
        "HIMARS’ів",
        "№",
    ],
)
def test_what_is_rightly_mixed_is_left_alone(word: str) -> None:
    assert mixed_script(word) is None


def test_hidden_characters() -> None:
    text = "а\u200bб\x00\x1bв\u202eг\u00a0д\u00adе\u2009ж\tз\r\nи\ufeff 👨\u200d👩\u200d👧 ❤️ x\u200dy"
    assert [span.of(text) for span in hidden_characters(text)] == [
        "\u200b",
        "\x00\x1b",
        "\u202e",
        "\ufeff",
        "\u200d",
    ]


def test_letters_composed_and_decomposed_fold_alike() -> None:
    for text in ("Їжак і йод", "ёлка й Éire", "Ґанок"):
        assert fold(unicodedata.normalize("NFD", text), "uk").text == fold(text, "uk").text
