"""The editor under the grid: the target of one row, live."""

from rich.text import Text
from textual.events import Key, Paste
from textual.message import Message
from textual.widgets import Input, TextArea

from tui.safe_text import lines, restored, safe


class Editor(TextArea):
    """Edits one stretch of the target. Shows safe text, and gives back the original where it was left alone."""

    class Kept(Message):
        """Enter: the text is good."""

    class Dropped(Message):
        """Esc: put the old text back."""

    def __init__(self, name: str | None = None) -> None:
        super().__init__(
            "",
            id=name,
            soft_wrap=True,
            show_line_numbers=False,
            tab_behavior="focus",
            compact=True,
            max_checkpoints=200,
        )
        self.cursor_blink = False  # a calm page, and no bytes over the line while nobody types
        self._original = ""

    def open(self, text: str) -> None:
        """Start to edit `text`, with the cursor at its end."""
        self._original = text
        self.load_text(lines(text))
        self.move_cursor(self.document.end)

    @property
    def edited(self) -> str:
        """The text as it is meant."""
        return restored(self._original, self.text)

    def get_line(self, line_index: int) -> Text:
        """A line as it is painted."""
        return Text(safe(self.document.get_line(line_index)), end="", no_wrap=True)

    async def _on_key(self, event: Key) -> None:
        if event.key in ("enter", "escape"):
            event.prevent_default().stop()
            self.post_message(self.Kept() if event.key == "enter" else self.Dropped())
        elif event.key in ("ctrl+j", "alt+enter", "shift+enter"):
            event.prevent_default().stop()
            self.insert("\n")

    async def _on_paste(self, event: Paste) -> None:
        event.text = lines(event.text.replace("\r\n", "\n").replace("\r", "\n"))


class Line(Input):
    """An input that takes no control characters from the clipboard."""

    def _on_paste(self, event: Paste) -> None:
        event.text = pasted(event.text)


def pasted(text: str) -> str:
    """Text from the clipboard as one line without control characters."""
    return safe(" ".join(text.splitlines()))
