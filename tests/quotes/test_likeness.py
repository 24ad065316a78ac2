"""Likeness: renderings of one utterance score above one half in all three languages, other sentences below."""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glossary.quotes.likeness import SAME, compare, profile
from glossary.quotes.stems import parts, stem, tokens

RENDERINGS = [
    (
        "en",
        "I tell you, we lose more men to our own guns",
        "I’m telling you, we are losing more people to our own guns",
    ),
    ("en", "Twenty lads were gone in one strike", "20 guys were gone in a single strike"),
    ("en", "It is worse here than it was last winter", "It’s worse here than last winter"),
    ("en", "They promised us leave after the first rotation", "We were promised leave after the first rotation"),
    ("ru", "Говорю тебе, от своих потерь больше", "Я тебе говорю: больше потерь от своих"),
    ("ru", "Нам обещали отпуск после первой ротации", "Отпуск нам пообещали после первой ротации"),
    ("ru", "Связи нет, одни китайские рации", "Связь отсутствует, только китайские рации"),
    ("ru", "Здесь хуже, чем было прошлой зимой", "Тут хуже, чем прошлой зимой"),
    ("uk", "Нам обіцяли відпустку після першої ротації", "Відпустку нам пообіцяли після першої ротації"),
    ("uk", "Тут гірше, ніж було минулої зими", "Гірше, ніж минулої зими"),
    ("uk", "Хлопці тримаються за міст", "Наші хлопці тримають міст"),
]
OTHERS = [
    ("en", "We need more shells for the guns", "The road to the village was mined last night"),
    ("en", "Nobody asked us about the winter", "Fuel is sold behind the old station"),
    ("ru", "Нам нужны снаряды для пушек", "Дорогу к селу заминировали ночью"),
    ("ru", "Никто не спрашивал нас о зиме", "Топливо продают за старым вокзалом"),
    ("uk", "Нам потрібні снаряди для гармат", "Дорогу до села замінували вночі"),
    ("uk", "Ніхто не питав нас про зиму", "Пальне продають за старим вокзалом"),
]
TEXT = st.text(max_size=60)
LANG = st.sampled_from(["en", "ru", "uk", "und"])


@pytest.mark.parametrize(("lang", "one", "other"), RENDERINGS)
def test_renderings_of_one_utterance_score_above_the_threshold(lang, one, other):
    assert compare(one, other, lang).score >= SAME


@pytest.mark.parametrize(("lang", "one", "other"), OTHERS)
def test_other_sentences_score_below(lang, one, other):
    assert compare(one, other, lang).score < SAME


@pytest.mark.parametrize(
    ("lang", "part", "whole"),
    [
        ("en", "absolute nonsense", "This report is absolute nonsense and there is nothing to discuss"),
        ("ru", "полная чушь", "Этот доклад — полная чушь, и обсуждать тут нечего"),
        ("uk", "цілковита маячня", "Ця доповідь — цілковита маячня, і обговорювати тут нема чого"),
    ],
)
def test_a_fragment_is_a_part_of_the_longer_quote(lang, part, whole):
    found = compare(part, whole, lang)
    assert found.part
    assert found.score >= SAME


def test_scattered_words_are_no_part():
    whole = "Nonsense or not, the report was read twice in the staff, and the silence after it was absolute"
    assert not compare("absolute nonsense", whole, "en").part


def test_a_string_is_like_itself():
    assert compare("Хуже, чем в прошлый раз", "хуже чем в прошлый раз", "ru").score >= 0.99


def test_final_comma_inside_the_marks_makes_no_difference():
    assert compare("the boys are holding,", "The boys are holding", "en").score >= 0.99


def test_words_are_compared_without_contractions_hyphens_and_number_words():
    assert parts("Don’t shoot the twenty-year-olds", "en") == ["do", "not", "shoot", "the", "20", "year", "olds"]
    assert parts("двадцать танков", "ru") == parts("20 танков", "ru")


