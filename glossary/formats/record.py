"""An examined pair as the JSON object of contract §4."""

import json
from collections.abc import Iterable
from typing import Any

from glossary.examination import Examined
from glossary.findings import Finding
from glossary.quotes.values import Provenance, Quote, QuoteStudy
from glossary.report import Summary, Unreadable, fingerprints
from glossary.text.spans import Span

SCHEMA = 1
Record = dict[str, Any]


def one_line(value: Record) -> str:
    """A value as JSON without line breaks; half of a surrogate pair is written as its escape."""
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "backslashreplace").decode("utf-8")


def full(examined: Examined) -> Record:
    """Everything `check` reports of a pair."""
    return {
        **_head(examined),
        "beads": beads(examined),
        "terms": [
            {
                "concept": use.concept,
                "source": list(use.source),
                "target": list(use.target) if use.target else None,
                "bead": use.bead,
                "status": use.status,
            }
            for use in examined.terms
        ],
        "quotes": quotes(examined.quotes),
        "clusters": clusters(examined.quotes),
        "findings": findings(examined),
    }


def alignment_only(examined: Examined) -> Record:
    """What `align` reports of a pair."""
    return {**_head(examined), "beads": beads(examined)}


def quotes_only(examined: Examined) -> Record:
    """What `quotes` reports of a pair."""
    return {
        **_head(examined),
        "quotes": quotes(examined.quotes),
        "clusters": clusters(examined.quotes),
        "findings": findings(examined),
    }


def unreadable(failure: Unreadable) -> Record:
    """The error record of a pair that could not be read."""
    error = {"what": failure.what, "where": failure.where, "next_step": failure.next_step}
    return {"schema": SCHEMA, "id": failure.id, "error": error}


def summary(total: Summary, signature: str) -> Record:
    """The last line of JSONL, and the `summary` of JSON."""
    by_rule: dict[str, dict[str, int]] = {}
    for (rule, severity), count in sorted(total.findings.items()):
        by_rule.setdefault(rule, {})[severity] = count
    counts = {"pairs": total.pairs, "unreadable": total.unreadable, "unrelated": total.unrelated, "beads": total.beads}
    return {"schema": SCHEMA, "summary": {**counts, "findings": by_rule, "signature": signature}}


def _head(examined: Examined) -> Record:
    head: Record = {
        "schema": SCHEMA,
        "id": examined.pair.id,
        "source": {"name": examined.source.name, "lang": examined.source.lang},
    }
    if examined.target is not None:
        head["target"] = {"name": examined.target.name, "lang": examined.target.lang}
    if examined.unrelated:
        head["unrelated"] = True
    return head


def _span(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]


def beads(examined: Examined) -> list[Record]:
    """The beads with one span per sentence; those of an unconfirmed draft say where it is from."""
    alignment = examined.alignment
    if alignment is None:
        return []
    return [
        {
            "source": [_span(span) for span in alignment.source_spans(number)],
            "target": [_span(span) for span in alignment.target_spans(number)],
            "score": round(bead.score, 4),
            "pinned": bead.pinned,
            **({"draft": examined.drafts[number]} if number in examined.drafts else {}),
        }
        for number, bead in enumerate(alignment.beads)
    ]


def quotes(study: QuoteStudy) -> Record:
    """Both sides' quotes and the links between them."""
    return {
        "source": [_quote(quote) for quote in study.source],
        "target": [_quote(quote) for quote in study.target],
        "links": [[source, list(targets)] for source, targets in study.links],
    }


def clusters(study: QuoteStudy) -> list[Record]:
    """The clusters of source quotes."""
    return [{"kind": cluster.kind, "quotes": list(cluster.quotes)} for cluster in study.clusters]


def _quote(quote: Quote) -> Record:
    return {
        "n": quote.n,
        "span": _span(quote.span),
        "level": quote.level,
        "kind": quote.kind,
        "closed": quote.closed,
        "speaker": quote.speaker,
        "cluster": quote.cluster,
        "provenance": _provenance(quote.provenance),
    }


def _provenance(chain: Provenance | None) -> Record | None:
    if chain is None:
        return None
    return {
        "speaker_lang": chain.speaker_lang,
        "origin": chain.origin,
        "confidence": chain.confidence,
        "intermediaries": [{"name": i.name, "lang": i.lang, "role": i.role} for i in chain.intermediaries],
        "handovers": chain.handovers,
        "path": list(chain.path),
        "translations": chain.translations,
        "verdict": chain.verdict,
        "cues": [_span(cue) for cue in chain.cues],
    }


def findings(examined: Examined) -> list[Record]:
    """The findings with their messages and fingerprints."""
    marks = fingerprints(examined)
    return [_finding(finding, mark) for finding, mark in zip(examined.findings, marks, strict=True)]


def _finding(finding: Finding, mark: str) -> Record:
    return {
        "code": finding.code,
        "rule": finding.rule,
        "severity": str(finding.weight),
        "bead": finding.bead,
        "source": _span(finding.source),
        "target": _span(finding.target),
        "message": finding.message,
        "concept": finding.concept,
        "suggestions": list(finding.suggestions),
        "evidence": [{"side": e.side, "span": _span(e.span), "note": e.note} for e in finding.evidence],
        "fingerprint": mark,
    }


def fingerprints_of(records: Iterable[Record]) -> list[str]:
    """The fingerprints in finished records, for a baseline."""
    return sorted({finding["fingerprint"] for record in records for finding in record.get("findings", ())})
