"""Every edit on disk at once, so that nothing is lost to a crash. One file per pair, below the user's state folder.

The first line holds the texts it belongs to; each further line is an edit, an undo, a draft of the editor, or the
place. A line that was cut off by a crash is left out.
"""

import hashlib
import json
import os
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

from glossary.alignment.beads import Pin
from glossary.data.folders import user_folder
from glossary.errors import ConfigError
from glossary.project import Edit, PinBeads, Retarget, Unpin, Waive
from glossary.text.spans import Span

NO_HOME = "There is no home directory: unsaved edits are not kept between sessions"
UNKEPT = "Unsaved edits cannot be kept for next time"
_FORMAT = 1
_SURROGATES = "surrogatepass"


@dataclass(frozen=True, slots=True)
class Recovered:
    """What an earlier session left: edits, those taken back, the place (row, filter, pane, number of the finding).

    `texts` are source and target as they were then, if one of them is another one now.
    """

    edits: tuple[Edit, ...] = ()
    undone: tuple[Edit, ...] = ()
    place: Mapping[str, Any] = field(default_factory=dict)
    texts: tuple[str, str] | None = None


def state_folder() -> Path | None:
    """Where sessions are kept; None if there is no home for them."""
    try:
        return user_folder("state")
    except ConfigError:
        return None


class Journal:
    """The journal of one pair. `path` None keeps nothing; `fault` says what went wrong."""

    def __init__(self, source: Path, target: Path | None, folder: Path | None) -> None:
        names = "\n".join(str(path.resolve()) if path else "" for path in (source, target))
        name = hashlib.sha256(names.encode("utf-8", _SURROGATES)).hexdigest()[:24]
        self.path = folder / f"{name}.jsonl" if folder is not None else None
        self.fault = ""
        self._names = tuple(str(path.absolute()) if path else "" for path in (source, target))
        self._texts = ("", "")
        self._written = False
        self._lock: TextIO | None = None
        self._unsynced = threading.Event()
        self._syncing: threading.Thread | None = None

    def recover(self, source: str, target: str) -> Recovered:
        """Read what is there, for texts that were just read."""
        self._texts = (source, target)
        if self.path is None:
            return Recovered()
        if not self._alone(self.path):
            self.path = None
            self.fault = "This pair is open in another window: edits made here are kept only by saving"
            return Recovered()
        if not self.path.is_file():
            return Recovered()
        try:
            lines = self.path.read_text(encoding="utf-8", errors=_SURROGATES).split("\n")
        except (OSError, UnicodeError) as error:
            self.fault = f"the journal cannot be read: {error}"
            return Recovered()
        records = [record for line in lines if (record := _record(line)) is not None]
        if not records or records[0].get("journal") != _FORMAT:
            return Recovered()
        head, *rest = records
        edits, undone, place = _replayed(rest)
        self._written = True
        texts = (str(head.get("source")), str(head.get("target")))
        return Recovered(edits, undone, place, texts if texts != self._texts else None)

    def _alone(self, path: Path) -> bool:
        """Take the lock of the pair; False if another instance holds it. The system frees it when the program ends."""
        try:
            import fcntl
        except ImportError:  # no locks of this kind on Windows
            return True
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._lock = path.with_suffix(".lock").open("a")
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError as error:
            self.fault = f"{UNKEPT}: {error.strerror}"
        return True

    def close(self) -> None:
        """Bring everything to the disk and free the lock."""
        if (syncing := self._syncing) is not None:
            self._syncing = None
            self._unsynced.set()
            syncing.join()
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def read_again(self, source: str, target: str) -> None:
        """The texts on disk are others now."""
        self._texts = (source, target)

    def start(self, target: str, edits: Sequence[Edit] = ()) -> None:
        """Begin anew for a target text as it is on disk now, with the edits that are not in it. Written atomically; if
        that succeeds, an earlier fault is over."""
        self._texts = (self._texts[0], target)
        self._written = False
        records = [self._head(), *({"do": stored(edit)} for edit in edits)]
        if self.path is None:
            return
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            fresh = self.path.with_suffix(".new")
            with fresh.open("w", encoding="utf-8", errors=_SURROGATES) as file:
                file.write("".join(_line(record) for record in records))
                file.flush()
                os.fsync(file.fileno())
            os.replace(fresh, self.path)
            self._written = True
            self.fault = ""
        except OSError as error:
            self.fault = f"{UNKEPT}: {error.strerror}"

    def add(self, record: dict[str, Any]) -> None:
        """One more line: given to the system when this returns, so that it outlives the program, and on the disk soon
        after, so that it outlives the machine. A full disk is remembered in `fault`, not raised."""
        if self.path is None:
            return
        try:
            if not self._written:
                self.path.parent.mkdir(parents=True, exist_ok=True)
                self.path.write_text(_line(self._head()), encoding="utf-8", errors=_SURROGATES)
                self._written = True
            with self.path.open("a", encoding="utf-8", errors=_SURROGATES) as file:
                file.write(_line(record))
        except OSError as error:
            self.fault = f"{UNKEPT}: {error.strerror}"
        else:
            self._sync()

    def _sync(self) -> None:
        """Bring what was written to the disk, in a thread: the screen does not wait for it."""
        self._unsynced.set()
        if self._syncing is None:
            self._syncing = threading.Thread(target=self._keep_synced, daemon=True)
            self._syncing.start()

    def _keep_synced(self) -> None:
        while self._unsynced.wait():
            self._unsynced.clear()
            if self.path is None:
                return
            try:
                number = os.open(self.path, os.O_RDWR)
                try:
                    os.fsync(number)
                finally:
                    os.close(number)
            except OSError as error:
                self.fault = f"{UNKEPT}: {error.strerror}"
            if self._syncing is None:
                return

    def place(self, place: Mapping[str, Any]) -> None:
        """Remember where the person is."""
        self.add({"place": dict(place)})

    def _head(self) -> dict[str, Any]:
        return {
            "journal": _FORMAT,
            "source": self._texts[0],
            "target": self._texts[1],
            "names": list(self._names),
        }


