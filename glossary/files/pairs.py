"""Pairs of texts: manifests (JSONL, CSV, TSV), directories read by names, two paths. Contract §3."""

import codecs
import csv
import io
import json
import os
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import partial
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from glossary.alignment.beads import Pin
from glossary.errors import InputError, UsageError
from glossary.files import bitexts, pages, word_files
from glossary.files.dates import date_in, is_date
from glossary.files.documents import SAMPLE, decode, encodings_of, read_text
from glossary.project import Pair, Project
from glossary.report import Unreadable
from glossary.text.drafted import count_marks
from glossary.text.language import detect
from glossary.text.segment import document
from glossary.text.spans import Document

LANGUAGES = {"en": "English", "ru": "Russian", "uk": "Ukrainian"}
FIELDS = frozenset(("id", "source", "source_text", "target", "target_text", "source_lang", "target_lang", "date"))
MISSPELT = 0.85
"""A field so much alike (by difflib) to one that is not there is meant to be it; other fields are left alone."""

SUFFIXES = (".txt", ".md", word_files.SUFFIX, *pages.SUFFIXES)
WIDE_LIMIT = 1_000_000_000  # bytes of a manifest in UTF-16, which is read as a whole
_SOURCES = tuple(f".en{suffix}" for suffix in SUFFIXES)
_UNDECODED = re.compile("[\udc80-\udcff]")


@dataclass(frozen=True, slots=True)
class PairEntry:
    """One line of a manifest: per side a path or the text itself, and when the article appeared (`date`).

    `where` is the line of the manifest, for error messages; empty for what was named otherwise.
    """

    id: str
    source: str | None = None
    source_text: str | None = None
    target: str | None = None
    target_text: str | None = None
    source_lang: str | None = None
    target_lang: str | None = None
    where: str = ""
    date: str | None = None

    @property
    def one_sided(self) -> bool:
        """Whether there is no target."""
        return self.target is None and self.target_text is None


def entries(path: Path) -> Iterator[PairEntry | Unreadable]:
    """The entries of a manifest or a directory, in order, one by one; a broken line is one Unreadable.

    Raises InputError if the manifest itself cannot be read, UsageError if a directory holds no pair.
    """
    if path.is_dir():
        yield from _from_directory(path)
        return
    try:
        with path.open("rb") as stream:
            yield from entries_of(stream, path)
    except FileNotFoundError:
        raise InputError("there is no such file", str(path), "check the name") from None
    except OSError as error:
        raise InputError(f"this cannot be read: {error.strerror}", str(path), "check the file and the disk") from None


def entries_of(stream: BinaryIO, path: Path) -> Iterator[PairEntry | Unreadable]:
    """The entries of a manifest that is read from a stream; `path` names it, and relative paths are relative to it."""
    lines = numbered_lines(stream, str(path))
    first = next(((number, line) for number, line in lines if line.strip()), None)
    if first is None:
        raise InputError("the manifest is empty", str(path), "write one pair a line")
    lines = chain((first,), lines)
    json_lines = first[1].lstrip().startswith(("{", "["))
    yield from _unlike(_json_lines(lines, path) if json_lines else _table_lines(lines, path))


def numbered_lines(stream: BinaryIO, name: str) -> Iterator[tuple[int, str]]:
    """The lines of a text with their numbers; bytes that cannot be decoded become lone surrogates.

    Raises InputError if the first lines are no text, or at a place of a UTF-16 text that is damaged.
    """
    head = stream.read(SAMPLE)
    encodings = encodings_of(head, name)
    if encodings[0] != "utf-8":
        yield from enumerate(decode(head + stream.read(), name, limit=WIDE_LIMIT).text.splitlines(keepends=True), 1)
        return
    begun = io.BytesIO(head.removeprefix(codecs.BOM_UTF8) + stream.readline())
    for number, line in enumerate(chain(begun, stream), 1):
        yield number, _decoded(line, encodings)


def _decoded(line: bytes, encodings: tuple[str, ...]) -> str:
    for encoding in encodings:
        try:
            return line.decode(encoding)
        except UnicodeDecodeError:
            continue
    return line.decode("utf-8", "surrogateescape")


def count_lines(path: Path) -> int:
    """About how many entries a manifest or directory has, for a progress bar: line ends, or names of sources."""
    if path.is_dir():
        return sum(1 for _ in _sources(str(path)))
    if not path.is_file():
        return 0
    with path.open("rb") as stream:
        return sum(block.count(b"\n") for block in iter(partial(stream.read, 1 << 20), b""))


def _unlike(found: Iterable[PairEntry | Unreadable]) -> Iterator[PairEntry | Unreadable]:
    """The entries; one whose id was used before is unreadable. Ids are kept in a file, not in memory."""
    import sqlite3

    with closing(sqlite3.connect("", isolation_level=None)) as seen:
        seen.execute("PRAGMA synchronous = OFF")
        seen.execute("CREATE TABLE seen(id TEXT PRIMARY KEY) WITHOUT ROWID")
        seen.execute("BEGIN")
        for entry in found:
            name = entry.id.encode("utf-8", "backslashreplace").decode("utf-8")
            if not seen.execute("INSERT OR IGNORE INTO seen VALUES (?)", (name,)).rowcount:
                where = entry.where
                entry = Unreadable(
                    entry.id, f"the id {entry.id!r} stands twice in the manifest", where, "make it unique"
                )
            yield entry


