"""Where the platform keeps what belongs to a user."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from glossary.errors import ConfigError

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

    The home is what HOME says, without it what the system knows. Raises ConfigError if there is none.
    """
    variable, linux, mac, windows, beneath, last = _PLACES[kind]
    base = environment.get(variable)
    if base and Path(base).is_absolute():
        return Path(base) / "tolmach"
    if sys.platform == "win32":
        return Path(environment.get(windows) or home() / beneath) / "tolmach" / last
    return home() / (mac if sys.platform == "darwin" else linux) / "tolmach"


def home() -> Path:
    """The home of the user. Raises ConfigError if there is none."""
    try:
        # An empty HOME would be the root of the file system to pathlib.
        found = Path.home() if os.environ.get("HOME") != "" else None
    except RuntimeError:
        found = None
    if found is None:
        raise ConfigError("there is no home folder", "", "set HOME")
    return found
