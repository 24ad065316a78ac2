"""Every engine gives the same results in the same order, whatever happens to its workers."""

import functools
import gc
import os
import signal
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import archive
import pytest
import works

from glossary.batch import engine
from glossary.batch.engine import DEADLY, Engine, Serial
from glossary.batch.processes import CHUNK, WINDOW, Processes
from glossary.errors import GlossaryError
from glossary.files.pairs import PairEntry
from glossary.service import Settings, work

TWO = Processes(2)


def aside(number: int, reason: str) -> str:
    return f"{number}: {reason}"


@pytest.mark.parametrize("engine", [Serial(), Processes(1), TWO], ids=repr)
def test_results_come_in_the_order_of_the_items(engine: Engine) -> None:
    assert list(engine.run(works.squared, range(300), aside)) == [n * n for n in range(300)]
    assert list(engine.run(works.squared, [], aside)) == []


@pytest.mark.parametrize("engine", [Serial(), TWO], ids=repr)
def test_work_that_raises_is_set_aside(engine: Engine) -> None:
    results = list(engine.run(works.squared_or_raised_by_5, range(20), aside))
    assert results == [n * n if n != 5 else "5: RecursionError: too deep for 5" for n in range(20)]


@pytest.mark.parametrize("engine", [Serial(), TWO], ids=repr)
def test_an_error_that_would_meet_every_item_ends_the_run(engine: Engine) -> None:
    with pytest.raises(GlossaryError, match="write one"):
        list(engine.run(works.refused, range(20), aside))


def test_an_item_that_kills_its_worker_is_found_and_set_aside() -> None:
    results = list(TWO.run(works.squared_or_killed_by_7, range(60), aside))
    assert results == [n * n if n != 7 else f"7: {DEADLY}" for n in range(60)]


def test_what_a_killed_worker_had_is_done_again(tmp_path: Path) -> None:
    results = list(TWO.run(partial(works.squared_and_killed_once, str(tmp_path)), range(60), aside))
    assert results == [n * n for n in range(60)]
    assert len(list(tmp_path.iterdir())) == 6


def test_workers_killed_from_outside() -> None:
    results = []
    for number, worker in enumerate(TWO.run(works.worker_number, range(400), aside)):
        results.append(worker)
        if number in (5, 90, 200):
            try:
                os.kill(worker, signal.SIGKILL)
            except ProcessLookupError:
                pytest.fail("the worker was gone before it was killed")
    assert len(results) == 400
    assert all(isinstance(worker, int) for worker in results)
    assert len(set(results)) >= 5


def test_workers_killed_as_soon_as_they_begin(tmp_path: Path) -> None:
    """Whoever kills new workers hits one item after the other, and none is set aside for it."""
    results = list(Processes(1).run(partial(works.squared_unless_the_worker_is_new, str(tmp_path)), range(40), aside))
    assert results == [n * n for n in range(40)]
    assert len(list(tmp_path.iterdir())) == 8


def test_nothing_of_a_text_is_kept_when_its_pairs_are_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "TOGETHER", 1)
    check = partial(work, Settings(memory=False))
    entry = PairEntry(**archive.row(7))
    check(entry)
    assert "glossary.text.words._words" in keeping_sentences(entry)  # for whoever edits
    list(Serial().run(check, [entry], lambda one, reason: pytest.fail(reason)))
    assert keeping_sentences(entry) == set()


def keeping_sentences(entry: PairEntry) -> set[str]:
    """The names of the functions whose caches have a key with more of the texts than a phrase, 40 letters."""
    texts = f"{entry.source_text} {entry.target_text}"
    found = set()
    for kept in gc.get_objects():
        if isinstance(kept, functools._lru_cache_wrapper):
            keys = [key for held in gc.get_referents(kept) if isinstance(held, dict) for key in held]
            if any(len(text) > 40 and text in texts for key in keys for text in strings(key)):
                found.add(f"{kept.__module__}.{kept.__name__}")
    return found


def strings(key: Any) -> Iterator[str]:
    """The texts in a key of a cache."""
    if isinstance(key, str):
        yield key
    elif isinstance(key, tuple):
        for part in key:
            yield from strings(part)
    elif isinstance(text := getattr(key, "text", None), str):  # of a document
        yield text


def test_items_are_taken_only_as_far_as_the_window_reaches() -> None:
    taken = 0

    def counted() -> Iterator[int]:
        nonlocal taken
        for number in range(100_000):
            taken = number
            yield number

    results = TWO.run(works.squared_slowly, counted(), aside)
    for _ in range(10):
        next(results)
    assert taken < 10 + 2 * (WINDOW + 1) * CHUNK
    results.close()  # type: ignore[attr-defined]


def test_long_messages_both_ways_do_not_block() -> None:
    results = list(TWO.run(works.long_text, range(10, 60), aside))
    assert results == [str(n) * 400_000 for n in range(10, 60)]
