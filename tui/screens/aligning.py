"""The commands of the workbench that correct the alignment."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.screen import Screen

from glossary.alignment.beads import Alignment
from glossary.project import Edit
from glossary.text.spans import Span
from tui import beadwork
from tui.safe_text import flowing
from tui.screens.cutting import Cut

if TYPE_CHECKING:
    from tui.widgets.grid import Grid
    from tui.workspace import Workspace


class Aligning(Screen[None]):
    """Merge, split, cut, move, pin, "no counterpart"."""

    workspace: "Workspace | None"

    if TYPE_CHECKING:  # what the workbench has

        @property
        def grid(self) -> Grid: ...

        def say(self, text: str, severity: str = "information") -> None: ...

        def apply(self, edit: Edit) -> None: ...

        def when_checked(self, action: Callable[[], None]) -> None: ...

    def _correct(self, correction: Callable[[Alignment, int], Edit | None]) -> None:
        self.when_checked(lambda: self._corrected(correction))

    def _corrected(self, correction: Callable[[Alignment, int], Edit | None]) -> None:
        workspace = self.workspace
        if workspace is None or workspace.alignment is None:
            return
        edit = correction(workspace.alignment, self.grid.cursor)
        if edit is None:
            self.say("There is nothing to do that with in this row")
        else:
            self.apply(edit)

    def action_merge(self) -> None:
        """This row and the next as one."""
        self._correct(beadwork.merged)

    def action_split(self) -> None:
        """Each sentence its own row; of a row with one sentence a side, ask where to cut it."""
        self.when_checked(self._split)

    def _split(self) -> None:
        workspace = self.workspace
        if workspace is None or workspace.alignment is None:
            return
        if beadwork.split(workspace.alignment, self.grid.cursor) is None:
            self._cut()
        else:
            self._corrected(beadwork.split)

    def action_split_inside(self) -> None:
        """Ask where to cut the row, also inside a sentence."""
        self.when_checked(self._cut)

    def _cut(self) -> None:
        workspace = self.workspace
        if workspace is None or workspace.alignment is None:
            return
        alignment, row = workspace.alignment, self.grid.cursor
        places = [_extent(spans) for spans in (alignment.source_spans(row), alignment.target_spans(row))]
        texts = [
            flowing(place.of(text))
            for place, text in zip(places, (alignment.source.text, alignment.target.text), strict=True)
        ]

        def answered(cut: tuple[int, int] | None) -> None:
            if cut is not None:
                source, target = (place.start + at for place, at in zip(places, cut, strict=True))
                self._corrected(lambda alignment, row: beadwork.cut(alignment, row, source, target))

        self.app.push_screen(Cut(texts[0], texts[1]), answered)

    def action_move_up(self) -> None:
        """The first target sentence to the row above."""
        self._correct(lambda alignment, row: beadwork.moved(alignment, row, -1))

    def action_move_down(self) -> None:
        """The last target sentence to the row below."""
        self._correct(lambda alignment, row: beadwork.moved(alignment, row, 1))

    def action_alone(self) -> None:
        """No counterpart."""
        self._correct(beadwork.alone)

    def action_pin(self) -> None:
        """Pin or unpin."""
        pins = self.workspace.project.pins if self.workspace else ()
        self._correct(lambda alignment, row: beadwork.pinned(alignment, row, pins))


def _extent(spans: tuple[Span, ...]) -> Span:
    """From the first to the last of the spans; an empty one if there are none."""
    return Span(min(s.start for s in spans), max(s.end for s in spans)) if spans else Span(0, 0)
