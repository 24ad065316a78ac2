"""Reports of `tolmach check` read back: JSON and JSONL, pair by pair."""

import json
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import IO, Any

from glossary.errors import InputError

SCHEMA = 1
HEAD = '{"schema": 1, "pairs": ['
STEP = "give a file written by `tolmach check --format json` or `--format jsonl`"
Record = dict[str, Any]


def records(path: Path) -> Iterator[Record]:
    """The records of a report in their order, the summary as the last one.

    What Tolmach wrote is read line by line; JSON in another layout is read as a whole. Raises InputError with the place
    of what is no report.
    """
    try:
        with path.open(encoding="utf-8-sig") as file:
            yield from _checked(file, path)
    except FileNotFoundError:
        raise InputError("no such report", str(path), "check the name") from None
    except UnicodeDecodeError:
        raise InputError("not a report: not UTF-8", str(path), STEP) from None
    except OSError as error:
        raise InputError(f"the report cannot be read: {error.strerror}", str(path), "check the file") from error


def _checked(file: IO[str], path: Path) -> Iterator[Record]:
    complete = False
    for number, record in _read(file, path):
        where = f"{path}:{number}" if number else str(path)
        if complete or not isinstance(record, dict) or not {"summary", "findings", "error"} & record.keys():
            raise InputError("not a report with findings", where, STEP)
        if record.get("schema", SCHEMA) != SCHEMA:
            raise InputError(
                f"a report of schema {record['schema']}", where, "use the version of Tolmach that wrote it"
            )
        if "summary" in record and isinstance(record["summary"], dict):
            complete = True
        elif not isinstance(record.get("id"), str) or not all(map(_is_finding, record.get("findings", ()))):
            raise InputError("not a report: a pair without id, or a finding that is none", where, STEP)
        yield record
    if not complete:
        raise InputError("the report has no end", str(path), "run `tolmach check` to the end and try again")


def _is_finding(found: object) -> bool:
    texts = ("code", "rule", "severity", "message", "fingerprint")
    return (
        isinstance(found, dict)
        and all(isinstance(found.get(name), str) for name in texts)
        and found["severity"] in ("error", "warning", "info")
    )


def _read(file: IO[str], path: Path) -> Iterator[tuple[int, Any]]:
    first = file.readline()
    if first.rstrip() == HEAD:
        yield from _object_lines(file, path)
    elif '"pairs"' in first or first.strip() in ("{", "["):
        whole = _parsed(first + file.read(), path, 0)
        pairs = whole.get("pairs") if isinstance(whole, dict) else None
        if not isinstance(pairs, list):
            raise InputError("not a report with pairs", str(path), STEP)
        yield from ((0, pair) for pair in pairs)
        if "summary" in whole:
            yield 0, {"summary": whole["summary"]}
    else:
        for number, line in enumerate(chain([first], file), 1):
            if line.strip():
                yield number, _parsed(line, path, number)


def _object_lines(file: IO[str], path: Path) -> Iterator[tuple[int, Any]]:
    """The lines of the layout of our JSON: a pair a line, then `], "summary": …}`."""
    for number, line in enumerate(file, 2):
        if line.startswith("],"):
            yield number, _parsed(f"{{{line[2:]}", path, number)
        elif line.strip():
            yield number, _parsed(line.rstrip().removesuffix(","), path, number)


def _parsed(text: str, path: Path, number: int) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        where = f"{path}:{number or error.lineno}:{error.colno}"
        raise InputError(f"not a report: {error.msg}", where, STEP) from None
    except RecursionError:
        raise InputError("not a report: nested too deeply", f"{path}:{number}", STEP) from None
