"""The two texts side by side, bead by bead: a line-API view that paints only what is on the screen."""

from collections import OrderedDict
from typing import ClassVar

from rich.style import Style
from textual.binding import BindingType
from textual.events import Click, MouseDown, MouseEvent, MouseMove, MouseUp, Resize
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from glossary.findings import Finding
from tui.filters import neighbour, stepped
from tui.heights import Columns, Heights
from tui.painting import hit, painted
from tui.rows import Page
from tui.selecting import Place, Selection, Stretch
from tui.widgets.extent import extend

_KINDS = (
    "base", "cursor", "source", "target", "bar", "number", "rule", "absent",
    "quote", "term", "draft", "info", "warning", "error", "current", "selected",
)  # fmt: skip
_REMEMBERED = 240  # painted rows: a dozen screens


class Grid(ScrollView, can_focus=True):
    """Rows of a Page with a cursor. Posts `Moved` when the cursor moves, `Chosen` on a double click, `Asked` on a right
    click. Dragging selects text of one side."""

    ALLOW_SELECT = False  # Textual's own selection would run across both columns

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"grid--{kind}" for kind in _KINDS}

    DEFAULT_CSS = """
    Grid { overflow-x: hidden; overflow-y: scroll; scrollbar-size-vertical: 1; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        ("up", "move(-1)"),
        ("down", "move(1)"),
        ("pageup", "turn(-1)"),
        ("pagedown", "turn(1)"),
        ("home", "edge(0)"),
        ("end", "edge(1)"),
    ]

    cursor: reactive[int] = reactive(0, init=False)

    class Moved(Message):
        """The cursor is on another row."""

        def __init__(self, row: int) -> None:
            super().__init__()
            self.row = row

    class Chosen(Message):
        """A row was double-clicked; `side` says where."""

        def __init__(self, row: int, side: str) -> None:
            super().__init__()
            self.row = row
            self.side = side

    class Asked(Message):
        """A row was clicked with the right button."""

        def __init__(self, row: int) -> None:
            super().__init__()
            self.row = row

    def __init__(self, name: str | None = None, stack_below: int = 99) -> None:
        super().__init__(id=name)
        self._stack_below = stack_below
        self.page = Page.empty()
        self.aligned = False
        self.current: Finding | None = None
        self._current_row: int | None = None
        self.only: frozenset[int] | None = None
        self.selection: Selection | None = None
        self._anchor: tuple[str, Place] | None = None
        self._columns = Columns.of(100)
        self._heights = Heights((), (), self._columns)
        self._strips: OrderedDict[tuple[int, bool, bool, Stretch | None], list[Strip]] = OrderedDict()
        self._styles: dict[str, Style] = {}

    def show(
        self,
        page: Page,
        *,
        aligned: bool,
        cursor: int = 0,
        anchor: int | None = None,
        only: frozenset[int] | None = None,
    ) -> None:
        """Show another page, or of it `only` these rows, with the cursor on row `cursor`; `anchor` keeps that row's
        top on the same screen line."""
        line = self._heights.top(self.cursor) - self.scroll_offset.y if len(self.page) else 0
        self.page, self.aligned = page, aligned
        self.current, self._current_row = None, None
        self.selection = None
        same = (
            self._heights.after(page.texts, page.fresh) if only is None and self._fitting() == self._columns else None
        )
        self.only = only
        if same is not None and len(page):
            self._heights = same
            self._strips.clear()
            self._resized()
        else:
            self._measure()
        self.set_reactive(Grid.cursor, self.validate_cursor(cursor))
        if len(page) and anchor is not None:
            self.scroll_to(y=self._heights.top(self.cursor) - line, animate=False, force=True, immediate=True)
        self.refresh()

    def point(self, finding: Finding | None, row: int | None) -> None:
        """Go to a row and point at the finding in it."""
        self.current, self._current_row = finding, row
        self._forget(self.cursor)
        if row is not None:
            self._forget(row)
            self.cursor = row
            self._reveal(row)
        self.refresh()

    @property
    def stacked(self) -> bool:
        """Whether the target stands below the source."""
        return self._columns.stacked

    # ── measuring ──

    def _measure(self) -> None:
        self._columns = self._fitting()
        self._strips.clear()
        self._heights = Heights(self.page.texts, self.page.fresh, self._columns, self.only)
        self._resized()
        self.refresh()
        if not self._heights.settled:
            self.set_timer(0.05, self._measure_more)

    def _fitting(self) -> Columns:
        return Columns.of(max(20, self.scrollable_content_region.width), self._stack_below)

    def _measure_more(self) -> None:
        heights = self._heights
        if heights.settled:
            return
        top = heights.row_at(self.scroll_offset.y)
        line = self.scroll_offset.y - heights.top(top)
        heights.measure(400)
        self._resized()
        if self.scroll_offset.y:
            self.scroll_to(y=heights.top(top) + line, animate=False, force=True, immediate=True)
        if not heights.settled:
            self.set_timer(0.03, self._measure_more)

    def _resized(self) -> None:
        extend(self, Size(self.scrollable_content_region.width, self._heights.total))

    def on_resize(self, _event: Resize) -> None:
        """Wrap anew, with the cursor's row where it was."""
        if self._fitting() != self._columns or not self._heights.total:
            self._measure()
            if len(self.page):
                self._reveal(self.cursor)

    def notify_style_update(self) -> None:
        """Another theme: paint anew."""
        super().notify_style_update()
        self._styles.clear()
        self._strips.clear()

    # ── painting ──

    def _style(self) -> dict[str, Style]:
        if not self._styles:
            base = self.rich_style
            for kind in _KINDS:
                self._styles[kind] = self.get_component_rich_style(f"grid--{kind}", partial=kind != "base")
            self._styles["base"] = base
            for kind in ("quote", "info", "warning", "error"):
                self._styles[f"sign-{kind}"] = self._styles[kind] + Style(underline=False)
            self._styles["cursor"] = base + self._styles["cursor"]
        return self._styles

    def _lines(self, number: int) -> list[Strip]:
        cursor = number == self.cursor
        pointed = number == self._current_row and self.current is not None
        selected = self.selection.stretch(number) if self.selection is not None else None
        key = (number, cursor, pointed, selected)
        if key in self._strips:
            self._strips.move_to_end(key)
            return self._strips[key]
        row = self.page.row(number, self.current if pointed else None)
        if selected is not None and self.selection is not None:
            row = self.selection.marked(row, number)
        strips = painted(row, number, self._columns, self._style(), cursor, self.aligned)
        self._strips[key] = strips
        if len(self._strips) > _REMEMBERED:
            self._strips.popitem(last=False)
        return strips

    def _forget(self, number: int) -> None:
        for key in [key for key in self._strips if key[0] == number]:
            del self._strips[key]

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        y += self.scroll_offset.y
        width = self.scrollable_content_region.width
        if not len(self.page) or y >= self._heights.total:
            return Strip.blank(width, self._style()["base"])
        number = self._heights.row_at(y)
        strips = self._lines(number)
        line = y - self._heights.top(number)
        if line >= len(strips):
            return Strip.blank(width, self._style()["base"])
        return strips[line].adjust_cell_length(width, self._style()["base"])

    # ── moving ──

    def validate_cursor(self, row: int) -> int:
        """The cursor stays on a row that is shown."""
        return neighbour(row, self.only, len(self.page)) if len(self.page) else 0

    def watch_cursor(self, before: int, now: int) -> None:
        """Repaint the two rows and show the new one."""
        if before == now or not len(self.page):
            return
        for number in (before, now):
            if number < len(self.page):
                top = self._heights.top(number)
                self.refresh_lines(top, self._heights.height(number))
        self._reveal(now)
        self.post_message(self.Moved(now))

    def reveal(self) -> None:
        """Show the cursor's row."""
        if len(self.page):
            self._reveal(self.cursor)

    def _reveal(self, row: int) -> None:
        """Scroll so that the row is seen, with a little of its surroundings."""
        top, height = self._heights.top(row), self._heights.height(row)
        region = Region(0, top, self.size.width, min(height, self.size.height))
        spare = max(0, self.size.height - height) // 2
        context = min(2, spare)
        self.scroll_to_region(
            Region(0, max(0, top - context), region.width, region.height + 2 * context),
            animate=False,
            force=True,
            immediate=True,
        )

    def action_move(self, by: int) -> None:
        """Move the cursor by rows."""
        self.cursor = stepped(self.cursor, by, self.only, len(self.page))

    def action_turn(self, pages: int) -> None:
        """Move the cursor by screens."""
        line = self._heights.top(self.cursor) + pages * max(1, self.size.height - 2)
        row = self.validate_cursor(self._heights.row_at(max(0, min(line, self._heights.total - 1))))
        self.cursor = row if row != self.cursor else stepped(row, pages, self.only, len(self.page))

    def action_edge(self, end: int) -> None:
        """Go to the first or last row."""
        self.cursor = len(self.page) - 1 if end else 0

    # ── the mouse ──

    def on_click(self, event: Click) -> None:
        """A click moves the cursor, a double click chooses, a right click asks."""
        found = self._under(event)
        if found is None:
            return
        row, side, _ = found
        self.cursor = row
        if event.button == 3:
            self.post_message(self.Asked(row))
        elif event.chain == 2:
            self.post_message(self.Chosen(row, side))

    def on_mouse_down(self, event: MouseDown) -> None:
        """Dragging may begin here."""
        if event.button != 1:
            return
        found = self._under(event)
        self.select(None)
        if found is not None:
            self._anchor = (found[1], (found[0], found[2]))
            self.capture_mouse()

    def on_mouse_move(self, event: MouseMove) -> None:
        """Select up to here, on the side where dragging began."""
        if self._anchor is None:
            return
        side, start = self._anchor
        found = self._under(event)
        if found is not None and found[1] == side and (found[0], found[2]) != start:
            first, (row, last) = sorted((start, (found[0], found[2])))
            self.select(Selection(side, first, (row, last + 1)))

    def on_mouse_up(self, _event: MouseUp) -> None:
        """Dragging ends."""
        if self._anchor is not None:
            self._anchor = None
            self.release_mouse()

    def select(self, selection: Selection | None) -> None:
        """Select a stretch of one side, or nothing."""
        if selection != self.selection:
            self.selection = selection
            self.refresh()

    def _under(self, event: MouseEvent) -> tuple[int, str, int] | None:
        """The row, the side and the place in its cell under the mouse."""
        offset = event.get_content_offset_capture(self)
        y = offset.y + self.scroll_offset.y
        if not self.aligned or not len(self.page) or not 0 <= y < self._heights.total:
            return None
        row = self._heights.row_at(y)
        found = hit(self._columns, self.page.row(row), y - self._heights.top(row), offset.x)
        return (row, *found) if found is not None else (row, "target", 0)
