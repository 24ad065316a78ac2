"""Many pairs in one pass or two: what is taken from a ledger, what is examined, what is said across the pairs.

With a ledger or across articles the first pass examines and keeps (in the ledger, else in temporary files); the second
renders what was kept together with what the other pairs of the run say of it. Only where each pair stands alone is it
examined and rendered at once. Texts are never held: what a run remembers of a pair lies on the disk.
"""

import hashlib
import pickle
import sqlite3
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path

from glossary.across import SHARE, Extras, Facts, Tally, facts_of, with_extras
from glossary.batch.engine import Engine
from glossary.batch.ledger import Kept, Ledger, explained, open_ledger
from glossary.batch.packing import packed, unpacked
from glossary.examination import Examined
from glossary.files.documents import LIMIT
from glossary.files.lexicons import read_lexicon
from glossary.files.pairs import PairEntry
from glossary.report import Selection, Unreadable
from glossary.service import (
    Outcome,
    Settings,
    bundled,
    consulted,
    examined_entry,
    rendered,
    set_aside,
    unreadable,
    work,
)
from glossary.terms.changes import Change, change
from glossary.terms.concepts import Concept
from glossary.text.slavic import versions
from glossary.version import __version__

Entry = PairEntry | Unreadable
DEPENDENCIES = ("langdetect", "numpy", "rapidfuzz")
RENDERING = ("cli", "formats", "lsp")  # rooms that a kept result does not depend on
CHANGING = b"changed while it was read"


@dataclass(frozen=True, slots=True)
class Plan:
    """How a run works. `ledger` is a file or nothing; `across`: whether the pairs are compared with each other, with
    `share` as in glossary.across."""

    settings: Settings
    ledger: Path | None = None
    across: bool = False
    share: float = SHARE


@dataclass(frozen=True, slots=True)
class Task:
    """An entry in the first pass. `texts` is the digest of what it was read from; `kept` what a ledger has of these
    texts, examined under the glossary with the number `under` (0: the present one)."""

    entry: Entry
    texts: bytes = b""
    kept: bytes = b""
    under: int = 0


@dataclass(frozen=True, slots=True)
class Looked:
    """What the first pass found: packed result and facts, `fresh` if it was examined now, or a failure; and what is to
    be written, if that does not wait for the second."""

    failure: Unreadable | None = None
    texts: bytes = b""
    result: bytes = b""
    facts: bytes = b""
    fresh: bool = True
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """An entry in the second pass, with its packed result (b"": examine it again) and what the others say of it."""

    entry: Entry
    result: bytes
    extras: Extras


def outcomes(
    plan: Plan,
    found: Iterable[Entry],
    engine: Engine,
    step: Callable[[], None] = lambda: None,
    stopping: Callable[[], bool] = lambda: False,
) -> Iterator[Outcome]:
    """The outcome of every entry, in order. `step` is called when one has been looked at; once `stopping` says so,
    what is under way is finished and the rest left.

    Raises UsageError if another run has the ledger open, InputError if there is no room for what must be kept.
    """
    found = _until(stopping, found)
    if not plan.across and plan.ledger is None:
        for outcome in engine.run(partial(work, plan.settings), found, partial(_aside_alone, plan)):
            step()
            yield outcome
        return
    with ExitStack() as stack:
        ledger = stack.enter_context(open_ledger(plan.ledger))
        book = stack.enter_context(_Book(plan, ledger, step))
        yield from book.first(found, engine)
        ledger.flush()
        if plan.across and not stopping():
            yield from book.second(engine, stopping)


def _until(stopping: Callable[[], bool], items: Iterable[Entry]) -> Iterator[Entry]:
    for item in items:
        if stopping():
            return
        yield item


