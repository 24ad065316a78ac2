"""Findings, term entries and quick fixes in the words of the protocol. Everything from a text is made safe to show."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from glob import escape
from pathlib import Path

from lsprotocol import types

from glossary.files.counterparts import language_of
from glossary.files.waiver_files import waiver_table
from glossary.findings import Finding, Severity
from glossary.formats.entries import entry
from glossary.lsp.checking import Checked
from glossary.lsp.places import Lines
from glossary.report import fingerprints
from glossary.service import Settings, resources
from glossary.terms.euphony import replacements
from glossary.text.display import flowing
from glossary.text.spans import Span

SOURCE = "tolmach"
NO_REASON = "waived in the editor; say why"
_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}
_TOP = types.Range(types.Position(0, 0), types.Position(0, 0))
Uri = Callable[[Path], str]


@dataclass(frozen=True, slots=True)
class Told:
    """A finding in one of the files of a pair: where it is shown there, and its fingerprint."""

    checked: Checked
    finding: Finding
    fingerprint: str
    span: Span


def told(checked: Checked, path: Path) -> Iterator[Told]:
    """The findings of a pair as they are shown in `path`, one of its files.

    In the target every finding has a place: what has none of its own is shown where its sentence is rendered.
    """
    examined = checked.examined
    if examined is None:
        return
    for finding, mark in zip(examined.findings, fingerprints(examined), strict=True):
        span = finding.source if path == checked.source else finding.target or _rendered(finding, checked)
        if span is not None:
            yield Told(checked, finding, mark, span)


def _rendered(finding: Finding, checked: Checked) -> Span | None:
    alignment = checked.examined.alignment if checked.examined else None
    spans = alignment.target_spans(finding.bead) if alignment and finding.bead is not None else ()
    return Span(min(s.start for s in spans), max(s.end for s in spans)) if spans else None


def diagnostics(pairs: list[Checked], path: Path, encoding: str, uri: Uri) -> list[types.Diagnostic]:
    """What is to be shown in a file of these pairs, each finding with its place in the other file."""
    found = []
    for checked in pairs:
        if checked.trouble is not None:
            kinds = types.DiagnosticSeverity
            severity = kinds.Information if checked.missing else kinds.Error
            found.append(types.Diagnostic(_TOP, flowing(str(checked.trouble)), severity=severity, source=SOURCE))
        found += [diagnostic(one, path, encoding, uri) for one in told(checked, path)]
    return found


def diagnostic(one: Told, path: Path, encoding: str, uri: Uri) -> types.Diagnostic:
    finding, examined = one.finding, one.checked.examined
    assert examined is not None
    assert examined.target is not None
    here, there = examined.target, examined.source
    other, other_span = one.checked.source, finding.source
    if path == one.checked.source:
        here, there, other, other_span = there, here, one.checked.target, finding.target
    related = []
    if other_span is not None:
        place = types.Location(uri(other), Lines(there.text, encoding).range(other_span))
        related.append(types.DiagnosticRelatedInformation(place, flowing(other_span.of(there.text)[:100])))
    return types.Diagnostic(
        Lines(here.text, encoding).range(one.span),
        flowing(finding.message),
        severity=_SEVERITIES[finding.weight],
        code=finding.code,
        source=SOURCE,
        related_information=related or None,
        data={"rule": finding.rule, "fingerprint": one.fingerprint},
    )


def hover(text: str, path: Path, position: types.Position, encoding: str, settings: Settings) -> types.Hover | None:
    """The entries of the glossary for the term at a position, in any inflected form; None where there is none."""
    lines = Lines(text, encoding)
    at = lines.offset(position)
    line = lines.line(lines.position(at).line)
    lang = language_of(path) or "en"
    index = resources(settings).term_index("ru" if lang == "en" else lang)
    here = Span(at - line.start, at - line.start + 1)
    met = [found for found in index.find(line.of(text), lang) if found.span.overlaps(here)]
    if not met:
        return None
    longest = max(met, key=lambda found: len(found.span)).span
    entries = {found.concept.id: entry(found.concept) for found in met if found.span == longest}
    content = types.MarkupContent(types.MarkupKind.PlainText, "\n".join(entries.values()))
    return types.Hover(content, lines.range(longest.shifted(line.start)))


def actions(pairs: list[Checked], path: Path, within: types.Range, encoding: str, uri: Uri) -> list[types.CodeAction]:
    """Quick fixes for the findings that a range touches: suggestions in the right form."""
    found = []
    for one in touched(pairs, path, within, encoding):
        finding, target = one.finding, one.checked.examined.target if one.checked.examined else None
        if target is None:
            continue
        sure = finding.params.get("suggestion_sure") == "yes"
        for number, (span, whole) in enumerate(replacements(finding, target)):
            edit = types.TextEdit(Lines(target.text, encoding).range(span), whole)
            found.append(
                types.CodeAction(
                    f"«{flowing(span.of(target.text))}» → «{flowing(whole)}»",
                    types.CodeActionKind.QuickFix,
                    [diagnostic(one, path, encoding, uri)],
                    is_preferred=sure and not number,
                    edit=types.WorkspaceEdit({uri(one.checked.target): [edit]}),
                )
            )
    return found


def touched(pairs: list[Checked], path: Path, within: types.Range, encoding: str) -> Iterator[Told]:
    """The findings of a file that a range touches."""
    for checked in pairs:
        examined = checked.examined
        if examined is not None and examined.target is not None:
            lines = Lines((examined.source if path == checked.source else examined.target).text, encoding)
            start, end = lines.offset(within.start), lines.offset(within.end)
            for one in told(checked, path):
                if one.span.start <= end and one.span.end >= start:
                    yield one


def waivers(
    pairs: list[Checked], path: Path, within: types.Range, encoding: str, author: str
) -> Iterator[tuple[str, Told, str]]:
    """For the findings that a range touches: the title of an action, and the table it adds to the waivers."""
    for one in touched(pairs, path, within, encoding):
        finding, name = one.finding, one.checked.target.name
        fields = {"path": escape(name), "reason": NO_REASON, "author": author, "comment": finding.message}
        title = f"Waive here: {flowing(finding.message)}"
        yield title, one, waiver_table(fingerprint=one.fingerprint, rule=finding.rule, **fields)
        if finding.concept:
            title = f"Waive {finding.rule} of “{flowing(finding.concept)}” in {flowing(name)}"
            yield title, one, waiver_table(rule=finding.rule, concept=finding.concept, **fields)


def waiving(title: str, one: types.Diagnostic, edit: types.WorkspaceEdit) -> types.CodeAction:
    """The action that waives a finding."""
    return types.CodeAction(title, types.CodeActionKind.QuickFix, [one], edit=edit)
