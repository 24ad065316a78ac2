"""What the panes say about findings, rows and the whole pair, as content and list items."""

from textual.content import Content

from glossary.errors import TolmachError
from glossary.findings import SEARCHES, Finding, Severity, replaceable, rules
from glossary.text.display import many
from tui.content import Part, composed
from tui.filters import ALL, NAMES
from tui.rows import GLYPHS, KINDS, WEIGHT_STYLES, bead_of
from tui.widgets.listing import Item
from tui.workspace import Workspace, proposals

_EXCERPT = 70
_SEEN = 20  # places shown of what speaks for a finding; a name may stand in hundreds
AGAIN = composed(("\nF5", "bold $accent"), " reads the files again   ", ("Ctrl+Q", "bold $accent"), " leaves")


def finding_item(finding: Finding, workspace: Workspace) -> Item:
    """A finding as one line of the list: glyph, code, row, message."""
    number = bead_of(finding, workspace.beads)
    row = f"{number + 1:>4}" if number is not None else "   –"
    return Item(
        (
            (f"{GLYPHS[finding.weight]} ", KINDS[finding.weight]),
            (f"{finding.code} ", "muted"),
            (f"{row}  ", "muted"),
            (finding.message, ""),
        )
    )


def finding_detail(finding: Finding, workspace: Workspace) -> Content:
    """Why a finding was made and what to do about it."""
    rule = rules()[finding.rule]
    parts: list[Part] = [
        (f"{GLYPHS[finding.weight]} {finding.code} {rule.name}", WEIGHT_STYLES[finding.weight]),
        ("  " + str(finding.weight), "$text-muted"),
        "\n",
        finding.message,
        "\n",
    ]
    offered: list[Part] = []
    for number, shown in enumerate(proposals(workspace, finding), 1):
        offered += ["\n", (f" {number} ", "bold $accent"), shown.text]
    if replaceable(finding):
        unsure = finding.params.get("suggestion_sure") == "no"
        offered.append(("   F4 puts it in; mind its form" if unsure else "   F4 puts it in", "$text-muted"))
    else:
        label = "Search  " if finding.rule in SEARCHES else "Use  "
        unsaid = [text for text in finding.suggestions[:9] if text not in finding.message]
        offered += [part for text in unsaid for part in ("\n", (label, "$text-muted"), text)]
    parts += [*offered, "\n"] if offered else []
    parts += ["\n", ("Why  ", "$text-muted"), rule.why, "\n", ("Next  ", "$text-muted"), rule.next_step]
    for evidence in finding.evidence[:_SEEN]:
        parts += ["\n", ("Seen  ", "$text-muted"), f"{evidence.note}: ", ("“", "$text-muted")]
        parts += [(_excerpt(workspace, evidence.side, evidence.span.start, evidence.span.end), "italic")]
        parts += [("”", "$text-muted"), (f" ({evidence.side})", "$text-muted")]
    if len(finding.evidence) > _SEEN:
        parts += ["\n", (f"      and {len(finding.evidence) - _SEEN} more places", "$text-muted")]
    return composed(*parts)


def _excerpt(workspace: Workspace, side: str, start: int, end: int) -> str:
    document = workspace.source if side == "source" else workspace.target
    text = " ".join(document.text[start:end].split()) if document else ""
    return text if len(text) <= _EXCERPT else text[: _EXCERPT - 1] + "…"


def _finished_detail(workspace: Workspace) -> Content:
    """What to say when nothing is left to look at, or nothing but drafts."""
    examined = workspace.examined
    if examined is None:
        return composed("")
    right = sum(use.status in ("preferred", "admitted") for use in examined.terms)
    waived = len(examined.findings) - len(workspace.findings)
    if drafts := _drafts(workspace):
        parts: list[Part] = [(f"{many(drafts, 'draft')} that nobody has confirmed.", "bold $text-warning"), "\n"]
        parts += [("Ctrl+R", "bold $accent"), " goes to the next, ", ("Ctrl+O", "bold $accent"), " confirms it.\n"]
    else:
        parts = [("Nothing left to look at.", "bold $text-success"), "\n"]
    parts.append(f"{many(right, 'term')} rendered as the glossary says, ")
    parts.append(f"{many(len(examined.quotes.source), 'quote')} followed.")
    if waived:
        parts.append(f" {many(waived, 'finding')} waived.")
    return composed(*parts)


def waiting_detail(step: str) -> Content:
    """What to say while something is on its way."""
    return composed((step, "italic $text-muted"))


def idle_detail(workspace: Workspace, first: bool) -> Content:
    """What to say while no finding is pointed at; on the `first` day, the keys to begin with."""
    if not begun(workspace):
        return _begin_detail(workspace)
    if workspace.listed:
        return _first_keys() if first else _where_to(workspace)
    if workspace.findings:
        return waiting_detail("Nothing here. f shows other findings.")
    return _finished_detail(workspace)


