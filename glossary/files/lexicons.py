"""Lexicons on disk: what aligned texts taught, one CSV file per target language beside the memory; and a cache.

The cache holds the hand lists and a glossary together, ready for the aligner, keyed by what they were made of.
"""

import csv
import hashlib
import io
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from glossary import data
from glossary.alignment import lexicon as lexicon_rules
from glossary.alignment.learning import Learned
from glossary.alignment.lexicon import Lexicon
from glossary.data.folders import user_folder
from glossary.errors import ConfigError
from glossary.files.glossaries import write_cache
from glossary.files.whole import write_whole
from glossary.terms.concepts import Glossary

HEADER = ("en", "target", "count")


def data_folder() -> Path:
    """Where the platform keeps a user's data."""
    return user_folder()


def lexicon_path(lang: str) -> Path:
    """The file of one target language."""
    return data_folder() / f"lexicon.{lang}.csv"


def read_lexicon(lang: str) -> tuple[Learned, ...]:
    """The learned pairs; none if there is no file. Lines that are not three cells with a number are passed over."""
    try:
        text = lexicon_path(lang).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError, ConfigError):
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


def load_lexicon(glossary: Glossary, lang: str, cached: bool = True) -> Lexicon:
    """The hand lists and what a glossary renders, from the cache if it is there, else built and put there.

    A cache that cannot be read or written is passed over in silence.
    """
    path = _cache_file(glossary, lang) if cached and glossary.digest else None
    if path is not None:
        try:
            return Lexicon.restore(path.read_bytes().decode("utf-8"))
        except (OSError, ValueError):
            pass
    lexicon = Lexicon.bundled(lang).with_pairs(
        (english.text, [rendering.text for rendering in concept.of(lang, "preferred", "admitted", "forbidden")])
        for concept in glossary
        for english in concept.english
    )
    if path is not None:
        write_cache(path, lexicon.dump())
    return lexicon


def _cache_file(glossary: Glossary, lang: str) -> Path | None:
    try:
        key = hashlib.sha256(f"{glossary.digest}\0{lang}\0{_signature()}".encode()).hexdigest()
        return user_folder("cache") / f"lexicon-{lang}-{key[:32]}.txt"
    except (ConfigError, OSError):
        return None


@cache
def _signature() -> str:
    """What a lexicon is made of besides the glossary: the hand lists and the code that cuts stems."""
    digest = hashlib.sha256()
    tables = [path for name in lexicon_rules.LISTS if (path := data.FOLDER / name).is_file()]
    for path in (*tables, Path(lexicon_rules.__file__), Path(__file__)):
        digest.update(path.read_bytes())
    return digest.hexdigest()
