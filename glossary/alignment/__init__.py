"""Which sentences of a rendering render which of the original.

`align` is the way in, `Alignment` with its beads what comes out; `findings` says what a translator should look at.
Names are resolved when first used: who only needs the values does not wait for the search.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from glossary.alignment.aligner import align
    from glossary.alignment.beads import Alignment, Bead, Pin
    from glossary.alignment.lexicon import Lexicon
    from glossary.alignment.pins import changed
    from glossary.alignment.reports import findings, unrelated

_HOMES = {
    "align": "aligner",
    **dict.fromkeys(("Alignment", "Bead", "Pin"), "beads"),
    "Lexicon": "lexicon",
    "changed": "pins",
    **dict.fromkeys(("findings", "unrelated"), "reports"),
}

__all__ = ["Alignment", "Bead", "Lexicon", "Pin", "align", "changed", "findings", "unrelated"]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'glossary.alignment' has no attribute {name!r}")
    return getattr(import_module(f"glossary.alignment.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
