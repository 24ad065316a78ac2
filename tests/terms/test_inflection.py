"""Suggestions in the form of what they replace, from tables a linguist can read (tests/samples/inflection)."""

from pathlib import Path

import pytest

from glossary.terms.concepts import Rendering
from glossary.terms.inflection import Inflected, inflect
from glossary.text.spans import Span
from glossary.text.words import words

TABLES = Path(__file__).parent.parent / "samples" / "inflection"


def cases(lang: str) -> list[tuple[str, str, str, str]]:
    lines = (TABLES / f"{lang}.tsv").read_text(encoding="utf-8").splitlines()
    found = []
    for line in lines:
        if line and not line.startswith("#"):
            sentence, wrong, right, expected = line.split("\t")
            found.append((sentence, wrong, right, expected))
    return found


def suggest(sentence: str, wrong: str, right: str, lang: str, plural: bool | None = None) -> Inflected:
    """The suggestion for the part of the sentence in brackets."""
    span = Span(sentence.index("["), sentence.index("]") - 1)
    text = sentence.replace("[", "").replace("]", "")
    return inflect(Rendering(right, lang, "preferred"), span, words(text, lang), text, wrong, plural)


@pytest.mark.parametrize("lang", ["ru", "uk"])
def test_at_least_95_percent_of_the_suggestions_are_right(lang: str) -> None:
    table = cases(lang)
    assert len(table) >= 300
    wrong = []
    for sentence, bad, right, expected in table:
        if suggest(sentence, bad, right, lang).text not in expected.split("|"):
            wrong.append(sentence)
    assert len(wrong) <= 0.05 * len(table), wrong


@pytest.mark.parametrize(
    ("lang", "sentence", "wrong", "right", "expected"),
    [
        (
            "ru",
            "Позиции обстреляли из [дружественного огня].",
            "дружественный огонь",
            "огонь по своим",
            "огня по своим",
        ),
        ("ru", "Командир [компании] доложил.", "компания", "рота", "роты"),
        ("uk", "Двоє бійців убиті [дружнім вогнем].", "дружній вогонь", "вогонь по своїх", "вогнем по своїх"),
        ("uk", "За [військового стану] діє заборона.", "військовий стан", "воєнний стан", "воєнного стану"),
    ],
)
def test_the_suggestion_stands_in_the_case_of_what_it_replaces(
    lang: str, sentence: str, wrong: str, right: str, expected: str
) -> None:
    assert suggest(sentence, wrong, right, lang) == Inflected(expected, True)


def test_a_fixed_form_is_never_inflected() -> None:
    text = "Сбито десять беспилотников."
    made = inflect(
        Rendering("БПЛА", "ru", "preferred", fixed=True), Span(13, 26), words(text, "ru"), text, "беспилотник"
    )
    assert made == Inflected("БПЛА", True)


def test_where_nothing_is_known_the_dictionary_form_is_given_and_said_to_be_unsure() -> None:
    text = "Они видели Bradley."
    made = inflect(Rendering("боевая машина", "ru", "preferred"), Span(11, 18), words(text, "ru"), text, "Bradley")
    assert not made.sure
    assert made.text.casefold() == "боевая машина"


def test_the_english_number_decides_where_the_form_does_not() -> None:
    singular = suggest("По данным разведки, [компании] отошли.", "компания", "дивизион", "ru", plural=True)
    assert singular.text == "дивизионы"


@pytest.mark.parametrize("lang", ["ru", "uk"])
def test_any_text_is_input(lang: str) -> None:
    for text in ("", "\0", "\ud800 рота", "рота" * 500, "- - -"):
        span = Span(0, len(text))
        made = inflect(Rendering("рота", lang, "preferred"), span, words(text, lang), text, text)
        assert made.text
