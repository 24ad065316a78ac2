"""Reports of which only a sum is written: what is written to the stream is counted, and the text comes at the end."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from io import StringIO
from typing import IO

from glossary.formats.statistics import Statistics


class CountingStream(StringIO):
    """A stream that counts the lines it gets and keeps none of them."""

    def __init__(self) -> None:
        super().__init__()
        self.statistics = Statistics()

    def write(self, text: str, /) -> int:
        """Count the lines of a pair."""
        self.statistics.add(text)
        return len(text)


@contextmanager
def summed(stream: AbstractContextManager[IO[str]], form: Callable[[Statistics], str]) -> Iterator[IO[str]]:
    """A stream for counts; when the block ends without an exception, their sum goes to `stream` in a form."""
    with stream as opened:
        counter = CountingStream()
        yield counter
        opened.write(form(counter.statistics))
