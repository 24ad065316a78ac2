"""Which sentences of a rendering render which of the original.

`align` is the way in, `Alignment` with its beads what comes out; `findings` says what a translator should look at.
"""

from glossary.alignment.aligner import align
from glossary.alignment.beads import Alignment, Bead, Pin
from glossary.alignment.findings import findings, unrelated
from glossary.alignment.lexicon import Lexicon
from glossary.alignment.pins import changed

__all__ = ["Alignment", "Bead", "Lexicon", "Pin", "align", "changed", "findings", "unrelated"]
