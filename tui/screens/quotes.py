"""Who said what, in which versions, through whom it came, and what was decided about it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.events import Resize
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from glossary.findings import Finding
from glossary.project import Edit, Retarget
from tui.bindings import bindings
from tui.commands import QUOTES
from tui.content import composed
from tui.decisions import ANSWERS, FOUND, Answer, Known, findings_of, original_of
from tui.explaining import keys_content
from tui.rows import Page
from tui.safe_text import flowing
from tui.screens.questions import Choose, Original, Reading
from tui.utterances import Utterance, utterance_detail, utterance_item, utterance_page, utterances
from tui.widgets.detail import Detail
from tui.widgets.grid import Grid
from tui.widgets.hints import Hints
from tui.widgets.listing import Listing
from tui.workspace import Workspace

if TYPE_CHECKING:
    from glossary.examination import Examined
    from tui.screens.workbench import Workbench


class Quotes(Screen[int]):
    """All utterances; dismissed with the row to go to, -1 for none."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(("back", "use-everywhere", "decide", "take-back", "go-there", "next-pane", "help")),
    ]

    def __init__(self, bench: "Workbench", workspace: Workspace) -> None:
        """The utterances of the examined `workspace`; edits and decisions go to the bench."""
        super().__init__()
        self.bench = bench
        self.workspace = workspace
        self.utterances: tuple[Utterance, ...] = ()
        self.known: dict[int, Known] = {}

    class Remembered(Message):
        """What the memory knows of the originals."""

        def __init__(self, known: dict[int, Known]) -> None:
            super().__init__()
            self.known = known

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
        """Fill the list, with the cursor on the quote of the finding that was chosen."""
        self.listing.focus()
        self.query_one(Hints).show(QUOTES)
        self.renew(self.workspace, self.bench.chosen)

    @property
    def listing(self) -> Listing:
        """The utterances."""
        return self.query_one("#clusters", Listing)

    def renew(self, workspace: Workspace, wanted: Finding | None = None) -> None:
        """The pair was examined anew."""
        if workspace.examined is None:
            return
        self.workspace = workspace
        self.utterances = utterances(workspace.examined)
        several = sum(len(u.quotes) > 1 for u in self.utterances)
        open_ = sum(u.severity is not None for u in self.utterances)
        self.query_one("#headline", Static).update(
            composed(
                ("Tolmach", "bold $accent"),
                ("  Quotes", "bold"),
                (
                    f"  {len(self.utterances)} utterances, {several} quoted more than once, {open_} to decide",
                    "$text-muted",
                ),
            )
        )
        source = wanted.source if wanted is not None else None
        at = next(
            (n for n, u in enumerate(self.utterances) if source and any(q.outer.overlaps(source) for q in u.quotes)),
            self.listing.cursor,
        )
        self.listing.show([utterance_item(u, workspace.source.text) for u in self.utterances], at)
        self._show()
        self._look_up(workspace.examined)

    @work(thread=True, exclusive=True, group="originals", description="originals")
    def _look_up(self, examined: "Examined") -> None:
        self.post_message(self.Remembered(self.bench.desk.originals(examined)))

    @on(Remembered)
    def _remembered(self, event: Remembered) -> None:
        self.known = event.known
        self._explain()

    @on(Listing.Moved, "#clusters")
    def _moved(self, event: Listing.Moved) -> None:
        self._show()

    @on(Listing.Chosen, "#clusters")
    def _chosen(self, event: Listing.Chosen) -> None:
        self.query_one("#places", Grid).focus()

    @on(Grid.Moved)
    def _place_moved(self, event: Grid.Moved) -> None:
        self._explain()

    @on(Grid.Chosen)
    def _place_chosen(self, event: Grid.Chosen) -> None:
        self.action_go_there()

    @on(Resize)
    def _resized(self, event: Resize) -> None:
        self.set_class(event.size.width < 100, "stacked")

    @property
    def utterance(self) -> Utterance | None:
        """The utterance under the cursor."""
        return self.utterances[self.listing.cursor] if self.utterances else None

    def _findings(self) -> tuple[Finding, ...]:
        examined = self.workspace.examined
        return findings_of(self.utterance, examined) if self.utterance is not None and examined is not None else ()

    def _rendering(self) -> str:
        """What renders the version under the cursor, if it is one quote."""
        utterance, target = self.utterance, self.workspace.target
        if utterance is None or target is None:
            return ""
        chosen = utterance.renderings[min(self.query_one(Grid).cursor, len(utterance.renderings) - 1)]
        return chosen[0].span.of(target.text) if len(chosen) == 1 else ""

    def _show(self) -> None:
        utterance = self.utterance
        page = utterance_page(utterance, self.workspace) if utterance is not None else Page.empty()
        self.query_one(Grid).show(page, aligned=True)
        self._explain()

    def _explain(self) -> None:
        utterance = self.utterance
        if utterance is None:
            self.query_one(Detail).show(composed(("Nobody is quoted in this article.", "italic $text-muted")))
            return
        original = original_of(utterance, self.known)
        words = (original.text, original.link) if original is not None else None
        self.query_one(Detail).show(utterance_detail(utterance, self._findings(), words, self._rendering()))

    # ── commands ──

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
        utterance = self.utterance
        if utterance is None:
            return
        quote = utterance.quotes[min(self.query_one(Grid).cursor, len(utterance.quotes) - 1)]
        row = self.workspace.beads.bead_at_source(quote.span.start)
        self.dismiss(row if row is not None else -1)

    def action_use_everywhere(self) -> None:
        """Put the rendering under the cursor, or the original, in the place of all others of the same words."""
        rendering, utterance = self._rendering(), self.utterance
        original = original_of(utterance, self.known) if utterance is not None else None
        target = self.workspace.target
        fits = original is not None and target is not None and original.lang == target.lang
        choices = [text for text in (original.text if original else "", rendering) if text]
        if not fits:
            self._use(rendering)
        else:
            self.app.push_screen(
                Choose("Use everywhere", [flowing(text) for text in choices]),
                lambda number: self._use(choices[number]) if number is not None and number >= 0 else None,
            )

    def _use(self, text: str) -> None:
        utterance, target = self.utterance, self.workspace.target
        if utterance is None or target is None or not text:
            return
        spans = {
            rendering.span
            for renderings in utterance.renderings
            for rendering in renderings
            if len(renderings) == 1 and rendering.span.of(target.text) != text
        }
        # From the end, so that the offsets of the others stay right.
        edits: list[Edit] = [Retarget(span, text) for span in sorted(spans, reverse=True)]
        self.bench.replace_renderings(edits)
        self.dismiss(-1)

    def action_decide(self) -> None:
        """Ask what to answer to a finding about this quote."""
        found = self._findings()
        if len(found) > 1:
            labels = [f"{finding.code} {finding.message}" for finding in found]
            self.app.push_screen(
                Choose("Which of these?", labels),
                lambda number: self._ask(found[number]) if number is not None and number >= 0 else None,
            )
        elif found:
            self._ask(found[0])
        else:
            self.bench.say("There is nothing to decide about this quote")

    def _ask(self, finding: Finding) -> None:
        def answered(number: int | None) -> None:
            if number is None or number < 0:
                return
            if ANSWERS[number] is FOUND:
                self._ask_for_original(finding)
            else:
                self._answer(finding, ANSWERS[number], None)

        self.app.push_screen(Choose("Decide", [answer.label for answer in ANSWERS]), answered)

    def _ask_for_original(self, finding: Finding) -> None:
        from glossary.memory import spoken_in

        utterance, examined = self.utterance, self.workspace.examined
        if utterance is None or examined is None:
            return
        lang = spoken_in(examined, finding)

        def answered(words: tuple[str, str] | None) -> None:
            if words is not None:
                self._answer(finding, FOUND, Known(words[0], "", words[1]))

        self.app.push_screen(Original(utterance.quotes[0].span.of(self.workspace.source.text), lang), answered)

    def _answer(self, finding: Finding, answer: Answer, original: Known | None) -> None:
        if self.workspace.examined is not None:
            self.bench.decide(self.workspace.examined, finding, answer, original)

    def action_take_back(self) -> None:
        """Take the last decision back."""
        self.bench.take_back()
