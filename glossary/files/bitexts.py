"""Texts that are already aligned: TMX and two-column TSV. Every unit becomes a pinned bead."""

import csv
import io
from pathlib import Path

from glossary.alignment.beads import Pin
from glossary.errors import InputError
from glossary.files.documents import read_text
from glossary.text.drafted import DRAFT, ORIGIN, STATE, mark
from glossary.text.spans import Span

SUFFIXES = (".tmx", ".tsv")
LIMIT = 50_000_000  # bytes
Units = list[tuple[str, str]]


def read_units(path: Path) -> tuple[Units, str | None, str | None]:
    """The units of an aligned file, and the languages it declares (None if it declares none).

    Raises InputError with the line of what is wrong.
    """
    units, source_lang, target_lang = _tmx(path) if path.suffix == ".tmx" else (_tsv(path), None, None)
    if not any(source.strip() for source, _ in units) or not any(target.strip() for _, target in units):
        raise InputError("no unit with text on both sides", str(path), "give an aligned file: source and target")
    return units, source_lang, target_lang


def _tmx(path: Path) -> tuple[Units, str | None, str | None]:
    text = read_text(path, limit=LIMIT).text
    for declaration in ("<!ENTITY", 'SYSTEM "file', "SYSTEM 'file"):
        if declaration in text[:100_000]:
            raise InputError("the TMX file declares entities", str(path), "remove the declaration; it is not followed")
    from lxml.etree import XMLSyntaxError
    from translate.storage.tmx import tmxfile

    try:
        store = tmxfile.parsestring(text.encode("utf-8", "surrogatepass"))
    except (XMLSyntaxError, ValueError) as error:
        place = getattr(error, "position", (1, 1))
        where = f"{path}:{place[0]}:{place[1]}"
        raise InputError(f"not valid XML: {error}", where, "export the TMX again") from None
    units, langs = Units(), list[str | None]([None, None])
    for unit in store.units:
        nodes = unit.getlanguageNodes()
        if len(nodes) < 2:
            continue
        sides = [str(unit.getNodeText(node) or "") for node in nodes[:2]]
        for number, node in enumerate(nodes[:2]):
            lang = node.get("{http://www.w3.org/XML/1998/namespace}lang") or node.get("lang") or ""
            langs[number] = langs[number] or lang.lower().split("-")[0] or None
        properties = {one.get("type"): one.text or "" for one in unit.xmlelement.iterchildren("{*}prop")}
        if properties.get(STATE) == DRAFT:
            target = 0 if langs[1] == "en" else 1
            sides[target] = f"{mark(properties.get(ORIGIN, 'unknown'))} {sides[target]}"
        units.append((sides[0], sides[1]))
    if langs[1] == "en":  # written from the target's side
        return [(target, source) for source, target in units], langs[1], langs[0]
    return units, langs[0], langs[1]


def _tsv(path: Path) -> Units:
    text = read_text(path, limit=LIMIT).text
    units = Units()
    for number, cells in enumerate(
        csv.reader(io.StringIO(text, newline=""), delimiter="\t", quoting=csv.QUOTE_NONE), 1
    ):
        if not any(cells) or (number == 1 and [cell.strip().lower() for cell in cells[:2]] == ["source", "target"]):
            continue
        if len(cells) < 2:
            raise InputError("one column", f"{path}:{number}", "write source, a tab, target in every line")
        units.append((cells[0], cells[1]))
    return units


def joined(units: Units) -> tuple[str, str, tuple[Pin, ...]]:
    """Both texts, one unit a line, and the pins that hold the units together."""
    sides: tuple[list[str], list[str]] = ([], [])
    pins = []
    places = [0, 0]
    for unit in units:
        spans: list[tuple[Span, ...]] = []
        for number, text in enumerate(unit):
            line = " ".join(text.split())
            spans.append((Span(places[number], places[number] + len(line)),) if line else ())
            sides[number].append(line)
            places[number] += len(line) + 1
        if spans[0] or spans[1]:
            pins.append(Pin(spans[0], spans[1]))
    return "\n".join(sides[0]), "\n".join(sides[1]), tuple(pins)
