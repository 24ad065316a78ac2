"""Quotes, their chains and clusters, as values. Offsets are into the text as read."""

from dataclasses import dataclass

from glossary.findings import Finding
from glossary.text.spans import Span


@dataclass(frozen=True, slots=True)
class Quote:
    """Words somebody said, or words in marks for another reason.

    `span` is the content without marks; `outer` includes them. `level` 1 is the outermost. `kind` is one of direct,
    fragment (both are speech), scare, title, dash, unmarked. `asides` are the author's words inside the marks
    («А, — сказал он, — б»). `carrier` is the clause that introduces or follows the quote; `cue` the verb or phrase
    that says it is speech. `cluster` numbers the cluster it belongs to; `provenance` is filled in for speech.
    """

    n: int
    span: Span
    outer: Span
    level: int
    kind: str
    closed: bool = True
    asides: tuple[Span, ...] = ()
    carrier: Span | None = None
    cue: Span | None = None
    speaker: str | None = None
    speaker_span: Span | None = None
    cluster: int | None = None
    provenance: "Provenance | None" = None

    @property
    def speech(self) -> bool:
        """Whether somebody is quoted (and not a title or a distancing mark)."""
        return self.kind in ("direct", "fragment", "dash", "unmarked")


@dataclass(frozen=True, slots=True)
class Intermediary:
    """Someone the words went through; `role` is publisher, outlet, agency, interpreter or translator."""

    name: str
    lang: str
    role: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """The chain a quote travelled, from the speaker to this target text (contract §4 has the closed lists).

    `intermediaries` are in order, nearest the speaker first. `path` is the languages the wording went through;
    `translations` counts its changes of language, `handovers` the intermediaries. `cues` are places in the text that
    say so, each with a note in `notes` at the same index. `alternatives` are other languages the speaker may have used.
    """

    speaker_lang: str
    origin: str
    confidence: str
    intermediaries: tuple[Intermediary, ...]
    path: tuple[str, ...]
    verdict: str
    cues: tuple[Span, ...] = ()
    notes: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()

    @property
    def handovers(self) -> int:
        """How many hands the words went through."""
        return len(self.intermediaries)

    @property
    def translations(self) -> int:
        """How often the words changed language."""
        return sum(before != after for before, after in zip(self.path, self.path[1:], strict=False))


@dataclass(frozen=True, slots=True)
class Cluster:
    """Source quotes of one utterance: `repetition` (the same wording again) or `versions` (differing wordings)."""

    kind: str
    quotes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class QuoteStudy:
    """All that is known of the quotes of a pair. `links` pairs the number of each source quote with the numbers of the
    target quotes that render it (none: its marks were lost)."""

    source: tuple[Quote, ...]
    target: tuple[Quote, ...]
    links: tuple[tuple[int, tuple[int, ...]], ...]
    clusters: tuple[Cluster, ...]
    findings: tuple[Finding, ...]
