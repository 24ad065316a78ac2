"""The pane that explains: a scrolling text, set as content."""

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static


class Detail(VerticalScroll):
    """Explains what the cursor is on."""

    def compose(self) -> ComposeResult:
        """One static text."""
        yield Static("", markup=False)

    def show(self, content: Content) -> None:
        """Explain something else, from its beginning."""
        self.query_one(Static).update(content)
        self.scroll_home(animate=False)
