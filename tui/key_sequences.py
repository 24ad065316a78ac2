"""What terminals send for a key under the kitty protocol, where Textual reads less of it than they may send.

CSI code:shifted:base ; modifiers:event ; text u. Textual reads neither `shifted` and `base` nor `event`, and ends in an
error over them. See https://sw.kovidgoyal.net/kitty/keyboard-protocol/
"""

import re
import sys

from textual import events
from textual._xterm_parser import XTermParser
from textual.keys import Keys

_KEY = re.compile(
    r"\x1b\[(?P<code>\d+)(?::(?P<shifted>\d*))?(?::(?P<base>\d*))?"
    r"(?:;(?P<modifiers>\d*)(?::(?P<event>\d*))?)?(?P<text>;[\d:]*)?(?P<end>[u~ABCDEFHPQRS])"
)
_SHIFT_ALONE = 2
_RELEASED = "3"


def readable(sequence: str) -> str:
    """The sequence without what Textual cannot read; empty if a key went up.

    With Ctrl or Alt held the key is that at the same place on a Latin keyboard, if it has no Latin letter of its own
    and the terminal says which that is.

    >>> readable("\\x1b[1099::115;5u"), readable("\\x1b[1099:1067:115;5:1u"), readable("\\x1b[97::113;5u")
    ('\\x1b[115;5u', '\\x1b[115;5u', '\\x1b[97;5u')
    """
    found = _KEY.fullmatch(sequence)
    if found is None or ":" not in sequence:
        return sequence
    if found["event"] == _RELEASED:
        return ""
    code, modifiers = found["code"], found["modifiers"] or ""
    if found["base"] and int(modifiers or "1") > _SHIFT_ALONE and int(code) > 127:
        code = found["base"]
    return f"\x1b[{code};{modifiers}{found['text'] or ''}{found['end']}"


class Parser(XTermParser):
    """Reads all keys of the kitty protocol, and passes over what is none."""

    def _parse_extended_key(self, sequence: str) -> list[events.Key] | None:  # type: ignore[override]
        try:
            if plain := readable(sequence):
                return super()._parse_extended_key(plain)
        except (ValueError, OverflowError):  # a number that is no character
            pass
        return [events.Key(Keys.Ignore, None)]


def read_all_keys() -> None:
    """Let Textual's driver read with `Parser`; the one for Windows gets keys in another way."""
    if sys.platform != "win32":
        from textual.drivers import linux_driver

        setattr(linux_driver, "XTermParser", Parser)  # noqa: B010  (a name the module only imports)
