"""What terminals send for the chords of the table, with the layouts on, under every protocol they speak."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.events import Key
from textual.keys import Keys

from tui.commands import COMMANDS
from tui.key_sequences import Parser
from tui.layouts import cyrillic_twins, twin_key

CHORDS = sorted({key for command in COMMANDS for key in command.keys if re.fullmatch(r"ctrl\+[a-z]", key)} - {"ctrl+j"})


def keys(sequence: str) -> list[str]:
    return [event.key for event in Parser().feed(sequence) if isinstance(event, Key)]


def forms(letter: str, base: str) -> Iterator[str]:
    """The ways to send Ctrl and a letter, on the key that says `base` on a Latin keyboard."""
    code, shifted, latin = ord(letter), ord(letter.upper()), ord(base)
    yield chr(latin & 31)  # no protocol: the byte goes by the key on most terminals
    yield f"\x1b[{code};5u"
    yield f"\x1b[{code};69u"  # Caps Lock
    yield f"\x1b[{code}::{latin};5u"
    yield f"\x1b[{code}:{shifted}:{latin};5u"
    yield f"\x1b[{code};5:1u"
    yield f"\x1b[{code}:{shifted}:{latin};69:2u"
    yield f"\x1b[27;5;{code}~"  # xterm's modifyOtherKeys


@pytest.mark.parametrize("chord", CHORDS)
def test_every_chord_on_every_layout_and_protocol(chord: str) -> None:
    for name in (chord, *cyrillic_twins(chord)):
        for sequence in forms(name[-1], chord[-1]):
            assert [twin_key(key) for key in keys(sequence)] == [chord], sequence


def test_a_letter_typed_stays_what_it_is_and_a_key_that_goes_up_is_none() -> None:
    (event,) = [e for e in Parser().feed("\x1b[1090:1058:110;2;1058u") if isinstance(e, Key)]
    assert (event.key, event.character) == ("Т", "Т")
    assert keys("\x1b[97::113;5u") == ["ctrl+a"]  # AZERTY: its own letter, not the place
    assert keys("\x1b[1;1:1B") == ["down"]
    assert set(keys("\x1b[1099::115;5:3u")) <= {Keys.Ignore}
    assert set(keys("\x1b[99999999;5u")) <= {Keys.Ignore}


@given(st.text("0123456789:;", max_size=14), st.sampled_from("u~AH"))
def test_nothing_a_terminal_sends_ends_the_program(numbers: str, end: str) -> None:
    keys(f"\x1b[{numbers}{end}")
