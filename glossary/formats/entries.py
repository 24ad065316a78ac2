"""An entry of the glossary as people read it."""

from glossary.terms.concepts import Concept
from glossary.text.display import flowing

MARKS = {"preferred": "✓", "admitted": "~", "forbidden": "✗", "other": "≠"}


def entry(concept: Concept) -> str:
    """One concept: its English, what it means, its renderings with reasons, note and source. Ends with a line feed."""
    lines = [f"{concept.en}  ({concept.id}, {concept.subject})"]
    if len(concept.english) > 1:
        lines.append(f"  also {', '.join(rendering.text for rendering in concept.english[1:])}")
    if concept.definition:
        lines.append(f"  {concept.definition}")
    for lang in ("ru", "uk"):
        for rendering in concept.of(lang):
            reason = f"  ({rendering.reason})" if rendering.reason else ""
            lines.append(f"  {lang} {MARKS[rendering.status]} {rendering.text}{reason}")
    for label, value in (("note", concept.note), ("source", concept.source)):
        if value:
            lines.append(f"  {label}: {value}")
    return "\n".join(flowing(line) for line in lines) + "\n"
