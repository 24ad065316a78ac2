"""examine and collate: what is done to a pair, and what is done across pairs. Nothing else.

`examine` is a pure function of one project and the resources it is given; it can run in any process. `collate` puts
examined pairs together. The terminal UI and the batch mode differ only in who supplies the edits and who reads the
report.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from glossary.alignment.beads import Alignment
from glossary.alignment.lexicon import Lexicon
from glossary.findings import Finding, order
from glossary.project import Pair, Project
from glossary.quotes.values import QuoteStudy
from glossary.terms.concepts import Glossary, TermUse
from glossary.terms.index import TermIndex
from glossary.text.drafted import blanked, unconfirmed
from glossary.text.spans import Document

PARTS = ("alignment", "terms", "quotes", "figures", "script")
EMPTY_STUDY = QuoteStudy((), (), (), (), ())


@dataclass(frozen=True, slots=True)
class Resources:
    """What is expensive or may be missing, passed in.

    `term_index` gives the index of the glossary for a target language, `lexicon` the words that speak for a bead.
    `domain` is military, auto or none. `parts` are the checks to run, some of PARTS; alignment is always done.
    `profanity` is the policy of the house for strong language in quotes: ask, keep or mask. `draft` makes of a pair a
    translation of each source sentence (None where there is none), which is evidence for its alignment.
    """

    glossary: Glossary
    term_index: Callable[[str], TermIndex]
    lexicon: Callable[[str], Lexicon]
    domain: str = "auto"
    parts: tuple[str, ...] = PARTS
    profanity: str = "ask"
    draft: Callable[[Pair], Sequence[str | None] | None] = lambda pair: None


@dataclass(frozen=True, slots=True)
class Examined:
    """One pair with all that was found in it. `alignment` is None when there is no target.

    `source` and `target` are the documents that the beads, spans and findings refer to (the alignment may have cut a
    sentence, and there are blanks over the marks of drafts). Findings are in report order. `drafts` has, for the
    number of each bead with a target sentence marked as a draft, where that is from (see glossary.text.drafted).
    `marks` are the fingerprints of the findings once some were left out, else empty.
    """

    pair: Pair
    alignment: Alignment | None
    terms: tuple[TermUse, ...] = ()
    quotes: QuoteStudy = EMPTY_STUDY
    findings: tuple[Finding, ...] = ()
    unrelated: bool = False
    drafts: Mapping[int, str] = field(default_factory=dict)
    marks: tuple[str, ...] = ()

    @property
    def source(self) -> Document:
        """The source document as aligned."""
        return self.alignment.source if self.alignment else self.pair.source

    @property
    def target(self) -> Document | None:
        """The target document as aligned, None if there is none."""
        return self.alignment.target if self.alignment else self.pair.target


def examine(project: Project, resources: Resources) -> Examined:
    """Align the pair of a project and run the chosen checks on it."""
    from glossary import alignment as room

    pair = project.pair
    if pair.target is None:
        return _examine_source(pair, resources)
    target = blanked(pair.target)
    aligned = room.align(
        pair.source, target, project.pins, lexicon=resources.lexicon(target.lang), draft=resources.draft(pair)
    )
    return judged(pair, aligned, resources)


def judged(pair: Pair, aligned: Alignment, resources: Resources) -> Examined:
    """Run the chosen checks on a pair with a target whose alignment is known."""
    from glossary import alignment as room

    parts, lang, found = resources.parts, aligned.target.lang, list[Finding]()
    terms: tuple[TermUse, ...] = ()
    study = EMPTY_STUDY
    if "alignment" in parts:
        found += room.findings(aligned)
    if "terms" in parts:
        from glossary.terms import check_terms

        term_study = check_terms(aligned, resources.term_index(lang), resources.domain)
        terms = term_study.uses
        found += term_study.findings
    if "quotes" in parts:
        from glossary.quotes import study as study_quotes

        study = study_quotes(aligned.source, aligned.target, aligned, lang, resources.profanity)
        found += study.findings
    if "figures" in parts:
        from glossary.figures import check_figures
        from glossary.spellings import check_spellings

        found, figures = once(found, check_figures(aligned))
        found += figures + list(check_spellings(aligned))
    if "script" in parts:
        from glossary.script import script_findings

        found += script_findings(aligned.source, "source") + script_findings(aligned.target, "target")
    drafts = {
        aligned.by_target[number]: one.origin
        for one in unconfirmed(pair.target.text if pair.target else "", aligned.target)
        for number in aligned.target.touched(one.sentence)
    }
    return Examined(pair, aligned, terms, study, placed(found, aligned), room.unrelated(aligned), drafts)


def once(quoted: Sequence[Finding], figures: Sequence[Finding]) -> tuple[list[Finding], list[Finding]]:
    """The same without what is said twice: of a figure in a quote the quote's own finding, unless it weighs less."""
    pairs = [
        (one, other)
        for one in quoted
        if one.rule == "quote-number"
        for other in figures
        if other.rule == "number-mismatch" and _holds(one, other)
    ]
    gone = {id(one if one.weight < other.weight else other) for one, other in pairs}
    return [one for one in quoted if id(one) not in gone], [one for one in figures if id(one) not in gone]


def _holds(finding: Finding, part: Finding) -> bool:
    """Whether one finding is about a stretch of which the other is about a part."""
    return any(
        whole is not None and span is not None and whole.contains(span)
        for whole, span in ((finding.source, part.source), (finding.target, part.target))
    )


def _examine_source(pair: Pair, resources: Resources) -> Examined:
    """What can be said of a source alone: its quotes and the chains they travelled."""
    from glossary.quotes import study as study_quotes

    study = study_quotes(pair.source, None, None, pair.target_lang)
    return Examined(pair, None, (), study, tuple(sorted(study.findings, key=order)))


def placed(found: Iterable[Finding], alignment: Alignment) -> tuple[Finding, ...]:
    """The findings in report order, each with its bead."""
    from dataclasses import replace

    located = []
    for finding in found:
        if finding.bead is None:
            bead = None
            if finding.source is not None:
                bead = alignment.bead_at_source(finding.source.start)
            if bead is None and finding.target is not None:
                bead = alignment.bead_at_target(finding.target.start)
            finding = replace(finding, bead=bead) if bead is not None else finding
        located.append(finding)
    return tuple(sorted(located, key=order))


def collate(examined: Iterable[Examined]) -> tuple[Examined, ...]:
    """Examined pairs in their order, with what only shows across pairs.

    Consistency across articles is a matter of the archive and comes with the memory; waivers and baselines are applied
    by the report.
    """
    return tuple(examined)
