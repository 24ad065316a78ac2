"""Installing an Argos package: checked as an archive, unpacked beside the others, tried out, and put in place at once.

Nothing is trusted: not the names in the archive, not the sizes it declares, not that its model works. Until the last
step the packages folder is as it was; if the last step fails, it is as it was again.
"""

import hashlib
import os
import re
import shutil
import stat
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

from glossary.drafting.packages import METADATA_LIMIT, Package, described, missing_files, packages_folder, read_package
from glossary.errors import CapabilityError, InputError, TolmachError

MEMBERS = 2_000
TOTAL = 2_000_000_000  # bytes unpacked
RATIO = 200  # bytes unpacked for a byte packed
_TOP = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,99}\Z")
_CHUNK = 1 << 20
_HEX = re.compile(r"[0-9a-fA-F]{64}\Z")


def install(
    archive: Path,
    folder: Path | None = None,
    sha256: str = "",
    expected: tuple[str, str] | None = None,
    try_out: Callable[[Package], None] | None = None,
) -> Package:
    """Install the `.argosmodel` file `archive` into `folder` (the packages folder) and return the package.

    `sha256` is the checksum the file must have, `expected` the languages it must be for, `try_out` what proves that the
    package works (a translation, if it is not given). Raises InputError if the file is no usable package, OSError if
    the disk refuses.
    """
    where = str(archive)
    folder = packages_folder() if folder is None else folder
    if sha256:
        _verify(archive, sha256)
    try:
        with zipfile.ZipFile(archive) as opened:
            members = checked(opened.infolist(), archive.stat().st_size, where)
            top = members[0].filename.split("/")[0]
            source, target, _ = described(_metadata(opened, f"{top}/metadata.json", where), where)
            if expected is not None and (source, target) != expected:
                what = f"the package is for {source}→{target}, not for {expected[0]}→{expected[1]}"
                raise InputError(what, where, "get the package of the other pair")
            folder.mkdir(parents=True, exist_ok=True)
            _refuse_others(folder / top, source, target, where)
            with tempfile.TemporaryDirectory(
                dir=folder, prefix=".installing-", ignore_cleanup_errors=True
            ) as temporary:
                _unpack(opened, members, Path(temporary), where)
                fresh = read_package(Path(temporary) / top)
                try:
                    (_translates if try_out is None else try_out)(fresh)
                except InputError as error:  # the person knows the file, not the folder that it was tried in
                    raise InputError(error.what, where, "download it again, or get it from another place") from error
                _put(fresh.path, folder / top, Path(temporary) / "old")
    except (zipfile.BadZipFile, NotImplementedError, EOFError) as error:
        raise InputError(f"this is no package: {error}", where, "download it again") from error
    except RuntimeError as error:  # a password is wanted
        raise InputError(f"this is no package: {error}", where, "download it again") from error
    return read_package(folder / top)


def _verify(archive: Path, sha256: str) -> None:
    if not _HEX.match(sha256):
        raise InputError("the checksum is not 64 hexadecimal digits", sha256[:80], "give the SHA-256 of the file")
    digest = hashlib.sha256()
    with archive.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    if digest.hexdigest() != sha256.lower():
        what = f"the file is not the one that was promised: its SHA-256 is {digest.hexdigest()}"
        raise InputError(what, str(archive), "download it again, or ask where the checksum came from")