def _line(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=True) + "\n"


def _record(line: str) -> dict[str, Any] | None:
    try:
        record = json.loads(line)
    except ValueError:
        return None
    return record if isinstance(record, dict) else None


def _replayed(records: Sequence[dict[str, Any]]) -> tuple[tuple[Edit, ...], tuple[Edit, ...], Mapping[str, Any]]:
    """The edits after all lines; a draft the editor had open when the program died counts as an edit."""
    done: list[Edit] = []
    undone: list[Edit] = []
    draft: Edit | None = None
    place: Mapping[str, Any] = {}
    for record in records:
        try:
            if "do" in record:
                done.append(restored(record["do"]))
                undone, draft = [], None
            elif "draft" in record:
                draft = restored(record["draft"]) if record["draft"] else None
            elif "undo" in record and done:
                undone.append(done.pop())
            elif "redo" in record and undone:
                done.append(undone.pop())
            elif "place" in record:
                place = dict(record["place"])
        except (AttributeError, KeyError, TypeError, ValueError):
            break
    if draft is not None:
        done.append(draft)
        undone = []
    return tuple(done), tuple(undone), place


def recent(folder: Path | None, limit: int = 9) -> tuple[tuple[str, str], ...]:
    """The pairs of earlier sessions, the last one first, as far as their files are still there."""
    if folder is None or not folder.is_dir():
        return ()
    found: dict[tuple[str, str], None] = {}
    for path in sorted(folder.glob("*.jsonl"), key=lambda p: p.stat().st_mtime, reverse=True):
        try:
            with path.open(encoding="utf-8", errors="replace") as file:
                head = _record(file.readline())
            source, target = (head or {}).get("names", ("", ""))
        except (OSError, ValueError):
            continue
        if source and Path(source).is_file() and (not target or Path(target).is_file()):
            found[str(source), str(target)] = None
    return tuple(found)[:limit]


def stored(edit: Edit) -> dict[str, Any]:
    """An edit as JSON."""
    match edit:
        case Retarget():
            return {"retarget": [edit.span.start, edit.span.end], "text": edit.text}
        case PinBeads():
            return {"pin": [_stored_pin(pin) for pin in edit.pins]}
        case Unpin():
            return {"unpin": [_stored_pin(pin) for pin in edit.pins]}
        case Waive():
            return {"waive": edit.key, "reason": edit.reason, "scope": edit.scope}


def restored(value: Mapping[str, Any]) -> Edit:
    """An edit from JSON. Raises KeyError, TypeError or ValueError if it is none."""
    if "retarget" in value:
        return Retarget(Span(*value["retarget"]), str(value["text"]))
    if "pin" in value:
        return PinBeads(tuple(_restored_pin(pin) for pin in value["pin"]))
    if "unpin" in value:
        return Unpin(tuple(_restored_pin(pin) for pin in value["unpin"]))
    return Waive(str(value["waive"]), str(value["reason"]), str(value["scope"]))


def _stored_pin(pin: Pin) -> list[list[list[int]]]:
    return [[[span.start, span.end] for span in side] for side in (pin.source, pin.target)]


def _restored_pin(value: Sequence[Sequence[Sequence[int]]]) -> Pin:
    source, target = value
    return Pin(tuple(Span(*span) for span in source), tuple(Span(*span) for span in target))
