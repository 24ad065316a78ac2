"""Keys by position on the Russian and the Ukrainian layout."""

import pytest

from tui.commands import COMMANDS
from tui.layouts import cyrillic_twins, twin_key, twin_text


@pytest.mark.parametrize(
    ("typed", "means"),
    [("т", "n"), ("Т", "N"), ("ctrl+ы", "ctrl+s"), ("ctrl+і", "ctrl+s"), ("ctrl+я", "ctrl+z"), ("alt+й", "alt+q")],
)
def test_a_cyrillic_key_is_the_latin_one_at_its_place(typed: str, means: str) -> None:
    assert twin_key(typed) == means


@pytest.mark.parametrize("key", ["f8", "shift+f8", "alt+up", "ctrl+s", "n", "enter", "ж", "ctrl+х", "№", "tab"])
def test_other_keys_stay(key: str) -> None:
    assert twin_key(key) == key


@pytest.mark.parametrize("key", sorted({k for c in COMMANDS for k in (*c.keys, *c.letters)}))
def test_every_key_is_reached_on_both_layouts(key: str) -> None:
    assert all(twin_key(twin) == key for twin in cyrillic_twins(key))
    if len(key.rpartition("+")[2]) == 1:
        assert cyrillic_twins(key)


@pytest.mark.parametrize(("typed", "meant"), [("еруьу", "theme"), ("фзкщы", "apros"), ("йгщеуі", "quotes")])
def test_words_typed_on_the_wrong_layout(typed: str, meant: str) -> None:
    assert twin_text(typed) == meant
