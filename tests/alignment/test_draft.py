"""A draft translation as evidence: where the lexicon knows nothing, its words find the rendering."""

import pytest

from glossary.alignment import Alignment, Lexicon, align
from glossary.at_hand import by_sentence
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


LONG = (
    "The army shelled Kharkiv on Monday. Two drones hit the port of Odesa. "
    "The mayor, Ihor Koval, spoke to Reuters. Nobody was hurt in Izmail."
)
LONG_DRAFT = (
    "Армия обстреляла Харьков в понедельник.",
    "Два беспилотника попали в порт Одессы.",
    "Мэр Игорь Коваль говорил с Reuters.",
    "В Измаиле никто не пострадал.",
)


@pytest.mark.parametrize("between", ["\n", " ", "\n\n"])
def test_a_draft_in_a_file_has_any_layout(between: str) -> None:
    assert by_sentence(between.join(LONG_DRAFT), document(LONG, "en"), "ru") == list(LONG_DRAFT)


def test_a_draft_may_join_and_leave_out_sentences() -> None:
    text = (
        "Армия обстреляла Харьков в понедельник, а два беспилотника попали в порт Одессы. В Измаиле никто не пострадал."
    )
    found = by_sentence(text, document(LONG, "en"), "ru")
    assert found[0] == found[1] == text.split(". ")[0] + "."
    assert found[2:] == [None, LONG_DRAFT[3]]
