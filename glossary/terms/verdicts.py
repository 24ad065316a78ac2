"""What became of each concept in the target: preferred, admitted, forbidden, missing, possible, another sense."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from glossary.alignment.beads import Alignment
from glossary.findings import Evidence, Finding, Severity
from glossary.terms import kinship, matcher
from glossary.terms.concepts import ACCEPTED, Concept, Rendering, TermStudy, TermUse
from glossary.terms.consistency import inconsistencies
from glossary.terms.index import TermIndex, scanned_subjects
from glossary.terms.inflection import suggestions
from glossary.terms.senses import Mention, is_quoted, mentions, quoted_ranges
from glossary.text import english, slavic
from glossary.text.recent import recent
from glossary.text.spans import Document, Span
from glossary.text.words import Word, words

# Words that a rendering of several words may differ in and still be recognised by the others.
SHORT_WORD = 3


@dataclass(frozen=True, slots=True)
class Rendered:
    """A rendering met in the target: of which concept, where, in which target sentence."""

    concept: Concept
    rendering: Rendering
    span: Span
    sentence: int
    lookalike: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one mention, before it is said as a use and a finding."""

    mention: Mention
    status: str
    rendered: Rendered | None = None
    note: str = ""
    silent: bool = False


@dataclass(frozen=True)
class _Target:
    """The renderings of the target text by sentence and concept."""

    document: Document
    lang: str
    rendered: tuple[dict[str, list[Rendered]], ...]
    quoted: tuple[list[int], list[int]] = field(repr=False)

    def words_in(self, sentence: int) -> tuple[Word, ...]:
        """The words of a sentence, counted from its beginning."""
        return words(self.document.sentence(sentence), self.lang)

    def words_of(self, sentence: int) -> tuple[Word, ...]:
        """The words of a sentence where they stand in the document."""
        span = self.document.sentences[sentence].span
        return words(span.of(self.document.text), self.lang, span.start)


def check_terms(
    alignment: Alignment, index: TermIndex, domain: str = "auto", found: Sequence[Mention] | None = None
) -> TermStudy:
    """The concepts of the source and what became of them in the target of `alignment`.

    `domain` says whether the article is about war: `military`, `none`, or `auto` to find out. `found` are the mentions
    in the source if they are known already (of a part of an article, see senses.within). Linear in both texts. Raises
    ValueError if the target is not in the language of the index.
    """
    if alignment.target.lang not in (index.target_lang, "und", "other"):
        raise ValueError(f"the target is {alignment.target.lang}, the index {index.target_lang}")
    if found is None:
        found = mentions(alignment.source, index, domain)
    target = _target(alignment.target, index)
    source_quoted = quoted_ranges(alignment.source.text, alignment.source)
    by_bead: dict[int, list[Mention]] = defaultdict(list)
    for mention in found:
        by_bead[alignment.by_source[mention.sentence]].append(mention)
    uses: list[TermUse] = []
    findings: list[Finding] = []
    verdicts: list[tuple[int, Verdict]] = []
    for bead in sorted(by_bead):
        if not alignment.beads[bead].target:
            continue
        judged = _judge_bead(by_bead[bead], alignment, bead, target, index, source_quoted)
        verdicts += [(bead, verdict) for verdict in judged]
    for bead, verdict in verdicts:
        uses.append(_use(verdict, bead))
        if not verdict.silent:
            findings += _findings(verdict, bead, alignment, index, target)
    findings += _scan(alignment, by_bead, target, index, source_quoted)
    findings += inconsistencies(verdicts, alignment, target.words_of)
    return TermStudy(tuple(uses), tuple(findings))


def _target(document: Document, index: TermIndex) -> _Target:
    all_rendered = []
    for number, sentence in enumerate(document.sentences):
        found = _in_sentence(document.sentence(number), index)
        all_rendered.append(
            {
                concept: [
                    Rendered(r.concept, r.rendering, r.span.shifted(sentence.span.start), number, r.lookalike)
                    for r in renderings
                ]
                for concept, renderings in found.items()
            }
        )
    lang, quoted = index.target_lang, quoted_ranges(document.text, document)
    return _Target(document, lang, tuple(all_rendered), quoted)


