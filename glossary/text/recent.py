"""What was found in a text is kept while the text may be read again, and forgotten when its article is done.

After an edit nearly all sentences of an article are read again, so who edits keeps them. A run over an archive does not
meet them again: kept, they would only fill memory, a hundred megabytes of it.
"""

from collections.abc import Callable
from functools import _lru_cache_wrapper, lru_cache
from typing import TypeVar

WORDS = 1 << 13
"""Words that each function of the words of texts keeps: more than a long article has. There are twenty of them."""

ARTICLES = 8
"""Up to so many values functions of whole articles keep, and those of sentences keep more."""

Value = TypeVar("Value")
_KEPT: list["_lru_cache_wrapper[object]"] = []


def recent(size: int) -> Callable[[Callable[..., Value]], "_lru_cache_wrapper[Value]"]:
    """functools.lru_cache of `size` for functions of sentences and longer texts; those of words keep by themselves."""

    def keeping(function: Callable[..., Value]) -> "_lru_cache_wrapper[Value]":
        kept = lru_cache(maxsize=size)(function)
        _KEPT.append(kept)
        return kept

    return keeping


def forget_texts(articles: bool = True) -> None:
    """Forget what was found in texts: whoever called is done with them. Without `articles`, only what was found in
    sentences and stretches, and whole articles are still known."""
    for kept in _KEPT:
        if articles or (kept.cache_parameters()["maxsize"] or 0) > ARTICLES:
            kept.cache_clear()
