"""Every command in one table: bindings, footer, palette, help screen and docs/keys.md are made from it.

Keys that work everywhere are function keys, arrow chords and Ctrl+letter; single letters are accelerators for panes
that take no text. Never bound: `. , / ; ' [ ]` (other characters on Cyrillic layouts), Ctrl+digit, Ctrl+Shift+letter,
Ctrl+i, Ctrl+m, Ctrl+h (Tab, Enter, Backspace in most terminals), F10 to F12 and Alt+digit (taken by desktops).
"""

from dataclasses import dataclass

ANYWHERE = "every screen"
MAIN = "texts and editor"
OTHER = "quotes and terms"
TEXTS = "texts"
EDITOR = "editor"
QUOTES = "quotes"
TERMS = "terms"
START = "start"
PANES = (ANYWHERE, MAIN, OTHER, TEXTS, EDITOR, QUOTES, TERMS, START)


@dataclass(frozen=True, slots=True)
class Command:
    """Something the user can do. `keys` work while text is typed too, `letters` only in panes that take no text.

    `hint` is the word in the footer (none: not shown there); `pane` is where the command means something.
    """

    id: str
    title: str
    help: str
    keys: tuple[str, ...] = ()
    letters: tuple[str, ...] = ()
    pane: str = MAIN
    hint: str = ""

    @property
    def action(self) -> str:
        """The name of the Textual action."""
        return self.id.replace("-", "_")


COMMANDS: tuple[Command, ...] = (
    Command(
        "open-choice", "Open", "Open the pair under the cursor, or the paths that are typed.",
        ("f2",), (), START, "open",
    ),
    Command(
        "next-finding", "Next finding", "Go to the next finding and say why it was found.",
        ("f8",), ("n",), hint="next",
    ),
    Command(
        "previous-finding", "Previous finding", "Go to the finding before this one.",
        ("shift+f8",), ("p",),
    ),
    Command(
        "edit", "Edit the target", "Edit the target of this row under the grid. Enter keeps it and goes on.",
        ("f2",), ("e", "enter"), TEXTS, "edit",
    ),
    Command(
        "suggestion", "Accept a suggestion", "Put a suggested rendering in place of the one that was found.",
        ("f4",), (), hint="suggest",
    ),
    Command(
        "waive", "Waive the finding", "Hide the finding, with a reason and for how much of the text.",
        ("f7",), ("w",), hint="waive",
    ),
    Command(
        "check", "Check again", "Read both files again if they changed outside, align around the pins, check again.",
        ("f5",),
    ),
    Command("merge", "Merge with the next row", "Make this row and the next one bead.", (), ("m",), TEXTS),
    Command(
        "split", "Split the row", "Give each sentence of this row its own row, as far as they go.",
        (), ("s",), TEXTS,
    ),
    Command(
        "split-inside", "Split inside a sentence", "Cut this row in two, at a word of each text.",
        (), ("i",), TEXTS,
    ),
    Command(
        "move-up", "Move target up", "Give the first target sentence of this row to the row above.",
        ("alt+up",), ("u",), TEXTS,
    ),
    Command(
        "move-down", "Move target down", "Give the last target sentence of this row to the row below.",
        ("alt+down",), ("d",), TEXTS,
    ),
    Command(
        "alone", "No counterpart", "Say that the two sides of this row do not render each other.",
        (), ("x",), TEXTS,
    ),
    Command(
        "pin", "Pin or unpin the row", "Keep this row as it is when the texts are aligned again.",
        (), ("k",), TEXTS,
    ),
    Command(
        "copy", "Copy", "Put what is selected with the mouse, or the target of this row, on the terminal's clipboard.",
        ("ctrl+c",), ("c",),
    ),
    Command(
        "row-menu", "What to do with this row", "The findings of this row, and what can be done with it.",
        (), ("o",), TEXTS,
    ),
    Command(
        "filter", "Show only some findings", "Show everything, what needs work, errors, or one family of findings.",
        (), ("f",), TEXTS,
    ),
    Command("undo", "Undo", "Take back the last edit.", ("ctrl+z",)),
    Command("redo", "Redo", "Do again what was taken back.", ("ctrl+y",)),
    Command("find", "Find in both texts", "Find words in the source and the target.", ("ctrl+f",)),
    Command("find-next", "Find again", "Go to the next place with the same words.", ("f3",)),
    Command("go-to", "Go to row", "Go to a row by its number.", ("ctrl+g",)),
    Command(
        "quotes", "Quotes", "Show who said what, in which versions, and through whom it came.",
        ("f9",), ("q",), hint="quotes",
    ),
    Command("terms", "Terms", "Search the glossary in any inflected form.", ("ctrl+t",), ("t",), hint="terms"),
    Command(
        "keep", "Keep the text", "Keep what the editor holds and go to the next row.",
        ("enter",), (), EDITOR, "keep",
    ),
    Command(
        "put-back", "Put the text back", "Leave the editor, with the text as it was.",
        ("escape",), (), EDITOR, "put back",
    ),
    Command("new-line", "New line", "Start a new line in the text.", ("ctrl+j",), (), EDITOR),
    Command(
        "use-everywhere", "Use this rendering everywhere",
        "Put the rendering under the cursor in the place of all other renderings of the same words.",
        ("f4",), (), QUOTES, "use everywhere",
    ),
    Command(
        "decide", "Decide on this quote",
        "The original was found (paste it) or not, the rendering is right, or it is not worth telling.",
        ("f7",), ("d",), QUOTES, "decide",
    ),
    Command("take-back", "Take the decision back", "Undo the last decision.", ("ctrl+z",), (), QUOTES),
    Command(
        "go-there", "Go to the place", "Back to the texts, at the place under the cursor.",
        ("f2",), ("g",), QUOTES, "go there",
    ),
    Command(
        "look-up", "Go to the occurrence", "Back to the texts, at the occurrence under the cursor.",
        ("f2",), (), TERMS, "go there",
    ),
    Command(
        "correct-entry", "Correct the entry", "Change this entry: one row of your own glossary file is written.",
        ("f4",), (), TERMS, "correct",
    ),
    Command(
        "add-entry", "Add an entry", "Write a new entry: one row is added to your own glossary file.",
        ("f7",), (), TERMS, "add",
    ),
    Command("back", "Back to the texts", "Leave this screen.", ("escape",), (), OTHER, "back"),
    Command(
        "draft-row", "Draft this row", "Show what memory and machine have for this row; Enter puts it in as a draft.",
        ("ctrl+d",), ("a",), hint="draft",
    ),
    Command(
        "confirm", "Confirm the draft", "Say that the draft of this row is good, and go to the next draft.",
        ("ctrl+o",), ("y",),
    ),
    Command("next-draft", "Next draft", "Go to the next row that nobody has confirmed.", ("ctrl+r",), ("r",)),
    Command(
        "continue", "Continue what is typed", "Let the machine go on from what the editor holds.",
        ("ctrl+n",),
    ),
    Command("draft-missing", "Draft what is missing", "Put drafts into all rows that have no target."),
    Command(
        "draft-all", "Draft the whole text",
        "Draft every sentence anew, in the place of the target; without a target file, make one.",
    ),
    Command("stop-draft", "Stop drafting", "Stop the draft that is being made.", (), ("escape",), TEXTS),
    Command("confirm-all", "Confirm all drafts", "Say that every draft in the text is good."),
    Command("next-pane", "Next pane", "Go to the next pane.", ("f6",), pane=ANYWHERE, hint="next pane"),
    Command("save", "Save the target", "Show what changed, then write the target file.", ("ctrl+s",)),
    Command("export-report", "Export the report", "Write the open findings as an HTML report."),
    Command("export-tmx", "Export the alignment", "Write the beads as TMX."),
    Command(
        "theme", "Theme: light, dark, contrast, no colour", "Take the next of our four themes.", pane=ANYWHERE,
    ),
    Command("help", "Help", "Show all keys.", ("f1",), ("question_mark",), ANYWHERE, "help"),
    Command("quit", "Quit", "Leave; unsaved edits are kept for next time.", ("ctrl+q",), pane=ANYWHERE, hint="quit"),
)  # fmt: skip

