"""Drafting from the workbench: one row, what is missing, everything; confirming; going on from what was typed.

Drafts are made in another process (tui.drafter). A thread waits for its answers; what they change is changed here, on
the screen's own thread, in the text as it is by then.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.events import Key
from textual.message import Message
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from glossary.project import replacement
from glossary.text.drafted import mark
from tui import drafting
from tui.content import Part, composed, plain
from tui.drafting_process import Drafter, Record, failure, request
from tui.screens import editing
from tui.screens.questions import Ask, Choose, Confirm
from tui.widgets.detail import Detail
from tui.widgets.editor import Editor
from tui.widgets.listing import Item, Listing

if TYPE_CHECKING:
    from glossary.project import Edit
    from tui.desk import Desk
    from tui.widgets.grid import Grid
    from tui.workspace import Workspace

LANGUAGES = (("uk", "Ukrainian"), ("ru", "Russian"))


class Answered(Message):
    """The process that drafts said something; `use` is what to do with it."""

    def __init__(self, answer: Record, use: Callable[[Record], None]) -> None:
        super().__init__()
        self.answer = answer
        self.use = use


class Offers(ModalScreen[str]):
    """What there is for one row, as it comes in; dismissed with the text to put in, "" for nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape", "none")]

    def __init__(self, source: str) -> None:
        super().__init__(classes="question")
        self._source = source
        self._offers: list[Record] = []

    def compose(self) -> ComposeResult:
        """The source, the offers, what is known of the one under the cursor."""
        with Vertical(classes="box"):
            yield Static(plain(self._source), classes="title")
            yield Listing("asking memory and machine…")
            yield Detail()
            yield Static("Enter or a digit puts one in as a draft, Esc leaves.", classes="foot")

    def on_mount(self) -> None:
        """Wait for offers."""
        listing = self.query_one(Listing)
        listing.styles.height = 1
        listing.show(())
        listing.focus()

    def add(self, answer: Record) -> None:
        """Another answer."""
        if offer := answer.get("offer"):
            self._offers.append(offer)
        listing = self.query_one(Listing)
        items = [
            Item(((f"{n} ", "accent"), (f"{one['origin']}  ", "muted"), (one["shown"], "")))
            for n, one in enumerate(self._offers, 1)
        ]
        listing.styles.height = max(1, len(items))
        over = "nothing in memory, and no machine" if failure(answer) else "nothing in memory"
        listing.show(items, listing.cursor, over if "done" in answer or "error" in answer else "…")
        self._explain(failure(answer))

    def _explain(self, wrong: str = "") -> None:
        number = self.query_one(Listing).cursor
        parts: list[Part] = []
        if number < len(self._offers):
            parts = _explained(self._offers[number])
        if wrong:
            parts.append((f"{wrong}\n", "$text-warning"))
        self.query_one(Detail).show(composed(*parts))

    @on(Listing.Moved)
    def _moved(self, event: Listing.Moved) -> None:
        self._explain()

    @on(Listing.Chosen)
    def _chosen(self, event: Listing.Chosen) -> None:
        if event.number < len(self._offers):
            self.dismiss(self._offers[event.number]["text"])

    def on_key(self, event: Key) -> None:
        """A digit chooses at once."""
        if event.key.isdigit() and 1 <= int(event.key) <= len(self._offers):
            event.stop()
            self.dismiss(self._offers[int(event.key) - 1]["text"])

    def action_none(self) -> None:
        """Put nothing in."""
        self.dismiss("")


def _explained(offer: Record) -> list[Part]:
    """An offer in full: the rendering, the sentence it was made for with the words that differ, reasons."""
    parts: list[Part] = [(offer["shown"], "bold"), "\n"]
    kept = offer.get("kept", "")
    if kept and offer.get("differing"):
        parts.append(("\nwas for: ", "$text-muted"))
        at = 0
        for start, end in offer["differing"]:
            parts += [kept[at:start], (kept[start:end], "bold reverse")]
            at = end
        parts += [kept[at:], "\n"]
    where = ", ".join(value for value in (offer.get("article"), offer.get("date")) if value)
    if where:
        parts.append((f"{where}\n", "$text-muted"))
    parts += [(f"▴ {reason}\n", "$text-warning") for reason in offer["reasons"]]
    return parts


