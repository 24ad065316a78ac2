"""What the workbench does when the person changes something: each function takes the bench and asks, edits, shows."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from glossary.alignment.beads import Alignment, Pin
from glossary.errors import TolmachError
from glossary.files.whole import put_whole
from glossary.project import Edit, Pair, PinBeads, Project, Retarget
from glossary.text.segment import document
from glossary.text.spans import Span
from tui import saving
from tui.carrying import carried
from tui.explaining import error_detail
from tui.journal import Recovered, stored
from tui.screens.questions import Ask, Choose, Confirm, Reading, WaiveQuestion
from tui.waiving import waived
from tui.widgets.editor import Editor
from tui.workspace import Workspace, proposals, rendering_span, waiver

if TYPE_CHECKING:
    from tui.screens.workbench import Workbench


@dataclass(frozen=True, slots=True)
class Draft:
    """An open editor: the workspace before it, the row, and the stretch of the target text it edits."""

    before: Workspace
    row: int
    span: Span
    lead: str = ""
    tail: str = ""

    def edit(self, text: str) -> Retarget:
        """The edit that puts `text` there; a row that had no target gets the white space around it too."""
        return Retarget(self.span, f"{self.lead}{text}{self.tail}" if text else "")

    def pin(self, text: str) -> PinBeads | None:
        """What holds the first target of a row to its source; None for rows that had one."""
        alignment = self.before.alignment
        if len(self.span) or not text.strip() or alignment is None:
            return None
        start = self.span.start + len(self.lead)
        return PinBeads((Pin(alignment.source_spans(self.row), (Span(start, start + len(text)),)),))


def resumed(project: Project, recovered: Recovered) -> tuple[Workspace, str]:
    """The workspace of a project with what an earlier session left, and a line that says so."""
    edits = recovered.edits
    if not edits:
        undone = recovered.undone if recovered.texts is None else ()
        return Workspace.of(project).with_undone(undone), ""
    noun = "edit" if len(edits) == 1 else "edits"
    try:
        if recovered.texts is not None:
            return _reread(project, _as_it_was(project, recovered.texts, edits), recovered.texts[1])
        workspace = Workspace.of(project, edits)
    except ValueError:
        return Workspace.of(project), f"{len(edits)} {noun} of the last session do not fit the text any more"
    return workspace.with_undone(recovered.undone), f"{len(edits)} {noun} of the last session restored; Ctrl+Z undoes"


def _as_it_was(project: Project, texts: tuple[str, str], edits: tuple[Edit, ...]) -> Project:
    """The project of an earlier session, on the texts it had then."""
    pair, target = project.pair, project.pair.target
    source = document(texts[0], pair.source.lang, pair.source.name)
    then = document(texts[1], target.lang, target.name) if target is not None else None
    return Workspace.of(Project(Pair(pair.id, source, then)), edits).project


def _reread(fresh: Project, edited: Project, saved: str) -> tuple[Workspace, str]:
    """The workspace of texts that changed outside, with the edits carried over, and a line that says so."""
    found = carried(edited, saved, fresh)
    lost = f", {found.lost} found no place in them" if found.lost else ""
    return Workspace.of(fresh, found.edits), f"The files changed outside; your edits were carried over{lost}"


def reread(bench: "Workbench", fresh: Project) -> None:
    """Both files were read again: go on with what they hold now."""
    workspace = bench.workspace
    if workspace is None:
        return
    pair, before = fresh.pair, workspace.original.pair
    target = pair.target.text if pair.target else ""
    if pair.source.text == before.source.text and target == workspace.saved:
        bench.recheck()
        return
    now, note = _reread(fresh, workspace.project, workspace.saved)
    bench.journal.read_again(pair.source.text, target)
    bench.journal.start(target, now.pending)
    bench.become(replace(now, examined=workspace.examined))
    bench.say(note)


def row_after(before: Alignment, after: Alignment, row: int, draft: Draft | None) -> int:
    """Where the row that was shown at `row` is in another alignment."""
    if row >= len(before.beads):
        return 0
    found: int | None = None
    if spans := before.source_spans(row):
        found = after.bead_at_source(spans[0].start)
    elif draft is not None:
        found = after.bead_at_target(draft.span.start + len(draft.lead))
    elif spans := before.target_spans(row):
        found = after.bead_at_target(spans[0].start)
    return found if found is not None else min(row, len(after.beads) - 1)


# ── the editor ──


def edit(bench: "Workbench") -> None:
    """Open the editor on the target of the cursor's row."""
    workspace = bench.workspace
    if workspace is not None and workspace.target is None:
        start_target(bench)
        return
    if workspace is None or workspace.alignment is None or workspace.target is None or bench.draft is not None:
        return
    row, alignment, target = bench.grid.cursor, workspace.alignment, workspace.target
    span = rendering_span(alignment, row)
    bench.draft = Draft(workspace, row, span, *_around(bench, row, span, target.text))
    editor = bench.query_one(Editor)
    bench.add_class("editing")
    editor.open(span.of(target.text))
    bench.set_focus(editor)  # at once: what is typed after the key is text
    bench.call_after_refresh(bench.grid.reveal)


