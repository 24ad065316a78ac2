"""Word files (.docx): their paragraphs as text, and a changed text put back with all else as it was.

Read and written as what they are, a zip of XML parts (ECMA-376): only `word/document.xml` is touched, every other part
stays byte for byte. Insertions under review count as text, deletions do not; footnotes, headers and text boxes are not
read.
"""

import difflib
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from glossary.errors import InputError

if TYPE_CHECKING:
    from lxml.etree import _Element

SUFFIX = ".docx"
PART = "word/document.xml"
BETWEEN = "\n\n"  # paragraphs in the text
MEMBERS, MEMBER_BYTES, TOTAL_BYTES, RATIO = 5_000, 64_000_000, 256_000_000, 150

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BREAKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "\N{NON-BREAKING HYPHEN}"}
_AGAIN = "open it in Word and save it again"
_OLD = b"\xd0\xcf\x11\xe0"  # an OLE container: Word before 2007, or any version with a password


def word_text(content: bytes, name: str) -> str:
    """The text of a Word file: paragraphs that hold something, `BETWEEN` them. Raises InputError naming `name`."""
    return BETWEEN.join(text for paragraph in _paragraphs(_document(content, name)) if (text := _text(paragraph)))


def with_text(content: bytes, text: str, name: str) -> bytes:
    """The Word file with `text` in the place of its own, changed words in the formatting of those they replace.

    New paragraphs look like the one before them. Raises InputError if the file cannot be read or `text` cannot stand
    in XML.
    """
    from lxml import etree

    root = _document(content, name)
    paragraphs = [paragraph for paragraph in _paragraphs(root) if _text(paragraph)]
    before = [_text(paragraph) for paragraph in paragraphs]
    after = [piece for piece in text.split(BETWEEN) if piece]
    steps = difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    try:
        for _, start, end, first, last in steps:
            _replace(paragraphs, start, end, after[first:last])
    except ValueError as error:
        raise InputError(f"this text cannot stand in a Word file: {error}", name, "take the character out") from None
    return _with_part(content, etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _document(content: bytes, name: str) -> "_Element":
    from lxml import etree

    if content.startswith(_OLD):
        raise InputError(
            "this is a Word file of the old kind, or one with a password", name, "save it as .docx without a password"
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _weighed(archive, len(content), name)
            part = archive.read(PART)
    except KeyError:
        raise InputError("this is a zip file, but no Word document", name, _AGAIN) from None
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise InputError(f"the Word file is damaged: {error}", name, _AGAIN) from None
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
        raise InputError("the Word file declares entities, which Word never writes", name, "save it from Word itself")
    try:
        return etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    except etree.XMLSyntaxError as error:
        raise InputError(f"the Word file is damaged: {error}", name, _AGAIN) from None


def _weighed(archive: zipfile.ZipFile, size: int, name: str) -> None:
    """Raise InputError for a file that would unpack to more than any article needs."""
    members = archive.infolist()
    total = sum(member.file_size for member in members)
    largest = max((member.file_size for member in members), default=0)
    if (
        len(members) > MEMBERS
        or largest > MEMBER_BYTES
        or total > TOTAL_BYTES
        or (total > RATIO * size and total > 10_000_000)
    ):
        raise InputError(
            f"the Word file would unpack to {total / 1_000_000:.0f} MB in {len(members)} parts",
            name,
            "check its origin",
        )


def _paragraphs(root: "_Element") -> Iterator["_Element"]:
    """The paragraphs of the body and its tables in reading order, without text boxes."""
    for paragraph in root.iter(f"{_W}p"):
        if all(ancestor.tag != f"{_W}txbxContent" for ancestor in paragraph.iterancestors()):
            yield paragraph


def _pieces(paragraph: "_Element") -> Iterator[tuple["_Element", str]]:
    """The elements of a paragraph that show something, each with its text."""
    for element in paragraph.iter(f"{_W}t", *_BREAKS):
        if next(element.iterancestors(f"{_W}p")) is not paragraph or _page_break(element):
            continue
        if element.tag != f"{_W}tab" or element.getparent().tag == f"{_W}r":  # tab stops are properties
            yield element, (element.text or "") if element.tag == f"{_W}t" else _BREAKS[element.tag]


def _page_break(element: "_Element") -> bool:
    return element.tag == f"{_W}br" and element.get(f"{_W}type") in ("page", "column")


def _text(paragraph: "_Element") -> str:
    return re.sub("\n{2,}", "\n", "".join(text for _, text in _pieces(paragraph)).strip("\n"))


def _replace(paragraphs: list["_Element"], start: int, end: int, texts: list[str]) -> None:
    """Put `texts` in the place of the paragraphs from `start` to `end`."""
    from copy import deepcopy

    for paragraph, text in zip(paragraphs[start:end], texts, strict=False):
        _rewrite(paragraph, text)
    for paragraph in paragraphs[start + len(texts) : end]:
        parent = paragraph.getparent()
        if parent.tag == f"{_W}tc" and len(parent.findall(f"{_W}p")) == 1:
            _rewrite(paragraph, "")  # a cell holds at least one paragraph
        else:
            parent.remove(paragraph)
    model = paragraphs[max(0, end - 1)]
    for text in reversed(texts[end - start :]):
        new = deepcopy(model)
        _rewrite(new, text)
        if end:
            model.addnext(new)
        else:
            model.addprevious(new)
            model = new


def _rewrite(paragraph: "_Element", text: str) -> None:
    """Give a paragraph another text; only the elements that hold what differs are changed."""
    pieces = list(_pieces(paragraph))
    old = "".join(piece for _, piece in pieces)
    shorter = min(len(old), len(text))
    head = next((n for n in range(shorter) if old[n] != text[n]), shorter)
    tail = next((n for n in range(shorter - head) if old[-1 - n] != text[-1 - n]), shorter - head)
    middle, changed_end = text[head : len(text) - tail], len(old) - tail
    at, written = 0, False
    for element, piece in pieces:
        start, end = at, at + len(piece)
        at = end
        if end < head or start > changed_end or (start == end and pieces[-1][0] is not element):
            continue
        if element.tag != f"{_W}t":
            if start >= head and end <= changed_end and start < end:
                element.getparent().remove(element)
            continue
        kept_before, kept_after = piece[: max(0, head - start)], piece[max(0, min(len(piece), changed_end - start)) :]
        element.text = kept_before + ("" if written else middle) + kept_after
        element.set(_SPACE, "preserve")
        written = True
    if not written and middle:
        run = paragraph.makeelement(f"{_W}r", {}, None)
        holder = paragraph.makeelement(f"{_W}t", {_SPACE: "preserve"}, None)
        holder.text = middle
        run.append(holder)
        paragraph.append(run)


def _with_part(content: bytes, part: bytes) -> bytes:
    """The zip with another `PART`; every other member with its bytes, name, date and order."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(made, "w") as after:
        for member in before.infolist():
            data = part if member.filename == PART else before.read(member)
            after.writestr(member, data, compress_type=member.compress_type)
    return made.getvalue()
