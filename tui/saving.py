"""Writing the target back: the same encoding, byte-order mark and line ends, and never half a file."""

from pathlib import Path

from textual.content import Content

from glossary.errors import InputError
from glossary.files import pages, word_files
from glossary.files.documents import TextFile, read_text
from glossary.files.whole import put_whole
from tui.content import Part, composed
from tui.differing import changed_lines


def on_disk(path: Path) -> TextFile:
    """The file as it is now; an empty one is the beginning of a target. Raises InputError."""
    return TextFile("", "utf-8") if begun(path) else read_text(path)


def to_be_written(path: Path) -> TextFile:
    """What saving goes by: the file as it is now; a text that is gone is written anew, in UTF-8. Raises InputError."""
    gone = not path.exists() and not path.name.lower().endswith((word_files.SUFFIX, *pages.SUFFIXES))
    return TextFile("", "utf-8") if gone else on_disk(path)


def begun(path: Path) -> bool:
    """Whether a target was begun and nothing is in it yet."""
    return path.is_file() and not path.stat().st_size


def save(path: Path, text: str, layout: TextFile) -> None:
    """Replace the file by `text` in the layout of `layout`, atomically, keeping its permissions.

    Raises InputError with the reason and the next step; then the file is as it was.
    """
    content = layout.with_text(text, str(path))
    try:
        put_whole(path, content)
    except OSError as error:
        reason = f"the file cannot be written: {error.strerror or error}"
        raise InputError(reason, str(path), "your edits are kept; free the way and save again") from None


def difference(before: str, after: str, name: str = "") -> Content:
    """What saving would change, for reading: line by line, words taken out and put in; under the `name` of a file."""
    parts: list[Part] = [(f"{name}\n", "bold")] if name else []
    for line in changed_lines(before, after):
        where = f"line {line.number}" if line.number is not None else "gone"
        parts.append((f"{where:>9}  ", "$text-muted"))
        whole = len(line.changes) == 1  # the end of a whole line says nothing
        for change in line.changes:
            if change.kind == "equal":
                parts.append(change.after.rstrip("\r\n"))
                continue
            if change.before:
                parts.append((f"−{_line_end(change.before, whole)}−", "$text-error strike"))
            if change.after:
                parts.append((f"+{_line_end(change.after, whole)}+", "bold $text-success"))
        parts.append("\n")
    return composed(*parts)


def _line_end(text: str, whole: bool) -> str:
    """A changed part with its line ends visible, but for the last of a `whole` line that has words in it."""
    shown = text.rstrip("\r\n") if whole and text.strip() else text
    return shown.replace("\n", "⏎").replace("\r", "")