@recent(4096)
def _in_sentence(text: str, index: TermIndex) -> Mapping[str, tuple[Rendered, ...]]:
    """The renderings in a target sentence by concept; places count from its beginning."""
    found: dict[str, list[Rendered]] = defaultdict(list)
    hits = matcher.hits(index.target, words(text, index.target_lang), text)
    for hit in sorted(hits, key=lambda h: (h.first, -h.last, h.labels)):
        concept = index.glossary.concepts[hit.labels[0]]
        rendering = concept.renderings[hit.labels[1]]
        found[concept.id].append(Rendered(concept, rendering, hit.span, 0, hit.lookalike))
    return _longest(found)


def _longest(found: dict[str, list[Rendered]]) -> dict[str, tuple[Rendered, ...]]:
    """Without what lies in a longer rendering of the same concept, and without what is forbidden only as a part of a
    longer right term of any concept."""
    accepted = [r.span for rs in found.values() for r in rs if r.rendering.status in ACCEPTED]
    kept: dict[str, tuple[Rendered, ...]] = {}
    for concept, renderings in found.items():
        chosen: list[Rendered] = []
        for r in renderings:
            if any(_inside(r.span, other.span) for other in renderings):
                continue
            if r.rendering.status == "forbidden" and any(_inside(r.span, span) for span in accepted):
                continue
            chosen.append(r)
        kept[concept] = tuple(chosen)
    return kept


def _inside(span: Span, other: Span) -> bool:
    return other.contains(span) and len(other) > len(span)


def _judge_bead(
    here: Sequence[Mention],
    alignment: Alignment,
    bead: int,
    target: _Target,
    index: TermIndex,
    source_quoted: tuple[list[int], list[int]],
) -> list[Verdict]:
    """The verdicts on the mentions of one bead. Of concepts that share a span, one that is satisfied is enough."""
    by_concept: dict[str, list[Mention]] = defaultdict(list)
    for mention in here:
        by_concept[mention.concept.id].append(mention)
    bench = _Bench(alignment, bead, target, index, source_quoted, by_concept)
    by_span: dict[tuple[int, int], list[Verdict]] = defaultdict(list)
    for mentioned in by_concept.values():
        for verdict in bench.judge(mentioned):
            by_span[verdict.mention.span.start, verdict.mention.span.end].append(verdict)
    return [_best(verdicts) for _, verdicts in sorted(by_span.items())]


RANK = {"preferred": 0, "admitted": 1, "forbidden": 2, "possible": 3, "other-sense": 4, "missing": 5}


def _best(verdicts: Sequence[Verdict]) -> Verdict:
    """The verdict that stands for a span several concepts share."""
    loud = [v for v in verdicts if not v.silent]
    satisfied = [v for v in verdicts if v.status in ACCEPTED]
    chosen = satisfied or loud or list(verdicts)
    return min(chosen, key=lambda v: (RANK[v.status], v.mention.concept.ambiguity, v.mention.number))


