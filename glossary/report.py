"""What is kept of examined pairs: selection of findings, the summary, and the signature that makes a run repeatable."""

from collections import Counter
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

from glossary.errors import InputError, UsageError
from glossary.examination import Examined
from glossary.findings import Finding, Severity, fingerprint, rules
from glossary.version import __version__
from glossary.waivers import Waiver


@dataclass(frozen=True, slots=True)
class Selection:
    """Which findings count: `select` and `ignore` are codes, beginnings of codes (Q1) or rule names; `baseline` are
    fingerprints of findings known before; `waivers` hide findings with a reason; `severities` say by rule name what a
    finding weighs, None for nothing at all."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    baseline: frozenset[str] = frozenset()
    waivers: tuple[Waiver, ...] = ()
    severities: tuple[tuple[str, Severity | None], ...] = ()

    def __post_init__(self) -> None:
        for name in (*self.select, *self.ignore):
            if not any(_names(name, rule.name, rule.code) for rule in rules().values()):
                raise UsageError(f"no rule is called {name!r}", "", "`tolmach rules` lists codes and names")

    def keeps(self, finding: Finding) -> bool:
        """Whether the finding's rule is selected and not ignored."""
        return self.covers(finding.rule, finding.code)

    def covers(self, rule: str, code: str) -> bool:
        """Whether the rule of this name and code is selected and not ignored."""
        chosen = not self.select or any(_names(name, rule, code) for name in self.select)
        return chosen and not any(_names(name, rule, code) for name in self.ignore)

    def applied(self, examined: Examined) -> Examined:
        """The examined pair with only the findings that count."""
        return self.sorted_out(examined).examined

    def sorted_out(self, examined: Examined) -> "SortedOut":
        """The examined pair with only the findings that count, and what became of the others."""
        kept = tuple(self._weighed(finding for finding in examined.findings if self.keeps(finding)))
        marks = fingerprints(examined, kept)
        names = [examined.source.name, *([examined.target.name] if examined.target else [])]
        used, counted, present = set[int](), list[tuple[Finding, str]](), list[str]()
        for finding, mark in zip(kept, marks, strict=True):
            hiding = [n for n, waiver in enumerate(self.waivers) if waiver.hides(finding, mark, names)]
            used.update(hiding)
            if not hiding:
                present.append(mark)
                if mark not in self.baseline:
                    counted.append((finding, mark))
        left, left_marks = zip(*counted, strict=True) if counted else ((), ())
        met = frozenset(n for n, waiver in enumerate(self.waivers) if waiver.path and waiver.concerns(names))
        return SortedOut(replace(examined, findings=left, marks=left_marks), frozenset(used), tuple(present), met)

    def stale(self, used: AbstractSet[int], met: AbstractSet[int], whole: bool) -> tuple[Waiver, ...]:
        """The waivers that hid nothing although they might have: their rule is selected, and their file was `met`.

        One that names no file counts only when a `whole` archive was looked at and not a single pair.
        """
        return tuple(
            waiver
            for n, waiver in enumerate(self.waivers)
            if n not in used
            and not waiver.expired
            and (n in met if waiver.path else whole)
            and self._tells(waiver.rule)
        )

    def _tells(self, rule: str) -> bool:
        """Whether findings of a rule (a name or a code; empty: of any) can be among what is kept."""
        named = next((one for one in rules().values() if rule in (one.name, one.code)), None)
        return named is None or (
            self.keeps(Finding(named.name)) and dict(self.severities).get(named.name, 1) is not None
        )

    def _weighed(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """The findings with the severities of the house."""
        weights = dict(self.severities)
        for finding in findings:
            if finding.rule not in weights:
                yield finding
            elif (weight := weights[finding.rule]) is not None:
                yield replace(finding, severity=weight)


def _names(name: str, rule: str, code: str) -> bool:
    return name == rule or code.startswith(name)


@dataclass(frozen=True, slots=True)
class SortedOut:
    """What a Selection left of a pair: the numbers of the waivers that hid a finding, the fingerprints of the findings
    that no waiver hides, in the baseline or not, and the numbers of the waivers that name one of the files."""

    examined: Examined
    waived: frozenset[int]
    present: tuple[str, ...]
    met: frozenset[int]


def fingerprints(examined: Examined, findings: Iterable[Finding] | None = None) -> tuple[str, ...]:
    """One fingerprint per finding; the second finding of the very same words gets `-2`.

    Of a pair from which findings were left out, the fingerprints from before: they name the same findings as ever.
    """
    if findings is None and len(examined.marks) == len(examined.findings):
        return examined.marks
    source, target = examined.source.text, examined.target.text if examined.target else ""
    seen: Counter[str] = Counter()
    marks = []
    for finding in examined.findings if findings is None else findings:
        mark = fingerprint(finding, source, target)
        seen[mark] += 1
        marks.append(mark if seen[mark] == 1 else f"{mark}-{seen[mark]}")
    return tuple(marks)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A pair that could not be read: the parts of the error for its record in the output."""

    id: str
    what: str
    where: str
    next_step: str

    @staticmethod
    def of(name: str, error: InputError, line: str = "") -> "Unreadable":
        """The record of an error; `line` is where a manifest names the pair, and is said first."""
        if not line or error.where.startswith(line):
            return Unreadable(name, error.what, error.where, error.next_step)
        return Unreadable(name, f"{error.where}: {error.what}" if error.where else error.what, line, error.next_step)


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts over a run; summaries of parts add up.

    `findings` counts by rule and severity, `scores` beads by their score in twentieths, `months` by month (YYYY-MM)
    and severity for articles with a date, and by month and `pairs`.
    """

    pairs: int = 0
    unreadable: int = 0
    unrelated: int = 0
    beads: int = 0
    findings: Counter[tuple[str, str]] = field(default_factory=Counter)
    scores: Counter[int] = field(default_factory=Counter)
    months: Counter[tuple[str, str]] = field(default_factory=Counter)

    @staticmethod
    def of(examined: Examined) -> "Summary":
        """The summary of one pair."""
        counts = Counter((finding.rule, str(finding.weight)) for finding in examined.findings)
        beads = examined.alignment.beads if examined.alignment else ()
        scores = Counter(min(int(bead.score * 20), 19) for bead in beads)
        months = Counter[tuple[str, str]]()
        if month := examined.pair.date[:7]:
            months.update((month, str(finding.weight)) for finding in examined.findings)
            months[month, "pairs"] += 1
        return Summary(1, 0, int(examined.unrelated), len(beads), counts, scores, months)

    def __add__(self, other: "Summary") -> "Summary":
        return Summary(
            self.pairs + other.pairs,
            self.unreadable + other.unreadable,
            self.unrelated + other.unrelated,
            self.beads + other.beads,
            self.findings + other.findings,
            self.scores + other.scores,
            self.months + other.months,
        )

    def count(self, severity: Severity) -> int:
        """How many findings have this severity."""
        return sum(n for (_, name), n in self.findings.items() if name == str(severity))

    def worst(self) -> Severity | None:
        """The highest severity met, None without findings."""
        return max((Severity[name.upper()] for _, name in self.findings), default=None)


@dataclass(frozen=True, slots=True)
class Report:
    """Examined pairs and their summary, for the Python interface."""

    pairs: tuple[Examined, ...]
    summary: Summary
    signature: str

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings of all pairs, in order."""
        return tuple(finding for examined in self.pairs for finding in examined.findings)


def signature(glossary_digest: str, domain: str) -> str:
    """What a result depends on beside the texts, in one line."""
    return f"tolmach {__version__}|glossary:{glossary_digest[:8] or 'none'}|rules:{len(rules())}|domain:{domain}"
