"""An open memory on a real file, pairs written down in two strings, and what is found in them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from glossary.examination import Examined, examine
from glossary.files.pairs import PairEntry, load_project
from glossary.memory import Memory, open_memory
from glossary.service import Settings, resources

Look = Callable[..., Examined]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the memory of the test is."""
    return tmp_path / "memory.sqlite"


@pytest.fixture
def opened(path: Path) -> Iterator[Memory]:
    """A new memory."""
    with open_memory(path) as found:
        yield found


@pytest.fixture
def look() -> Look:
    """Examine a pair given as texts; only quotes are checked."""

    def examined(source: str, target: str, name: str = "first", lang: str = "ru") -> Examined:
        entry = PairEntry(name, source_text=source, target_text=target, source_lang="en", target_lang=lang)
        return examine(load_project(entry), resources(Settings("quotes")))

    return examined
