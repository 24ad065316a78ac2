"""Which files of a folder changed, by looking at them again and again.

Looking needs nothing from the system and sees what other machines write to a shared drive, which notifications of the
kernel do not. A file counts as changed when it has been left alone from one look to the next, so that nobody reads half
a text; renaming is the end of one file and the beginning of another.
"""

import contextlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

Seen = Mapping[Path, tuple[int, int]]
"""Files with the time of their last change (nanoseconds) and their size."""


@dataclass(frozen=True, slots=True)
class Change:
    """Files that are new or other than they were, and files that are gone."""

    changed: tuple[Path, ...]
    gone: tuple[Path, ...]


def look(folder: Path, suffixes: Iterable[str], also: Iterable[Path] = ()) -> Seen:
    """The files below a folder with one of these endings, and those of `also`, that are there; hidden ones left out."""
    endings, found, folders = tuple(suffixes), dict[Path, tuple[int, int]](), [folder.resolve()]
    while folders:
        try:
            with os.scandir(folders.pop()) as entries:
                for entry in entries:
                    if entry.name.startswith("."):
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(Path(entry.path))
                    elif entry.name.endswith(endings) and entry.is_file():
                        with contextlib.suppress(OSError):  # it went away in the meantime
                            status = entry.stat()
                            found[Path(entry.path)] = status.st_mtime_ns, status.st_size
        except OSError:
            continue  # so did the folder
    for path in also:
        with contextlib.suppress(OSError):
            status = path.stat()
            if path.is_file():
                found[path.resolve()] = status.st_mtime_ns, status.st_size
    return found


def changes(first: Seen, seen: Callable[[], Seen], pause: Callable[[], None]) -> Iterator[Change]:
    """What changes after the `first` look, forever; `pause` is called before each look."""
    settled = before = first
    while True:
        pause()
        now = seen()
        calm = {path for path, state in now.items() if before.get(path) == state}
        changed = tuple(sorted(path for path in calm if settled.get(path) != now[path]))
        gone = tuple(sorted(path for path in settled if path not in now and path not in before))
        if changed or gone:
            settled = {path: state for path, state in settled.items() if path not in gone}
            settled |= {path: now[path] for path in changed}
            yield Change(changed, gone)
        before = now
