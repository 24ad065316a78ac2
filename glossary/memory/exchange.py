"""JSONL in and out: one object a line, so that a team can merge its memories and read them with any tool."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from typing import Any, get_type_hints

from glossary.memory import shelves
from glossary.memory.store import Memory
from glossary.memory.values import SCOPES, STATUSES, VERDICTS, Article, Decision, KeptQuote, Original, Unit
from glossary.memory.verdicts import decisions, insert_decision

SCHEMA = 1
_TOGETHER = 200
Value = Article | Original | Decision


@dataclass(frozen=True, slots=True)
class Imported:
    """How much was new, and which lines could not be read, each with the reason."""

    articles: int
    originals: int
    decisions: int
    broken: tuple[tuple[int, str], ...]


def export_lines(memory: Memory) -> Iterator[str]:
    """All that is kept, as lines of JSON in an order that depends on the contents alone."""
    for kind, values in (
        ("article", shelves.articles(memory)),
        ("original", shelves.originals(memory)),
        ("decision", decisions(memory, every=True)),
    ):
        for value in values:
            yield json.dumps({"schema": SCHEMA, "kind": kind, **asdict(value)}, ensure_ascii=False)


def import_lines(memory: Memory, lines: Iterable[str]) -> Imported:
    """Take in what another memory exported. What is known already stays; broken lines are told and left out."""
    counts = {"article": 0, "original": 0, "decision": 0}
    broken: list[tuple[int, str]] = []
    waiting: list[Article] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            value = _value(json.loads(line))
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            broken.append((number, str(error) or type(error).__name__))
            continue
        if isinstance(value, Article):
            waiting.append(value)
            if len(waiting) == _TOGETHER:
                counts["article"] += shelves.add_all(memory, tuple(waiting))
                waiting.clear()
        else:
            with memory.transaction() as connection:
                if isinstance(value, Original):
                    counts["original"] += shelves.insert_original(connection, value)
                else:
                    counts["decision"] += insert_decision(connection, value)
    counts["article"] += shelves.add_all(memory, tuple(waiting))
    return Imported(counts["article"], counts["original"], counts["decision"], tuple(broken))


def _value(row: Any) -> Value:
    """The value on a line. Raises ValueError, TypeError or KeyError with what is wrong."""
    if not isinstance(row, dict) or row.get("schema") != SCHEMA:
        raise ValueError(f"not an object of schema {SCHEMA}")
    match row.get("kind"):
        case "article":
            quotes = tuple(_made(KeptQuote, quote) for quote in row.get("quotes", ()))
            units = tuple(_made(Unit, unit) for unit in row.get("units", ()))
            _one_of("status", STATUSES, *(quote.status for quote in quotes))
            value: Article = _made(Article, {**row, "quotes": quotes, "units": units})
            _one_of("language", shelves.LANGUAGES, value.source_lang, value.target_lang)
            return value
        case "original":
            original: Original = _made(Original, row)
            _one_of("status", ("found", "searched"), original.status)
            return original
        case "decision":
            words = {name: tuple(map(str, row.get(name, ()))) for name in ("sources", "renderings")}
            decision: Decision = _made(Decision, {**row, **words})
            _one_of("verdict", VERDICTS, decision.verdict)
            _one_of("scope", SCOPES, decision.scope)
            return decision
    raise ValueError(f"unknown kind {row.get('kind')!r}")


def _made(kind: type[Any], row: Any) -> Any:
    """A value of this class from the fields of an object; unknown fields are passed over."""
    if not isinstance(row, dict):
        raise TypeError(f"a {kind.__name__} is an object")
    types = get_type_hints(kind)
    given = {field.name: row[field.name] for field in fields(kind) if field.name in row}
    for name, value in given.items():
        plain = types[name] if types[name] in (str, int) else tuple
        if not isinstance(value, plain) or isinstance(value, bool):
            raise TypeError(f"{name} is not of the right type")
        if isinstance(value, int) and not 0 <= value < 2**62:
            raise ValueError(f"{name} is out of range")
    return kind(**given)


def _one_of(what: str, allowed: tuple[str, ...], *values: str) -> None:
    for value in values:
        if value not in allowed:
            raise ValueError(f"unknown {what} {value!r}")
