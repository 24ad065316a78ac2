"""Searching the glossary and showing a concept: the content of the terms screen, as values."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from textual.content import Content

from glossary.terms.concepts import Concept, Glossary, TermUse
from glossary.terms.index import TermIndex
from glossary.text.normalise import fold
from tui.content import Part, composed
from tui.layouts import twin_text
from tui.safe_text import flowing
from tui.widgets.listing import Item
from tui.workspace import Workspace

_STATUS = {"preferred": "✓", "admitted": "✓", "forbidden": "✗", "other": "≠"}
_STYLE = {
    "preferred": "bold $text-success",
    "admitted": "$text-success",
    "forbidden": "$text-error",
    "other": "$text-muted",
}
_LANGUAGES = {"en": "English", "ru": "Russian", "uk": "Ukrainian"}
_CONTEXT = 34


def search(glossary: Glossary, query: str, indexes: Sequence[TermIndex]) -> tuple[Concept, ...]:
    """The concepts that `query` names, best first: in any inflected form by the indexes, those it renders rightly
    before those it does not, then by part of a term.

    A query typed on the wrong keyboard layout is found too. An empty query gives the whole glossary.
    """
    query = query.strip()
    if not query:
        return tuple(glossary.concepts)
    found: dict[str, Concept] = {}
    for text in dict.fromkeys((query, twin_text(query))):
        for index in indexes:
            for lang in ("en", index.target_lang):
                met = sorted(index.find(text, lang), key=lambda o: o.rendering.status in ("forbidden", "other"))
                found.update((o.concept.id, o.concept) for o in met)
        folded = _folded(text)
        ranked = sorted((_rank(folded, concept), n) for n, concept in enumerate(glossary.concepts))
        found.update((glossary.concepts[n].id, glossary.concepts[n]) for rank, n in ranked if rank < 9)
    return tuple(found.values())


def _rank(query: str, concept: Concept) -> int:
    """0 the term, 1 its beginning, 2 a word's beginning, 3 anywhere, 9 nowhere."""
    best = 9
    for term in (*concept.english, *concept.renderings):
        text = _folded(term.text)
        if text == query:
            return 0
        if text.startswith(query):
            best = min(best, 1)
        elif f" {query}" in text:
            best = min(best, 2)
        elif query in text or query == concept.id:
            best = min(best, 3)
    return best


def _folded(text: str) -> str:
    return fold(text, "uk").text.casefold()


def concept_item(concept: Concept, lang: str, uses: Iterable[TermUse]) -> Item:
    """A concept as one line: how often it is used here, English, preferred rendering."""
    count = sum(1 for _ in uses)
    rendering = concept.preferred(lang) or "—"
    return Item(((f"{count or '':>3} ", "accent"), (concept.en, ""), (" → ", "muted"), (rendering, "")))


def concept_detail(concept: Concept, langs: Sequence[str]) -> Content:
    """All renderings with their reasons, and where they are attested; `langs` in the order to show them."""
    parts: list[Part] = [(concept.en, "bold $accent"), (f"   {concept.subject}", "$text-muted")]
    variants = ", ".join(term.text for term in concept.english[1:])
    if variants:
        parts += ["\n", ("also  ", "$text-muted"), variants]
    if concept.definition:
        parts += ["\n", concept.definition]
    for lang in langs:
        renderings = concept.of(lang)
        if renderings:
            parts += ["\n\n", (_LANGUAGES.get(lang, lang), "$text-muted")]
        for rendering in renderings:
            parts += ["\n", (f" {_STATUS[rendering.status]} ", _STYLE[rendering.status])]
            style = f"{_STYLE[rendering.status]} strike" if rendering.status == "forbidden" else ""
            parts.append((rendering.text, style) if style else rendering.text)
            if rendering.status in ("forbidden", "other"):
                word = "another sense" if rendering.status == "other" else "wrong"
                parts.append((f"  {word}{': ' + rendering.reason if rendering.reason else ''}", "$text-muted"))
    for label, text in (("note", concept.note), ("source", concept.source), ("checked", concept.checked)):
        if text:
            parts += ["\n", "\n" if label == "note" else "", (f"{label}  ", "$text-muted"), text]
    return composed(*parts)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A use in this article: the row, and both sides in context with the keyword set off."""

    row: int
    source: tuple[str, str, str]
    target: tuple[str, str, str] | None
    status: str


def occurrences(workspace: Workspace, concept: str) -> tuple[Occurrence, ...]:
    """The uses of a concept in this article, keyword in context."""
    if workspace.examined is None:
        return ()
    source, target = workspace.source.text, workspace.target.text if workspace.target else ""
    return tuple(
        Occurrence(
            use.bead, _context(source, use.source), _context(target, use.target) if use.target else None, use.status
        )
        for use in workspace.examined.terms
        if use.concept == concept
    )


def _context(text: str, place: tuple[int, int]) -> tuple[str, str, str]:
    start, end = place
    before = flowing(text[max(0, start - _CONTEXT) : start])
    return f"{before:>{_CONTEXT}}", flowing(text[start:end]), flowing(text[end : end + _CONTEXT])


def occurrence_items(found: Iterable[Occurrence]) -> list[Item]:
    """Two lines for each use: the source, and the target or what is missing."""
    items: list[Item] = []
    kinds = {"forbidden": "error", "missing": "warning", "possible": "info", "other-sense": "muted"}
    for use in found:
        left, word, right = use.source
        items.append(Item(((f"{use.row + 1:>4} ", "muted"), (left, "muted"), (word, "accent"), (right, "muted"))))
        kind = kinds.get(use.status, "accent")
        if use.target is None:
            items.append(Item((("     ", ""), (f"{use.status:>{_CONTEXT}}", kind))))
        else:
            left, word, right = use.target
            items.append(Item((("     ", ""), (left, "muted"), (word, kind), (right, "muted"))))
    return items


Search = Callable[[str], tuple[Concept, ...]]
