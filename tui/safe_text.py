"""The one way text from files, file names and errors reaches the terminal.

Textual writes control characters it finds in text straight to the terminal: an article could retitle the window, fill
the clipboard (OSC 52) or reorder glyphs. `safe` and `flowing` map one character to one character, so that spans into
the original stay valid on what they return. What is saved, copied or exported is always the original.
"""

import re
from difflib import SequenceMatcher

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

# A zero width joiner is seen as one emoji between two of them, and not at all anywhere else.
_EMOJI = "\u2600-\u27bf\U0001f300-\U0001faff"
_JOINER = re.compile(f"(?<![{_EMOJI}\ufe0f])\u200d|\u200d(?![{_EMOJI}])")


def safe(text: str) -> str:
    """`text` with every character that could command the terminal replaced by a visible one of the same place.

    >>> safe("а\\x1b[2J\\u202eб")
    'а␛[2J⇄б'
    """
    return _JOINER.sub("␣", text.translate(_TABLE))


def flowing(text: str) -> str:
    """Like `safe`, but line breaks and tabs become spaces: for running text that is wrapped anew.

    >>> flowing("Київ\\nмовчав.\\x07")
    'Київ мовчав.␇'
    """
    return _JOINER.sub("␣", text.translate(_FLOWING))


def lines(text: str) -> str:
    """Like `safe`, but line feeds stay: for an editor, which shows lines as lines.

    >>> lines("раз\\r\\nдва")
    'раз␍\\nдва'
    """
    return "\n".join(safe(part) for part in text.split("\n"))


def restored(original: str, shown: str) -> str:
    """The text a person meant who edited `lines(original)` into `shown`: what was left alone is the original again.

    >>> restored("за\\u00adмок и\\x00 всё", "за¬мок и␀ ничего")
    'за\\xadмок и\\x00 ничего'
    """
    before = lines(original)
    if before == original:
        return shown
    if before == shown:
        return original
    parts: list[str] = []
    for tag, start, end, new_start, new_end in SequenceMatcher(None, before, shown, autojunk=False).get_opcodes():
        parts.append(original[start:end] if tag == "equal" else shown[new_start:new_end])
    return "".join(parts)
