"""What to open: recent pairs, pairs in this directory, the demo, or paths to type."""

from collections.abc import Callable, Sequence
from pathlib import Path
from shlex import split
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.events import Key, Paste
from textual.screen import Screen
from textual.widgets import Input, Static

from glossary.errors import TolmachError
from tui.bindings import bindings
from tui.commands import START
from tui.content import composed
from tui.desk import Desk
from tui.explaining import keys_content
from tui.screens.questions import Reading
from tui.widgets.editor import Line, pasted
from tui.widgets.hints import Hints
from tui.widgets.listing import Item, Listing

Choice = tuple[str, str, Desk]

WELCOME = composed(
    ("Tolmach", "bold $accent"),
    "  checks a Russian or Ukrainian rendering against its English article\n",
    ("Type paths (source and target, a source, a directory), or choose below.", "$text-muted"),
)


class Start(Screen[Desk]):
    """A line for paths and a list of pairs; dismissed with the chosen one."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(("open-choice", "next-pane", "help", "quit"))]

    def __init__(self, choices: Sequence[Choice], opened: Callable[[Sequence[Path]], Sequence[Choice]]) -> None:
        """Choices are a word of introduction, a label and the pair. `opened` makes choices of paths that are typed;
        it raises TolmachError."""
        super().__init__()
        self.choices = choices
        self.opened = opened

    def compose(self) -> ComposeResult:
        """Welcome, paths, list, hints."""
        yield Static(WELCOME, id="welcome")
        yield Line(id="paths", placeholder="article.en.txt article.uk.txt", select_on_focus=False)
        yield Listing("nothing to open", "choices")
        yield Static("", id="trouble", markup=False)
        yield Hints(id="hints", markup=False)

    def on_mount(self) -> None:
        """Fill the list."""
        self.query_one(Hints).show(START)
        self._list(self.choices)

    def _list(self, choices: Sequence[Choice]) -> None:
        self.choices = choices
        listing = self.query_one(Listing)
        listing.show([Item(((f"{word:<8}", "accent"), (label, ""))) for word, label, _ in choices])
        listing.focus()

    @on(Input.Submitted, "#paths")
    def _typed(self, event: Input.Submitted) -> None:
        try:
            names = split(event.value)
            found = self.opened([Path(name).expanduser() for name in names]) if names else ()
        except (TolmachError, ValueError, RuntimeError) as error:
            self.query_one("#trouble", Static).update(composed(("✗ ", "$text-error"), str(error)))
            return
        self.query_one("#trouble", Static).update("")
        if len(found) == 1:
            self.dismiss(found[0][2])
        elif found:
            self._list(found)

    def on_key(self, event: Key) -> None:
        """What is typed over the list is a path."""
        if event.character is not None and event.is_printable and event.character.strip("?"):
            self._into_line(event.character)

    def on_paste(self, event: Paste) -> None:
        """Likewise what is pasted."""
        self._into_line(pasted(event.text))

    def _into_line(self, text: str) -> None:
        line = self.query_one(Line)
        self.set_focus(line)  # at once: the next key follows
        line.insert_text_at_cursor(text)

    @on(Listing.Chosen)
    def _chosen(self, event: Listing.Chosen) -> None:
        self.dismiss(self.choices[event.number][2])

    # ── commands ──

    def action_run(self, command: str) -> None:
        """Run a command of the table by its id."""
        action: Callable[[], object] | None = getattr(self, f"action_{command.replace('-', '_')}", None)
        if action is not None:
            self.call_later(action)

    def action_open_choice(self) -> None:
        """Open the pair under the cursor, or the paths that are typed."""
        if isinstance(self.focused, Line):
            self._typed(Input.Submitted(self.focused, self.focused.value))
        else:
            self.query_one(Listing).action_choose()

    def action_next_pane(self) -> None:
        """Go to the next pane."""
        self.focus_next()

    def action_help(self) -> None:
        """Show all keys."""
        self.app.push_screen(Reading("Keys", keys_content(START)))

    def action_quit(self) -> None:
        """Leave."""
        self.app.exit(0)