def _json_lines(lines: Iterable[tuple[int, str]], path: Path) -> Iterator[PairEntry | Unreadable]:
    for number, line in lines:
        if not line.strip():
            continue
        where = f"{path}:{number}"
        if _UNDECODED.search(line):
            yield _not_utf8(number, where)
            continue
        try:
            row = json.loads(line)
        except (json.JSONDecodeError, RecursionError) as error:
            column = error.colno if isinstance(error, json.JSONDecodeError) else 1
            detail = error.msg if isinstance(error, json.JSONDecodeError) else "nested too deeply"
            yield Unreadable(
                f"line-{number}", f"not valid JSON: {detail}", f"{where}:{column}", "write one JSON object a line"
            )
            continue
        yield _entry(row, number, where, path.parent)


def _not_utf8(number: int, where: str) -> Unreadable:
    return Unreadable(f"line-{number}", "the line is not UTF-8", where, "save the manifest as UTF-8")


def _table_lines(lines: Iterable[tuple[int, str]], path: Path) -> Iterator[PairEntry | Unreadable]:
    begin, head = next(iter(lines))
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    texts = chain((head,), (line for _, line in lines))
    rows = csv.reader(texts, delimiter="\t" if "\t" in head else ",")
    header = next(rows, [])
    unknown = [name for name in header if name not in FIELDS]
    if unknown or not header:
        raise InputError(
            f"the header has unknown columns: {', '.join(unknown) or 'none at all'}",
            f"{path}:{begin}",
            f"name the columns {', '.join(sorted(FIELDS))} (JSONL is accepted too)",
        )
    while True:
        try:
            cells = next(rows, None)
        except csv.Error as error:
            number = begin - 1 + rows.line_num
            yield Unreadable(f"line-{number}", f"not a table row: {error}", f"{path}:{number}", "correct the line")
            continue
        if cells is None:
            return
        number = begin - 1 + rows.line_num
        where = f"{path}:{number}"
        if not any(cells):
            continue
        if any(_UNDECODED.search(cell) for cell in cells):
            yield _not_utf8(number, where)
            continue
        if len(cells) > len(header):
            what = f"{len(cells)} cells under {len(header)} columns"
            yield Unreadable(f"line-{number}", what, where, "quote cells that hold the separator")
            continue
        row = {name: cell for name, cell in zip(header, cells, strict=False) if cell}
        yield _entry(row, number, where, path.parent)


def _entry(row: object, number: int, where: str, folder: Path) -> PairEntry | Unreadable:
    if not isinstance(row, dict):
        return Unreadable(f"line-{number}", "not an object with fields", where, "write one JSON object a line")
    name = str(row.get("id") or f"line-{number}")
    for field in row.keys() - FIELDS:
        if near := get_close_matches(field, FIELDS - row.keys(), 1, MISSPELT):
            return Unreadable(name, f"unknown field {field!r}", where, f"did you mean `{near[0]}`?")
    wrong = [key for key in sorted(FIELDS - {"id"}) if not isinstance(row.get(key), str | None)]
    if wrong:
        return Unreadable(name, f"{', '.join(wrong)}: not a text", where, "write the value in quotation marks")
    for side in ("source", "target"):
        if row.get(side) is not None and row.get(f"{side}_text") is not None:
            what = f"both {side} and {side}_text are given"
            return Unreadable(name, what, where, "give the path or the text")
        lang = row.get(f"{side}_lang")
        if lang is not None and lang not in LANGUAGES:
            return Unreadable(name, f"unknown {side}_lang {lang!r}", where, "use en, ru or uk")
    date = row.get("date")
    if date and not is_date(date):
        return Unreadable(name, f"not a date: {date!r}", where, "write YYYY-MM-DD or YYYY-MM")
    if row.get("source") is None and row.get("source_text") is None:
        others = ", ".join(sorted(row.keys() - FIELDS))
        told = f"give source (a path) or source_text{others and f'; nothing is known of {others}'}"
        return Unreadable(name, "no source", where, told)
    source, target = (str(folder / row[side]) if row.get(side) is not None else None for side in ("source", "target"))
    return PairEntry(
        name,
        source,
        row.get("source_text"),
        target,
        row.get("target_text"),
        row.get("source_lang"),
        row.get("target_lang"),
        where,
        date,
    )


