"""No test reads or writes the caches, data and settings of the person who runs it, or reaches the network."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest


@pytest.fixture(scope="session", autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Caches are shared by the session (building the glossary's index takes seconds), data folders are empty."""
    home = tmp_path_factory.mktemp("home")
    before = dict(os.environ)
    for name in ("CACHE", "CONFIG", "DATA", "STATE"):
        os.environ[f"XDG_{name}_HOME"] = str(home / name.lower())
    yield home
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that tries to connect anywhere fails, save over Unix sockets."""
    connect = socket.socket.connect

    def refuse(self: socket.socket, address: object) -> None:
        if self.family != socket.AF_UNIX:
            raise AssertionError(f"a test tried to connect to {address!r}")
        connect(self, address)  # type: ignore[arg-type]

    def unresolved(*arguments: object, **options: object) -> NoReturn:
        raise AssertionError(f"a test tried to look up {arguments!r}")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", unresolved)
