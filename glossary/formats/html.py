"""The report as one self-contained HTML file: no scripts, nothing loaded, everything of a text escaped."""

from collections.abc import Iterable
from html import escape
from itertools import groupby

from glossary import data
from glossary.examination import Examined
from glossary.findings import Finding, rules
from glossary.formats.text import MARKS, counted
from glossary.quotes.values import Provenance
from glossary.report import Summary, Unreadable
from glossary.text.display import flowing
from glossary.text.spans import Document, Span


def head(title: str) -> str:
    """The beginning of the file, styles included."""
    style = (data.FOLDER / "report.css").read_text(encoding="utf-8")
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        "<!DOCTYPE html>\n<html lang='en'><head><meta charset='utf-8'>"
        f"<meta http-equiv='Content-Security-Policy' content=\"{policy}\">"
        "<meta name='viewport' content='width=device-width, initial-scale=1'>"
        f"<title>{_text(title)}</title>\n<style>\n{style}</style></head>\n<body>\n<main>\n"
    )


def foot(total: Summary, signature: str) -> str:
    """The summary and the end of the file."""
    rows = []
    for (rule, severity), count in sorted(total.findings.items()):
        rows.append(
            f"<tr><td>{rules()[rule].code}</td><td>{rule}</td><td class='{severity}'>{severity}</td>"
            f"<td class='n'>{count}</td></tr>"
        )
    table = (
        f"<table><thead><tr><th>Code</th><th>Rule</th><th>Severity</th><th>Findings</th></tr></thead>"
        f"<tbody>{''.join(rows)}</tbody></table>"
        if rows
        else ""
    )
    pairs = f"{total.pairs} pair{'' if total.pairs == 1 else 's'}"
    failed = f", {total.unreadable} unreadable" if total.unreadable else ""
    return (
        f"<section class='summary'><h2>Summary</h2><p>{pairs}{failed}: {counted(total)}.</p>{table}"
        f"<p class='signature'>{_text(signature)}</p></section>\n</main>\n</body></html>\n"
    )


def _text(text: str) -> str:
    return escape(flowing(text))


def pair_section(examined: Examined) -> str:
    """One pair: both texts side by side, the findings of each bead below it, the chains of its quotes."""
    target = examined.target
    parts = [
        f"<section class='pair'><h2>{_text(examined.source.name)}"
        + (f" <span class='to'>⇄</span> {_text(target.name)}" if target else "")
        + f"</h2>\n<p class='counts'>{counted(Summary.of(examined))}</p>\n"
    ]
    if examined.unrelated:
        parts.append("<p class='warning'>These two texts do not seem to be renderings of each other.</p>\n")
    parts.append(_grid(examined))
    parts.append(_chains(examined))
    parts.append("</section>\n")
    return "".join(parts)


def _grid(examined: Examined) -> str:
    alignment = examined.alignment
    by_bead: dict[int | None, list[Finding]] = {}
    for bead, group in groupby(examined.findings, key=lambda finding: finding.bead):
        by_bead.setdefault(bead, []).extend(group)
    rows = [_finding(finding, examined) for finding in by_bead.get(None, ())]
    if alignment is None:
        return "".join(rows)
    terms = [Span(*use.source) for use in examined.terms], [Span(*use.target) for use in examined.terms if use.target]
    for number, bead in enumerate(alignment.beads):
        found = by_bead.get(number, [])
        source = _side(alignment.source, alignment.source_spans(number), [f.source for f in found], terms[0])
        target = _side(alignment.target, alignment.target_spans(number), [f.target for f in found], terms[1])
        doubtful = " doubtful" if bead.score < 0.8 else ""
        doubtful += " draft" if number in examined.drafts else ""
        said = f"<div class='origin'>draft: {_text(examined.drafts[number])}</div>" if number in examined.drafts else ""
        rows.append(
            f"<div class='bead{doubtful}'><span class='number' title='score {bead.score:.2f}'>{number + 1}</span>"
            f"<div lang='{alignment.source.lang}'>{source}</div>"
            f"<div lang='{alignment.target.lang}'>{target}{said}</div></div>\n"
        )
        rows += [_finding(finding, examined) for finding in found]
    return "".join(rows)


def _side(document: Document, sentences: Iterable[Span], found: Iterable[Span | None], terms: Iterable[Span]) -> str:
    shown = []
    for sentence in sentences:
        marks = [(span, "finding") for span in found if span and not span.contains(sentence)]
        marks += [(span, "term") for span in terms]
        shown.append(_marked(document.text, sentence, [m for m in marks if sentence.contains(m[0])]))
    return " ".join(shown) or "<span class='none'>no counterpart</span>"


def _marked(text: str, sentence: Span, marks: list[tuple[Span, str]]) -> str:
    """The sentence with the first of overlapping spans marked; findings before terms."""
    parts, at = [], sentence.start
    free = sorted(marks, key=lambda mark: (mark[1] != "finding", mark[0]))
    chosen: list[tuple[Span, str]] = []
    for span, kind in free:
        if len(span) and not any(span.overlaps(other) for other, _ in chosen):
            chosen.append((span, kind))
    for span, kind in sorted(chosen):
        parts.append(_text(text[at : span.start]))
        tag = "mark" if kind == "finding" else "i"
        parts.append(f"<{tag}>{_text(span.of(text))}</{tag}>")
        at = span.end
    parts.append(_text(text[at : sentence.end]))
    return "".join(parts)


def _finding(finding: Finding, examined: Examined) -> str:
    severity = str(finding.weight)
    suggestions = "".join(f"<li>{_text(text)}</li>" for text in finding.suggestions)
    evidence = []
    for item in finding.evidence:
        document = examined.source if item.side == "source" else examined.target
        if document is not None:
            words = _text(item.span.of(document.text))
            evidence.append(f"<li><q lang='{document.lang}'>{words}</q> {_text(item.note)}</li>")
    return (
        f"<div class='note {severity}'><b>{MARKS[finding.weight]} {severity}</b> "
        f"<code>{finding.code} {finding.rule}</code> {_text(finding.message)}"
        + (f"<ul class='suggestions'>{suggestions}</ul>" if suggestions else "")
        + (f"<ul class='evidence'>{''.join(evidence)}</ul>" if evidence else "")
        + "</div>\n"
    )


def _chains(examined: Examined) -> str:
    rows = []
    for quote in examined.quotes.source:
        if quote.provenance is not None and quote.provenance.translations > 1:
            words = _text(quote.span.of(examined.source.text))
            speaker = f" — {_text(quote.speaker)}" if quote.speaker else ""
            rows.append(f"<li><q>{words}</q>{speaker}{_drawn(quote.provenance)}</li>")
    return f"<h3>Chains</h3><ul class='chains'>{''.join(rows)}</ul>\n" if rows else ""


def _drawn(chain: Provenance) -> str:
    steps = "<span class='arrow'>→</span>".join(f"<span class='lang'>{_text(lang)}</span>" for lang in chain.path)
    hands = ", ".join(f"{_text(i.name)} ({i.role})" for i in chain.intermediaries)
    sure = "" if chain.confidence == "high" else " · likely"
    return f"<div class='chain'>{steps}</div><div class='hands'>{hands}{sure}</div>"


def unreadable_section(failure: Unreadable) -> str:
    """A pair that could not be read."""
    return (
        f"<section class='pair'><h2>{_text(failure.id)}</h2><div class='note error'><b>✗ unreadable</b> "
        f"{_text(failure.where)}: {_text(failure.what)}; {_text(failure.next_step)}</div></section>\n"
    )
