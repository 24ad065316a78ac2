"""The footer: at most seven commands, made from the table; a click runs one."""

from textual.content import Content
from textual.style import Style
from textual.widgets import Static

from tui.commands import EDITOR, Command, key_name, meant_in


class Hints(Static):
    """The keys that matter in the pane in focus."""

    def show(self, pane: str) -> None:
        """Show the hints for a pane."""
        self.update(hints(pane))


def hints(pane: str, limit: int = 7) -> Content:
    """The footer of a pane, as content with clickable commands."""
    shown = [command for command in meant_in(pane) if command.hint]
    if pane == EDITOR:  # how to leave it comes first
        shown.sort(key=lambda command: command.pane != EDITOR)
    help_, rest = [c for c in shown if c.id == "help"], [c for c in shown if c.id != "help"]
    shown = [*rest[: limit - len(help_)], *help_]
    return Content("  ").join([_hint(command) for command in shown])


def _hint(command: Command) -> Content:
    key = key_name((command.keys or command.letters)[0])
    # The action is a name from our own table, never text from a file.
    click = Style.from_meta({"@click": f"screen.run({command.id!r})"})
    return Content.assemble((key, "bold $accent"), " ", (command.hint, "")).stylize(click)
