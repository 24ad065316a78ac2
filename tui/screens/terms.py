"""The glossary: search in any inflected form, all renderings with reasons, and the uses in this article."""

from collections import defaultdict
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.events import Resize
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input, Static

from glossary.terms.concepts import Concept, TermUse
from tui.bindings import bindings
from tui.commands import TERMS
from tui.concepts import (
    Occurrence,
    concept_detail,
    concept_item,
    occurrence_items,
    occurrences,
    search,
)
from tui.content import composed
from tui.explaining import keys_content
from tui.screens.questions import Reading
from tui.widgets.detail import Detail
from tui.widgets.editor import Line
from tui.widgets.hints import Hints
from tui.widgets.listing import Listing
from tui.workspace import Workspace

if TYPE_CHECKING:
    from tui.screens.workbench import Workbench


class Terms(Screen[int]):
    """The glossary; dismissed with the row to go to, -1 for none. Opens at a concept if one is named."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(("back", "correct-entry", "add-entry", "look-up", "next-pane", "help"))
    ]

    class Found(Message):
        """What a search gave."""

        def __init__(self, query: str, concepts: tuple[Concept, ...]) -> None:
            super().__init__()
            self.query = query
            self.concepts = concepts

    def __init__(self, bench: "Workbench", workspace: Workspace, concept: str | None = None) -> None:
        """The examined `workspace`; entries are written by the desk of the bench."""
        super().__init__()
        self.bench = bench
        self.workspace = workspace
        self.resources = bench.desk.resources
        self.first = concept
        self.concepts: tuple[Concept, ...] = ()
        self.everything: tuple[Concept, ...] = ()
        self.places: tuple[Occurrence, ...] = ()
        self.lang = workspace.target.lang if workspace.target is not None else "uk"
        self.uses: dict[str, list[TermUse]] = {}

    def compose(self) -> ComposeResult:
        """Search above, concepts left, the concept and its uses right."""
        yield Static("", id="headline", markup=False)
        yield Line(id="search", placeholder="Any form, in English, Russian or Ukrainian")
        with Horizontal(id="terms-body"):
            yield Listing("nothing found", "concepts")
            with Vertical(id="concept"):
                yield Detail("renderings")
                yield Listing("not in this article", "uses")
        yield Hints(id="hints", markup=False)

    def on_mount(self) -> None:
        """Show the terms of this article, then the others."""
        self.renew(self.workspace)
        self.query_one("#search", Line).focus()
        self.query_one(Hints).show(TERMS)

    def renew(self, workspace: Workspace) -> None:
        """The pair was examined anew, perhaps with another glossary."""
        self.workspace, self.resources = workspace, self.bench.desk.resources
        self.uses = defaultdict(list)
        for use in workspace.examined.terms if workspace.examined else ():
            self.uses[use.concept].append(use)
        glossary = self.resources.glossary
        self.query_one("#headline", Static).update(
            composed(
                ("Tolmach", "bold $accent"),
                ("  Terms", "bold"),
                (f"  {len(glossary)} concepts, {len(self.uses)} in this article", "$text-muted"),
            )
        )
        used = [glossary.by_id[name] for name in self.uses if name in glossary.by_id]
        if self.first is not None and self.first in glossary.by_id:
            used = [glossary.by_id[self.first], *(c for c in used if c.id != self.first)]
        seen = {concept.id for concept in used}
        self.everything = (*used, *(c for c in glossary.concepts if c.id not in seen))
        if (query := self.query_one("#search", Line).value).strip():
            self._search(query)
        else:
            self._list(self.everything)

    @on(Input.Changed, "#search")
    def _typed(self, event: Input.Changed) -> None:
        if event.value.strip():
            self._search(event.value)
        else:
            self._list(self.everything)

    @work(thread=True, exclusive=True, group="search", description="search")
    def _search(self, query: str) -> None:
        langs = dict.fromkeys((self.lang, "uk", "ru")) if query.strip() else ()
        indexes = [self.resources.term_index(lang) for lang in langs]
        self.post_message(self.Found(query, search(self.resources.glossary, query, indexes)))

    @on(Found)
    def _found(self, event: Found) -> None:
        if event.query == self.query_one("#search", Line).value:
            self._list(event.concepts)

    def _list(self, concepts: tuple[Concept, ...]) -> None:
        self.concepts = concepts
        items = [concept_item(concept, self.lang, self.uses.get(concept.id, ())) for concept in concepts]
        self.query_one("#concepts", Listing).show(items)
        self._show(0)

    def _show(self, number: int) -> None:
        if not self.concepts:
            self.query_one(Detail).show(
                composed(("Nothing found. Another form or part of the word may help.", "italic"))
            )
            self.query_one("#uses", Listing).show(())
            return
        concept = self.concepts[number]
        other = "ru" if self.lang == "uk" else "uk"
        self.query_one(Detail).show(concept_detail(concept, (self.lang, other)))
        self.places = occurrences(self.workspace, concept.id)
        self.query_one("#uses", Listing).show(occurrence_items(self.places))

    @on(Listing.Moved, "#concepts")
    def _moved(self, event: Listing.Moved) -> None:
        self._show(event.number)

    @on(Listing.Chosen, "#uses")
    def _use_chosen(self, event: Listing.Chosen) -> None:
        self.action_look_up()

    @on(Input.Submitted, "#search")
    def _submitted(self, event: Input.Submitted) -> None:
        self.query_one("#concepts", Listing).focus()

    def on_key(self, event: object) -> None:
        """Arrows move the list while words are typed."""
        key = getattr(event, "key", "")
        if key in ("up", "down", "pageup", "pagedown") and isinstance(self.focused, Input):
            listing = self.query_one("#concepts", Listing)
            by = 1 if key.endswith("down") else -1
            listing.action_move(by) if key in ("up", "down") else listing.action_turn(by)

    @on(Resize)
    def _resized(self, event: Resize) -> None:
        self.set_class(event.size.width < 100, "stacked")

    def action_run(self, command: str) -> None:
        """Run a command of the table by its id."""
        action: Callable[[], object] | None = getattr(self, f"action_{command.replace('-', '_')}", None)
        if action is not None:
            self.call_later(action)

    def action_back(self) -> None:
        """Back to the texts."""
        self.dismiss(-1)

    def action_look_up(self) -> None:
        """Back to the texts, at the use under the cursor."""
        if self.places:
            self.dismiss(self.places[min(self.query_one("#uses", Listing).cursor // 2, len(self.places) - 1)].row)

    def action_correct_entry(self) -> None:
        """Change the entry under the cursor."""
        if self.concepts:
            from glossary.formats.termbases import row

            concept = self.concepts[self.query_one("#concepts", Listing).cursor]
            self._ask(f"Correct: {concept.en}", row(concept))

    def action_add_entry(self) -> None:
        """Write a new entry, beginning with what was searched for."""
        words = self.query_one("#search", Line).value.strip()
        self._ask("A new entry", {"en" if words.isascii() else self.lang: words})

    def _ask(self, title: str, cells: dict[str, str]) -> None:
        from tui.screens.entry import Entry

        desk = self.bench.desk

        def answered(row: dict[str, str] | None) -> None:
            if row is not None:
                self.bench.write_entry(row)

        self.app.push_screen(Entry(title, cells, self.lang, desk.own_glossary.name, desk.checker.lint), answered)

    def action_next_pane(self) -> None:
        """Go to the next pane."""
        self.focus_next()

    def action_help(self) -> None:
        """Show all keys."""
        self.app.push_screen(Reading("Keys", keys_content(TERMS)))