class _Book:
    """What a run remembers of its pairs: their order, and where the results lie."""

    def __init__(self, plan: Plan, ledger: Ledger, step: Callable[[], None]) -> None:
        self.plan, self.ledger, self.step = plan, ledger, step
        glossary = bundled(*plan.settings.glossaries, house=plan.settings.house)
        self.glossary = ledger.number(glossary.digest, packed(tuple(glossary.concepts)))
        earlier = {number: rows for number, rows in ledger.glossaries().items() if number != self.glossary}
        self.changes = {number: _change(rows, glossary.concepts) for number, rows in earlier.items()}
        self.mark = settings_mark(plan.settings) if plan.ledger is not None else b""
        self.given: deque[tuple[int, Task, bytes]] = deque()
        self.run = sqlite3.connect("", isolation_level=None)
        for statement in (
            "PRAGMA journal_mode = OFF",
            "PRAGMA synchronous = OFF",
            "CREATE TABLE run(number INTEGER PRIMARY KEY, entry BLOB, place BLOB, facts BLOB)",
        ):
            self.run.execute(statement)

    def __enter__(self) -> "_Book":
        return self

    def __exit__(self, *error: object) -> None:
        self.run.close()

    def first(self, found: Iterable[Entry], engine: Engine) -> Iterator[Outcome]:
        """Look at every entry; outcomes come out where they wait for nothing."""
        look = partial(looked_at, self.plan, self.changes)
        for one in engine.run(look, self._tasks(found), partial(_aside, self.plan)):
            number, task, place = self.given.popleft()
            if place and one.result and one.fresh:
                self.ledger.keep(place, Kept(one.texts, self.glossary, one.result, one.facts))
            elif place and one.result and task.under:
                self.ledger.confirm(place, self.glossary)
            self.step()
            if one.outcome is not None:
                yield one.outcome
            else:
                self._remember(number, one.failure or task.entry, place, one.facts)

    def second(self, engine: Engine, stopping: Callable[[], bool]) -> Iterator[Outcome]:
        """Render every entry with what the others say of it."""
        with _no_room(), Tally(self.plan.share) as tally:
            tally.read(self._facts())
            items = (item for item in self._results(tally) if not stopping())
            yield from engine.run(partial(told, self.plan), items, partial(_aside_again, self.plan))

    def _tasks(self, found: Iterable[Entry]) -> Iterator[Task]:
        """The entries with what the ledger has of them; `given` says whose result comes next."""
        for number, entry in enumerate(found):
            task, place = Task(entry), number.to_bytes(8, "big")
            if self.plan.ledger is not None:
                texts = texts_mark(entry)
                place = _digest(self.mark, *_identity(entry)) if texts else b""
                kept = self.ledger.kept(place) if place else None
                if kept is None or kept.texts != texts:
                    task = Task(entry, texts)
                elif kept.glossary == self.glossary and self.plan.across:
                    self._remember(number, entry, place, kept.facts)
                    self.step()
                    continue
                else:
                    task = Task(entry, texts, kept.result, kept.glossary if kept.glossary != self.glossary else 0)
            self.given.append((number, task, place))
            yield task

    def _remember(self, number: int, entry: Entry, place: bytes, facts: bytes) -> None:
        with _no_room():
            self.run.execute("INSERT INTO run VALUES (?, ?, ?, ?)", (number, pickle.dumps(entry), place, facts))

    def _facts(self) -> Iterator[tuple[int, str, Facts]]:
        for number, entry, facts in self.run.execute("SELECT number, entry, facts FROM run ORDER BY number"):
            one = unpacked(facts, Facts)
            if one is not None:
                yield number, pickle.loads(entry).id, one

    def _results(self, tally: Tally) -> Iterator[Result]:
        for number, entry, place in self.run.execute("SELECT number, entry, place FROM run ORDER BY number"):
            kept = self.ledger.kept(place) if place else None
            yield Result(pickle.loads(entry), kept.result if kept is not None else b"", tally.extras(number))


@contextmanager
def _no_room() -> Iterator[None]:
    """Errors of the temporary files as ours."""
    try:
        yield
    except sqlite3.Error as error:
        raise explained(error, None) from error


def _change(rows: bytes, now: Iterable[Concept]) -> Change:
    before = unpacked(rows, tuple[Concept, ...])
    return change(before if before is not None else (), now)


