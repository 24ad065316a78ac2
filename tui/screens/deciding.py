"""What the workbench does with decisions on quotes and entries of the glossary: they are kept, then the pair is checked
in their light. Here and not on the screens where they are made: those may be left before all is written."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import on, work
from textual.message import Message
from textual.screen import Screen

from glossary.errors import TolmachError
from glossary.findings import Finding
from glossary.project import Edit
from tui.decisions import Answer, Known

if TYPE_CHECKING:
    from glossary.examination import Examined
    from glossary.memory import Decision
    from tui.desk import Desk
    from tui.workspace import Workspace


class Deciding(Screen[None]):
    """Decisions, taking them back, and entries."""

    desk: "Desk"
    workspace: "Workspace | None"
    decisions: "list[Decision]"

    class Decided(Message):
        """The memory has a decision, or lost one, or the glossary has an entry; `done` is said."""

        def __init__(self, done: str, decision: "Decision | None" = None) -> None:
            super().__init__()
            self.done = done
            self.decision = decision

    class Refused(Message):
        """The memory or the glossary could not be written."""

        def __init__(self, error: TolmachError) -> None:
            super().__init__()
            self.error = error

    if TYPE_CHECKING:  # what the workbench has

        def say(self, text: str, severity: str = "information") -> None: ...

        def become(self, workspace: Workspace) -> None: ...

        def apply(self, edit: Edit) -> None: ...

        def when_checked(self, action: Callable[[], None]) -> None: ...

    def replace_renderings(self, edits: list[Edit]) -> None:
        """Use one rendering everywhere."""
        for edit in edits:
            self.apply(edit)
        self.say(
            f"{len(edits)} renderings replaced; Ctrl+Z takes them back one by one" if edits else "It is so already"
        )

    @work(thread=True, group="decide", description="decide")
    def decide(self, examined: "Examined", finding: Finding, answer: Answer, original: Known | None) -> None:
        """Keep an answer to a finding."""
        try:
            decision = self.desk.decide(examined, finding, answer, original)
        except TolmachError as error:
            self.post_message(self.Refused(error))
        else:
            self.post_message(self.Decided(f"{answer.label.split(':')[0]}. Ctrl+Z takes it back", decision))

    @work(thread=True, group="decide", description="decide")
    def write_entry(self, row: dict[str, str]) -> None:
        """Write one row of the person's own glossary."""
        try:
            path = self.desk.write_entry(row)
        except TolmachError as error:
            self.post_message(self.Refused(error))
        else:
            done = f"“{row['en']}” is in {path}; `tolmach check --glossary` takes that file too"
            self.post_message(self.Decided(done))

    def take_back(self) -> None:
        """Take the last decision of this session back."""
        if self.decisions:
            self._take_back(self.decisions.pop())
        else:
            self.say("There is no decision of this session to take back")

    @work(thread=True, group="decide", description="decide")
    def _take_back(self, decision: "Decision") -> None:
        try:
            self.desk.take_back(decision)
        except TolmachError as error:
            self.post_message(self.Refused(error))
        else:
            self.post_message(self.Decided("The decision is taken back"))

    @on(Decided)
    def _decided(self, event: Decided) -> None:
        if event.decision is not None:
            self.decisions.append(event.decision)
        self.say(event.done)
        if self.workspace is not None:
            self.become(self.workspace)

    @on(Refused)
    def _refused(self, event: Refused) -> None:
        self.say(str(event.error), "error")
