"""Going somewhere from the workbench: findings, words, rows, other screens."""

from typing import TYPE_CHECKING

from glossary.project import Edit
from tui.explaining import keys_content
from tui.rows import bead_of
from tui.screens.questions import Ask, Reading

if TYPE_CHECKING:
    from tui.screens.workbench import Workbench


def step(bench: "Workbench", by: int) -> None:
    """To the next or previous finding: from the one pointed at, or from the cursor's row if none is."""
    workspace = bench.workspace
    if workspace is None or not workspace.findings:
        return
    findings, row, here = workspace.findings, bench.grid.cursor, bench.listing.cursor
    if bench.chosen is not None and bead_of(bench.chosen, workspace.beads) in (row, None):
        bench.choose((here + by) % len(findings))
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
            bench.grid.cursor = row
            bench.grid.focus()
            return
    bench.say(f"Not found: {bench.wanted}")


def _plain(text: str) -> str:
    return text.casefold().replace("ё", "е").replace("’", "'").replace("ʼ", "'")


def go_to(bench: "Workbench") -> None:
    """Ask for a row number and go there."""

    def answered(number: str | None) -> None:
        if number and number.strip().isdecimal():
            bench.grid.cursor = int(number) - 1
            bench.grid.focus()

    bench.app.push_screen(Ask(f"Go to row (1 to {len(bench.grid.page)})"), answered)


def show_keys(bench: "Workbench") -> None:
    """All keys, those of the pane in focus first."""
    bench.app.push_screen(Reading("Keys", keys_content(bench.pane)))


def open_quotes(bench: "Workbench") -> None:
    """The utterances of the pair; comes back with a row to go to."""
    from tui.screens.quotes import Quotes

    workspace = bench.workspace
    if workspace is None or workspace.examined is None:
        bench.say("The quotes come when the check is done")
        return

    def decide(edits: list[Edit]) -> None:
        for edit in edits:
            bench.apply(edit)
        bench.say(f"{len(edits)} renderings replaced; Ctrl+Z takes them back one by one")

    bench.app.push_screen(Quotes(workspace, decide), lambda row: _arrive(bench, row))


def open_terms(bench: "Workbench") -> None:
    """The glossary; comes back with a row to go to."""
    from tui.screens.terms import Terms

    workspace = bench.workspace
    if workspace is None or workspace.examined is None:
        bench.say("The terms come when the check is done")
        return
    concept = bench.chosen.concept if bench.chosen is not None else None
    bench.app.push_screen(Terms(workspace, bench.desk.resources, concept), lambda row: _arrive(bench, row))


def _arrive(bench: "Workbench", row: int | None) -> None:
    if row is not None and row >= 0:
        bench.grid.cursor = row
        bench.grid.focus()
