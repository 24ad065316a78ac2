"""The other end of the pipe: the process that checks is started once, kept warm, and started again if it dies."""

import contextlib
import os
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from glossary.project import PinBeads, Project, Unpin, replacement
from tui.examiner import receive, send
from tui.wire import bare, flat_document, full_examined, full_project

if TYPE_CHECKING:
    from glossary.examination import Examined
    from glossary.files.pairs import PairEntry
    from glossary.project import Edit, Pair
    from glossary.recheck import Patch
    from glossary.service import Settings
    from glossary.terms.concepts import LintFinding
    from glossary.text.spans import Document

_PROGRAM = (
    "import sys; sys.path[:] = sys.argv[1:]; from tui.sparing import without_openssl; without_openssl();"
    "from tui.examiner import serve; serve()"
)
_SPARING = {"MALLOC_ARENA_MAX": "1", "OPENBLAS_NUM_THREADS": "1"}
"""One thread does the work: memory set apart for more is never used."""
FAR = 1500  # code points of the target between the first edit since the last check and the last one: a window less


class CheckerLostError(RuntimeError):
    """The process that checks died twice over the same request."""


class SupersededError(RuntimeError):
    """The check of a pair was given up for a newer request."""


class _GoneError(Exception):
    """The process is gone; a new one may do."""


@dataclass(frozen=True, slots=True)
class Rechecked:
    """What became of an examination by an edit: `before`, the patch, `after`."""

    before: "Examined"
    patch: "Patch"
    after: "Examined"


@dataclass(slots=True)
class _Known:
    """What a process was told and has answered: the documents sent last, the last examination that patches are made
    of with its corrections of the alignment, and the last patched state."""

    sent: "tuple[Document | None, Document | None]" = (None, None)
    base: "Examined | None" = None
    pins: "tuple[Edit, ...]" = ()
    patched: "Examined | None" = None

    @property
    def expected(self) -> "Examined | None":
        """What the process takes for known here."""
        return self.patched or self.base


@dataclass(slots=True)
class _Waiting:
    """A request on its way: what its answer makes of what is known, and who waits for that."""

    finish: Callable[[_Known, Any], Any]
    future: "Future[Any]" = field(default_factory=Future)


