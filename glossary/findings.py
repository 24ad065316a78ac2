"""What the checks have to say: rules, severities, evidence, findings.

A finding carries parameters, not prose: the message is written at the edge from the templates in data/rules/, so that
it can be said in another language.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cache
from types import MappingProxyType

from glossary import data
from glossary.errors import ConfigError
from glossary.text.spans import Span

FAMILIES = ("alignment", "figures", "quotes", "script", "terms")


class Severity(IntEnum):
    """How much a finding weighs; `str()` gives the word of the JSON format."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    def __str__(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: stable `code`, speaking `name`, default severity, and the templates of its messages by variant."""

    code: str
    name: str
    severity: Severity
    summary: str
    why: str
    next_step: str
    messages: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@cache
def rules() -> Mapping[str, Rule]:
    """All rules by name, in the order of their codes."""
    found: list[Rule] = []
    for family in FAMILIES:
        for name, table in data.toml(f"rules/{family}.toml").items():
            found.append(
                Rule(
                    table["code"],
                    name,
                    Severity[table["severity"].upper()],
                    table["summary"],
                    table["why"],
                    table["next_step"],
                    MappingProxyType(table["messages"]),
                )
            )
    return MappingProxyType({rule.name: rule for rule in sorted(found, key=lambda rule: rule.code)})


@dataclass(frozen=True, slots=True)
class Evidence:
    """A place in one of the texts that speaks for a finding; `side` is `source` or `target`."""

    side: str
    span: Span
    note: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a translator should look at.

    `rule` is a name of contract §5, `variant` picks the message template, `params` fill it. `severity` None means the
    rule's own. Spans are offsets into the two texts as read; `bead` numbers the bead it was found in.
    """

    rule: str
    bead: int | None = None
    source: Span | None = None
    target: Span | None = None
    variant: str = "default"
    params: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    concept: str | None = None
    suggestions: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    severity: Severity | None = None

    @property
    def weight(self) -> Severity:
        """The severity that counts: the finding's own or else its rule's."""
        return self.severity if self.severity is not None else rules()[self.rule].severity

    @property
    def code(self) -> str:
        """The stable code of the rule."""
        return rules()[self.rule].code

    @property
    def message(self) -> str:
        """The message in English."""
        templates = rules()[self.rule].messages
        if self.variant not in templates:
            raise ConfigError(f"rule {self.rule} has no message {self.variant!r}", "data/rules")
        return templates[self.variant].format_map(self.params)


# What these suggest are words to search for, not words for the text.
SEARCHES = ("quote-relay", "quote-third-language", "quote-origin-unsure")


def replaceable(finding: Finding) -> bool:
    """Whether the finding's suggestions can stand in the place of what was found."""
    return bool(finding.suggestions) and finding.target is not None and finding.rule not in SEARCHES


def order(finding: Finding) -> tuple[int, int, int, str, str]:
    """The sort key of findings in a report: by place in the source, then in the target, then by code and concept."""
    return (
        finding.bead if finding.bead is not None else -1,
        finding.source.start if finding.source else -1,
        finding.target.start if finding.target else -1,
        finding.code,
        finding.concept or "",
    )


def fingerprint(finding: Finding, source_text: str, target_text: str) -> str:
    """Sixteen hexadecimal digits that stay the same when the finding moves in the text.

    Made of the rule, the concept and the words the finding is about, never of offsets.
    """
    parts = [finding.rule, finding.concept or "", finding.variant]
    for span, text in ((finding.source, source_text), (finding.target, target_text)):
        parts.append(" ".join(span.of(text).casefold().split()) if span else "")
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
