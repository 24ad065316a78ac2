"""One row of a person's own glossary file, added or replaced; every other byte of the file stays as it is."""

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from glossary.errors import GlossaryError
from glossary.files import termbases
from glossary.files.glossaries import COLUMN_NAMES, COLUMNS, parse_glossary

_BOM = "\ufeff"
# What is lost without harm when a file has no column for it: it changes nothing that is found.
_FOR_PEOPLE = frozenset(("id", "subject", "pos", "policy", "definition", "note", "source", "checked"))


def new_table() -> str:
    """An empty glossary: the header alone."""
    return ",".join(COLUMNS) + "\n"


def with_row(table: str, cells: Mapping[str, str], origin: str = "") -> str:
    """The text of a CSV or TSV glossary in which the row with the id (or else the English) of `cells` is theirs.

    A row that is not there is added at the end. Raises GlossaryError where the file is another tool's, or has no column
    for something in `cells` that matters to the check.

    >>> with_row("en,ru\\ntank,танк\\n", {"en": "tank", "ru": "боевая машина"})
    'en,ru\\ntank,боевая машина\\n'
    """
    if termbases.foreign(table[:2000]):
        raise GlossaryError("the glossary is another tool's", origin, "use a CSV file of your own, or change it there")
    bom, text = (_BOM, table[1:]) if table.startswith(_BOM) else ("", table)
    ends = "\r\n" if "\r\n" in text else "\n"
    lines = _records(text)
    if not lines:
        raise GlossaryError("the glossary is empty", origin, "it needs a header line")
    delimiter = "\t" if "\t" in lines[0] else ";" if ";" in lines[0] and "," not in lines[0] else ","
    columns = [name.strip().casefold() for name in _cells(lines[0], delimiter)]
    if "en" not in columns:
        columns = [COLUMN_NAMES.get(name, name) for name in columns]
    missing = [n for n, cell in cells.items() if cell not in ("", "0") and n not in columns and n not in _FOR_PEOPLE]
    if "en" not in columns or missing:
        what = f"the glossary has no column {', '.join(missing) or 'en'}"
        raise GlossaryError(what, origin, "add it to the header line, or leave that empty")
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=ends).writerow([cells.get(name, "") for name in columns])
    row = out.getvalue()
    at = _place(lines, columns, delimiter, cells)
    if at is None:
        if not lines[-1].endswith("\n"):
            lines[-1] += ends
        lines.append(row)
    else:
        lines[at] = row if lines[at].endswith("\n") else row.removesuffix(ends)
    return bom + "".join(lines)


def _records(text: str) -> list[str]:
    """The text cut into records: a line break inside quotation marks does not end one."""
    found: list[str] = []
    held = ""
    for line in text.splitlines(keepends=True) if "\r" not in text.replace("\r\n", "") else [text]:
        held += line
        if held.count('"') % 2 == 0:
            found.append(held)
            held = ""
    return [*found, held] if held else found


def _cells(record: str, delimiter: str) -> list[str]:
    return next(csv.reader(io.StringIO(record, newline=""), delimiter=delimiter), [])


def _place(lines: Sequence[str], columns: Sequence[str], delimiter: str, cells: Mapping[str, str]) -> int | None:
    """The record of the row to replace."""
    english = None
    for number, record in enumerate(lines[1:], 1):
        row = dict(zip(columns, _cells(record, delimiter), strict=False))
        if cells.get("id") and row.get("id", "").strip() == cells["id"]:
            return number
        same = row.get("en", "").strip().casefold() == cells.get("en", "").strip().casefold()
        if same and english is None and not row.get("id", "").strip():
            english = number
    return english


def save_row(path: Path, cells: Mapping[str, str]) -> None:
    """Put a row into a file, which is made if it is not there. Raises GlossaryError; then the file is as it was."""
    from glossary.files.whole import write_whole

    try:
        table = path.read_bytes().decode("utf-8") if path.exists() else new_table()
        changed = with_row(table, cells, str(path))
        parse_glossary(changed, str(path))
        with write_whole(path) as file:
            file.write(changed)
    except UnicodeDecodeError as error:
        raise GlossaryError("the glossary is not UTF-8", str(path), "save it as UTF-8") from error
    except OSError as error:
        raise GlossaryError(
            f"the glossary cannot be written: {error.strerror}", str(path), "free the way and save again"
        ) from error
