"""Configuration: tolmach.toml or [tool.tolmach] in pyproject.toml, the user's own file, TOLMACH_… variables.

What is nearer counts: the command line, then the environment, the project's file, the user's file, the default. Tables
are put over each other entry by entry, everything else as a whole. Nothing unknown is passed over.
"""

import os
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from glossary import data
from glossary.data.folders import user_folder
from glossary.errors import ConfigError
from glossary.files.glossaries import TARGETS, renderings_of
from glossary.findings import Severity, rules
from glossary.terms.concepts import Rendering
from glossary.terms.policies import Choice

NAMES = ("tolmach.toml", "pyproject.toml")
ROOTS = (".git", ".hg", ".svn")
OFF = "off"
_STATUSES = {"": "preferred", "_admitted": "admitted", "_forbidden": "forbidden"}
CELLS = tuple(lang + suffix for lang in TARGETS for suffix in _STATUSES)
_HEADER = re.compile(r"\[\[?\s*(?P<name>[^\]#]+?)\s*\]")
_PAIR = re.compile(r"(?P<name>[^=#\[\]{}]+?)\s*=")


@dataclass(frozen=True, slots=True)
class Key:
    """Something that can be set: its kind (see data/config.toml), the choices of a choice, what it means."""

    name: str
    kind: str
    default: Any
    meaning: str
    choices: tuple[str, ...] = ()

    @property
    def field(self) -> str:
        """The name of the field of Configuration."""
        return self.name.replace("-", "_")

    @property
    def variable(self) -> str:
        """The environment variable that sets it; empty for tables."""
        return "" if self.kind in ("severities", "house") else f"TOLMACH_{self.field.upper()}"


@cache
def keys() -> Mapping[str, Key]:
    """All keys by name, in the order in which `config show` lists them."""
    return MappingProxyType(
        {
            name: Key(name, row["kind"], row["default"], row["meaning"], tuple(row.get("choices", ())))
            for name, row in data.toml("config.toml").items()
        }
    )


@dataclass(frozen=True, slots=True)
class Configuration:
    """What is set, and where. Paths are absolute; `origins` says per key (`key.entry` of a table) where it came from.

    `files` are the files that were read, `severity` maps a rule to its weight, None for off.
    """

    fail_on: str = "error"
    domain: str = "auto"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: tuple[tuple[str, Severity | None], ...] = ()
    glossaries: tuple[str, ...] = ()
    house: tuple[Choice, ...] = ()
    profanity: str = "ask"
    pairs: str = ""
    memory: str = ""
    baseline: str = ""
    waivers: str = ""
    formats: tuple[str, ...] = ()
    jobs: int = 0
    draft_via: str = ""
    origins: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    files: tuple[Path, ...] = ()

    def over(self, values: Mapping[str, Any], origins: Mapping[str, str]) -> "Configuration":
        """This configuration with nearer values put over it."""
        changed = dict(values)
        if "severity" in changed:
            changed["severity"] = tuple({**dict(self.severity), **dict(changed["severity"])}.items())
        if "house" in changed:
            named = {choice.concept: choice for choice in (*self.house, *changed["house"])}
            changed["house"] = tuple(named.values())
        return replace(self, **changed, origins=MappingProxyType({**self.origins, **origins}))

    def given(self, **values: Any) -> "Configuration":
        """This configuration with what the command line says; None and empty values say nothing."""
        said = {name: value for name, value in values.items() if value not in (None, (), "")}
        options = {"glossaries": "--glossary", "formats": "--format"}
        return self.over(said, {name: options.get(name, "--" + name.replace("_", "-")) for name in said})

    def origin(self, name: str) -> str:
        """Where a field (`fail_on`) or an entry of a table (`severity.term-missing`) was set."""
        return self.origins.get(name, "default")


def configuration(start: Path, environment: Mapping[str, str] = os.environ, named: Path | None = None) -> Configuration:
    """The configuration that counts in the folder `start`; `named` is read in the place of the project's file.

    Raises ConfigError with file and line.
    """
    found = Configuration()
    own = user_file(environment)
    for path in (own if own is not None and own.is_file() else None, named or project_file(start)):
        if path is not None:
            found = replace(_read(path, found), files=(*found.files, path))
    return _from_environment(found, environment, start)