def _first_keys() -> Content:
    """Four keys that are enough to begin with; the first of them puts a finding in the place of this."""
    lines = (
        ("F8", " goes to the first finding and says why it is one,\n"),
        ("F4", " accepts what it suggests, "),
        ("F2", " edits the row,\n"),
        ("Ctrl+P", " finds every command."),
    )
    return composed(*(part for key, said in lines for part in ((key, "bold $accent"), (said, "$text-muted"))))


def _where_to(workspace: Workspace) -> Content:
    listed = many(len(workspace.listed), "finding")
    return composed((f"{listed}. ", "$text-muted"), ("F8", "bold $accent"), (" goes to the next.", "$text-muted"))


def begun(workspace: Workspace) -> bool:
    """Whether there is a target with something in it."""
    return workspace.target is not None and bool(workspace.target.text.strip())


def nothing_listed(workspace: Workspace) -> str:
    """Why the list of findings is empty, in a few words."""
    if workspace.findings:
        return f"none of them is about {NAMES[workspace.filter]}"
    if not begun(workspace):
        return "the source alone tells nothing"
    return "nothing but drafts to confirm" if _drafts(workspace) else "nothing left to look at"


def _drafts(workspace: Workspace) -> int:
    return len(workspace.examined.drafts) if workspace.examined is not None else 0


def _begin_detail(workspace: Workspace) -> Content:
    parts: list[Part] = [("There is no target yet." if workspace.target is None else "The target is empty.", "bold")]
    for key, does in (
        ("F2", "writes it row by row"),
        ("Ctrl+P", "“Draft the whole text”"),
        ("F9", "shows who is quoted"),
    ):
        parts += ["\n", (f"{key:>6}", "bold $accent"), f" {does}"]
    if workspace.listed:
        parts += ["\n", ("F8 goes to what the source alone tells.", "italic $text-muted")]
    return composed(*parts)


def error_detail(error: Exception) -> Content:
    """An error in its three parts; an unexpected one with its class."""
    if isinstance(error, TolmachError):
        parts: list[Part] = [("✗ ", "bold $text-error"), (error.what, "bold"), "\n"]
        if error.where:
            parts += [("Where  ", "$text-muted"), error.where, "\n"]
        if error.next_step:
            parts += [("Next  ", "$text-muted"), error.next_step, "\n"]
        return composed(*parts)
    return composed(
        ("✗ ", "bold $text-error"),
        (f"The check failed: {type(error).__name__}: {error}", "bold"),
        "\nThis is a fault of the program. The texts and your edits are safe.",
    )


def headline(workspace: Workspace | None, names: tuple[str, str], state: str) -> Content:
    """The first line of the screen: languages, findings, state, files."""
    parts: list[Part] = [("Tolmach", "bold $accent")]
    if workspace is not None:
        sides = (workspace.source, workspace.target)
        parts.append((f"  {'→'.join(side.lang for side in sides if side is not None).upper()}", "$text-muted"))
    if workspace is not None and workspace.examined is not None:
        parts.append((f"  {len(workspace.beads.beads)} rows", "$text-muted"))
        for severity in sorted(Severity, reverse=True):
            if count := workspace.count(severity):
                parts.append((f"  {count} {GLYPHS[severity]}", WEIGHT_STYLES[severity]))
        if drafts := _drafts(workspace):
            parts.append((f"  {many(drafts, 'draft')}", "$text-warning"))
        elif not workspace.findings and begun(workspace):
            parts.append(("  ✓ nothing left", "$text-success"))
    if workspace is not None and workspace.filter != ALL:
        parts.append((f"  only {NAMES[workspace.filter]}", "bold"))
    if state:
        parts.append((f"  {state}", "italic $text-muted"))
    if workspace is not None and workspace.unsaved:
        parts.append(("  ● not saved", "bold $accent"))
    source, target = names
    parts += [("  │  ", "$text-muted"), source]
    if target:
        parts += [(" ⇄ ", "$text-muted"), target]
    return composed(*parts)


def keys_content(pane: str) -> Content:
    """The keys that mean something in a pane."""
    from tui.commands import key_name, meant_in

    parts: list[Part] = []
    for command in meant_in(pane):
        keys = ", ".join(key_name(key) for key in (*command.keys, *command.letters)) or "Ctrl+P"
        parts += [(f"{keys:>14}  ", "bold $accent"), f"{command.title:<26}", "\n"]
    parts += [("\nOn any layout  ", "$text-muted"), "keys go by their place: т is n, ы or і is s"]
    return composed(*parts)
