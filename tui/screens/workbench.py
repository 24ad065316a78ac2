"""The screen where the work is done: both texts, the findings, and why."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.events import DescendantFocus, Resize
from textual.widgets import Static, TextArea

from glossary.findings import Finding
from glossary.project import Edit
from tui.bindings import bindings
from tui.commands import ANYWHERE, COMMANDS, EDITOR, MAIN, TEXTS
from tui.desk import Desk
from tui.explaining import (
    AGAIN,
    error_detail,
    finding_detail,
    finding_item,
    headline,
    idle_detail,
    nothing_listed,
    waiting_detail,
)
from tui.filters import ALL, NAMES
from tui.journal import NO_HOME, Journal, stored
from tui.messages import Checked, Failed, Glimpsed, Opened
from tui.rows import Page, bead_of, beginning
from tui.screens import editing, places
from tui.screens.aligning import Aligning
from tui.screens.checks import Checks
from tui.screens.deciding import Deciding
from tui.screens.drafts import Drafting
from tui.waiving import made_here
from tui.widgets.detail import Detail
from tui.widgets.editor import Editor
from tui.widgets.grid import Grid
from tui.widgets.hints import Hints
from tui.widgets.listing import Items, Listing
from tui.workspace import Workspace, alike, same_finding

STACK_BELOW = 100
SHORT_BELOW = 22
REMEMBER = 5.0  # seconds between looks at the place, for a session that is killed


class Workbench(Checks, Drafting, Aligning, Deciding):
    """One pair on the bench. `workspace` is the state; `draft` is what the open editor edits."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(command.id for command in COMMANDS if command.pane in (ANYWHERE, MAIN, TEXTS))
    ]

    def __init__(self, desk: Desk, journal: Journal) -> None:
        super().__init__()
        self.desk = desk
        self.journal = journal
        self.workspace: Workspace | None = None
        self.chosen: Finding | None = None
        self.stepped_in: int | None = None  # the row at which the finding pointed at was settled, and another chosen
        self.draft: editing.Draft | None = None
        self.decisions = []
        self.wanted = ""
        self.written: frozenset[str] = frozenset()
        self._state = "reading…"
        self._faulty = False
        self._place: Mapping[str, Any] = {}
        self._remembered: Mapping[str, Any] = {}

    def compose(self) -> ComposeResult:
        """Headline, grid, editor, findings and why, hints."""
        yield Static("", id="headline", markup=False)
        yield Grid("texts")
        yield Editor("editor")
        with Horizontal(id="below"):
            yield Listing("…", "findings")
            yield Detail("why")
        yield Hints(id="hints", markup=False)

    def on_mount(self) -> None:
        """Focus the texts and start to read."""
        self.grid.focus()
        self._say("reading…", "Reading the two texts…")
        self._read()
        self.set_interval(REMEMBER, self.remember)

    @property
    def grid(self) -> Grid:
        """Both texts."""
        return self.query_one(Grid)

    @property
    def listing(self) -> Listing:
        """The findings."""
        return self.query_one("#findings", Listing)

    # ── workers: they post, handlers touch widgets; each has a description, or Textual writes out all arguments ──

    @work(thread=True, group="read", exclusive=True, description="read")
    def _read(self) -> None:
        try:
            if self.workspace is None and (texts := self.desk.glimpse()) is not None:
                self.post_message(Glimpsed(Page.waiting(*map(beginning, texts))))
            project = self.desk.read()
            target = project.pair.target
            page = Page.waiting(project.pair.source.text, target.text if target is not None else "")
            self.post_message(Opened(project, page))
        except Exception as error:  # the edge of the thread: everything becomes a message
            self.post_message(Failed(None, error))

    def apply(self, edit: Edit) -> None:
        """Do an edit, keep it in the journal, check again."""
        if self.workspace is None:
            return
        self.become(self.workspace.done(edit))
        self.record({"do": stored(edit)})

    def record(self, line: dict[str, object]) -> None:
        """A line in the journal; after one that failed, all that is to be kept."""
        workspace = self.draft.before if self.draft is not None and "draft" in line else self.workspace
        again = bool(self.journal.fault)
        if again and workspace is not None:
            self.journal.start(workspace.saved, workspace.pending)
        if not self.journal.fault and ("draft" in line or not again):
            self.journal.add(line)
        self._say_fault()

    def _say_fault(self) -> None:
        if bool(self.journal.fault) is not self._faulty:
            self._faulty = not self._faulty
            self.say(self.journal.fault or "Unsaved edits are kept for next time again", "warning")

    @property
    def unkept(self) -> str:
        """Why edits would be lost if one left now; empty if none would."""
        workspace, journal = self.workspace, self.journal
        if workspace is None or not workspace.pending or not (journal.fault or journal.path is None):
            return ""
        saved = not workspace.unsaved and not workspace.project.pins and bool(self.written)
        return "" if saved else journal.fault or NO_HOME

    @on(Glimpsed)
    def _glimpsed(self, event: Glimpsed) -> None:
        if self.workspace is None:
            self.grid.show(event.page, aligned=False)

    @on(Opened)
    def _opened(self, event: Opened) -> None:
        if self.workspace is not None:
            editing.reread(self, event.project)
            return
        pair = event.project.pair
        target = pair.target.text if pair.target else ""
        recovered = self.journal.recover(pair.source.text, target)
        self.workspace, note = editing.resumed(event.project, recovered)
        if note:
            self.say(note)
        if recovered.texts is not None or self.journal.fault:
            self.journal.start(target, self.workspace.pending)
        self._say_fault()
        self._place = recovered.place
        row = self.grid.cursor if len(self.grid.page) else 0
        self.grid.show(event.page, aligned=False, cursor=row, anchor=row)
        self._say("aligning and checking…", "Aligning the two texts, then checking terms, quotes and figures…")
        edits = (*self.workspace.project.edits, *self.workspace.undone)
        if own := made_here(self.desk.settings.selection.waivers, edits, self.desk.names[1]):
            self.check_without(own)
        else:
            self.recheck()

    @on(Checked)
    def _checked(self, event: Checked) -> None:
        self.ended(event.settled)
        if self.workspace is None or event.revision != self._revision:
            if not event.settled:
                self.recheck(whole=False)
            return
        before = self.workspace
        row, near = self._row_after(event), self.listing.cursor
        self.workspace = before.found(event.examined)
        if before.examined is None and self._place.get("filter") in NAMES:
            self.workspace = replace(self.workspace, filter=str(self._place["filter"]))
        self._state = ""
        self._examined = event.revision
        if event.settled:
            self._settled = event.revision
        else:
            self.rest(event.revision)
        if event.page is not self.grid.page or before.findings != self.workspace.findings:
            anchor = row if before.examined is not None else None
            self.grid.show(event.page, aligned=True, cursor=row, anchor=anchor, only=self._rows(row))
            self.show_findings(near)
        self._head()
        if before.examined is None:
            places.resume(self, self._place)
        places.renew(self)
        self._go_on()

    def _rows(self, row: int) -> frozenset[int] | None:
        """The rows to show: what the filter says, and the row that is being edited."""
        rows = self.workspace.rows if self.workspace is not None else None
        return rows if rows is None or self.draft is None else rows | {row}

    def use_filter(self, name: str) -> None:
        """Show other findings and rows."""
        if self.workspace is None:
            return
        self.workspace = replace(self.workspace, filter=name)
        grid = self.grid
        grid.show(grid.page, aligned=grid.aligned, cursor=grid.cursor, only=self._rows(grid.cursor))
        grid.reveal()
        self.show_findings(0)
        self._head()

    def arrive(self, row: int) -> None:
        """Go to a row, whatever the filter says."""
        if self.grid.only is not None and row not in self.grid.only:
            self.use_filter(ALL)
        self.grid.cursor = row
        self.grid.focus()

    def show_findings(self, near: int) -> None:
        """List the open findings, with the cursor on the one that was chosen or the one that took its place."""
        workspace = self.workspace
        if workspace is None:
            return
        findings = workspace.listed
        number = same_finding(findings, self.chosen, near)
        items = Items(len(findings), lambda n: finding_item(findings[n], workspace))
        self.listing.show(items, number, nothing_listed(workspace))
        if self.chosen is None or not findings:
            self.chosen = None
        else:
            if not alike(findings[number], self.chosen):
                self.stepped_in = self.grid.cursor
            self.chosen = findings[number]
        self._explain(self.chosen)
        if self.chosen is not None and bead_of(self.chosen, workspace.beads) == self.grid.cursor:
            self.grid.point(self.chosen, self.grid.cursor)

    def _row_after(self, event: Checked) -> int:
        """Where the cursor's row is in another alignment: by the target being edited, or by what the row shows."""
        workspace, alignment = self.workspace, event.examined.alignment
        if workspace is None or alignment is None:
            return 0
        if workspace.alignment is None:
            return places.number(self._place, "row", len(alignment.beads))
        return editing.row_after(workspace.alignment, alignment, self.grid.cursor, self.draft)

    @on(Failed)
    def _failed(self, event: Failed) -> None:
        if event.revision is not None:
            self.ended(event.whole)
            if event.revision != self._revision or not event.whole:
                self.recheck(whole=event.revision == self._revision)  # a look that failed: the whole will tell
                return
        self._waiting.clear()
        if event.revision is None and self.workspace is not None:
            self._state = ""
            self._head()
            self.say(str(event.error), "error")
            return
        self._state = "could not be read" if event.revision is None else "check failed"
        self.listing.show((), 0, "—")
        self.query_one(Detail).show(error_detail(event.error) + AGAIN)
        self._head()

    # ── showing ──

    def say(self, text: str, severity: str = "information") -> None:
        """A toast."""
        self.app.call_later(self.app.say, text, severity)  # type: ignore[attr-defined]

    def _say(self, state: str, step: str) -> None:
        self._state = state
        self.listing.show((), 0, "the findings come here")
        self.query_one(Detail).show(waiting_detail(step))
        self._head()

    def _head(self) -> None:
        said = headline(self.workspace, self.desk.names, self._state)
        self.query_one("#headline", Static).update(said, layout=False)

    def show_state(self, state: str) -> None:
        """Say in the headline what is going on."""
        self._state = state
        self._head()

    def not_yet(self) -> bool:
        """Whether nothing is known of the pair yet, or nothing more will be; then the person is told why."""
        if self._examined and not (self.idle and self._examined != self._revision):
            return False
        self.say(f"Not yet: {self._state}")
        return True

    def _explain(self, finding: Finding | None) -> None:
        workspace, detail = self.workspace, self.query_one(Detail)
        if workspace is None or workspace.examined is None:
            return
        if finding is not None:
            detail.show(finding_detail(finding, workspace))
        else:
            detail.show(idle_detail(workspace, self.app.first_run))  # type: ignore[attr-defined]

    def choose(self, number: int) -> None:
        """Point at a finding in all three panes."""
        workspace = self.workspace
        if workspace is None or not workspace.listed:
            return
        self.chosen = workspace.listed[number]
        self.stepped_in = None
        self.listing.place(number)
        self.grid.point(self.chosen, bead_of(self.chosen, workspace.beads))
        self._explain(self.chosen)

    @on(Listing.Moved, "#findings")
    def _finding_moved(self, event: Listing.Moved) -> None:
        self.choose(event.number)

    @on(Listing.Chosen, "#findings")
    def _finding_chosen(self, event: Listing.Chosen) -> None:
        self.choose(event.number)
        self.grid.focus()

    @on(Grid.Chosen)
    def _row_chosen(self, event: Grid.Chosen) -> None:
        self.action_edit()

    @on(Grid.Asked)
    def _row_asked(self, event: Grid.Asked) -> None:
        self.action_row_menu()

    @on(TextArea.Changed)
    def _typed(self, event: TextArea.Changed) -> None:
        editing.typed(self)

    @on(Editor.Kept)
    def _kept(self, event: Editor.Kept) -> None:
        editing.keep(self)

    @on(Editor.Dropped)
    def _dropped(self, event: Editor.Dropped) -> None:
        editing.drop(self)

    @on(Resize)
    def _resized(self, event: Resize) -> None:
        self.set_class(event.size.width < STACK_BELOW, "stacked")
        self.set_class(event.size.height < SHORT_BELOW, "short")

    @on(DescendantFocus)
    def _focused(self) -> None:
        self.query_one(Hints).show(self.pane)

    @property
    def pane(self) -> str:
        """The pane in focus, as the table of commands calls it."""
        return EDITOR if isinstance(self.focused, Editor) else TEXTS

    # ── commands; each is one line of the table ──

    def action_run(self, command: str) -> None:
        """Run a command of the table by its id."""
        action: Callable[[], object] | None = getattr(self, f"action_{command.replace('-', '_')}", None)
        if action is not None:
            self.call_later(action)

    def action_next_finding(self) -> None:
        """Go to the next finding; from the last to the first."""
        places.step(self, 1)

    def action_previous_finding(self) -> None:
        """Go to the finding before."""
        places.step(self, -1)

    def action_check(self) -> None:
        """Check again."""
        if self.draft is not None:
            editing.keep(self, go_on=False)
        if self.workspace is None:
            self._say("reading…", "Reading the two texts…")
        else:
            self._state = "checking…"
            self._head()
        self._read()

    def action_next_pane(self) -> None:
        """Go to the next pane."""
        self.focus_next()

    def action_quit(self) -> None:
        """Leave; the journal keeps what is not saved."""
        self.app.ask_to_leave()  # type: ignore[attr-defined]

    def leave(self) -> None:
        """Keep what the editor holds, remember the place and free the journal."""
        if self.draft is not None:
            editing.keep(self, go_on=False)
        self.remember()
        self.journal.close()

    def remember(self) -> None:
        """Write down the place, if it is another one."""
        place = places.place(self)
        if place and place != self._remembered and not self.journal.fault:
            self.journal.place(place)
            self._remembered = place

    def on_unmount(self) -> None:
        """Free the journal and end the process that drafts."""
        self.journal.close()
        self.close_drafter()

    def action_help(self) -> None:
        """Show all keys."""
        places.show_keys(self)

    def action_theme(self) -> None:
        """Take the next theme."""
        self.app.next_theme()  # type: ignore[attr-defined]

    def action_suggestion(self) -> None:
        """Accept a suggestion."""
        self.when_checked(lambda: editing.accept_suggestion(self))

    def action_waive(self) -> None:
        """Waive the finding."""
        self.when_checked(lambda: editing.waive(self))

    def action_edit(self) -> None:
        """Edit the target of the row."""
        self.when_checked(lambda: editing.edit(self))

    def action_undo(self) -> None:
        """Take back the last edit."""
        editing.undo(self)

    def action_redo(self) -> None:
        """Do it again."""
        editing.redo(self)

    def action_filter(self) -> None:
        """Ask which findings and rows to show."""
        places.choose_filter(self)

    def action_row_menu(self) -> None:
        """Ask what to do with the row."""
        self.when_checked(lambda: places.row_menu(self))

    def action_copy(self) -> None:
        """Copy what is selected, or the target of the row."""
        self.when_checked(lambda: editing.copy(self))

    def action_save(self) -> None:
        """Save after showing what changed."""
        self.when_checked(lambda: editing.save_target(self))

    def action_export_report(self) -> None:
        """Write an HTML report."""
        self.when_checked(lambda: editing.export(self, "html"), whole=True)

    def action_export_tmx(self) -> None:
        """Write the beads as TMX."""
        self.when_checked(lambda: editing.export(self, "tmx"), whole=True)

    def action_find(self) -> None:
        """Find words."""
        places.find(self)

    def action_find_next(self) -> None:
        """Find them again."""
        places.find_next(self)

    def action_go_to(self) -> None:
        """Go to a row."""
        places.go_to(self)

    def action_quotes(self) -> None:
        """Show the quotes."""
        self.when_checked(lambda: places.open_quotes(self))

    def action_terms(self) -> None:
        """Show the terms."""
        self.when_checked(lambda: places.open_terms(self))
