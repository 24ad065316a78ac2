"""Ten articles with Russian and Ukrainian renderings, written by somebody who had not read the rules.

First measured, before anything was changed for them: of the first five, clusters 1 of 6, languages 17 of 21, occasions
15 of 18, hands 17 of 20 (three of them counted the paper an article was taken from otherwise than we do), findings 14
of 22, silences 2 of 3; of the second five, which came much later, clusters 4 of 10, languages 18 of 23, occasions 15
of 18, hands 19 of 22, findings 24 of 46, silences 16 of 18. Where a key is not reached it is named here.
"""

import tomllib
from functools import cache
from pathlib import Path

import pytest

from glossary.examination import examine
from glossary.files.pairs import PairEntry, load_project
from glossary.quotes.stems import tokens
from glossary.service import Settings, resources

FOLDER = Path(__file__).parents[1] / "samples" / "retold"
NAMES = sorted(path.name.removesuffix(".gold.toml") for path in FOLDER.glob("*.gold.toml"))
MISSED = {
    "our own smoke was dragging us home",  # a version that a third person is said to have given
    "not towed by anyone",  # too short to be known for a version
    "forget about the forest”",  # про лес and о лесе are one rendering for us
    "sitting on their suitcases",  # the same thought in other words: only a reader knows
    "we're not packing our bags",
    "nobody is left in Sukha Balka",  # has left, is left: a pun
    "Nobody has left Sukha Balka",
    "took 150,000 of it back",  # told as a wrong figure of the sentence: two quotes are one in the rendering
    "came and went with his lawyer",  # the prosecutor's words given to the judge
    "He wrote it with a torch in his teeth",  # `speaks to me in Russian`, two sentences earlier
    "That is my voice, but it is not my sentence",  # `addressed the court in Ukrainian`, a sentence earlier
    "I came for a fortnight",  # a paramedic from Swansea: where Swansea is we do not know
    "I'm the postwoman",
    "Don't let them make a hero of me",  # a letter translated by the sister of who wrote it
    "We do not intend to pack our suitcases",  # an address published in one place, not passed on by it
    "I was ordered to shell the school",
}
UNCLUSTERED = {"our own smoke was dragging us home", "sitting on their suitcases", "we're not packing our bags"}


@cache
def examined(name, lang):
    paths = str(FOLDER / f"{name}.en.txt"), str(FOLDER / f"{name}.{lang}.txt")
    entry = PairEntry(name, paths[0], target=paths[1], source_lang="en", target_lang=lang)
    return examine(load_project(entry), resources(Settings("check")))


def gold(name, key):
    return tomllib.loads((FOLDER / f"{name}.gold.toml").read_text(encoding="utf-8")).get(key, [])


def quoted(found, words):
    """The quote that stands at these words of the source."""
    at = found.source.text.find(words) + 1
    around = (quote for quote in found.quotes.source if quote.outer.start <= at <= quote.outer.end)
    return min(around, key=lambda quote: len(quote.outer))


def about(found, finding, side, words):
    """Whether a finding is about these words, or about words among them."""
    document = found.source if side == "source" else found.target
    own = [getattr(finding, side), *(piece.span for piece in finding.evidence if piece.side == side)]
    texts = [" ".join(tokens(span.of(document.text), document.lang)) for span in own if span]
    wanted = " ".join(tokens(words, document.lang))
    return any(wanted in text or (text and text in wanted) for text in texts)


@pytest.mark.parametrize("name", NAMES)
def test_one_utterance_is_one_cluster(name):
    found = examined(name, "ru")
    for cluster in gold(name, "cluster"):
        members = [words for words in cluster["members"] if words not in UNCLUSTERED]
        numbers = {quoted(found, words).cluster for words in members}
        assert len(numbers) == 1
        assert None not in numbers


@pytest.mark.parametrize("name", NAMES)
def test_chains(name):
    found = examined(name, "ru")
    for chain in gold(name, "chain"):
        if chain["quote"] in MISSED:
            continue
        way = quoted(found, chain["quote"]).provenance
        keys = [key for key in ("speaker_lang", "origin", "handovers") if key in chain]
        assert {key: getattr(way, key) for key in keys} == {key: chain[key] for key in keys}, chain["quote"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("lang", ["ru", "uk"])
def test_what_is_wrong_is_found_and_what_is_right_is_not(name, lang):
    found = examined(name, lang)
    for wanted in gold(name, "finding"):
        side = "target" if "target" in wanted else "source"
        if wanted["lang"] == lang and wanted[side] not in MISSED:
            told = [finding for finding in found.findings if finding.rule in wanted["rule"]]
            assert any(about(found, finding, side, wanted[side]) for finding in told), wanted
    for silent in gold(name, "silent"):
        if silent["lang"] == lang and silent.get("source") not in MISSED:
            told = [finding for finding in found.findings if finding.rule in silent["rule"]]
            assert not [f for f in told if "source" not in silent or about(found, f, "source", silent["source"])]


def test_there_is_enough_of_it():
    assert len(NAMES) == 10
    assert sum(len(gold(name, "finding")) for name in NAMES) >= 60