@dataclass(frozen=True)
class _Bench:
    """What a bead is judged by."""

    alignment: Alignment
    bead: int
    target: _Target
    index: TermIndex
    source_quoted: tuple[list[int], list[int]]
    by_concept: dict[str, list[Mention]]

    def judge(self, mentioned: Sequence[Mention]) -> list[Verdict]:
        """The verdicts on all mentions of one concept in the bead."""
        concept = mentioned[0].concept
        if not concept.of(self.index.target_lang):
            return []
        here = self.rendered(concept.id, self.alignment.beads[self.bead].target)
        accepted = [r for r in here if r.rendering.status in ACCEPTED]
        wrong = [r for r in here if r.rendering.status == "forbidden" and not self._claimed(r, concept)]
        excused = [r for r in wrong if self._excused(r, mentioned)]
        forbidden = [r for r in wrong if r not in excused]
        other = [r for r in here if r.rendering.status == "other"]
        verdicts: list[Verdict] = []
        for place, mention in enumerate(mentioned):
            if place < len(accepted):
                r = accepted[place]
                status, note = ("forbidden", "script") if r.lookalike else (r.rendering.status, "")
                verdicts.append(Verdict(mention, status, r, note))
            elif forbidden and self._convicts(mention, forbidden[0], other):
                verdicts.append(Verdict(mention, "forbidden", forbidden.pop(0)))
            elif accepted:
                verdicts.append(Verdict(mention, accepted[-1].rendering.status, accepted[-1], silent=True))
            elif verdicts and not verdicts[0].silent and verdicts[0].status in ("missing", "possible", "forbidden"):
                verdicts.append(Verdict(mention, verdicts[0].status, verdicts[0].rendered, silent=True))
            elif excused:
                verdicts.append(Verdict(mention, "forbidden", excused[0], silent=True))
            else:
                verdicts.append(self._unrendered(mention, other))
        return verdicts

    def rendered(self, concept: str, sentences: Iterable[int]) -> list[Rendered]:
        """The renderings of a concept in these target sentences."""
        return [r for n in sentences for r in self.target.rendered[n].get(concept, ())]

    def _excused(self, r: Rendered, mentioned: Sequence[Mention]) -> bool:
        """Whether a forbidden rendering is the speaker's own word: quoted in the target as in the source.

        Loaded words, jargon and names may stand in a quote where the source quotes them; a wrong weapon may not.
        """
        worded = r.concept.subject in scanned_subjects() and is_quoted(r.span, self.target.quoted)
        return worded and any(is_quoted(m.span, self.source_quoted) for m in mentioned)

    def _claimed(self, r: Rendered, by: Concept) -> bool:
        """Whether what stands at `r` renders another term of the bead, one that is not at the same place as `by`."""
        own = {(m.span.start, m.span.end) for m in self.by_concept[by.id]}
        for concept, others in self.by_concept.items():
            if concept == by.id or all((m.span.start, m.span.end) in own for m in others):
                continue
            claims = self.target.rendered[r.sentence].get(concept, ())
            if any(c.rendering.status in ACCEPTED and c.span.contains(r.span) for c in claims):
                return True
        return False

    def _convicts(self, mention: Mention, r: Rendered, other: Sequence[Rendered]) -> bool:
        if not mention.grounds:
            return False
        also_other = any(o.span.overlaps(r.span) for o in other)
        return mention.strong or not (mention.concept.ambiguity and also_other)

    def _unrendered(self, mention: Mention, other: Sequence[Rendered]) -> Verdict:
        """The verdict on a mention that has no rendering in its own bead."""
        beads = self.alignment.beads
        for near in (self.bead - 1, self.bead + 1):
            if 0 <= near < len(beads):
                for r in self.rendered(mention.concept.id, beads[near].target):
                    if r.rendering.status in ACCEPTED:
                        return Verdict(mention, r.rendering.status, r, "neighbour", silent=True)
        if other and not (mention.strong and mention.concept.ambiguity):
            return Verdict(mention, "other-sense", other[0], silent=True)
        if not mention.grounds:
            return Verdict(mention, "other-sense", silent=True)
        for related, note in self._related(mention.concept):
            for r in self.rendered(related, beads[self.bead].target):
                if r.rendering.status in ACCEPTED and not self._claimed(r, mention.concept):
                    return Verdict(mention, "possible", r, note)
        kin = self._kin(mention.concept)
        if kin is not None:
            return Verdict(mention, "possible", kin, "derived")
        return Verdict(mention, "missing") if _sure(mention) else Verdict(mention, "possible", None, "unrendered")

    def _related(self, concept: Concept) -> Iterator[tuple[str, str]]:
        """Concepts whose rendering may stand for this one: broader ones, and narrower ones (Armed Forces: ЗСУ)."""
        for broader in concept.broader:
            yield broader, "broader"
        for narrower in self.index.narrower.get(concept.id, ()):
            yield narrower, "narrower"

    def _kin(self, concept: Concept) -> Rendered | None:
        """Words of the bead that share their stems with all words of an accepted rendering."""
        lang = self.index.target_lang
        for rendering in concept.of(lang, *ACCEPTED):
            parts = [w.folded for w in words(rendering.text, lang) if len(w.folded) >= SHORT_WORD]
            if not parts or rendering.fixed or any(part.isascii() for part in parts):
                continue
            lemmas = [slavic.lemmas(part, lang)[0] for part in parts]
            for number in self.alignment.beads[self.bead].target:
                found = [span for lemma in lemmas if (span := self._akin_word(lemma, number)) is not None]
                if len(lemmas) == 2 and len(found) < 2:
                    whole = self._clipped_word(lemmas[0], lemmas[1], number)
                    found = [whole, whole] if whole is not None else found
                if len(found) == len(lemmas):
                    span = Span(min(s.start for s in found), max(s.end for s in found))
                    start = self.target.document.sentences[number].span.start
                    return Rendered(concept, rendering, span.shifted(start), number)
        return None

    def _akin_word(self, lemma: str, sentence: int) -> Span | None:
        start = lemma[:2]
        for word in self.target.words_in(sentence):
            if word.folded.startswith(start) and kinship.akin(word.folded, lemma, self.index.target_lang):
                return word.span
        return None

    def _clipped_word(self, first: str, second: str, sentence: int) -> Span | None:
        start = first[:2]
        for word in self.target.words_in(sentence):
            if word.folded.startswith(start) and kinship.clipped(word.folded, first, second, self.index.target_lang):
                return word.span
        return None


