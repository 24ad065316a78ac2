"""The process that reads and checks, beside the one that paints: reads requests on stdin, answers on stdout.

A check takes seconds on a long pair and holds Python's global lock all the while; in a thread of the screen's process
every key would wait for it. The process keeps glossary and dictionaries warm from one check to the next. A check of the
whole pair is given up for a newer request. The process ends when its stdin does, whatever it is doing then.
"""

import _thread
import gc
import os
import signal
import sys
import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import IO, TYPE_CHECKING, Any

from glossary.garbage import collect_seldom, give_back
from glossary.text.dictionaries import let_go
from tui.wire import flat_examined, flat_project, full_document, full_examined, packed, unpacked

if TYPE_CHECKING:
    from glossary.alignment.beads import Pin
    from glossary.examination import Examined
    from glossary.files.pairs import PairEntry
    from glossary.project import Pair
    from glossary.recheck import Patch
    from glossary.service import Settings


LENGTH = 8  # bytes that say how long a message is

WARMING = {
    "ru": ("The tank fired. “We saw two,” he said.", "Танк открыл огонь. «Мы видели два», — сказал он."),
    "uk": ("The tank fired. “We saw two,” he said.", "Танк відкрив вогонь. «Ми бачили два», — сказав він."),
}
"""A pair that makes every room load what it needs."""
URGENT = ("examine", "recheck", "lint")
"""Requests that do not wait for the check of a whole pair: it is given up, and asked for again."""

LONG = 4096
"""Sentences of the source from which on nothing is kept that was found in them: caches are smaller, and all of it would
be gone before it is asked for again."""


class Abandoned(BaseException):
    """A newer request came while the whole pair was being checked. Like KeyboardInterrupt, nothing may catch it."""


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
    """What is kept between requests: the settings, both documents as they were last sent, and what the screen's side
    was told of them: `base`, the last examination that patches are made of, and the last of these patches."""

    def __init__(self, settings: "Settings") -> None:
        self.settings = settings
        self.pair: Pair | None = None
        self.base: Examined | None = None
        self.patched: tuple[Patch, Pair] | None = None
        self.interruptible = False
        self.newer: Callable[[], bool] = lambda: False

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
        """What is found in a pair, flat (see `take`), but for what a patch said already. Raises Abandoned."""
        from glossary import service
        from glossary.project import Project
        from glossary.text.recent import forget_sentences

        self.take(pair, source, target)
        assert self.pair is not None
        if self.newer():
            raise Abandoned
        try:
            self.interruptible = True
            found = service.examined(Project(_spread(self.pair), pins), self.settings)
        finally:
            self.interruptible = False
            forget_sentences(long=len(self.pair.source.sentences) > LONG)
        expected = self._expected()
        flat = flat_examined(found, expected)
        # What is as it was stays where it was: kept from each check anew, it would lie scattered over free memory.
        known, news = (expected, flat) if expected is not None else (found, flat_examined(found, found))
        self.base, self.patched = full_examined(news, self.pair, known), None
        return expected is not None, flat

    def recheck(self, pair: "Pair", source: Any, target: Any, bead: int | None, onward: bool) -> "Patch | None":
        """What changed around an edit of the base, or with `onward` of the last patched state, which is the base now.

        None if the whole pair has to be checked.
        """
        from glossary import service

        before = self.base
        if onward:
            self.base, self.patched = self._expected(), None
        self.take(pair, source, target)
        if self.base is None or self.pair is None or before is None or self.pair.source != before.pair.source:
            self.base = self.patched = None
            return None
        found = service.rechecked(self.base, self.pair, self.settings, bead)
        self.patched = (found, self.pair) if found is not None else None
        return found

    def _expected(self) -> "Examined | None":
        """What the screen's side made of the base and the last patch."""
        if self.base is None or self.patched is None:
            return self.base
        from glossary.recheck import patched

        patch, pair = self.patched
        return patched(self.base, patch, pair)

    def take(self, pair: "Pair", source: Any, target: Any) -> None:
        """Take a pair; a `source` or `target` of () is the one of last time, a target can be an edit of that."""
        from dataclasses import replace

        from glossary.project import Retarget
        from glossary.text.segment import edited
        from glossary.text.spans import Document

        before, documents = self.pair, list[Document | None]()
        kept = (before.source, before.target) if before is not None else (None, None)
        for flat, old in zip((source, target), kept, strict=True):
            if isinstance(flat, Retarget):
                assert old is not None  # an edit of something that was sent
                documents.append(edited(old, flat.span, flat.text))
            else:
                documents.append(old if flat == () else None if flat is None else full_document(flat))
        assert documents[0] is not None  # the first request sends it
        self.pair = replace(pair, source=documents[0], target=documents[1])

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
        self.base = self.patched = None
        service.reread()

    def interrupt(self, *_: object) -> None:
        """Give up the check of a whole pair, if there is one. Runs in the thread that checks, between two steps."""
        if self.interruptible:
            self.interruptible = False
            raise Abandoned


def _spread(pair: "Pair") -> "Pair":
    """The pair as one that is read through."""
    from dataclasses import replace

    from glossary.text.compact import spread

    return replace(pair, source=spread(pair.source), target=spread(pair.target) if pair.target is not None else None)


def serve() -> None:
    """Answer requests until stdin ends: (name, arguments) in, ("ok", value), ("error", exception, trace) or
    ("abandoned", None) out."""
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # a stray print must not get between the messages
    requests: SimpleQueue[tuple[str, tuple[Any, ...]]] = SimpleQueue()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # nothing to give up yet
    threading.Thread(target=_listen, args=(source, requests), daemon=True).start()
    collect_seldom()
    examiner = Examiner(*requests.get()[1])
    examiner.newer = lambda: not requests.empty()
    signal.signal(signal.SIGINT, examiner.interrupt)
    while True:
        name, arguments = requests.get()
        work: Callable[..., object] = getattr(examiner, name)
        try:
            answer: tuple[object, ...] = ("ok", work(*arguments))
        except Abandoned:
            answer = ("abandoned", None)
        except Exception as error:  # the edge of the process: everything becomes a message
            answer = ("error", *_sendable(error))
        try:
            send(sink, answer)
        except OSError:  # nobody listens any more
            os._exit(0)
        if name == "examine":
            answer = ()
            give_back()
            let_go()


def _listen(source: IO[bytes], requests: "SimpleQueue[tuple[str, tuple[Any, ...]]]") -> None:
    """Take requests as they come; the end of stdin is the end of the process, even in the middle of a check."""
    while True:
        try:
            request = receive(source)
        except (EOFError, OSError):
            os._exit(0)
        requests.put(request)
        if request[0] in URGENT:
            _thread.interrupt_main(signal.SIGINT)


def _sendable(error: Exception) -> tuple[Exception, str]:
    """An exception that survives the pipe, and its traceback."""
    import traceback

    trace = "".join(traceback.format_exception(error))
    try:
        unpacked(packed(error))
    except Exception:  # an exception with a constructor of its own
        return RuntimeError(f"{type(error).__name__}: {error}"), trace
    return error, trace