def _around(bench: "Workbench", row: int, span: Span, text: str) -> tuple[str, str]:
    """The white space that sets a new sentence off: a paragraph's where the source has one."""
    if len(span) or not text.strip():
        return "", ""
    page = bench.grid.page
    if span.start:
        return "\n\n" if page.fresh[row] else " ", ""
    return "", "\n\n" if row + 1 < len(page) and page.fresh[row + 1] else " "


def start_target(bench: "Workbench") -> None:
    """Of a source alone: ask for a language and a file, and go on with an empty target."""
    languages, source = (("uk", "Ukrainian"), ("ru", "Russian")), bench.desk.source

    def chosen(number: int | None) -> None:
        if number is None or number < 0:
            return
        lang = languages[number][0]
        default = source.with_name(f"{source.stem.removesuffix('.en')}.{lang}.txt")

        def named(name: str | None) -> None:
            if not name:
                return
            path = Path(name)
            try:
                path.open("x").close()
            except FileExistsError:
                bench.say(f"{name} is there already: open it with the source", "warning")
            except OSError as error:
                bench.say(f"{name}: {error.strerror or error}", "error")
            else:
                bench.app.open_pair(source, path, lang)  # type: ignore[attr-defined]

        bench.app.push_screen(Ask("The target will be this new file", str(default)), named)

    bench.app.push_screen(Choose("There is no target yet. Start one in", [name for _, name in languages]), chosen)


def typed(bench: "Workbench") -> None:
    """Something was typed: check it when it is painted."""
    draft = bench.draft
    if draft is not None:
        text = bench.query_one(Editor).text
        bench.call_after_refresh(lambda: live(bench, draft, text))


def live(bench: "Workbench", draft: Draft, text: str) -> None:
    """Check what stands in the editor, unless more was typed since."""
    editor = bench.query_one(Editor)
    if bench.draft is not draft or editor.text != text or bench.workspace is None:
        return
    edit = draft.edit(editor.edited)
    now = _as_known(bench, draft.before.done(edit))
    if bench.workspace.target is None or now.target is None or now.target.text == bench.workspace.target.text:
        return
    bench.become(now)
    bench.record({"draft": stored(edit)})


def _as_known(bench: "Workbench", workspace: Workspace) -> Workspace:
    """A workspace made of the one before the editor was opened, with what has been found since."""
    known = bench.workspace
    return workspace if known is None else replace(workspace, examined=known.examined, findings=known.findings)


def keep(bench: "Workbench", go_on: bool = True) -> None:
    """Close the editor; what it holds is one edit."""
    draft, editor = bench.draft, bench.query_one(Editor)
    if draft is None or draft.before.target is None:
        return
    edit = draft.edit(editor.edited)
    _close(bench)
    if edit.text == edit.span.of(draft.before.target.text):
        if bench.workspace is not None and bench.workspace.project != draft.before.project:
            bench.become(_as_known(bench, draft.before))
            bench.record({"draft": None})
    else:
        bench.become(_as_known(bench, draft.before.done(edit)))
        bench.record({"do": stored(edit)})
        if (pin := draft.pin(editor.edited)) is not None:
            bench.apply(pin)
    if go_on:
        bench.grid.cursor += 1


def drop(bench: "Workbench") -> None:
    """Close the editor and put the old text back."""
    draft = bench.draft
    if draft is None:
        return
    _close(bench)
    if bench.workspace is not None and bench.workspace.project != draft.before.project:
        bench.become(_as_known(bench, draft.before))
        bench.record({"draft": None})


def _close(bench: "Workbench") -> None:
    bench.draft = None
    bench.remove_class("editing")
    bench.grid.focus()


# ── findings ──


def accept_suggestion(bench: "Workbench") -> None:
    """Put a suggestion in the place of what was found."""
    finding, workspace = bench.chosen, bench.workspace
    if finding is None or workspace is None:
        bench.say("F8 goes to a finding first")
        return
    edits = proposals(workspace, finding)
    if not edits:
        bench.say("This finding has nothing to put in; F2 edits the row")
    elif len(edits) == 1:
        _put_in(bench, edits[0])
    else:
        texts = [edit.text for edit in edits]

        def chosen(number: int | None) -> None:
            if number is not None and number >= 0:
                _put_in(bench, edits[number])

        bench.app.push_screen(Choose("Put in", texts), chosen)


def _put_in(bench: "Workbench", edit: Retarget) -> None:
    if bench.draft is not None:
        keep(bench, go_on=False)
    bench.apply(edit)


def waive(bench: "Workbench") -> None:
    """Ask why and how far, then hide the finding."""
    finding, workspace = bench.chosen, bench.workspace
    if finding is None or workspace is None or workspace.examined is None:
        bench.say("F8 goes to a finding first")
        return
    scopes = [("here", "Only this one")]
    if finding.concept:
        scopes.append(("concept", f"All findings about {finding.concept} in this text"))
    scopes.append(("rule", f"All findings of {finding.rule} in this text"))
    examined = workspace.examined

    def answered(answer: tuple[str, str] | None) -> None:
        if answer is not None:
            near = bench.listing.cursor
            bench.apply(waiver(examined, finding, *answer))
            bench.show_findings(near)
            if bench.desk.target is not None and not bench.desk.locked:
                bench.say("Waived here; saving writes it into the waivers that `tolmach check` goes by")

    bench.app.push_screen(WaiveQuestion(finding.message, scopes), answered)


