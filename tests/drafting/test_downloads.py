"""Fetching packages from a server on this machine: resumed, bounded, and never trusted."""

import errno
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from glossary.cli import main
from glossary.drafting import downloads
from glossary.drafting.downloads import Offer, download, fetch_index, offered
from glossary.drafting.packages import inventory
from glossary.errors import InputError, UsageError


def index(*rows: dict[str, object]) -> bytes:
    return json.dumps(
        [{"from_code": "en", "package_version": "1.0", "type": "translate", **row} for row in rows]
    ).encode()


@pytest.fixture
def address(site, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    monkeypatch.setenv("ARGOS_PACKAGE_INDEX", site.address)
    return site.address


def test_the_newest_offer_of_a_pair_is_found(site, address: str, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    rows = [{"to_code": "uk", "links": [f"https://x/{v}"], "package_version": v} for v in ("1.9", "1.10", "1.4")]
    site.files["/index.json"] = index(*rows, {"to_code": "ru", "links": ["ftp://x/"]}, {"type": "sbd"}, {"to_code": 5})
    offers = fetch_index(tmp_path)
    assert offered(offers, "en", "uk") == Offer("en", "uk", "1.10", ("https://x/1.10",))
    with pytest.raises(UsageError, match="no package for en→ru"):
        offered(offers, "en", "ru")


@pytest.mark.parametrize("content", [b"<html>Welcome to the hotel</html>", b"[]", b"{}", b"[" * 99_999, b"[1, 2]"])
def test_a_log_in_page_does_not_replace_the_list(site, address: str, tmp_path: Path, content: bytes) -> None:  # type: ignore[no-untyped-def]
    site.files["/index.json"] = content
    with pytest.raises(InputError, match="cannot be fetched"):
        fetch_index(tmp_path)
    good = index({"to_code": "uk", "links": ["https://x/"]})
    site.files["/index.json"] = good
    offers = fetch_index(tmp_path)
    site.files["/index.json"] = content
    warnings: list[str] = []
    assert fetch_index(tmp_path, warnings.append) == offers
    assert "using the one fetched before" in warnings[0]
    assert (tmp_path / "index.json").read_bytes() == good


def test_a_list_without_end_is_not_read_to_the_end(  # type: ignore[no-untyped-def]
    site, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(downloads, "INDEX_LIMIT", 100)
    site.files["/index.json"] = index({"to_code": "uk", "links": ["https://x/" + "x" * 200]})
    with pytest.raises(InputError, match="too long"):
        fetch_index(tmp_path)


def test_no_server_is_one_line(loopback: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ARGOS_PACKAGE_INDEX", "http://127.0.0.1:9/")
    with pytest.raises(InputError, match=r"127.0.0.1:9/index.json.*check the connection"):
        fetch_index(tmp_path)


def test_a_download_goes_on_where_it_stopped(site, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    content = bytes(range(256)) * 4000
    site.files["/p"], site.tags["/p"], site.breaks_after = content, '"one"', 600_000
    offer = Offer("en", "uk", "1.0", (f"{site.address}/p",))
    with pytest.raises(InputError, match="broke off after 600000 of 1024000"):
        download(offer, tmp_path)
    steps: list[tuple[int, int]] = []
    path = download(offer, tmp_path, lambda done, total: steps.append((done, total)))
    assert path.read_bytes() == content
    assert site.asked == [("/p", ""), ("/p", "bytes=600000-")]
    assert steps[0][0] > 600_000
    assert steps[-1] == (1_024_000, 1_024_000)
    assert [p.name for p in tmp_path.iterdir()] == [offer.file_name]


@pytest.mark.parametrize("change", ["content", "no tag", "no ranges"])
def test_what_may_be_another_file_is_fetched_anew(site, tmp_path: Path, change: str) -> None:  # type: ignore[no-untyped-def]
    content = b"a" * 1_000_000
    site.files["/p"], site.tags["/p"], site.breaks_after = content, "" if change == "no tag" else '"one"', 500_000
    offer = Offer("en", "uk", "1.0", (f"{site.address}/p",))
    with pytest.raises(InputError):
        download(offer, tmp_path)
    if change == "content":
        content = b"b" * 900_000
        site.files["/p"], site.tags["/p"] = content, '"two"'
    site.ignores_ranges = change == "no ranges"
    assert download(offer, tmp_path).read_bytes() == content


def test_the_second_link_is_tried(site, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    site.files["/p"] = b"content"
    links = ("http://example.org/p", "ipfs://x", f"{site.address}/none", f"{site.address}/p")
    assert download(Offer("en", "uk", "1.0", links), tmp_path).read_bytes() == b"content"
    with pytest.raises(InputError, match=r"not a secure one.*the server says 404"):
        download(Offer("en", "uk", "1.0", links[:3]), tmp_path)


def test_a_full_disk_is_no_matter_of_links(site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    """The disk is simulated: writing raises what a full one raises."""
    site.files["/p"] = b"content"
    offer = Offer("en", "uk", "1.0", (f"{site.address}/p", f"{site.address}/p"))

    def full(done: int, total: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        download(offer, tmp_path, full)
    assert [path for path, _ in site.asked] == ["/p"]


def test_a_package_that_is_too_big_is_left(site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(downloads, "SIZE_LIMIT", 1000)
    site.files["/p"] = bytes(2000)
    with pytest.raises(InputError, match="more than 1000"):
        download(Offer("en", "uk", "1.0", (f"{site.address}/p",)), tmp_path)


def test_a_pair_is_fetched_installed_and_cleared_away(  # type: ignore[no-untyped-def]
    site, address: str, toy: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "packages"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    site.files["/uk"] = toy("uk").read_bytes()
    site.files["/index.json"] = index({"to_code": "uk", "links": [f"{site.address}/uk"]})
    assert main(["models", "install", "en-uk"]) == 0
    assert "installed Argos en→uk 1.0" in capsys.readouterr().err
    assert inventory().find("en", "uk") is not None
    assert [p.name for p in (tmp_path / "cache" / "tolmach" / "models").iterdir()] == ["index.json"]
    # A truncated package is not kept for the next attempt.
    site.files["/uk"] = toy("uk").read_bytes()[:-10]
    assert main(["models", "install", "en-uk"]) == 3
    assert main(["models", "install", "en-ru"]) == 2
    assert [p.name for p in (tmp_path / "cache" / "tolmach" / "models").iterdir()] == ["index.json"]
    assert inventory().find("en", "uk") is not None
    assert "Traceback" not in capsys.readouterr().err


def test_a_download_that_is_interrupted_goes_on_later(  # type: ignore[no-untyped-def]
    site, address: str, toy: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "packages"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    content = toy("uk").read_bytes()
    site.files |= {"/uk": content, "/index.json": index({"to_code": "uk", "links": [f"{site.address}/uk"]})}
    site.tags["/uk"] = '"one"'
    folder = tmp_path / "cache" / "tolmach" / "models"
    part = folder / "translate-en_uk-1_0.argosmodel.part"
    command = [sys.executable, "-c", "import sys; from glossary.cli import main; sys.exit(main(sys.argv[1:]))"]
    folder.mkdir(parents=True)
    (folder / "index.json").write_bytes(site.files["/index.json"])
    site.stalls_after = 600_000
    process = subprocess.Popen([*command, "models", "install", "en-uk"], stderr=subprocess.PIPE, env=dict(os.environ))
    until = time.monotonic() + 30
    while not (part.is_file() and part.stat().st_size > 500_000) and time.monotonic() < until:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=20)
    assert (process.returncode, b"Traceback" in said) == (130, False)
    begun = part.stat().st_size
    assert begun > 0
    site.stalls_after = None
    assert main(["models", "install", "en-uk", "-q"]) == 0
    assert site.asked[-1] == ("/uk", f"bytes={begun}-")
    assert inventory().find("en", "uk") is not None
    assert not part.exists()
