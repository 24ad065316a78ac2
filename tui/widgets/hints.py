"""The footer: at most seven commands, made from the table, and no more than fit; a click runs one."""

from textual.content import Content
from textual.events import Resize
from textual.style import Style
from textual.widgets import Static

from tui.commands import EDITOR, Command, key_name, meant_in


class Hints(Static):
    """The keys that matter in the pane in focus."""

    _pane = ""

    def show(self, pane: str) -> None:
        """Show the hints for a pane."""
        self._pane = pane
        self.update(hints(pane, self.content_size.width))

    def on_resize(self, _event: Resize) -> None:
        """Show as many as fit now."""
        self.show(self._pane)


def hints(pane: str, width: int = 0, limit: int = 7) -> Content:
    """The footer of a pane `width` cells wide (0: not known), as content with clickable commands; help stays to the
    last."""
    shown = [command for command in meant_in(pane) if command.hint]
    if pane == EDITOR:  # how to leave it comes first
        shown.sort(key=lambda command: command.pane != EDITOR)
    *rest, last = sorted(shown, key=lambda command: command.id == "help")
    rest = rest[: limit - 1]
    while True:
        line = Content("  ").join([_hint(command) for command in (*rest, last)])
        if not rest or not width or line.cell_length <= width:
            return line
        rest.pop()


def _hint(command: Command) -> Content:
    key = key_name((command.keys or command.letters)[0])
    # The action is a name from our own table, never text from a file.
    action = "app.quit" if command.id == "quit" else f"screen.run({command.id!r})"
    click = Style.from_meta({"@click": action})
    return Content.assemble((key, "bold $accent"), " ", (command.hint, "")).stylize(click)
