"""Where the platform keeps what belongs to a user."""

import sys
from pathlib import Path

import pytest

from glossary.data.folders import user_folder

KINDS = ["data", "config", "state", "cache"]


@pytest.mark.parametrize("kind", KINDS)
def test_the_variable_goes_first_if_it_is_a_whole_path(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    variable = f"XDG_{kind.upper()}_HOME"
    monkeypatch.setenv("HOME", "/home/olena")
    assert user_folder(kind, {variable: "/mnt/own"}) == Path("/mnt/own/tolmach")
    assert user_folder(kind, {variable: "own"}) == user_folder(kind, {})


@pytest.mark.parametrize(
    ("platform", "folders"),
    [
        ("linux", [".local/share/tolmach", ".config/tolmach", ".local/state/tolmach", ".cache/tolmach"]),
        ("darwin", [*["Library/Application Support/tolmach"] * 3, "Library/Caches/tolmach"]),
        (
            "win32",
            [*["AppData/Roaming/tolmach"] * 2, "AppData/Local/tolmach", "AppData/Local/tolmach/cache"],
        ),
    ],
)
def test_each_platform_has_its_own(platform: str, folders: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/olena")
    monkeypatch.setattr(sys, "platform", platform)
    assert [user_folder(kind, {}) for kind in KINDS] == [Path("/home/olena", folder) for folder in folders]