class Checker:
    """A process that reads and examines projects. Methods may be called from any thread; answers come in the order of
    the requests, and a newer examination makes an older one end early."""

    def __init__(self, settings: "Settings", lang: str = "") -> None:
        """Start the process at once; `lang` is the language it will probably need."""
        self.settings = settings
        self.lang = lang
        self._lock = threading.RLock()
        self._process: subprocess.Popen[bytes] | None = None
        self._waiting: deque[_Waiting] = deque()
        self._known = _Known()
        self._closed = False
        self._start()

    def _start(self) -> None:
        # Our own path, not the working directory: a folder called `glossary` there must not be taken for the package.
        command = [sys.executable, "-P", "-c", _PROGRAM, *filter(os.path.isabs, sys.path)]
        process = self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **_SPARING},
            start_new_session=True,  # Ctrl+C and a closed window are the screen's to answer
        )
        self._known = _Known()
        # What comes of warming up does not matter: the request itself will tell.
        self._waiting = deque([_Waiting(lambda known, answer: None)])
        threading.Thread(target=self._listen, args=(process, self._waiting, self._known), daemon=True).start()
        with contextlib.suppress(OSError):
            self._write("start", self.settings)
            self._write("warm", self.lang)

    @property
    def pid(self) -> int | None:
        """The number of the process."""
        return self._process.pid if self._process is not None else None

    def read(self, entry: "PairEntry", needs_target: bool, any_source: bool) -> Project:
        """Read two files. Raises InputError."""
        return full_project(self._ask("read", entry, needs_target, any_source))

    def examine(self, project: Project) -> "Examined":
        """Examine a project as `tolmach check` would. Raises SupersededError if a newer request came meanwhile."""
        pair, pins = project.pair, _corrections(project)

        def finish(known: _Known, answer: Any) -> "Examined":
            relative, flat = answer
            known.base = full_examined(flat, pair, known.expected if relative else None)
            known.pins, known.patched = pins, None
            return known.base

        found: Examined = self._patiently(lambda: ("examine", (*self._sending(pair), project.pins)), finish)
        return found

    def recheck(self, project: Project, bead: int | None) -> Rechecked | None:
        """What the findings around the last edits are, and all others where they stand now.

        `bead` is the one that is edited. None if that takes a check of the whole pair.
        """
        pair, pins = project.pair, _corrections(project)
        onward = False

        def request() -> "tuple[str, tuple[Any, ...]] | None":
            nonlocal onward
            known = self._known
            if known.base is None or known.pins != pins or known.base.pair.source is not pair.source:
                return None
            onward = known.patched is not None and _far(known.base.pair, pair)
            return "recheck", (*self._sending(pair), bead, onward)

        def finish(known: _Known, patch: "Patch | None") -> Rechecked | None:
            from glossary.recheck import patched

            if onward:
                known.base = known.expected
            known.patched = None
            if patch is None or known.base is None:
                return None
            known.patched = patched(known.base, patch, pair)
            return Rechecked(known.base, patch, known.patched)

        found: Rechecked | None = self._patiently(request, finish)
        return found

    def lint(self, cells: Mapping[str, str]) -> "tuple[LintFinding, ...]":
        """What is wrong with one row of a glossary, by itself."""
        found: tuple[LintFinding, ...] = self._ask("lint", dict(cells))
        return found

    def use(self, settings: "Settings") -> None:
        """Go on with these settings, and read glossaries again."""
        self.settings = settings

        def finish(known: _Known, _: object) -> None:
            known.base = known.patched = None

        self._patiently(lambda: ("use", (settings,)), finish)

    def _ask(self, name: str, *arguments: object) -> Any:
        return self._patiently(lambda: (name, arguments), lambda known, answer: answer)

    def _sending(self, pair: "Pair") -> tuple[Any, Any, Any]:
        """A pair for the pipe: documents that were sent last time are not sent again, and of a target the edit is."""
        source, target = self._known.sent
        self._known.sent = (pair.source, pair.target)
        flat_source: Any = () if pair.source is source else flat_document(pair.source)
        flat_target: Any = flat_document(pair.target) if pair.target is not None else None
        if pair.target is not None and pair.target is target:
            flat_target = ()
        elif flat_source == () and pair.target is not None and target is not None and pair.target.lang == target.lang:
            flat_target = replacement(target.text, pair.target.text)
        return bare(pair), flat_source, flat_target

    # ── the pipe ──

    def _patiently(
        self, request: "Callable[[], tuple[str, tuple[Any, ...]] | None]", finish: Callable[[_Known, Any], Any]
    ) -> Any:
        """What comes of a request (None: of none); if the process died over it, the request goes to a new one.

        `request` is called when it is its turn, `finish` with the answer, before any later answer is looked at.
        """
        for last in (False, True):
            waiting = _Waiting(finish)
            with self._lock:
                if self._closed:
                    break
                asked = request()
                if asked is None:
                    return None
                process = self._process
                self._waiting.append(waiting)
                try:
                    self._write(asked[0], *asked[1])
                except (OSError, ValueError):
                    if waiting in self._waiting:
                        self._waiting.remove(waiting)
                    waiting.future.set_exception(_GoneError())
            try:
                return waiting.future.result()
            except _GoneError as error:
                with self._lock:
                    if not self._closed and self._process is process:
                        self._end()
                        self._start()
                if last and not self._closed:
                    raise CheckerLostError("the process that checks has died twice") from error
        raise CheckerLostError("the program is closing")

    def _listen(self, process: "subprocess.Popen[bytes]", waiting: "deque[_Waiting]", known: _Known) -> None:
        """Hand the answers of a process to those who wait for them; when it is gone, tell them."""
        assert process.stdout is not None
        while True:
            try:
                state, *answer = receive(process.stdout)
            except (EOFError, OSError, ValueError):
                break
            with self._lock:
                one = waiting.popleft()
            try:
                if state == "ok":
                    one.future.set_result(one.finish(known, answer[0]))
                elif state == "abandoned":
                    one.future.set_exception(SupersededError("a newer request came"))
                else:
                    answer[0].__cause__ = RuntimeError(answer[1])
                    one.future.set_exception(answer[0])
            except Exception as error:  # the edge of the thread: who asked is told
                one.future.set_exception(error)
        with self._lock:
            while waiting:
                waiting.popleft().future.set_exception(_GoneError())

    def _write(self, name: str, *arguments: object) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        send(self._process.stdin, (name, arguments))

    def close(self) -> None:
        """End the process, whatever it is doing."""
        self._closed = True
        self._end()

    def _end(self) -> None:
        process = self._process
        if process is None:
            return
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError, ValueError):
                    stream.close()


def _corrections(project: Project) -> "tuple[Edit, ...]":
    """What a person did to the alignment: patches are made only while it is the same."""
    return tuple(edit for edit in project.edits if isinstance(edit, PinBeads | Unpin))


def _far(before: "Pair", after: "Pair") -> bool:
    """Whether the edits since an examination are far from each other."""
    if before.target is None or after.target is None:
        return False
    edit = replacement(before.target.text, after.target.text)
    return max(len(edit.span), len(edit.text)) > FAR
