"""What to open: recent pairs, the demo, or the line to type."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen
from textual.widgets import Static

from tui.bindings import bindings
from tui.commands import OTHER
from tui.content import composed
from tui.desk import Desk
from tui.widgets.hints import Hints
from tui.widgets.listing import Item, Listing

WELCOME = composed(
    ("Tolmach", "bold $accent"),
    ("  checks a Russian or Ukrainian rendering against its English article\n\n", ""),
    ("To open files of your own, leave with Ctrl+Q and type\n", "$text-muted"),
    ("  tolmach ARTICLE.en.txt ARTICLE.uk.txt\n", "bold"),
    ("In a terminal without this screen: ", "$text-muted"),
    "tolmach check ARTICLE.en.txt ARTICLE.uk.txt",
)


class Start(Screen[Desk]):
    """A list of pairs; dismissed with the chosen one."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(("quit",))]

    def __init__(self, choices: Sequence[tuple[str, str, Desk]]) -> None:
        """Choices are a word of introduction, a label and the pair."""
        super().__init__()
        self.choices = choices

    def compose(self) -> ComposeResult:
        """Welcome, list, hints."""
        yield Static(WELCOME, id="welcome")
        yield Listing("nothing to open", "choices")
        yield Hints(id="hints", markup=False)

    def on_mount(self) -> None:
        """Fill the list."""
        listing = self.query_one(Listing)
        listing.show([Item(((f"{word:<8}", "accent"), (label, ""))) for word, label, _ in self.choices])
        listing.focus()
        self.query_one(Hints).show(OTHER)

    @on(Listing.Chosen)
    def _chosen(self, event: Listing.Chosen) -> None:
        self.dismiss(self.choices[event.number][2])

    def action_run(self, command: str) -> None:
        """Run a command of the table by its id."""
        if command == "quit":
            self.action_quit()

    def action_quit(self) -> None:
        """Leave."""
        self.app.exit(0)
