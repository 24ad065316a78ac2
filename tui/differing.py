"""Which words differ between two strings: for the diff before saving and for renderings side by side."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORD = re.compile(r"\w+|\s+|[^\w\s]")
_FEW = 6


@dataclass(frozen=True, slots=True)
class Change:
    """`before` became `after`; `kind` is equal, changed, added or removed."""

    kind: str
    before: str
    after: str


def changes(before: str, after: str) -> tuple[Change, ...]:
    """The way from one string to the other in words; equal parts included.

    >>> [c.kind for c in changes("Мы держимся", "Они держимся")]
    ['changed', 'equal']
    """
    old, new = _WORD.findall(before), _WORD.findall(after)
    kinds = {"equal": "equal", "replace": "changed", "insert": "added", "delete": "removed"}
    found = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return tuple(Change(kinds[tag], "".join(old[a:b]), "".join(new[c:d])) for tag, a, b, c, d in found)


@dataclass(frozen=True, slots=True)
class ChangedLine:
    """A line of a text that changed; `number` counts from 1 in the new text, None for a line that is gone."""

    number: int | None
    changes: tuple[Change, ...]


def changed_lines(before: str, after: str) -> Iterator[ChangedLine]:
    """The lines that differ, word by word, long equal stretches cut down to a few words around each change."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        for at in range(max(b - a, d - c)):
            left = old[a + at] if a + at < b else ""
            right = new[c + at] if c + at < d else ""
            yield ChangedLine(c + at + 1 if c + at < d else None, tuple(_shortened(changes(left, right))))


def _shortened(found: tuple[Change, ...]) -> Iterator[Change]:
    for place, change in enumerate(found):
        words = _WORD.findall(change.after)
        if change.kind != "equal" or len(words) <= 4 * _FEW:
            yield change
            continue
        head = "" if place == 0 else "".join(words[: 2 * _FEW])
        tail = "" if place == len(found) - 1 else "".join(words[-2 * _FEW :])
        yield Change("equal", "", f"{head}…{tail}")
