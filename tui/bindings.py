"""Textual bindings of the commands in the table."""

from collections.abc import Iterable

from textual.binding import Binding

from tui.commands import BY_ID


def bindings(ids: Iterable[str]) -> list[Binding]:
    """Bindings for these commands: keys go first even while text is typed, letters only where nothing takes them."""
    found: list[Binding] = []
    for name in ids:
        command = BY_ID[name]
        if command.keys:
            found.append(Binding(",".join(command.keys), command.action, command.title, show=False, priority=True))
        found += [Binding(key, command.action, command.title, show=False) for key in command.letters]
    return found
