"""Names across alphabets: what sounds alike meets, what does not stays apart."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glossary.text import names


@pytest.mark.parametrize(
    ("english", "others"),
    [
        ("zelensky", ["зеленский", "зеленского", "зеленський", "зеленському"]),
        ("kharkiv", ["харьков", "харьковом", "харків", "харкова"]),
        ("odesa", ["одесса", "одессе", "одеса", "одесі"]),
        ("kyiv", ["киев", "київ"]),
        ("washington", ["вашингтон", "вашингтоне", "вашингтону"]),
        ("west", ["уест"]),
        ("john", ["джон", "джона", "джоном"]),
        ("george", ["джордж", "джорджа"]),
        ("michael", ["михаэль"]),
        ("thompson", ["томпсон", "томпсоном"]),
    ],
)
def test_a_name_shares_a_skeleton_with_its_renderings(english: str, others: list[str]) -> None:
    for other in others:
        assert set(names.skeletons(english)) & set(names.skeletons(other)), other


@pytest.mark.parametrize(("english", "other"), [("london", "минск"), ("trump", "байден"), ("kherson", "одесса")])
def test_different_names_share_none(english: str, other: str) -> None:
    assert not set(names.skeletons(english)) & set(names.skeletons(other))


def test_likeness_orders_candidates() -> None:
    assert names.likeness("schumacher", "шумахера") > names.likeness("schumacher", "штурмовик")


def test_a_stem_is_cyrillic_only() -> None:
    assert names.stem("украиной") == "украин"
    assert names.stem("london") == "london"


@given(st.text(max_size=30))
@settings(max_examples=100, deadline=None)
def test_any_word_has_a_skeleton_of_small_latin_letters(word: str) -> None:
    for skeleton in names.skeletons(word.casefold()):
        assert skeleton.isascii()
        assert skeleton == skeleton.lower()
    assert 0.0 <= names.likeness(word.casefold(), "мариуполь") <= 1.0
