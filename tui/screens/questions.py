"""Small questions that stand over a screen: choose one, say something, waive, confirm."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.events import Key
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from tui.content import composed, plain
from tui.safe_text import safe
from tui.widgets.detail import Detail
from tui.widgets.editor import Line
from tui.widgets.listing import Item, Listing


class Choose(ModalScreen[int]):
    """One of several lines, by arrow and Enter or by digit; dismissed with its number, -1 for none."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape", "none")]

    def __init__(self, title: str, choices: Sequence[str]) -> None:
        super().__init__(classes="question")
        self._title = title
        self._choices = choices

    def compose(self) -> ComposeResult:
        """Title, list, how to answer."""
        with Vertical(classes="box"):
            yield Static(plain(self._title), classes="title")
            yield Listing("nothing to choose")
            yield Static("A digit or Enter chooses, Esc leaves things as they are.", classes="foot", markup=False)

    def on_mount(self) -> None:
        """Fill the list."""
        listing = self.query_one(Listing)
        items = [Item(((f"{n} ", "accent"), (choice, ""))) for n, choice in enumerate(self._choices, 1)]
        listing.styles.height = len(items)
        listing.show(items)
        listing.focus()

    def on_key(self, event: Key) -> None:
        """A digit chooses at once."""
        if event.key.isdigit() and 1 <= int(event.key) <= len(self._choices):
            event.stop()
            self.dismiss(int(event.key) - 1)

    @on(Listing.Chosen)
    def _chosen(self, event: Listing.Chosen) -> None:
        self.dismiss(event.number)

    def action_none(self) -> None:
        """Choose nothing."""
        self.dismiss(-1)


class Ask(ModalScreen[str]):
    """A line of text; dismissed with it, with "" for nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape", "none")]

    def __init__(self, title: str, text: str = "") -> None:
        super().__init__(classes="question")
        self._title = title
        self._text = text

    def compose(self) -> ComposeResult:
        """Title and input."""
        with Vertical(classes="box"):
            yield Static(plain(self._title), classes="title")
            yield Line(safe(self._text))
            yield Static("Enter goes on, Esc leaves it.", classes="foot", markup=False)

    @on(Input.Submitted)
    def _said(self, event: Input.Submitted) -> None:
        # What was shown safe and left alone is meant as it is: a file keeps its name.
        self.dismiss(self._text if event.value == safe(self._text) else event.value)

    def action_none(self) -> None:
        """Say nothing."""
        self.dismiss("")


class WaiveQuestion(ModalScreen[tuple[str, str] | None]):
    """For how much, and why; dismissed with scope and reason."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape", "none")]

    def __init__(self, message: str, scopes: Sequence[tuple[str, str]]) -> None:
        super().__init__(classes="question")
        self._message = message
        self._scopes = scopes

    def compose(self) -> ComposeResult:
        """The finding, the scopes, the reason."""
        with Vertical(classes="box"):
            yield Static("Waive this finding", classes="title", markup=False)
            yield Static(plain(self._message))
            yield Listing("", "scopes")
            yield Line(placeholder="Why? (Enter waives, Esc leaves it)")

    def on_mount(self) -> None:
        """Fill the list; the reason is what must be typed."""
        listing = self.query_one(Listing)
        listing.styles.height = len(self._scopes)
        listing.styles.margin = (1, 0, 0, 0)
        listing.show([Item(((label, ""),)) for _, label in self._scopes])
        self.query_one(Line).focus()

    def on_key(self, event: Key) -> None:
        """Arrows choose the scope while the reason is typed."""
        if event.key in ("up", "down"):
            event.stop()
            self.query_one(Listing).action_move(1 if event.key == "down" else -1)

    @on(Input.Submitted)
    def _said(self, event: Input.Submitted) -> None:
        if event.value.strip():
            self.dismiss((self._scopes[self.query_one(Listing).cursor][0], event.value.strip()))
        else:
            self.query_one(Line).placeholder = "A waiver needs a reason"

    def action_none(self) -> None:
        """Waive nothing."""
        self.dismiss(None)


class Original(ModalScreen[tuple[str, str] | None]):
    """The words of an original and where they are to be had; dismissed with both."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape", "none")]

    def __init__(self, quote: str, lang: str) -> None:
        """`lang` is the language the words were spoken in, empty if that is not sure."""
        super().__init__(classes="question")
        self._quote = quote
        self._lang = lang

    def compose(self) -> ComposeResult:
        """The quote, two lines to fill in."""
        from glossary.quotes.cues import language_name

        with Vertical(classes="box"):
            yield Static("The original words", classes="title", markup=False)
            yield Static(plain(self._quote))
            tongue = f", in {language_name(self._lang)}" if self._lang else ""
            yield Line(placeholder=f"Paste the original{tongue}", id="original")
            yield Line(placeholder="Where is it? A link, or nothing", id="link")
            yield Static("Enter keeps both, Tab goes to the other line, Esc leaves it.", classes="foot", markup=False)

    @on(Input.Submitted)
    def _said(self, event: Input.Submitted) -> None:
        original = self.query_one("#original", Line).value.strip()
        if original:
            self.dismiss((original, self.query_one("#link", Line).value.strip()))
        else:
            self.query_one("#original", Line).focus()

    def action_none(self) -> None:
        """Keep nothing."""
        self.dismiss(None)


class Confirm(ModalScreen[bool]):
    """A text to read and a yes or no."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape,n", "answer(False)"), ("enter,y", "answer(True)")]

    def __init__(self, title: str, content: Content, yes: str) -> None:
        super().__init__(classes="question")
        self._title = title
        self._content = content
        self._yes = yes

    def compose(self) -> ComposeResult:
        """Title, text, how to answer."""
        with Vertical(classes="box"):
            yield Static(plain(self._title), classes="title")
            yield Detail()
            foot = composed(("Enter", "bold $accent"), f" {self._yes}   ", ("Esc", "bold $accent"), " back")
            yield Static(foot, classes="foot")

    def on_mount(self) -> None:
        """Show the text."""
        detail = self.query_one(Detail)
        detail.show(self._content)
        detail.focus()

    def action_answer(self, answer: bool) -> None:
        """Yes or no."""
        self.dismiss(answer)


class Reading(ModalScreen[None]):
    """A text to read and leave."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape,enter,f1,q", "leave")]

    def __init__(self, title: str, content: Content) -> None:
        super().__init__(classes="question")
        self._title = title
        self._content = content

    def compose(self) -> ComposeResult:
        """Title, text, how to leave."""
        with Vertical(classes="box"):
            yield Static(plain(self._title), classes="title")
            yield Detail()
            yield Static("Esc leaves.", classes="foot", markup=False)

    def on_mount(self) -> None:
        """Show the text."""
        detail = self.query_one(Detail)
        detail.show(self._content)
        detail.focus()

    def action_leave(self) -> None:
        """Back."""
        self.dismiss(None)
