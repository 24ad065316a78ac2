"""Keys by position: what a key typed on a Russian or Ukrainian layout is called on a Latin keyboard.

Terminals with the kitty protocol send Ctrl and physical C as Ctrl+С (Cyrillic), and plain letters arrive as Cyrillic
everywhere. Commands belong to positions, not to letters. Another layout is one more line of the table.
"""

_LATIN = "`qwertyuiop[]asdfghjkl;'\\zxcvbnm,./"
_LAYOUTS = {
    "ru": "ёйцукенгшщзхъфывапролджэ\\ячсмитьбю.",
    "uk": "'йцукенгшщзхїфівапролджєґячсмитьбю.",
}


def _twins() -> dict[str, str]:
    found: dict[str, str] = {}
    for layout in _LAYOUTS.values():
        for theirs, ours in zip(layout, _LATIN, strict=True):
            if theirs.isalpha():
                found[theirs] = ours
                found[theirs.upper()] = ours.upper()
    return found


_TWINS = _twins()


def twin_key(key: str) -> str:
    """The Textual name of the key at the same place on a Latin keyboard; `key` itself if it is no Cyrillic letter.

    >>> twin_key("ctrl+ы"), twin_key("ctrl+і"), twin_key("Т"), twin_key("f8")
    ('ctrl+s', 'ctrl+s', 'N', 'f8')
    """
    modifiers, plus, last = key.rpartition("+")
    twin = _TWINS.get(last, last)
    return f"{modifiers}{plus}{twin}" if twin.isalpha() else key


def twin_text(text: str) -> str:
    """What `text` would be had it been typed with the Latin layout on: for searches typed on the wrong layout.

    >>> twin_text("еруьу")
    'theme'
    """
    return "".join(_TWINS.get(character, character) for character in text)


def cyrillic_twins(key: str) -> tuple[str, ...]:
    """The names a key has on the Russian and on the Ukrainian layout: the inverse of `twin_key`.

    >>> cyrillic_twins("ctrl+s")
    ('ctrl+ы', 'ctrl+і')
    """
    modifiers, plus, last = key.rpartition("+")
    found: list[str] = []
    for layout in _LAYOUTS.values():
        if len(last) == 1 and last.lower() in _LATIN:
            letter = layout[_LATIN.index(last.lower())]
            name = f"{modifiers}{plus}{letter.upper() if last.isupper() else letter}"
            if letter.isalpha() and name not in found:
                found.append(name)
    return tuple(found)
