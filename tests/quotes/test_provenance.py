"""The way quotes came, on passages written for this project: chains, hands, verdicts, and what must stay silent."""

import json
from pathlib import Path

import pytest

from glossary.quotes.extraction import find_quotes
from glossary.quotes.provenance import trace
from glossary.text.segment import document

SAMPLES = Path(__file__).parents[1] / "samples" / "provenance.jsonl"
PASSAGES = [json.loads(line) for line in SAMPLES.read_text(encoding="utf-8").splitlines()]


def chains(text, target_lang="ru"):
    read = document(text, "en")
    quotes = find_quotes(read)
    return quotes, trace(read, quotes, target_lang)


@pytest.mark.parametrize("passage", PASSAGES, ids=lambda passage: passage["id"])
@pytest.mark.parametrize("target_lang", ["ru", "uk"])
def test_passages_written_for_this_project(passage, target_lang):
    quotes, traced = chains(passage["text"], target_lang)
    for gold in passage["quotes"]:
        chain = next(
            chain
            for quote, chain in zip(quotes, traced, strict=True)
            if quote.span.start < gold["end"] and gold["start"] < quote.span.end
        )
        assert chain is not None
        assert chain.speaker_lang in (gold["speaker_lang"], *gold["speaker_lang_alt"])
        assert chain.origin == gold["origin"]
        assert chain.handovers == gold["handovers"]
        if chain.speaker_lang == gold["speaker_lang"]:
            assert list(chain.path) == gold[f"path_{target_lang}"]
            assert chain.verdict == gold[f"verdict_{target_lang}"]
