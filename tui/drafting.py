"""Drafts in a text that is being edited: which rows are drafts, confirming, putting drafts in. Values, no widgets."""

from collections.abc import Mapping, Sequence

from glossary.alignment.beads import Alignment
from glossary.project import Retarget, replacement
from glossary.text.drafted import Unconfirmed, blanked, notice_span, unconfirmed
from glossary.text.spans import Document, Span
from tui.workspace import Workspace, rendering_span

# ── marks ──


def drafts_of(workspace: Workspace) -> Mapping[int, tuple[Unconfirmed, ...]]:
    """The marked sentences of the target as it is now, by row; the rows are those of the last examination."""
    alignment, target = workspace.alignment, workspace.target
    if alignment is None or target is None:
        return {}
    found: dict[int, tuple[Unconfirmed, ...]] = {}
    for one in unconfirmed(target.text, blanked(target)):
        for row in dict.fromkeys(alignment.by_target[n] for n in alignment.target.touched(one.sentence)):
            found[row] = (*found.get(row, ()), one)
    return found


def confirmed(workspace: Workspace, rows: Sequence[int] | None) -> Retarget | None:
    """The edit that takes the marks of these rows away (None: of all), and with the last one the notice on top.

    None if there is nothing to confirm.
    """
    target, drafts = workspace.target, drafts_of(workspace)
    if target is None:
        return None
    marked = unconfirmed(target.text, blanked(target))
    wanted = marked if rows is None else [one for row in rows for one in drafts.get(row, ())]
    if not wanted:
        return None
    gone = [one.mark for one in wanted]
    top = notice_span(target.text)
    if top is not None and len(wanted) == len(marked):
        gone.append(top)
    text = target.text
    for span in sorted(gone, reverse=True):
        text = text[: span.start] + text[span.end :]
    return replacement(target.text, text)


def next_draft(workspace: Workspace, row: int) -> int | None:
    """The row of the next draft after `row`, from the last to the first; None if there is none."""
    rows = sorted(drafts_of(workspace))
    return next((one for one in rows if one > row), rows[0] if rows else None)


# ── putting drafts in ──


def put_in(workspace: Workspace, row: int, text: str) -> Retarget | None:
    """The edit that makes `text` the target of a row, over what is there, marks included."""
    alignment, target = workspace.alignment, workspace.target
    if alignment is None or target is None:
        return None
    if not alignment.target_spans(row):
        return _filled(alignment, target, {row: text})
    span = rendering_span(alignment, row)
    marks = drafts_of(workspace).get(row, ())
    return Retarget(Span(min([span.start, *(one.mark.start for one in marks)]), span.end), text)


def missing(workspace: Workspace) -> tuple[int, ...]:
    """The source sentences of rows without a target."""
    alignment = workspace.alignment
    if alignment is None:
        return ()
    return tuple(number for bead in alignment.beads if not bead.target for number in bead.source)


def filled(workspace: Workspace, drafts: Mapping[int, str]) -> Retarget | None:
    """The edit that puts drafts, by source sentence, into the rows that have no target; None if there is none."""
    alignment, target = workspace.alignment, workspace.target
    if alignment is None or target is None:
        return None
    rows: dict[int, str] = {}
    for row, bead in enumerate(alignment.beads):
        texts = [drafts[number] for number in bead.source if drafts.get(number)]
        if texts and not bead.target:
            rows[row] = " ".join(texts)
    return _filled(alignment, target, rows) if rows else None


def _filled(alignment: Alignment, target: Document, rows: Mapping[int, str]) -> Retarget:
    """Rows without a target, put where they would stand; rows that would stand at one place follow each other."""
    places: dict[int, list[int]] = {}
    for row in sorted(rows):
        places.setdefault(rendering_span(alignment, row).end, []).append(row)
    text = target.text
    for at in sorted(places, reverse=True):
        block = rows[places[at][0]]
        for row in places[at][1:]:
            block += _gap(alignment, row, "", before=True) + rows[row]
        stop = at + len(text[at:]) - len(text[at:].lstrip())
        text = (
            text[:at] + _framed(alignment, places[at], block, text[at:stop], at == 0, stop == len(text)) + text[stop:]
        )
    return replacement(target.text, text)


def _framed(alignment: Alignment, rows: Sequence[int], block: str, run: str, first: bool, last: bool) -> str:
    """A block in the place of the white space `run`, parted from its neighbours as in the source."""
    before, after = _gap(alignment, rows[0], run, before=True), _gap(alignment, rows[-1], run, before=False)
    if last:
        return f"{'' if first else before}{block}{run}"
    if "\n" in run and "\n" not in before and "\n" not in after:
        after = run
    return f"{run if first else before}{block}{after}"


def _gap(alignment: Alignment, row: int, run: str, *, before: bool) -> str:
    """The white space before or after a row in the source: a blank, or a paragraph break as the target has it."""
    source, numbers = alignment.source, alignment.beads[row].source
    number = min(numbers) if before else max(numbers) + 1
    if not 0 < number < len(source.sentences):
        return run if "\n" in run else " "
    between = source.text[source.sentences[number - 1].span.end : source.sentences[number].span.start]
    if "\n" not in between or between.strip():
        return " "
    return run if "\n" in run else between
