"""Where the platform keeps what belongs to a user."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

# Kind: the variable of the XDG base directories; below the home on Linux and on macOS; on Windows a variable, what it
# is if it is not set, and what follows the name of the program.
_PLACES = {
    "data": ("XDG_DATA_HOME", ".local/share", "Library/Application Support", "APPDATA", "AppData/Roaming", ""),
    "config": ("XDG_CONFIG_HOME", ".config", "Library/Application Support", "APPDATA", "AppData/Roaming", ""),
    "state": ("XDG_STATE_HOME", ".local/state", "Library/Application Support", "LOCALAPPDATA", "AppData/Local", ""),
    "cache": ("XDG_CACHE_HOME", ".cache", "Library/Caches", "LOCALAPPDATA", "AppData/Local", "cache"),
}


def user_folder(kind: str = "data", environment: Mapping[str, str] = os.environ) -> Path:
    """The folder of Tolmach for data, config, state or cache; the XDG variable goes first everywhere.

    Raises RuntimeError if there is no home.
    """
    variable, linux, mac, windows, beneath, last = _PLACES[kind]
    home = environment.get(variable)
    if home and Path(home).is_absolute():
        return Path(home) / "tolmach"
    if sys.platform == "win32":
        return Path(environment.get(windows) or Path.home() / beneath) / "tolmach" / last
    return Path.home() / (mac if sys.platform == "darwin" else linux) / "tolmach"
