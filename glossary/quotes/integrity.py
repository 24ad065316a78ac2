"""What happened to quotes on the way: marks, parts, figures, negation, person, brackets, ellipses, strong language.

Each check is a function from linked quotes to findings and prefers silence: a professional rendering may say a thing
in another way, and a list of false alarms is not read.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from glossary import data
from glossary.alignment.beads import Alignment
from glossary.findings import Evidence, Finding, Severity
from glossary.quotes import marks, meaning, outlets, verbs
from glossary.quotes.cues import nation
from glossary.quotes.links import spoken
from glossary.quotes.renderings import renderings
from glossary.quotes.values import Quote
from glossary.text import names
from glossary.text.numbers import Figure, figures
from glossary.text.spans import Document, Span
from glossary.text.words import words as tokens

Links = Sequence[tuple[int, tuple[int, ...]]]

_EXCERPT = 70
_BRACKETS = re.compile(r"\[[^\[\]\n]{1,80}\]")
_ANY_BRACKET = re.compile(r"[\[(<]")
_ELLIPSIS = re.compile(r"(?<=[\w\s,;:!?)])\s?(?:…|\.{3,4}|\. \. \.)(?=\s?[^\W\d_])|(?<=\w)…")
_MASKED = re.compile(
    r"\b[a-zа-яіїєґ]{1,3}(?:\*{2,}|-{2,}|_{2,})[a-zа-яіїєґ]*|\[(?:expletive|bleep)[^\]]*\]", re.IGNORECASE
)
_LONG_NUMBER = 12  # number words up to here are often not rendered as numbers


@dataclass(frozen=True, slots=True)
class _Linked:
    """A source quote and the target quotes that render it, with their texts."""

    source: Quote
    targets: tuple[Quote, ...]
    bead: int | None
    one: str
    other: str


def integrity_findings(
    source_quotes: Sequence[Quote],
    target_quotes: Sequence[Quote],
    links: Links,
    alignment: Alignment,
    profanity: str = "ask",
) -> tuple[Finding, ...]:
    """All findings about single quotes and their renderings; `profanity` is ask, keep or mask."""
    source, target = alignment.source, alignment.target
    by_number = {q.n: q for q in source_quotes}
    by_target = {q.n: q for q in target_quotes}
    rendered = renderings(source_quotes, target_quotes, links, target.text)
    pairs = []
    for number, found in links:
        quote, targets = by_number[number], tuple(by_target[t] for t in found)
        own = number in rendered and rendered[number].apart
        other = rendered[number].text if own else " ".join(spoken(t, target.text) for t in targets)
        bead = alignment.bead_at_source(quote.span.start)
        pairs.append(_Linked(quote, targets, bead, spoken(quote, source.text), other))
    merged: dict[int, list[_Linked]] = defaultdict(list)
    for pair in pairs:
        if len(pair.targets) == 1:
            merged[pair.targets[0].n].append(pair)
    apart = {number for number, rendering in rendered.items() if rendering.apart}
    shared = {n for n, members in merged.items() if len(members) > 1 and members[0].source.n not in apart}
    findings = [*_lost(pairs, alignment, target_quotes), *_gained(pairs, target_quotes, alignment)]
    findings += _split(pairs, {n: members for n, members in merged.items() if n in shared})
    findings += _outlets(pairs, alignment)
    langs = (source.lang, target.lang)
    for pair in pairs:
        whole = bool(pair.targets) and pair.source.speech and not any(t.n in shared for t in pair.targets)
        if whole and all(t.closed for t in pair.targets) and pair.source.closed:
            for check in (_numbers, _negation, _person, _brackets, _ellipses):
                findings += check(pair, langs, alignment)
            findings += _profanity(pair, langs, profanity)
            findings += _attribution(pair, langs, alignment)
            findings += _speaker(pair, alignment)
    return tuple(findings)


def unclosed_findings(document: Document, quotes: Sequence[Quote], side: str) -> tuple[Finding, ...]:
    """Marks without a partner, with the place where the missing one likely belongs; only information in a source."""
    text = document.text
    severity = Severity.INFO if side == "source" else None
    findings = []
    for quote in quotes:
        if quote.closed:
            continue
        line, column = document.line_column(quote.outer.start)
        end = _likely_end(text, document.lang, quote.span)
        params = {
            "mark": text[quote.outer.start : quote.span.start],
            "side": side,
            "line": str(line),
            "column": str(column),
            "place": " ".join(text[max(quote.span.start, end - 40) : end].split()),
        }
        evidence = (Evidence(side, Span(max(quote.span.start, end - 1), max(quote.span.start, end)), "likely end"),)
        spans = {side: quote.outer}
        findings.append(
            Finding("quote-unclosed", params=params, evidence=evidence, severity=severity, **spans)  # type: ignore[arg-type]
        )
    for stray in marks.pair(text, document.lang).strays:
        line, column = document.line_column(stray.start)
        params = {"mark": stray.glyph, "side": side, "line": str(line), "column": str(column)}
        findings.append(
            Finding(
                "quote-unclosed",
                variant="stray",
                params=params,
                severity=severity,
                **{side: Span(stray.start, stray.end)},  # type: ignore[arg-type]
            )
        )
    return tuple(findings)


def _likely_end(text: str, lang: str, span: Span) -> int:
    """Before a clause of attribution at the end of an unclosed quote, else the end itself: `…, the commander said.`"""
    comma = max(text.rfind(",", span.start, span.end), text.rfind(", —", span.start, span.end))
    if comma > 0 and span.end - comma < 90 and not re.search(r"[.!?…]\s", text[comma : span.end]):
        manners = [manner for _, _, manner in verbs.verbs(text, lang, comma, span.end)]
        if any(manner in ("neutral", "loaded") for manner in manners):
            return comma
    return span.end


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _EXCERPT else flat[: _EXCERPT - 1].rstrip() + "…"


def _finding(rule: str, pair: _Linked, params: Mapping[str, str], variant: str = "default", **more: object) -> Finding:
    target = Span(pair.targets[0].span.start, pair.targets[-1].span.end) if pair.targets else None
    return Finding(rule, pair.bead, pair.source.span, target, variant, params, **more)  # type: ignore[arg-type]


# Marks


def _lost(pairs: Sequence[_Linked], alignment: Alignment, target_quotes: Sequence[Quote]) -> Iterator[Finding]:
    plain = defaultdict(list)
    for quote in target_quotes:
        if quote.kind == "unmarked":
            plain[alignment.bead_at_target(quote.span.start)].append(quote)
    nested = {p.source.n for p in pairs if p.source.level > 1}
    troubled = _troubled(alignment, target_quotes)
    for pair in pairs:
        quote = pair.source
        if pair.targets or not quote.speech or not quote.closed:
            continue
        if pair.bead is None or not alignment.beads[pair.bead].target or pair.bead in troubled:
            continue
        params = {"quote": _short(quote.span.of(alignment.source.text))}
        cover = alignment.target.cover(alignment.beads[pair.bead].target)
        variant, severity = "default", None
        if quote.n in nested:
            variant, severity = "nested", Severity.INFO
        elif plain.get(pair.bead):
            variant, cover, severity = "dash", plain[pair.bead][0].span, Severity.INFO
        elif quote.speaker:
            variant, params = "speaker", {**params, "speaker": quote.speaker}
        if len(verbs.WORD.findall(pair.one)) <= 2:
            severity = Severity.INFO
        yield Finding("quote-marks-lost", pair.bead, quote.span, cover, variant, params, severity=severity)


def _troubled(alignment: Alignment, target_quotes: Sequence[Quote]) -> set[int | None]:
    """Beads with a mark that has no partner: that is reported, and what is lost there cannot be told."""
    strays = [mark.start for mark in marks.pair(alignment.target.text, alignment.target.lang).strays]
    places = strays + [q.outer.start for q in target_quotes if not q.closed]
    return {alignment.bead_at_target(place) for place in places}


def _gained(pairs: Sequence[_Linked], target_quotes: Sequence[Quote], alignment: Alignment) -> Iterator[Finding]:
    linked = {t.n for pair in pairs for t in pair.targets}
    free = {pair.bead for pair in pairs if not pair.targets and pair.source.speech}
    for quote in target_quotes:
        if quote.n in linked or quote.kind not in ("direct", "fragment") or quote.level > 1:
            continue
        content = quote.span.of(alignment.target.text)
        bead = alignment.bead_at_target(quote.span.start)
        if bead is None or bead in free or not alignment.beads[bead].source or len(verbs.WORD.findall(content)) < 3:
            continue
        cover = alignment.source.cover(alignment.beads[bead].source)
        if cover is not None and _speaking(alignment.source, cover):
            continue
        yield Finding("quote-marks-gained", bead, cover, quote.span, "default", {"quote": _short(content)})


def _speaking(document: Document, span: Span) -> bool:
    """Whether a stretch of the source is speech of a sort: inside a quote that began earlier, or a line of dialogue."""
    part = span.of(document.text)
    return bool(re.match(r"\s*(?:[—–-]\s|[^\W\d_][^:\n]{0,30}:\s)", part)) or any(m in part for m in '“”"‘«»')


def _split(pairs: Sequence[_Linked], merged: Mapping[int, Sequence[_Linked]]) -> Iterator[Finding]:
    for pair in pairs:
        if len(pair.targets) > 1:
            yield _finding("quote-split", pair, {"count": str(len(pair.targets))})
    for members in merged.values():
        if len(members) > 1:
            first, last = members[0], members[-1]
            joined = Span(first.source.span.start, max(first.source.span.end, last.source.span.end))
            yield Finding(
                "quote-split",
                first.bead,
                joined,
                first.targets[0].span,
                "merged",
                {"count": str(len(members))},
            )


# What is said


def _numbers(pair: _Linked, langs: tuple[str, str], alignment: Alignment) -> Iterator[Finding]:
    one = _firm(figures(pair.one, langs[0]))
    other = _firm(figures(pair.other, langs[1]))
    values, others = {f.value for f in one}, {f.value for f in other}
    missing = [f for f in one if f.value not in others]
    if missing:
        around = {f.value for f in figures(_bead_text(pair, alignment, False), langs[1])}
        missing = [f for f in missing if f.value not in around]
    new = [f for f in other if f.value not in values]
    if new:
        before = {f.value for f in figures(_bead_text(pair, alignment, True), langs[0])}
        new = [f for f in new if f.value not in before]
    if _digits(missing, pair.one) & _digits(new, pair.other):
        return
    if len(missing) == 1 and len(new) == 1:
        params = {"source": missing[0].span.of(pair.one), "target": new[0].span.of(pair.other)}
        yield _finding("quote-number", pair, params)
    elif missing and not new and not all(f.word for f in missing):
        written = [f.span.of(pair.one) for f in missing if not f.word]
        yield _finding("quote-number", pair, {"source": ", ".join(written)}, "lost", severity=Severity.WARNING)
    elif new and not missing and not all(f.word for f in new):
        written = [f.span.of(pair.other) for f in new if not f.word]
        yield _finding("quote-number", pair, {"target": ", ".join(written)}, "gained", severity=Severity.WARNING)


def _digits(found: Sequence[Figure], text: str) -> set[str]:
    """The digits of figures: `6 a.m.` and `6 часов` are no change, though one is a time of day."""
    return {re.sub(r"\D", "", f.span.of(text)).strip("0") for f in found if not f.word}


def _firm(found: Sequence[Figure]) -> list[Figure]:
    """Figures that a rendering keeps as figures."""
    kept = [f for f in found if f.kind in ("quantity", "percent", "year", "time")]
    return [f for f in kept if not f.word or f.value > _LONG_NUMBER]


def _bead_text(pair: _Linked, alignment: Alignment, source: bool) -> str:
    """The sentences of the beads the quote lies in."""
    document, numbers = (alignment.source, alignment.by_source) if source else (alignment.target, alignment.by_target)
    spans = [pair.source.span] if source else [t.span for t in pair.targets]
    found = []
    for span in spans:
        first, last = document.sentence_at(span.start), document.sentence_at(max(span.start, span.end - 1))
        if first is None:
            continue
        sentences = {}
        for number in range(first, (last if last is not None else first) + 1):
            bead = alignment.beads[numbers[number]]
            sentences.update(dict.fromkeys(bead.source if source else bead.target))
        found += [document.sentence(number) for number in sorted(sentences)]
    return "\n".join(found)


def _negation(pair: _Linked, langs: tuple[str, str], alignment: Alignment) -> Iterator[Finding]:
    """A denial that only one side has; or of two denied in one breath one that is denied no more."""
    turned = meaning.negation(pair.one, pair.other, langs)
    if turned is not None and turned.lost:
        yield _finding("quote-negation", pair, {"word": turned.word})
    elif turned is not None:
        # a free rendering often denies the opposite: we will stay, мы никуда не уйдём
        yield _finding("quote-negation", pair, {"word": turned.word}, "gained", severity=Severity.WARNING)


def _person(pair: _Linked, langs: tuple[str, str], alignment: Alignment) -> Iterator[Finding]:
    changed = meaning.person(pair.one, pair.other, langs)
    if changed is not None:
        yield _finding("quote-person", pair, {"source": changed[0], "target": changed[1]})


def _brackets(pair: _Linked, langs: tuple[str, str], alignment: Alignment) -> Iterator[Finding]:
    one, other = _BRACKETS.search(pair.one), _BRACKETS.search(pair.other)
    if one is not None and not _ANY_BRACKET.search(pair.other):
        yield _finding("quote-bracket", pair, {"bracket": one.group()})
    elif other is not None and not _ANY_BRACKET.search(pair.one):
        yield _finding("quote-bracket", pair, {"bracket": other.group()}, "gained", severity=Severity.INFO)


def _ellipses(pair: _Linked, langs: tuple[str, str], alignment: Alignment) -> Iterator[Finding]:
    one, other = _ELLIPSIS.search(pair.one), _ELLIPSIS.search(pair.other)
    if one is not None and not re.search(r"…|\.\.\.", pair.other):
        yield _finding("quote-ellipsis", pair, {"before": _words_before(pair.one, one.start())})
    elif other is not None and not re.search(r"…|\.\.|\. \.| - |--|—|–", pair.one):
        before = {"before": _words_before(pair.other, other.start())}
        yield _finding("quote-ellipsis", pair, before, "gained", severity=Severity.INFO)


def _words_before(text: str, end: int) -> str:
    return " ".join(text[max(0, end - 60) : end].split()[-3:])


@cache
def _swearing(lang: str, strength: str) -> re.Pattern[str]:
    stems = [r["stem"] for r in data.rows("profanity.csv") if r["lang"] == lang and r["strength"] in strength.split()]
    return re.compile(rf"(?<!\w)(?:{'|'.join(stems)})\w{{0,6}}(?!\w)" if stems else r"(?!)", re.IGNORECASE)


def _profanity(pair: _Linked, langs: tuple[str, str], policy: str) -> Iterator[Finding]:
    strong = _swearing(langs[0], "strong").search(pair.one)
    harsh = _swearing(langs[1], "strong").search(pair.other)
    masked = _MASKED.search(pair.one)
    if harsh is not None and policy == "mask":
        yield _finding("quote-profanity", pair, {"target": harsh.group()}, "unmasked")
    elif strong is not None and not _swearing(langs[1], "strong mild").search(pair.other):
        hidden = _MASKED.search(pair.other)
        if hidden is None:
            yield _finding("quote-profanity", pair, {"word": strong.group()})
        elif policy == "keep":
            yield _finding("quote-profanity", pair, {"word": strong.group(), "target": hidden.group()}, "kept")
    elif harsh is not None and masked is not None and strong is None:
        yield _finding("quote-profanity", pair, {"word": masked.group(), "target": harsh.group()}, "masked")
    elif harsh is not None and strong is None and not _swearing(langs[0], "strong mild").search(pair.one):
        yield _finding("quote-profanity", pair, {"word": harsh.group()}, "gained")


def _outlets(pairs: Sequence[_Linked], alignment: Alignment) -> Iterator[Finding]:
    """Outlets and agencies through which the words came, named with the quote and not in the target around it."""
    source, target = alignment.source, alignment.target
    reported: set[tuple[int | None, str]] = set()
    for pair in pairs:
        carrier = pair.source.carrier
        if not pair.targets or carrier is None or not pair.source.speech:
            continue
        for mention in outlets.mentions(source.text, carrier.start, carrier.end):
            name = mention.organisation.name
            if mention.organisation.role not in outlets.PRESS or not mention.organisation.known:
                continue
            if (pair.bead, name) in reported or _named(name, mention.name.of(source.text), pair, target, alignment):
                continue
            reported.add((pair.bead, name))
            evidence = (Evidence("source", mention.name, "named here"),)
            yield _finding("quote-attribution", pair, {"outlet": name}, "outlet", evidence=evidence)


def _around(pair: _Linked, target: Document, alignment: Alignment) -> list[str]:
    """The words of the target from the sentences before the rendering to those after it, folded."""
    first = alignment.bead_at_target(pair.targets[0].span.start)
    last = alignment.bead_at_target(max(pair.targets[-1].span.start, pair.targets[-1].span.end - 1))
    numbers = [n for bead in (first, last) if bead is not None for n in alignment.beads[bead].target]
    if not numbers:
        return []
    cover = target.cover(range(max(0, min(numbers) - 2), min(len(target.sentences), max(numbers) + 3)))
    return [w.folded for w in tokens(cover.of(target.text) if cover else "", target.lang)]


def _speaker(pair: _Linked, alignment: Alignment) -> Iterator[Finding]:
    """A speaker named beside the source quote, while nobody is beside the target quote or anywhere near."""
    quote, place = pair.source, pair.source.speaker_span
    if quote.kind != "direct" or quote.level > 1 or place is None or _distance(place, quote.outer) > 60:
        return
    if any(t.cue is not None or t.speaker is not None for t in pair.targets):
        return
    written = place.of(alignment.source.text)
    named = (w for w in tokens(written, "en") if w.text[0].isupper() and nation(w.text) is None)
    proper = [w.folded for w in named if len(w.text) > 3]
    words = _around(pair, alignment.target, alignment)
    sounds = {key for word in words for key in names.skeletons(word)}
    if proper and words and not any(key in sounds for word in proper for key in names.skeletons(word)):
        yield _finding("quote-attribution", pair, {"speaker": written}, "speaker")


def _named(name: str, written: str, pair: _Linked, target: Document, alignment: Alignment) -> bool:
    """Whether an organisation is named in the target from the sentence before the rendering to the one after it."""
    words = _around(pair, target, alignment)
    if not words:
        return True
    text = " ".join(words)
    called = (name, written, *outlets.aliases(name, target.lang))
    known = [" ".join(w.folded for w in tokens(alias, target.lang)) for alias in called]
    if any(a and a[: max(3, len(a) - 2)] in text for a in known):
        return True
    sounds = {key for word in words for key in names.skeletons(word)}
    longest = max((w.folded for w in tokens(written, "en")), key=len, default="")
    return any(key in sounds for key in names.skeletons(longest) if len(key) > 2)


def _distance(one: Span, other: Span) -> int:
    return max(one.start - other.end, other.start - one.end, 0)


def _attribution(pair: _Linked, langs: tuple[str, str], alignment: Alignment) -> Iterator[Finding]:
    """A neutral verb of the source that the target makes a judgement of."""
    cue, other = pair.source.cue, pair.targets[0].cue
    if cue is None or other is None or pair.source.level > 1 or pair.source.kind != "direct":
        return
    if _distance(cue, pair.source.outer) > 30 or _distance(other, pair.targets[0].outer) > 30:
        return
    verb, word = cue.of(alignment.source.text), other.of(alignment.target.text)
    known, rendered = verbs.forms(langs[0]).get(verbs.plain(verb)), verbs.forms(langs[1]).get(verbs.plain(word))
    if known is None or rendered is None or known[1] != "neutral" or known[0] not in ("say", "tell", "add", "ask"):
        return
    table = data.toml("quote_integrity.toml").get(langs[1], {})
    if rendered[0] in table.get("pointed", "").split():
        yield _finding("quote-attribution", pair, {"source": verb, "target": word}, "verb")
