"""What is likely of a quote where no rule speaks: learnt from own passages, asked near the war only, and hedged."""

import importlib.util
import json
from pathlib import Path

import pytest

from glossary import data
from glossary.quotes import likely_hands, likely_occasions, likely_tongues
from glossary.quotes.extraction import find_quotes
from glossary.quotes.likely_occasions import OCCASIONS, likely_occasion, telling
from glossary.quotes.provenance import trace
from glossary.quotes.readings import read_article
from glossary.quotes.vicinity import BACK, ON, Vicinity, clues, near, vicinity
from glossary.text.recent import forget_texts
from glossary.text.segment import document

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "tests" / "samples"


def chain(text, target_lang="ru"):
    read = document(text, "en")
    return trace(read, find_quotes(read), target_lang)[0]


@pytest.fixture(scope="module")
def fitting():
    spec = importlib.util.spec_from_file_location("fit_likely", ROOT / "tools" / "fit_likely.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("text", "origin", "hands"),
    [
        (
            "Ukrainian signallers had tuned in to a mortar crew. A Russian gunner's voice crackled over "
            "the radio, and the scouts kept the file: “Tell them the river has moved again.”",
            "intercept",
            0,
        ),
        (
            "Russia's consul thundered from the rostrum of the general assembly that it was “a puppet show”.",
            "speech",
            0,
        ),
        (
            "“We fish at night because the drones are asleep,” Taras Hudyma, who runs a boatyard near Kherson, "
            "confided to a visitor from the Ukrainian paper Novyi Den.",
            "outlet_interview",
            1,
        ),
    ],
)
def test_an_occasion_that_no_phrase_tells_is_weighed(text, origin, hands):
    found = chain(text)
    assert (found.origin, found.handovers) == (origin, hands)


def test_what_was_said_outside_the_war_is_left_alone():
    text = "The web was built in a corridor. “I wanted a place for my notes,” Berners recalled. “Nobody minded.”"
    found = chain(text, "uk")
    assert (found.speaker_lang, found.origin, found.verdict) == ("en", "unknown", "translate")


def test_a_language_that_is_weighed_is_of_low_confidence_and_shows_what_speaks_for_it():
    text = (
        "We find Lesia Horobets on the fourth floor of what used to be a music school in Nikopol. The piano, she "
        "points out, still works. “I play when the drones come,” she says, lowering the lid."
    )
    found = chain(text)
    assert (found.speaker_lang, found.confidence) == ("uk", "low")
    assert any(cue.of(text).startswith(("Lesia", "Nikopol")) for cue in found.cues)


def test_the_employer_of_a_speaker_is_no_hand():
    text = "“It is a crime,” said Marta Berg, a Swedish lawyer with a monitoring group in Ukraine."
    assert chain(text).handovers == 0


def test_clues_are_those_of_few_sentences_however_long_the_text():
    text = " ".join(f"Sentence number {n} tells of the front." for n in range(400)) + " “We hold,” he said."
    read = document(text, "en")
    (quote,) = find_quotes(read)
    reading = read_article(read, (quote,)).readings[quote.n]
    assert len(near(read, reading.area).numbers) <= BACK + 1 + ON
    parts = list(vicinity(read, text, reading.area, reading.quote.outer).parts())
    assert len(parts) <= BACK + 1 + ON + 3
    assert sum(1 for part, words in parts for _ in clues(part, words)) < 300


def test_what_a_sentence_speaks_for_does_not_depend_on_who_asks_first():
    text = (
        "The scouts keep notes. “Hold the bridge,” a voice rasps on the tape. “Hold it,” says another. The tape was "
        "passed to the paper by the brigade. “They held it,” the colonel said in his office."
    )
    read = document(text, "en")
    quotes = find_quotes(read)
    readings = read_article(read, quotes).readings
    around = [vicinity(read, text, one.area, one.quote.outer) for one in readings.values()]
    first = [likely_occasion(one) for one in around]
    forget_texts()
    assert [likely_occasion(one) for one in reversed(around)] == first[::-1]


def test_without_words_the_occasion_is_a_guess_without_a_cue():
    around = Vicinity("", (), ())
    assert likely_occasion(around).origin in OCCASIONS
    assert telling(around, "speech") is None


@pytest.mark.parametrize("name", ["provenance_practice", "provenance_mainstream", "elsewhere"])
def test_passages_of_other_hands_are_mostly_read(name):
    """Written to teach, by somebody who had not read the rules, the first on purpose as odd as newspapers can be; the
    third is not of the war, and nothing was fitted on it."""
    right = {"lang": 0, "origin": 0, "handovers": 0}
    total = 0
    for line in (SAMPLES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        passage = json.loads(line)
        read = document(passage["text"], "en")
        quotes = find_quotes(read)
        traced = trace(read, quotes, "ru")
        for key in passage["quotes"]:
            hit = [
                t
                for q, t in zip(quotes, traced, strict=True)
                if q.span.start < key["end"] and key["start"] < q.span.end
            ]
            total += 1
            if hit and hit[0] is not None:
                right["lang"] += hit[0].speaker_lang in (key["speaker_lang"], *key["speaker_lang_alt"])
                right["origin"] += hit[0].origin == key["origin"]
                right["handovers"] += hit[0].handovers == key["handovers"]
    assert all(count / total >= 0.75 for count in right.values()), (right, total)


def test_tables_are_those_that_the_samples_give(fitting):
    """A clue of the tables is one that the features still make: renamed features would silence the weights."""
    known = {clue for one in fitting.examples()["tongues"] for _, what in one.candidates for clue in what}
    assert set(data.weights(likely_tongues.TABLE)) - {""} <= known
    assert data.weights(likely_hands.TABLE)
    assert likely_occasions._weights()[0]
