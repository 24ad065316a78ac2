"""Linguistic data of the package: the one door through which the core reads its tables.

Tables are CSV or TOML files beside this module, with source and licence in the header. Lines that start with `#` in a
CSV file are comments. Everything is read once per process. A user may put rows of their own over some tables.
"""

import csv
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from glossary.data.folders import user_folder
from glossary.errors import ConfigError

FOLDER = Path(__file__).parent


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of the CSV table `name` (a path below this folder), as mappings from column to cell."""
    return tuple(read(name))


def read(name: str) -> Iterator[dict[str, str]]:
    """The same, read anew and not kept: for a table so long that its rows weigh, and that something is made of."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if not line.startswith("#"))
        for row in csv.DictReader(lines):
            yield {key: cell or "" for key, cell in row.items()}


@cache
def weights(name: str) -> dict[str, float]:
    """What each clue of the CSV table `name` weighs: a regression's columns clue and weight."""
    return {row["clue"]: float(row["weight"]) for row in read(name)}


@cache
def own_rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of the user's own table `name`, a CSV file of that name in their data folder; none if there is none.

    Cells of columns that the file does not have are missing. Raises ConfigError if the file cannot be read as CSV.
    """
    try:
        path = user_folder() / name
        text = path.read_text(encoding="utf-8-sig")
    except (FileNotFoundError, NotADirectoryError, ConfigError):
        return ()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"cannot be read: {error}", str(path), "save it as UTF-8, or take it away") from error
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return tuple({key: cell or "" for key, cell in row.items() if key} for row in csv.DictReader(lines))


@cache
def toml(name: str) -> dict[str, Any]:
    """The TOML table `name` (a path below this folder)."""
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


def glossary_path() -> Path:
    """Where the curated glossary.csv is: at the top of a checkout, inside the package of a wheel.

    An editable install leaves a copy in site-packages that goes stale; the checkout is looked at first.
    """
    checkout = FOLDER.parent.parent
    if (checkout / "pyproject.toml").is_file() and (checkout / "glossary.csv").is_file():
        return checkout / "glossary.csv"
    return FOLDER.parent / "glossary.csv"
