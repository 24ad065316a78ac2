"""Findings that are not to be told again: waivers (TOML, one `[[waiver]]` table each, with a reason), and baselines."""

import json
import re
import tomllib
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from glossary.errors import ConfigError
from glossary.files.whole import write_whole
from glossary.findings import rules
from glossary.text.display import flowing
from glossary.waivers import Waiver

NAME = "tolmach-waivers.toml"
FIELDS = ("fingerprint", "rule", "concept", "path", "reason", "author", "expires")


def find_waivers(start: Path) -> Path | None:
    """The nearest tolmach-waivers.toml from `start` upward, to the root of the repository."""
    for folder in (start, *start.parents):
        if (folder / NAME).is_file():
            return folder / NAME
        if (folder / ".git").exists():
            return None
    return None


def read_waivers(path: Path, today: date) -> tuple[Waiver, ...]:
    """The waivers of a file. Raises ConfigError with the line of what is wrong."""
    try:
        text = path.read_text(encoding="utf-8")
        tables = tomllib.loads(text).get("waiver", [])
    except OSError as error:
        raise ConfigError(f"the waivers cannot be read: {error.strerror}", str(path), "check the path") from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"the waivers cannot be read: {error}", str(path), "write `[[waiver]]` tables") from None
    starts = [text.count("\n", 0, match.start()) + 1 for match in re.finditer(r"^\[\[waiver\]\]", text, re.MULTILINE)]
    if not isinstance(tables, list) or len(starts) != len(tables):
        raise ConfigError("not a list of `[[waiver]]` tables", str(path), "write one `[[waiver]]` table per waiver")
    return tuple(_waiver(table, f"{path}:{line}", today) for table, line in zip(tables, starts, strict=True))


def _waiver(table: dict[str, object], where: str, today: date) -> Waiver:
    for name, value in table.items():
        if name not in FIELDS:
            raise ConfigError(f"a waiver has no {name!r}", where, f"use {', '.join(FIELDS)}")
        if not isinstance(value, str) and not (name == "expires" and isinstance(value, date)):
            raise ConfigError(f"{name} is not a text", where, "write the value in quotation marks")
    given = {name: str(value) for name, value in table.items()}
    if not given.get("reason", "").strip():
        raise ConfigError("a waiver without a reason", where, 'add reason = "…"')
    if not any(given.get(name) for name in ("fingerprint", "rule", "concept")):
        raise ConfigError("a waiver that names no finding", where, "give a fingerprint, a rule or a concept")
    if given.get("rule") and not any(given["rule"] in (rule.name, rule.code) for rule in rules().values()):
        raise ConfigError(f"no rule is called {given['rule']!r}", where, "`tolmach rules` lists codes and names")
    try:
        expired = bool(given.get("expires")) and date.fromisoformat(given["expires"]) < today
    except ValueError:
        raise ConfigError(f"not a date: {given['expires']!r}", where, "write it as 2027-01-31") from None
    return Waiver(expired=expired, where=where, **given)


def waiver_table(*, reason: str, comment: str = "", **fields: str) -> str:
    """A `[[waiver]]` table to be put at the end of a file, under a line of comment; `fields` are some of FIELDS."""
    given = {name: value for name, value in {**fields, "reason": reason}.items() if value}
    lines = [f"# {flowing(comment)}"] if comment else []
    lines += ["[[waiver]]", *(f"{name} = {_quoted(given[name])}" for name in FIELDS if name in given)]
    return "\n" + "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A text in quotation marks as TOML has them."""
    return json.dumps(text.encode("utf-8", "replace").decode("utf-8"), ensure_ascii=False).replace("\x7f", "\\u007f")


def read_baseline(path: Path) -> frozenset[str]:
    """The fingerprints of a baseline. Raises ConfigError."""
    try:
        marks = json.loads(path.read_text(encoding="utf-8"))["fingerprints"]
        return frozenset(str(mark) for mark in marks)
    except FileNotFoundError:
        raise ConfigError("no such baseline", str(path), "make one with `--write-baseline FILE`") from None
    except (ValueError, KeyError, TypeError, OSError, RecursionError) as error:
        raise ConfigError(f"not a baseline: {error}", str(path), "make one with `--write-baseline FILE`") from error


def write_baseline(path: Path, marks: Iterable[str]) -> None:
    """Write fingerprints so that `read_baseline` reads them. Raises OSError."""
    with write_whole(path) as file:
        file.write(json.dumps({"schema": 1, "fingerprints": sorted(set(marks))}, indent=1) + "\n")
