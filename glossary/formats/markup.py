"""What the parts of the HTML report share."""

from collections.abc import Mapping
from html import escape

from glossary.text.display import flowing


def shown(text: str) -> str:
    """Text of a file for a page: nothing in it is markup, nothing reorders or hides what is read."""
    return escape(flowing(text))


def strip(counts: Mapping[str, int], width: str) -> str:
    """Findings as a bar, a part for each severity; `width` is a length of CSS."""
    parts, at = [], 0
    for severity, count in counts.items():
        if count:
            parts.append(f"<rect class='{severity}' x='{at}' width='{count}' height='1'/>")
            at += count
    said = ", ".join(f"{count} {severity}" for severity, count in counts.items() if count) or "no findings"
    return (
        f"<svg class='strip' style='width:{width}' viewBox='0 0 {at} 1' preserveAspectRatio='none' role='img' "
        f"aria-label='{said}'>{''.join(parts)}</svg>"
    )