@pytest.mark.parametrize(
    ("lang", "one", "other"),
    [
        ("en", "retreating", "retreats"),
        ("en", "losses", "loss"),
        ("en", "fought", "fighting"),
        ("ru", "танками", "танков"),
        ("ru", "выстрелили", "выстрелил"),
        ("uk", "відступаємо", "відступали"),
        ("uk", "містах", "містом"),
    ],
)
def test_forms_of_a_word_share_a_stem(lang, one, other):
    assert stem(one, lang) == stem(other, lang)


def test_apostrophes_and_yo_are_folded():
    assert tokens("З’явився зʼявився", "uk") == ("з'явився", "з'явився")
    assert tokens("Ещё", "ru") == ("еще",)


@given(TEXT, TEXT, LANG)
@settings(max_examples=80, deadline=None)
def test_any_strings_can_be_compared_and_order_does_not_matter(one, other, lang):
    forth, back = compare(one, other, lang), compare(other, one, lang)
    assert 0.0 <= forth.score <= 1.0
    assert forth.score == pytest.approx(back.score, abs=0.35)
    assert bool(forth.contradictions) == bool(back.contradictions)


@given(TEXT, LANG)
@settings(max_examples=60, deadline=None)
def test_nothing_contradicts_itself(text, lang):
    assert compare(text, text, lang).contradictions == ()


@pytest.mark.parametrize("odd", ["", "\x00", "\ud800", "…", "“”", "a" * 100_000, "не " * 5_000])
def test_odd_strings(odd):
    assert 0.0 <= compare(odd, "We are leaving", "en").score <= 1.0
    assert profile(odd, "ru").mass > 0


def test_scores_do_not_depend_on_the_hash_seed():
    code = (
        "from glossary.quotes.likeness import compare;"
        "print([compare(a, b, 'ru') for a, b in [('Нам обещали отпуск домой', 'Отпуск домой нам пообещали'),"
        "('Сорок дней в подвале', 'Мы рыли подвал сорок дней')]])"
    )
    outs = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("0", "1", "7")
    }
    assert len(outs) == 1


@pytest.mark.parametrize("lang", ["en", "ru", "uk"])
def test_likeness_does_not_depend_on_the_order(lang):
    texts = {
        "en": [
            "our tank fired twice",
            "their tank fired once",
            "the tank fired twice, and nobody saw us again",
        ],
        "ru": [
            "наш танк выстрелил дважды",
            "их танк дал один залп",
            "танк выстрелил дважды, и нас не видели",
        ],
        "uk": [
            "наш танк вистрілив двічі",
            "їхній танк дав один залп",
            "танк вистрілив двічі, і нас не бачили",
        ],
    }[lang]
    for one in texts:
        for other in texts:
            there, back = compare(one, other, lang), compare(other, one, lang)
            assert (there.score, there.part) == (back.score, back.part)


def test_a_part_is_found_in_a_long_quote():
    part = "the depot had stood in the open"
    whole = "Two days ago the depot had stood in the open like a samovar, and everybody could count the shells."
    other = "Two days ago the brigade had stood in the forest like a wall, and nobody could count the shells."
    assert compare(part, whole, "en").score >= 0.5 > compare(part, other, "en").score


@pytest.mark.parametrize(
    ("said", "alike", "other"),
    [
        ("We spoke to Kravets about it", "We talked to Kravets about it", "We talked to Bilyk about it"),
        ("I will speak about it on the radio", "I’ll talk about it on the radio", "They talk about it on the radio"),
    ],
)
def test_another_name_or_person_tells_against_it(said, alike, other):
    assert compare(said, alike, "en").score > compare(said, other, "en").score


def test_a_fragment_may_leave_most_of_the_quote():
    whole = "They mined the road behind us, and for two days nobody could bring the wounded out"
    assert compare("nobody could bring out the wounded", whole, "en").score > SAME
    fragment, sentence = (compare(text, whole, "en").score for text in ("mined the road", "Mined the road"))
    assert fragment > sentence
