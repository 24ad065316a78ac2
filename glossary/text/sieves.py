"""Regular expressions that are only run where one of their words is.

A list of hundreds of phrases costs a long look at every word of a text, and most sentences hold none of them. What
every match of an expression must hold is read off the expression itself: beginnings of words, one of which stands in
anything it can match (`(in|at) a (briefing|statement)`: `brie` or `stat`). A text without any of them is passed over;
what is found in others is found by the expression and nothing else. The idea is that of the filters of RE2 and of
Cox 2012, Regular Expression Matching with a Trigram Index.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import import_module
from typing import Any

from glossary import data
from glossary.text.recent import recent

LETTERS, FEWEST = 4, 3  # of a word by which it is known; of one whose fourth letter may be any
Item = tuple[Any, Any]  # operator and argument of a parsed expression
_WORD = re.compile(r"[^\W_]+")


@recent(1024)
def beginnings(text: str) -> frozenset[str]:
    """The first LETTERS and the first FEWEST letters or digits of every word of `text`, case dropped.

    >>> sorted(beginnings("He told Reuters"))
    ['he', 'reu', 'reut', 'tol', 'told']
    """
    words = " ".join(_WORD.findall(text)).replace("İ", "i").replace("ı", "i").casefold().split(" ")
    return frozenset([word[:LETTERS] for word in words] + [word[:FEWEST] for word in words])


@dataclass(frozen=True)
class Sieve:
    """An expression, and the beginnings of words one of which is in all that it matches.

    Empty `words` say that nothing is known: the expression is run everywhere. `start` and `end` bound the search as in
    the methods of `re.Pattern`. The expression is compiled for the first text that has one of the words.
    """

    expression: str
    flags: int
    words: frozenset[str]

    @cached_property
    def pattern(self) -> "re.Pattern[str]":
        """The expression compiled."""
        return re.compile(self.expression, self.flags)

    def search(self, text: str, start: int = 0, end: int | None = None) -> "re.Match[str] | None":
        """The first match, None if there is none."""
        end = len(text) if end is None else end
        if self.words and self.words.isdisjoint(beginnings(text[start:end])):
            return None
        return self.pattern.search(text, start, end)

    def finditer(self, text: str, start: int = 0, end: int | None = None) -> "Iterator[re.Match[str]]":
        """All matches that do not overlap, in order."""
        end = len(text) if end is None else end
        if self.words and self.words.isdisjoint(beginnings(text[start:end])):
            return iter(())
        return self.pattern.finditer(text, start, end)

    def match(self, text: str, start: int = 0, end: int | None = None) -> "re.Match[str] | None":
        """The match that begins at `start`, None if there is none."""
        return self.pattern.match(text, start, len(text) if end is None else end)

    def fullmatch(self, text: str, start: int = 0, end: int | None = None) -> "re.Match[str] | None":
        """The match of all of the text between `start` and `end`, None if there is none."""
        return self.pattern.fullmatch(text, start, len(text) if end is None else end)


@dataclass(frozen=True)
class Sieves:
    """Many expressions as one: those that need a rare word, of which most texts have none, and the others."""

    parts: tuple[Sieve, ...]

    def search(self, text: str, start: int = 0, end: int | None = None) -> "re.Match[str] | None":
        """The first match, None if there is none."""
        end = len(text) if end is None else end
        begun = beginnings(text[start:end])
        first: re.Match[str] | None = None
        for part in self.parts:
            if part.words and part.words.isdisjoint(begun):
                continue
            match = part.pattern.search(text, start, end)
            if match is not None and (first is None or match.start() < first.start()):
                first = match
        return first


def sieves(expressions: Sequence[str], before: str = "", after: str = "") -> Sieves:
    """The expressions, each with `before` and `after` around it."""
    common = [expression for expression in expressions if _common(needed(f"{before}(?:{expression}){after}"))]
    rare = [expression for expression in expressions if expression not in common]
    groups = (group for group in (rare, common) if group)
    return Sieves(tuple(sieve(f"{before}(?:{'|'.join(group)}){after}") for group in groups))


def _common(words: frozenset[str]) -> bool:
    """Whether sentences that tell of speech mostly have one of these words."""
    return not words or not words.isdisjoint(_everywhere() | _spoken())


@cache
def _spoken() -> frozenset[str]:
    rows = [row for row in data.rows("speech_verbs.csv") if row["lang"] == "en"]
    return frozenset().union(*(beginnings(f"{row['past']} {row['present']}") for row in rows))


def sieve(expression: str, flags: int = 0) -> Sieve:
    """The expression with the words that it needs."""
    return Sieve(expression, flags, needed(expression, flags))


def needed(expression: str, flags: int = 0) -> frozenset[str]:
    """The beginnings of words one of which stands in every match of an expression; empty if none can be named.

    >>> sorted(needed(r"(?<![\\w-])(?:intercept[a-z]*|on (?:the )?air\\b)"))
    ['air', 'inte']
    """
    try:
        parsed = import_module("re._parser").parse(expression, flags)
    except ImportError:  # a part of Python that it does not promise to keep
        return frozenset()
    return _Reader().read(parsed) or frozenset()


class _Reader:
    """Walks over a parsed expression from left to right and keeps the best set of words met on the way.

    `run` holds the letters just read that begin a word, None outside words and inside a word whose beginning is not
    known; `edge` says that what was read ends where a word may begin.
    """

    def __init__(self, edge: bool = False, run: str | None = None) -> None:
        self.edge, self.run = edge, run
        self.best: frozenset[str] | None = None

    def read(self, items: Sequence[Item], closed: bool = False) -> frozenset[str] | None:
        """The words needed by a sequence; `closed` says that no letter or digit can follow it."""
        items = list(items)  # what Python's parser gives makes a new sequence for every look at one
        for place, (operator, argument) in enumerate(items):
            branching = operator.name in ("SUBPATTERN", "BRANCH")
            self._step(operator.name, argument, branching and _closed(items[place + 1 :], closed))
        self._flush(closed)
        return self.best

    def _step(self, operator: str, argument: Any, closed: bool) -> None:
        letter = _letter(operator, argument)
        if letter is not None:
            if self.run is None and self.edge:
                self.run = ""
            self.edge = False
            if self.run is not None and len(self.run) < LETTERS:
                self.run += letter
        elif operator == "SUBPATTERN":
            self._branches([argument[-1]], closed)
        elif operator == "BRANCH":
            self._branches(argument[1], closed)
        elif operator in ("MAX_REPEAT", "MIN_REPEAT"):
            self._repeat(*argument)
        elif operator not in ("AT", "ASSERT", "ASSERT_NOT") or _closes(operator, argument):
            self._flush(_closes(operator, argument))
            self.edge = _outside(operator, argument) or operator == "AT"
        elif _opens(operator, argument):
            self.edge, self.run = True, None

    def _flush(self, closed: bool) -> None:
        """The word read so far is over or, if not `closed`, may go on with letters that are not known."""
        run, self.run = self.run, None
        if run and (closed or len(run) >= FEWEST):
            self._offer(frozenset((run,)))

    def _offer(self, words: frozenset[str] | None) -> None:
        if words and (self.best is None or _worth(words) > _worth(self.best)):
            self.best = words

    def _branches(self, branches: Sequence[Sequence[Item]], closed: bool) -> None:
        readers = [_Reader(self.edge, self.run) for _ in branches]
        found = [reader.read(branch, closed) for reader, branch in zip(readers, branches, strict=True)]
        self._offer(frozenset().union(*(words or () for words in found)) if all(found) else None)
        self.edge, self.run = all(reader.edge for reader in readers), None

    def _repeat(self, least: int, most: object, items: Sequence[Item]) -> None:
        if least == 0:
            self._flush(False)
        inner = _Reader(self.edge and least > 0, self.run)
        words = inner.read(items)
        self._offer(words if least > 0 else None)
        self.edge, self.run = inner.edge and (self.edge or least > 0), None


def _worth(words: frozenset[str]) -> tuple[int, int]:
    """How little of a text has one of these words: rare and long ones are worth most, and few of them."""
    return min(0 if word in _everywhere() else len(word) for word in words), -len(words)


@cache
def _everywhere() -> frozenset[str]:
    """Words in nearly every sentence: to know that one of them is there says nothing."""
    return frozenset(row["word"] for row in data.rows("function_words.csv") if row["lang"] == "en")


def _letter(operator: str, argument: Any) -> str | None:
    """The letter or digit that an item stands for, in either case; None if it may stand for others."""
    if operator == "LITERAL":
        return _folded(argument)
    if operator == "IN":
        letters = {_folded(code) if str(kind) == "LITERAL" else None for kind, code in argument}
        return letters.pop() if len(letters) == 1 else None
    return None


def _folded(code: int) -> str | None:
    letter = "i" if chr(code) in "İı" else chr(code).casefold()
    return letter if chr(code).isalnum() and len(letter) == 1 else None


def _outside(operator: str, argument: Any) -> bool:
    """Whether an item stands for one character that is neither letter nor digit."""
    if operator == "LITERAL":
        return not chr(argument).isalnum()
    return operator == "IN" and all(
        str(code) in ("CATEGORY_SPACE", "CATEGORY_NOT_WORD") if str(kind) == "CATEGORY"
        else str(kind) == "LITERAL" and not chr(code).isalnum()
        for kind, code in argument
    )  # fmt: skip


def _closes(operator: Any, argument: Any) -> bool:
    """Whether a word that stands before an item ends there."""
    if str(operator) == "ASSERT_NOT":
        return bool(argument[0] > 0 and _any_word(argument[1]))
    return (str(operator) == "AT" and str(argument) == "AT_BOUNDARY") or _outside(str(operator), argument)


def _closed(items: Sequence[Item], at_end: bool) -> bool:
    """Whether a word ends where these items begin; `at_end` says so for the end of them."""
    for place, (operator, argument) in enumerate(items):
        rest = items[place + 1 :]
        if _closes(operator, argument):
            return True
        if str(operator) == "SUBPATTERN":
            return _closed([*argument[-1], *rest], at_end)
        if str(operator) in ("MAX_REPEAT", "MIN_REPEAT"):
            once = _closed([*argument[-1], *rest], at_end)
            return once if argument[0] > 0 else once and _closed(rest, at_end)
        if str(operator) not in ("AT", "ASSERT", "ASSERT_NOT"):
            return False
    return at_end


def _opens(operator: str, argument: Any) -> bool:
    """Whether a word that stands after an assertion begins there."""
    if operator == "AT" or argument[0] > 0:
        return False
    return _any_word(argument[1]) if operator == "ASSERT_NOT" else _outside(str(argument[1][-1][0]), argument[1][-1][1])


def _any_word(items: Sequence[Item]) -> bool:
    """Whether an assertion is about one character and true of every letter and digit."""
    if len(items) != 1 or str(items[0][0]) != "IN":
        return False
    kinds = [str(code) for _, code in items[0][1]]
    return "CATEGORY_WORD" in kinds and str(items[0][1][0][0]) != "NEGATE"