def _sure(mention: Mention) -> bool:
    """Whether the grounds are good enough to say that an unrendered term is missing, and not only perhaps."""
    if mention.grounds in ("always", "collocation", "title"):
        return True
    if mention.concept.ambiguity == 2:
        return mention.grounds == "cue" and mention.military == "article"
    return mention.military == "article" or mention.grounds == "cue"


def _use(verdict: Verdict, bead: int) -> TermUse:
    mention, r = verdict.mention, verdict.rendered
    target = (r.span.start, r.span.end) if r is not None else None
    return TermUse(
        mention.concept.id,
        (mention.span.start, mention.span.end),
        target,
        bead,
        verdict.status,
        mention.concept.english[mention.term].text,
        r.rendering.text if r is not None else "",
    )


RULES = {"forbidden": "term-forbidden", "missing": "term-missing", "possible": "term-possible"}


def _findings(verdict: Verdict, bead: int, alignment: Alignment, index: TermIndex, target: _Target) -> list[Finding]:
    rule = RULES.get(verdict.status)
    if rule is None:
        return []
    mention, r, lang = verdict.mention, verdict.rendered, index.target_lang
    concept = mention.concept
    source_text, target_text = alignment.source.text, alignment.target.text
    variant = "default"
    if verdict.status == "possible":
        variant = verdict.note
    elif verdict.note == "script":
        variant = "script"
    elif verdict.status == "forbidden" and not (r is not None and r.rendering.reason):
        variant = "unreasoned"
    params = {
        **_params(concept, lang),
        "source": mention.span.of(source_text),
        "target": r.span.of(target_text) if r is not None else "",
        "reason": r.rendering.reason if r is not None else "",
        "grounds": mention.grounds,
    }
    sentence_words = target.words_of(r.sentence) if r is not None else ()
    wrong = r.rendering.text if r is not None and verdict.status == "forbidden" else ""
    span = r.span if r is not None else None
    offered, sure = suggestions(concept, lang, span, sentence_words, target_text, wrong, _plural(mention, source_text))
    params["suggestion_sure"] = "yes" if sure else "no"
    evidence = [Evidence("source", mention.span, GROUNDS[mention.grounds])]
    if r is not None and r.rendering.reason:
        evidence.append(Evidence("target", r.span, r.rendering.reason))
    severity = Severity.WARNING if variant == "script" else _severity(concept, verdict.status)
    target_span = r.span if r is not None else None
    return [
        Finding(
            rule,
            bead,
            _designation(mention.span, source_text) if variant == "script" else mention.span,
            target_span,
            variant,
            MappingProxyType(params),
            concept.id,
            offered,
            tuple(evidence),
            severity,
        )
    ]


