"""What a copied news page holds besides the article: links, share buttons, picture credits, calls for comments."""

import re
from functools import cache

from glossary import data


def boilerplate(sentence: str, lang: str) -> str | None:
    """What kind of boilerplate a sentence is, None if it belongs to the article.

    >>> boilerplate("Leave a comment", "en"), boilerplate("Читайте также: как это было", "ru")
    ('comments', 'link to another article')
    >>> boilerplate("Read the room, the general said.", "en")
    """
    for kind, longest, pattern in _patterns(lang) + (_patterns("en") if lang != "en" else ()):
        if len(sentence) <= longest and pattern.search(sentence):
            return kind
    return None


@cache
def _patterns(lang: str) -> tuple[tuple[str, int, re.Pattern[str]], ...]:
    return tuple(
        (row["kind"], int(row["longest"]), re.compile(row["pattern"], re.IGNORECASE))
        for row in data.rows("boilerplate.csv")
        if row["lang"] == lang
    )
