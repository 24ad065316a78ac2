"""Files that appear under their name only when they were written to the end: old content or new, never half."""

import errno
import io
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


@contextmanager
def write_whole(path: Path) -> Iterator[TextIO]:
    """A text file in UTF-8 that replaces `path` when the block ends without an exception.

    The permissions of an existing file are kept, links are followed, and what is no regular file (a pipe, /dev/null)
    is written to as it is. Raises OSError.
    """
    path = path.resolve()
    if path.exists() and not path.is_file():
        with _text(_Named(os.open(path, os.O_WRONLY), path)) as file:
            yield file
        return
    if not path.parent.is_dir():
        raise OSError(errno.ENOENT, "there is no such folder to write into", str(path.parent))
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
    try:
        with _text(_Named(handle, path)) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, path.stat().st_mode & 0o7777 if path.exists() else 0o666 & ~_umask())
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise


def put_whole(path: Path, content: bytes) -> None:
    """The same for content that is at hand. Raises OSError."""
    with write_whole(path) as file:
        file.buffer.write(content)


class _Named(io.FileIO):
    """An open file; an error of writing (no space, no disk) names the path that it is for."""

    def __init__(self, handle: int, path: Path) -> None:
        super().__init__(handle, "w")
        self._path = path

    def write(self, content: "ReadableBuffer", /) -> int:
        try:
            return super().write(content)
        except OSError as error:
            error.filename = str(self._path)
            raise


def _text(file: io.FileIO) -> TextIO:
    return io.TextIOWrapper(io.BufferedWriter(file), encoding="utf-8", newline="", errors="backslashreplace")


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
