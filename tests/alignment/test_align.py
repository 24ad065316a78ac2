"""align: what is rendered is found, what is not is said so."""

import subprocess
import sys
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glossary.alignment import Alignment, Pin, align
from glossary.alignment.reports import findings, unrelated
from glossary.text.segment import document
from glossary.text.spans import Document

Cut = Callable[[Document, int], Document]


def pairs(alignment: Alignment) -> set[tuple[str, str]]:
    """The paired beads as texts."""
    return {
        (
            " ".join(alignment.source.sentence(n) for n in bead.source),
            " ".join(alignment.target.sentence(n) for n in bead.target),
        )
        for bead in alignment.beads
        if bead.paired
    }


def lone(alignment: Alignment, side: str) -> list[str]:
    """The sentences of one side without counterpart."""
    whole: Document = getattr(alignment, side)
    return [whole.sentence(n) for bead in alignment.beads if not bead.paired for n in getattr(bead, side)]


@pytest.mark.parametrize("lang", ["russian", "ukrainian"])
def test_a_faithful_rendering_is_one_to_one(english: Document, lang: str, request: pytest.FixtureRequest) -> None:
    alignment = align(english, request.getfixturevalue(lang))
    assert [(bead.source, bead.target) for bead in alignment.beads] == [((n,), (n,)) for n in range(10)]
    assert min(bead.score for bead in alignment.beads) > 0.5


@pytest.mark.parametrize("number", [2, 3, 5, 7, 9])
def test_an_omitted_sentence_has_no_counterpart(
    english: Document, russian: Document, without: Cut, number: int
) -> None:
    alignment = align(english, without(russian, number))
    assert lone(alignment, "source") == [english.sentence(number)]
    assert lone(alignment, "target") == []


@pytest.mark.parametrize("number", [2, 3, 5, 7, 9])
def test_an_added_sentence_has_no_counterpart(
    english: Document, ukrainian: Document, without: Cut, number: int
) -> None:
    alignment = align(without(english, number), ukrainian)
    assert lone(alignment, "target") == [ukrainian.sentence(number)]
    assert lone(alignment, "source") == []


def test_neighbours_that_changed_places_cross(english: Document, russian: Document) -> None:
    first, second = russian.sentence(1), russian.sentence(2)
    swapped = russian.text.replace(first, "@").replace(second, first).replace("@", second)
    alignment = align(english, document(swapped, "ru"))
    assert {(english.sentence(1), first), (english.sentence(2), second)} <= pairs(alignment)


def test_a_passage_moved_far_is_found_as_such(english: Document, ukrainian: Document) -> None:
    paragraphs = ukrainian.text.split("\n\n")
    moved = "\n\n".join([paragraphs[0], paragraphs[2], paragraphs[3], paragraphs[1]])
    alignment = align(english, document(moved, "uk"))
    expected = {(english.sentence(n), ukrainian.sentence(n)) for n in range(len(english.sentences))}
    assert pairs(alignment) == expected
    assert lone(alignment, "source") == lone(alignment, "target") == []


def test_two_sentences_joined_into_one_make_one_bead(english: Document, russian: Document) -> None:
    joined = russian.text.replace("в Черноморске. Никто не погиб.", "в Черноморске, и никто не погиб.")
    alignment = align(english, document(joined, "ru"))
    both = f"{english.sentence(3)} {english.sentence(4)}"
    assert both in {source for source, _ in pairs(alignment)}


def test_a_headline_glued_to_the_lead_is_cut_off_by_both_sides(english: Document, russian: Document) -> None:
    running = [" ".join(whole.text.split()) for whole in (english, russian)]
    alignment = align(document(running[0], "en"), document(running[1], "ru"))
    assert (english.sentence(0), russian.sentence(0)) in pairs(alignment)
    assert (english.sentence(1), russian.sentence(1)) in pairs(alignment)


def test_a_lead_without_headline_is_left_whole(english: Document, russian: Document) -> None:
    running = [" ".join(whole.text.split("\n\n", 1)[1].split()) for whole in (english, russian)]
    source, target = document(running[0], "en"), document(running[1], "ru")
    alignment = align(source, target)
    assert (len(alignment.source.sentences), len(alignment.target.sentences)) == (
        len(source.sentences),
        len(target.sentences),
    )