_COVERS = {MAIN: (TEXTS, EDITOR), OTHER: (QUOTES, TERMS)}


def meant_in(pane: str) -> tuple[Command, ...]:
    """The commands that mean something in a pane, in the order of the table.

    >>> [command.id for command in meant_in(TERMS)]
    ['look-up', 'back', 'next-pane', 'theme', 'help', 'quit']
    """
    return tuple(c for c in COMMANDS if c.pane in (ANYWHERE, pane) or pane in _COVERS.get(c.pane, ()))


BY_ID = {command.id: command for command in COMMANDS}

_NAMES = {
    "question_mark": "?", "up": "↑", "down": "↓", "left": "←", "right": "→", "enter": "Enter", "escape": "Esc",
    "alt": "Alt", "ctrl": "Ctrl", "shift": "Shift", "space": "Space", "tab": "Tab",
}  # fmt: skip


def key_name(key: str) -> str:
    """How a key is written for people.

    >>> key_name("shift+f8"), key_name("ctrl+s"), key_name("alt+up")
    ('Shift+F8', 'Ctrl+S', 'Alt+↑')
    """
    parts = key.split("+")
    shown = []
    for part in parts:
        single = len(parts) == 1 and len(part) == 1
        shown.append(_NAMES.get(part) or (part if single else part.upper()))
    return "+".join(shown)


_ABOUT = (
    "Keys go by their place on the keyboard: with a Russian or Ukrainian layout press the same key.",
    "Letters work where no text is typed. Every command is also in the palette (Ctrl+P).",
)
_MOVING = (
    "Moving: ↑ ↓ Page Up, Page Down, Home and End in the pane with the focus; Tab and Shift+Tab from pane to pane.",
    "Mouse: click moves the cursor, double click edits, right click lists what can be done, dragging selects",
    "text of one side (Ctrl+C copies it as it stands in the file), the wheel scrolls.",
)


def keys_table() -> str:
    """The content of docs/keys.md."""
    from tui.layouts import cyrillic_twins

    rows = [
        "# Keys",
        "",
        "Made from `tui/commands.py` by `python -m tui.commands`; a test compares the two.",
        *_ABOUT,
        "",
        "| command | key | letter | the letter's key says (RU / UK) | does |",
        "|---|---|---|---|---|",
    ]
    for command in COMMANDS:
        keys = ", ".join(map(key_name, command.keys)) or "palette"
        letters = ", ".join(map(key_name, command.letters))
        twins = " / ".join(dict.fromkeys(twin for letter in command.letters for twin in cyrillic_twins(letter)))
        rows.append(f"| {command.title} | {keys} | {letters} | {twins} | {command.help} |")
    return "\n".join([*rows, "", *_MOVING, "", "`TOLMACH_LAYOUT=off` turns keys by position off.", ""])


def keys_text() -> str:
    """What `tolmach keys` prints: a command a line, by the pane it belongs to."""
    lines = [*_ABOUT]
    for pane in PANES:
        lines += ["", f"{pane}:"]
        for command in COMMANDS:
            if command.pane == pane:
                keys = ", ".join(map(key_name, (*command.keys, *command.letters))) or "palette"
                lines.append(f"  {keys:20} {command.title}: {command.help}")
    return "\n".join([*lines, "", *_MOVING, ""])


if __name__ == "__main__":
    print(keys_table(), end="")
