"""English forms and lemmas by rule."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glossary.text.english import forms, lemmas, without_possessive

FORMS = """
ship noun: ships
army noun: armies
day noun: days
bus noun: buses
brush noun: brushes
serviceman noun: servicemen
woman noun: women
headquarters noun: headquarters
aircraft noun: aircraft
knife noun: knives
torpedo noun: torpedoes torpedos
T-72 noun: T-72s
corps noun: corps
shell verb: shells shelled shelling
shoot verb: shoots shot shooting
withdraw verb: withdraws withdrew withdrawn withdrawing
deploy verb: deploys deployed deploying
occupy verb: occupies occupied occupying
stop verb: stops stopped stopping
transfer verb: transferred transferring
travel verb: traveled travelled traveling travelling
invade verb: invades invaded invading
flee verb: flees fled fleeing
lie verb: lying lay lain
die verb: dies died dying
traffic verb: trafficked trafficking
bomb verb: bombed bombing
overrun verb: overran overrunning
free verb: freed freeing
"""


@pytest.mark.parametrize("line", FORMS.strip().splitlines())
def test_forms(line: str) -> None:
    head, expected = line.split(":")
    word, pos = head.split()
    assert forms(word, pos) >= {form.casefold() for form in expected.split()}


NOT_FORMS = """
stop verb: stoped stoping
deploy verb: deployyed deploied
shoot verb: shooted
occupy verb: occupyed occupys
army noun: armys
mine noun: mining mined
serviceman noun: servicemans
"""


@pytest.mark.parametrize("line", NOT_FORMS.strip().splitlines())
def test_no_forms(line: str) -> None:
    head, others = line.split(":")
    word, pos = head.split()
    assert not forms(word, pos) & set(others.split())


LEMMAS = """
servicemen: serviceman
withdrew: withdraw
Supplies: supply
shot: shoot shot
bombing: bomb
stopped: stop
invaded: invade
commander's: commander
soldiers’: soldier
news: news
shelling: shell
fled: flee
women: woman
dying: die
Taxes: tax
"""


@pytest.mark.parametrize("line", LEMMAS.strip().splitlines())
def test_lemmas(line: str) -> None:
    word, expected = line.split(":")
    assert lemmas(word) >= set(expected.split())


def test_news_is_no_plural_of_new() -> None:
    assert lemmas("news") == {"news"}


@given(st.text(max_size=30))
@settings(max_examples=100, deadline=None)
def test_any_text_is_a_form_of_its_lemmas(word: str) -> None:
    base = without_possessive(word.casefold())
    assert base in lemmas(word)
    for lemma in lemmas(word):
        assert base == lemma or base in forms(lemma)


@given(
    st.sampled_from(["shell", "mine", "stop", "occupy", "withdraw", "headquarters", "serviceman", "die", "transfer"])
)
@settings(deadline=None)
def test_every_form_leads_back(word: str) -> None:
    assert all(word in lemmas(form) for form in forms(word))
