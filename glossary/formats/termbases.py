"""A glossary in the formats of other tools. Each writer says what its format cannot hold.

| format | holds | leaves out |
|---|---|---|
| csv | everything (our own columns, contract §6) | nothing |
| tbx, tbx2 | terms, statuses, reasons, subject, definition, note, source, part of speech | other senses, collocations |
| utx | terms with status, part of speech, id | reasons, definitions, other senses, collocations |
| weblate | terms; forbidden ones flagged; definition | other senses, collocations, subject |
| omegat | terms accepted; bans and definition in the comment | other senses, collocations, subject, id |
| memoq | terms with "forbidden", subject, definition, note | reasons, other senses, collocations |

TBX with several terms per concept and language is written here on lxml (ISO 30042: v3 DCA, and v2 Basic as `tbx2`),
since translate-toolkit holds one term each.
"""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from glossary.terms.concepts import Concept, Glossary, Rendering

COLUMNS = (
    *("id", "subject", "pos", "en", "en_variants", "en_not", "en_with", "ambiguity"),
    *("ru", "ru_admitted", "ru_forbidden", "ru_other", "uk", "uk_admitted", "uk_forbidden", "uk_other"),
    *("severity", "policy", "broader", "definition", "note", "source", "checked"),
)
ADMINISTRATIVE = {
    "preferred": "preferredTerm-admn-sts",
    "admitted": "admittedTerm-admn-sts",
    "forbidden": "deprecatedTerm-admn-sts",
}
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def _cells(rows: Iterable[Sequence[str]]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def _tabbed(rows: Iterable[Sequence[str]]) -> str:
    """Tab-separated lines; white space inside a cell becomes a space."""
    return "".join("\t".join(" ".join(cell.split()) for cell in row) + "\n" for row in rows)


def marked(rendering: Rendering) -> str:
    """A rendering as a cell item of our own table: marks before, the reason behind."""
    marks = ("=" if rendering.fixed else "") + ("^" if rendering.cased else "")
    return f"{marks}{rendering.text}" + (f" {{{rendering.reason}}}" if rendering.reason else "")


def row(concept: Concept) -> dict[str, str]:
    """A concept as a row of glossary.csv."""
    cells = {
        "id": concept.id,
        "subject": concept.subject,
        "pos": concept.pos,
        "en": marked(concept.english[0]),
        "en_variants": ";".join(map(marked, concept.english[1:])),
        "en_not": ";".join(concept.english_not),
        "en_with": ";".join(concept.english_with),
        "ambiguity": str(concept.ambiguity),
        **{name: getattr(concept, name) for name in ("severity", "policy", "definition", "note", "source", "checked")},
        "broader": ";".join(concept.broader),
    }
    for lang in ("ru", "uk"):
        cells[lang] = ";".join(map(marked, concept.of(lang, "preferred")))
        for status in ("admitted", "forbidden", "other"):
            cells[f"{lang}_{status}"] = ";".join(map(marked, concept.of(lang, status)))
    return cells


def to_csv(glossary: Glossary, langs: Sequence[str]) -> str:
    """Our own table; `langs` leaves out the columns of other languages."""
    columns = [name for name in COLUMNS if name[:2] not in ("ru", "uk") or name[:2] in langs]
    rows = (row(concept) for concept in glossary)
    return _cells([columns, *([cells[name] for name in columns] for cells in rows)])


def to_weblate(glossary: Glossary, langs: Sequence[str]) -> str:
    """Weblate's glossary CSV: one row per term; a forbidden term carries the flag and its reason."""
    rows = [("source", "target", "context", "translator_comments", "developer_comments")]
    for concept in glossary:
        for rendering in _targets(concept, langs):
            flag = "forbidden" if rendering.status == "forbidden" else ""
            comment = rendering.reason or concept.definition
            rows.append((concept.en, rendering.text, concept.id, flag, comment))
    return _cells(rows)


def to_omegat(glossary: Glossary, langs: Sequence[str]) -> str:
    """OmegaT's tab-separated glossary: source, target, comment; forbidden renderings stand in the comment only."""
    rows = []
    for concept in glossary:
        bans = "; ".join(f"✗ {r.text} ({r.reason})" for r in _targets(concept, langs) if r.status == "forbidden")
        comment = ". ".join(part for part in (concept.definition, bans) if part)
        for english in concept.english:
            for rendering in _targets(concept, langs):
                if rendering.status != "forbidden":
                    rows.append((english.text, rendering.text, comment))
    return _tabbed(rows)


def to_utx(glossary: Glossary, langs: Sequence[str]) -> str:
    """UTX 1.20: one row per term, with its status."""
    statuses = {"preferred": "approved", "admitted": "provisional", "forbidden": "forbidden"}
    rows = []
    for concept in glossary:
        for rendering in _targets(concept, langs):
            rows.append((concept.en, rendering.text, concept.pos or "noun", statuses[rendering.status], concept.id))
    head = f"#UTX 1.20; en/{langs[0]}; copyright: GPL-3.0-or-later\n#src\ttgt\tsrc:pos\tterm status\tconcept ID\n"
    return head + _tabbed(rows)


def to_memoq(glossary: Glossary, langs: Sequence[str]) -> str:
    """memoQ's CSV: one row per concept, a column pair for each term (the term, its settings)."""
    names = {"en": "English", "ru": "Russian", "uk": "Ukrainian"}
    sides = ("en", *langs)
    terms = {
        concept.id: {lang: list(concept.english) if lang == "en" else _targets(concept, [lang]) for lang in sides}
        for concept in glossary
    }
    widths = {lang: max((len(one[lang]) for one in terms.values()), default=1) for lang in sides}
    head = ["Entry_ID", "Entry_Subject", "Entry_Note", "English_Def"]
    for lang in sides:
        head += [names[lang], "Term_Info"] * widths[lang]
    rows: list[Sequence[str]] = [head]
    for concept in glossary:
        cells = [concept.id, concept.subject, concept.note, concept.definition]
        for lang in sides:
            found = terms[concept.id][lang]
            for rendering in found:
                case = "CaseSense" if rendering.cased else "CaseInsense"
                match = "Exact" if rendering.fixed else "HalfPrefix"
                ban = "Forbidden" if rendering.status == "forbidden" else "Not forbidden"
                cells += [rendering.text, f"{case};{match};{ban}"]
            cells += ["", ""] * (widths[lang] - len(found))
        rows.append(cells)
    return _cells(rows)


def _targets(concept: Concept, langs: Sequence[str]) -> list[Rendering]:
    return [r for lang in langs for r in concept.of(lang, "preferred", "admitted", "forbidden")]


def to_tbx(glossary: Glossary, langs: Sequence[str]) -> str:
    """TBX v3, Basic dialect, DCA style (ISO 30042:2019)."""
    from lxml import etree

    root = etree.Element("tbx", {"type": "TBX-Basic", "style": "dca", XML_LANG: "en"}, nsmap={None: TBX3})
    header = etree.SubElement(etree.SubElement(root, "tbxHeader"), "fileDesc")
    source = etree.SubElement(header, "sourceDesc")
    etree.SubElement(source, "p").text = "Tolmach glossary"
    body = etree.SubElement(etree.SubElement(root, "text"), "body")
    for concept in glossary:
        _entry(body, concept, langs, ("conceptEntry", "langSec", "termSec"))
    return _document(root)


def to_tbx2(glossary: Glossary, langs: Sequence[str]) -> str:
    """TBX v2 Basic (ISO 30042:2008): martif, termEntry, langSet, tig."""
    from lxml import etree

    root = etree.Element("martif", {"type": "TBX-Basic", XML_LANG: "en"})
    description = etree.SubElement(etree.SubElement(root, "martifHeader"), "fileDesc")
    etree.SubElement(etree.SubElement(description, "sourceDesc"), "p").text = "Tolmach glossary"
    body = etree.SubElement(etree.SubElement(root, "text"), "body")
    for concept in glossary:
        _entry(body, concept, langs, ("termEntry", "langSet", "tig"))
    return _document(root)


TBX3 = "urn:iso:std:iso:30042:ed-2"


def _entry(body: Any, concept: Concept, langs: Sequence[str], names: tuple[str, str, str]) -> None:
    from lxml import etree

    entry = etree.SubElement(body, names[0], {"id": concept.id})
    for kind, text in (("subjectField", concept.subject), ("definition", concept.definition)):
        if text:
            etree.SubElement(entry, "descrip", {"type": kind}).text = text
    if concept.note:
        etree.SubElement(entry, "note").text = concept.note
    for lang in ("en", *langs):
        found = concept.english if lang == "en" else _targets(concept, [lang])
        if not found:
            continue
        section = etree.SubElement(entry, names[1], {XML_LANG: lang})
        for rendering in found:
            term = etree.SubElement(section, names[2])
            etree.SubElement(term, "term").text = rendering.text
            status = rendering.status if lang != "en" else "admitted" if section.index(term) else "preferred"
            etree.SubElement(term, "termNote", {"type": "administrativeStatus"}).text = ADMINISTRATIVE[status]
            if concept.pos:
                etree.SubElement(term, "termNote", {"type": "partOfSpeech"}).text = concept.pos
            if rendering.reason:
                etree.SubElement(term, "note").text = rendering.reason
            if concept.source:
                etree.SubElement(term, "admin", {"type": "source"}).text = concept.source


def _document(root: Any) -> str:
    from lxml import etree

    etree.indent(root)
    text: str = etree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


WRITERS: dict[str, Callable[[Glossary, Sequence[str]], str]] = {
    "csv": to_csv,
    "tbx": to_tbx,
    "tbx2": to_tbx2,
    "utx": to_utx,
    "weblate": to_weblate,
    "omegat": to_omegat,
    "memoq": to_memoq,
}
