"""The two toy models installed once, engines on them, and a way to serve files from this machine."""

import _socket
import http.server
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from glossary.drafting.engine import Engine
from glossary.drafting.installing import install
from glossary.drafting.packages import inventory
from glossary.files.glossaries import load_glossary, load_index
from glossary.terms.index import TermIndex

MODELS = Path(__file__).parents[1] / "models"
_LOOK_UP = socket.getaddrinfo


@pytest.fixture(scope="session")
def toy() -> Callable[[str], Path]:
    """The toy package file for a language."""
    return lambda lang: MODELS / f"toy-en_{lang}.argosmodel"


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory, toy: Callable[[str], Path]) -> Path:
    """A packages folder with both toys. Not to be changed by tests."""
    made = tmp_path_factory.mktemp("packages")
    for lang in ("ru", "uk"):
        install(toy(lang), made)
    return made


@pytest.fixture(scope="session")
def engines(folder: Path) -> dict[str, Engine]:
    """An engine for each toy, one thread each."""
    return {package.target: Engine(package, 1) for package in inventory(folder).packages}


@pytest.fixture(scope="session")
def indexes() -> dict[str, TermIndex]:
    """The curated glossary for each target language."""
    glossary = load_glossary()
    return {lang: load_index(glossary, lang) for lang in ("ru", "uk")}


@dataclass
class Site:
    """A web server on this machine: what it has by path, how it answers, and what was asked of it."""

    address: str
    files: dict[str, bytes] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)
    breaks_after: int | None = None  # bytes after which the connection is closed, once
    stalls_after: int | None = None  # bytes after which nothing more comes until the test is over
    over: threading.Event = field(default_factory=threading.Event)
    ignores_ranges: bool = False
    asked: list[tuple[str, str]] = field(default_factory=list)


@pytest.fixture
def loopback(no_network: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Connections to 127.0.0.1 are let through, and none else."""

    def connect(self: socket.socket, address: tuple[str, int]) -> None:
        assert address[0] == "127.0.0.1", f"a test tried to connect to {address!r}"
        _socket.socket.connect(self, address)

    def look_up(host: str, *arguments: object, **options: object) -> object:
        assert host == "127.0.0.1", f"a test tried to look up {host!r}"
        return _LOOK_UP(host, *arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", connect)
    monkeypatch.setattr(socket, "getaddrinfo", look_up)


@pytest.fixture
def site(loopback: None) -> Iterator[Site]:
    """A server that knows ranges and entity tags."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            wanted = self.headers.get("Range", "")
            found.asked.append((self.path, wanted))
            content, tag = found.files.get(self.path), found.tags.get(self.path, "")
            if content is None:
                self.send_error(404)
                return
            begin = 0
            if wanted and not found.ignores_ranges and self.headers.get("If-Range") == tag:
                begin = int(wanted.removeprefix("bytes=").removesuffix("-"))
                self.send_response(206)
                self.send_header("Content-Range", f"bytes {begin}-{len(content) - 1}/{len(content)}")
            else:
                self.send_response(200)
            self.send_header("Content-Length", str(len(content) - begin))
            if tag:
                self.send_header("ETag", tag)
            self.end_headers()
            end = len(content)
            if found.breaks_after is not None:
                end, found.breaks_after = begin + found.breaks_after, None
            if found.stalls_after is not None:
                self.wfile.write(content[begin : found.stalls_after])
                self.wfile.flush()
                found.over.wait(30)
                return
            self.wfile.write(content[begin:end])

        def log_message(self, *arguments: object) -> None:
            return

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found = Site(f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield found
    found.over.set()
    server.shutdown()
    server.server_close()
    thread.join()
