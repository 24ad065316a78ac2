"""A draft as text, JSON or XLIFF. In each of them it says that it is a draft and that nobody has confirmed it."""

import json
import re
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from glossary.drafting.drafts import Draft, DraftSentence
from glossary.version import __version__

SCHEMA = 1
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_QUALIFIERS = {"machine": "mt-suggestion", "memory": "tm-suggestion"}


def notice(draft: Draft) -> str:
    """The first line of a draft in text: what it is, by what, and that somebody has to read it."""
    by = f" by {draft.engine}" if draft.engine else ""
    doubtful = sum(bool(sentence.reasons) for sentence in draft.sentences)
    count = len(draft.sentences)
    pair = f"{draft.source.lang}→{draft.target_lang}"
    return f"[[machine draft{by}, {pair}, not confirmed; {doubtful} of {count} sentences to look at]]"


def as_text(draft: Draft) -> str:
    """The draft with the paragraphs of its source under a line that says what it is.

    What is in double square brackets is to be replaced: quotes whose original is wanted, sentences without a draft.
    """
    source = draft.source.text
    parts, at = [notice(draft), "\n\n"], None
    for sentence in draft.sentences:
        if at is not None:
            parts.append(source[at : sentence.span.start])
        parts.append(sentence.text or f"[[untranslated: {sentence.span.of(source)}]]")
        at = sentence.span.end
    return "".join(parts).rstrip() + "\n"


def as_record(draft: Draft) -> dict[str, Any]:
    """The draft as a JSON object; offsets are code points of the source text."""
    return {
        "schema": SCHEMA,
        "draft": True,
        "confirmed": False,
        "source": {"name": draft.source.name, "lang": draft.source.lang},
        "target": {"lang": draft.target_lang},
        "engine": draft.engine or None,
        "sentences": [_sentence_record(sentence) for sentence in draft.sentences],
    }


def _sentence_record(sentence: DraftSentence) -> dict[str, Any]:
    return {
        "n": sentence.number,
        "source": [sentence.span.start, sentence.span.end],
        "text": sentence.text,
        "origin": sentence.origin,
        "score": round(sentence.score, 3) if sentence.origin == "machine" else None,
        "terms": [
            {"concept": term.concept, "source": [term.span.start, term.span.end], "way": term.way}
            for term in sentence.terms
        ],
        "quotes": [{"source": [one.span.start, one.span.end], "search": list(one.search)} for one in sentence.quotes],
        "reasons": [
            {"reason": reason.name, "note": reason.note, "message": reason.message} for reason in sentence.reasons
        ],
    }


def as_json(draft: Draft) -> str:
    """The record as text; lone surrogates are escaped."""
    text = json.dumps(as_record(draft), ensure_ascii=False, indent=1)
    return text.encode("utf-8", "backslashreplace").decode("utf-8") + "\n"


def as_xliff(draft: Draft) -> str:
    """XLIFF 1.2: a unit a sentence, none approved, each target waiting for a review, reasons as notes."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">',
        f"<file original={_attribute(draft.source.name or 'text')} source-language={_attribute(draft.source.lang)} "
        f'target-language={_attribute(draft.target_lang)} datatype="plaintext">',
        f'<header><tool tool-id="tolmach" tool-name="tolmach" tool-version={_attribute(__version__)}/>'
        f"<note>{_content(notice(draft))}</note></header>",
        "<body>",
    ]
    lines += [_unit(draft, sentence) for sentence in draft.sentences]
    return "\n".join([*lines, "</body>", "</file>", "</xliff>", ""])


def _unit(draft: Draft, sentence: DraftSentence) -> str:
    state = "needs-review-translation" if sentence.text else "needs-translation"
    qualifier = _QUALIFIERS.get(sentence.origin)
    kind = f' state-qualifier="{qualifier}"' if qualifier else ""
    notes = "".join(f'<note from="tolmach">{_content(reason.message)}</note>' for reason in sentence.reasons)
    return (
        f'<trans-unit id="{sentence.number + 1}" approved="no">'
        f"<source>{_content(sentence.span.of(draft.source.text))}</source>"
        f'<target state="{state}"{kind}>{_content(sentence.text)}</target>{notes}</trans-unit>'
    )


def _content(text: str) -> str:
    return escape(_NO_XML.sub("\ufffd", text))


def _attribute(text: str) -> str:
    return quoteattr(_NO_XML.sub("\ufffd", text))
