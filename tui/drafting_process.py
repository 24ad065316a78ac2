"""The process that drafts (tui.drafter), as the screen's threads talk to it."""

import contextlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from glossary.text.spans import Document

if TYPE_CHECKING:
    from glossary.service import Settings

Record = dict[str, Any]
_PROGRAM = "import sys; sys.path[:] = sys.argv[2:]; from tui.drafter import main; main()"


class Drafter:
    """The process that drafts, started when it is first needed. `ask` is for worker threads, the rest for any."""

    def __init__(self, settings: "Settings") -> None:
        wanted = {
            "glossaries": settings.glossaries,
            "domain": settings.domain,
            "memory": settings.memory_file,
            "own": settings.memory,
            "via": settings.draft_via,
            "tmx": settings.tmx,
        }
        self._settings = json.dumps(wanted)
        self._process: subprocess.Popen[str] | None = None
        self._turn = threading.Lock()
        self._talk = threading.Lock()
        self._number = 0
        self.busy = False

    def ask(self, request: Record) -> Iterator[Record]:
        """The answers of the process. The last has `done`, `error` or `stopped`."""
        with self._turn:
            self.busy = True
            try:
                with self._talk:
                    self._number += 1
                    process = self._started()
                self._write({"id": self._number, **request})
                for answer in _answers(process):
                    if answer["id"] == self._number:
                        yield answer
                        if not answer.keys().isdisjoint(("done", "error", "stopped")):
                            return
                yield {"error": {"what": "the process that drafts has ended", "next_step": "try again"}}
            finally:
                self.busy = False

    def _started(self) -> "subprocess.Popen[str]":
        if self._process is not None and self._process.poll() is not None:
            self.close()
        if self._process is None:
            self._process = subprocess.Popen(
                # Our own path, not the working directory: a folder called `glossary` there is not the package.
                [sys.executable, "-P", "-c", _PROGRAM, self._settings, *filter(os.path.isabs, sys.path)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                encoding="ascii",
                # Ctrl+C is a key of the screen, not a signal to this process.
                start_new_session=True,
            )
        return self._process

    def _write(self, record: Record) -> None:
        process = self._process
        if process is None or process.stdin is None:
            return
        try:
            with self._talk:
                process.stdin.write(json.dumps(record) + "\n")
                process.stdin.flush()
        except (OSError, ValueError):
            return

    def stop(self) -> None:
        """End the request that is being answered."""
        self._write({"stop": self._number})

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()


def _answers(process: "subprocess.Popen[str]") -> Iterator[Record]:
    """What the process says, until it ends or is ended."""
    assert process.stdout is not None
    with contextlib.suppress(OSError, ValueError):  # the pipe was closed while it was read from
        for line in process.stdout:
            yield json.loads(line)


def request(kind: str, source: Document, lang: str, numbers: Sequence[int] | None) -> Record:
    """A request for the sentences `numbers` (None: all) of a source."""
    sentences = [[s.span.start, s.span.end, s.paragraph] for s in source.sentences]
    asked = list(numbers) if numbers is not None else None
    return {
        "do": kind, "text": source.text, "name": source.name, "sentences": sentences, "lang": lang, "numbers": asked,
    }  # fmt: skip


def failure(answer: Record) -> str:
    """What an answer says went wrong, on one line; empty if nothing did."""
    error = answer.get("error") or answer.get("missing")
    if not error:
        return ""
    return f"{error['what']}; {error['next_step']}" if error["next_step"] else str(error["what"])
