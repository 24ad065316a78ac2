"""A draft as text, JSON, XLIFF, TMX or HTML.

In each of them every sentence says where it is from, and that nobody has confirmed it.
"""

import html
import json
import re
from collections import Counter
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from glossary import data
from glossary.drafting.drafts import Draft, DraftSentence
from glossary.text import drafted
from glossary.text.display import flowing
from glossary.text.segment import document
from glossary.text.spans import Span
from glossary.version import __version__

SCHEMA = 1
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_QUALIFIERS = {"machine": "mt-suggestion", "memory": "tm-suggestion"}


def notice(draft: Draft) -> str:
    """What a draft says of itself: what it is, by what, and that somebody has to read it."""
    counts = Counter(sentence.provenance.split(" ")[0] for sentence in draft.sentences if sentence.origin != "copy")
    near = sum(sentence.provenance.startswith("memory ") for sentence in draft.sentences)
    parts = [
        (counts["memory"] - near, "from memory"),
        (near, "like one in memory"),
        (counts["machine"], f"by {draft.engine}"),
        (counts["open"], "open"),
        (sum(bool(sentence.reasons) for sentence in draft.sentences), "to look at"),
    ]
    said = ", ".join(f"{count} {what}" for count, what in parts if count)
    count = len(draft.sentences)
    sentences = f"{count} sentence{'' if count == 1 else 's'}"
    return f"{draft.source.lang}→{draft.target_lang}, not confirmed; {sentences}{': ' if said else ''}{said}"


def as_text(draft: Draft) -> str:
    """The draft with the paragraphs of its source under a line that says what it is.

    A mark before each sentence says where it is from (see glossary.text.drafted); what has to be filled in is in double
    square brackets too: quotes whose original is wanted, sentences without a draft.
    """
    source = draft.source.text
    parts, at = [drafted.notice(notice(draft)), "\n\n"], None
    for sentence in draft.sentences:
        if at is not None:
            parts.append(source[at : sentence.span.start])
        parts.append(marked(sentence, source, draft.target_lang))
        at = sentence.span.end
    return "".join(parts).rstrip() + "\n"


def marked(sentence: DraftSentence, source: str, target_lang: str) -> str:
    """A draft sentence as it goes into a text: with its marks, or with what is missing said."""
    if not sentence.text:
        wanted = "".join(f" {one.placeholder(source)}" for one in sentence.quotes)
        return f"[[untranslated: {sentence.span.of(source)}]]{wanted}"
    if sentence.origin in ("open", "copy"):
        return sentence.text
    # A rendering of several sentences has a mark before each, or those behind would be taken for confirmed.
    text = document(sentence.text, target_lang)
    made, at = [], 0
    for one in text.sentences:
        made += [
            text.text[at : one.span.start],
            drafted.mark(provenance(sentence, source)),
            " ",
            one.span.of(text.text),
        ]
        at = one.span.end
    return "".join(made) + text.text[at:]


def provenance(sentence: DraftSentence, source: str) -> str:
    """Where a draft sentence is from, and what differs in the sentence that was rendered before."""
    recalled = sentence.recalled
    if recalled is None or recalled.percent == 100:
        return sentence.provenance
    return f"{sentence.provenance}; {recalled.difference(sentence.span.of(source))}"


def as_record(draft: Draft) -> dict[str, Any]:
    """The draft as a JSON object; offsets are code points of the source text."""
    return {
        "schema": SCHEMA,
        "draft": True,
        "confirmed": False,
        "source": {"name": draft.source.name, "lang": draft.source.lang},
        "target": {"lang": draft.target_lang},
        "engine": draft.engine or None,
        "via": draft.via or None,
        "sentences": [_sentence_record(sentence) for sentence in draft.sentences],
    }


