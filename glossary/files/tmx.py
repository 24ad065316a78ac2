"""The units of a TMX file for two languages, read as a stream: a hundred thousand of them in seconds.

Text inside of inline elements that stand for codes (bpt, ept, ph, it, ut) is no text of the sentence; highlighted text
(hi) is. Units of a draft that nobody has confirmed are passed over.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from glossary.errors import InputError
from glossary.text.drafted import DRAFT, STATE

LIMIT = 2_000_000_000  # bytes
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_CODES = ("bpt", "ept", "ph", "it", "ut")


def units(path: Path, source_lang: str, target_lang: str) -> Iterator[tuple[str, str]]:
    """Source and target of every unit that has both languages, white space tidied.

    `en` finds `en-GB` too. Raises InputError with the line of what is wrong.
    """
    from lxml import etree

    where = str(path)
    try:
        if path.stat().st_size > LIMIT:
            raise InputError(f"longer than {LIMIT // 1_000_000} MB", where, "split the file")
        # Neither entities nor a DTD are followed, and nothing is fetched.
        walk = etree.iterparse(
            where, events=("end",), tag=("{*}tu", "{*}body"), resolve_entities=False, load_dtd=False, no_network=True
        )
        met = False
        for _, element in walk:
            met = True
            if etree.QName(element).localname == "body":
                continue
            found = _sides(element)
            if source_lang in found and target_lang in found and not _draft(element):
                yield found[source_lang], found[target_lang]
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
        if not met:
            raise InputError("no TMX file: it has no body", where, "export the TMX again")
    except etree.XMLSyntaxError as error:
        line, column = error.position
        raise InputError(f"not valid XML: {error.msg}", f"{where}:{line}:{column}", "export the TMX again") from None
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", where, "check the path") from None


def _sides(element: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for variant in element.iterchildren("{*}tuv"):
        lang = (variant.get(_LANG) or variant.get("lang") or "").lower().replace("_", "-").split("-")[0]
        segment = next(variant.iterchildren("{*}seg"), None)
        text = " ".join("".join(_texts(segment)).split()) if segment is not None else ""
        if text:
            found.setdefault(lang, text)
    return found


def _texts(element: Any) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        named = isinstance(child.tag, str)  # neither a comment nor an entity
        if named and child.tag.rpartition("}")[2] not in _CODES:
            yield from _texts(child)
        yield child.tail or ""


def _draft(element: Any) -> bool:
    return any(one.get("type") == STATE and one.text == DRAFT for one in element.iterchildren("{*}prop"))
