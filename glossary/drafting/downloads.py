"""Fetching packages: the only module of Tolmach that opens a network connection, and only when it is told to.

The index of Argos Translate has neither sizes nor checksums, so everything that arrives is bounded and checked, and
what was interrupted goes on where it stopped. An index that turns out to be the log-in page of a hotel does not
replace the one that was fetched before.
"""

import errno
import http.client
import json
import os
import re
import tempfile
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from glossary.data.folders import user_folder
from glossary.errors import InputError, UsageError

INDEX = "https://raw.githubusercontent.com/argosopentech/argospm-index/main/"
INDEX_LIMIT = 5_000_000  # bytes
SIZE_LIMIT = 2_000_000_000  # bytes
CONNECT, READ = 10, 30  # seconds
_CHUNK = 1 << 18
_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+|\*)")
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Offer:
    """A package of the index: its languages, version, and where it can be had."""

    source: str
    target: str
    version: str
    links: tuple[str, ...]

    @property
    def file_name(self) -> str:
        """The name its download has in the cache."""
        version = re.sub(r"[^0-9A-Za-z]", "_", self.version)
        return f"translate-{self.source}_{self.target}-{version}.argosmodel"


class _Connection(http.client.HTTPConnection):
    def connect(self) -> None:
        self.timeout = CONNECT
        super().connect()
        self.sock.settimeout(READ)


class _SecureConnection(http.client.HTTPSConnection):
    def connect(self) -> None:
        self.timeout = CONNECT
        super().connect()
        self.sock.settimeout(READ)


class _Handler(urllib.request.HTTPHandler):
    def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(_Connection, req)


class _SecureHandler(urllib.request.HTTPSHandler):
    def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(_SecureConnection, req)


