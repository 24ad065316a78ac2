"""Quotation marks of any typography, paired.

A stack machine over the marks of a text. Curly and angled marks say which way they face, straight ones are read from
their neighbours; apostrophes, feet, inches and minutes are no marks. What does not come out even is repaired by the
habits of printers: a mark opened again at each paragraph, one closing mark for two levels, a closing mark of another
kind, a closing mark left out.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from glossary.quotes import dialogue, verbs
from glossary.text.spans import Span

REACH = 12  # lines without a mark of its own that a quote may run on
_AHEAD = 50  # marks looked at for the end of an unclosed quote
DEPTH = 8  # levels that are told apart; deeper marks are not followed

DOUBLE = frozenset(
    ["«", "»", "“", "”", "„", "‟", '"', "＂", "<<", ">>", ",,", "``", "''", "‘‘", "’’", "‹", "›", "〝", "〞", "❝", "❞"]
)
OPENING = frozenset(["«", "„", "‟", "<<", ",,", "``", "‘‘", "‹", "〝", "❝", "‘", "‚", "‛"])

PARTNERS = {
    "«": ("»",),
    "»": ("«",),
    "<<": (">>", "»"),
    "“": ("”", '"', "“", "''", "»"),
    "”": ("”", '"'),
    "„": ("“", "”", '"', "„", "''"),
    "‟": ("”", '"'),
    '"': ('"', "”", "“", "''", "»"),
    "＂": ("＂", '"'),
    ",,": ("''", "“", "”", '"', ",,", "``"),
    "``": ("''", '"', "”"),
    "''": ("''", '"'),
    "‘‘": ("’’", "''", '"', "”"),
    "’’": ("’’",),
    "‹": ("›",),
    "›": ("‹",),
    "〝": ("〞", "〟"),
    "❝": ("❞",),
    "‘": ("’", "'", "´"),
    "‚": ("‘", "’", "'"),
    "‛": ("’", "'"),
    "'": ("'", "’", "´"),
    "’": ("’", "'"),
    "`": ("'", "`", "´", "’"),
}
LOOSE = {"«": ('"', "”", "“")}

_MARK = re.compile(r"<<(?!<)|>>(?!>)|,,(?=\w)|``|''|[«»“”„‟\"＂‹›〝〞❝❞‘’‚‛'`´]")
_TWICE = re.compile(rf"‘‘|’’(?!’)|{_MARK.pattern}")
"""Where two single marks stand for a double one: ‘‘We counted nine,’’ the officer said."""

_MEASURE = re.compile(
    r"""(?<!\d)\d{1,3}\s?['’′]\s?\d{1,2}(?:[.,½¼¾]\d{0,3})?\s?(?:["”″]|'')    # 5'9", 5' 9"
    | °\s?\d{1,3}\s?['’′](?:\s?\d{1,3}(?:[.,]\d{1,4})?\s?(?:["”″]|'')?)?      # 46°38'12"
    """,
    re.VERBOSE,
)
_ELISION = re.compile(
    r"(?:\d0s\b|\d\d(?!\d)|(?:em|til|tis|twas|twere|cause|cos|coz|bout|round|neath|un|im|er|allo|ave)\b|[nN]['’](?!\w)|(?:s|re|ve|ll|d|t|m)(?=\s))",
    re.IGNORECASE,
)
_LEFT = frozenset("([{<—–/=+*_#>|―")
_RIGHT = frozenset(".,;:!?)]}>…—–-/|*_")


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark: its place, its line, and which way it faces (1 opens, -1 closes, 0 cannot be told from outside)."""

    start: int
    end: int
    glyph: str
    facing: int
    line: int
    first: bool  # nothing but white space and dashes before it on its line


@dataclass(frozen=True, slots=True)
class Pair:
    """An opening mark and where its words end; `closing` is None if no mark closes them."""

    opening: Mark
    closing: Mark | None
    end: int
    closed: bool

    @property
    def content(self) -> Span:
        """Between the marks."""
        return Span(self.opening.end, max(self.opening.end, self.end))

    @property
    def outer(self) -> Span:
        """Including the marks."""
        return Span(self.opening.start, max(self.opening.end, self.end if self.closing is None else self.closing.end))


@dataclass(frozen=True, slots=True)
class Pairing:
    """All pairs of a text in order, and the marks that close what was never opened."""

    pairs: tuple[Pair, ...]
    strays: tuple[Mark, ...]


def pair(text: str, lang: str) -> Pairing:
    """The quotation marks of a text, paired; linear in its length; never raises.

    >>> text = "Он сказал: «Читаю газету «Рубеж»."
    >>> [p.content.of(text) for p in pair(text, "ru").pairs]
    ['Читаю газету «Рубеж', 'Рубеж']
    """
    lines = _lines(text)
    marks = _marks(text, lines)
    doubles = [mark for mark in marks if mark.glyph in DOUBLE]
    machine = _Machine(text, lang, lines, doubles)
    machine.run()
    singles = [mark for mark in marks if mark.glyph not in DOUBLE]
    inner, loose = _pair_singles(text, singles, machine.pairs)
    machine.repair(loose, inner)
    pairs = sorted([*machine.pairs, *inner], key=lambda p: (p.opening.start, -p.end))
    return Pairing(tuple(p for p in pairs if p.content.of(text).strip()), tuple(machine.strays))


def _lines(text: str) -> tuple[Span, ...]:
    """The lines that hold anything, without the white space around them."""
    found = []
    for match in re.finditer(r"[^\r\n\u2028\u2029]+", text):
        line = match.group()
        lead = len(line) - len(line.lstrip())
        if lead < len(line):
            found.append(Span(match.start() + lead, match.start() + len(line.rstrip())))
    return tuple(found)


def _marks(text: str, lines: Sequence[Span]) -> list[Mark]:
    measures = [(m.start(), m.end()) for m in _MEASURE.finditer(text)]
    starts = [line.start for line in lines]
    measure_starts = [m[0] for m in measures]
    found = []
    for match in (_TWICE if "‘‘" in text else _MARK).finditer(text):
        start, end, glyph = match.start(), match.end(), match.group()
        near = bisect_right(measure_starts, start) - 1
        if near >= 0 and start < measures[near][1]:
            continue
        left, right = text[start - 1 : start], text[end : end + 1]
        if glyph in "'’‘`´ʼ" and left.isalnum() and right.isalnum():
            continue
        line = max(0, bisect_right(starts, start) - 1)
        first = bool(lines) and not text[lines[line].start : min(start, lines[line].start + 4)].strip(" —–-\u00a0")
        first = first and start - lines[line].start < 4
        found.append(Mark(start, end, glyph, _facing(text, start, end), line, first))
    return found


def _facing(text: str, start: int, end: int) -> int:
    """Which way a mark faces, from its neighbours; other marks beside it are looked past, a few at most."""
    marks = "«»“”„‟\"＂‹›‘’‚‛'`´"
    low = start - 1
    while low >= 0 and start - low < 5 and text[low] in marks:
        low -= 1
    high = end
    while high < len(text) and high - end < 4 and text[high] in marks:
        high += 1
    left = text[low] if low >= 0 else " "
    right = text[high] if high < len(text) else " "
    after = text[high + 1 : high + 3]
    opens = left.isspace() or left in _LEFT or (left == "-" and right.isalnum())
    closes = right.isspace() or right in _RIGHT
    if opens and closes:
        if right in ".…" and (right == "…" or after[:1] == "."):
            return 1
        if right in "—–-" and left.isspace() and after[:1].strip():
            return 1
        return -1 if high >= len(text) or right in ".,;:!?)" or left in "—–" else 0
    return 1 if opens else -1 if closes else 0


class _Machine:
    """The stack machine for marks of the double kind."""

    def __init__(self, text: str, lang: str, lines: Sequence[Span], marks: Sequence[Mark]) -> None:
        self.text, self.lang, self.lines, self.marks = text, lang, lines, marks
        self.stack: list[Mark] = []
        self.deeper = 0
        self.pairs: list[Pair] = []
        self.open: list[Mark] = []
        self.strays: list[Mark] = []

    def run(self) -> None:
        for number, mark in enumerate(self.marks):
            while self.stack and mark.line - self.stack[0].line > REACH:
                self.open.append(self.stack.pop(0))
            following = self.marks[number + 1] if number + 1 < len(self.marks) else None
            if following is not None and following.line != mark.line:
                following = None
            if self._opens(mark, following):
                if len(self.stack) < DEPTH:
                    self.stack.append(mark)
                else:
                    self.deeper += 1
            else:
                self._close(mark, following)
        self.open += self.stack
        self.open.sort(key=lambda m: m.start)

    def _opens(self, mark: Mark, following: Mark | None) -> bool:
        glyph, top = mark.glyph, self.stack[-1] if self.stack else None
        if glyph in ("«", "‹", "<<"):
            reversed_guillemet = top is not None and top.glyph in "»›" and mark.facing == -1
            return not reversed_guillemet
        if glyph in OPENING:
            return not (glyph == ",," and mark.facing == -1)
        if glyph in ("»", "›", ">>", "〞", "❞"):
            fits = any(glyph in PARTNERS.get(m.glyph, ()) for m in self.stack)
            ahead = following is not None and following.glyph in "«‹" and following.facing == -1
            return not fits and glyph in "»›" and mark.facing == 1 and ahead
        fits = top is not None and glyph in PARTNERS.get(top.glyph, ())
        if mark.facing:
            if mark.facing == -1 and not self.stack and glyph in ('"', "“", "＂"):
                return self._displaced(mark, following)
            if glyph in ("”", "''") and mark.facing == 1:
                return not fits and following is not None and following.glyph == glyph
            return mark.facing == 1
        return not fits and (glyph not in ("”", "''"))

    def _displaced(self, mark: Mark, following: Mark | None) -> bool:
        """Whether a mark that seems to close opens, with its space on the wrong side: `сказал" Идём", и`."""
        spaced = self.text[mark.end : mark.end + 1].isspace() and self.text[mark.start - 1 : mark.start].isalpha()
        spaced = spaced and self.text[mark.start - 1 : mark.start] != "s"
        return spaced and following is not None and following.glyph == mark.glyph and following.facing == -1

    def _close(self, mark: Mark, following: Mark | None) -> None:
        if self.deeper:
            self.deeper -= 1
            return
        if self._measures(mark, following):
            return
        exact = next((n for n in range(len(self.stack) - 1, -1, -1) if self._exact(self.stack[n], mark)), None)
        loose = next((n for n in range(len(self.stack) - 1, -1, -1) if self._fits(self.stack[n], mark)), None)
        if exact is None or loose is None:
            at = loose if exact is None else exact
        else:
            more = following is not None and following.facing == -1 and following.glyph not in OPENING
            at = loose if more else exact
        if at is None:
            if mark.glyph not in (">>", "''"):  # these mean other things where nothing was opened
                self.strays.append(mark)
            return
        dropped = self.stack[at + 1 :]
        opening = self.stack[at]
        del self.stack[at:]
        for inner in dropped:
            self.pairs.append(Pair(inner, None, mark.start, False))
        self.pairs.append(Pair(opening, mark, mark.start, True))

    def _measures(self, mark: Mark, following: Mark | None) -> bool:
        """Whether a straight mark stands for inches or for a mistyped apostrophe."""
        if mark.glyph != '"' or mark.facing != -1:
            return False
        before = self.text[mark.start - 1 : mark.start]
        after = self.text[mark.end : mark.end + 2]
        more = following is not None and following.glyph == '"' and following.facing == -1
        words_on = len(after) == 2 and after[0] == " " and after[1].isalnum()
        if before.isdigit():
            return not self.stack or (more and words_on)
        return before == "s" and words_on and (not self.stack or (more and len(self.stack) == 1))

    def _exact(self, opening: Mark, closing: Mark) -> bool:
        partners = PARTNERS.get(opening.glyph, ())
        return bool(partners) and closing.glyph == partners[0]

    def _fits(self, opening: Mark, closing: Mark) -> bool:
        if closing.glyph in PARTNERS.get(opening.glyph, ()):
            return True
        return closing.glyph in LOOSE.get(opening.glyph, ()) and closing.facing == -1

    # What was left open

    def repair(self, loose: Sequence[Mark], inner: Sequence[Pair]) -> None:
        """Finds an end for every mark left open: reopened, closed together, closed by another kind, or not closed.

        `loose` are single marks that close nothing, `inner` the pairs of single marks.
        """
        ends = sorted((pair.closing.start, pair.opening.start) for pair in inner if pair.closing is not None)
        self.pairs.sort(key=lambda p: p.opening.start)
        by_opening = {p.opening.start: n for n, p in enumerate(self.pairs)}
        starts = [p.opening.start for p in self.pairs]
        gone: set[int] = set()
        reached: dict[int, Pair] = {}
        for mark in reversed(self.open):
            follower = self._reopened(mark)
            if follower is not None:
                chained = by_opening.get(follower.start)
                known = self.pairs[chained] if chained is not None else reached.get(follower.start)
                if known is not None and known.closed:
                    if chained is not None:
                        gone.add(chained)
                    reached.pop(follower.start, None)
                    reached[mark.start] = Pair(mark, known.closing, known.end, True)
                    continue
            together = self._together(mark, starts)
            if together is not None:
                reached[mark.start] = Pair(mark, together.closing, together.end, True)
                continue
            other = self._other_kind(mark, loose, ends)
            if other is not None:
                reached[mark.start] = Pair(mark, other, other.start, True)
                continue
            reached[mark.start] = Pair(mark, None, self._likely_end(mark), False)
        kept = [p for n, p in enumerate(self.pairs) if n not in gone]
        self.pairs = kept + list(reached.values())

    def _next_mark(self, mark: Mark) -> Mark | None:
        number = bisect_right(self.marks, mark.start, key=lambda m: m.start)
        return self.marks[number] if number < len(self.marks) else None

    def _reopened(self, mark: Mark) -> Mark | None:
        """The same mark at the start of the next line, if the words run on from this one."""
        number = bisect_right(self.marks, mark.start, key=lambda m: m.start)
        while number < len(self.marks) and self.marks[number].line == mark.line:
            number += 1
        if number == len(self.marks):
            return None
        following = self.marks[number]
        if following.line != mark.line + 1 or not following.first or following.glyph != mark.glyph:
            return None
        return None if self._attributed(mark.end, self.lines[mark.line].end) else following

    def _attributed(self, start: int, end: int) -> bool:
        """Whether the line ends in a clause that says who spoke: `…, the commander said on Tuesday.`"""
        comma = max(self.text.rfind(",", start, end), self.text.rfind("—", start, end))
        if comma < 0 or end - comma > 120:
            return False
        if re.search(r"[.!?…]\s", self.text[comma:end]):
            return False
        return any(manner in ("neutral", "loaded") for _, _, manner in verbs.verbs(self.text, self.lang, comma, end))

    def _together(self, mark: Mark, starts: Sequence[int]) -> Pair | None:
        """The inner pair whose closing mark serves for both: `«Читаю газету «Рубеж».`"""
        line = self.lines[mark.line]
        last = bisect_left(starts, line.end) - 1
        if last < 0 or self.pairs[last].opening.start < mark.end:
            return None
        inner = self.pairs[last]
        if inner.closing is None or inner.opening.glyph != mark.glyph or inner.closing.start > line.end:
            return None
        before = self.text[mark.end : inner.opening.start].rstrip()
        if not before or before[-1] in ".!?…":
            return None
        if dialogue.author_clause(self.text, self.lang, mark.end, inner.opening.start) is not None:
            return None  # the writer has spoken in between: the first quote ended before the clause
        rest = self.text[inner.closing.end : line.end].lstrip(".,!?…;: ")
        return inner if not rest or rest[0] in "—–-" else None

    def _other_kind(self, mark: Mark, loose: Sequence[Mark], ends: Sequence[tuple[int, int]]) -> Mark | None:
        """A closing mark of the single kind that has no opening of its own, before the next mark: `“words' and`.

        None if a pair of single marks, of which `ends` gives closing and opening, would be crossed.
        """
        number = bisect_right(loose, mark.end, key=lambda m: m.start)
        if number == len(loose) or loose[number].line != mark.line:
            return None
        following = self._next_mark(mark)
        single = loose[number]
        at = bisect_right(ends, (mark.start, 0))
        while at < len(ends) and ends[at][0] < single.start:
            if ends[at][1] < mark.start:
                return None
            at += 1
        return single if following is None or single.start < following.start else None

    def _likely_end(self, mark: Mark) -> int:
        """Where words that no mark closes seem to end.

        At the end of the line or before the next quote on it; further on while the lines up to the next quote speak
        of "I" and "we".
        """
        end = self.lines[mark.line].end if self.lines else len(self.text)
        at = bisect_right(self.marks, mark.start, key=lambda m: m.start)
        following = None
        for number in range(at, min(at + _AHEAD, len(self.marks))):
            following = self.marks[number]
            if following.line != mark.line:
                break
            gap = max(mark.end, following.start - 4)
            before = self.text[gap : following.start].rstrip()
            if following.facing != -1 and before[-1:] in (".", "!", "?", "…"):
                return gap + len(before)
        author = dialogue.author_clause(self.text, self.lang, mark.end, end)
        if author is not None:
            return author
        if self._attributed(mark.end, end) or following is None or following.line == mark.line:
            return end
        for number in range(min(following.line - 1, mark.line + REACH), mark.line, -1):
            line = self.lines[number]
            if verbs.speaks(self.text, self.lang, line.start, line.end):
                return line.end
        return end


def _pair_singles(text: str, marks: Sequence[Mark], doubles: Sequence[Pair]) -> tuple[list[Pair], list[Mark]]:
    """Pairs of single marks, and the closing ones among the rest that are no apostrophes.

    Both ends of a pair lie in the same pair of double marks. A straight mark opens only if another closes it.
    """
    inside = _enclosing(marks, doubles)
    kinds = [_single_kind(text, mark) for mark in marks]
    strong_next = _next_closers(marks, kinds, inside)
    stacks: dict[int, list[Mark]] = {}
    last: dict[int, int] = {}  # the line on which an open quote was opened again, by its first mark
    pairs: list[Pair] = []
    loose: list[Mark] = []
    for number, (mark, kind, scope) in enumerate(zip(marks, kinds, inside, strict=True)):
        stack = stacks.setdefault(scope, [])
        while stack and mark.line - last.get(stack[0].start, stack[0].line) > REACH:
            stack.pop(0)
        fitting = next((n for n in range(len(stack) - 1, -1, -1) if mark.glyph in PARTNERS[stack[n].glyph]), None)
        if kind == "open" and not (fitting is not None and mark.facing == 0):
            if stack and _reopens(text, mark, stack[-1], last.get(stack[-1].start, stack[-1].line)):
                last[stack[-1].start] = mark.line
            elif len(stack) < DEPTH:
                stack.append(mark)
        elif kind in ("weak", "strong", "either") and fitting is not None:
            opening = stack[fitting]
            around = bool(pairs) and pairs[-1].opening.start > opening.start
            possessive = text[mark.start - 1] in "sS" and (around or mark.line > last.get(opening.start, opening.line))
            if possessive or (kind == "weak" and strong_next[number]):
                continue
            del stack[fitting:]
            pairs.append(Pair(opening, mark, mark.start, True))
        elif kind == "strong" or kind == "weak":
            loose.append(mark)
    return pairs, loose


def _reopens(text: str, mark: Mark, opening: Mark, last: int) -> bool:
    """Whether a mark at the start of a line opens again what an earlier line opened and left open."""
    if mark.glyph != opening.glyph or not mark.first or mark.line != last + 1:
        return False
    introduced = opening.first or text[max(0, opening.start - 3) : opening.start].rstrip()[-1:] in (":", ",")
    return introduced and text[opening.end : opening.end + 1].isupper()


def _enclosing(marks: Sequence[Mark], doubles: Sequence[Pair]) -> list[int]:
    """For each mark the start of the innermost pair around it, -1 for none."""
    events = [(p.opening.start, 0, p.opening.start) for p in doubles if p.closed]
    events += [(p.end, 1, p.opening.start) for p in doubles if p.closed]
    events += [(mark.start, 2, number) for number, mark in enumerate(marks)]
    around: list[int] = []
    result = [-1] * len(marks)
    for _, what, value in sorted(events):
        if what == 0:
            around.append(value)
        elif what == 1:
            if around:
                around.pop()
        else:
            result[value] = around[-1] if around else -1
    return result


def _single_kind(text: str, mark: Mark) -> str:
    """open, strong (closes), weak (closes or is a possessive), either, or nothing at all."""
    left, right = text[mark.start - 1 : mark.start], text[mark.end : mark.end + 1]
    if mark.glyph in OPENING and mark.glyph != "‘":
        return "open"
    if mark.facing == 1:
        return "" if _ELISION.match(text, mark.end) else "open"
    if mark.facing == -1:
        lowercase_follows = right == " " and text[mark.end + 1 : mark.end + 2].isalnum()
        possessive = left != "" and (left in "sSxXzZ" or left.isdigit())
        clipped = text[mark.start - 2 : mark.start].lower() in ("in", "an", "th", "o")
        return "weak" if lowercase_follows and (possessive or clipped) else "strong"
    if left and not left.isalnum() and not left.isspace():
        return "either"
    return ""


def _next_closers(marks: Sequence[Mark], kinds: Sequence[str], inside: Sequence[int]) -> list[bool]:
    """For each mark whether a sure closing mark follows in the same scope before the next opening one."""
    ahead: dict[int, tuple[str, int]] = {}
    result = [False] * len(marks)
    for number in range(len(marks) - 1, -1, -1):
        scope, kind = inside[number], kinds[number]
        what, line = ahead.get(scope, ("", 0))
        result[number] = what == "strong" and line - marks[number].line <= 3
        if kind == "strong" or (kind == "open" and not marks[number].first):
            ahead[scope] = (kind, marks[number].line)
    return result
