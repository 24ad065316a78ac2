"""Which findings and rows are shown: everything, what needs work, or one family of findings. Pure."""

from collections.abc import Collection, Iterable

from glossary.alignment.beads import Alignment
from glossary.findings import Finding, Severity
from tui.painting import DOUBTFUL
from tui.rows import bead_of

ALL = "all"
FILTERS: tuple[tuple[str, str], ...] = (
    (ALL, "everything"),
    ("work", "what needs work"),
    ("errors", "errors"),
    ("terms", "terms"),
    ("quotes", "quotes"),
    ("figures", "figures, names and letters"),
    ("alignment", "the alignment"),
)
NAMES = dict(FILTERS)
_FAMILIES = {
    "terms": ("term-",),
    "quotes": ("quote-",),
    "figures": ("number-", "name-", "mixed-", "hidden-"),
    "alignment": ("untranslated", "added", "doubtful-"),
}


def keeps(name: str, finding: Finding) -> bool:
    """Whether a filter shows this finding."""
    if name == "work":
        return finding.weight >= Severity.WARNING
    if name == "errors":
        return finding.weight >= Severity.ERROR
    return name not in _FAMILIES or finding.rule.startswith(_FAMILIES[name])


def rows_of(name: str, alignment: Alignment, findings: Iterable[Finding]) -> frozenset[int] | None:
    """The rows a filter shows, None for all; `findings` are those it keeps. Doubtful beads are work, too."""
    if name == ALL:
        return None
    rows = {bead_of(finding, alignment) for finding in findings}
    if name in ("work", "alignment"):
        rows.update(n for n, bead in enumerate(alignment.beads) if bead.score < DOUBTFUL and not bead.pinned)
    return frozenset(row for row in rows if row is not None)


def neighbour(row: int, visible: Collection[int] | None, count: int) -> int:
    """The row itself if it is shown, else the next one that is, else the one before."""
    row = max(0, min(row, count - 1))
    if not visible or row in visible:
        return row
    return min(visible, key=lambda other: (other < row, abs(other - row)))


def stepped(row: int, by: int, visible: Collection[int] | None, count: int) -> int:
    """The row `by` shown rows further on; at the edge the last one there."""
    if visible is None:
        return max(0, min(row + by, count - 1))
    ahead = sorted((other for other in visible if (other > row if by > 0 else other < row)), reverse=by < 0)
    return ahead[min(abs(by), len(ahead)) - 1] if ahead and by else row
