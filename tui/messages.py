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
    """The project of `revision` is examined; `page` shows it."""

    def __init__(self, revision: int, examined: "Examined", page: Page) -> None:
        super().__init__()
        self.revision = revision
        self.examined = examined
        self.page = page


class Failed(Message):
    """Reading (`revision` None) or checking went wrong."""

    def __init__(self, revision: int | None, error: Exception) -> None:
        super().__init__()
        self.revision = revision
        self.error = error
