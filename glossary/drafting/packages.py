"""Argos packages on this machine: which there are, which of them can be used, how to remove one.

The folders are those of Argos Translate, so that both programs share their packages. A folder that holds no package
and a package that is broken are named and passed over; they never stop the rest.
"""

import json
import os
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from glossary.data.folders import home
from glossary.errors import CapabilityError, ConfigError, InputError, UsageError
from glossary.quotes.cues import language_name

METADATA_LIMIT = 1_000_000  # bytes
_CODE = re.compile(r"[a-z]{2,3}\Z")
_VERSION = re.compile(r"[0-9][0-9A-Za-z.+-]{0,19}\Z")
_PAIR = re.compile(r"(?P<source>[a-z]{2,3})\s*(?:-|_|→|->|>)\s*(?P<target>[a-z]{2,3})\Z")


@dataclass(frozen=True, slots=True)
class Package:
    """A translation package: languages, version, and the folder it is in."""

    source: str
    target: str
    version: str
    path: Path

    @property
    def pair(self) -> str:
        """The languages as commands take them: `en-uk`."""
        return f"{self.source}-{self.target}"

    @property
    def label(self) -> str:
        """How the package is named to people."""
        return f"Argos {self.source}→{self.target} {self.version}"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a packages folder that cannot be used, and why."""

    path: Path
    what: str


@dataclass(frozen=True, slots=True)
class Inventory:
    """The packages that were found, by pair and the newest first, and what is wrong in their folders."""

    packages: tuple[Package, ...]
    problems: tuple[Problem, ...] = ()

    def find(self, source: str, target: str) -> Package | None:
        """The newest package for a pair of languages."""
        return next((p for p in self.packages if (p.source, p.target) == (source, target)), None)


def pair_of(text: str) -> tuple[str, str]:
    """The two codes of a pair such as `en-uk` or `en_uk`. Raises UsageError for anything else."""
    found = _PAIR.match(text.strip().lower())
    if found is None or found["source"] == found["target"]:
        raise UsageError(f"{text!r} is neither a file nor a pair of languages", "", "write the pair as en-uk")
    return found["source"], found["target"]


def data_folder() -> Path:
    """Where Argos Translate keeps its data; `XDG_DATA_HOME` goes first. Raises ConfigError without a home."""
    return Path(os.environ.get("XDG_DATA_HOME") or home() / ".local" / "share") / "argos-translate"


def packages_folder() -> Path:
    """Where packages are installed: `ARGOS_PACKAGES_DIR`, Argos Translate's setting of that name, or its default."""
    chosen = os.environ.get("ARGOS_PACKAGES_DIR") or _argos_setting("ARGOS_PACKAGES_DIR")
    return Path(chosen) if chosen else data_folder() / "packages"


def _argos_setting(name: str) -> str:
    """A setting of Argos Translate's own file; empty if there is none that can be read."""
    try:
        base = os.environ.get("XDG_CONFIG_HOME") or home() / ".config"
        content = (Path(base) / "argos-translate" / "settings.json").read_bytes()
        settings = json.loads(content)
    except (OSError, ValueError, ConfigError, RecursionError):
        return ""
    value = settings.get(name) if isinstance(settings, dict) else None
    return value if isinstance(value, str) else ""


def inventory(folder: Path | None = None) -> Inventory:
    """The packages in `folder` (the packages folder), and what there cannot be used. Never raises for its contents."""
    folder = packages_folder() if folder is None else folder
    try:
        found = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except FileNotFoundError:
        return Inventory(())
    except OSError as error:
        return Inventory((), (Problem(folder, f"this folder cannot be read: {error.strerror or error}"),))
    packages: list[Package] = []
    problems: list[Problem] = []
    for path in found:
        if not path.is_dir():
            problems.append(Problem(path, "this is a file, not a package"))
            continue
        try:
            packages.append(read_package(path))
        except InputError as error:
            problems.append(Problem(path, error.what))
    packages.sort(key=lambda p: p.path)
    packages.sort(key=lambda p: _version_key(p.version), reverse=True)
    packages.sort(key=lambda p: (p.source, p.target))
    return Inventory(tuple(packages), tuple(problems))


