"""The other end of the pipe: the process that checks is started once, kept warm, and started again if it dies."""

import contextlib
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from glossary.project import Project
from tui.examiner import receive, send
from tui.wire import bare, flat_document, full_examined, full_project

if TYPE_CHECKING:
    from glossary.examination import Examined
    from glossary.files.pairs import PairEntry
    from glossary.service import Settings
    from glossary.terms.concepts import LintFinding
    from glossary.text.spans import Document

_PROGRAM = "import sys; sys.path[:] = sys.argv[1:]; from tui.examiner import serve; serve()"


class CheckerLostError(RuntimeError):
    """The process that checks died twice over the same request."""


class Checker:
    """A process that reads and examines projects. Methods may be called from any thread and take turns."""

    def __init__(self, settings: "Settings", lang: str = "") -> None:
        """Start the process at once; `lang` is the language it will probably need."""
        self.settings = settings
        self.lang = lang
        self._turn = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._sent: tuple[Document | None, Document | None] = (None, None)
        self._closed = False
        self._start()

    def _start(self) -> None:
        # Our own path, not the working directory: a folder called `glossary` there must not be taken for the package.
        command = [sys.executable, "-P", "-c", _PROGRAM, *filter(os.path.isabs, sys.path)]
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl+C and a closed window are the screen's to answer
        )
        self._sent = (None, None)
        with contextlib.suppress(OSError):
            self._write("start", self.settings)
            self._write("warm", self.lang)
        self._unread = 1

    @property
    def pid(self) -> int | None:
        """The number of the process."""
        return self._process.pid if self._process is not None else None

    def read(self, entry: "PairEntry", needs_target: bool, any_source: bool) -> Project:
        """Read two files. Raises InputError."""
        return full_project(self._ask("read", entry, needs_target, any_source))

    def examine(self, project: Project) -> "Examined":
        """Examine a project as `tolmach check` would."""
        pair = project.pair
        with self._turn:
            found = self._patiently(lambda: self._examination(project))
        return full_examined(found, pair)

    def lint(self, cells: Mapping[str, str]) -> "tuple[LintFinding, ...]":
        """What is wrong with one row of a glossary, by itself."""
        found: tuple[LintFinding, ...] = self._ask("lint", dict(cells))
        return found

    def use(self, settings: "Settings") -> None:
        """Go on with these settings, and read glossaries again."""
        self.settings = settings
        self._ask("use", settings)

    def _ask(self, name: str, *arguments: object) -> Any:
        with self._turn:
            return self._patiently(lambda: self._exchange(name, *arguments))

    def _examination(self, project: Project) -> Sequence[Any]:
        """The request for a project: documents that were sent last time are not sent again."""
        pair = project.pair
        parts = [
            () if document is not None and document is sent else flat_document(document) if document else None
            for document, sent in zip((pair.source, pair.target), self._sent, strict=True)
        ]
        answer = self._exchange("examine", bare(pair), *parts, project.pins)
        self._sent = (pair.source, pair.target)
        return answer

    def _patiently(self, request: Callable[[], Sequence[Any]]) -> Any:
        """What comes of a request; if the process died over it, the request goes to a new one."""
        for last in (False, True):
            if self._closed:
                raise CheckerLostError("the program is closing")
            try:
                state, *answer = request()
            except (EOFError, OSError, ValueError) as error:
                if self._closed:
                    continue
                self._end()
                self._start()
                if last:
                    raise CheckerLostError("the process that checks has died twice") from error
            else:
                if state == "ok":
                    return answer[0]
                raise answer[0] from RuntimeError(answer[1])
        raise CheckerLostError("the program is closing")

    def _exchange(self, name: str, *arguments: object) -> Sequence[Any]:
        """One request and its answer. Raises EOFError, OSError or ValueError if the process is gone."""
        self._write(name, *arguments)
        assert self._process is not None
        assert self._process.stdout is not None
        while self._unread:  # what came of warming up does not matter: the request itself will tell
            receive(self._process.stdout)
            self._unread -= 1
        answer: Sequence[Any] = receive(self._process.stdout)
        return answer

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
