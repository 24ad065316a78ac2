"""Who said what, in which versions, and through whom it came."""

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.events import Resize
from textual.screen import Screen
from textual.widgets import Static

from glossary.project import Edit, Retarget
from tui.bindings import bindings
from tui.commands import QUOTES
from tui.content import composed
from tui.explaining import keys_content
from tui.rows import Page
from tui.screens.questions import Reading
from tui.utterances import Utterance, utterance_detail, utterance_item, utterance_page, utterances
from tui.widgets.detail import Detail
from tui.widgets.grid import Grid
from tui.widgets.hints import Hints
from tui.widgets.listing import Listing
from tui.workspace import Workspace


class Quotes(Screen[int]):
    """All utterances; dismissed with the row to go to, -1 for none. `decide` takes the edits decided on here."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(("back", "use-everywhere", "go-there", "next-pane", "help")),
    ]

    def __init__(self, workspace: Workspace, decide: Callable[[list[Edit]], None]) -> None:
        super().__init__()
        self.workspace = workspace
        self.decide = decide
        self.utterances: tuple[Utterance, ...] = utterances(workspace.examined) if workspace.examined else ()

    def compose(self) -> ComposeResult:
        """Utterances left, the chain and the versions right."""
        yield Static("", id="headline", markup=False)
        with Horizontal(id="quotes-body"):
            yield Listing("nobody is quoted", "clusters")
            with Vertical(id="versions"):
                yield Detail("chain")
                yield Grid("places", stack_below=60)
        yield Hints(id="hints", markup=False)

    def on_mount(self) -> None:
        """Fill the list."""
        several = sum(len(u.quotes) > 1 for u in self.utterances)
        self.query_one("#headline", Static).update(
            composed(
                ("Tolmach", "bold $accent"),
                ("  Quotes", "bold"),
                (f"  {len(self.utterances)} utterances, {several} quoted more than once", "$text-muted"),
            )
        )
        listing = self.query_one("#clusters", Listing)
        listing.show([utterance_item(u, self.workspace.source.text) for u in self.utterances])
        listing.focus()
        self.query_one(Hints).show(QUOTES)
        self._show(0)

    @on(Listing.Moved, "#clusters")
    def _moved(self, event: Listing.Moved) -> None:
        self._show(event.number)

    @on(Listing.Chosen, "#clusters")
    def _chosen(self, event: Listing.Chosen) -> None:
        self.query_one(Grid).focus()

    @on(Grid.Chosen)
    def _place_chosen(self, event: Grid.Chosen) -> None:
        self.action_go_there()

    @on(Resize)
    def _resized(self, event: Resize) -> None:
        self.set_class(event.size.width < 100, "stacked")

    def _show(self, number: int) -> None:
        if not self.utterances:
            self.query_one(Grid).show(Page.empty(), aligned=True)
            return
        utterance = self.utterances[number]
        self.query_one(Detail).show(utterance_detail(utterance))
        self.query_one(Grid).show(utterance_page(utterance, self.workspace), aligned=True)

    def action_run(self, command: str) -> None:
        """Run a command of the table by its id."""
        action: Callable[[], object] | None = getattr(self, f"action_{command.replace('-', '_')}", None)
        if action is not None:
            self.call_later(action)

    def action_back(self) -> None:
        """Back to the texts."""
        self.dismiss(-1)

    def action_next_pane(self) -> None:
        """Go to the next pane."""
        self.focus_next()

    def action_help(self) -> None:
        """Show all keys."""
        self.app.push_screen(Reading("Keys", keys_content(QUOTES)))

    def action_go_there(self) -> None:
        """Back to the texts, at the place under the cursor."""
        if not self.utterances:
            return
        utterance = self.utterances[self.query_one("#clusters", Listing).cursor]
        quote = utterance.quotes[min(self.query_one(Grid).cursor, len(utterance.quotes) - 1)]
        row = self.workspace.beads.bead_at_source(quote.span.start)
        self.dismiss(row if row is not None else -1)

    def action_use_everywhere(self) -> None:
        """Put the rendering under the cursor in the place of all others of the same words."""
        target = self.workspace.target
        if not self.utterances or target is None:
            return
        utterance = self.utterances[self.query_one("#clusters", Listing).cursor]
        chosen = utterance.renderings[min(self.query_one(Grid).cursor, len(utterance.renderings) - 1)]
        if len(chosen) != 1:
            return
        text = chosen[0].span.of(target.text)
        spans = {
            rendering.span
            for renderings in utterance.renderings
            for rendering in renderings
            if len(renderings) == 1 and rendering.span.of(target.text) != text
        }
        # From the end, so that the offsets of the others stay right.
        self.decide([Retarget(span, text) for span in sorted(spans, reverse=True)])
        self.dismiss(-1)
