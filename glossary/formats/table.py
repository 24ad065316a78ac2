"""Findings as a CSV table for a spreadsheet: one row for each finding (RFC 4180, with a byte order mark for Excel).

A cell that a spreadsheet would take for a formula gets an apostrophe in front (OWASP, "CSV injection"): taking it away
gives the text back. A dash that opens Russian or Ukrainian speech is no minus and stays as it is.
"""

import csv
import io
from collections.abc import Iterable, Sequence

from glossary.examination import Examined
from glossary.formats.places import Places, relative
from glossary.report import Unreadable, fingerprints
from glossary.text.display import flowing

COLUMNS = (
    *("id", "severity", "code", "rule", "concept", "file", "line", "column", "source", "target", "message"),
    *("suggestions", "fingerprint"),
)
_STARTS = tuple("=+-@＝＋－＠")
_SKIPPED = " '\"\u00a0\u3000"


def guarded(cell: str) -> str:
    """A cell that no spreadsheet computes.

    >>> guarded('=HYPERLINK("http://x")'), guarded("— Да, — сказал он."), guarded("'12")
    ('\\'=HYPERLINK("http://x")', '— Да, — сказал он.', "''12")
    """
    return f"'{cell}" if cell.startswith("'") or cell.lstrip(_SKIPPED).startswith(_STARTS) else cell


def begin() -> str:
    """The byte order mark and the header."""
    return "\ufeff" + rows([COLUMNS])


def rows(cells: Iterable[Sequence[str]]) -> str:
    """Rows of guarded cells, control characters made visible."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([guarded(flowing(cell)) for cell in row] for row in cells)
    return out.getvalue()


def findings(examined: Examined) -> str:
    """The rows of one pair."""
    places = Places(examined)
    found = []
    for finding, mark in zip(examined.findings, fingerprints(examined), strict=True):
        place = places.of(finding)
        source, target = places.on("source", finding.source), places.on("target", finding.target)
        found.append(
            (
                *(examined.pair.id, str(finding.weight), finding.code, finding.rule, finding.concept or ""),
                *(relative(place.document.name), str(place.line), str(place.column)),
                *(source.words if source else "", target.words if target else "", finding.message),
                *(" | ".join(finding.suggestions), mark),
            )
        )
    return rows(found)


def unreadable(failure: Unreadable) -> str:
    """The row of a pair that could not be read."""
    said = f"{failure.what}; {failure.next_step}"
    return rows([(failure.id, "error", "", "unreadable", "", failure.where, "", "", "", "", said, "", "")])
