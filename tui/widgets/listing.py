"""A list of one-line items with a cursor, painted line by line: findings, utterances, terms, occurrences."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar, overload

from rich.segment import Segment
from rich.style import Style
from textual.binding import BindingType
from textual.events import Click
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.safe_text import flowing
from tui.widgets.extent import extend
from tui.wrapping import fitted

_KINDS = ("cursor", "muted", "info", "warning", "error", "accent", "empty")


@dataclass(frozen=True, slots=True)
class Item:
    """One line: parts of text with a kind each ("" or one of muted, info, warning, error, accent)."""

    parts: tuple[tuple[str, str], ...]


class Items(Sequence[Item]):
    """Items made when they are painted: of thousands a screen shows ten."""

    def __init__(self, count: int, make: Callable[[int], Item]) -> None:
        self._count = count
        self._make = make

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, place: int) -> Item: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Item]: ...

    def __getitem__(self, place: int | slice) -> Item | Sequence[Item]:
        numbers = range(self._count)[place]
        return self._make(numbers) if isinstance(numbers, int) else [self._make(n) for n in numbers]


class Listing(ScrollView, can_focus=True):
    """Items with a cursor. Posts `Moved` when a person moves the cursor and `Chosen` on Enter or double click."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"listing--{kind}" for kind in _KINDS}
    DEFAULT_CSS = """
    Listing { overflow-x: hidden; overflow-y: scroll; scrollbar-size-vertical: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        ("up", "move(-1)"),
        ("down", "move(1)"),
        ("pageup", "turn(-1)"),
        ("pagedown", "turn(1)"),
        ("home", "edge(0)"),
        ("end", "edge(1)"),
        ("enter", "choose"),
    ]

    cursor: reactive[int] = reactive(0, init=False)

    class Moved(Message):
        """The cursor is on another item."""

        def __init__(self, listing: "Listing", number: int) -> None:
            super().__init__()
            self.listing = listing
            self.number = number

        @property
        def control(self) -> "Listing":
            """The listing, for `@on` selectors."""
            return self.listing

    class Chosen(Moved):
        """An item was chosen."""

    def __init__(self, empty: str, name: str | None = None) -> None:
        super().__init__(id=name)
        self.empty = empty
        self.items: Sequence[Item] = ()

    def show(self, items: Sequence[Item], cursor: int = 0, empty: str | None = None) -> None:
        """Show other items; nothing is posted."""
        self.items = items
        self.empty = self.empty if empty is None else empty
        extend(self, Size(self.size.width, len(items)))
        self.set_reactive(Listing.cursor, max(0, min(cursor, len(items) - 1)))
        self._reveal()
        self.refresh()

    def place(self, cursor: int) -> None:
        """Put the cursor on an item without posting."""
        self.set_reactive(Listing.cursor, self.validate_cursor(cursor))
        self._reveal()
        self.refresh()

    def validate_cursor(self, number: int) -> int:
        """The cursor stays on an item."""
        return max(0, min(number, len(self.items) - 1))

    def watch_cursor(self, before: int, now: int) -> None:
        """Show the item and say so."""
        if before != now and self.items:
            self._reveal()
            self.refresh()
            self.post_message(self.Moved(self, now))

    def _reveal(self) -> None:
        if self.items and self.size:
            self.scroll_to_region(Region(0, self.cursor, self.size.width, 1), animate=False, force=True, immediate=True)

    def render_line(self, y: int) -> Strip:
        """One item, or what stands for an empty list."""
        width = self.scrollable_content_region.width
        number = y + self.scroll_offset.y
        base = self.rich_style
        if not self.items and y == 0:
            style = base + self.get_component_rich_style("listing--empty", partial=True)
            return Strip([Segment(fitted(" " + self.empty, width), style)]).adjust_cell_length(width, base)
        if number >= len(self.items):
            return Strip.blank(width, base)
        here = number == self.cursor
        if here:
            base += self.get_component_rich_style("listing--cursor", partial=True)
        segments = [Segment("▌" if here else " ", base + self._kind("accent"))]
        room = width - 1
        for text, kind in self.items[number].parts:
            shown = fitted(flowing(text), room)
            segment = Segment(shown, base + self._kind(kind))
            room -= segment.cell_length
            segments.append(segment)
            if room <= 0:
                break
        return Strip(segments).adjust_cell_length(width, base)

    def _kind(self, kind: str) -> Style:
        return self.get_component_rich_style(f"listing--{kind}", partial=True) if kind else Style.null()

    def action_move(self, by: int) -> None:
        """Move by items."""
        self.cursor += by

    def action_turn(self, pages: int) -> None:
        """Move by screens."""
        self.cursor += pages * max(1, self.size.height - 1)

    def action_edge(self, end: int) -> None:
        """Go to the first or last item."""
        self.cursor = len(self.items) - 1 if end else 0

    def action_choose(self) -> None:
        """Choose the item under the cursor."""
        if self.items:
            self.post_message(self.Chosen(self, self.cursor))

    def on_click(self, event: Click) -> None:
        """A click moves the cursor, a double click chooses."""
        offset = event.get_content_offset(self)
        if offset is not None and offset.y + self.scroll_offset.y < len(self.items):
            self.cursor = offset.y + self.scroll_offset.y
            if event.chain == 2:
                self.action_choose()
