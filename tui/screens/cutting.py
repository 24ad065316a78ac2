"""Where to cut a row in two: a caret in each text, moved word by word."""

import re
from dataclasses import dataclass, replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.content import Part, composed
from tui.widgets.detail import Detail

_WORD = re.compile(r"\S+\s*")
CARET = "┃"


@dataclass(frozen=True, slots=True)
class Caret:
    """A place in a text between two words; 0 and the last of `stops` put all of it on one side of the cut."""

    text: str
    stops: tuple[int, ...]
    at: int

    @staticmethod
    def of(text: str, near: float) -> "Caret":
        """A caret after about `near` (0 to 1) of the text, after a stop or comma if one is close.

        >>> caret = Caret.of("We held, he said.", 0.4)
        >>> caret.text[: caret.place]
        'We held, '
        """
        stops = (0, *(match.end() for match in _WORD.finditer(text)))
        wanted = near * len(text)
        best = min(range(len(stops)), key=lambda n: abs(stops[n] - wanted) - 12 * _pause(text, stops[n]))
        return Caret(text, stops, best)

    @property
    def place(self) -> int:
        """The offset in the text."""
        return self.stops[self.at]

    def moved(self, by: int) -> "Caret":
        """The caret some words further on."""
        return replace(self, at=max(0, min(len(self.stops) - 1, self.at + by)))

    def content(self, active: bool) -> list[Part]:
        """The text with the caret in it; what goes to the second row is dimmed."""
        return [
            (self.text[: self.place], "bold" if active else ""),
            (CARET, "bold $accent" if active else "$text-muted"),
            (self.text[self.place :], "$text-muted"),
        ]


def _pause(text: str, place: int) -> bool:
    return text[:place].rstrip()[-1:] in tuple(".!?…,;:—–")


class Cut(ModalScreen[tuple[int, int] | None]):
    """Both texts of a row with a caret each; dismissed with the two places, None for no cut."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape", "leave"),
        ("enter", "cut"),
        ("left", "move(-1)"),
        ("right", "move(1)"),
        ("home", "move(-10000)"),
        ("end", "move(10000)"),
        ("tab,up,down,shift+tab", "change"),
    ]

    def __init__(self, source: str, target: str) -> None:
        super().__init__(classes="question")
        first = Caret.of(source, 0.5)
        share = first.place / len(source) if source else 0.5
        self._carets = [first, Caret.of(target, share)]
        self._active = 0 if source else 1

    def compose(self) -> ComposeResult:
        """Title, both texts, how to answer."""
        with Vertical(classes="box"):
            yield Static("Cut this row in two", classes="title", markup=False)
            yield Detail()
            foot = composed(
                ("← →", "bold $accent"), " word by word   ", ("Tab", "bold $accent"), " the other text   ",
                ("Enter", "bold $accent"), " cut   ", ("Esc", "bold $accent"), " leave it",
            )  # fmt: skip
            yield Static(foot, classes="foot")

    def on_mount(self) -> None:
        """Show both texts."""
        self._show()

    def _show(self) -> None:
        source, target = (caret.content(n == self._active) for n, caret in enumerate(self._carets))
        self.query_one(Detail).show(composed(*source, "\n\n", *target))

    def action_move(self, words: int) -> None:
        """Move the caret."""
        self._carets[self._active] = self._carets[self._active].moved(words)
        self._show()

    def action_change(self) -> None:
        """Go to the caret of the other text."""
        if self._carets[1 - self._active].text:
            self._active = 1 - self._active
            self._show()

    def action_cut(self) -> None:
        """Cut here."""
        self.dismiss((self._carets[0].place, self._carets[1].place))

    def action_leave(self) -> None:
        """Cut nothing."""
        self.dismiss(None)
