"""Where a finding is: file, line and column, for formats that point into files.

Lines end in LF, CR or CRLF; lines and columns count from 1, columns in code points.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from glossary.examination import Examined
from glossary.findings import Finding
from glossary.text.spans import Document, Span

_ENDING = re.compile("\r\n?|\n")
_WHERE = re.compile(r"(?P<file>.+?):(?P<line>\d{1,9})(:\d+)?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Place:
    """A part of a document; the end is half-open, a column past the last line ending does not occur."""

    document: Document
    span: Span
    line: int
    column: int
    end_line: int
    end_column: int

    @property
    def words(self) -> str:
        """The text of the place."""
        return self.span.of(self.document.text)


class Lines:
    """Lines and columns in a document, found in logarithmic time once its line endings are known."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._starts = [0, *(ending.end() for ending in _ENDING.finditer(document.text))]

    def at(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def place(self, span: Span) -> Place:
        """The place of a span."""
        return Place(self.document, span, *self.at(span.start), *self.at(span.end))


class Places:
    """The places of the findings of one pair."""

    def __init__(self, examined: Examined) -> None:
        self.source = Lines(examined.source)
        self.target = Lines(examined.target) if examined.target is not None else None

    def of(self, finding: Finding) -> Place:
        """Where one looks for the finding: in the target if it has a place there, else in the source."""
        if finding.target is not None and self.target is not None:
            return self.target.place(finding.target)
        return self.source.place(finding.source or Span(0, 0))

    def on(self, side: str, span: Span | None) -> Place | None:
        """The place of a span of one side, None if there is none."""
        lines = self.source if side == "source" else self.target
        return lines.place(span) if lines is not None and span is not None else None


def split(where: str) -> tuple[str, int]:
    """The file and the line (0: none) of the `where` of an error.

    >>> split("pairs.jsonl:3:17")
    ('pairs.jsonl', 3)
    """
    match = _WHERE.fullmatch(where)
    return (match["file"], int(match["line"])) if match else (where, 0)


def relative(name: str) -> str:
    """A file name as seen from the working folder, with slashes; a name outside it stays as it is.

    >>> relative("texts/a.ru.txt")
    'texts/a.ru.txt'
    """
    path = Path(name)
    if path.is_absolute() and path.is_relative_to(Path.cwd()):
        path = path.relative_to(Path.cwd())
    return PurePosixPath(path).as_posix() if name else name


def uri(name: str) -> tuple[str, bool]:
    """A file name as a URI, and whether that is relative to the working folder.

    >>> uri("тексты/a b.ru.txt")
    ('%D1%82%D0%B5%D0%BA%D1%81%D1%82%D1%8B/a%20b.ru.txt', True)
    """
    seen = relative(name)
    inside = not Path(seen).is_absolute() and ".." not in PurePosixPath(seen).parts
    if inside:
        return quote(seen.encode("utf-8", "surrogateescape")), True
    return Path(seen).absolute().as_uri(), False
