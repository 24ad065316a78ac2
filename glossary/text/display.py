"""Text as it may be shown: no character of a file, a file name or an error reaches a terminal raw.

A control character in an article could retitle the window, fill the clipboard (OSC 52) or reorder glyphs. These
functions map one character to one character, so that spans into the original stay valid on what they return. What is
saved, copied or exported is always the original.
"""

_REPLACEMENT = "\ufffd"

_TABLE: dict[int, str] = {
    **{code: chr(0x2400 + code) for code in range(0x20)},
    0x7F: "\u2421",
    **dict.fromkeys(range(0x80, 0xA0), _REPLACEMENT),
    # Bidirectional controls reorder what the reader sees; terminals differ in obeying them.
    **dict.fromkeys((0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)), "⇄"),
    # Invisible: zero width space and non-joiner, word joiner and invisible operators, byte order mark.
    **dict.fromkeys((0x200B, 0x200C, *range(0x2060, 0x2066), 0xFEFF), "␣"),
    0xAD: "¬",
    0x2028: "␤",
    0x2029: "␤",
    **dict.fromkeys(range(0x206A, 0x2070), _REPLACEMENT),
    **dict.fromkeys(range(0xFFF9, 0xFFFC), _REPLACEMENT),
    **dict.fromkeys(range(0xE0000, 0xE0080), _REPLACEMENT),
    **dict.fromkeys(range(0xD800, 0xE000), _REPLACEMENT),
}

_FLOWING: dict[int, str] = {**_TABLE, **dict.fromkeys((0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029), " ")}


def safe(text: str) -> str:
    """`text` with every character that could command the terminal replaced by a visible one of the same place.

    >>> safe("а\\x1b[2J\\u202eб")
    'а␛[2J⇄б'
    """
    return text.translate(_TABLE)


def flowing(text: str) -> str:
    """Like `safe`, but line breaks and tabs become spaces: for running text that is wrapped anew.

    >>> flowing("Київ\\nмовчав.\\x07")
    'Київ мовчав.␇'
    """
    return text.translate(_FLOWING)


def lines(text: str) -> str:
    """Like `safe`, but line feeds stay: for an editor, which shows lines as lines.

    >>> lines("раз\\r\\nдва")
    'раз␍\\nдва'
    """
    return "\n".join(safe(part) for part in text.split("\n"))


def many(count: int, noun: str) -> str:
    """A count with its noun.

    >>> many(1, "bead"), many(2, "bead")
    ('1 bead', '2 beads')
    """
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
