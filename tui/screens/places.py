"""Going somewhere from the workbench: findings, words, rows, other screens."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tui.commands import BY_ID
from tui.explaining import keys_content, nothing_listed
from tui.filters import FILTERS, keeps
from tui.rows import GLYPHS, bead_of
from tui.screens.questions import Ask, Choose, Reading

if TYPE_CHECKING:
    from tui.screens.workbench import Workbench


PANES = ("texts", "findings", "why")


def place(bench: "Workbench") -> dict[str, Any]:
    """Where the person is: row, filter, finding, pane; empty before anything is known."""
    workspace = bench.workspace
    if workspace is None or workspace.alignment is None:
        return {}
    pane = bench.focused.id if bench.focused is not None and bench.focused.id in PANES else PANES[0]
    chosen = bench.listing.cursor if bench.chosen is not None else None
    return {"row": bench.grid.cursor, "filter": workspace.filter, "finding": chosen, "pane": pane}


def resume(bench: "Workbench", earlier: Mapping[str, Any]) -> None:
    """Go on where an earlier session was: the finding it pointed at, and the pane. Row and filter are there already."""
    workspace = bench.workspace
    if workspace is None:
        return
    if earlier.get("finding") is not None and workspace.listed:
        row = bench.grid.cursor
        bench.choose(number(earlier, "finding", len(workspace.listed)))
        bench.grid.cursor = row
    if earlier.get("pane") in PANES:
        bench.query_one(f"#{earlier['pane']}").focus()


def number(earlier: Mapping[str, Any], name: str, count: int) -> int:
    """A number of an earlier session, as far as it makes sense now."""
    found = earlier.get(name)
    return max(0, min(found, count - 1)) if isinstance(found, int) else 0


def step(bench: "Workbench", by: int) -> None:
    """To the next or previous finding: from the one pointed at, or from the cursor's row if none is."""
    workspace = bench.workspace
    if bench.not_yet() or workspace is None:
        return
    bench.app.clear_notifications()  # nothing over the lines to be read
    if not workspace.listed:
        bench.say(nothing_listed(workspace).capitalize())
        return
    findings, row, here = workspace.listed, bench.grid.cursor, bench.listing.cursor
    if bench.chosen is not None and bead_of(bench.chosen, workspace.beads) in (row, None):
        bench.choose((here + by) % len(findings))
        return
    if bench.chosen is not None and bench.stepped_in == row:  # the one that is explained, but was not gone to
        bench.choose(here if by > 0 else (here - 1) % len(findings))
        return
    rows = [bead_of(finding, workspace.beads) for finding in findings]
    ahead = [n for n, at in enumerate(rows) if at is not None and (at >= row if by > 0 else at < row)]
    if ahead:
        bench.choose(ahead[0] if by > 0 else ahead[-1])
    else:
        bench.choose(0 if by > 0 else len(findings) - 1)


def find(bench: "Workbench") -> None:
    """Ask for words and go to the next row that has them."""

    def answered(words: str | None) -> None:
        if words:
            bench.wanted = words
            find_next(bench)

    bench.app.push_screen(Ask("Find in both texts", bench.wanted), answered)


def find_next(bench: "Workbench") -> None:
    """Go to the next row with the words asked for last."""
    if not bench.wanted:
        find(bench)
        return
    words, texts, here = _plain(bench.wanted), bench.grid.page.texts, bench.grid.cursor
    for n in range(1, len(texts) + 1):
        row = (here + n) % len(texts)
        if any(words in _plain(text) for text in texts[row]):
            bench.arrive(row)
            return
    bench.say(f"Not found: {bench.wanted}")


def _plain(text: str) -> str:
    return text.casefold().replace("ё", "е").replace("’", "'").replace("ʼ", "'")


def go_to(bench: "Workbench") -> None:
    """Ask for a row number and go there."""

    def answered(number: str | None) -> None:
        if number and number.strip().isdecimal():
            bench.arrive(max(0, min(int(number), len(bench.grid.page)) - 1))

    bench.app.push_screen(Ask(f"Go to row (1 to {len(bench.grid.page)})"), answered)


def choose_filter(bench: "Workbench") -> None:
    """Ask which findings and rows to show."""
    workspace = bench.workspace
    if bench.not_yet() or workspace is None:
        return
    labels = []
    for name, label in FILTERS:
        count = sum(keeps(name, finding) for finding in workspace.findings)
        here = "●" if name == workspace.filter else " "
        labels.append(f"{here} {label[0].upper()}{label[1:]}  ({count})")

    def answered(number: int | None) -> None:
        if number is not None and number >= 0:
            bench.use_filter(FILTERS[number][0])

    bench.app.push_screen(Choose("Show", labels), answered)


ROW_COMMANDS = (
    "edit", "suggestion", "waive", "copy", "merge", "split", "split-inside", "move-up", "move-down", "alone", "pin",
)  # fmt: skip


def row_menu(bench: "Workbench") -> None:
    """The findings of the cursor's row, then what can be done with it."""
    workspace = bench.workspace
    if workspace is None or workspace.alignment is None:
        return
    row = bench.grid.cursor
    here = [n for n, finding in enumerate(workspace.listed) if bead_of(finding, workspace.beads) == row]
    labels = [f"{GLYPHS[workspace.listed[n].weight]} {workspace.listed[n].message}" for n in here]
    commands = [BY_ID[name] for name in ROW_COMMANDS]
    labels += [command.title for command in commands]

    def answered(number: int | None) -> None:
        if number is None or number < 0:
            return
        if number < len(here):
            bench.choose(here[number])
        else:
            bench.action_run(commands[number - len(here)].id)

    bench.app.push_screen(Choose(f"Row {row + 1}", labels), answered)


def show_keys(bench: "Workbench") -> None:
    """All keys, those of the pane in focus first."""
    bench.app.push_screen(Reading("Keys", keys_content(bench.pane)))


def open_quotes(bench: "Workbench") -> None:
    """The utterances of the pair; comes back with a row to go to."""
    from tui.screens.quotes import Quotes

    workspace = bench.workspace
    if workspace is not None:
        bench.app.push_screen(Quotes(bench, workspace), lambda row: _arrive(bench, row))


def renew(bench: "Workbench") -> None:
    """Tell the quotes or terms screen, if it is open, what was found."""
    from tui.screens.quotes import Quotes
    from tui.screens.terms import Terms

    for screen in bench.app.screen_stack:
        if isinstance(screen, Quotes | Terms) and bench.workspace is not None:
            screen.renew(bench.workspace)


def open_terms(bench: "Workbench") -> None:
    """The glossary; comes back with a row to go to."""
    from tui.screens.terms import Terms

    workspace = bench.workspace
    if workspace is None:
        return
    concept = bench.chosen.concept if bench.chosen is not None else None
    bench.app.push_screen(Terms(bench, workspace, concept), lambda row: _arrive(bench, row))


def _arrive(bench: "Workbench", row: int | None) -> None:
    if row is not None and row >= 0:
        bench.arrive(row)