# ── history ──


def undo(bench: "Workbench") -> None:
    """Take back the last edit; in the editor, the last keys."""
    if bench.draft is not None:
        bench.query_one(Editor).undo()
        return
    if bench.workspace is None or not bench.workspace.project.edits:
        bench.say("Nothing to undo")
        return
    bench.become(bench.workspace.undo())
    _history(bench, "undo")


def redo(bench: "Workbench") -> None:
    """Do it again."""
    if bench.draft is not None:
        bench.query_one(Editor).redo()
        return
    if bench.workspace is None or not bench.workspace.undone:
        bench.say("Nothing to redo")
        return
    bench.become(bench.workspace.redo())
    _history(bench, "redo")


def _history(bench: "Workbench", step: str) -> None:
    """Keep an undo or redo in the journal; below what is in the file on disk the journal is written anew."""
    workspace = bench.workspace
    if workspace is None:
        return
    bench.show_findings(bench.listing.cursor)
    if workspace.baked:
        bench.journal.start(workspace.saved, workspace.pending)
    else:
        bench.record({step: True})


# ── copying ──


def copy(bench: "Workbench") -> None:
    """Put what is selected, or the target of the cursor's row, on the clipboard, as it is in the text."""
    workspace, editor = bench.workspace, bench.query_one(Editor)
    if bench.draft is not None:
        text = editor.selected_text or editor.edited
    elif workspace is None or workspace.alignment is None or workspace.target is None:
        return
    elif (selection := bench.grid.selection) is not None:
        document = workspace.alignment.source if selection.side == "source" else workspace.target
        text = selection.text(bench.grid.page, document.text)
    else:
        text = rendering_span(workspace.alignment, bench.grid.cursor).of(workspace.target.text)
    if text:
        bench.app.copy_to_clipboard(text)
        bench.say("Copied")


# ── saving ──


def save_target(bench: "Workbench") -> None:
    """Show what changed, and write it if that is right."""
    workspace, path = bench.workspace, bench.desk.target
    if bench.draft is not None:
        keep(bench, go_on=False)
        workspace = bench.workspace
    if workspace is None or workspace.target is None or path is None:
        bench.say("There is no target file to save")
        return
    text, saved = workspace.target.text, workspace.saved
    if bench.desk.locked:
        bench.say("The demo is not saved; open files of your own to save")
        return
    try:
        waivers = waived(workspace, bench.desk.waiver_file, path.name, bench.written)
        layout, gone = saving.to_be_written(path), not path.exists()
    except TolmachError as error:
        bench.app.push_screen(Reading("Not saved", error_detail(error)))
        return
    unsaved = text != saved or gone
    if not unsaved and not waivers.changed:
        bench.say("Nothing to save")
        return

    def write(yes: bool | None) -> None:
        if not yes or bench.workspace is None:
            return
        try:
            if unsaved:
                saving.save(path, text, layout)
                bench.become(bench.workspace.written(text))
                bench.journal.start(text, bench.workspace.pending)
            if waivers.changed:
                waivers.write()
                bench.written = waivers.tables
        except TolmachError as error:
            bench.app.push_screen(Reading("The file is as it was", error_detail(error)))
            return
        bench.say("Saved")

    bench.app.clear_notifications()  # nothing over the lines to be read
    content = saving.difference(saved, text)
    if waivers.changed:
        content += saving.difference(waivers.before, waivers.after, waivers.path.name)
    if gone:
        title = "The file is gone: saving makes it anew"
        bench.app.push_screen(Confirm(title, saving.difference("", text), "save"), write)
    elif unsaved and layout.text != saved:
        title = "The file changed outside: saving would do this to it"
        bench.app.push_screen(Confirm(title, saving.difference(layout.text, text), "overwrite it"), write)
    else:
        bench.app.push_screen(Confirm("Save these changes", content, "save"), write)


# ── exporting ──


def export(bench: "Workbench", kind: str) -> None:
    """Ask where to, then write the report (html) or the alignment (tmx)."""
    workspace = bench.workspace
    if workspace is None or workspace.examined is None:
        return
    examined = replace(workspace.examined, findings=workspace.findings)
    beside = bench.desk.target or bench.desk.source
    default = Path.cwd() / beside.with_suffix(f".{kind}").name if bench.desk.locked else beside.with_suffix(f".{kind}")

    def answered(name: str | None) -> None:
        if not name:
            return
        try:
            put_whole(Path(name), bench.desk.report(examined, kind))
        except TolmachError as error:
            bench.say(str(error), "error")
        except OSError as error:
            bench.say(f"{name} cannot be written: {error.strerror or error}", "error")
        else:
            bench.say(f"Written: {name}")

    bench.app.push_screen(Ask("Write to this file (an existing one is replaced)", str(default)), answered)
