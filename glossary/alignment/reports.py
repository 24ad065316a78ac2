"""What an alignment gives reason to ask: left out, added, doubtful."""

from collections.abc import Iterator
from dataclasses import dataclass

from glossary.alignment.beads import Alignment, Bead
from glossary.alignment.boilerplate import boilerplate
from glossary.alignment.lexicon import Lexicon
from glossary.alignment.matching import matches
from glossary.alignment.repeats import repeated
from glossary.alignment.tokens import LATIN, NAME, NUMBER, Type, offsets, types
from glossary.findings import Evidence, Finding, Severity
from glossary.text.spans import Document, Span

DOUBTFUL, VERY_DOUBTFUL = 0.8, 0.5
UNSURE = 0.6
MUCH = 2.2  # times as long
UNRELATED = 0.2
SURE = 0.8
FEW = 4
TELLING = (NUMBER, LATIN, NAME)
SHOWN = 4


def findings(alignment: Alignment) -> tuple[Finding, ...]:
    """Untranslated and added sentences, neighbours together, and doubtful beads, in document order.

    Boilerplate and beads of which the search itself is unsure weigh as info. Pinned beads are never doubtful, and a
    pinned "no counterpart" is a person's decision and no finding.
    """
    again = repeated(alignment.source, alignment.target)
    found = list(_alone(alignment, "source", again[0])) + list(_alone(alignment, "target", again[1]))
    found += [
        _doubtful(alignment, number, bead)
        for number, bead in enumerate(alignment.beads)
        if bead.paired and not bead.pinned and bead.score < DOUBTFUL
    ]
    return tuple(sorted(found, key=lambda finding: (finding.bead or 0, finding.rule)))


def unrelated(alignment: Alignment) -> bool:
    """Whether these two texts do not seem to be renderings of each other.

    True if less than a fifth of the shorter text is in beads that are almost surely right. Texts of a few sentences are
    never called unrelated: there is too little to judge by.
    """
    source, target = alignment.source, alignment.target
    if min(len(source.sentences), len(target.sentences)) < FEW:
        return False
    held = [0.0, 0.0]
    for bead in alignment.beads:
        title = bead.source == (0,) and bead.target == (0,)  # headlines are paired without further evidence
        if bead.paired and (not title or bead.pinned):
            weight = 1.0 if bead.pinned else max(0.0, bead.score - SURE) / (1 - SURE)
            held[0] += weight * sum(len(source.sentences[n].span) for n in bead.source)
            held[1] += weight * sum(len(target.sentences[n].span) for n in bead.target)
    total = [sum(len(sentence.span) for sentence in document.sentences) for document in (source, target)]
    return max(held[0] / total[0], held[1] / total[1]) < UNRELATED


@dataclass(frozen=True, slots=True)
class _Lone:
    """A sentence without counterpart: its number, its bead, what boilerplate it is if any, whether it stands above."""

    sentence: int
    bead: int
    score: float
    kind: str | None
    again: bool


def _alone(alignment: Alignment, side: str, repeats: list[int]) -> Iterator[Finding]:
    document: Document = getattr(alignment, side)
    again = set(repeats)
    run: list[_Lone] = []
    by_sentence = alignment.by_source if side == "source" else alignment.by_target
    for sentence, number in enumerate(by_sentence):
        bead = alignment.beads[number]
        lone = None
        if not bead.paired and not bead.pinned:
            kind = None if sentence in again else boilerplate(document.sentence(sentence), document.lang)
            lone = _Lone(sentence, number, bead.score, kind, sentence in again)
        if run and (lone is None or (lone.kind, lone.again) != (run[0].kind, run[0].again)):
            yield _left(document, side, run)
            run = []
        if lone is not None:
            run.append(lone)
    if run:
        yield _left(document, side, run)


def _left(document: Document, side: str, run: list[_Lone]) -> Finding:
    span = document.cover([lone.sentence for lone in run])
    sure = max(lone.score for lone in run) >= UNSURE
    if run[0].again:
        variant = "repeated"
    elif run[0].kind:
        variant = "boilerplate"
    elif len(run) > 1:
        variant = "passage"
    else:
        variant = "default" if sure else "unsure"
    return Finding(
        "untranslated" if side == "source" else "added",
        run[0].bead,
        span if side == "source" else None,
        span if side == "target" else None,
        variant,
        {"count": str(len(run)), "kind": run[0].kind or ""},
        severity=Severity.INFO if run[0].kind or not sure else None,
    )


def _doubtful(alignment: Alignment, number: int, bead: Bead) -> Finding:
    source, target = alignment.source, alignment.target
    letters = [
        sum(len(document.sentences[n].span) for n in numbers)
        for document, numbers in ((source, bead.source), (target, bead.target))
    ]
    absent, present = _absent(alignment, bead)
    params = {
        "score": f"{bead.score:.2f}",
        "source_letters": str(letters[0]),
        "target_letters": str(letters[1]),
        "missing": ", ".join(dict.fromkeys(evidence.span.of(source.text) for evidence in absent[:SHOWN])),
    }
    if absent and not present:
        variant = "bare"
    elif len(absent) > present:
        variant = "missing"
    elif letters[0] > MUCH * letters[1]:
        variant = "shorter"
    elif letters[1] > MUCH * letters[0]:
        variant = "longer"
    else:
        variant = "several" if len(bead.source) + len(bead.target) > 2 else "default"
    return Finding(
        "doubtful-bead",
        number,
        source.cover(bead.source),
        target.cover(bead.target),
        variant,
        params,
        evidence=tuple(absent[:SHOWN]),
        severity=None if bead.score < VERY_DOUBTFUL else Severity.INFO,
    )


def _absent(alignment: Alignment, bead: Bead) -> tuple[list[Evidence], int]:
    """Numbers, names and terms of the source side that the target side does not have, and how many it does have."""
    source, target = alignment.source, alignment.target
    lexicon = Lexicon.bundled(target.lang)
    here = types(source, bead.source, lexicon.phrases)
    pairs, known, _ = matches(here, types(target, bead.target), lexicon)
    matched = {match.source for match in pairs}
    span = source.cover(bead.source) or Span(0, 0)
    places = offsets(source.text, span, source.lang)
    found = []
    for number, item in enumerate(here.items):
        if number not in matched and (item.kind in TELLING or number in known) and item.text in places:
            found.append((item.kind not in TELLING, _evidence(item, places[item.text][0], source.text)))
    found.sort(key=lambda one: (one[0], one[1].span))
    return [evidence for _, evidence in found], sum(
        1 for number in matched if here.items[number].kind in TELLING or number in known
    )


def _evidence(item: Type, start: int, text: str) -> Evidence:
    end = start
    while end < len(text) and (text[end].isalnum() or (text[end] in "'’.," and text[end + 1 : end + 2].isalnum())):
        end += 1
    what = {NUMBER: "this number", LATIN: "this name", NAME: "this name"}.get(item.kind, "this word")
    return Evidence("source", Span(start, max(end, start + 1)), f"{what} does not occur in the target sentence")
