"""The report for people and for grep: findings grouped by bead, both sides excerpted.

Every finding is one line `place: severity CODE rule: message`; what belongs to it is indented below. Colours are ANSI
and only added on request; nothing of a text reaches the terminal except through glossary.text.display.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby
from textwrap import wrap

from glossary.examination import Examined
from glossary.findings import Finding, Severity
from glossary.quotes.values import Provenance
from glossary.report import Summary, Unreadable
from glossary.terms.euphony import replacements
from glossary.text.display import flowing, many, safe
from glossary.text.spans import Document, Span

WIDTH = 100
_OPEN, _CLOSE = "\ue000", "\ue001"  # stand for the marks while a line is wrapped; never in shown text
MARKS = {Severity.ERROR: "✗", Severity.WARNING: "!", Severity.INFO: "·"}
_CODES = {"error": "31;1", "warning": "33", "info": "36", "dim": "2", "bold": "1", "under": "4;1", "score": "32"}


def paint(text: str, style: str, colour: bool) -> str:
    """`text` in a style if `colour` is wanted."""
    return f"\x1b[{_CODES[style]}m{text}\x1b[0m" if colour else text


def pair_report(examined: Examined, colour: bool = False) -> str:
    """The findings of one pair."""
    lines = [_title(examined, colour)]
    for bead, group in groupby(examined.findings, key=lambda finding: finding.bead):
        lines.append("")
        if bead is not None:
            members = list(group)
            lines += _bead_lines(examined, bead, members, colour)
            group = iter(members)
        for finding in group:
            lines += _finding_lines(finding, examined, colour)
    if not examined.findings:
        lines.append("  nothing to report")
    return "\n".join(lines) + "\n"


def _title(examined: Examined, colour: bool, found: bool = True) -> str:
    """Names, languages and beads, what was `found` if that was looked for, and whether the texts belong together."""
    source, target = examined.source, examined.target
    names = safe(source.name) + (f" ⇄ {safe(target.name)}" if target else "")
    langs = source.lang + (f" → {target.lang}" if target else "")
    beads = f" · {many(len(examined.alignment.beads), 'bead')}" if examined.alignment else ""
    said = f" · {counted(Summary.of(examined))}" if found else ""
    return f"{paint(names, 'bold', colour)}\n  {langs}{beads}{said}{_unrelated(examined, colour)}"


def _unrelated(examined: Examined, colour: bool) -> str:
    said = "  these two texts do not seem to be renderings of each other"
    return f"\n{paint(said, 'warning', colour)}" if examined.unrelated else ""


def counted(summary: Summary) -> str:
    """Findings by severity, in words."""
    names = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
    counts = [(summary.count(severity), name) for severity, name in names.items()]
    return ", ".join(many(count, name) for count, name in counts if count) or "no findings"


def pairs_read(total: Summary) -> str:
    """How many pairs were read, in words, and how many could not be."""
    failed = f", {total.unreadable} unreadable" if total.unreadable else ""
    return f"{many(total.pairs, 'pair')}{failed}"


def _bead_lines(examined: Examined, bead: int, members: Sequence[Finding], colour: bool) -> list[str]:
    alignment = examined.alignment
    if alignment is None:
        return []
    sure = f"score {alignment.beads[bead].score:.2f}{_draft(examined, bead)}"
    lines = [paint(f"── bead {bead + 1} · {sure} ".ljust(WIDTH, "─"), "dim", colour)]
    for document, spans, marked in (
        (alignment.source, alignment.source_spans(bead), [f.source for f in members if f.source]),
        (alignment.target, alignment.target_spans(bead), [f.target for f in members if f.target]),
    ):
        if not spans:
            lines.append(f"  {document.lang}  {paint('(no counterpart)', 'dim', colour)}")
        for number, span in enumerate(spans):
            label = document.lang if number == 0 else "  "
            lines += _excerpt(document, span, marked, label, colour)
    return lines


def _draft(examined: Examined, bead: int) -> str:
    """That a bead is an unconfirmed draft, and where that is from; empty if it is none."""
    return f" · draft: {flowing(examined.drafts[bead])}" if bead in examined.drafts else ""


def _excerpt(document: Document, sentence: Span, marked: Iterable[Span], label: str, colour: bool) -> list[str]:
    """A sentence wrapped, the spans of its findings in ⟦ ⟧ (underlined instead when there are colours)."""
    text = flowing(sentence.of(document.text))
    last = len(text)
    for span in sorted({s for s in marked if s.overlaps(sentence) and not s.contains(sentence)}, reverse=True):
        start, end = max(0, span.start - sentence.start), min(span.end - sentence.start, last)
        if start < end:
            text = f"{text[:start]}{_OPEN}{text[start:end]}{_CLOSE}{text[end:]}"
            last = start
    lines = wrap(text, WIDTH - 6, break_on_hyphens=False) or [""]
    shown, inside = list[str](), False
    for number, line in enumerate(lines):
        begun = inside
        inside = line.rfind(_OPEN) > line.rfind(_CLOSE) or (inside and _CLOSE not in line)
        if colour:
            line = (_OPEN if begun else "") + line + (_CLOSE if inside else "")
        opening, closing = ("\x1b[4;1m", "\x1b[0m") if colour else ("⟦", "⟧")
        shown.append(f"  {label if number == 0 else '  '}  {line.replace(_OPEN, opening).replace(_CLOSE, closing)}")
    return shown


def _finding_lines(finding: Finding, examined: Examined, colour: bool) -> list[str]:
    severity = str(finding.weight)
    mark = paint(f"{MARKS[finding.weight]} {severity}", severity, colour)
    head = f"{place(finding, examined)}: {mark} {finding.code} {finding.rule}: {flowing(finding.message)}"
    lines = [head]
    if offers := offers_of(finding, examined.target):
        lines.append(f"      → {' | '.join(map(flowing, offers))}")
    for evidence in finding.evidence[:8]:
        document = examined.source if evidence.side == "source" else examined.target
        if document is not None:
            words = _shortened(flowing(evidence.span.of(document.text)))
            lines.append(paint(f"      {document.lang} “{words}” {flowing(evidence.note)}".rstrip(), "dim", colour))
    return lines


def _shortened(text: str, limit: int = 90) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


def advised(finding: Finding, target: Document | None) -> str:
    """The message of a finding and what it suggests beside it, for formats that have one line for both."""
    offers = offers_of(finding, target)
    return finding.message + (f" → {' | '.join(offers)}" if offers else "")


def offers_of(finding: Finding, target: Document | None) -> list[str]:
    """The first suggestions of a finding that its message does not hold already, as they will stand in the target."""
    put_in = replacements(finding, target) if target is not None else ()
    offers = [text for _, text in put_in] or finding.suggestions
    return [text for text in offers[:4] if text not in finding.message]


def place(finding: Finding, examined: Examined) -> str:
    """`file:line:column` of a finding: in the target if it has a place there, else in the source."""
    if finding.target is not None and examined.target is not None:
        document, offset = examined.target, finding.target.start
    else:
        document, offset = examined.source, finding.source.start if finding.source else 0
    line, column = document.line_column(offset)
    return f"{safe(document.name)}:{line}:{column}"


def unreadable_report(failure: Unreadable, colour: bool = False) -> str:
    """One line for a pair that could not be read."""
    advice = f"; {safe(failure.next_step)}" if failure.next_step else ""
    return f"{safe(failure.where)}: {paint('✗ unreadable', 'error', colour)}: {safe(failure.what)}{advice}\n"


def summary_report(total: Summary, signature: str, colour: bool = False, found: bool = True) -> str:
    """The last lines of a report; `found`: whether findings were looked for."""
    said = f"{pairs_read(total)}: {counted(total)}" if found else pairs_read(total)
    return f"\n{paint(said, 'bold', colour)}\n{paint(signature, 'dim', colour)}\n"


def chain(provenance: Provenance) -> str:
    """A chain as it is drawn: `ru → uk → en → ru`, with the hands it went through."""
    hands = ", ".join(f"{i.name} ({i.role})" for i in provenance.intermediaries)
    return " → ".join(provenance.path) + (f"  via {hands}" if hands else "")


def quotes_report(examined: Examined, colour: bool = False) -> str:
    """The quotes of a pair with their links, speakers and chains."""
    study = examined.quotes
    links = dict(study.links)
    lines = [_title(examined, colour), ""]
    for quote in study.source:
        words = _shortened(flowing(quote.span.of(examined.source.text)))
        speaker = f" — {flowing(quote.speaker)}" if quote.speaker else ""
        lines.append(f"{quote.n:3d} {paint(quote.kind, 'dim', colour)} “{words}”{speaker}")
        for number in links.get(quote.n, ()):
            target = examined.target
            if target is not None:
                lines.append(f"      {target.lang} “{_shortened(flowing(study.target[number].span.of(target.text)))}”")
        if quote.provenance is not None and quote.provenance.translations:
            lines.append(f"      {flowing(chain(quote.provenance))} · {quote.provenance.verdict}")
    for cluster in study.clusters:
        lines.append(f"    {cluster.kind}: quotes {', '.join(map(str, cluster.quotes))}")
    lines.append("")
    for finding in examined.findings:
        lines += _finding_lines(finding, examined, colour)
    return "\n".join(lines) + "\n"


def alignment_report(examined: Examined, colour: bool = False) -> str:
    """The beads side by side, readable at 100 columns."""
    alignment = examined.alignment
    if alignment is None:
        return ""
    half = (WIDTH - 12) // 2
    lines = [_title(examined, colour, found=False)]
    for number, bead in enumerate(alignment.beads):
        left, right = (
            wrap(flowing(" ".join(span.of(document.text) for span in spans)), half) or ["—"]
            for document, spans in (
                (alignment.source, alignment.source_spans(number)),
                (alignment.target, alignment.target_spans(number)),
            )
        )
        if said := _draft(examined, number):
            right.append(said.strip())
        for row in range(max(len(left), len(right))):
            label = f"{number + 1:4d} {bead.score:.2f} " if row == 0 else " " * 10
            one = left[row] if row < len(left) else ""
            other = right[row] if row < len(right) else ""
            lines.append(f"{paint(label, 'dim', colour)}{one.ljust(half)} │ {other}".rstrip())
    return "\n".join(lines) + "\n"
