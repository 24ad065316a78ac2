"""One pair of the HTML report: both texts side by side, findings marked in place, their messages beside them.

Where a bead has several findings, marks and notes are numbered. A bead and a pair have the classes of the severities
and rules in them (`in-error`, `in-F101`), by which the filters choose.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from glossary.examination import Examined
from glossary.findings import Finding, Severity
from glossary.formats.bitext import SURE
from glossary.formats.chains import chains
from glossary.formats.markup import shown, strip
from glossary.formats.places import relative
from glossary.formats.text import counted, offers_of
from glossary.report import Summary, Unreadable
from glossary.text.spans import Document, Span

SEVERITIES = tuple(str(severity) for severity in reversed(Severity))
Marks = Sequence[tuple[Span, str]]


def pair_section(examined: Examined) -> str:
    """One pair, folded under its names and counts."""
    total, target = Summary.of(examined), examined.target
    names = shown(relative(examined.source.name))
    if target is not None:
        names += f" <span class='dim'>⇄</span> {shown(relative(target.name))}"
    counts = {str(severity): total.count(severity) for severity in reversed(Severity)}
    found = sum(counts.values())
    parts = [
        f"<details class='pair{_inside(examined.findings)}' style='--found:-{found}'><summary><h2>{names}</h2>"
        f"<span class='counts'>{counted(total)} {strip(counts, f'{min(found, 60) * 4}px')}</span></summary>\n"
    ]
    if examined.unrelated:
        parts.append("<p class='unrelated'>These two texts do not seem to be renderings of each other.</p>\n")
    parts.append(_beads(examined))
    parts.append(chains(examined))
    parts.append("</details>\n")
    return "".join(parts)


def unreadable_section(failure: Unreadable) -> str:
    """A pair that could not be read."""
    return (
        f"<details class='pair in-error' open style='--found:-1'><summary><h2>{shown(failure.id)}</h2>"
        f"<span class='counts'>unreadable</span></summary>"
        f"<div class='note error'><b>unreadable</b> {shown(failure.where)}: {shown(failure.what)}; "
        f"{shown(failure.next_step)}</div></details>\n"
    )


def _beads(examined: Examined) -> str:
    by_bead: dict[int | None, list[Finding]] = {}
    for finding in examined.findings:
        by_bead.setdefault(finding.bead, []).append(finding)
    rows = [_bead("", "", "", by_bead.pop(None), examined)] if None in by_bead else []
    alignment = examined.alignment
    if alignment is None:
        return "".join(rows)
    source, target = _plain_marks(examined)
    for number in range(len(alignment.beads)):
        found = by_bead.get(number, [])
        sides = (
            _side(alignment.source, alignment.source_spans(number), [f.source for f in found], found, source),
            _side(alignment.target, alignment.target_spans(number), [f.target for f in found], found, target),
        )
        draft = (
            f" <span class='draft'>draft: {shown(examined.drafts[number])}</span>" if number in examined.drafts else ""
        )
        rows.append(_bead(_label(examined, number), sides[0], sides[1] + draft, found, examined))
    return "".join(rows)


def _label(examined: Examined, number: int) -> str:
    assert examined.alignment is not None
    score = examined.alignment.beads[number].score
    doubt = f"<span class='doubt'>{score:.2f}</span>" if score < SURE else ""
    return f"<span class='number' title='bead {number + 1}, score {score:.2f}'>{number + 1}{doubt}</span>"


def _plain_marks(examined: Examined) -> tuple[Marks, Marks]:
    """Terms and quotes of both sides, in the order of their beginnings."""
    marks: tuple[list[tuple[Span, str]], list[tuple[Span, str]]] = ([], [])
    for use in examined.terms:
        marks[0].append((Span(*use.source), "term"))
        if use.target is not None:
            marks[1].append((Span(*use.target), "term"))
    for side, quotes in zip(marks, (examined.quotes.source, examined.quotes.target), strict=True):
        side += [(quote.span, "quote") for quote in quotes if quote.speech]
        side.sort()
    return marks


def _bead(label: str, source: str, target: str, found: Sequence[Finding], examined: Examined) -> str:
    several = len(found) > 1
    notes = "".join(_note(number if several else 0, finding, examined) for number, finding in enumerate(found, 1))
    langs = examined.source.lang, examined.target.lang if examined.target is not None else ""
    sides = f"<p class='source' lang='{langs[0]}'>{source}</p><p class='target' lang='{langs[1]}'>{target}</p>"
    notes = f"<div class='notes'>{notes}</div>" if notes else ""
    return f"<div class='bead{_inside(found) or ' clean'}'>{label}{sides if label else ''}{notes}</div>\n"


def _inside(found: Iterable[Finding]) -> str:
    """The classes of a part of the page with these findings in it."""
    names = [name for finding in found for name in (str(finding.weight), finding.code)]
    return "".join(f" in-{name}" for name in dict.fromkeys(names))


def _side(
    document: Document, sentences: Iterable[Span], spans: Iterable[Span | None], found: Sequence[Finding], plain: Marks
) -> str:
    """The sentences of one side, marked; `spans` are those of the findings on this side."""
    marks = [
        (span, f"{finding.weight} m{number if len(found) > 1 else 0}")
        for number, (span, finding) in enumerate(zip(spans, found, strict=True), 1)
        if span
    ]
    pieces = []
    for sentence in sentences:
        within = [mark for mark in marks if mark[0].overlaps(sentence) and not mark[0].contains(sentence)]
        within += [mark for mark in plain if mark[0].overlaps(sentence)]
        pieces.append(_marked(document.text, sentence, within))
    return " ".join(pieces) or "<span class='dim'>no counterpart</span>"


def _marked(text: str, sentence: Span, marks: Marks) -> str:
    """The sentence cut wherever a mark begins or ends; a piece has the classes of all marks over it."""
    cuts = {sentence.start, sentence.end}
    cuts.update(at for span, _ in marks for at in (span.start, span.end) if sentence.start < at < sentence.end)
    parts = []
    for start, end in pairwise(sorted(cuts)):
        over = [name for span, name in marks if span.start <= start and end <= span.end]
        words = shown(text[start:end])
        if over:
            tag = "mark" if any(name.startswith(SEVERITIES) for name in over) else "span"
            words = f"<{tag} class='{' '.join(dict.fromkeys(over))}'>{words}</{tag}>"
        ended = [name.rpartition(" m")[2] for span, name in marks if span.end == end and " m" in name]
        parts.append(words + "".join(f"<sup>{number}</sup>" for number in ended if number != "0"))
    return "".join(parts)


def _note(number: int, finding: Finding, examined: Examined) -> str:
    severity = str(finding.weight)
    offers = "".join(f"<li>{shown(text)}</li>" for text in offers_of(finding, examined.target))
    label = f"<sup>{number}</sup> " if number else ""
    return (
        f"<div class='note {severity} r-{finding.code}'>{label}<b>{severity}</b> "
        f"<span class='rule'>{finding.rule} {finding.code}</span> {shown(finding.message)}"
        + (f"<ul class='offers'>{offers}</ul>" if offers else "")
        + _evidence(finding, examined)
        + "</div>"
    )


def _evidence(finding: Finding, examined: Examined) -> str:
    rows = []
    for item in finding.evidence:
        document = examined.source if item.side == "source" else examined.target
        if document is not None:
            words = shown(item.span.of(document.text))
            rows.append(f"<li><q lang='{document.lang}'>{words}</q> {shown(item.note)}</li>")
    if not rows:
        return ""
    return f"<details class='why'><summary>why</summary><ul>{''.join(rows)}</ul></details>"
