"""Where a text breaks into lines of a column. Lines are ranges of the text, so that marks keep their places."""

import re

from rich.cells import cell_len, get_character_cell_size

# Every character of these ranges is one cell wide on any terminal; most news is made of nothing else.
_PLAIN = re.compile(
    r"[\x20-\x7e\xa0-\xac\xae-\u02ff\u0370-\u0482\u048a-\u052f\u2010-\u2015\u2018-\u201f\u2020-\u2026\u2030-\u205e"
    r"\u2070-\u20bf\u2116\u2190-\u21ff\u2400-\u2426\ufffd]*"
)
# A word with the spaces after it. Non-breaking spaces (A0, 202F, 2007) are letters here: «№ 5» stays together.
_CHUNK = re.compile(r"[^ \u2000-\u2006\u2008-\u200a\u3000]*[ \u2000-\u2006\u2008-\u200a\u3000]*")

Line = tuple[int, int]


def wrapped(text: str, width: int) -> tuple[Line, ...]:
    """Lines `[start, end)` of `text`, each at most `width` cells wide without the spaces at its end.

    The lines cover the text without gaps. A word longer than a line is cut. Time is linear in the text. An empty text
    is one empty line; a character wider than `width` gets a line of its own.

    >>> [text[a:b] for text in ("Г. Киев молчал всю ночь.",) for a, b in wrapped(text, 12)]
    ['Г. Киев ', 'молчал всю ', 'ночь.']
    """
    width = max(1, width)
    if len(text) <= width and _PLAIN.fullmatch(text):
        return ((0, len(text)),)
    plain = _PLAIN.fullmatch(text) is not None
    found: list[Line] = []
    start, used = 0, 0
    for chunk in _CHUNK.finditer(text):
        begin, end = chunk.span()
        if begin == end:
            continue
        word = chunk.group().rstrip(" \u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u3000")
        size = len(word) if plain else _cells(word)
        if used and used + size > width:
            found.append((start, begin))
            start, used = begin, 0
        if size > width:
            for cut in _cuts(word, width, plain):
                found.append((start, begin + cut))
                start = begin + cut
            size = len(text[start : begin + len(word)]) if plain else _cells(text[start : begin + len(word)])
        used += size + (end - begin - len(word) if plain else _cells(text[begin + len(word) : end]))
    found.append((start, len(text)))
    return tuple(found)


def height(text: str, width: int) -> int:
    """How many lines `text` takes in a column `width` cells wide: as many as `wrapped` gives, only counted."""
    width = max(1, width)
    if len(text) <= width and text.isascii():
        return 1
    if not _PLAIN.fullmatch(text):
        return len(wrapped(text, width))
    count, start, end = 1, 0, len(text.rstrip(" "))
    while end - start > width:
        space = text.rfind(" ", start, start + width + 1)
        start = space + 1 if space >= 0 else start + width
        while text[start] == " ":
            start += 1
        count += 1
    return count


def fitted(text: str, width: int) -> str:
    """`text` cut to `width` cells, with an ellipsis where something was cut.

    >>> fitted("барражирующий боеприпас", 10)
    'барражиру…'
    """
    if cell_len(text) <= width:
        return text
    kept: list[str] = []
    room = width - 1
    for character in text:
        room -= get_character_cell_size(character)
        if room < 0:
            break
        kept.append(character)
    return "".join(kept) + "…" if width > 0 else ""


def padded(text: str, width: int) -> str:
    """`text` cut or filled with spaces to exactly `width` cells."""
    text = fitted(text, width)
    return text + " " * max(0, width - cell_len(text))


def _cells(text: str) -> int:
    """An upper bound of the cells of `text`: joined emoji count each on its own."""
    return sum(map(get_character_cell_size, text))


def _cuts(word: str, width: int, plain: bool) -> list[int]:
    """Where a word longer than a line is cut; the last piece is left to the caller."""
    if plain:
        return list(range(width, len(word), width))
    cuts: list[int] = []
    used = 0
    for place, character in enumerate(word):
        size = get_character_cell_size(character)
        if used and used + size > width:
            cuts.append(place)
            used = 0
        used += size
    return cuts
