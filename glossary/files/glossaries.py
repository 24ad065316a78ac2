"""Reading glossaries: CSV and TSV by the contract's columns, plain two-column lists; and the cache of their index.

Rows that cannot be read are reported with line and column in `Glossary.problems`; the rest loads. Only what makes a
file useless as a whole (no English column, a duplicate id, not text) is a GlossaryError.
"""

import csv
import hashlib
import io
import os
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from functools import cache, partial
from pathlib import Path

from glossary import data
from glossary.data.folders import user_folder
from glossary.errors import ConfigError, GlossaryError
from glossary.files import termbases
from glossary.terms import index as index_rules
from glossary.terms import matcher
from glossary.terms.concepts import Concept, ConceptRows, Glossary, LintFinding, Rendering
from glossary.terms.index import TermIndex, build_index, restore
from glossary.text import english, normalise, slavic
from glossary.text import words as word_rules
from glossary.text.slavic import versions

COLUMNS = (
    *("id", "subject", "pos", "en", "en_variants", "en_not", "en_with", "ambiguity"),
    *("ru", "ru_admitted", "ru_forbidden", "ru_other", "uk", "uk_admitted", "uk_forbidden", "uk_other"),
    *("severity", "policy", "broader", "definition", "note", "source", "checked"),
)
TARGETS = ("ru", "uk")
TARGET_COLUMNS = tuple(lang + suffix for lang in TARGETS for suffix in ("", "_admitted", "_forbidden", "_other"))
AMBIGUITIES = ("", "0", "1", "2")
SEVERITIES = ("", "error", "warning", "info")
# What the first line of somebody else's table may call its columns.
COLUMN_NAMES = {
    "english": "en",
    "eng": "en",
    "en-us": "en",
    "en-gb": "en",
    "source": "en",
    "term": "en",
    "russian": "ru",
    "rus": "ru",
    "ru-ru": "ru",
    "русский": "ru",
    "ukrainian": "uk",
    "ukr": "uk",
    "ua": "uk",
    "uk-ua": "uk",
    "українська": "uk",
    "украинский": "uk",
}
_REASON = re.compile(r"\{([^{}]*)\}")
_NOT_ID = re.compile(r"[^a-z0-9]+")


def load_glossary(path: str | Path | None = None, *more: str | Path) -> Glossary:
    """The curated glossary (or the one at `path`), with the files `more` put over it by `id` or English term.

    Raises GlossaryError if a file cannot be used at all.
    """
    glossary = read_glossary(Path(path) if path is not None else data.glossary_path())
    for extra in more:
        glossary = glossary.overridden_by(read_glossary(Path(extra)))
    return glossary


