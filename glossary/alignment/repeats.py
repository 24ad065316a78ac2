"""Passages that stand in one of the texts twice: pasted a second time, or a page copied with its print version."""

from collections.abc import Iterable
from math import log

from glossary.alignment.beads import Bead
from glossary.alignment.pins import Pinned
from glossary.text.spans import Document

RUN = 5  # sentences one after another, from which on a repetition is no refrain
SURE = 0.95


def set_aside(pinned: Pinned) -> Pinned:
    """The same with what one of the texts repeats as beads without counterpart, so that nothing is searched for it."""
    taken = [{n for bead in pinned.beads for n in (bead.source, bead.target)[side]} for side in (0, 1)]
    source, target = repeated(pinned.source, pinned.target, *taken)
    beads = [Bead((n,), (), SURE) for n in source] + [Bead((), (n,), SURE) for n in target]
    return Pinned(pinned.source, pinned.target, (*pinned.beads, *beads))


def repeated(
    source: Document, target: Document, taken_source: Iterable[int] = (), taken_target: Iterable[int] = ()
) -> tuple[list[int], list[int]]:
    """The sentences of each text that stand in it before, in runs, while the other text repeats nothing.

    Sentences that are taken belong to no run. Without the repetition the lengths of the two must fit better.
    """
    found = _again(source, set(taken_source)), _again(target, set(taken_target))
    if bool(found[0]) == bool(found[1]) or not source.sentences or not target.sentences:
        return [], []
    lengths = [sum(len(sentence.span) for sentence in document.sentences) for document in (source, target)]
    without = [
        length - sum(len(document.sentences[n].span) for n in numbers)
        for length, document, numbers in zip(lengths, (source, target), found, strict=True)
    ]
    return found if abs(log(without[0] / without[1])) < abs(log(lengths[0] / lengths[1])) else ([], [])


def _again(document: Document, taken: set[int]) -> list[int]:
    """The sentences that repeat earlier ones in a run of at least RUN, in linear time."""
    first: dict[str, int] = {}
    found: list[int] = []
    run: list[int] = []
    before = -1  # what the last sentence of the run repeats
    texts = [" ".join(document.sentence(n).split()) for n in range(len(document.sentences))]
    for number, text in enumerate(texts):
        goes_on = bool(run) and before + 1 < run[0] and texts[before + 1] == text
        earlier = None if number in taken else before + 1 if goes_on else first.get(text)
        if not goes_on or earlier is None:
            found += run if len(run) >= RUN else []
            run = []
        if earlier is None:
            first.setdefault(text, number)
            before = -1
        else:
            run.append(number)
            before = earlier
    return found + (run if len(run) >= RUN else [])
