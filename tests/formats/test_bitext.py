"""TMX, XLIFF and TSV: what is written is read back by translate-toolkit and by ourselves."""

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from translate.storage.tmx import tmxfile
from translate.storage.xliff import xlifffile

from glossary.alignment.beads import Alignment, Bead
from glossary.examination import Examined
from glossary.files.bitexts import joined, read_units
from glossary.formats import bitext, tsv
from glossary.project import Pair
from glossary.text.spans import Document, Paragraph, Sentence, Span

PAIRS = [
    ("The tank fired twice.", "Танк выстрелил дважды."),
    ("It was “our own” & <b>it hit</b> us ]]>.", "Это «наш» и \u00a0он & <i>попал</i> по нам ]]>."),
]


def lines(texts: list[str], lang: str) -> Document:
    """A document with one sentence a line."""
    sentences, at = [], 0
    for number, text in enumerate(texts):
        sentences.append(Sentence(Span(at, at + len(text)), number))
        at += len(text) + 1
    paragraphs = tuple(Paragraph(s.span, n, n + 1) for n, s in enumerate(sentences))
    return Document("\n".join(texts), lang, paragraphs, tuple(sentences), f"a.{lang}.txt")


def examined(pairs: list[tuple[str, str]], lang: str = "ru", score: float = 0.9) -> Examined:
    source, target = (lines([pair[side] for pair in pairs], ("en", lang)[side]) for side in (0, 1))
    beads = tuple(Bead((n,), (n,), score) for n in range(len(pairs)))
    return Examined(Pair("p", source, target), Alignment(source, target, beads))


def tmx(pair: Examined) -> str:
    return bitext.tmx_begin() + bitext.tmx_units(pair) + bitext.tmx_end()


def xliff(pair: Examined) -> str:
    return bitext.xliff_begin() + bitext.xliff_file(pair) + bitext.xliff_end()


def test_the_toolkit_reads_our_tmx() -> None:
    store = tmxfile.parsestring(tmx(examined(PAIRS)).encode())
    assert [(unit.source, unit.target) for unit in store.units] == PAIRS


def test_the_toolkit_reads_our_xliff() -> None:
    text = xliff(examined(PAIRS, score=0.5))
    store = xlifffile.parsestring(text.encode())
    assert [(unit.source, unit.target) for unit in store.units] == PAIRS
    assert 'version="1.2"' in text
    assert text.count("needs-review-translation") == 2


def test_a_tmx_comes_back_as_pinned_units(tmp_path: Path) -> None:
    path = tmp_path / "a.tmx"
    path.write_text(tmx(examined(PAIRS, "uk")), encoding="utf-8")
    units, source_lang, target_lang = read_units(path)
    assert (units, source_lang, target_lang) == (PAIRS, "en", "uk")
    source, target, pins = joined(units)
    assert [pin.source[0].of(source) for pin in pins] == [pair[0] for pair in PAIRS]
    assert pins[0].target[0].of(target) == PAIRS[0][1]


def test_a_table_comes_back_too(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_text(tsv.HEADER + tsv.alignment_rows(examined(PAIRS[:1])), encoding="utf-8")
    assert read_units(path)[0] == PAIRS[:1]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(*[st.text(st.characters(codec="utf-8"), min_size=1, max_size=40)] * 2), min_size=1, max_size=4)
)
def test_every_text_that_xml_can_hold_survives(pairs: list[tuple[str, str]]) -> None:
    legal = [tuple(bitext._legal(" ".join(text.split()) or "x") for text in pair) for pair in pairs]
    store = tmxfile.parsestring(tmx(examined(legal)).encode("utf-8"))
    assert [(unit.source, unit.target) for unit in store.units] == legal
