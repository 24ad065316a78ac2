"""The process that reads and checks, beside the one that paints: reads requests on stdin, answers on stdout.

A check takes seconds on a long pair and holds Python's global lock all the while; in a thread of the screen's process
every key would wait for it. The process keeps glossary and dictionaries warm from one check to the next. It ends when
its stdin does, whatever it is doing then.
"""

import gc
import os
import sys
import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import IO, TYPE_CHECKING, Any

from glossary.garbage import collect_seldom
from tui.wire import flat_examined, flat_project, full_document, packed, unpacked

if TYPE_CHECKING:
    from glossary.alignment.beads import Pin
    from glossary.files.pairs import PairEntry
    from glossary.project import Pair
    from glossary.service import Settings


LENGTH = 8  # bytes that say how long a message is

WARMING = {
    "ru": ("The tank fired. “We saw two,” he said.", "Танк открыл огонь. «Мы видели два», — сказал он."),
    "uk": ("The tank fired. “We saw two,” he said.", "Танк відкрив вогонь. «Ми бачили два», — сказав він."),
}
"""A pair that makes every room load what it needs."""


def send(stream: IO[bytes], value: object) -> None:
    """Write one message."""
    content = packed(value)
    stream.write(len(content).to_bytes(LENGTH, "big"))
    stream.write(content)
    stream.flush()


def receive(stream: IO[bytes]) -> Any:
    """Read one message. Raises EOFError when the other side is gone."""
    head = stream.read(LENGTH)
    if len(head) < LENGTH:
        raise EOFError
    content = stream.read(int.from_bytes(head, "big"))
    return unpacked(content)


class Examiner:
    """What is kept between requests: the settings, and both documents as they were last sent."""

    def __init__(self, settings: "Settings") -> None:
        self.settings = settings
        self.pair: Pair | None = None

    def warm(self, lang: str) -> None:
        """Load all that a check into this language needs."""
        from glossary import service
        from glossary.examination import examine
        from glossary.project import Pair, Project
        from glossary.text.segment import document

        if lang in WARMING:
            source, target = WARMING[lang]
            pair = Pair("", document(source, "en"), document(target, lang), lang)
            examine(Project(pair), service.resources(self.settings))
            gc.freeze()

    def read(self, entry: "PairEntry", needs_target: bool, any_source: bool) -> object:
        """The project of two files, flat."""
        from glossary.files.pairs import load_project

        return flat_project(load_project(entry, needs_target, any_source))

    def examine(self, pair: "Pair", source: Any, target: Any, pins: tuple["Pin", ...]) -> object:
        """What is found in a pair, flat; a `source` or `target` of () is the one of last time."""
        from dataclasses import replace

        from glossary import service
        from glossary.project import Project

        before, documents = self.pair, []
        kept = (before.source, before.target) if before is not None else (None, None)
        for flat, old in zip((source, target), kept, strict=True):
            documents.append(old if flat == () else None if flat is None else full_document(flat))
        assert documents[0] is not None  # the first request sends it
        self.pair = replace(pair, source=documents[0], target=documents[1])
        return flat_examined(service.examined(Project(self.pair, pins), self.settings))

    def lint(self, cells: dict[str, str]) -> object:
        """What is wrong with one row of a glossary, by itself."""
        from glossary.errors import GlossaryError
        from glossary.files.glossaries import parse_glossary
        from glossary.files.glossary_rows import new_table, with_row
        from glossary.terms.concepts import LintFinding
        from glossary.terms.linting import lint

        try:
            found = lint(parse_glossary(with_row(new_table(), cells)))
            # Subject and source are what a curated glossary needs; nobody is asked for them here.
            return tuple(f for f in found if f.rule not in ("glossary-subject", "glossary-source"))
        except GlossaryError as error:
            return (LintFinding("glossary-row", error.what, "", 0, 1, "", "error"),)

    def use(self, settings: "Settings") -> None:
        """Go on with these settings, and read glossaries again."""
        from glossary import service

        self.settings = settings
        service.forget()


def serve() -> None:
    """Answer requests until stdin ends: (name, arguments) in, ("ok", value) or ("error", exception, trace) out."""
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # a stray print must not get between the messages
    requests: SimpleQueue[tuple[str, tuple[Any, ...]]] = SimpleQueue()
    threading.Thread(target=_listen, args=(source, requests), daemon=True).start()
    collect_seldom()
    examiner = Examiner(*requests.get()[1])
    while True:
        name, arguments = requests.get()
        work: Callable[..., object] = getattr(examiner, name)
        try:
            answer: tuple[object, ...] = ("ok", work(*arguments))
        except Exception as error:  # the edge of the process: everything becomes a message
            answer = ("error", *_sendable(error))
        try:
            send(sink, answer)
        except OSError:  # nobody listens any more
            os._exit(0)


def _listen(source: IO[bytes], requests: "SimpleQueue[tuple[str, tuple[Any, ...]]]") -> None:
    """Take requests as they come; the end of stdin is the end of the process, even in the middle of a check."""
    while True:
        try:
            requests.put(receive(source))
        except (EOFError, OSError):
            os._exit(0)


def _sendable(error: Exception) -> tuple[Exception, str]:
    """An exception that survives the pipe, and its traceback."""
    import traceback

    trace = "".join(traceback.format_exception(error))
    try:
        unpacked(packed(error))
    except Exception:  # an exception with a constructor of its own
        return RuntimeError(f"{type(error).__name__}: {error}"), trace
    return error, trace
