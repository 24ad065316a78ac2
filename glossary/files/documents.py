"""Reading text files: bytes → text exactly as written, with its encoding, byte-order mark and line ends.

Word files and saved web pages are read as the text that is in them. The order of trust for all others: byte-order
mark, the encoding the caller names, strict UTF-8, and only then a guess among the encodings Cyrillic text has been
saved in. A guess is reported as one; nothing is ever replaced silently.
"""

import codecs
import difflib
import errno
import json
import math
import os
import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import BinaryIO

from glossary.errors import InputError
from glossary.files import pages, word_files
from glossary.text import segment
from glossary.text.spans import Document

LIMIT = 5_000_000  # bytes
WORD_LIMIT = 50_000_000  # bytes, pictures among them
SAMPLE = 65_536  # bytes that a guess looks at

_MARKS = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Where two decode a file to the same text, the first is reported.
_LEGACY = ("cp1251", "koi8-r", "koi8-u", "iso8859-5", "cp866", "cp1125", "mac-cyrillic", "cp1252")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")
_NEWLINE = re.compile("\r\n|\r|\n")
_PAIR = re.compile("(?=([А-яЁёІіЇїЄєҐґ]{2}))")
_ODD = re.compile("[^\x00-\x7fА-яЁёІіЇїЄєҐґ«»„“”‘’–—…№§°€\xa0·±•©®™]")
_BROKEN = re.compile(  # a capital inside a word, a mark that stands where a letter should
    "[а-яёіїєґ](?=[А-ЯЁІЇЄҐ])|(?<![А-яЁёІіЇїЄєҐґ])[—–’”»…№°\xa0](?=[а-яёіїєґ])|(?<=[а-яёіїєґ])[№§€“„«](?=[а-яёіїєґ])"
)
_AS_UTF8 = "save the file as UTF-8 and try again"


@dataclass(frozen=True, slots=True)
class TextFile:
    """A text as decoded, and what saving needs to write the same bytes again.

    `bom` is the byte-order mark, which is not part of `text`; `newlines` the kinds of line ends in order of first
    appearance; `guessed` says that `encoding` was found by the look of the letters. `kind` is text, word or page;
    `content` are the bytes of a Word file.
    """

    text: str
    encoding: str
    guessed: bool = False
    bom: bytes = b""
    newlines: tuple[str, ...] = ()
    kind: str = "text"
    content: bytes = b""

    def with_text(self, text: str, name: str = "") -> bytes:
        """The bytes of the file with another text, in its own format and layout.

        Raises InputError if the format cannot hold the text, or is one that is only read.
        """
        if self.kind == "word":
            return word_files.with_text(self.content, text, name)
        if self.kind == "page":
            raise InputError("web pages are read, never written", name, "save the text as a .txt file of its own")
        try:
            return self.bom + text.encode(self.encoding)
        except UnicodeEncodeError as error:
            raise InputError(
                f"{error.object[error.start]!r} cannot be written in {self.encoding}",
                name,
                "take the character out, or convert the file to UTF-8 and open it again",
            ) from None


def read(path: str | Path, lang: str | None = None, encoding: str | None = None, limit: int = LIMIT) -> Document:
    """Read a text file and cut it into sentences; raises what `read_text` raises."""
    return segment.document(read_text(path, encoding, limit).text, lang, str(path))


def read_text(path: str | Path, encoding: str | None = None, limit: int = LIMIT) -> TextFile:
    """Read and decode the text file at `path`.

    Raises InputError if there is no such file, if it is not a regular file or cannot be opened, is longer than `limit`
    bytes, holds no text, or cannot be decoded.
    """
    name = str(path)
    if name.lower().endswith(word_files.SUFFIX):
        limit = max(limit, WORD_LIMIT)
    try:
        status = os.stat(path)
        if stat.S_ISDIR(status.st_mode):
            raise InputError("this is a directory, not a text file", name, "name a file in it")
        if not stat.S_ISREG(status.st_mode):
            raise InputError("this is not a regular file", name, "to read from a pipe, give - as the file name")
        if status.st_size > limit:
            raise _too_long(name, limit)
        with open(path, "rb") as file:
            content = file.read(limit + 1)
    except FileNotFoundError:
        raise InputError("there is no such file", name, _nearest(Path(path))) from None
    except (OSError, ValueError) as error:
        raise _unreadable(error, name) from None
    return decode(content, name, encoding, limit)


