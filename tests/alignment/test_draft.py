"""A draft translation as evidence: where the lexicon knows nothing, its words find the rendering."""

import pytest

from glossary.alignment import Alignment, Lexicon, align
from glossary.text.segment import document

SOURCE = "Somebody moaned quietly. Children slept inside. Neighbours argued aloud. Soldiers smoked nearby."
TARGET = "Дети крепко спали внутри. Рядом курили солдаты."
DRAFT = ("Кто-то тихо стонал.", "Ребята спят внутри.", "Громко спорили соседи.", "Солдаты покурили рядом.")
NOTHING = Lexicon("ru")


def links(alignment: Alignment) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(bead.source, bead.target) for bead in alignment.beads if bead.paired]


def test_a_draft_finds_what_the_lexicon_cannot_know() -> None:
    source, target = document(SOURCE, "en"), document(TARGET, "ru")
    expected = [((1,), (0,)), ((3,), (1,))]
    assert links(align(source, target, lexicon=NOTHING)) != expected
    assert links(align(source, target, lexicon=NOTHING, draft=DRAFT)) == expected


def test_a_draft_may_have_gaps() -> None:
    source, target = document(SOURCE, "en"), document(TARGET, "ru")
    draft = (None, *DRAFT[1:])
    assert links(align(source, target, lexicon=NOTHING, draft=draft)) == [((1,), (0,)), ((3,), (1,))]


def test_an_empty_draft_says_nothing() -> None:
    source, target = document(SOURCE, "en"), document(TARGET, "ru")
    assert align(source, target, draft=(None, "", None, "")) == align(source, target)


def test_a_draft_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="one entry"):
        align(document(SOURCE, "en"), document(TARGET, "ru"), draft=DRAFT[:3])
