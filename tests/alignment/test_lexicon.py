"""The lexicon: stems that meet inflected forms, extended by glossaries and by what a user confirmed."""

import subprocess
import sys

import pytest

from glossary.alignment import Lexicon, align
from glossary.alignment.lexicon import bases, longest_stem, prefixes
from glossary.text.segment import document


@pytest.mark.parametrize(
    ("lang", "rendering", "forms"),
    [
        ("ru", "война", ["война", "войны", "войну", "войной", "войнам"]),
        ("ru", "правительство", ["правительства", "правительством", "правительственный"]),
        ("ru", "сообщить", ["сообщил", "сообщила", "сообщили", "сообщит"]),
        ("uk", "війна", ["війни", "війною", "війну"]),
        ("uk", "повідомити", ["повідомив", "повідомила", "повідомили"]),
        ("uk", "уряд", ["уряду", "урядом", "уряди"]),
    ],
)
def test_inflected_forms_begin_with_the_stem(lang: str, rendering: str, forms: list[str]) -> None:
    stem = longest_stem(rendering)
    for form in forms:
        assert stem in prefixes(form), (stem, form)


def test_short_stems_do_not_swallow_other_words() -> None:
    assert longest_stem("год") not in prefixes("годится")


@pytest.mark.parametrize(("form", "lemma"), [("cities", "city"), ("stopped", "stop"), ("told", "tell"), ("men", "man")])
def test_english_forms_find_their_headword(form: str, lemma: str) -> None:
    assert lemma in bases(form)


@pytest.mark.parametrize("lang", ["ru", "uk"])
def test_the_bundled_lexicon_knows_the_commonest_words_of_news(lang: str) -> None:
    lexicon = Lexicon.bundled(lang)
    for word in ("january", "tuesday", "said", "killed", "president", "united states", "drones"[:5]):
        assert lexicon.renderings(word), word


def test_pairs_are_added_and_the_old_lexicon_stays_as_it_was() -> None:
    empty = Lexicon("ru")
    grown = empty.with_pairs([("loitering munition", ["барражирующий боеприпас"]), ("IFV", ["БМП"])])
    assert len(empty) == 0
    assert grown.renderings("loitering munitions") == (longest_stem("барражирующий"),)
    assert grown.renderings("ifv") == ("бмп",)
    assert grown.with_pairs([]).entries == grown.entries


def test_a_learned_word_tells_two_candidates_apart() -> None:
    """Nothing but the private word links the sentences; without it the lone sentence is attached by chance."""
    source = document("He arrived late. The gizmo broke. It rained.", "en")
    target = document("Он опоздал. Шел дождь. Штуковина сломалась.", "ru")
    learned = Lexicon.bundled("ru").with_pairs(
        [("gizmo", ["штуковина"]), ("broke", ["сломаться"]), ("rain", ["дождь"])]
    )
    alignment = align(source, target, lexicon=learned)
    assert ((1,), (2,)) in {(bead.source, bead.target) for bead in alignment.beads}


def test_a_dump_is_restored() -> None:
    lexicon = Lexicon("uk").with_pairs([("air defence", ["протиповітряна оборона"]), ("tank", ["танк", "бак"])])
    restored = Lexicon.restore(lexicon.dump())
    assert restored == lexicon
    assert restored.renderings("tanks") == ("танк", "бак")


@pytest.mark.parametrize("text", ["", "lexicon 1\tru\t2\na\tб\n", "lexicon 0\tru\t0\n", "a\tb"])
def test_what_is_no_dump_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"lexicon|unpack"):
        Lexicon.restore(text)


def test_values_do_not_wait_for_the_search() -> None:
    program = "import sys, glossary.alignment.beads; print([m for m in ('numpy', 'rapidfuzz') if m in sys.modules])"
    program += "; print('glossary.alignment.aligner' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[:2] == ["[]", "False"]
