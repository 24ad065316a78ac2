"""Reading text files: every encoding Cyrillic text has been saved in, and every way a file can be no text."""

import codecs
import io
import os
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glossary.errors import InputError
from glossary.files.documents import decode, read, read_stream, read_text

RUSSIAN = (
    "Бригада отошла ночью\n\nКомандир сказал, что снарядов не хватало ещё с мая. «Мы держались девять дней», — "
    "рассказал он. Жители ушли пешком через лес; часть домов сгорела, связи нет. Щит и объект — «Юг».\n"
)
UKRAINIAN = (
    "Бригада відійшла вночі\n\nКомандир сказав, що снарядів бракувало ще з травня. «Ми трималися дев'ять днів», — "
    "розповів він. Жителі пішли пішки через ліс; частина будинків згоріла, зв'язку немає. Її щит — є.\n"
)


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "koi8-u", "iso8859-5", "cp866", "cp1125", "mac-cyrillic"])
def test_legacy_russian(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "old.txt"
    content = RUSSIAN.encode(encoding, "ignore")
    path.write_bytes(content)
    file = read_text(path)
    assert file.text == content.decode(encoding)
    assert file.guessed
    # Two encodings may hold the same text in the same bytes.
    assert file.encoding == encoding or content.decode(file.encoding) == content.decode(encoding)


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-u", "iso8859-5", "cp1125", "mac-cyrillic"])
def test_legacy_ukrainian(encoding: str) -> None:
    content = UKRAINIAN.encode(encoding, "ignore")
    file = decode(content)
    assert (file.encoding, file.guessed, file.text) == (encoding, True, content.decode(encoding))


def test_one_line_in_legacy_letters() -> None:
    line = "Харьков: ночью прогремели взрывы"
    for encoding in ("cp1251", "koi8-r", "cp866", "iso8859-5"):
        assert decode(line.encode(encoding)).text == line


def test_western_letters() -> None:
    text = "The café’s owner – Mr. Müller – said: “We stay.”"
    file = decode(text.encode("cp1252"))
    assert (file.text, file.guessed) == (text, True)


def test_utf8_is_not_a_guess(tmp_path: Path) -> None:
    path = tmp_path / "new.md"
    path.write_text(UKRAINIAN, encoding="utf-8")
    file = read_text(path)
    assert (file.text, file.encoding, file.guessed, file.bom, file.newlines) == (
        UKRAINIAN,
        "utf-8",
        False,
        b"",
        ("\n",),
    )


@pytest.mark.parametrize(
    ("bom", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
    ],
)
def test_the_byte_order_mark_is_remembered_not_read(bom: bytes, encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "marked.txt"
    path.write_bytes(bom + UKRAINIAN.encode(encoding))
    file = read_text(path)
    assert (file.text, file.encoding, file.bom, file.guessed) == (UKRAINIAN, encoding, bom, False)
    assert file.bom + file.text.encode(file.encoding) == path.read_bytes()


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [UKRAINIAN, "The brigade held the village for nine days.\n"])
def test_utf16_without_a_mark(encoding: str, text: str) -> None:
    file = decode(text.encode(encoding))
    assert (file.text, file.encoding, file.guessed) == (text, encoding, True)


def test_a_named_encoding_is_trusted() -> None:
    content = "Прибыл полк".encode("koi8-r")
    assert decode(content, encoding="KOI8-R").text == "Прибыл полк"
    assert not decode(content, encoding="koi8-r").guessed


def test_line_ends_stay() -> None:
    file = decode("Один.\r\nДва.\rТри.\nЧетыре.\r\n".encode())
    assert file.text == "Один.\r\nДва.\rТри.\nЧетыре.\r\n"
    assert file.newlines == ("\r\n", "\r", "\n")


def test_read_gives_a_document(tmp_path: Path) -> None:
    path = tmp_path / "a.uk.txt"
    path.write_bytes(b"\xef\xbb\xbf" + "Г. Київ мовчав.\r\nКомандир сказав, що це помилка.".encode())
    document = read(path)
    assert (document.lang, document.name) == ("uk", str(path))
    assert [document.sentence(n) for n in (0, 1)] == ["Г. Київ мовчав.", "Командир сказав, що це помилка."]
    assert read(path, lang="ru").lang == "ru"


def test_single_control_characters_do_not_make_a_file_binary() -> None:
    for strange in ("\x00", "\x1b[2J", "\x07"):
        assert decode(f"Командир{strange} сказал: держимся.".encode()).text == f"Командир{strange} сказал: держимся."


def problem(content: bytes, **options: object) -> InputError:
    with pytest.raises(InputError) as raised:
        decode(content, "x.txt", **options)  # type: ignore[arg-type]
    error = raised.value
    assert error.what
    assert error.where == "x.txt"
    assert error.next_step
    assert not error.what.endswith(".")
    return error


def test_empty_files() -> None:
    for content in (b"", b" \r\n\t", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, "\u00a0\n".encode()):
        assert "empty" in problem(content).what


def test_binary_files() -> None:
    for content in (
        bytes(range(256)) * 20,
        b"PK\x03\x04\x14\x00\x00\x00\x08\x00" * 40,
        b"\x7fELF\x02\x01\x01\x00\x00\x00",
    ):
        assert "binary" in problem(content).what


def test_damaged_utf8_names_the_byte() -> None:
    content = RUSSIAN.encode()
    assert "byte 21 is damaged" in problem(content[:21] + b"\xff" + content[21:]).what
    assert "byte 19 is damaged" in problem(content[:20]).what  # cut in the middle of a letter


def test_undecodable_bytes_name_the_byte() -> None:
    assert "byte 4" in problem(b"text\xff more", encoding="ascii").what
    assert "byte 3 cannot be read as utf-8" in problem(codecs.BOM_UTF8 + b"\xff\xff\xff").what
    assert "utf-16-le" in problem(codecs.BOM_UTF16_LE + b"a").what


def test_unknown_encodings() -> None:
    assert "did you mean utf-8?" in problem(b"a", encoding="utf-88").next_step
    assert "no encoding" in problem(b"a", encoding="klingon").what
    assert "no encoding" in problem(b"a", encoding="base64").what
    shuffled = bytes(0x80 + (n * 37 + n * n * 11) % 128 for n in range(400))
    assert "encoding is unknown" in problem(shuffled).what


def test_too_long(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_bytes(b"a" * 5_000_001)
    with pytest.raises(InputError, match="longer than 5 MB"):
        read_text(path)
    path.write_bytes(b"a " * 2_500_000)
    assert len(read_text(path).text) == 5_000_000
    with pytest.raises(InputError, match=r"longer than 0\.01 MB"):
        read_text(path, limit=10_000)
    with pytest.raises(InputError, match="longer than"):
        read_stream(io.BytesIO(b"a" * 11), limit=10)


def failing(path: Path | str) -> InputError:
    with pytest.raises(InputError) as raised:
        read_text(path)
    assert raised.value.where == str(path)
    assert raised.value.next_step
    return raised.value


def test_a_missing_file_may_have_a_near_name(tmp_path: Path) -> None:
    (tmp_path / "article.ru.txt").write_text("x")
    assert failing(tmp_path / "artcle.ru.txt").next_step == f"did you mean {tmp_path / 'article.ru.txt'}?"
    assert failing(tmp_path / "zzz").next_step == "check the name"
    assert "no directory" in failing(tmp_path / "nowhere" / "a.txt").next_step


def test_what_is_not_a_file(tmp_path: Path) -> None:
    assert "directory" in failing(tmp_path).what
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    assert "circle" in failing(loop).what
    dangling = tmp_path / "dangling"
    dangling.symlink_to(tmp_path / "gone")
    assert "no such file" in failing(dangling).what
    assert failing("a\0b").what
    assert failing(tmp_path / ("a" * 5_000)).what
    (tmp_path / "file").write_text("x")
    assert failing(tmp_path / "file" / "below").what


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pipes in the file system")
def test_pipes_and_devices_do_not_hang(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert "regular file" in failing(pipe).what
    assert "regular file" in failing("/dev/zero").what


def test_a_file_one_may_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "secret.txt"
    path.write_text("x")

    def refuse(*args: object, **options: object) -> None:
        raise PermissionError(13, "Permission denied")  # what root never meets

    monkeypatch.setattr("builtins.open", refuse)
    error = failing(path)
    monkeypatch.undo()
    assert "may not read" in error.what


def test_a_stream_is_read_like_a_file() -> None:
    file = read_stream(io.BytesIO(RUSSIAN.encode("koi8-r", "ignore")))
    assert file.encoding == "koi8-r"
    with pytest.raises(InputError, match="standard input: the file is empty"):
        read_stream(io.BytesIO(b""))


@given(st.binary(max_size=400), st.sampled_from([None, "utf-8", "cp1251", "utf-16"]))
@settings(max_examples=100, deadline=None)
def test_any_bytes_give_a_text_or_a_typed_error(content: bytes, encoding: str | None) -> None:
    with suppress(InputError):
        assert decode(content, "x", encoding).text.strip()


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=200))
@settings(max_examples=100, deadline=None)
def test_utf8_comes_back_as_written(text: str) -> None:
    if text.strip() and not text.startswith("\ufeff"):
        file = decode(text.encode())
        assert (file.text, file.encoding) == (text, "utf-8")
