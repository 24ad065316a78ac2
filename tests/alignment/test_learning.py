"""A lexicon learned from aligned sentences, and what it is good for."""

from pathlib import Path

import pytest

from glossary.alignment import Lexicon, align
from glossary.alignment.learning import learn
from glossary.files.lexicons import add_to_lexicon, lexicon_path, read_lexicon
from glossary.text.segment import document

# Words no list of ours knows: a gardener's weekly.
GARDEN = {
    "rhubarb": "ревень",
    "trellis": "шпалера",
    "mulch": "мульча",
    "sorrel": "щавель",
    "gooseberry": "крыжовник",
    "thistle": "чертополох",
    "quince": "айва",
    "sickle": "серп",
    "rake": "грабли",
    "spade": "лопата",
}
CONTEXTS = [("Look, a {}.", "Смотри: {}."), ("That was the {}.", "Это {}."), ("Here, {} again.", "Опять {} тут.")]
TAUGHT = [
    (english.format(word), russian.format(rendering))
    for word, rendering in GARDEN.items()
    for english, russian in CONTEXTS
]


def test_words_that_keep_company_are_learned() -> None:
    found = {(one.english, one.target) for one in learn(TAUGHT, "ru")}
    assert set(GARDEN.items()) <= found


def test_what_was_learned_finds_the_sentences_left_out() -> None:
    words = list(GARDEN)
    kept = [word for number, word in enumerate(words) if number not in (1, 2, 6)]
    source = document("\n\n".join(f"We have a {word}." for word in words), "en")
    target = document("\n\n".join(f"У нас есть {GARDEN[word]}." for word in kept), "ru")
    gold = {((words.index(word),), (number,)) for number, word in enumerate(kept)}

    def right(lexicon: Lexicon) -> int:
        beads = {(bead.source, bead.target) for bead in align(source, target, lexicon=lexicon).beads}
        return len(beads & gold)

    before = Lexicon.bundled("ru")
    after = before.with_pairs([(one.english, [one.target]) for one in learn(TAUGHT, "ru")])
    assert right(before) < len(gold)
    assert right(after) == len(gold)


def test_the_file_adds_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    learned = learn(TAUGHT, "ru")
    assert add_to_lexicon("ru", learned) == len(learned)
    add_to_lexicon("ru", learned)
    assert [one.count for one in read_lexicon("ru")] == [2 * one.count for one in learned]
    lexicon_path("ru").write_text("spoiled,,\nen;target\n", encoding="utf-8")
    assert read_lexicon("ru") == ()
