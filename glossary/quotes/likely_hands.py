"""Whether an organisation or an interpreter named near a quote passed its words on, where no known phrase says so.

A logistic regression over the role, the place and the words on both sides of each name. Its weights are fitted by
tools/fit_likely.py on passages written for this project.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from glossary import data
from glossary.quotes import descriptions, outlets
from glossary.quotes.descriptions import MASK
from glossary.quotes.testimony import Reading
from glossary.quotes.vicinity import near, words
from glossary.text.sieves import sieve
from glossary.text.spans import Document, Span

TABLE = "likely_hands.csv"
INTERPRETER = "@interpreter"
_AT_SPEAKER = "at speaker"
_INTERPRETERS = sieve(
    r"\b(?:[Ii]nterpreter|[Tt]ranslator|[Tt]ranslated by|[Ii]nterpret(?:ing|ed)|[Tt]ranslating|[Ss]ubtitle[sd]?)\b"
)
_EMPLOYS = re.compile(r"\b(?:with|for|at|of|from) (?:the |a |an )?$")
"""What stands before the employer of a speaker: a lawyer with the monitoring group Field Watch."""
_WINDOW = 40  # characters on either side of a name that are looked at


@dataclass(frozen=True, slots=True)
class Passing:
    """Somebody who may have passed words on: the name as listed, its first mention (None for an interpreter), where
    that is, whether it belongs to the words that name the speaker, how likely (0 to 1) it is."""

    name: str
    mention: outlets.Mention | None
    span: Span
    described: bool
    share: float


def likely_hands(document: Document, text: str, reading: Reading) -> list[Passing]:
    """All who are named near a quote, in the order of the text. `text` is masked."""
    weights = data.weights(TABLE)
    found: list[Passing] = []
    for name, (mention, span, clues) in hand_clues(document, text, reading).items():
        score = math.fsum((weights.get("", 0.0), *(weights.get(clue, 0.0) for clue in clues)))  # in any order the same
        found.append(Passing(name, mention, span, _AT_SPEAKER in clues, 1 / (1 + math.exp(-score))))
    return found


def hand_clues(
    document: Document, text: str, reading: Reading
) -> dict[str, tuple[outlets.Mention | None, Span, frozenset[str]]]:
    """Name → its first mention, None for an interpreter; where that is; the clues of all its mentions."""
    quote = reading.quote
    around = near(document, reading.area)
    described = descriptions.describe(text, quote, reading.area).chunks
    found: dict[str, tuple[outlets.Mention | None, Span, frozenset[str]]] = {}
    for number in around.numbers:
        sentence = document.sentences[number].span
        for name, role, mention, span in _candidates(text, sentence):
            here = any(chunk.contains(span) for chunk in described)
            where = "described" if here else around.where(number, span, quote.outer)
            where += " quoting" if MASK in text[sentence.start : sentence.end] and where[-1].isdigit() else ""
            clues = frozenset(_clues(text, sentence, span, role, where, reading.origin))
            employs = here and _EMPLOYS.search(text, max(sentence.start, span.start - _WINDOW), span.start)
            clues |= {_AT_SPEAKER} if employs or any(chunk.contains(span) for chunk in described[:1]) else set()
            known = found.get(name)
            found[name] = (mention, span, clues) if known is None else (known[0], known[1], known[2] | clues)
    return found


def _candidates(text: str, sentence: Span) -> Iterator[tuple[str, str, outlets.Mention | None, Span]]:
    for mention in outlets.mentions(text, sentence.start, sentence.end):
        role = mention.organisation.role
        press = role in outlets.PRESS and role != "channel"
        yield mention.organisation.name, "press" if press else role, mention, mention.span
    for match in _INTERPRETERS.finditer(text, sentence.start, sentence.end):
        yield INTERPRETER, "interpreter", None, Span(*match.span())


def _clues(text: str, sentence: Span, span: Span, role: str, where: str, origin: str) -> Iterator[str]:
    yield from (
        role,
        f"at {where}",
        f"{role} {where}",
        f"{origin} {role}",
        f"{origin} {role} {re.sub('[0-9]', '', where)}",
    )
    head = words(text[max(sentence.start, span.start - _WINDOW) : span.start])[-3:]
    tail = words(text[span.end : min(sentence.end, span.end + _WINDOW)])[:3]
    for sign, beside in (("<", head[::-1]), (">", tail)):
        for at, word in enumerate(beside):
            yield from (f"{sign}{at}:{word}", f"{sign}{word}", f"{role} {sign}{word}")
        if len(beside) > 1:
            yield f"{sign}{beside[0]}_{beside[1]}"
