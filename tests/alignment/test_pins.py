"""Pins: a person's beads hold, and only what lies between them moves."""

import time
from collections.abc import Callable

from glossary.alignment import Alignment, Pin, align, changed
from glossary.text.segment import document
from glossary.text.spans import Document, Span


def pin(source: Document, target: Document, left: tuple[int, ...], right: tuple[int, ...]) -> Pin:
    return Pin(tuple(source.sentences[n].span for n in left), tuple(target.sentences[n].span for n in right))


def pinned(alignment: Alignment) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(bead.source, bead.target) for bead in alignment.beads if bead.pinned]


def test_a_pin_holds_with_score_one(english: Document, russian: Document) -> None:
    alignment = align(english, russian, [pin(english, russian, (3,), (3, 4))])
    assert pinned(alignment) == [((3,), (3, 4))]
    assert [bead.score for bead in alignment.beads if bead.pinned] == [1.0]
    assert [(bead.source, bead.target) for bead in alignment.beads][:3] == [((n,), (n,)) for n in range(3)]


def test_pins_may_cross(english: Document, russian: Document) -> None:
    alignment = align(english, russian, [pin(english, russian, (3,), (6,)), pin(english, russian, (6,), (3,))])
    assert pinned(alignment) == [((3,), (6,)), ((6,), (3,))]
    others = [bead for bead in alignment.beads if not bead.pinned]
    assert all(bead.source == bead.target for bead in others)


def test_a_pin_may_say_no_counterpart(english: Document, russian: Document) -> None:
    alignment = align(english, russian, [pin(english, russian, (5,), ()), pin(english, russian, (), (5,))])
    assert sorted(pinned(alignment)) == [((), (5,)), ((5,), ())]


def test_a_pin_cuts_inside_a_sentence(english: Document, russian: Document) -> None:
    here, there = english.sentences[1].span, russian.sentences[1].span
    comma = english.text.index(",", here.start)
    other = russian.text.index(",", there.start)
    alignment = align(english, russian, [Pin((Span(here.start, comma + 1),), (Span(there.start, other + 1),))])
    assert len(alignment.source.sentences) == len(english.sentences) + 1
    assert pinned(alignment) == [((1,), (1,))]
    assert alignment.source.sentence(2) == "the Ukrainian air force said on Tuesday."


def test_a_pin_far_off_does_not_bend_the_rest(english: Document, russian: Document) -> None:
    alignment = align(english, russian, [pin(english, russian, (0,), (9,))])
    straight = {(bead.source, bead.target) for bead in alignment.beads if bead.paired and not bead.pinned}
    assert {((n,), (n,)) for n in range(2, 8)} <= straight


def test_pins_outside_or_overlapping_are_harmless(english: Document, russian: Document) -> None:
    one = pin(english, russian, (2,), (2,))
    beyond = Pin((Span(10**6, 10**6 + 5),), ())
    alignment = align(english, russian, [one, one, beyond])
    assert pinned(alignment) == [((2,), (2,))]


def test_changed_names_the_beads_a_pin_moved(english: Document, russian: Document) -> None:
    before = align(english, russian)
    after = align(english, russian, [pin(english, russian, (3, 4), (3, 4))])
    moved = changed(before, after)
    assert [after.beads[n].source for n in moved] == [(3, 4)]
    assert changed(before, before) == ()


def test_unpinning_gives_the_first_answer_back(english: Document, russian: Document) -> None:
    assert align(english, russian, []).beads == align(english, russian).beads


def test_a_pin_on_an_article_is_felt_as_immediate(english: Document, russian: Document) -> None:
    """Fifty milliseconds are promised; the test allows for a busy machine."""
    source = document("\n\n".join([english.text] * 3), "en")
    target = document("\n\n".join([russian.text] * 3), "ru")
    fixed = [pin(source, target, (12,), (12,))]
    align(source, target, fixed)
    begin = time.process_time()
    align(source, target, fixed)
    assert time.process_time() - begin < 0.25


def test_a_pin_survives_resegmentation(english: Document, russian: Document, without: Callable[..., Document]) -> None:
    shorter = without(russian, 9)
    fixed = pin(english, russian, (3,), (3,))
    assert ((3,), (3,)) in pinned(align(english, shorter, [fixed]))
