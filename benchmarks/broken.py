"""Manifests in which every hundredth line is broken, in ten ways: used by archive_run.py with --broken.

Like those of generated.py otherwise. What is broken must be named with its line, and everything else checked.
"""

import json
from collections.abc import Callable
from pathlib import Path

import generated

EVERY = 100
Row = dict[str, str]


def _json(row: Row) -> bytes:
    return json.dumps(row, ensure_ascii=False).encode()


def _without(row: Row, *names: str) -> Row:
    return {name: value for name, value in row.items() if name not in names}


WAYS: tuple[tuple[str, Callable[[Row], bytes]], ...] = (
    ("not valid JSON", lambda row: _json(row)[:-20]),
    ("there is no such file", lambda row: _json({**_without(row, "source_text"), "source": f"{row['id']}.en.txt"})),
    ("not UTF-8", lambda row: _json(row).decode().encode("cp1251", "replace")),
    ("unknown field", lambda row: _json({**_without(row, "target_text"), "targt_text": row["target_text"]})),
    ("unknown target_lang", lambda row: _json({**row, "target_lang": "pl"})),
    ("is empty", lambda row: _json({**row, "target_text": " \n"})),
    ("stands twice", lambda row: _json({**row, "id": "p0"})),
    ("it should be English", lambda row: _json({**_without(row, "source_lang"), "source_text": row["target_text"]})),
    ("no target", lambda row: _json(_without(row, "target_text"))),
    ("not a text", lambda row: json.dumps({**row, "source_text": [row["source_text"]]}).encode()),
)


def way(number: int) -> str:
    """What the error of the pair of this number says; empty if its line is whole."""
    return WAYS[number // EVERY % len(WAYS)][0] if number % EVERY == EVERY - 1 else ""


def write(path: Path, count: int, sentences: int) -> None:
    """Write a manifest of `count` lines, unless it is there."""
    if not path.exists():
        partial = path.with_suffix(".partial")
        with partial.open("wb") as file:
            for number in range(count):
                row = generated.row(number, sentences)
                spoil = WAYS[number // EVERY % len(WAYS)][1] if way(number) else _json
                file.write(spoil(row) + b"\n")
        partial.replace(path)


def wrong(number: int, record: dict[str, object], manifest: Path) -> str:
    """What is wrong with the record of this line; empty if it is named as broken where it is, and nowhere else."""
    error, expected = record.get("error"), way(number)
    if not isinstance(error, dict):
        return f"line {number + 1}: {expected!r} was not noticed" if expected else ""
    if not expected or expected not in str(error.get("what")):
        return f"line {number + 1}: {error}"
    line = f"{manifest}:{number + 1}"
    return "" if str(error.get("where")).startswith(line) else f"line {number + 1}: not named but {error.get('where')}"