def read_glossary(path: Path, target_lang: str = "") -> Glossary:
    """Read a CSV or TSV glossary, or one of another tool (TBX, UTX, Weblate, OmegaT, memoQ).

    `target_lang` says what the language of the renderings is where the file does not; without it the letters decide.
    Raises GlossaryError.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise GlossaryError("the glossary cannot be read", str(path), f"check the path ({error.strerror})") from error
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise GlossaryError("the glossary is not UTF-8", f"{path}:{line}", "save it as UTF-8") from error
    if termbases.foreign(text[:2000]):
        text = termbases.own_table(text, str(path), target_lang)
    return parse_glossary(text, str(path), hashlib.sha256(content).hexdigest(), target_lang)


def parse_glossary(text: str, origin: str = "", digest: str = "", target_lang: str = "") -> Glossary:
    """A Glossary from the text of a CSV or TSV file; `origin` names it in messages. Raises GlossaryError."""
    problems: list[LintFinding] = []
    lines = list(_records(text, origin, problems))
    if not lines:
        raise GlossaryError("the glossary is empty", origin, "it needs a header line and one row per concept")
    columns, body = _header(lines, origin, target_lang)
    ids: dict[str, int] = {}
    rows: list[tuple[int, list[str]]] = []
    broader: list[tuple[str, ...]] = []
    for line, cells in body:
        row = dict(zip(columns, cells, strict=False))
        if not _usable(row, line, origin, problems, columns):
            continue
        name = _id(row, line)
        if name in ids:
            where = f"{origin}:{line}" if origin else f"line {line}"
            what = f"the id {name!r} is already used in line {ids[name]}"
            raise GlossaryError(what, where, "give each row its own id")
        ids[name] = line
        rows.append((line, cells))
        broader.append(_items(row.get("broader", "")))
    digest = digest or hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    concepts = ConceptRows(tuple(ids), tuple(broader), partial(_concept, tuple(columns), rows, origin))
    return Glossary(concepts, digest, tuple(problems))


def _records(text: str, origin: str, problems: list[LintFinding]) -> Iterator[tuple[int, list[str]]]:
    """The rows with the number of the line each begins in; empty lines and comments left out."""
    stream = io.StringIO(text.replace("\0", "") if "\0" in text else text, newline="")
    first = next((line for line in stream if line.strip() and not line.startswith("#")), "")
    stream.seek(0)
    delimiter = "\t" if "\t" in first else ";" if ";" in first and "," not in first else ","
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    reader = csv.reader(stream, delimiter=delimiter)
    before = 0
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            problems.append(
                LintFinding("glossary-row", f"not a table row: {error}", origin, before + 1, 1, "", "error")
            )
            cells = []
        if cells is None:
            return
        line, before = before + 1, reader.line_num
        if cells and not cells[0].startswith("#") and (cells[0].strip() or any(cell.strip() for cell in cells)):
            yield line, cells


def _header(
    lines: Sequence[tuple[int, list[str]]], origin: str, target_lang: str
) -> tuple[list[str], Sequence[tuple[int, list[str]]]]:
    """The names of the columns and the rows below them."""
    number, cells = lines[0]
    names = [cell.strip().casefold() for cell in cells]
    if "en" not in names:
        names = [COLUMN_NAMES.get(name, name) for name in names]
    if "en" in names and any(lang in names for lang in TARGETS):
        return names, lines[1:]
    if "en" in names and len(names) == 2:
        other = 1 - names.index("en")
        names[other] = target_lang or _language(row[other] for _, row in lines[1:] if len(row) > other)
        return names, lines[1:]
    if len(cells) in (2, 3) and not set(names) & set(COLUMNS):
        # No header at all: English and its rendering, perhaps a comment (OmegaT's three columns).
        target = target_lang or _language(row[1] for _, row in lines if len(row) > 1)
        return ["en", target, "note"][: len(cells)], lines
    what = "no column `en`" if "en" not in names else "no column `ru` or `uk`"
    raise GlossaryError(
        f"the glossary has {what}",
        f"{origin}:{number}",
        "its first line must name the columns, at least en and ru or uk",
    )


def _language(cells: Iterator[str]) -> str:
    """Russian or Ukrainian, by the letters only one of them has; Ukrainian if none of them occurs."""
    text = " ".join(cells).casefold()
    russian = sum(text.count(letter) for letter in "ыэъё")
    return "ru" if russian > sum(text.count(letter) for letter in "іїєґ'’") else "uk"


def _usable(row: dict[str, str], line: int, origin: str, problems: list[LintFinding], columns: Sequence[str]) -> bool:
    """Whether a row can be read; what is wrong with it goes to `problems`."""

    def wrong(column: str, message: str) -> None:
        place = columns.index(column) + 1 if column in columns else 1
        problems.append(LintFinding("glossary-row", message, origin, line, place, row.get("id", ""), "error"))

    if row.get("ambiguity", "").strip() not in AMBIGUITIES:
        wrong("ambiguity", f"ambiguity is {row['ambiguity'].strip()!r}, not 0, 1 or 2")
    if row.get("severity", "").strip() not in SEVERITIES:
        wrong("severity", f"severity is {row['severity'].strip()!r}, not error, warning or info")
    if not row.get("en", "").strip(" ;=^\t"):
        wrong("en", "no English term")
        return False
    if not any(row.get(column, "").strip() for column in TARGET_COLUMNS):
        wrong("ru" if "ru" in columns else "uk", "no rendering")
        return False
    return True


def _id(row: dict[str, str], line: int) -> str:
    """The id of a row; of a plain list the slug of its English term."""
    return row.get("id", "").strip() or _NOT_ID.sub("-", row["en"].casefold()).strip("-") or f"row-{line}"


def _concept(columns: tuple[str, ...], rows: Sequence[tuple[int, list[str]]], origin: str, number: int) -> Concept:
    """The concept of a row."""
    line, cells = rows[number]
    row = dict(zip(columns, cells, strict=False))

    def cell(column: str) -> str:
        return row.get(column, "").strip()

    renderings: list[Rendering] = []
    for lang in TARGETS:
        for suffix, status in (("", "preferred"), ("_admitted", "admitted")):
            renderings += renderings_of(cell(lang + suffix), lang, status)
        for status in ("forbidden", "other"):
            renderings += renderings_of(cell(f"{lang}_{status}"), lang, status)
    ambiguity, severity = cell("ambiguity"), cell("severity")
    return Concept(
        id=_id(row, line),
        subject=cell("subject"),
        pos=cell("pos"),
        english=(*renderings_of(cell("en"), "en", "preferred"), *renderings_of(cell("en_variants"), "en", "admitted")),
        english_not=_items(cell("en_not")),
        english_with=_items(cell("en_with")),
        ambiguity=int(ambiguity or 0) if ambiguity in AMBIGUITIES else 1,
        renderings=tuple(renderings),
        severity=severity if severity in SEVERITIES else "",
        policy=cell("policy"),
        broader=_items(cell("broader")),
        definition=cell("definition"),
        note=cell("note"),
        source=cell("source"),
        checked=cell("checked"),
        line=line,
        origin=origin,
    )


def _items(cell: str) -> tuple[str, ...]:
    return tuple(item for item in (part.strip() for part in _split(cell)) if item)


def _split(cell: str) -> list[str]:
    """Split at semicolons outside of braces: a reason may hold one."""
    if "{" not in cell:
        return cell.split(";")
    parts, depth, begin = [], 0, 0
    for place, letter in enumerate(cell):
        depth += (letter == "{") - (letter == "}")
        if letter == ";" and depth <= 0:
            parts.append(cell[begin:place])
            begin = place + 1
    return [*parts, cell[begin:]]


def renderings_of(cell: str, lang: str, status: str) -> tuple[Rendering, ...]:
    found = []
    for place, item in enumerate(_items(cell)):
        reason = _REASON.search(item)
        text = _REASON.sub("", item).strip()
        fixed = cased = False
        while text[:1] in ("=", "^"):
            fixed, cased = fixed or text[0] == "=", cased or text[0] == "^"
            text = text[1:].lstrip()
        if text:
            own = "admitted" if status == "preferred" and place else status
            found.append(Rendering(text, lang, own, reason.group(1).strip() if reason else "", fixed, cased))
    return tuple(found)


def load_index(glossary: Glossary, target_lang: str, cached: bool = True) -> TermIndex:
    """The index of a glossary, from the cache if it is there, else built and put there.

    A cache that cannot be read or written is passed over in silence: it is only a matter of seconds.
    """
    path = _cache_file(glossary, target_lang) if cached and glossary.digest else None
    if path is not None:
        try:
            return restore(glossary, target_lang, path.read_bytes())
        except (OSError, ValueError):
            pass
    index = build_index(glossary, target_lang)
    if path is None:
        return index
    content = index.dump()
    write_cache(path, content)
    for kept in (english.forms, slavic.forms):  # of every word of the glossary, tens of megabytes
        kept.cache_clear()
    return restore(glossary, target_lang, content)


def _cache_file(glossary: Glossary, target_lang: str) -> Path | None:
    try:
        parts = (glossary.digest, target_lang, versions(target_lang), _signature())
        key = hashlib.sha256("\0".join(parts).encode()).hexdigest()
        return user_folder("cache") / f"terms-{target_lang}-{key[:32]}.txt"
    except (ConfigError, OSError):
        return None


@cache
def _signature() -> str:
    """What an index depends on besides glossary and dictionaries: the code and the tables that build it."""
    digest = hashlib.sha256()
    tables = (data.FOLDER / name for name in ("english_irregular.csv", "slavic_endings.csv"))
    modules = (Path(module.__file__ or "") for module in (normalise, word_rules, english, slavic, matcher, index_rules))
    for path in (*modules, *tables, Path(__file__)):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def write_cache(path: Path, content: str | bytes) -> None:
    """Write all or nothing, and sweep away the caches of earlier contents beyond the eight newest; silent on failure.

    Caches of a kind begin with the same word and a hyphen and end alike.
    """
    kind = path.name.partition("-")[0]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{kind}-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content.encode("utf-8") if isinstance(content, str) else content)
            os.replace(name, path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        stale = sorted(path.parent.glob(f"{kind}-*.txt"), key=lambda p: p.stat().st_mtime, reverse=True)[8:]
        for old in stale:
            old.unlink(missing_ok=True)
    except OSError:
        return
