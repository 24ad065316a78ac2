"""Quotes whose original is in the language of the draft never reach the machine, on the passages with chains."""

import json
from pathlib import Path

import pytest

from glossary.drafting.drafts import Recalled, draft
from glossary.drafting.engine import Engine, Hypothesis
from glossary.drafting.packages import Package
from glossary.drafting.rendition import as_text
from glossary.terms.index import TermIndex
from glossary.text.segment import document

SAMPLES = Path(__file__).parents[1] / "samples" / "provenance.jsonl"
PASSAGES = [json.loads(line) for line in SAMPLES.read_text(encoding="utf-8").splitlines()]
SPEECH = ("direct", "fragment", "dash")


class Recorder(Engine):
    """An engine that gives back what it got, and remembers it."""

    def __init__(self) -> None:
        self.package = Package("en", "ru", "0", Path())
        self.seen: list[str] = []

    def translate(self, sentences, *arguments, **options):  # type: ignore[no-untyped-def]
        self.seen += sentences
        return [(Hypothesis(f"Он сказал: {sentence}", -0.1),) for sentence in sentences]

    def scores(self, sentence, renderings):  # type: ignore[no-untyped-def]
        return tuple(0.0 for _ in renderings)


@pytest.mark.parametrize("lang", ["ru", "uk"])
def test_no_back_translation_of_the_samples(lang: str, indexes: dict[str, TermIndex]) -> None:
    left_open = translated = 0
    for passage in PASSAGES:
        engine, read = Recorder(), document(passage["text"], "en")
        made = draft(read, lang, engine, indexes[lang])
        seen, text = " ".join(engine.seen), as_text(made)
        for gold in passage["quotes"]:
            words = " ".join(passage["text"][gold["start"] : gold["end"]].rstrip(",").split())
            inside = [one for one in made.sentences if any(q.span.start < gold["end"] and gold["start"] < q.span.end
                                                           for q in one.quotes)]  # fmt: skip
            if gold[f"verdict_{lang}"] == "find_original":
                assert inside, passage["id"]
                assert words not in seen, passage["id"]
                assert "[[original wanted: " in text
                assert all("quote-open" in [reason.name for reason in one.reasons] for one in inside)
                assert all(quote.search for one in inside for quote in one.quotes), passage["id"]
                left_open += 1
            else:
                assert not inside, passage["id"]
                translated += 1
    assert left_open >= 30
    assert translated >= 30


def test_nor_from_a_sentence_that_is_only_alike(indexes: dict[str, TermIndex]) -> None:
    passage = next(one for one in PASSAGES if one["quotes"][0]["verdict_uk"] == "find_original")
    made = draft(
        document(passage["text"], "en"),
        "uk",
        None,
        indexes["uk"],
        remembered=lambda sentence: Recalled("«Ми спимо взутими», — сказав він.", 0.9, sentence),
    )
    assert made.sentences[0].origin == "open"
    assert "взутими" not in as_text(made).partition("[[untranslated")[0]
