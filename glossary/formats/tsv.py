"""An alignment as tab-separated values: one bead a line, white space inside a side folded to single spaces."""

from glossary.examination import Examined
from glossary.text.drafted import mark

HEADER = "source\ttarget\tscore\tpinned\n"


def alignment_rows(examined: Examined) -> str:
    """One line per bead: source text, target text (with its mark if it is a draft), score, pinned (0 or 1)."""
    alignment = examined.alignment
    if alignment is None:
        return ""
    lines = []
    for number, bead in enumerate(alignment.beads):
        source = " ".join(" ".join(s.of(alignment.source.text) for s in alignment.source_spans(number)).split())
        target = " ".join(" ".join(s.of(alignment.target.text) for s in alignment.target_spans(number)).split())
        if number in examined.drafts:
            target = f"{mark(examined.drafts[number])} {target}"
        lines.append(f"{source}\t{target}\t{bead.score:.4f}\t{int(bead.pinned)}\n")
    return "".join(lines)
