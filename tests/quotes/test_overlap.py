"""Words that answer each other: equal stems, beginnings, synonyms, kin, names; every word at most once."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glossary.quotes.kinship import kin
from glossary.quotes.overlap import matched, wording
from glossary.quotes.stems import rarity, stem


def by_word(one: str, other: str, lang: str) -> dict[str, tuple[str, str]]:
    first, second = wording(one, lang), wording(other, lang)
    return {first.words[m.here]: (second.words[m.there], m.by) for m in matched(first, second, lang)}


@pytest.mark.parametrize(
    ("lang", "one", "other", "word", "answer"),
    [
        ("en", "the tanks burned", "tank after tank was burning", "tanks", ("tank", "stem")),
        ("en", "They have a huge depot", "a large depot is theirs", "huge", ("large", "synonym")),
        ("en", "a total fabrication", "complete fiction", "total", ("complete", "synonym")),
        ("en", "in a shelter", "in the bunker", "shelter", ("bunker", "kin")),
        ("ru", "под Мариуполем", "около Мариуполя", "мариуполем", ("мариуполя", "stem")),
        ("en", "near Sievierodonetsk", "outside Severodonetsk", "sievierodonetsk", ("severodonetsk", "name")),
        ("uk", "їх обстрілювали", "обстріл був", "обстрілювали", ("обстріл", "beginning")),
    ],
)
def test_what_answers_a_word(lang, one, other, word, answer):
    found = by_word(one, other, lang).get(word)
    assert found == answer


def test_of_equal_words_the_one_that_continues_is_matched():
    one, other = "we left the town", "the town was the only thing we left, the town"
    first, second = wording(one, "en"), wording(other, "en")
    there = {match.here: match.there for match in matched(first, second, "en")}
    assert there[3] - there[2] == 1


@pytest.mark.parametrize(
    ("lang", "common", "rare"), [("en", "the", "mortar"), ("ru", "и", "миномёт"), ("uk", "і", "міномет")]
)
def test_grammar_weighs_least(lang, common, rare):
    assert 0 < rarity(stem(common, lang), lang) < 0.2 < rarity(stem(rare, lang), lang) <= 1


@pytest.mark.parametrize(("lang", "word"), [("en", "offensive"), ("ru", "наступление"), ("uk", "наступ")])
def test_kin_is_mutual(lang, word):
    key = stem(word, lang)
    assert kin(key, lang)
    assert all(kin(other, lang)[key] == degree for other, degree in kin(key, lang).items())


@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from(["en", "ru", "uk", "und"]))
@settings(max_examples=60, deadline=None)
def test_a_word_answers_at_most_one(one, other, lang):
    first, second = wording(one, lang), wording(other, lang)
    found = matched(first, second, lang)
    assert len({match.here for match in found}) == len({match.there for match in found}) == len(found)
    assert all(0 < match.degree <= 1 for match in found)


def test_a_thousand_equal_words_are_matched_in_order():
    first, second = wording("не " * 1_000, "ru"), wording("не " * 1_000, "ru")
    assert [match.there for match in matched(first, second, "ru")] == list(range(1_000))


@pytest.mark.parametrize(
    ("lang", "text", "names"),
    [
        ("en", "Yes. We saw Okhrim’s tank near Lower Balka, I’m sure", ["okhrim", "lower", "balka"]),
        ("en", "“You know,” he said: “Nobody came.” Then he left", []),
        ("ru", "Мы видели Охрима. Он ехал в Нижнюю Балку", ["охрима", "нижнюю", "балку"]),
        ("uk", "Ми з Одеси, а не з Ніжина", ["одеси", "ніжина"]),
    ],
)
def test_capitals_inside_a_sentence_are_names(lang, text, names):
    found = wording(text, lang)
    assert [found.words[at] for at in found.names] == names


def test_whom_pronouns_mean():
    assert wording("They told me we’d leave", "en").persons == {"others", "single", "several"}
    assert wording("Вы нам обещали", "ru").persons == {"addressed", "several"}
    assert wording("Її мати з ними", "uk").persons == {"third", "others"}
    assert not wording("they", "und").persons