def looked_at(plan: Plan, changes: Mapping[int, Change], task: Task) -> Looked:
    """Examine an entry, or take what is kept of it if it would come out the same; runs in any process."""
    examined = unpacked(task.kept, Examined) if task.kept else None
    if examined is not None and task.under and _touched(changes.get(task.under), examined):
        examined = None
    fresh, result, texts = examined is None, task.kept, task.texts
    if examined is None:
        found = examined_entry(plan.settings, task.entry)
        if isinstance(found, Unreadable):
            return _failure(plan, found)
        examined, result = found, packed(found)
        if texts and texts_mark(task.entry) != texts:
            texts = CHANGING
    outcome = None if plan.across else rendered(consulted(examined, plan.settings), plan.settings)
    return Looked(None, texts, result, packed(facts_of(examined)), fresh, outcome)


def _touched(changed: Change | None, examined: Examined) -> bool:
    pair = examined.pair
    return (
        changed is None
        or changed.touches(pair.source, pair.target)
        or changed.touches(examined.source, examined.target)
    )


def _failure(plan: Plan, failure: Unreadable) -> Looked:
    return Looked(failure, outcome=None if plan.across else unreadable(plan.settings, failure))


def _aside(plan: Plan, task: Task, reason: str) -> Looked:
    return _failure(plan, set_aside(task.entry, reason))


def _aside_alone(plan: Plan, entry: Entry, reason: str) -> Outcome:
    return unreadable(plan.settings, set_aside(entry, reason))


def told(plan: Plan, item: Result) -> Outcome:
    """Render an entry with what the other pairs of the run say of it; runs in any process."""
    settings = plan.settings
    examined = unpacked(item.result, Examined) or examined_entry(settings, item.entry)
    if isinstance(examined, Unreadable):
        return unreadable(settings, examined)
    glossary = bundled(*settings.glossaries, house=settings.house)
    return rendered(consulted(with_extras(examined, item.extras, glossary), settings), settings)


def _aside_again(plan: Plan, item: Result, reason: str) -> Outcome:
    return _aside_alone(plan, item.entry, reason)


def texts_mark(entry: Entry) -> bytes:
    """The digest of all that an entry is read from; nothing for what cannot be read."""
    if isinstance(entry, Unreadable):
        return b""
    found = hashlib.sha256()
    for text, path in ((entry.source_text, entry.source), (entry.target_text, entry.target)):
        try:
            content = b"" if text is None else text.encode("utf-8", "surrogatepass")
            if path is not None and text is None:
                with open(path, "rb") as file:
                    content = file.read(LIMIT + 1)
        except (OSError, ValueError):
            return b""
        if len(content) > LIMIT:
            return b""
        found.update(b"%d:" % len(content) + content)
    return found.digest()


def _identity(entry: Entry) -> tuple[bytes, ...]:
    """What else a result says of an entry: its name, its files, the languages it was said to be in."""
    assert isinstance(entry, PairEntry)
    named = (entry.id, entry.source, entry.target, entry.source_lang, entry.target_lang)
    return tuple(str(part).encode("utf-8", "surrogatepass") for part in named)


def _digest(*parts: bytes) -> bytes:
    found = hashlib.sha256()
    for part in parts:
        found.update(b"%d:" % len(part) + part)
    return found.digest()[:16]


def settings_mark(settings: Settings) -> bytes:
    """What a result depends on beside texts and glossary: settings, the user's own lexicons, and all that runs."""
    examining = replace(
        settings,
        glossaries=(),
        house=(),
        selection=Selection(),
        outputs=(),
        colour=False,
        fail_on=None,
        memory_file="",
    )
    lexicons = [read_lexicon(lang) for lang in ("ru", "uk")] if settings.memory else []
    return _digest(repr((examining, lexicons)).encode("utf-8", "surrogatepass"), _program_mark())


@cache
def _program_mark() -> bytes:
    """Versions of what takes part, and the code and tables of this package: a checkout changes without a version."""
    from importlib.metadata import version

    parts = [__version__, sys.version, *(versions(lang) for lang in ("ru", "uk")), *map(version, DEPENDENCIES)]
    found = hashlib.sha256("\0".join(parts).encode())
    folder = Path(__file__).parent
    for path in sorted(folder.rglob("*")):
        room = path.relative_to(folder).parts
        if path.suffix in (".py", ".csv", ".toml", ".txt") and room[0] not in (*RENDERING, "glossary.csv"):
            found.update(path.read_bytes())
    return found.digest()
