"""Words somebody said: where they are, whose they are, how they were rendered, and the way they came."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from glossary.quotes.extraction import find_quotes
    from glossary.quotes.studies import study
    from glossary.quotes.values import Cluster, Intermediary, Provenance, Quote, QuoteStudy

_HOMES = {
    "find_quotes": "extraction",
    "study": "studies",
    **dict.fromkeys(("Cluster", "Intermediary", "Provenance", "Quote", "QuoteStudy"), "values"),
}

__all__ = ["Cluster", "Intermediary", "Provenance", "Quote", "QuoteStudy", "find_quotes", "study"]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'glossary.quotes' has no attribute {name!r}")
    return getattr(import_module(f"glossary.quotes.{_HOMES[name]}"), name)