def user_file(environment: Mapping[str, str] = os.environ) -> Path | None:
    """The file of the user, whether it is there or not; None without a home."""
    try:
        return user_folder("config", environment) / "tolmach.toml"
    except ConfigError:
        return None


def project_file(start: Path) -> Path | None:
    """The nearest tolmach.toml, or pyproject.toml with [tool.tolmach], from `start` upward to the repository's root."""
    start = start.absolute()
    for folder in (start, *start.parents):
        for name in NAMES:
            path = folder / name
            if path.is_file() and (name == NAMES[0] or b"tool.tolmach" in path.read_bytes()):
                return path
        if any((folder / root).exists() for root in ROOTS):
            return None
    return None


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ConfigError("the settings are not UTF-8", str(path), "save it as UTF-8") from None
    except OSError as error:
        raise ConfigError(f"the settings cannot be read: {error.strerror}", str(path), "check the path") from None


def _read(path: Path, below: Configuration) -> Configuration:
    """The configuration of a file over the one below it."""
    text = _text(path)
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        line = re.search(r"line (\d+)", str(error))
        place = f"{path}:{line.group(1) if line else len(text.splitlines())}"
        raise ConfigError(f"not valid TOML: {error}", place, "see https://toml.io") from None
    prefix: tuple[str, ...] = ()
    if path.name == NAMES[1]:
        prefix = ("tool", "tolmach")
        table = table.get("tool", {}).get("tolmach", {})
        if not isinstance(table, dict):
            raise ConfigError("tool.tolmach is not a table", str(path), "write `[tool.tolmach]`")
    lines = _lines(text)

    def where(*names: str) -> str:
        whole = (*prefix, *names)
        line = next((lines[whole[:end]] for end in range(len(whole), 0, -1) if whole[:end] in lines), 0)
        return f"{path}:{line}" if line else str(path)

    values, origins = dict[str, Any](), dict[str, str]()
    for name, value in table.items():
        if name not in keys():
            raise ConfigError(f"no setting is called {name!r}", where(name), _nearest(name, keys()))
        key = keys()[name]
        values[key.field] = _value(key, value, where, path.parent)
        origins[key.field] = where(name)
        if isinstance(value, dict):
            origins.update({f"{key.field}.{_entry_name(entry)}": where(name, entry) for entry in value})
    return below.over(values, origins)


def _lines(text: str) -> dict[tuple[str, ...], int]:
    """The line of each key and table, by its path. Only for messages: a multi-line string may lead it astray."""
    found: dict[tuple[str, ...], int] = {}
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.split("\n"), 1):
        if header := _HEADER.match(line.strip()):
            table = _path(header["name"])
            for end in range(1, len(table) + 1):
                found.setdefault(table[:end], number)
        elif pair := _PAIR.match(line.strip()):
            names = (*table, *_path(pair["name"]))
            for end in range(len(table) + 1, len(names) + 1):
                found.setdefault(names[:end], number)
    return found


def _path(name: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in name.split("."))


def _nearest(name: str, names: Iterable[str]) -> str:
    known = list(names)
    near = get_close_matches(name, known, 1)
    return f"did you mean `{near[0]}`?" if near else f"there are {', '.join(known)}"


def _value(key: Key, value: Any, where: Any, folder: Path) -> Any:
    """The value of a key as Configuration holds it. `where` gives the place of a path of names. Raises ConfigError."""
    place = where(key.name)
    match key.kind:
        case "choice":
            return _choice(key, value, place)
        case "number":
            if isinstance(value, bool) or not isinstance(value, int) or value < 0:
                raise ConfigError(f"{key.name} is {value!r}, not a whole number", place, f"write `{key.name} = 4`")
            return value
        case "text":
            return _string(key, value, place)
        case "path":
            return str(folder / _string(key, value, place)) if value else ""
        case "paths":
            return tuple(str(folder / item) for item in _strings(key, value, place))
        case "texts":
            return tuple(_placed_format(item, folder) for item in _strings(key, value, place))
        case "rules":
            return tuple(_rule(item, place) for item in _strings(key, value, place))
        case "severities":
            table = _table(key, value, place)
            return tuple((_exact_rule(name, where(key.name, name)), _severity(name, said, where(key.name, name)))
                         for name, said in table.items())  # fmt: skip
        case _:
            table = _table(key, value, place)
            return tuple(_house(name, said, where) for name, said in table.items())