class _Redirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        _allowed(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def cache_folder() -> Path:
    """Where the index and unfinished downloads are kept."""
    return user_folder("cache") / "models"


def _allowed(link: str) -> None:
    """Raise InputError for a link that would be followed without encryption, or leads out of the web."""
    parts = urllib.parse.urlsplit(link)
    if parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        return
    raise InputError("this address is not a secure one", link[:200], "only https is followed")


def _open(link: str, headers: dict[str, str]) -> Any:
    _allowed(link)
    opener = urllib.request.build_opener(_Handler, _SecureHandler, _Redirects)
    return opener.open(urllib.request.Request(link, headers={"User-Agent": "tolmach", **headers}))


def index_address() -> str:
    """Where the index is; `ARGOS_PACKAGE_INDEX` (with or without a slash at its end) goes first."""
    return (os.environ.get("ARGOS_PACKAGE_INDEX") or INDEX).rstrip("/") + "/index.json"


def fetch_index(folder: Path | None = None, warn: Callable[[str], None] = lambda line: None) -> tuple[Offer, ...]:
    """The packages that are offered, fetched now; if that fails, those offered when it last went well.

    Raises InputError if there is neither.
    """
    folder = cache_folder() if folder is None else folder
    address, kept = index_address(), folder / "index.json"
    try:
        with _open(address, {}) as answer:
            content = answer.read(INDEX_LIMIT + 1)
        offers = _offers(content)
    except (OSError, ValueError, http.client.HTTPException) as error:
        reason = _reason(error)
        try:
            offers = _offers(kept.read_bytes())
        except (OSError, ValueError):
            raise InputError(
                f"the list of packages cannot be fetched: {reason}",
                address,
                "check the connection, or install a .argosmodel file you have",
            ) from error
        warn(f"the list of packages cannot be fetched ({reason}); using the one fetched before")
        return offers
    _keep(kept, content)
    return offers


def _offers(content: bytes) -> tuple[Offer, ...]:
    """The offers of an index; ValueError if it is none."""
    if len(content) > INDEX_LIMIT:
        raise ValueError("it is too long")
    try:
        listed = json.loads(content)
    except (ValueError, RecursionError):
        raise ValueError("what came is no list of packages") from None
    if not isinstance(listed, list):
        raise ValueError("what came is no list of packages")
    offers = []
    for row in listed:
        if not isinstance(row, dict) or (row.get("type") or "translate") != "translate":
            continue
        source, target, version = (row.get(name) for name in ("from_code", "to_code", "package_version"))
        links = row.get("links")
        named = isinstance(source, str) and isinstance(target, str) and isinstance(version, str)
        if named and isinstance(links, list):
            wanted = tuple(link for link in links if isinstance(link, str) and link.startswith(("https://", "http://")))
            offers.append(Offer(str(source), str(target), str(version), wanted))
    if not offers:
        raise ValueError("what came lists no packages")
    return tuple(offers)


def _reason(error: Exception) -> str:
    if isinstance(error, urllib.error.HTTPError):
        return f"the server says {error.code}"
    if isinstance(error, urllib.error.URLError):
        return _reason(error.reason) if isinstance(error.reason, OSError) else str(error.reason)
    return getattr(error, "strerror", None) or str(error) or type(error).__name__


def _keep(path: Path, content: bytes) -> None:
    """Write all or nothing; a cache that cannot be written is no misfortune."""
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".index-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            os.replace(name, path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise


def offered(offers: Sequence[Offer], source: str, target: str) -> Offer:
    """The newest offer for a pair. Raises UsageError if there is none."""
    found = [one for one in offers if (one.source, one.target) == (source, target) and one.links]
    if not found:
        pairs = sorted({f"{one.source}-{one.target}" for one in offers if "en" in (one.source, one.target)})
        raise UsageError(f"no package for {source}→{target} is offered", "", f"there are {', '.join(pairs)[:300]}")
    return max(found, key=lambda one: [int(part) for part in re.findall(r"\d{1,9}", one.version)])


def download(
    offer: Offer, folder: Path | None = None, step: Callable[[int, int], None] = lambda done, total: None
) -> Path:
    """Fetch a package into the cache and return the file; what is there of an earlier attempt is not fetched again.

    `step` is told the bytes that are there and how many there will be (0: unknown). Raises InputError if no link works;
    then, as after an interruption, what came is kept for the next attempt. Raises OSError when the disk is full.
    """
    folder = cache_folder() if folder is None else folder
    folder.mkdir(parents=True, exist_ok=True)
    failures = []
    for link in offer.links:
        try:
            return _fetch(link, folder / offer.file_name, step)
        except (OSError, ValueError, http.client.HTTPException, InputError) as error:
            if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise  # no other link helps
            failures.append(f"{urllib.parse.urlsplit(link).hostname}: {_reason(error)}")
    what = f"the package cannot be fetched ({'; '.join(failures)[:300]})"
    raise InputError(what, "", "try again: it goes on where it stopped")


def _fetch(link: str, path: Path, step: Callable[[int, int], None]) -> Path:
    part, tag = path.with_name(f"{path.name}.part"), path.with_name(f"{path.name}.tag")
    begun = part.stat().st_size if part.exists() else 0
    # Only a part of which it is known what it is a part of can be continued.
    mark = tag.read_text(encoding="utf-8") if tag.exists() else ""
    known = begun and mark.startswith(f"{link}\n") and mark.partition("\n")[2]
    headers = {"Range": f"bytes={begun}-", "If-Range": mark.partition("\n")[2]} if known else {}
    try:
        answer = _open(link, headers)
    except urllib.error.HTTPError as error:
        if error.code == 416:
            part.unlink(missing_ok=True)
        raise
    with answer:
        begun, total = _begun(answer, begun)
        if total > SIZE_LIMIT:
            raise ValueError(f"the package has {total} bytes, more than {SIZE_LIMIT}")
        if not begun:
            tag.write_text(f"{link}\n{answer.headers.get('ETag') or ''}", encoding="utf-8")
        with part.open("ab" if begun else "wb") as file:
            while chunk := answer.read(_CHUNK):
                begun += len(chunk)
                if begun > SIZE_LIMIT:
                    raise ValueError(f"the package has more than {SIZE_LIMIT} bytes")
                file.write(chunk)
                step(begun, total)
    if total and begun != total:
        raise ValueError(f"the connection broke off after {begun} of {total} bytes")
    os.replace(part, path)
    tag.unlink(missing_ok=True)
    return path


def _begun(answer: Any, begun: int) -> tuple[int, int]:
    """Where the answer begins, and how long the whole is (0: unknown). ValueError if it begins elsewhere than asked."""
    length = answer.headers.get("Content-Length") or "0"
    if answer.status != 206:
        return 0, int(length) if length.isdecimal() else 0
    found = _RANGE.match(answer.headers.get("Content-Range") or "")
    if found is None or int(found[1]) != begun:
        raise ValueError("the server answered with another part than was asked for")
    return begun, int(found[2]) if found[2] != "*" else 0