def _designation(span: Span, text: str) -> Span:
    """The part of a term up to its last number: the T-72 of T-72 tanks."""
    numbers = [place for place, letter in enumerate(span.of(text)) if letter.isdigit()]
    return Span(span.start, span.start + numbers[-1] + 1) if numbers else span


def _plural(mention: Mention, source_text: str) -> bool | None:
    """Whether the English term is in the plural; None for verbs and for words without a plural of their own."""
    last = mention.span.of(source_text).split()[-1:] if mention.concept.pos in ("noun", "") else []
    if not last:
        return None
    word = last[0].casefold()
    singular = mention.concept.english[mention.term].text.split()[-1].casefold()
    if word == singular:
        return False if not singular.endswith("s") else None
    return True if word in english.forms(singular, "noun") else None


GROUNDS = {
    "": "",
    "always": "an unambiguous term",
    "collocation": "a collocation of the concept",
    "title": "a rank before a name or of a person",
    "cue": "a cue in the sentence",
    "neighbour": "an unambiguous military term right beside it",
    "domain": "the article is about war",
    "passage": "the sentences around it are about war",
    "sentence": "an unambiguous military term in the sentence",
    "scan": "the rendering is wrong whatever the source says",
}


def _params(concept: Concept, lang: str) -> dict[str, str]:
    return {
        "concept": concept.en,
        "preferred": concept.preferred(lang) or "",
        "admitted": ", ".join(r.text for r in concept.of(lang, "admitted")),
        "definition": concept.definition,
        "authority": concept.source,
    }


def _severity(concept: Concept, status: str) -> Severity | None:
    """The row may say how much a wrong or missing rendering weighs; a house matter is only worth a note."""
    if status == "possible":
        return None
    if concept.severity:
        return Severity[concept.severity.upper()]
    return Severity.INFO if concept.policy == "house" else None


def _scan(
    alignment: Alignment,
    by_bead: dict[int, list[Mention]],
    target: _Target,
    index: TermIndex,
    source_quoted: tuple[list[int], list[int]],
) -> list[Finding]:
    """Loaded, jargon and name renderings that are wrong whatever the source says, where no term was judged."""
    found: list[Finding] = []
    for number, rendered in enumerate(target.rendered):
        bead = alignment.by_target[number]
        judged = {mention.concept.id for mention in by_bead.get(bead, ())}
        right = [r.span for rs in rendered.values() for r in rs if r.rendering.status != "forbidden"]
        for concept_id, renderings in rendered.items():
            for r in renderings:
                if concept_id in judged or not _scannable(r) or any(s.overlaps(r.span) for s in right):
                    continue
                if is_quoted(r.span, target.quoted):
                    continue
                found.append(_scan_finding(r, bead, alignment, index, target))
    return found


def _scannable(r: Rendered) -> bool:
    """Whether a forbidden rendering is unambiguous enough to be wrong without its English."""
    concept = r.concept
    if r.rendering.status != "forbidden" or concept.ambiguity or concept.policy == "house":
        return False
    return concept.subject in scanned_subjects() and " " in r.rendering.text


def _scan_finding(r: Rendered, bead: int, alignment: Alignment, index: TermIndex, target: _Target) -> Finding:
    text, lang = alignment.target.text, index.target_lang
    offered, sure = suggestions(r.concept, lang, r.span, target.words_of(r.sentence), text, r.rendering.text)
    params = {
        **_params(r.concept, lang),
        "source": r.concept.en,
        "target": r.span.of(text),
        "reason": r.rendering.reason,
        "grounds": "scan",
        "suggestion_sure": "yes" if sure else "no",
    }
    return Finding(
        "term-forbidden",
        bead,
        None,
        r.span,
        "scan",
        MappingProxyType(params),
        r.concept.id,
        offered,
        (Evidence("target", r.span, GROUNDS["scan"]),),
        _severity(r.concept, "forbidden"),
    )