def test_a_long_text_is_aligned_through_windows(english: Document, russian: Document) -> None:
    """Sixty numbered variants in a row, more than any window holds, with one paragraph dropped in the middle."""
    parts = [(english.text.replace("41", str(100 + n)), russian.text.replace("41", str(100 + n))) for n in range(60)]
    source = "\n\n".join(part[0] for part in parts)
    target = "\n\n".join(part[1] for number, part in enumerate(parts) if number != 30)
    alignment = align(document(source, "en"), document(target, "ru"))
    right = sum(1 for bead in alignment.beads if bead.paired)
    assert len(alignment.source.sentences) == 600
    assert right >= 570
    assert 10 <= len(lone(alignment, "source")) <= 30


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("", ""),
        ("", "Танк сгорел."),
        ("The tank burned.", ""),
        ("\n" * 10_000, "\n" * 10_000),
        ("The tank burned. " * 3, "Танк сгорел. " * 30),
        ("word " * 20_000, "слово " * 20_000),
        ("…", "— — —"),
        ("\x00\ud800 \x1b[31m", "\u202e\ufeff?"),
        ("The same text. Twice.", "The same text. Twice."),
    ],
)
def test_odd_texts_are_covered(source: str, target: str) -> None:
    alignment = align(document(source, "en"), document(target, "ru"))
    assert sum(len(bead.source) for bead in alignment.beads) == len(alignment.source.sentences)


@pytest.mark.parametrize("times", [2, 10])
@pytest.mark.parametrize("side", ["source", "target"])
def test_a_side_repeated_is_aligned_as_if_it_stood_there_once(
    english: Document, russian: Document, side: str, times: int
) -> None:
    once = align(english, russian)
    texts = {"source": english.text, "target": russian.text}
    texts[side] = "\n\n".join([texts[side]] * times)
    several = align(document(texts["source"], "en"), document(texts["target"], "ru"))
    assert pairs(several) == pairs(once)
    assert not unrelated(several)
    rule = "untranslated" if side == "source" else "added"
    again = [finding for finding in findings(several) if finding.variant == "repeated"]
    assert [finding.rule for finding in again] == [rule]
    count = len(getattr(once, side).sentences)
    assert again[0].params["count"] == str(count * (times - 1))


def test_a_repetition_on_both_sides_is_aligned(english: Document, russian: Document) -> None:
    source, target = f"{english.text}\n\n{english.text}", f"{russian.text}\n\n{russian.text}"
    alignment = align(document(source, "en"), document(target, "ru"))
    assert sum(bead.paired for bead in alignment.beads) == 20
    assert not [finding for finding in findings(alignment) if finding.variant == "repeated"]


def test_a_refrain_is_no_repetition(english: Document, russian: Document) -> None:
    refrain = "\n\n".join([*[russian.sentence(n) for n in range(3)]])
    alignment = align(english, document(f"{russian.text}\n\n{refrain}", "ru"))
    assert not [finding for finding in findings(alignment) if finding.variant == "repeated"]


def test_a_pin_on_a_repetition_holds(english: Document, russian: Document) -> None:
    twice = document(f"{russian.text}\n\n{russian.text}", "ru")
    last = (english.sentences[-1].span,), (twice.sentences[-1].span,)
    alignment = align(english, twice, [Pin(*last)])
    assert [bead.target for bead in alignment.beads if bead.pinned] == [(len(twice.sentences) - 1,)]


def test_identical_texts_align_with_themselves(english: Document) -> None:
    alignment = align(english, document(english.text, "en"))
    assert all(bead.source == bead.target for bead in alignment.beads)


WORDS = ["tank", "Kharkiv", "34", "drones", "said", "он", "танк", "Харьков", "дроны", "34", "—", "«", "?", "."]


@given(st.lists(st.sampled_from(WORDS), max_size=60), st.lists(st.sampled_from(WORDS), max_size=60))
@settings(max_examples=60, deadline=None)
def test_every_sentence_is_in_exactly_one_bead(source: list[str], target: list[str]) -> None:
    texts = [
        ". ".join(" ".join(words[n : n + 5]).capitalize() for n in range(0, len(words), 5))
        for words in (source, target)
    ]
    alignment = align(document(texts[0], "en"), document(texts[1], "ru"))
    assert all(0.0 <= bead.score <= 1.0 for bead in alignment.beads)


def test_the_answer_does_not_depend_on_the_hash_seed(english: Document, russian: Document) -> None:
    program = (
        "import sys; from glossary.alignment import align; from glossary.text.segment import document\n"
        "a, b = sys.stdin.read().split('\\f'); print(align(document(a, 'en'), document(b, 'ru')).beads)"
    )
    answers = {
        subprocess.run(
            [sys.executable, "-c", program],
            input=f"{english.text}\f{russian.text}",
            env={"PYTHONHASHSEED": seed, "PYTHONUTF8": "1"},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(answers) == 1