def _sentence_record(sentence: DraftSentence) -> dict[str, Any]:
    return {
        "n": sentence.number,
        "source": [sentence.span.start, sentence.span.end],
        "text": sentence.text,
        "origin": sentence.origin,
        "provenance": sentence.provenance,
        "memory": _recalled_record(sentence),
        "middle": {"lang": sentence.middle.lang, "text": sentence.middle.text} if sentence.middle else None,
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


def _recalled_record(sentence: DraftSentence) -> dict[str, Any] | None:
    """What was recalled; `differing` are code points of the source text, `differing_there` of the sentence there."""
    found, start = sentence.recalled, sentence.span.start
    if found is None:
        return None
    return {
        "likeness": round(found.likeness, 4),
        "source": found.kept,
        "differing": [[start + span.start, start + span.end] for span in found.differing],
        "differing_there": [[span.start, span.end] for span in found.differing_kept],
        "article": found.article,
        "date": found.date,
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
    said = provenance(sentence, draft.source.text)
    return (
        f'<trans-unit id="{sentence.number + 1}" approved="no">'
        f"<source>{_content(sentence.span.of(draft.source.text))}</source>"
        f'<target state="{state}"{kind}>{_content(sentence.text)}</target>'
        f'<note from="tolmach">draft: {_content(said)}</note>{notes}{_alternative(sentence)}</trans-unit>'
    )


def _alternative(sentence: DraftSentence) -> str:
    """The sentence that was rendered before, as XLIFF has it."""
    found = sentence.recalled
    if found is None:
        return ""
    return (
        f'<alt-trans match-quality="{found.percent}%" origin={_attribute(found.article or "memory")}>'
        f"<source>{_content(found.kept)}</source><target>{_content(found.text)}</target></alt-trans>"
    )


def as_tmx(draft: Draft) -> str:
    """TMX 1.4: a unit for each sentence that has a draft, its state and where it is from as properties.

    Tolmach itself passes such units over when it reads a translation memory.
    """
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<tmx version="1.4">',
        f'<header creationtool="Tolmach" creationtoolversion={_attribute(__version__)} segtype="sentence" '
        f'o-tmf="tolmach" adminlang="en" srclang={_attribute(draft.source.lang)} datatype="plaintext">'
        f"<note>{_content(notice(draft))}</note></header>",
        "<body>",
    ]
    for sentence in draft.sentences:
        if sentence.text and sentence.origin != "copy":
            sides = ((draft.source.lang, sentence.span.of(draft.source.text)), (draft.target_lang, sentence.text))
            variants = "".join(
                f"<tuv xml:lang={_attribute(lang)}><seg>{_content(text)}</seg></tuv>" for lang, text in sides
            )
            said = _content(provenance(sentence, draft.source.text))
            lines.append(
                f'<tu tuid="{sentence.number + 1}"><prop type="{drafted.STATE}">{drafted.DRAFT}</prop>'
                f'<prop type="{drafted.ORIGIN}">{said}</prop>{variants}</tu>'
            )
    return "\n".join([*lines, "</body>", "</tmx>", ""])


def as_html(draft: Draft) -> str:
    """One page without scripts: source and draft side by side, where each sentence is from, why to look again."""
    title = _shown(f"Draft of {draft.source.name or 'a text'}")
    style = (data.FOLDER / "report.css").read_text(encoding="utf-8")
    return (
        "<!DOCTYPE html>\n<html lang='en'><head><meta charset='utf-8'>"
        "<meta http-equiv='Content-Security-Policy' content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{title}</title>\n<style>\n{style}</style></head>\n<body>\n<main>\n<h1>{title}</h1>\n"
        f"<p class='unrelated'>Draft, {_shown(notice(draft))}</p>\n"
        f"{''.join(_row(draft, sentence) for sentence in draft.sentences)}</main>\n</body></html>\n"
    )


def _row(draft: Draft, sentence: DraftSentence) -> str:
    text, found = sentence.span.of(draft.source.text), sentence.recalled
    there = f"<div class='dim'>{_differing(found.kept, found.differing_kept)}</div>" if found else ""
    words = _differing(text, found.differing if found else ())
    reasons = "".join(f"<li>{_shown(reason.message)}</li>" for reason in sentence.reasons)
    return (
        f"<div class='bead'><span class='number'>{sentence.number + 1}</span>"
        f"<div class='source' lang='{draft.source.lang}'>{words}{there}</div>"
        f"<div class='target' lang='{draft.target_lang}'>{_shown(sentence.text) or '—'}</div>"
        f"<div class='notes'><div class='note'>draft: {_shown(sentence.provenance)}<ul>{reasons}</ul></div></div>"
        "</div>\n"
    )


def _differing(text: str, spans: Sequence[Span]) -> str:
    """The text with these spans marked."""
    parts, at = [], 0
    for span in spans:
        parts += [_shown(text[at : span.start]), f"<mark>{_shown(span.of(text))}</mark>"]
        at = span.end
    return "".join(parts) + _shown(text[at:])


def _shown(text: str) -> str:
    return html.escape(flowing(text))


def _content(text: str) -> str:
    return escape(_NO_XML.sub("\ufffd", text))


def _attribute(text: str) -> str:
    return quoteattr(_NO_XML.sub("\ufffd", text))