def _from_directory(folder: Path) -> Iterator[PairEntry]:
    """NAME.en.EXT with NAME.ru.EXT and/or NAME.uk.EXT, in the order of names."""
    found = False
    for path in _sources(str(folder)):
        source = Path(path)
        name = source.stem.removesuffix(".en")
        for lang in ("ru", "uk"):
            target = source.with_name(f"{name}.{lang}{source.suffix}")
            if target.is_file():
                found = True
                relative = source.relative_to(folder).with_name(name).as_posix()
                yield PairEntry(f"{relative}.{lang}", str(source), None, str(target), None, "en", lang)
    if not found:
        raise UsageError(
            "no pairs in the directory", str(folder), "name the files NAME.en.txt with NAME.ru.txt or NAME.uk.txt"
        )


def is_text(path: Path) -> bool:
    """Whether a file is named as the texts of a directory are."""
    return path.name.endswith(tuple(f".{lang}{suffix}" for lang in LANGUAGES for suffix in SUFFIXES))


def _sources(folder: str) -> Iterator[str]:
    """The English texts below a folder, in the order of their paths; the names of one folder are held at a time."""
    with os.scandir(folder) as found:
        names = sorted(
            (entry.name, entry.is_dir(follow_symlinks=False))
            for entry in found
            if entry.name.endswith(_SOURCES) or entry.is_dir(follow_symlinks=False)
        )
    for name, is_folder in names:
        path = os.path.join(folder, name)
        if is_folder:
            yield from _sources(path)
        else:
            yield path


def load(entry: PairEntry, needs_target: bool = True, any_source: bool = False) -> Pair:
    """The pair of `load_project`, without its pins."""
    return load_project(entry, needs_target, any_source).pair


def load_project(entry: PairEntry, needs_target: bool = True, any_source: bool = False) -> Project:
    """Read the texts of an entry and settle their languages; an aligned file (TMX, TSV) comes with its beads pinned.

    `any_source` accepts a source in Russian or Ukrainian (for commands that read one side). Raises InputError with the
    side, the reason and the next step.
    """
    pins: tuple[Pin, ...] = ()
    if entry.one_sided and entry.source is not None and entry.source.endswith(bitexts.SUFFIXES):
        entry, pins = _aligned(entry, Path(entry.source))
    if needs_target and entry.one_sided:
        raise InputError(
            "no target", entry.where or entry.source or "", "give TARGET; in a manifest, target (a path) or target_text"
        )
    notes: list[str] = []
    date = entry.date or date_in(entry.id) or date_in(entry.source or "")
    source = _side(entry, "source", ("en", "ru", "uk"), notes)
    if source.lang != "en" and not any_source:
        raise InputError(
            f"the source is in {LANGUAGES[source.lang]}, it should be English",
            source.name,
            "give the English text first, or say `--from en` if this is wrong",
        )
    if entry.one_sided:
        return Project(Pair(entry.id, source, None, entry.target_lang or "", tuple(notes), date))
    target = _side(entry, "target", ("ru", "uk", "en"), notes)
    if target.lang == source.lang:
        raise InputError(
            f"both sides are in {LANGUAGES[source.lang]}",
            target.name,
            "give the English text and its Russian or Ukrainian rendering, or say `--to ru` or `--to uk`",
        )
    drafts = count_marks(target.text)
    if drafts:
        are = "sentence is a draft" if drafts == 1 else "sentences are a draft"
        notes.append(f"{target.name}: {drafts} {are} that nobody has confirmed")
    return Project(Pair(entry.id, source, target, target.lang, tuple(notes), date), pins)


def _aligned(entry: PairEntry, path: Path) -> tuple[PairEntry, tuple[Pin, ...]]:
    units, source_lang, target_lang = bitexts.read_units(path)
    source, target, pins = bitexts.joined(units)
    texts = replace(
        entry,
        source=None,
        source_text=source,
        target_text=target,
        source_lang=entry.source_lang or (source_lang if source_lang in LANGUAGES else None),
        target_lang=entry.target_lang or (target_lang if target_lang in LANGUAGES else None),
    )
    return texts, pins


def _side(entry: PairEntry, side: str, wanted: Iterable[str], notes: list[str]) -> Document:
    path, text, lang = (getattr(entry, name) for name in (side, f"{side}_text", f"{side}_lang"))
    name = path or f"{entry.id} ({side})"
    if text is None:
        file = read_text(Path(path))
        text = file.text
        if file.guessed:
            notes.append(f"{path}: not UTF-8, read as {file.encoding}; save it as UTF-8 if that is wrong")
    elif not text.strip():
        raise InputError(f"the {side} is empty", entry.where or name, "give it some text")
    option = "--from" if side == "source" else "--to"
    if lang is None:
        guess = detect(text)
        if guess.lang == "other":
            raise InputError(
                f"the {side} is neither English nor Russian nor Ukrainian: {guess.evidence}",
                name,
                f"Tolmach checks English against Russian or Ukrainian; if it is one of them, say which with `{option}`",
            )
        if guess.lang == "und":
            raise InputError(
                f"the language of the {side} is unsure: {guess.evidence}",
                name,
                f"say which it is: `{option} {' | '.join(wanted)}` (or {side}_lang in a manifest)",
            )
        lang = guess.lang
    return document(text, lang, name)
