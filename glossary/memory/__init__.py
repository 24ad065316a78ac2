"""What was rendered before: quotes and their renderings, sentences, decisions; one SQLite file on the user's machine.

>>> from glossary import memory
>>> with memory.open_memory(None) as opened:
...     memory.add(opened, memory.Article("a", "en", "ru", units=(memory.Unit("He left.", "Он ушёл."),)))
...     [found.target for found in memory.suggest(opened, "He left.", "ru")]
True
['Он ушёл.']
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from glossary.memory.archive import Match, archive_findings, mentions, originals, search
    from glossary.memory.exchange import export_lines, import_lines
    from glossary.memory.forgetting import Forgotten, forget
    from glossary.memory.gathering import gathered
    from glossary.memory.rescue import Repaired, repair
    from glossary.memory.shelves import Stock, add, stock
    from glossary.memory.store import DamageError, Memory, open_memory
    from glossary.memory.translations import Suggestion, kept_units, suggest
    from glossary.memory.values import Article, Decision, KeptQuote, Original, Unit
    from glossary.memory.verdicts import consulted, decide, decisions, retract, spoken_in

_HOMES = {
    **dict.fromkeys(("Match", "archive_findings", "mentions", "originals", "search"), "archive"),
    **dict.fromkeys(("consulted", "decide", "decisions", "retract", "spoken_in"), "verdicts"),
    **dict.fromkeys(("export_lines", "import_lines"), "exchange"),
    **dict.fromkeys(("Forgotten", "forget"), "forgetting"),
    "gathered": "gathering",
    **dict.fromkeys(("Repaired", "repair"), "rescue"),
    **dict.fromkeys(("Stock", "add", "stock"), "shelves"),
    **dict.fromkeys(("DamageError", "Memory", "open_memory"), "store"),
    **dict.fromkeys(("Suggestion", "kept_units", "suggest"), "translations"),
    **dict.fromkeys(("Article", "Decision", "KeptQuote", "Original", "Unit"), "values"),
}

__all__ = [
    "Article",
    "DamageError",
    "Decision",
    "Forgotten",
    "KeptQuote",
    "Match",
    "Memory",
    "Original",
    "Repaired",
    "Stock",
    "Suggestion",
    "Unit",
    "add",
    "archive_findings",
    "consulted",
    "decide",
    "decisions",
    "export_lines",
    "forget",
    "gathered",
    "import_lines",
    "kept_units",
    "mentions",
    "open_memory",
    "originals",
    "repair",
    "retract",
    "spoken_in",
    "search",
    "stock",
    "suggest",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'glossary.memory' has no attribute {name!r}")
    return getattr(import_module(f"glossary.memory.{_HOMES[name]}"), name)
