"""Word files: what is read of them, and what saving a changed text leaves as it was."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.errors import InputError
from glossary.files.documents import read_text
from glossary.files.word_files import BETWEEN, PART, with_text, word_text

HEAD = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
FOOT = "<w:sectPr/></w:body></w:document>"


def run(text, properties=""):
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs):
    return "<w:p><w:pPr><w:tabs><w:tab w:pos='9'/></w:tabs></w:pPr>" + "".join(runs) + "</w:p>"


def word(*paragraphs, part=None, others=()):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(PART, part if part is not None else HEAD + "".join(paragraphs) + FOOT)
        archive.writestr("word/media/picture.png", b"\x89PNG\x00\x01")
        for name, data in others:
            archive.writestr(name, data)
    return made.getvalue()


ARTICLE = word(
    paragraph(run("Удар ", "<w:b/>"), run("по складу"), run(" боеприпасов", "<w:i/>")),
    paragraph(),
    paragraph(run("Погибли 11 человек.")),
    "<w:tbl><w:tr><w:tc>" + paragraph(run("В ячейке")) + "</w:tc></w:tr></w:tbl>",
)


def test_paragraphs_runs_and_tables():
    assert word_text(ARTICLE, "a.docx") == BETWEEN.join(
        ("Удар по складу боеприпасов", "Погибли 11 человек.", "В ячейке")
    )


def test_insertions_count_deletions_and_text_boxes_do_not():
    made = word(
        paragraph(
            run("Один"),
            f"<w:ins>{run(' два')}</w:ins>",
            "<w:del><w:r><w:delText> три</w:delText></w:r></w:del>",
            f"<w:r><w:txbxContent>{paragraph(run('в рамке'))}</w:txbxContent></w:r>",
            "<w:r><w:tab/><w:t>четыре</w:t><w:br/><w:t>пять</w:t><w:br w:type='page'/></w:r>",
        )
    )
    assert word_text(made, "a.docx") == "Один два\tчетыре\nпять"


def parts(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {member.filename: archive.read(member) for member in archive.infolist()}


def test_a_changed_word_keeps_its_formatting_and_all_else_its_bytes():
    text = word_text(ARTICLE, "a.docx").replace("складу", "арсеналу")
    saved = with_text(ARTICLE, text, "a.docx")
    assert word_text(saved, "a.docx") == text
    before, after = parts(ARTICLE), parts(saved)
    assert {name: data for name, data in before.items() if name != PART} == {
        name: data for name, data in after.items() if name != PART
    }
    xml = after[PART].decode()
    assert run("Удар ", "<w:b/>") in xml
    assert run("по арсеналу").replace("<w:rPr></w:rPr>", "<w:rPr/>") in xml
    assert run(" боеприпасов", "<w:i/>") in xml


@pytest.mark.parametrize(
    "text",
    [
        "Удар по складу боеприпасов\n\nНовый абзац.\n\nПогибли 11 человек.\n\nВ ячейке",
        "Погибли 11 человек.\n\nВ ячейке",
        "Ещё до всего\n\nУдар по складу боеприпасов\n\nПогибли 11 человек.\n\nВ ячейке",
        "Удар по складу боеприпасов\n\nПогибли 11 человек.",
        "Совсем другой текст",
    ],
)
def test_paragraphs_added_and_taken_out(text):
    assert word_text(with_text(ARTICLE, text, "a.docx"), "a.docx") == text


@given(
    st.lists(st.text("абв\t .,", min_size=1).filter(str.strip), min_size=1, max_size=5),
    st.lists(st.text("абвг <&>", min_size=1).filter(str.strip), min_size=1, max_size=5),
)
def test_what_is_written_is_read(before, after):
    content = word(*(paragraph(*(run(letter) for letter in text)) for text in before))
    text = BETWEEN.join(after)
    assert word_text(with_text(content, text, "a.docx"), "a.docx") == text


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"\xd0\xcf\x11\xe0 old", "old kind"),
        (b"PK\x03\x04 no more", "damaged"),
        (ARTICLE[:-40], "damaged"),
        (b"just text", "damaged"),
        (word(part=HEAD), "damaged"),
        (word(part="<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"), "entities"),
        (word(part=HEAD + "<w:p>" * 2000), "damaged"),
        (word(others=[("word/big.xml", b"0" * 70_000_000)]), "unpack"),
        (word(paragraph()), "empty"),
    ],
    ids=["ole", "torn", "cut", "text", "open", "entities", "deep", "bomb", "empty"],
)
def test_bad_files_are_refused_in_a_sentence(content, what, tmp_path):
    file = tmp_path / "a.docx"
    file.write_bytes(content)
    with pytest.raises(InputError, match=what):
        read_text(file)


def test_a_zip_that_is_no_word_file(tmp_path):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("a.txt", "text")
    (tmp_path / "a.docx").write_bytes(made.getvalue())
    with pytest.raises(InputError, match="no Word document"):
        read_text(tmp_path / "a.docx")


def test_a_character_that_xml_cannot_hold_is_named():
    with pytest.raises(InputError, match="cannot stand"):
        with_text(ARTICLE, "Удар\x01", "a.docx")


def test_the_limit_counts_for_text_not_for_pictures(tmp_path: Path):
    file = tmp_path / "a.docx"
    file.write_bytes(word(paragraph(run("Текст")), others=[("word/media/p.jpg", bytes(range(256)) * 30_000)]))
    assert read_text(file, limit=1_000).text == "Текст"
