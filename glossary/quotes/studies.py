"""All that is known of the quotes of a pair, put together."""

from dataclasses import replace

from glossary.alignment.beads import Alignment
from glossary.findings import Finding, order
from glossary.quotes.clusters import cluster_findings, find_clusters
from glossary.quotes.extraction import find_quotes
from glossary.quotes.integrity import integrity_findings, unclosed_findings
from glossary.quotes.links import find_links
from glossary.quotes.provenance import trace
from glossary.quotes.relays import provenance_findings
from glossary.quotes.values import Cluster, Quote, QuoteStudy
from glossary.text.recent import recent
from glossary.text.spans import Document


def study(
    source: Document, target: Document | None, alignment: Alignment | None, target_lang: str, profanity: str = "ask"
) -> QuoteStudy:
    """Quotes of both sides, links, clusters and findings; without a target only what the source alone tells.

    `target_lang` is the language rendered into (`ru` or `uk`), also when there is no target yet;
    `profanity` is the policy of the house: ask, keep or mask.
    """
    source_quotes, clusters, found = _of_source(source, target_lang)
    target_quotes: tuple[Quote, ...] = ()
    links: tuple[tuple[int, tuple[int, ...]], ...] = ()
    findings = list(found)
    if target is not None and alignment is not None:
        target_quotes = find_quotes(target)
        links = find_links(source_quotes, target_quotes, alignment)
        findings += unclosed_findings(target, target_quotes, "target")
        findings += integrity_findings(source_quotes, target_quotes, links, alignment, profanity)
        findings += cluster_findings(clusters, source, target, source_quotes, target_quotes, links, target_lang)
    return QuoteStudy(source_quotes, target_quotes, links, clusters, tuple(sorted(findings, key=order)))


@recent(4)
def _of_source(
    source: Document, target_lang: str
) -> tuple[tuple[Quote, ...], tuple[Cluster, ...], tuple[Finding, ...]]:
    """What the source alone tells: its quotes with their chains, their clusters, findings. Kept while the target is
    edited."""
    quotes = find_quotes(source)
    clusters = find_clusters(quotes, source)
    numbers = {n: number for number, cluster in enumerate(clusters) for n in cluster.quotes}
    traces = trace(source, quotes, target_lang)
    findings = unclosed_findings(source, quotes, "source")
    findings += provenance_findings(source, quotes, traces, target_lang)
    told = (replace(q, cluster=numbers.get(q.n), provenance=p) for q, p in zip(quotes, traces, strict=True))
    return tuple(told), clusters, findings
