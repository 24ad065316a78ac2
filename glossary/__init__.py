"""Tolmach without a screen: alignment, military terms, quotes and figures of English news and its renderings.

Public names are resolved when first used, so that importing the package costs nothing: `tolmach --version` must not
wait for a dictionary.

    >>> import glossary
    >>> source = glossary.document("The tank fired twice.", "en")
    >>> target = glossary.document("Танк выстрелил дважды.", "ru")
    >>> [bead.paired for bead in glossary.align(source, target).beads]
    [True]
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from glossary.version import __version__

if TYPE_CHECKING:
    from glossary.alignment import align
    from glossary.alignment.beads import Alignment, Bead, Pin
    from glossary.errors import TolmachError
    from glossary.examination import Examined, Resources, collate, examine
    from glossary.files.documents import read
    from glossary.files.glossaries import load_glossary
    from glossary.findings import Evidence, Finding, Rule, Severity, rules
    from glossary.project import Pair, Project
    from glossary.quotes import find_quotes
    from glossary.quotes.values import Cluster, Provenance, Quote
    from glossary.report import Report
    from glossary.service import check
    from glossary.terms.concepts import Concept, Glossary, Rendering, TermUse
    from glossary.text.segment import document
    from glossary.text.spans import Document, Paragraph, Sentence, Span

_HOMES = {
    "align": "alignment",
    **dict.fromkeys(("Alignment", "Bead", "Pin"), "alignment.beads"),
    **dict.fromkeys(("Examined", "Resources", "collate", "examine"), "examination"),
    "TolmachError": "errors",
    "read": "files.documents",
    "load_glossary": "files.glossaries",
    **dict.fromkeys(("Evidence", "Finding", "Rule", "Severity", "rules"), "findings"),
    **dict.fromkeys(("Pair", "Project"), "project"),
    "find_quotes": "quotes",
    **dict.fromkeys(("Cluster", "Provenance", "Quote"), "quotes.values"),
    "Report": "report",
    "check": "service",
    **dict.fromkeys(("Concept", "Glossary", "Rendering", "TermUse"), "terms.concepts"),
    "document": "text.segment",
    **dict.fromkeys(("Document", "Paragraph", "Sentence", "Span"), "text.spans"),
}

__all__ = [
    "__version__",
    "align",
    "Alignment",
    "Bead",
    "Pin",
    "Examined",
    "Resources",
    "collate",
    "examine",
    "TolmachError",
    "read",
    "load_glossary",
    "Evidence",
    "Finding",
    "Rule",
    "Severity",
    "rules",
    "Pair",
    "Project",
    "find_quotes",
    "Cluster",
    "Provenance",
    "Quote",
    "Report",
    "check",
    "Concept",
    "Glossary",
    "Rendering",
    "TermUse",
    "document",
    "Document",
    "Paragraph",
    "Sentence",
    "Span",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'glossary' has no attribute {name!r}")
    return getattr(import_module(f"glossary.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