def _version_key(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d{1,9}", version))


def read_package(path: Path) -> Package:
    """The package in a folder, its metadata and files checked (but not loaded). Raises InputError."""
    where = str(path)
    try:
        with (path / "metadata.json").open("rb") as file:
            content = file.read(METADATA_LIMIT + 1)
    except OSError as error:
        raise InputError("no package: it has no metadata.json that can be read", where, _again()) from error
    source, target, version = described(content, where)
    missing = missing_files({file.relative_to(path).as_posix() for file in path.rglob("*") if file.is_file()})
    if missing:
        raise InputError(f"the package is not complete: {missing} is missing", where, _again())
    return Package(source, target, version, path)


def described(content: bytes, where: str) -> tuple[str, str, str]:
    """Source, target and version from the bytes of a metadata.json. Raises InputError."""
    if len(content) > METADATA_LIMIT:
        raise InputError("metadata.json is too long", where, _again())
    try:
        metadata = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise InputError("metadata.json is damaged", where, _again()) from error
    if not isinstance(metadata, dict):
        raise InputError("metadata.json is damaged", where, _again())
    kind = metadata.get("type") or "translate"
    if kind != "translate":
        raise InputError(f"this is a package of type {str(kind)[:40]!r}, not a translation package", where, _again())
    codes = [_matching(metadata, name, _CODE) for name in ("from_code", "to_code")]
    version = _matching(metadata, "package_version", _VERSION)
    if not all(codes) or codes[0] == codes[1]:
        raise InputError("metadata.json names no pair of languages", where, _again())
    if not version:
        raise InputError("metadata.json has no version", where, _again())
    return codes[0], codes[1], version


def _matching(metadata: Mapping[str, Any], name: str, pattern: re.Pattern[str]) -> str:
    value = metadata.get(name)
    return value if isinstance(value, str) and pattern.match(value) else ""


def missing_files(names: set[str]) -> str:
    """What a package with files of these names (paths below its folder) lacks; empty if nothing."""
    if "model/model.bin" not in names:
        return "model/model.bin"
    if not any(name.startswith("model/") and "vocabulary" in name for name in names):
        return "the vocabulary of the model"
    if not {"sentencepiece.model", "bpe.model"} & names:
        return "sentencepiece.model"
    return ""


def _again() -> str:
    return "install the package again, or remove the folder"


def required(source: str, target: str, folder: Path | None = None) -> Package:
    """The package for a pair. Raises CapabilityError if there is none; it says how to get one, and names the third
    languages through which the installed packages lead all the same."""
    if source == target:
        raise UsageError(f"the text is in {target!r} already", "", "name the other language with --to")
    found = inventory(folder)
    package = found.find(source, target)
    if package is not None:
        return package
    broken = [p for p in found.problems if f"{source}_{target}" in p.path.name]
    what = f"there is no model for {source}→{target}"
    if broken:
        what += f" ({broken[0].path.name} cannot be used: {broken[0].what})"
    advice = f"get one with `tolmach models install {source}-{target}`, or from a file you have"
    raise CapabilityError(what, "", advice + _detour(found, source, target))


def _detour(found: Inventory, source: str, target: str) -> str:
    """How to ask for a draft through a third language, if there are packages for that; else empty."""
    onward = {package.source for package in found.packages if package.target == target}
    between = sorted(onward & {package.target for package in found.packages if package.source == source})
    if not between:
        return ""
    ways = " or ".join(f"{language_name(code)} (`tolmach draft --via {code}`)" for code in between)
    return f"; or ask for a draft through {ways}, with the errors of two machines in a row"


def remove(package: Package) -> None:
    """Delete an installed package: it is gone under its name at once, even if deleting its files is interrupted.

    Raises OSError.
    """
    if package.path.is_symlink():
        package.path.unlink()
        return
    aside = package.path.with_name(f".removed-{os.getpid()}-{package.path.name}")
    os.replace(package.path, aside)
    shutil.rmtree(aside)
