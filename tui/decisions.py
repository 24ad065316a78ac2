"""What can be answered to a finding about a quote, and what is known of its original. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from glossary.findings import Finding
from tui.utterances import Utterance

if TYPE_CHECKING:
    from glossary.examination import Examined


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as the memory keeps it; `label` is what the person reads."""

    label: str
    verdict: str
    scope: str = "always"


FOUND = Answer("The original was found: paste its words", "found")
ANSWERS = (
    FOUND,
    Answer("The original was searched for and not found", "not-found"),
    Answer("The rendering is right, here and wherever it is met", "accept"),
    Answer("Not worth telling in this article", "dismiss", "here"),
    Answer("Not worth telling anywhere", "dismiss", "always"),
)


def findings_of(utterance: Utterance, examined: "Examined") -> tuple[Finding, ...]:
    """The findings about the quotes of an utterance, the weightiest first."""
    spans = [quote.outer for quote in utterance.quotes]
    targets = [rendering.outer for renderings in utterance.renderings for rendering in renderings]
    found = [
        finding
        for finding in examined.findings
        if finding.rule.startswith("quote-")
        and (
            any(finding.source is not None and finding.source.overlaps(span) for span in spans)
            or any(finding.target is not None and finding.target.overlaps(span) for span in targets)
        )
    ]
    return tuple(sorted(found, key=lambda finding: -finding.weight))


@dataclass(frozen=True, slots=True)
class Known:
    """The original words of an utterance, in `lang` ("": not said yet), and where they are to be had."""

    text: str
    lang: str
    link: str


def original_of(utterance: Utterance, known: Mapping[int, Known]) -> Known | None:
    """What is known of the original of an utterance; `known` is by numbers of source quotes."""
    return next((known[quote.n] for quote in utterance.quotes if quote.n in known), None)
