"""What the memory keeps, as values: finished articles with their quotes and units, originals, decisions."""

from dataclasses import dataclass

STATUSES = ("proposed", "accepted")
VERDICTS = ("accept", "dismiss", "found", "not-found", "retracted")
SCOPES = ("here", "always")


@dataclass(frozen=True, slots=True)
class KeptQuote:
    """A quote of a source text and what renders it ("" if its marks were lost). Offsets are those of the source.

    `carrier` is the clause that introduces it; `speaker_lang` is known only where the text says so; `status` of the
    rendering is one of STATUSES.
    """

    text: str
    rendering: str = ""
    speaker: str = ""
    speaker_lang: str = ""
    carrier: str = ""
    kind: str = "direct"
    start: int = 0
    end: int = 0
    status: str = "proposed"


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence (or several, where the bead has several) and its rendering."""

    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Article:
    """A finished pair as the memory keeps it.

    The digests are hashes of the two texts; of one source text and target language the memory keeps one article, the
    one with the highest `version` (0: not yet numbered). `date` is YYYY-MM-DD or empty.
    """

    name: str
    source_lang: str
    target_lang: str
    date: str = ""
    link: str = ""
    source_digest: str = ""
    target_digest: str = ""
    quotes: tuple[KeptQuote, ...] = ()
    units: tuple[Unit, ...] = ()
    version: int = 0


@dataclass(frozen=True, slots=True)
class Original:
    """What is known of the original of a quote: `status` is found (with text, and where) or searched (in vain)."""

    quote: str
    quote_lang: str
    status: str
    lang: str = ""
    text: str = ""
    link: str = ""
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person answered to a finding.

    `key` names the finding by its words (see glossary.memory.keys); `verdict` is one of VERDICTS; `scope` is `here`
    (only in the article named by `article`) or `always`. `sources` and `renderings` are the words as they were, for
    people to read. The decision with the highest `version` counts; `at` is the time in UTC, for people too.
    """

    key: str
    rule: str
    verdict: str
    scope: str = "always"
    article: str = ""
    lang: str = ""
    sources: tuple[str, ...] = ()
    renderings: tuple[str, ...] = ()
    reason: str = ""
    original: str = ""
    link: str = ""
    at: str = ""
    version: int = 0
