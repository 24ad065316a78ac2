"""What workers tell the screen. Widgets are touched only where these are handled."""

from typing import TYPE_CHECKING

from textual.message import Message

from glossary.project import Project
from tui.rows import Page

if TYPE_CHECKING:
    from glossary.examination import Examined


class Glimpsed(Message):
    """Both files are read; `page` shows their lines before anything is known of them."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page


class Opened(Message):
    """Both texts are cut into sentences and their languages known; `page` shows them if they were not seen yet."""

    def __init__(self, project: Project, page: Page) -> None:
        super().__init__()
        self.project = project
        self.page = page


class Checked(Message):
    """The project of `revision` is examined; `page` shows it. `settled`: as a whole, and not only around the edits."""

    def __init__(self, revision: int, examined: "Examined", page: Page, settled: bool) -> None:
        super().__init__()
        self.revision = revision
        self.examined = examined
        self.page = page
        self.settled = settled


class Undecided(Message):
    """Only a check of the whole pair can tell what the project of `revision` is like; `superseded`: one was begun, and
    given up for a newer request."""

    def __init__(self, revision: int, superseded: bool) -> None:
        super().__init__()
        self.revision = revision
        self.superseded = superseded


class Failed(Message):
    """Reading (`revision` None) or checking went wrong: of the `whole` pair, or around the edits."""

    def __init__(self, revision: int | None, error: Exception, whole: bool = True) -> None:
        super().__init__()
        self.whole = whole
        self.revision = revision
        self.error = error
