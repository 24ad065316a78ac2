"""More sentences than the text room found: a document cut at further places."""

from collections.abc import Iterable

from glossary.text.spans import Document, Paragraph, Sentence, Span


def with_cuts(document: Document, offsets: Iterable[int]) -> Document:
    """The document with its sentences also cut at these offsets; cuts at the edge of a sentence change nothing."""
    places = sorted(set(offsets))
    if not places:
        return document
    sentences: list[Sentence] = []
    paragraphs: list[Paragraph] = []
    following = 0
    for number, paragraph in enumerate(document.paragraphs):
        first = len(sentences)
        for sentence in document.sentences[paragraph.first : paragraph.last]:
            start = sentence.span.start
            while following < len(places) and places[following] <= start:
                following += 1
            while following < len(places) and places[following] < sentence.span.end:
                sentences += _trimmed(document.text, start, places[following], number)
                start = places[following]
                following += 1
            sentences += _trimmed(document.text, start, sentence.span.end, number)
        paragraphs.append(Paragraph(paragraph.span, first, len(sentences)))
    return Document(document.text, document.lang, tuple(paragraphs), tuple(sentences), document.name)


def _trimmed(text: str, start: int, end: int, paragraph: int) -> list[Sentence]:
    """The sentence between two offsets without white space around it, none if there is nothing else."""
    part = text[start:end]
    start += len(part) - len(part.lstrip())
    end = start + len(part.strip())
    return [Sentence(Span(start, end), paragraph)] if start < end else []
