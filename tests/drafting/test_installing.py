"""Packages: what is installed, what is refused, and that a refusal leaves everything as it was."""

import hashlib
import json
import os
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from glossary.drafting import installing, packages
from glossary.drafting.installing import install, verified
from glossary.drafting.packages import Package, inventory
from glossary.errors import CapabilityError, InputError, UsageError

METADATA = {"package_version": "1.0", "from_code": "en", "to_code": "uk"}
SOUND = {
    "pkg/metadata.json": json.dumps(METADATA).encode(),
    "pkg/model/model.bin": b"weights",
    "pkg/model/shared_vocabulary.json": b"[]",
    "pkg/sentencepiece.model": b"pieces",
}


def works(package: Package) -> None:
    """Take a package's word for it."""


def archive(path: Path, files: dict[str, bytes], *more: zipfile.ZipInfo) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
        for info in more:
            made.writestr(info, b"x")
    return path


def contents(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_a_package_is_installed_listed_and_removed(toy: Callable[[str], Path], tmp_path: Path) -> None:
    digest = hashlib.sha256(toy("uk").read_bytes()).hexdigest()
    package = install(toy("uk"), tmp_path / "p", sha256=digest.upper(), expected=("en", "uk"))
    assert (package.pair, package.version, package.path.parent) == ("en-uk", "1.0", tmp_path / "p")
    assert inventory(tmp_path / "p").find("en", "uk") == package
    assert verified(package) == ""
    assert [p.name for p in (tmp_path / "p").iterdir()] == ["toy-en_uk-1_0"]
    packages.remove(package)
    assert list((tmp_path / "p").iterdir()) == []


def test_argos_translate_sees_what_was_installed(folder: Path) -> None:
    from argostranslate.package import get_installed_packages

    found = get_installed_packages([folder])
    assert sorted((p.from_code, p.to_code) for p in found) == [("en", "ru"), ("en", "uk")]


def test_the_models_are_the_ones_that_were_measured() -> None:
    models = Path(__file__).parents[1] / "models"
    for line in (models / "SHA256SUMS").read_text().splitlines():
        digest, name = line.split()
        assert hashlib.sha256((models / name).read_bytes()).hexdigest() == digest


def link(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


@pytest.mark.parametrize(
    ("files", "more", "said"),
    [
        (SOUND | {"pkg/../../evil": b""}, [], "a file named"),
        (SOUND | {"/etc/evil": b""}, [], "a file named"),
        (SOUND | {"pkg/a\\..\\b": b""}, [], "a file named"),
        (SOUND | {"pkg/C:evil": b""}, [], "a file named"),
        (SOUND | {"pkg/a\nb": b""}, [], "a file named"),
        (SOUND | {"pkg//a": b""}, [], "a file named"),
        (SOUND, [link("pkg/model/link")], "a link"),
        (SOUND | {"pkg/MODEL/model.bin": b"other"}, [], "twice"),
        (SOUND | {"other/file": b""}, [], "exactly one folder"),
        (SOUND | {"file": b""}, [], "outside of its folder"),
        (SOUND | {f"pkg/{n}": b"" for n in range(2000)}, [], "2004 files"),
        (SOUND | {"pkg/zeros": bytes(5_000_000)}, [], "unpack to"),
        ({n: c for n, c in SOUND.items() if "model.bin" not in n}, [], "model/model.bin is missing"),
        ({n: c for n, c in SOUND.items() if "vocabulary" not in n}, [], "vocabulary of the model is missing"),
        ({n: c for n, c in SOUND.items() if "piece" not in n}, [], "sentencepiece.model is missing"),
        ({n: c for n, c in SOUND.items() if "metadata" not in n}, [], "no metadata.json"),
        (SOUND | {"pkg/metadata.json": b"{"}, [], "metadata.json is damaged"),
        (SOUND | {"pkg/metadata.json": b"[" * 100_000}, [], "metadata.json is damaged"),
        (SOUND | {"pkg/metadata.json": b"[]"}, [], "metadata.json is damaged"),
        (SOUND | {"pkg/metadata.json": json.dumps(METADATA | {"to_code": "../uk"}).encode()}, [], "no pair"),
        (SOUND | {"pkg/metadata.json": json.dumps(METADATA | {"to_code": "en"}).encode()}, [], "no pair"),
        (SOUND | {"pkg/metadata.json": json.dumps(METADATA | {"package_version": 1}).encode()}, [], "no version"),
        (SOUND | {"pkg/metadata.json": json.dumps(METADATA | {"type": "sbd"}).encode()}, [], "of type 'sbd'"),
        ({}, [], "exactly one folder"),
    ],
)
def test_a_package_that_cannot_be_trusted_is_refused(
    files: dict[str, bytes], more: list[zipfile.ZipInfo], said: str, tmp_path: Path
) -> None:
    path = archive(tmp_path / "p.argosmodel", files, *more)
    folder = tmp_path / "packages"
    with pytest.raises(InputError, match=said):
        install(path, folder, try_out=works)
    assert not folder.exists() or contents(folder) == {}
    assert sorted(p.name for p in tmp_path.iterdir() if p.name != "packages") == ["p.argosmodel"]


def test_what_is_no_archive_is_refused(tmp_path: Path, toy: Callable[[str], Path]) -> None:
    whole = toy("ru").read_bytes()
    for content in (b"", b"<html>log in</html>", whole[:1000], whole[: len(whole) // 2], whole[:-30]):
        path = tmp_path / "p.argosmodel"
        path.write_bytes(content)
        with pytest.raises(InputError, match="no package"):
            install(path, tmp_path / "packages")
    with pytest.raises(OSError, match="missing"):
        install(tmp_path / "missing", tmp_path / "packages")


def test_damaged_bytes_inside_are_noticed(tmp_path: Path, toy: Callable[[str], Path]) -> None:
    content = bytearray(toy("ru").read_bytes())
    content[400_000] ^= 255
    path = tmp_path / "p.argosmodel"
    path.write_bytes(content)
    with pytest.raises(InputError):
        install(path, tmp_path / "packages")
    assert contents(tmp_path / "packages") == {}


def test_a_lying_size_is_noticed(tmp_path: Path) -> None:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archived:
        for name, content in SOUND.items():
            archived.writestr(name, content)
        archived.writestr("pkg/zeros", bytes(50_000_000))
    content = bytearray(made.getvalue())
    at = content.rindex(b"PK\x01\x02")
    content[at + 24 : at + 28] = (5).to_bytes(4, "little")
    path = tmp_path / "p.argosmodel"
    path.write_bytes(content)
    with pytest.raises(InputError):
        install(path, tmp_path / "packages", try_out=works)
    assert contents(tmp_path / "packages") == {}


def test_an_encrypted_package_is_refused(tmp_path: Path) -> None:
    path = archive(tmp_path / "p.argosmodel", SOUND)
    content = bytearray(path.read_bytes())
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1
    path.write_bytes(content)
    with pytest.raises(InputError, match="encrypted"):
        install(path, tmp_path / "packages", try_out=works)


def test_the_checksum_and_the_pair_must_be_right(toy: Callable[[str], Path], tmp_path: Path) -> None:
    with pytest.raises(InputError, match="its SHA-256 is"):
        install(toy("ru"), tmp_path / "p", sha256="0" * 64)
    with pytest.raises(InputError, match="not 64 hexadecimal"):
        install(toy("ru"), tmp_path / "p", sha256="abc")
    with pytest.raises(InputError, match="is for en→ru, not for en→uk"):
        install(toy("ru"), tmp_path / "p", expected=("en", "uk"))
    assert not (tmp_path / "p").exists()


def test_a_model_that_does_not_work_is_not_installed_over_one_that_does(
    toy: Callable[[str], Path], tmp_path: Path
) -> None:
    folder = tmp_path / "packages"
    install(toy("ru"), folder)
    before = contents(folder)
    with zipfile.ZipFile(toy("ru")) as opened:
        files = {info.filename: opened.read(info) for info in opened.infolist()}
    name = "toy-en_ru-1_0/model/model.bin"
    broken = archive(tmp_path / "p.argosmodel", files | {name: files[name][:1000]})
    with pytest.raises(InputError, match="cannot be loaded") as caught:
        install(broken, folder)
    assert caught.value.where == str(broken)
    assert contents(folder) == before
    assert [p.name for p in folder.iterdir()] == ["toy-en_ru-1_0"]
    assert install(toy("ru"), folder).version == "1.0"  # over itself


def test_the_old_package_comes_back_if_the_last_step_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "packages"
    install(archive(tmp_path / "one", SOUND), folder, try_out=works)
    before = contents(folder)
    replace = os.replace

    def refuse(one: Path, other: Path) -> None:
        if ".installing" in str(one) and Path(one).name == "pkg":
            raise OSError(28, "No space left on device")
        replace(one, other)

    monkeypatch.setattr(installing.os, "replace", refuse)
    with pytest.raises(OSError, match="No space"):
        install(archive(tmp_path / "two", SOUND | {"pkg/new": b"new"}), folder, try_out=works)
    assert contents(folder) == before
    assert [p.name for p in folder.iterdir()] == ["pkg"]


def test_a_disk_that_is_too_small_is_said_before_it_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = installing.shutil.disk_usage(tmp_path)._replace(free=10)
    monkeypatch.setattr(installing.shutil, "disk_usage", lambda path: usage)
    with pytest.raises(InputError, match="needs 1 MB of disk, 0 are free"):
        install(archive(tmp_path / "one", SOUND), tmp_path / "packages", try_out=works)
    assert contents(tmp_path / "packages") == {}


def test_a_disk_that_fills_up_leaves_nothing_behind(toy: Callable[[str], Path], tmp_path: Path) -> None:
    script = (
        "import resource, sys\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))  # stands for a full disk: EFBIG, not ENOSPC\n"
        "from glossary.cli import main; sys.exit(main(sys.argv[1:]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "models", "install", str(toy("uk"))],
        env={**os.environ, "ARGOS_PACKAGES_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, "File too large" in done.stderr, "Traceback" in done.stderr) == (3, True, False)
    assert list(tmp_path.iterdir()) == []


def test_the_folder_of_another_pair_is_not_overwritten(tmp_path: Path) -> None:
    folder = tmp_path / "packages"
    install(archive(tmp_path / "one", SOUND), folder, try_out=works)
    other = SOUND | {"pkg/metadata.json": json.dumps(METADATA | {"to_code": "ru"}).encode()}
    with pytest.raises(InputError, match="would replace the package for en→uk"):
        install(archive(tmp_path / "two", other), folder, try_out=works)


def test_strays_and_broken_packages_are_named_and_passed_over(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "sound").symlink_to(folder / "toy-en_ru-1_0")
    (tmp_path / "stray").mkdir()
    (tmp_path / "file.zip").write_bytes(b"")
    (tmp_path / ".hidden").mkdir()
    half = tmp_path / "translate-en_uk-1_4"
    (half / "model").mkdir(parents=True)
    (half / "metadata.json").write_text(json.dumps(METADATA))
    found = inventory(tmp_path)
    assert [p.pair for p in found.packages] == ["en-ru"]
    assert [p.path.name for p in found.problems] == ["file.zip", "stray", "translate-en_uk-1_4"]
    assert "model/model.bin is missing" in found.problems[2].what
    with pytest.raises(CapabilityError, match=r"translate-en_uk-1_4 cannot be used.*tolmach models install en-uk"):
        packages.required("en", "uk", tmp_path)
    assert inventory(tmp_path / "nowhere").packages == ()


def test_the_newest_version_is_used(tmp_path: Path) -> None:
    for version in ("1.9", "1.10", "1.2"):
        files = {name.replace("pkg", f"p{version}"): content for name, content in SOUND.items()}
        files[f"p{version}/metadata.json"] = json.dumps(METADATA | {"package_version": version}).encode()
        install(archive(tmp_path / "a", files), tmp_path / "packages", try_out=works)
    found = inventory(tmp_path / "packages").find("en", "uk")
    assert found is not None
    assert found.version == "1.10"


def test_there_is_no_way_round_through_a_third_language(folder: Path) -> None:
    with pytest.raises(CapabilityError, match="no model for ru→uk"):
        packages.required("ru", "uk", folder)


def test_the_folders_of_argos_translate_are_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("ARGOS_PACKAGES_DIR", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    assert packages.packages_folder() == tmp_path / "data" / "argos-translate" / "packages"
    settings = tmp_path / "config" / "argos-translate" / "settings.json"
    settings.parent.mkdir(parents=True)
    settings.write_text(json.dumps({"ARGOS_PACKAGES_DIR": "/srv/argos"}))
    assert packages.packages_folder() == Path("/srv/argos")
    settings.write_text("{")
    assert packages.packages_folder() == tmp_path / "data" / "argos-translate" / "packages"
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", "/elsewhere")
    assert packages.packages_folder() == Path("/elsewhere")


@pytest.mark.parametrize("text", ["en-uk", "en_uk", "en→uk", "EN-UK"])
def test_a_pair_is_read(text: str) -> None:
    assert packages.pair_of(text) == ("en", "uk")


@pytest.mark.parametrize("text", ["en", "en-en", "", "english-ukrainian", "../en-uk", "en-uk.zip"])
def test_what_is_no_pair_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        packages.pair_of(text)
