"""Alignments as TMX 1.4b and XLIFF 1.2, written by translate-toolkit.

One unit per bead with both sides, in bead order; characters that XML cannot hold become U+FFFD. Units are written pair
by pair, so that a long run needs no memory; `begin` and `end` of the file are those of an empty store. No dates: the
same input gives the same bytes.
"""

import re
from typing import Any

from glossary.examination import Examined
from glossary.text.drafted import DRAFT, ORIGIN, STATE
from glossary.version import __version__

SURE = 0.8
_NAMESPACE = re.compile(' xmlns="[^"]*"')
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def tmx_begin() -> str:
    """Everything before the first unit."""
    return _tmx_frame()[0]


def tmx_end() -> str:
    """Everything after the last unit."""
    return _tmx_frame()[1]


def _tmx_frame() -> tuple[str, str]:
    from translate.storage.tmx import tmxfile

    store = tmxfile()
    store.setsourcelanguage("en")
    store.addtranslation("x", "en", "x", "ru")
    header = store.document.getroot()[0]
    header.set("creationtool", "Tolmach")
    header.set("creationtoolversion", __version__)
    text = bytes(store).decode("utf-8")
    return text[: text.index("<tu ")].rstrip() + "\n", text[text.index("</tu>") + 5 :].lstrip("\n")


def tmx_units(examined: Examined) -> str:
    """The units of one pair; drafts that nobody has confirmed say so in their properties."""
    from lxml import etree
    from translate.storage.tmx import tmxfile

    store = tmxfile()
    lines = []
    for number, ((source, target), origin) in enumerate(zip(_units(examined), _origins(examined), strict=True), 1):
        store.addtranslation(source, examined.source.lang, target, _target_lang(examined))
        unit = store.units[-1]
        unit.setid(f"{_legal(examined.pair.id)}#{number}")
        if origin is not None:
            for place, (kind, said) in enumerate(((STATE, DRAFT), (ORIGIN, _legal(origin)))):
                prop = etree.Element("prop", type=kind)
                prop.text = said
                unit.xmlelement.insert(place, prop)
        lines.append("    " + etree.tostring(unit.xmlelement, encoding="unicode").strip() + "\n")
    return "".join(lines)


def xliff_begin() -> str:
    """Everything before the first file element."""
    return _xliff_frame()[0]


def xliff_end() -> str:
    """Everything after the last file element."""
    return _xliff_frame()[1]


def _xliff_frame() -> tuple[str, str]:
    from translate.storage.xliff import xlifffile

    text = bytes(xlifffile()).decode("utf-8")
    # The toolkit reads both but writes the namespace of 1.1; what we use of it is the same in 1.2.
    head = text[: text.index("<file ")].rstrip().replace("document:1.1", "document:1.2")
    return re.sub(r"version=(['\"])1\.1\1", 'version="1.2"', head) + "\n", "</xliff>\n"


def xliff_file(examined: Examined) -> str:
    """The file element of one pair: translated units, those of doubtful beads and drafts marked as needing review."""
    from lxml import etree
    from translate.storage.xliff import xlifffile

    store: Any = xlifffile(sourcelanguage=examined.source.lang, targetlanguage=_target_lang(examined))
    units = zip(_units(examined), _scores(examined), _origins(examined), strict=True)
    for number, ((source, target), score, origin) in enumerate(units, 1):
        unit = store.addsourceunit(source, _legal(examined.source.name or examined.pair.id), createifmissing=True)
        unit.target = target
        unit.setid(str(number))
        sure = score >= SURE and origin is None
        unit.markapproved(sure)
        unit.get_target_dom().set("state", "translated" if sure else "needs-review-translation")
        if origin is not None:
            unit.addnote(f"draft: {_legal(origin)}", "tolmach")
    files = [node for node in store.document.getroot() if next(node.iter("{*}trans-unit"), None) is not None]
    for node in files:
        node.attrib.pop("date", None)
        node.set("target-language", _target_lang(examined))
    elements = (etree.tostring(node, encoding="unicode").strip() for node in files)
    return "".join(f"  {_NAMESPACE.sub('', element, count=1)}\n" for element in elements)


def _legal(text: str) -> str:
    return _ILLEGAL.sub("\ufffd", text)


def _target_lang(examined: Examined) -> str:
    return examined.target.lang if examined.target else ""


def _units(examined: Examined) -> list[tuple[str, str]]:
    alignment = examined.alignment
    if alignment is None:
        return []
    return [
        (
            _legal(" ".join(span.of(alignment.source.text) for span in alignment.source_spans(number))),
            _legal(" ".join(span.of(alignment.target.text) for span in alignment.target_spans(number))),
        )
        for number, bead in enumerate(alignment.beads)
        if bead.paired
    ]


def _scores(examined: Examined) -> list[float]:
    alignment = examined.alignment
    return [bead.score for bead in alignment.beads if bead.paired] if alignment else []


def _origins(examined: Examined) -> list[str | None]:
    """Where the draft of each unit is from; None for a unit that is no draft."""
    alignment = examined.alignment
    return [examined.drafts.get(n) for n, bead in enumerate(alignment.beads) if bead.paired] if alignment else []
