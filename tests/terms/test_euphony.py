"""The preposition before a suggestion takes the form that the suggestion asks for, and is left alone where both go."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.terms.euphony import fitted
from glossary.text.spans import Span


def put(sentence: str, new: str, lang: str) -> str:
    """The sentence with `new` in the place of what is in brackets."""
    span = Span(sentence.index("["), sentence.index("]") - 1)
    text = sentence.replace("[", "").replace("]", "")
    place, whole = fitted(text, span, new, lang)
    return text[: place.start] + whole + text[place.end :]


@pytest.mark.parametrize(
    ("lang", "sentence", "new", "expected"),
    [
        ("ru", "Речь о [дружественном огне].", "огне по своим", "Речь об огне по своим."),
        ("ru", "Об [атаке] молчат.", "штурме", "О штурме молчат."),
        ("ru", "Спросили об [ударе].", "единственном ударе", "Спросили о единственном ударе."),
        ("ru", "Приехал с [базы].", "склада", "Приехал со склада."),
        ("ru", "Приехал со [склада].", "базы", "Приехал с базы."),
        ("ru", "Служит в [отделении].", "взводе", "Служит во взводе."),
        ("ru", "Служит во [взводе].", "отделении", "Служит в отделении."),
        ("ru", "Подошли ко [всем].", "позициям", "Подошли к позициям."),
        ("ru", "Рассказал о [ведомстве].", "ФСБ", "Рассказал о ФСБ."),
        ("ru", "Рассказал об [ударе].", "57 ракетах", "Рассказал об 57 ракетах."),
        ("ru", "Речь о\u00a0[бое].", "обстреле", "Речь об\u00a0обстреле."),
        ("ru", "Кто-то из-за [боя] ушёл.", "обстрела", "Кто-то из-за обстрела ушёл."),
        ("uk", "Служить у [роті].", "окремій роті", "Служить в окремій роті."),
        ("uk", "Вони в [роті].", "взводі", "Вони у взводі."),
        ("uk", "Боєць в [обороні].", "засідці", "Боєць у засідці."),
        ("uk", "Вона в [обороні].", "засідці", "Вона в засідці."),
        ("uk", "Прийшли з [бази].", "складу", "Прийшли зі складу."),
        ("uk", "Прийшли зі [складу].", "окопу", "Прийшли з окопу."),
        ("uk", "Стрілець з [бази].", "села", "Стрілець із села."),
        ("uk", "Рота й [вона] тут.", "ядро", "Рота і ядро тут."),
        ("uk", "Вони і [рота] тут.", "окремий взвод", "Вони й окремий взвод тут."),
    ],
)
def test_the_word_before_is_fitted(lang: str, sentence: str, new: str, expected: str) -> None:
    assert put(sentence, new, lang) == expected


@given(st.text("абвосзуіє оОвВ«-", max_size=20), st.text("абвосзуіє «X", max_size=8), st.sampled_from(["ru", "uk"]))
def test_only_the_word_before_changes_and_it_stays_changed(before: str, new: str, lang: str) -> None:
    text = f"{before}слово."
    span, whole = fitted(text, Span(len(before), len(before) + 5), new, lang)
    assert whole.endswith(new)
    assert span.end == len(before) + 5
    assert len(before) - span.start <= 5
    done = text[: span.start] + whole
    end = len(done)
    assert fitted(done, Span(end - len(new), end), new, lang) == (Span(end - len(new), end), new)