def read_stream(
    stream: BinaryIO, name: str = "standard input", encoding: str | None = None, limit: int = LIMIT
) -> TextFile:
    """Read and decode a binary stream such as `sys.stdin.buffer` to its end; raises what `read_text` raises."""
    try:
        content = stream.read(limit + 1)
    except (OSError, ValueError) as error:
        raise _unreadable(error, name) from None
    return decode(content, name, encoding, limit)


def decode(content: bytes, name: str = "", encoding: str | None = None, limit: int = LIMIT) -> TextFile:
    """Decode `content`; `name` says in errors where it came from, its ending what it is. Raises InputError."""
    if len(content) > limit:
        raise _too_long(name, limit)
    if name.lower().endswith((word_files.SUFFIX, *pages.SUFFIXES)):
        return _formatted(content, name)
    bom, marked = next(((mark, kind) for mark, kind in _MARKS if content.startswith(mark)), (b"", ""))
    body = content[len(bom) :]
    guessed = False
    if marked:
        found = marked
    elif encoding:
        found = _known(encoding, name)
    elif wide := _wide(body):
        found, guessed = wide, True
    else:
        if _binary(body):
            raise InputError("this is a binary file, not text", name, "save it as plain text (UTF-8) and try again")
        found, guessed = _narrow(body, name)
    try:
        text = body.decode(found)
    except UnicodeDecodeError as error:
        raise InputError(f"byte {len(bom) + error.start} cannot be read as {found}", name, _AS_UTF8) from None
    if not text.strip():
        raise InputError("the file is empty", name, "give a file with text in it")
    return TextFile(text, found, guessed, bom, tuple(dict.fromkeys(_NEWLINE.findall(text))))


def _formatted(content: bytes, name: str) -> TextFile:
    """The text in a Word file or a web page."""
    if name.lower().endswith(word_files.SUFFIX):
        found = TextFile(word_files.word_text(content, name), "utf-8", kind="word", content=content)
    else:
        found = TextFile(pages.page_text(content, name), "utf-8", kind="page")
    if not found.text.strip():
        raise InputError("the file is empty", name, "give a file with text in it")
    return found


def encodings_of(sample: bytes, name: str = "") -> tuple[str, ...]:
    """The encodings to try, one after the other, on the lines of a file that begins with `sample`.

    One of two or four bytes a letter stands alone. Raises InputError if it is no text or in no known encoding.
    """
    marked = next((kind for mark, kind in _MARKS if sample.startswith(mark)), "")
    wide = marked if marked != "utf-8" else ""
    if wide := wide or ("" if marked else _wide(sample[: len(sample) & ~1])):
        return (wide,)
    if _binary(sample):
        raise InputError("this is a binary file, not text", name, "save it as plain text (UTF-8) and try again")
    whole = sample[: sample.rfind(b"\n") + 1] or sample
    if whole.isascii() or _mostly_utf8(whole):
        return ("utf-8",)
    return ("utf-8", _narrow(whole, name)[0])


def _mostly_utf8(sample: bytes) -> bool:
    """Whether letters outside ASCII are UTF-8 but for a few damaged bytes."""
    tolerant = sample.decode("utf-8", "replace")
    return sum(1 for letter in tolerant if letter > "\x7f" and letter != "\ufffd") > 4 * tolerant.count("\ufffd")


def _too_long(name: str, limit: int) -> InputError:
    return InputError(
        f"the text is longer than {limit / 1_000_000:g} MB", name, "split it into articles and check them one by one"
    )


def _unreadable(error: OSError | ValueError, name: str) -> InputError:
    if isinstance(error, PermissionError):
        return InputError("you may not read this file", name, "change its permissions, or copy it")
    if isinstance(error, OSError) and error.errno == errno.ELOOP:
        return InputError("this link leads in a circle", name, "name the file itself")
    reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return InputError(f"this cannot be read: {reason}", name, "check the name and the disk")


def _nearest(path: Path) -> str:
    """What to do about a missing file: a file beside it with a similar name, if there is one."""
    folder = path.parent
    if not folder.is_dir():
        return f"there is no directory {folder} either; check the path"
    try:
        names = sorted(os.listdir(folder))[:5_000]
    except OSError:
        names = []
    near = difflib.get_close_matches(path.name, names, n=1, cutoff=0.7)
    return f"did you mean {folder / near[0]}?" if near else "check the name"


