"""Glossaries of other tools read as rows of our own table: TBX v2 and v3, UTX, Weblate, OmegaT, memoQ.

`rows` tells the format by the content, not the name. Raises GlossaryError with file and line.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from typing import Any

from glossary.errors import GlossaryError

Row = dict[str, str]
_STATUSES = {"approved": "preferred", "provisional": "admitted", "non-standard": "admitted", "forbidden": "forbidden"}
_MEMOQ_LANGS = {"english": "en", "russian": "ru", "ukrainian": "uk"}
_SLUG = re.compile(r"[^a-z0-9]+")


def foreign(head: str) -> str | None:
    """The format of a table of another tool, judged by its beginning; None for our own and plain tables."""
    first = head.lstrip("\ufeff \n\r\t")
    if first.startswith("<"):
        return "tbx"
    if first.startswith("#UTX"):
        return "utx"
    header = first.split("\n", 1)[0].strip().casefold()
    if header.startswith("entry_id"):
        return "memoq"
    if header.startswith("source,target,context"):
        return "weblate"
    if header.count("\t") == 2 and not {"en", "source", "term", "english"} & set(header.split("\t")):
        return "omegat"  # source, target, comment, and no line that names them
    return None


def rows(text: str, origin: str, target_lang: str) -> list[Row]:
    """The rows of a foreign glossary. `target_lang` is ru or uk, for formats that do not name the language."""
    kind = foreign(text[:2000])
    readers = {"tbx": _tbx, "utx": _utx, "weblate": _weblate, "memoq": _memoq, "omegat": _omegat}
    if kind is None:
        raise GlossaryError("not a glossary of another tool", origin, "use it as it is: `--glossary FILE`")
    found = list(readers[kind](text.lstrip("\ufeff"), origin, target_lang))
    if not found:
        raise GlossaryError("no term in the glossary", origin, "check that it was exported with its terms")
    return found


class _Entry:
    """A concept being put together from rows of terms."""

    def __init__(self, name: str, english: str) -> None:
        self.row: Row = {"id": name, "en": english}

    def add(self, column: str, item: str) -> None:
        """Put one more item into a list cell."""
        if item and item not in self.row.get(column, "").split(";"):
            self.row[column] = f"{self.row[column]};{item}" if self.row.get(column) else item

    def render(self, lang: str, status: str, text: str, reason: str = "") -> None:
        """Add a rendering; the first accepted one is the preferred."""
        item = text.replace(";", ",").strip()
        if status == "forbidden":
            self.add(f"{lang}_forbidden", f"{item} {{{reason.replace(';', ',')}}}" if reason else item)
        elif lang not in self.row and status != "other":
            self.row[lang] = item
        elif item != self.row.get(lang):
            self.add(f"{lang}_admitted", item)


def _slug(english: str) -> str:
    return _SLUG.sub("-", english.casefold()).strip("-") or "term"


def _grouped(items: Iterator[tuple[str, str, str, str, str, str]]) -> list[Row]:
    """Rows (id, English, language, status, text, reason) put together by id or else by English term."""
    entries: dict[str, _Entry] = {}
    for name, english, lang, status, text, reason in items:
        entry = entries.setdefault(name or _slug(english), _Entry(name or _slug(english), english))
        if english != entry.row["en"]:
            entry.add("en_variants", english)
        entry.render(lang, status, text, reason)
    return [entry.row for entry in entries.values()]


def _cells(text: str, delimiter: str) -> Iterable[list[str]]:
    if delimiter == "\t":
        return (line.split("\t") for line in text.splitlines() if line.strip())
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def _weblate(text: str, origin: str, lang: str) -> list[Row]:
    found = csv.DictReader(io.StringIO(text, newline=""))

    def items() -> Iterator[tuple[str, str, str, str, str, str]]:
        for cells in found:
            banned = "forbidden" in (cells.get("translator_comments") or "")
            reason = (cells.get("developer_comments") or "") if banned else ""
            status = "forbidden" if banned else "preferred"
            yield cells.get("context") or "", cells["source"], lang, status, cells["target"], reason

    return _grouped(items())


def _omegat(text: str, origin: str, lang: str) -> list[Row]:
    def items() -> Iterator[tuple[str, str, str, str, str, str]]:
        for cells in _cells(text, "\t"):
            if len(cells) >= 2 and not cells[0].startswith("#"):
                yield "", cells[0], lang, "preferred", cells[1], ""

    return _grouped(items())


def _utx(text: str, origin: str, lang: str) -> list[Row]:
    named = re.search(r"^#UTX[^\n]*\ben[\w-]*/(ru|uk)", text)
    columns = next((line[1:].split("\t") for line in text.splitlines() if line.startswith("#src")), None)
    if columns is None:
        raise GlossaryError("the UTX file does not name its columns", f"{origin}:2", "write a line that begins #src")

    def items() -> Iterator[tuple[str, str, str, str, str, str]]:
        for cells in _cells(text, "\t"):
            if cells and not cells[0].startswith("#"):
                row = dict(zip(columns, cells, strict=False))
                status = _STATUSES.get(row.get("term status", ""), "preferred")
                yield row.get("concept ID", ""), row["src"], named[1] if named else lang, status, row["tgt"], ""

    return _grouped(items())


def _memoq(text: str, origin: str, lang: str) -> list[Row]:
    found = iter(_cells(text, ";" if text.startswith("Entry_ID;") else ","))
    header = [name.strip().casefold() for name in next(found)]
    result = []
    for cells in found:
        row = dict(zip(header, cells, strict=False))
        places = [n for n, name in enumerate(header) if name in _MEMOQ_LANGS and n < len(cells) and cells[n]]
        english = [cells[n] for n in places if _MEMOQ_LANGS[header[n]] == "en"]
        if not english:
            continue
        entry = _Entry(row.get("entry_id") or _slug(english[0]), english[0])
        for variant in english[1:]:
            entry.add("en_variants", variant)
        for n in places:
            side = _MEMOQ_LANGS[header[n]]
            info = cells[n + 1] if n + 1 < len(cells) else ""
            if side != "en":
                banned = "Forbidden" in info.split(";")
                entry.render(side, "forbidden" if banned else "preferred", cells[n])
        for column, name in (("subject", "entry_subject"), ("definition", "english_def"), ("note", "entry_note")):
            if row.get(name):
                entry.row[column] = row[name]
        result.append(entry.row)
    return result


def _tbx(text: str, origin: str, lang: str) -> list[Row]:
    if "<!ENTITY" in text[:100_000]:
        raise GlossaryError("the TBX file declares entities", origin, "remove the declaration; it is not followed")
    from lxml import etree

    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        root = etree.fromstring(text.encode("utf-8", "surrogatepass"), parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        raise GlossaryError(f"not valid XML: {error.msg}", f"{origin}:{line}:{column}", "export it again") from None
    return [row for entry in root.iter("{*}conceptEntry", "{*}termEntry") if (row := _tbx_entry(entry)) is not None]


def _tbx_entry(entry: Any) -> Row | None:
    sections = {_lang(node): node for node in entry.iter("{*}langSec", "{*}langSet")}
    if "en" not in sections:
        return None
    english = [term for term, _, _ in _tbx_terms(sections["en"])]
    if not english:
        return None
    found = _Entry(entry.get("id") or _slug(english[0]), english[0])
    for variant in english[1:]:
        found.add("en_variants", variant)
    for side in ("ru", "uk"):
        if side in sections:
            for term, status, reason in sorted(_tbx_terms(sections[side]), key=lambda t: t[1] != "preferred"):
                found.render(side, status, term, reason)
    for node in entry.iterchildren("{*}descrip"):
        name = {"subjectField": "subject", "definition": "definition"}.get(node.get("type"))
        if name and node.text:
            found.row[name] = node.text
    note = entry.find("{*}note")
    if note is not None and note.text:
        found.row["note"] = note.text
    pos = next((n.text for n in entry.iter("{*}termNote") if n.get("type") == "partOfSpeech" and n.text), "")
    source = next((n.text for n in entry.iter("{*}admin") if n.get("type") == "source" and n.text), "")
    found.row.update({name: text for name, text in (("pos", pos), ("source", source)) if text})
    return found.row


def _lang(node: Any) -> str:
    lang: str = node.get("{http://www.w3.org/XML/1998/namespace}lang") or node.get("lang") or ""
    return lang.casefold().split("-")[0]


def _tbx_terms(section: Any) -> list[tuple[str, str, str]]:
    """Terms of a language with status and reason."""
    found = []
    for node in section.iter("{*}termSec", "{*}tig", "{*}ntig"):
        term = next(node.iter("{*}term"), None)
        if term is None or not term.text:
            continue
        status = next((n.text or "" for n in node.iter("{*}termNote") if n.get("type") == "administrativeStatus"), "")
        kind = "forbidden" if status.startswith(("deprecated", "superseded")) else "admitted"
        note = node.find("{*}note")
        reason = (note.text or "") if note is not None else ""
        found.append((term.text, "preferred" if status.startswith("preferred") else kind, reason))
    return found


def own_table(text: str, origin: str, target_lang: str) -> str:
    """A foreign glossary as the text of a table of our own. Without `target_lang` the letters of its terms decide."""
    if not target_lang:
        russian = sum(text.count(letter) for letter in "ыэъё")
        target_lang = "ru" if russian > sum(text.count(letter) for letter in "іїєґ") else "uk"
    found = rows(text, origin, target_lang)
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(dict.fromkeys(name for one in found for name in one)), lineterminator="\n")
    writer.writeheader()
    writer.writerows(found)
    return out.getvalue()
