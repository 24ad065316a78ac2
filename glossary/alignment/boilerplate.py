"""What a copied news page holds besides the article: links, share buttons, picture credits, calls for comments."""

import re
from collections.abc import Callable, Sequence
from functools import cache

from glossary import data
from glossary.text.recent import recent
from glossary.text.spans import Document

LONGEST = 200


@recent(1 << 12)
def boilerplate(sentence: str, lang: str) -> str | None:
    """What kind of boilerplate a sentence is, None if it belongs to the article.

    >>> boilerplate("Leave a comment", "en"), boilerplate("Читайте также: как это было", "ru")
    ('comments', 'link to another article')
    >>> boilerplate("Read the room, the general said.", "en")
    """
    if len(sentence) > LONGEST:
        return None
    for kind, longest, finds in _patterns(lang) + (_patterns("en") if lang != "en" else ()):
        if len(sentence) <= longest and finds(sentence):
            return kind
    return None


def kinds(document: Document, units: Sequence[int]) -> list[int]:
    """For each of these sentences the number of its kind of boilerplate, 0 for the article itself."""
    found = [boilerplate(document.sentence(unit), document.lang) for unit in units]
    return [0 if kind is None else _numbers()[kind] for kind in found]


@cache
def _numbers() -> dict[str, int]:
    """The kinds, numbered from one."""
    return {
        name: number for number, name in enumerate(sorted({row["kind"] for row in data.rows("boilerplate.csv")}), 1)
    }


@cache
def _patterns(lang: str) -> tuple[tuple[str, int, Callable[[str], re.Match[str] | None]], ...]:
    """Of each pattern the kind it finds, the longest sentence it is for, and how it is looked for."""
    found = []
    for row in data.rows("boilerplate.csv"):
        if row["lang"] == lang:
            pattern = re.compile(row["pattern"], re.IGNORECASE)
            finds = pattern.match if row["pattern"].startswith("^") else pattern.search
            found.append((row["kind"], int(row["longest"]), finds))
    return tuple(found)
