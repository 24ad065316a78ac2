"""Marks of unconfirmed drafts: `[[draft: machine]]` stands before each sentence that no person has confirmed.

They are part of the text, so that they survive every editor and every save; a person confirms a sentence by taking its
mark away. To sentences, alignment and checks a mark is white space.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from glossary.text.segment import document
from glossary.text.spans import Document, Span

# Properties of a TMX unit that is a draft.
STATE, ORIGIN, DRAFT = "x-tolmach-state", "x-tolmach-origin", "draft"
_BEGIN = "[[draft"
_LONGEST = 240  # code points of what a mark says
# The notice on top of a drafted text (`[[draft en→uk by …]]`) is no mark of a sentence.
_MARK = re.compile(r"\[\[draft(?::[ ]?(?P<origin>[^\[\]\r\n]{0,300})|\b(?P<notice>[^\[\]\r\n]{0,300}))\]\][ ]?")
_ENDED = re.compile(r"[.!?…][\"»”’)\]]*\Z")
_UNFIT = re.compile(r"[\[\]\s]+")


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """A sentence that is still a draft: the span of its mark (with the blank after it), its own, and where it is from,
    such as `machine` or `memory 87 %`."""

    mark: Span
    sentence: Span
    origin: str


def mark(origin: str) -> str:
    """The mark of a sentence, to be followed by a blank.

    >>> mark("memory 87 %")
    '[[draft: memory 87 %]]'
    """
    fit = _UNFIT.sub(" ", origin).strip()
    return f"{_BEGIN}: {fit if len(fit) <= _LONGEST else fit[: _LONGEST - 1].rstrip() + '…'}]]"


def notice(said: str) -> str:
    """The line on top of a drafted text."""
    return f"{_BEGIN} {_UNFIT.sub(' ', said).strip()[:_LONGEST]}]]"


def without_marks(text: str) -> str:
    """The text with blanks over its marks: every offset stays what it is."""
    return _MARK.sub(lambda found: " " * len(found.group()), text) if _BEGIN in text else text


def count_marks(text: str) -> int:
    """How many sentences are marked as a draft."""
    return sum(found["origin"] is not None for found in _MARK.finditer(text)) if _BEGIN in text else 0


def blanked(read: Document) -> Document:
    """The document as it is examined: with blanks over the marks."""
    if _BEGIN not in read.text:
        return read
    return document(without_marks(read.text), read.lang, read.name)


def unconfirmed(text: str, blank: Document) -> tuple[Unconfirmed, ...]:
    """The sentences of `blank` (which is `text` with blanks over the marks) that a mark stands before."""
    return tuple(_found(text, blank)) if _BEGIN in text else ()


def _found(text: str, blank: Document) -> Iterator[Unconfirmed]:
    spans = [sentence.span for sentence in blank.sentences]
    at = 0
    for found in _MARK.finditer(text):
        while at < len(spans) and spans[at].start < found.end():
            at += 1
        if found["origin"] is None or at == len(spans):
            continue
        if not blank.text[found.end() : spans[at].start].strip():
            yield Unconfirmed(Span(*found.span()), _uncut(blank, at), found["origin"].strip())


def _uncut(blank: Document, number: int) -> Span:
    """The sentence that begins with a sentence of `blank`, which an alignment may have cut in two."""
    here = blank.sentences[number]
    last = blank.paragraphs[here.paragraph].last
    if number + 1 == last or _ENDED.search(here.span.of(blank.text)):
        return here.span
    start = here.span.start
    whole = document(blank.text[start : blank.sentences[last - 1].span.end], blank.lang).sentences[0].span
    return Span(start, max(here.span.end, start + whole.end))


def notice_span(text: str) -> Span | None:
    """Where the notice on top of a text is, with the line ends after it; None if there is none."""
    found = _MARK.match(text) if text.startswith(_BEGIN) else None
    if found is None or found["notice"] is None:
        return None
    rest = re.compile(r"[ \t\r\n]*").match(text, found.end())
    return Span(0, rest.end() if rest is not None else found.end())