def _choice(key: Key, value: Any, place: str) -> str:
    if not isinstance(value, str):
        raise ConfigError(f"{key.name} is {value!r}, not a text", place, f"use one of {', '.join(key.choices)}")
    if value not in key.choices:
        raise ConfigError(f"{key.name} cannot be {value!r}", place, _nearest(value, key.choices))
    return value


def _string(key: Key, value: Any, place: str) -> str:
    if not isinstance(value, str):
        raise ConfigError(f"{key.name} is {value!r}, not a text", place, "write the value in quotation marks")
    return value


def _strings(key: Key, value: Any, place: str) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ConfigError(f"{key.name} is no list of texts", place, f'write `{key.name} = ["…"]`')
    return value


def _table(key: Key, value: Any, place: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ConfigError(f"{key.name} is no table", place, f"write `[{key.name}]` and one entry a line below it")
    return value


def _rule(name: str, place: str) -> str:
    """A rule as --select takes it: a code, the beginning of one, or a name."""
    if not name or not any(rule.name == name or rule.code.startswith(name) for rule in rules().values()):
        raise ConfigError(f"no rule is called {name!r}", place, _nearest_rule(name))
    return name


def _exact_rule(name: str, place: str) -> str:
    for rule in rules().values():
        if name in (rule.name, rule.code):
            return rule.name
    raise ConfigError(f"no rule is called {name!r}", place, _nearest_rule(name))


def _nearest_rule(name: str) -> str:
    near = get_close_matches(name, [part for rule in rules().values() for part in (rule.name, rule.code)], 1)
    return f"did you mean `{near[0]}`?" if near else "`tolmach rules` lists codes and names"


def _entry_name(name: str) -> str:
    """The name of an entry of a table: a rule called by its code has its name."""
    return next((rule.name for rule in rules().values() if rule.code == name), name)


def _severity(name: str, value: Any, place: str) -> Severity | None:
    words = [str(one) for one in Severity]
    if value == OFF:
        return None
    if value not in words:
        raise ConfigError(f"{name} cannot weigh {value!r}", place, f"use one of {', '.join([*words, OFF])}")
    return Severity[str(value).upper()]


def _house(concept: str, value: Any, where: Any) -> Choice:
    place = where("house", concept)
    example = f'write `[house.{concept}]` and below it `ru = "…"` or `uk = "…"`'
    if not isinstance(value, dict) or not value:
        raise ConfigError(f"house.{concept} names no rendering", place, example)
    chosen: list[Rendering] = []
    for column, cell in value.items():
        place = where("house", concept, column)
        if column not in CELLS:
            raise ConfigError(f"house.{concept} has no {column!r}", place, _nearest(column, CELLS))
        if not isinstance(cell, str) or not cell.strip():
            raise ConfigError(f"house.{concept}.{column} is {cell!r}, not a rendering", place, example)
        chosen += renderings_of(cell, column[:2], _STATUSES[column[2:]])
    return Choice(concept, tuple(chosen), where("house", concept))


def _placed_format(item: str, folder: Path) -> str:
    name, equals, path = item.partition("=")
    return f"{name}={folder / path}" if equals and path else name


def _from_environment(below: Configuration, environment: Mapping[str, str], start: Path) -> Configuration:
    """TOLMACH_FAIL_ON and the like; lists are split at commas, lists of paths as PATH is. Empty ones say nothing."""
    values, origins = dict[str, Any](), dict[str, str]()
    for key in keys().values():
        said = environment.get(key.variable, "") if key.variable else ""
        if not said:
            continue
        value: Any = said
        if key.kind in ("rules", "texts", "paths"):
            parts = said.split(os.pathsep if key.kind == "paths" else ",")
            value = [part.strip() for part in parts if part.strip()]
        elif key.kind == "number":
            value = int(said) if said.isdecimal() and said.isascii() else said
        values[key.field] = _value(key, value, lambda *names, place=key.variable: place, start.absolute())
        origins[key.field] = key.variable
    return below.over(values, origins)
