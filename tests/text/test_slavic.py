"""Russian and Ukrainian forms and lemmas."""

from importlib.metadata import version

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glossary.text import slavic

FORMS = """
ru взвод: взвода взводу взводом взводе взводы взводов взводам взводами взводах
ru боеприпас: боеприпасов боеприпасами
ru огонь: огня огню огнем
ru наёмник: наемника наемниками
ru военнопленный: военнопленных военнопленным
ru морпех: морпехов морпеха
ru радиоподавление: радиоподавления радиоподавлением
ru обстрелять: обстреляли обстрелял обстреляв
ru войска: войск войсками войскам
ru Шахед: шахеды шахедов шахедами
uk танк: танка танків танками
uk бій: бою боїв боями
uk обстріл: обстрілів обстрілами обстрілу
uk з’єднання: з'єднань з'єднанням
uk боєприпас: боєприпасів боєприпаси
uk барражувальний: барражувальних барражувальними
uk медикиня: медикині медикиню медикинею
uk ґвинтівка: ґвинтівки ґвинтівок ґвинтівкою
uk Шахед: шахедів шахеди шахедами
uk Київ: києва києву києвом києві
uk ТЦК: тцк
"""


@pytest.mark.parametrize("line", FORMS.strip().splitlines())
def test_forms(line: str) -> None:
    head, expected = line.split(":")
    lang, word = head.split()
    assert slavic.forms(word, lang) >= set(expected.split())


def test_the_forms_of_a_word_are_not_those_of_its_homographs() -> None:
    assert "ротовой" not in slavic.forms("рота", "ru")
    assert "полка" in slavic.forms("полк", "ru")
    assert "полкой" not in slavic.forms("полк", "ru")


LEMMAS = """
ru боеприпасов: боеприпас
ru Киева: киев
ru роты: рота
ru наёмников: наемник
uk танків: танк
uk Києва: київ
uk боєприпасами: боєприпас
uk з’єднань: з'єднання
uk воєнного: воєнний
"""


@pytest.mark.parametrize("line", LEMMAS.strip().splitlines())
def test_lemmas(line: str) -> None:
    head, expected = line.split(":")
    lang, word = head.split()
    assert set(expected.split()) <= set(slavic.lemmas(word, lang))


def test_stress_marks_and_apostrophes_do_not_matter() -> None:
    assert slavic.lemmas("бо́еприпасов", "ru") == slavic.lemmas("боеприпасов", "ru")
    assert slavic.forms("з'єднання", "uk") == slavic.forms("зʼєднання", "uk")


def test_other_languages_have_no_morphology() -> None:
    with pytest.raises(ValueError, match="en"):
        slavic.lemmas("tanks", "en")


@pytest.mark.parametrize("lang", ["ru", "uk"])
@given(word=st.text(max_size=20))
@settings(max_examples=60, deadline=None)
def test_any_text_is_input(lang: str, word: str) -> None:
    assert slavic.fold(word, lang) in slavic.forms(word, lang)
    assert isinstance(slavic.lemmas(word, lang), tuple)


@pytest.mark.parametrize("lang", ["ru", "uk"])
def test_the_versions_are_those_of_the_metadata(lang: str) -> None:
    expected = f"pymorphy3 {version('pymorphy3')}, pymorphy3-dicts-{lang} {version(f'pymorphy3-dicts-{lang}')}"
    assert slavic.versions(lang) == expected


def test_dictionaries_are_mapped_and_say_what_they_say_when_read() -> None:
    import pymorphy3

    from glossary.text.dictionaries import let_go

    mapped, read = slavic.morphology("ru"), pymorphy3.MorphAnalyzer(lang="ru")
    assert isinstance(mapped.dictionary.words.dct._units, memoryview)
    assert not isinstance(read.dictionary.words.dct._units, memoryview)  # nobody else's reader is changed
    for word in ("танками", "барражирующего", "ёлка", "хлюздоперы"):
        told = [
            [(p.normal_form, str(p.tag), p.score, [form.word for form in p.lexeme]) for p in analyser.parse(word)]
            for analyser in (mapped, read)
        ]
        assert told[0] == told[1] != []
        let_go()
