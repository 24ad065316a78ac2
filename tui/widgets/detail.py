"""The pane that explains: a scrolling text, wrapped and painted line by line, so that a change needs no layout."""

from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.events import Resize
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

from tui.widgets.extent import extend


class Detail(ScrollView, can_focus=True):
    """Explains what the cursor is on."""

    DEFAULT_CSS = """
    Detail { overflow-x: hidden; overflow-y: scroll; scrollbar-size-vertical: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [("up", "scroll_up"), ("down", "scroll_down")]

    def __init__(self, name: str | None = None) -> None:
        super().__init__(id=name)
        self.content = Content("")
        self._strips: list[Strip] = []
        self._wrapped = 0

    def show(self, content: Content) -> None:
        """Explain something else, from its beginning; the same again changes nothing."""
        if self._strips and content.is_same(self.content):
            return
        self.content = content
        self._wrap()
        self.scroll_to(y=0, animate=False, force=True, immediate=True)

    def _wrap(self) -> None:
        width = self.scrollable_content_region.width
        if width <= 0:
            return
        self._wrapped = width
        self._strips = Visual.to_strips(self, self.content, width, None, self.visual_style)
        extend(self, Size(width, len(self._strips)))
        self.refresh()

    def on_resize(self, _event: Resize) -> None:
        """Wrap anew."""
        if self.scrollable_content_region.width != self._wrapped:
            self._wrap()

    def notify_style_update(self) -> None:
        """Another theme: paint anew."""
        super().notify_style_update()
        self._wrap()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The lines the content takes, for panes as high as their text."""
        return len(Visual.to_strips(self, self.content, max(1, width - 1), None, self.visual_style))

    def render_line(self, y: int) -> Strip:
        """One line of the content."""
        y += self.scroll_offset.y
        width = self.scrollable_content_region.width
        if y >= len(self._strips):
            return Strip.blank(width, self.rich_style)
        return self._strips[y].adjust_cell_length(width, self.rich_style)
