"""One entry of the glossary to write or correct, with what is wrong with it said as it is typed."""

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from glossary.terms.concepts import LintFinding
from tui.content import Part, composed, plain
from tui.safe_text import safe
from tui.widgets.detail import Detail
from tui.widgets.editor import Line

Lint = Callable[[Mapping[str, str]], Sequence[LintFinding]]
_LANGUAGES = {"ru": "Russian", "uk": "Ukrainian"}
_GLYPHS = {"error": ("✗", "bold $text-error"), "warning": ("▴", "bold $text-warning"), "info": ("~", "$text-primary")}


def fields(lang: str) -> tuple[tuple[str, str], ...]:
    """The columns that are asked for, and what they are called."""
    return (
        ("en", "English"),
        ("en_variants", "also"),
        (lang, _LANGUAGES.get(lang, lang)),
        (f"{lang}_admitted", "also right"),
        (f"{lang}_forbidden", "wrong {why}"),
        ("note", "note"),
    )


class Entry(ModalScreen[dict[str, str] | None]):
    """The cells of a row; dismissed with all of them, None for no change."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape", "leave"),
        ("ctrl+s", "keep"),
        # First of all keys, so that what is typed after them goes to the line they lead to.
        Binding("down", "app.focus_next", priority=True),
        Binding("up", "app.focus_previous", priority=True),
    ]

    class Linted(Message):
        """What is wrong with the row as it was typed."""

        def __init__(self, cells: Mapping[str, str], found: Sequence[LintFinding]) -> None:
            super().__init__()
            self.cells = cells
            self.found = found

    def __init__(self, title: str, cells: Mapping[str, str], lang: str, path: str, lint: Lint) -> None:
        """`lint` is called in a thread."""
        super().__init__(classes="question entry")
        self._title = title
        self._cells = dict(cells)
        self._fields = fields(lang)
        self._path = path
        self._lint = lint
        self._wrong = False

    def compose(self) -> ComposeResult:
        """One line for each column, what is wrong, where it goes."""
        with Vertical(classes="box"):
            yield Static(plain(self._title), classes="title")
            for column, label in self._fields:
                with Horizontal(classes="field"):
                    yield Static(plain(f"{label:>12} "))
                    yield Line(safe(self._cells.get(column, "")), id=f"cell-{column}")
            yield Detail("lint")
            foot: list[Part] = [("Enter", "bold $accent"), f" writes one row of {self._path}   "]
            yield Static(composed(*foot, ("Esc", "bold $accent"), " leaves it"), classes="foot")

    def on_mount(self) -> None:
        """What must be filled in: the English, or else the rendering."""
        lines = list(self.query(Line))
        lines[2 if lines[0].value else 0].focus()
        self._check(self.cells)

    @property
    def cells(self) -> dict[str, str]:
        """The row as it is typed; what is not asked for stays."""
        typed = {column: self.query_one(f"#cell-{column}", Line).value.strip() for column, _ in self._fields}
        # What was shown safely and left alone is the original again.
        kept = {c: t for c, t in typed.items() if t != safe(self._cells.get(c, "")).strip()}
        return {**self._cells, **kept}

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._check(self.cells)

    @work(thread=True, exclusive=True, group="lint", description="lint")
    def _check(self, cells: dict[str, str]) -> None:
        self.post_message(self.Linted(cells, self._lint(cells)))

    @on(Linted)
    def _linted(self, event: Linted) -> None:
        if event.cells != self.cells:
            return
        parts: list[Part] = []
        if not event.cells.get("en"):
            parts.append(("An entry needs an English term.", "italic $text-muted"))
        for finding in event.found:
            glyph, style = _GLYPHS.get(finding.severity, _GLYPHS["info"])
            parts += ["\n" if parts else "", (f"{glyph} ", style), finding.message]
        if not parts:
            parts = [("✓ nothing wrong with it", "$text-success")]
        self._wrong = not event.cells.get("en") or any(f.severity == "error" for f in event.found)
        self.query_one("#lint", Detail).show(composed(*parts))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        self.action_keep()

    def action_keep(self) -> None:
        """Write the row, unless it has errors."""
        if not self._wrong:
            self.dismiss(self.cells)

    def action_leave(self) -> None:
        """Change nothing."""
        self.dismiss(None)
