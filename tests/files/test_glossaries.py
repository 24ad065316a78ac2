"""Reading glossaries, broken ones too, and the cache of their index."""

from pathlib import Path

import pytest

from glossary.errors import GlossaryError
from glossary.files import glossaries
from glossary.files.glossaries import load_glossary, load_index, parse_glossary, read_glossary
from glossary.terms.concepts import Rendering

HEADER = "id,en,ru,uk\n"


def test_marks_and_reasons_in_cells() -> None:
    header = "id,en,ambiguity,ru,ru_admitted,ru_forbidden\n"
    text = header + "x,UAV; drone,1,=БПЛА,^Град; =^РПГ,дрон {calque; see «БПЛА»}; беспил\n"
    concept = parse_glossary(text).concepts[0]
    assert [r.text for r in concept.english] == ["UAV", "drone"]
    assert concept.ambiguity == 1
    assert concept.renderings == (
        Rendering("БПЛА", "ru", "preferred", fixed=True),
        Rendering("Град", "ru", "admitted", cased=True),
        Rendering("РПГ", "ru", "admitted", fixed=True, cased=True),
        Rendering("дрон", "ru", "forbidden", "calque; see «БПЛА»"),
        Rendering("беспил", "ru", "forbidden"),
    )


PLAIN = [
    ("howitzer,гаубиця\nmortar,міномет\n", "uk", "гаубиця"),
    ("howitzer\tгаубица\tartillery\nshell\tснаряды\tx\n", "ru", "гаубица"),
    ("howitzer;гаубица\nthe shell;этот снаряд\n", "ru", "гаубица"),
    ("English,Ukrainian\nhowitzer,гаубиця\n", "uk", "гаубиця"),
    ("source\ttarget\nhowitzer\tгаубиця\n", "uk", "гаубиця"),
    ("\ufeffen,uk\r\nhowitzer,гаубиця\r\n", "uk", "гаубиця"),
    ("uk,en\nгаубиця,howitzer\n", "uk", "гаубиця"),
]


@pytest.mark.parametrize(("text", "lang", "expected"), PLAIN)
def test_plain_lists(tmp_path: Path, text: str, lang: str, expected: str) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(text, encoding="utf-8", newline="")
    concept = read_glossary(path).concepts[0]
    assert (concept.id, concept.en, concept.preferred(lang)) == ("howitzer", "howitzer", expected)


def test_a_broken_row_is_reported_and_the_rest_loads() -> None:
    text = HEADER + "a,,рота,рота\nb,shell,,\nc,mortar,миномёт,міномет\n"
    glossary = parse_glossary(text, "g.csv")
    assert [concept.id for concept in glossary] == ["c"]
    assert [(p.where, p.message) for p in glossary.problems] == [
        ("g.csv:2:2", "no English term"),
        ("g.csv:3:3", "no rendering"),
    ]


def test_lines_are_counted_in_the_file_not_in_rows() -> None:
    text = HEADER + 'a,shell,"снаряд\nили мина",снаряд\n\nb,mortar,миномёт,міномет\n'
    assert [concept.line for concept in parse_glossary(text)] == [2, 5]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "empty"),
        ("id,ru,uk\nx,рота,рота\n", "no column `en`"),
        ("id,en,de\nx,shell,Granate\n", "no column `ru` or `uk`"),
        (HEADER + "a,shell,снаряд,снаряд\na,mine,мина,міна\n", "g.csv:3: the id 'a' is already used in line 2"),
    ],
)
def test_a_useless_glossary_is_an_error(text: str, message: str) -> None:
    with pytest.raises(GlossaryError, match=message.replace("(", r"\(")):
        parse_glossary(text, "g.csv")


def test_a_missing_and_a_binary_file_are_errors(tmp_path: Path) -> None:
    with pytest.raises(GlossaryError, match="cannot be read"):
        read_glossary(tmp_path / "none.csv")
    (tmp_path / "binary.csv").write_bytes(b"id,en\n\xff\xfe")
    with pytest.raises(GlossaryError, match=r"binary\.csv:2: the glossary is not UTF-8"):
        read_glossary(tmp_path / "binary.csv")


def test_later_files_override_by_id_or_by_english(tmp_path: Path) -> None:
    base, mine = tmp_path / "base.csv", tmp_path / "mine.csv"
    base.write_text(HEADER + "a,shell,снаряд,снаряд\nb,mine,мина,міна\nc,mortar,миномёт,міномет\n", encoding="utf-8")
    mine.write_text("id,en,ru\na,shell,мина\n,Mine,фугас\n", encoding="utf-8")
    glossary = load_glossary(base, mine)
    assert [(c.en, c.preferred("ru")) for c in glossary] == [
        ("mortar", "миномёт"),
        ("shell", "мина"),
        ("Mine", "фугас"),
    ]


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "tolmach"


SMALL = HEADER + "a,howitzer,гаубица,гаубиця\n"


def test_the_index_is_kept_and_read_again(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    glossary = parse_glossary(SMALL)
    built = load_index(glossary, "uk")
    assert len(list(cache.glob("terms-uk-*"))) == 1
    monkeypatch.setattr(glossaries, "build_index", None)
    assert load_index(glossary, "uk").find("гаубицями", "uk") == built.find("гаубицями", "uk") != ()


def test_other_content_has_another_index(cache: Path) -> None:
    load_index(parse_glossary(SMALL), "uk")
    other = load_index(parse_glossary(SMALL.replace("гаубиця", "гармата")), "uk")
    assert other.find("гарматою", "uk")
    assert len(list(cache.glob("terms-uk-*"))) == 2


def test_a_damaged_cache_is_built_anew(cache: Path) -> None:
    glossary = parse_glossary(SMALL)
    load_index(glossary, "uk")
    (path,) = cache.glob("terms-uk-*")
    for damage in (b"", b"\xff\xfe", path.read_bytes()[:-9], b"tolmach"):
        path.write_bytes(damage)
        assert load_index(glossary, "uk").find("гаубицями", "uk")
        assert path.read_bytes() != damage


def test_a_cache_that_cannot_be_written_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert load_index(parse_glossary(SMALL), "uk").find("гаубиця", "uk")
    assert (tmp_path / "file").read_text() == ""


def test_old_caches_are_swept_away(cache: Path) -> None:
    for number in range(12):
        load_index(parse_glossary(SMALL.replace("a,", f"a{number},")), "uk")
    assert len(list(cache.glob("terms-*"))) == 8
    assert not list(cache.glob(".terms-*"))


def test_the_bundled_glossary_loads() -> None:
    glossary = load_glossary()
    assert len(glossary) >= 300
    assert glossary.problems == ()
    assert all(concept.id and concept.english for concept in glossary)