def checked(members: Sequence[zipfile.ZipInfo], size: int, where: str) -> list[zipfile.ZipInfo]:
    """The files of an archive of `size` bytes, in order; raises InputError if they could do harm or are no package."""

    def refuse(what: str) -> InputError:
        return InputError(f"this is no package that can be trusted: {what}", where, "get it from another place")

    if len(members) > MEMBERS:
        raise refuse(f"it has {len(members)} files, more than {MEMBERS}")
    total = sum(member.file_size for member in members)
    if total > TOTAL or total > RATIO * max(size, 1):
        raise refuse(f"it would unpack to {total / 1_000_000:,.0f} MB")
    seen: set[str] = set()
    tops: set[str] = set()
    for member in members:
        name = member.filename
        parts = name.removesuffix("/").split("/")
        # zipfile itself cuts a name at a NUL and turns the separators of the system into slashes.
        odd = member.orig_filename != name or any(ord(letter) < 32 for letter in name) or "\\" in name or ":" in name
        if odd or not all(part.strip(". ") for part in parts):
            raise refuse(f"it has a file named {name[:80]!r}")
        kind = stat.S_IFMT(member.external_attr >> 16)
        if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
            raise refuse(f"{name[:80]!r} is a link or a device")
        if member.flag_bits & 1:
            raise refuse("it is encrypted")
        if name.casefold() in seen:
            raise refuse(f"it has {name[:80]!r} twice")
        seen.add(name.casefold())
        tops.add(parts[0])
        if len(parts) == 1 and not member.is_dir():
            raise refuse(f"{name[:80]!r} lies outside of its folder")
    if len(tops) != 1 or not _TOP.match(next(iter(tops))):
        raise refuse("it does not hold exactly one folder")
    top = next(iter(tops))
    files = [member for member in members if not member.is_dir()]
    missing = missing_files({member.filename.removeprefix(f"{top}/") for member in files})
    if missing:
        raise InputError(f"this is no translation package: {missing} is missing", where, "download it again")
    return sorted(files, key=lambda member: member.filename)


def _metadata(archive: zipfile.ZipFile, name: str, where: str) -> bytes:
    try:
        with archive.open(name) as file:
            return file.read(METADATA_LIMIT + 1)
    except KeyError:
        raise InputError("this is no package: it has no metadata.json", where, "download it again") from None


def _refuse_others(place: Path, source: str, target: str, where: str) -> None:
    """Raise InputError if what is at `place` belongs to another pair; broken remains may be replaced."""
    try:
        there = read_package(place)
    except InputError:
        if place.exists() and not place.is_dir():
            raise InputError(f"{place} is in the way", where, "remove it") from None
        return
    if (there.source, there.target) != (source, target):
        raise InputError(f"it would replace the package for {there.source}→{there.target}", where, f"remove {place}")


def _unpack(archive: zipfile.ZipFile, members: Sequence[zipfile.ZipInfo], folder: Path, where: str) -> None:
    """Write the files below `folder`; what was declared is not believed, bytes are counted."""
    total, limit = 0, sum(member.file_size for member in members)
    try:
        free = shutil.disk_usage(folder).free
    except OSError:
        free = limit
    if free < limit:
        what = f"the package needs {limit // 1_000_000 + 1} MB of disk, {free // 1_000_000} are free"
        raise InputError(what, where, "make room, or let ARGOS_PACKAGES_DIR name a folder on another disk")
    for member in members:
        path = folder / member.filename
        path.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(member) as packed, path.open("xb") as file:
            while chunk := packed.read(_CHUNK):
                total += len(chunk)
                if total > limit:
                    raise InputError("the package unpacks to more than it says", where, "get it from another place")
                file.write(chunk)


def _translates(package: Package) -> None:
    """Raise InputError if the package does not load or does not translate a sentence."""
    from glossary.drafting.engine import Engine

    Engine(package, threads=1).translate(["The commander said that the town was under fire."], 1)


def _put(fresh: Path, place: Path, aside: Path) -> None:
    """Move the unpacked package to its place; what was there comes back if that fails. Raises OSError."""
    replaced = place.exists() or place.is_symlink()
    if replaced:
        os.replace(place, aside)
    try:
        os.replace(fresh, place)
    except BaseException:
        if replaced:
            os.replace(aside, place)
        raise


def verified(package: Package) -> str:
    """What is wrong with an installed package that loads and translates a sentence only if it is sound; empty: nothing.

    Raises CapabilityError if the translator itself is not installed.
    """
    try:
        _translates(read_package(package.path))
    except CapabilityError:
        raise
    except TolmachError as error:
        return error.what
    return ""
