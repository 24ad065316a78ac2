"""The user's own lexicon on disk: what aligned texts taught, one CSV file per target language beside the memory."""

import csv
import io
import os
import sys
from collections.abc import Iterable
from pathlib import Path

from glossary.alignment.learning import Learned
from glossary.files.whole import write_whole

HEADER = ("en", "target", "count")


def data_folder() -> Path:
    """Where the platform keeps a user's data; `XDG_DATA_HOME` goes first everywhere."""
    home = os.environ.get("XDG_DATA_HOME")
    if home and Path(home).is_absolute():
        return Path(home) / "tolmach"
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming") / "tolmach"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "tolmach"
    return Path.home() / ".local" / "share" / "tolmach"


def lexicon_path(lang: str) -> Path:
    """The file of one target language."""
    return data_folder() / f"lexicon.{lang}.csv"


def read_lexicon(lang: str) -> tuple[Learned, ...]:
    """The learned pairs; none if there is no file. Lines that are not three cells with a number are passed over."""
    try:
        text = lexicon_path(lang).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError, RuntimeError):
        return ()
    rows = csv.reader(io.StringIO(text, newline=""))
    return tuple(Learned(row[0], row[1], int(row[2])) for row in rows if len(row) == 3 and row[2].isdecimal())


def add_to_lexicon(lang: str, learned: Iterable[Learned]) -> int:
    """Put newly learned pairs to those that are there, counts added; returns how many the file has now."""
    counts = {(one.english, one.target): one.count for one in read_lexicon(lang)}
    for one in learned:
        counts[one.english, one.target] = counts.get((one.english, one.target), 0) + one.count
    path = lexicon_path(lang)
    path.parent.mkdir(parents=True, exist_ok=True)
    with write_whole(path) as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows((english, target, count) for (english, target), count in sorted(counts.items()))
    return len(counts)
