"""Waivers made on the screen, written into the file that `tolmach check` goes by."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from glob import escape
from pathlib import Path

from glossary.errors import InputError
from glossary.files.whole import put_whole
from glossary.project import Edit, Waive
from glossary.waivers import Waiver
from tui.workspace import Workspace

_FIELDS = {"here": "fingerprint", "concept": "concept", "rule": "rule"}


@dataclass(frozen=True, slots=True)
class Waived:
    """What saving does to the file of waivers: its text before and after, and the tables of the waivers that hold."""

    path: Path
    before: str
    after: str
    tables: frozenset[str]

    @property
    def changed(self) -> bool:
        """Whether there is anything to write."""
        return self.before != self.after

    def write(self) -> None:
        """Write the file. Raises InputError; then it is as it was."""
        try:
            put_whole(self.path, self.after.encode("utf-8", "replace"))
        except OSError as error:
            reason = f"the waivers cannot be written: {error.strerror or error}"
            raise InputError(reason, str(self.path), "they hold on this screen; free the way and save again") from None


def made_here(waivers: Iterable[Waiver], edits: Iterable[Edit], name: str) -> tuple[Waiver, ...]:
    """Those of `waivers`, read from a file, that were written for edits of this screen on the target file `name`."""
    tables = {table(edit, name) for edit in edits if isinstance(edit, Waive)}
    return tuple(one for one in waivers if tables and _as_table(one) in tables)


def _as_table(waiver: Waiver) -> str:
    from glossary.files.waiver_files import FIELDS, waiver_table

    return waiver_table(**{name: getattr(waiver, name) for name in FIELDS})


def table(waive: Waive, name: str) -> str:
    """The `[[waiver]]` table of a waiver, for the target file of this name alone."""
    from glossary.files.waiver_files import waiver_table

    return waiver_table(reason=waive.reason, path=escape(name), **{_FIELDS[waive.scope]: waive.key})


def waived(workspace: Workspace, path: Path, name: str, written: frozenset[str]) -> Waived:
    """The waivers of a workspace put into the file at `path`; those taken back are taken out of it again.

    `written` are tables written before. Raises ConfigError if the file is there and cannot be read.
    """
    from glossary.files.waiver_files import read_waivers

    before = ""
    if path.exists():
        read_waivers(path, datetime.now(UTC).date())
        before = path.read_text(encoding="utf-8")
    tables = dict.fromkeys(table(waive, name) for waive in workspace.project.waivers)
    undone = {table(edit, name) for edit in workspace.undone if isinstance(edit, Waive)}
    after = before
    for gone in (undone | written) - tables.keys():
        after = after.replace(gone, "", 1)
    missing = [one for one in tables if one not in after]
    if missing and after and not after.endswith("\n"):
        after += "\n"
    return Waived(path, before, after + "".join(missing), frozenset(tables))
