"""Files that appear under their name only when they were written to the end: old content or new, never half."""

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


@contextmanager
def write_whole(path: Path) -> Iterator[IO[str]]:
    """A text file in UTF-8 that replaces `path` when the block ends without an exception.

    The permissions of an existing file are kept, links are followed, and what is no regular file (a pipe, /dev/null)
    is written to as it is. Raises OSError.
    """
    path = path.resolve()
    if path.exists() and not path.is_file():
        with path.open("w", encoding="utf-8", newline="", errors="backslashreplace") as file:
            yield file
        return
    if not path.parent.is_dir():
        raise OSError(errno.ENOENT, "there is no such folder to write into", str(path.parent))
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="", errors="backslashreplace") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, path.stat().st_mode & 0o7777 if path.exists() else 0o666 & ~_umask())
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
