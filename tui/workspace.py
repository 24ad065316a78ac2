"""What the person is doing, without widgets: the project with its history, what was found, and the place.

A Workspace is a value: every step gives another one. The screen holds one and replaces it.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from glossary.alignment.beads import Alignment
from glossary.findings import Finding, Severity
from glossary.project import Edit, PinBeads, Project, Retarget, Waive, replacement
from glossary.terms.euphony import replacements
from glossary.text.spans import Document, Span
from tui.filters import ALL, keeps, rows_of
from tui.rows import source_alone

if TYPE_CHECKING:
    from glossary.examination import Examined

# Older states are made again from the edits, some at once; each holds a text.
_KEPT, _FEWEST = 60, 4
_LETTERS = 2_000_000


@dataclass(frozen=True, slots=True)
class Workspace:
    """A project, the edits taken back, and the last examination.

    `original` is the project as read, `saved` the target text as it is on disk; it holds the first `baked` edits.
    `findings` are open, `filter` says which of them are listed.
    """

    original: Project
    project: Project
    saved: str
    past: tuple[Project, ...] = ()
    undone: tuple[Edit, ...] = ()
    baked: int = 0
    examined: "Examined | None" = None
    findings: tuple[Finding, ...] = ()
    filter: str = ALL

    @staticmethod
    def of(original: Project, edits: Sequence[Edit] = ()) -> "Workspace":
        """The workspace of a project as read, with edits of an earlier session; ValueError if one does not fit."""
        target = original.pair.target
        return Workspace(original, _states(original, edits)[-1], target.text if target else "")

    def done(self, edit: Edit) -> "Workspace":
        """One more edit. Raises ValueError if it lies outside the text."""
        project = self.project.applied(edit)
        past = (*self.past, self.project)[-_kept(project) :]
        return self._with(project, past, ())

    def undo(self) -> "Workspace":
        """The last edit taken back; the same workspace if there is none."""
        if not self.project.edits:
            return self
        edits = self.project.edits
        *past, project = self.past or _states(self.original, edits[:-1])
        return self._with(project, tuple(past), (*self.undone, edits[-1]))

    def redo(self) -> "Workspace":
        """The last edit that was taken back, done again; the same workspace if there is none."""
        if not self.undone:
            return self
        return replace(self.done(self.undone[-1]), undone=self.undone[:-1])

    def _with(self, project: Project, past: tuple[Project, ...], undone: tuple[Edit, ...]) -> "Workspace":
        findings = unwaived(self.examined, project.waivers) if self.examined else ()
        return replace(self, project=project, past=past, undone=undone, findings=findings)

    def written(self, text: str) -> "Workspace":
        """The target is on disk as `text` now."""
        return replace(self, saved=text, baked=len(self.project.edits))

    @property
    def pending(self) -> tuple[Edit, ...]:
        """Edits that make this project of the files on disk: for the journal."""
        project, text = self.project, self.target.text if self.target else ""
        if not self.baked:
            return project.edits
        whole = () if text == self.saved else (replacement(self.saved, text),)
        pins = (PinBeads(project.pins),) if project.pins else ()
        return (*whole, *pins, *project.waivers)

    def with_undone(self, undone: tuple[Edit, ...]) -> "Workspace":
        """The same, with edits of an earlier session to redo."""
        return replace(self, undone=undone)

    def found(self, examined: "Examined") -> "Workspace":
        """The same project with what an examination found."""
        return replace(self, examined=examined, findings=unwaived(examined, self.project.waivers))

    @property
    def listed(self) -> tuple[Finding, ...]:
        """The open findings that the filter shows."""
        if self.filter == ALL:
            return self.findings
        return tuple(finding for finding in self.findings if keeps(self.filter, finding))

    @property
    def rows(self) -> frozenset[int] | None:
        """The rows that the filter shows, None for all."""
        return rows_of(self.filter, self.alignment, self.listed) if self.alignment is not None else None

    @property
    def alignment(self) -> Alignment | None:
        """The beads, None before the first examination or without a target."""
        return self.examined.alignment if self.examined else None

    @property
    def beads(self) -> Alignment:
        """The beads; without a target, the source sentences each for itself."""
        return self.alignment or source_alone(self.source)

    @property
    def source(self) -> Document:
        """The source, with sentences as examined."""
        return self.examined.source if self.examined else self.project.pair.source

    @property
    def target(self) -> Document | None:
        """The target as edited."""
        return self.project.pair.target

    @property
    def unsaved(self) -> bool:
        """Whether the target differs from the file."""
        return self.target is not None and self.target.text != self.saved

    def count(self, severity: Severity) -> int:
        """How many findings of this weight are open."""
        return sum(finding.weight is severity for finding in self.findings)


def _kept(project: Project) -> int:
    """How many states before this one are kept: as many as together are a few megabytes."""
    target = project.pair.target
    return max(_FEWEST, min(_KEPT, _LETTERS // max(1, len(target.text) if target else 0)))


def _states(project: Project, edits: Sequence[Edit]) -> Sequence[Project]:
    """What the edits make of a project one after the other, the last of these states."""
    states = deque([project], maxlen=_kept(project))
    for edit in edits:
        states.append(states[-1].applied(edit))
    return states


def unwaived(examined: "Examined", waivers: Sequence[Waive]) -> tuple[Finding, ...]:
    """The findings that no waiver hides."""
    hidden = {(waiver.scope, waiver.key) for waiver in waivers}
    if not hidden:
        return examined.findings
    from glossary.report import fingerprints

    return tuple(
        finding
        for finding, mark in zip(examined.findings, fingerprints(examined), strict=True)
        if hidden.isdisjoint((("rule", finding.rule), ("concept", finding.concept or ""), ("here", mark)))
    )


def waiver(examined: "Examined", finding: Finding, scope: str, reason: str) -> Waive:
    """The waiver of a finding: `here`, for its `concept`, or for its `rule`."""
    if scope == "rule":
        return Waive(finding.rule, reason, "rule")
    if scope == "concept":
        return Waive(finding.concept or "", reason, "concept")
    from glossary.report import fingerprints

    for other, mark in zip(examined.findings, fingerprints(examined), strict=True):
        if other is finding:
            return Waive(mark, reason)
    raise ValueError("the finding is not of this examination")


def proposals(workspace: Workspace, finding: Finding) -> tuple[Retarget, ...]:
    """The edits that put the suggestions of a finding in the place of what was found, as they will stand there."""
    target = workspace.target
    return tuple(Retarget(*one) for one in replacements(finding, target)[:9]) if target is not None else ()


def alike(one: Finding, other: Finding) -> bool:
    """Whether findings of two examinations are the same: in the source, which never changes, or by what they say."""
    same = (one.rule, one.concept, one.source) == (other.rule, other.concept, other.source)
    return same and (one.source is not None or one.params == other.params)


def same_finding(findings: Sequence[Finding], wanted: Finding | None, near: int = 0) -> int:
    """Where a finding is after another examination; the one at `near` if it is gone."""
    if wanted is not None:
        for number, finding in enumerate(findings):
            if alike(finding, wanted):
                return number
    return max(0, min(near, len(findings) - 1))


def rendering_span(alignment: Alignment, number: int) -> Span:
    """The stretch of the target that a row's editor edits: its sentences, or the empty place where they would stand."""
    spans = alignment.target_spans(number)
    if spans:
        return Span(min(s.start for s in spans), max(s.end for s in spans))
    for before in range(number - 1, -1, -1):
        if earlier := alignment.target_spans(before):
            end = max(s.end for s in earlier)
            return Span(end, end)
    return Span(0, 0)
