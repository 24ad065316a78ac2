"""What was found in a text is kept while the text may be read again, and forgotten when its article is done.

After an edit nearly all sentences of an article are read again, so who edits keeps them. A run over an archive does not
meet them again: kept, they would only fill memory, a hundred megabytes of it.
"""

import sys
from collections.abc import Callable
from functools import _lru_cache_wrapper, lru_cache
from typing import TypeVar

WORDS = 1 << 13
"""Words that each function of the words of texts keeps: more than a long article has. There are twenty of them."""

ARTICLES, SOME = 8, 1024
"""Up to so many values functions of whole articles keep, and those of sentences that are read again soon or never."""

Value = TypeVar("Value")
_KEPT: list["_lru_cache_wrapper[object]"] = []


def recent(size: int) -> Callable[[Callable[..., Value]], "_lru_cache_wrapper[Value]"]:
    """functools.lru_cache of `size` for functions of sentences and longer texts; those of words keep by themselves."""

    def keeping(function: Callable[..., Value]) -> "_lru_cache_wrapper[Value]":
        kept = lru_cache(maxsize=size)(function)
        _KEPT.append(kept)
        return kept

    return keeping


def forget_texts() -> None:
    """Forget what was found in texts: whoever called is done with them."""
    _forget(0, sys.maxsize)


def forget_sentences(long: bool) -> None:
    """Forget what the next check of the same texts, after an edit, will hardly ask for: what functions keep of fewer
    sentences than a long article has, and of a `long` text of all. What was found in whole articles is still known."""
    _forget(ARTICLES + 1, sys.maxsize if long else SOME)


def _forget(least: int, most: int) -> None:
    for kept in _KEPT:
        if least <= (kept.cache_parameters()["maxsize"] or 0) <= most:
            kept.cache_clear()
