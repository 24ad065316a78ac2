"""What the workbench asks of the process that checks: first what is around the edits, the whole pair when hands rest.

Threads wait for the answers and post them as messages; the newest state of the project is what counts.
"""

import gc
from collections import deque
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from textual import on, work
from textual.screen import Screen
from textual.timer import Timer

from glossary.garbage import collect_the_new, give_back
from glossary.project import Project
from tui.checking import SupersededError
from tui.messages import Checked, Failed, Undecided
from tui.renewing import Pages

if TYPE_CHECKING:
    from glossary.waivers import Waiver
    from tui.desk import Desk
    from tui.screens.editing import Draft
    from tui.widgets.grid import Grid
    from tui.workspace import Workspace

REST = 0.25  # seconds without an edit before the whole pair is checked


class Checks(Screen[None]):
    """Looks around edits and checks of the whole pair, and what waits for them.

    `_revision` numbers the states of the project; `_examined` and `_settled` are the last ones looked at, and checked
    as a whole.
    """

    desk: "Desk"
    workspace: "Workspace | None"
    draft: "Draft | None"

    if TYPE_CHECKING:  # what the workbench has

        @property
        def grid(self) -> Grid: ...

        def _head(self) -> None: ...

        def not_yet(self) -> bool: ...

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._revision = 1
        self._examined = 0
        self._settled = 0
        self._looking = False
        self._wholes = 0
        self._rest: Timer | None = None
        self._pages = Pages()
        self._waiting: deque[tuple[bool, Callable[[], None]]] = deque()

    @work(thread=True, group="check", description="check")
    def _look(self, project: Project, revision: int, bead: int | None) -> None:
        """Check what is around the last edits."""
        try:
            done = self.desk.recheck(project, bead)
            if done is None:
                self.post_message(Undecided(revision, superseded=False))
            else:
                self.post_message(Checked(revision, done.after, self._pages.after_edit(done), settled=False))
        except Exception as error:  # likewise
            self.post_message(Failed(revision, error, whole=False))

    @work(thread=True, group="check", description="check")
    def _examine(self, project: Project, revision: int, first: bool) -> None:
        """Check the whole pair."""
        try:
            examined = self.desk.examine(project)
            if first:
                collect_the_new()  # both texts stay for good
            self.post_message(Checked(revision, examined, self._pages.after_check(examined), settled=True))
            if not first:
                gc.collect()  # what was painted meanwhile holds itself; hands rest, so this is the time
            give_back()
        except SupersededError:
            self.post_message(Undecided(revision, superseded=True))
        except Exception as error:  # likewise
            self.post_message(Failed(revision, error))

    @work(thread=True, group="check", description="check")
    def check_without(self, own: "Sequence[Waiver]") -> None:
        """Check without waivers that were made on this screen: undoing them shows at once what they hid."""
        try:
            waivers = self.desk.settings.selection.waivers
            self.desk.use_waivers([one for one in waivers if one not in own])
            self.app.call_from_thread(self.recheck)
        except Exception as error:  # likewise
            self.post_message(Failed(None, error))

    def recheck(self, whole: bool = True) -> None:
        """Examine the project as it is now: the `whole` of it, or first what is around the last edits.

        One look at a time; what comes of an older state is dropped, and a whole check given up for a newer request.
        """
        workspace = self.workspace
        if workspace is None:
            return
        if whole or workspace.examined is None:
            self._wholes += 1
            self._examine(workspace.project, self._revision, workspace.examined is None)
        elif not self._looking:
            self._looking = True
            self._look(workspace.project, self._revision, self.grid.cursor if self.draft is not None else None)

    @property
    def idle(self) -> bool:
        """Whether nothing is being looked at or checked, and nothing waits for the hands to rest."""
        return not (self._looking or self._wholes or self._rest)

    def rest(self, revision: int) -> None:
        """Check the whole pair when the hands have rested, unless it has changed since."""
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(REST, lambda: self._settle(revision))

    def _settle(self, revision: int) -> None:
        self._rest = None
        if revision == self._revision and not self._looking:
            self.recheck()

    def become(self, workspace: "Workspace") -> None:
        """Another state of the project: show what can be shown at once, check the rest."""
        self.workspace = workspace
        self._revision += 1
        self._head()
        self.recheck(whole=False)

    def when_checked(self, action: Callable[[], None], whole: bool = False) -> None:
        """Do something that relies on places in the text: now, or when the text as it is now is examined; with `whole`
        when that is not only known around the edits. Before anything is known, the person is told so instead."""
        if self.not_yet():
            return
        self._waiting.append((whole, action))
        self._go_on()

    def _go_on(self) -> None:
        while self._waiting and (self._settled if self._waiting[0][0] else self._examined) == self._revision:
            self._waiting.popleft()[1]()

    @on(Undecided)
    def _undecided(self, event: Undecided) -> None:
        self.ended(event.superseded)
        if event.revision != self._revision:
            if not event.superseded:
                self.recheck(whole=False)
        elif not self._wholes and not self._looking:
            self.recheck()

    def ended(self, whole: bool) -> None:
        """A look, or a check of the whole, came to its end."""
        if whole:
            self._wholes -= 1
        else:
            self._looking = False