def _known(encoding: str, name: str) -> str:
    """The codec of `encoding`; raises InputError if there is none for text."""
    try:
        "".encode(encoding)
        return codecs.lookup(encoding).name
    except (LookupError, ValueError, TypeError):
        near = difflib.get_close_matches(encoding.casefold(), ("utf-8", "utf-16", *_LEGACY), n=1)
        advice = f"did you mean {near[0]}?" if near else "use utf-8, cp1251, koi8-u or another name Python knows"
        raise InputError(f"there is no encoding {encoding!r}", name, advice) from None


def _wide(body: bytes) -> str:
    """UTF-16 without a byte-order mark, told by high bytes that are nearly all 0 or 4; empty if it is not that."""
    sample = body[: SAMPLE & ~1]
    if len(body) % 2 or len(sample) < 8:
        return ""
    for kind, high, low in (("utf-16-le", sample[1::2], sample[::2]), ("utf-16-be", sample[::2], sample[1::2])):
        if high.count(0) + high.count(4) >= 0.7 * len(high) and low.count(0) <= 0.05 * len(low):
            return kind
    return ""


def _binary(body: bytes) -> bool:
    """Whether control characters are so many that this is no text: a single NUL or escape character may happen."""
    controls = len(_CONTROL.findall(body))
    return controls > 0.1 * len(body) or (controls > 8 and controls > 0.01 * len(body))


def _narrow(body: bytes, name: str) -> tuple[str, bool]:
    """The encoding of text that is not UTF-16, and whether it is a guess; raises InputError if there is none."""
    try:
        body.decode("utf-8")
    except UnicodeDecodeError as error:
        broken = error.start
    else:
        return "utf-8", False
    if _mostly_utf8(body[:SAMPLE]):
        raise InputError(f"byte {broken} is damaged: the text is UTF-8 elsewhere", name, _AS_UTF8)
    scored = [(score, -order, kind) for order, kind in enumerate(_LEGACY) if (score := _score(body, kind)) is not None]
    best = max(scored, default=None)
    if best is None or best[0] < -0.5:
        raise InputError(f"the encoding is unknown: byte {broken} is not UTF-8", name, _AS_UTF8)
    return best[2], True


def _score(body: bytes, encoding: str) -> float | None:
    """How much `body`, read in `encoding`, looks like Russian, Ukrainian or Western text; None if it cannot be read.

    The mean, over the letters outside ASCII, of the log ratio of their bigrams against chance, less a fine for
    characters that no newspaper prints and for capitals inside words. Above 0 is text.
    """
    try:
        text = body.decode(encoding)[:SAMPLE]
    except UnicodeDecodeError:
        return None
    strange = sum(1 for letter in text if letter > "\x7f")
    if encoding == "cp1252":
        inside = len(re.findall("[A-Za-z][À-ÖØ-öø-ÿ]|[À-ÖØ-öø-ÿ][a-z]|[‘’“”–—…]", text))
        return 2.0 * inside / max(1, strange) - 1.0
    table = _bigrams()
    pairs = [pair.casefold() for pair in _PAIR.findall(text)]
    fine = 8.0 * len(_ODD.findall(text)) + 6.0 * len(_BROKEN.findall(text))
    if not pairs:
        return 0.5 - fine / max(1, strange) if strange and _ODD.search(text) is None else None
    rare = 6.0 if encoding == "mac-cyrillic" else 0.0
    return (sum(table.get(pair, -6.0) for pair in pairs) - fine - rare) / len(pairs)


@cache
def _bigrams() -> Mapping[str, float]:
    """Log ratio of each Cyrillic bigram, the better of Russian and Ukrainian, against letters drawn evenly.

    Counted from the language profiles that langdetect ships (Wikipedia abstracts, Apache-2.0).
    """
    import langdetect

    even = 1 / 33**2
    ratios: dict[str, float] = {}
    for lang in ("ru", "uk"):
        path = Path(langdetect.__file__).parent / "profiles" / lang
        counts: dict[str, int] = {}
        for gram, count in json.loads(path.read_text(encoding="utf-8"))["freq"].items():
            if len(gram) == 2 and _PAIR.match(gram):
                pair = gram.casefold()
                counts[pair] = counts.get(pair, 0) + count
        total = sum(counts.values())
        for pair, count in counts.items():
            ratio = max(-6.0, math.log(count / total / even))
            ratios[pair] = max(ratio, ratios.get(pair, -6.0))
    return ratios
