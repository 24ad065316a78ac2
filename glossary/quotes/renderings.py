"""What renders each source quote, in the words of the target, without those of the author.

English interrupts a quote by closing it, Russian and Ukrainian do not: “A,” he said. “B.” is «А, — сказал он. — Б.»
Where one target quote renders several source quotes, each has its own pieces of it.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from glossary.quotes.values import Quote
from glossary.text.spans import Span

Links = Sequence[tuple[int, tuple[int, ...]]]


@dataclass(frozen=True, slots=True)
class Rendering:
    """The words that render a quote, the target quotes they stand in, and whether these render other quotes too.

    `apart`: though they do, `text` holds only what renders this one.
    """

    text: str
    spans: tuple[Span, ...]
    shared: bool = False
    apart: bool = False


def renderings(
    source_quotes: Sequence[Quote], target_quotes: Sequence[Quote], links: Links, target: str
) -> Mapping[int, Rendering]:
    """For each linked source quote what renders it; `target` is the text of the target.

    Pieces of a shared target quote go to the source quotes in order, by their lengths.
    """
    lengths = {quote.n: max(1, len(quote.span)) for quote in source_quotes}
    quotes = {quote.n: quote for quote in target_quotes}
    linked = {n: sorted((quotes[t] for t in found if t in quotes), key=lambda q: q.span) for n, found in links}
    sharing: dict[int, list[int]] = defaultdict(list)
    for number in sorted(linked):
        if len(linked[number]) == 1:
            sharing[linked[number][0].n].append(number)
    found: dict[int, Rendering] = {}
    for number, parts in linked.items():
        if not parts:
            continue
        spans = tuple(part.span for part in parts)
        pieces = [piece for part in parts for piece in pieces_of(part, target)]
        sharers = sharing[parts[0].n] if len(parts) == 1 else [number]
        whole = (" … " if len(parts) > 1 else " ").join(pieces)
        if len(sharers) == 1:
            found[number] = Rendering(whole, spans)
        elif len(sharers) > len(pieces):
            found[number] = Rendering(whole, spans, shared=True)
        else:
            mine = _dealt(pieces, [lengths.get(n, 1) for n in sharers])[sharers.index(number)]
            found[number] = Rendering(" ".join(mine), spans, shared=True, apart=True)
    return found


def pieces_of(quote: Quote, text: str) -> list[str]:
    """The words of a quote without those of the author between them, on one line, without the marks around them."""
    cuts = [quote.span.start, *(at for aside in quote.asides for at in (aside.start, aside.end)), quote.span.end]
    stretches = (text[start:end] for start, end in zip(cuts[::2], cuts[1::2], strict=True))
    return [words for stretch in stretches if (words := tidy(stretch.strip().strip("—–-")))]


def tidy(text: str) -> str:
    """A quote as it is shown: on one line, without the comma that belongs to the sentence around it."""
    return " ".join(text.split()).rstrip(",; ")


def _dealt(pieces: Sequence[str], lengths: Sequence[int]) -> list[list[str]]:
    """Pieces dealt to as many owners in order, each at least one, so that shares of length agree best."""
    total, sizes = sum(lengths), [len(piece) for piece in pieces]
    every = sum(sizes) or 1
    dealt: list[list[str]] = []
    at = done = 0
    for owner in range(len(lengths)):
        left = len(lengths) - owner - 1
        wanted = sum(lengths[: owner + 1]) / total * every
        taken = [pieces[at]]
        done, at = done + sizes[at], at + 1
        while len(pieces) - at > left and (not left or abs(done + sizes[at] - wanted) < abs(done - wanted)):
            taken.append(pieces[at])
            done, at = done + sizes[at], at + 1
        dealt.append(taken)
    return dealt