class Drafting(Screen[None]):
    """The commands of the workbench that have to do with drafts."""

    desk: "Desk"
    workspace: "Workspace | None"
    draft: "editing.Draft | None"
    _drafter: Drafter | None = None

    if TYPE_CHECKING:  # what the workbench has

        @property
        def grid(self) -> Grid: ...

        def say(self, text: str, severity: str = "information") -> None: ...

        def apply(self, edit: Edit) -> None: ...

        def when_checked(self, action: Callable[[], None]) -> None: ...

        def show_state(self, state: str) -> None: ...

    # ── talking to the process ──

    def _ask(self, asked: Record, use: Callable[[Record], None]) -> bool:
        """Send a request; `use` gets each answer on the screen's thread. One request at a time."""
        if self._drafter is None:
            self._drafter = Drafter(self.desk.settings)
        if self._drafter.busy:
            self.say("A draft is being made; Esc in the texts stops it")
            return False
        self._listen(self._drafter, asked, use)
        return True

    @work(thread=True, group="draft", description="draft")
    def _listen(self, drafter: Drafter, asked: Record, use: Callable[[Record], None]) -> None:
        for answer in drafter.ask(asked):
            self.post_message(Answered(answer, use))

    @on(Answered)
    def _answered(self, event: Answered) -> None:
        event.use(event.answer)

    def close_drafter(self) -> None:
        """End the process."""
        if self._drafter is not None:
            self._drafter.close()

    def action_stop_draft(self) -> None:
        """Stop what is being made."""
        if self._drafter is not None and self._drafter.busy:
            self._drafter.stop()

    # ── one row ──

    def action_draft_row(self) -> None:
        """Show what there is for the row under the cursor."""
        if self.draft is not None:
            editing.keep(self, go_on=False)  # type: ignore[arg-type]
        self.when_checked(self._offer)

    def _offer(self) -> None:
        workspace = self.workspace
        if workspace is None or workspace.target is None or workspace.alignment is None:
            self.say("There is no target yet; “Draft the whole text” in the palette (Ctrl+P) makes one")
            return
        row = self.grid.cursor
        numbers = sorted(workspace.alignment.beads[row].source)
        if not numbers:
            self.say("There is nothing to draft in this row")
            return
        source = " ".join(workspace.source.sentence(number) for number in numbers)
        screen = Offers(source)

        def show(answer: Record) -> None:
            if screen.is_attached:
                screen.add(answer)

        def chosen(text: str | None) -> None:
            if text:
                self.when_checked(lambda: self._put_in(row, text))
            else:
                self.action_stop_draft()

        if self._ask(request("offers", workspace.source, workspace.target.lang, numbers), show):
            self.app.push_screen(screen, chosen)

    def _put_in(self, row: int, text: str) -> None:
        edit = drafting.put_in(self.workspace, row, text) if self.workspace is not None else None
        if edit is not None:
            self.apply(edit)

    # ── many rows ──

    def action_draft_missing(self) -> None:
        """Draft all rows without a target."""
        self.when_checked(self._draft_missing)

    def _draft_missing(self) -> None:
        workspace = self.workspace
        if workspace is None or workspace.target is None:
            self.action_draft_all()
            return
        numbers = drafting.missing(workspace)
        if not numbers:
            self.say("No row is without a target")
            return
        made: dict[int, str] = {}

        def use(answer: Record) -> None:
            if "sentence" in answer:
                made[answer["sentence"]["number"]] = answer["sentence"]["text"]
                self._progress(answer["so_far"], len(numbers))
            elif self._finished(answer):
                self.when_checked(lambda: self._fill(made, answer))

        self._ask(request("draft", workspace.source, workspace.target.lang, numbers), use)

    def _fill(self, made: dict[int, str], answer: Record) -> None:
        edit = drafting.filled(self.workspace, made) if self.workspace is not None else None
        if edit is not None:
            self.apply(edit)
        count, left = sum(map(bool, made.values())), sum(not text for text in made.values())
        self.say(f"{count} drafted" + (f", {left} left open: {failure(answer) or 'nothing came'}" if left else ""))

    def action_draft_all(self) -> None:
        """Draft every sentence anew."""
        workspace = self.workspace
        if workspace is None:
            return
        if workspace.target is None:
            names = [name for _, name in LANGUAGES]
            self.app.push_screen(Choose("Draft into", names), self._language_chosen)
            return
        if not workspace.target.text.strip():
            self._draft_all(workspace.target.lang, self._replace_all)
            return
        lang = workspace.target.lang
        warning = plain("The whole target is replaced by a draft. Ctrl+Z brings it back.")

        def answered(yes: bool | None) -> None:
            if yes:
                self._draft_all(lang, self._replace_all)

        self.app.push_screen(Confirm("Draft every sentence anew", warning, "draft"), answered)

    def _language_chosen(self, number: int | None) -> None:
        if number is None or number < 0:
            return
        lang = LANGUAGES[number][0]
        source = self.desk.source
        default = source.with_name(f"{source.stem.removesuffix('.en')}.{lang}.txt")

        def named(name: str | None) -> None:
            if name and Path(name).exists():
                self.say(f"{name} is there already; choose another name", "error")
            elif name:
                self._draft_all(lang, lambda text: self._write(Path(name), lang, text))

        self.app.push_screen(Ask("Write the draft to this new file", str(default)), named)

    def _draft_all(self, lang: str, put: Callable[[str], None]) -> None:
        workspace = self.workspace
        if workspace is None:
            return
        source = workspace.project.pair.source  # as it was before the alignment cut sentences
        total = len(source.sentences)

        def use(answer: Record) -> None:
            if "sentence" in answer:
                self._progress(answer["so_far"], total)
            elif self._finished(answer):
                if wrong := failure(answer):
                    self.say(wrong, "warning")
                put(answer["text"])

        self._ask(request("draft", source, lang, None), use)

    def _replace_all(self, text: str) -> None:
        if self.draft is not None:
            editing.keep(self, go_on=False)  # type: ignore[arg-type]
        workspace = self.workspace
        if workspace is None or workspace.target is None:
            return
        self.apply(replacement(workspace.target.text, text))

    def _write(self, path: Path, lang: str, text: str) -> None:
        from glossary.files.whole import put_whole
        from tui.desk import Desk

        try:
            put_whole(path, text.encode("utf-8", "backslashreplace"))
        except OSError as error:
            self.say(f"{path}: {error.strerror or error}", "error")
            return
        desk = self.desk
        self.app.open(Desk(desk.source, path, "en", lang, desk.settings))  # type: ignore[attr-defined]

    def _progress(self, done: int, total: int) -> None:
        self.show_state(f"drafting {done} of {total}; Esc stops" if done < total else "")

    def _finished(self, answer: Record) -> bool:
        """Whether an answer is the last of a request that went well; says so if it went wrong."""
        self.show_state("")
        if "stopped" in answer:
            self.say("Stopped; nothing was put in")
        elif "error" in answer:
            self.say(failure(answer), "warning")
        return "done" in answer

    # ── the editor ──

    def action_continue(self) -> None:
        """Let the machine go on from what is typed."""
        draft, workspace, editor = self.draft, self.workspace, self.query_one(Editor)
        if draft is None:
            self.say("F2 opens the editor first")
            return
        if workspace is None or workspace.alignment is None or workspace.target is None:
            return
        numbers = sorted(workspace.alignment.beads[self.grid.cursor].source)
        source = " ".join(workspace.source.sentence(number) for number in numbers)
        begun = editor.text

        def use(answer: Record) -> None:
            if failure(answer):
                self.say(failure(answer), "warning")
            elif "done" in answer and self.draft is not None and editor.text == begun:
                if answer["text"] != begun:
                    self._go_on_with(answer["text"], answer["origin"])
                else:
                    self.say("Nothing to add")

        asked = {"do": "continue", "text": source, "begun": begun, "lang": workspace.target.lang}
        self._ask(asked, use)

    def _go_on_with(self, text: str, origin: str) -> None:
        """The editor holds what the machine made of it; so it is a draft from now on."""
        draft, editor = self.draft, self.query_one(Editor)
        if draft is None or draft.before.target is None:
            return
        before = draft.before.target.text[: draft.span.start]
        if "[[draft" not in draft.lead and not before.rstrip(" ").endswith("]]"):
            self.draft = replace(draft, lead=f"{draft.lead}{mark(origin)} ")
        end = editor.document.end
        editor.insert(text[len(editor.text) :], end)
        editor.move_cursor(editor.document.end)

    # ── confirming ──

    def action_confirm(self) -> None:
        """The draft of this row is good."""
        if self.draft is not None:
            editing.keep(self, go_on=False)  # type: ignore[arg-type]
        row = self.grid.cursor
        self.when_checked(lambda: self._confirm(row))

    def _confirm(self, row: int) -> None:
        edit = drafting.confirmed(self.workspace, [row]) if self.workspace is not None else None
        if edit is None or self.workspace is None:
            self.say("This row is no draft")
            return
        ahead = drafting.next_draft(self.workspace, row)
        self.apply(edit)
        if ahead is not None:
            self.grid.cursor = ahead

    def action_confirm_all(self) -> None:
        """Every draft is good."""
        self.when_checked(self._confirm_all)

    def _confirm_all(self) -> None:
        edit = drafting.confirmed(self.workspace, None) if self.workspace is not None else None
        if edit is None:
            self.say("There is no draft")
        else:
            self.apply(edit)

    def action_next_draft(self) -> None:
        """Go to the next unconfirmed row."""
        row = drafting.next_draft(self.workspace, self.grid.cursor) if self.workspace is not None else None
        if row is None:
            self.say("Nothing is left to confirm")
        else:
            self.grid.cursor = row
