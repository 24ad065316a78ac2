"""The dictionaries of pymorphy3, mapped into memory instead of read: fifteen megabytes a language.

Only the pages that words are looked up in take memory, and processes share them.
"""

import mmap
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

_HEAD = 4  # bytes that say how many units follow
_MAPS: list[mmap.mmap] = []


@contextmanager
def mapped() -> Iterator[None]:
    """Within this, what dawg-python loads is mapped. Where pymorphy3 uses another reader, nothing changes."""
    try:
        from dawg_python import wrapper
    except ImportError:  # the dawg extension is used where it is installed
        yield
        return
    parts = (wrapper.Dictionary, "I", 4), (wrapper.Guide, "B", 2)
    readers = [part.read for part, _, _ in parts]
    try:
        for part, kind, size in parts:
            part.read = _reader(kind, size)
        yield
    finally:
        for (part, _, _), reader in zip(parts, readers, strict=True):
            part.read = reader


def let_go() -> None:
    """Give the pages back that words were looked up in; the next look-up takes them from the file again."""
    if hasattr(mmap, "MADV_DONTNEED"):
        for view in _MAPS:
            view.madvise(mmap.MADV_DONTNEED)


def _reader(kind: Any, size: int) -> Any:
    """A method that takes units of `size` bytes, read as the type `kind`, from where a file stands."""

    def read(self: Any, file: IO[bytes]) -> None:
        start = file.tell() + _HEAD
        end = start + size * int.from_bytes(file.read(_HEAD), sys.byteorder)
        view = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        if hasattr(mmap, "MADV_RANDOM"):
            view.madvise(mmap.MADV_RANDOM)  # else a look-up brings sixteen pages
        self._units = memoryview(view)[start:end].cast(kind)
        _MAPS.append(view)
        file.seek(end)

    return read
