"""Which sentences of a rendering render which of the original.

`align` is the way in; `Alignment` and `Bead` are what comes out.
"""

from glossary.alignment.aligner import align
from glossary.alignment.beads import Alignment, Bead
from glossary.alignment.lexicon import Lexicon

__all__ = ["Alignment", "Bead", "Lexicon", "align"]
