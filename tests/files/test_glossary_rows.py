"""One row of a person's own glossary: written, found again, and nothing else touched."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.errors import GlossaryError
from glossary.files.glossaries import parse_glossary
from glossary.files.glossary_rows import new_table, save_row, with_row

CELL = st.text(alphabet='abяї ,;"{}\n', max_size=12)


@given(st.lists(st.tuples(CELL, CELL), max_size=5), CELL, st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_all_other_rows_stay_byte_for_byte(others: list[tuple[str, str]], cell: str, ends: str, bom: bool) -> None:
    quoted = [[c.replace('"', '""').replace("\n", " ") for c in pair] for pair in others]
    rows = [f'"{n}{a}","{b}"{ends}' for n, (a, b) in enumerate(quoted)]
    table = ("\ufeff" if bom else "") + f"en,ru{ends}" + "".join(rows)
    once = with_row(table, {"en": "tank", "ru": cell})
    assert once.startswith(table)
    again = with_row(once, {"en": "tank", "ru": "танк"})
    assert again == f"{table}tank,танк{ends}"


def test_a_row_is_found_by_its_id_also_among_quoted_line_breaks() -> None:
    table = 'id,en,ru,note\na,one,раз,"two\nlines"\nb,two,два,\n'
    assert with_row(table, {"id": "b", "en": "two", "ru": "пара"}) == table.replace("два", "пара")
    assert with_row(table, {"id": "a", "en": "one", "ru": "1", "note": "x"}).endswith("a,one,1,x\nb,two,два,\n")


@pytest.mark.parametrize("name", ["en", "EN", "English"])
def test_a_file_without_a_last_line_break_gets_one(name: str) -> None:
    assert with_row(f"{name},ru\none,раз", {"en": "two", "ru": "два"}) == f"{name},ru\none,раз\ntwo,два\n"


def test_what_the_file_has_no_column_for_is_refused_if_it_matters() -> None:
    assert with_row("en,ru\n", {"en": "x", "ru": "ы", "note": "n", "ambiguity": "0"}) == "en,ru\nx,ы\n"
    with pytest.raises(GlossaryError, match="ru_forbidden"):
        with_row("en,ru\n", {"en": "x", "ru": "ы", "ru_forbidden": "в"})
    with pytest.raises(GlossaryError, match="another tool"):
        with_row('<?xml version="1.0"?><tbx type="TBX-Basic" style="dct"></tbx>', {"en": "x"})


def test_a_new_file_has_all_columns_and_reads_back(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    save_row(path, {"en": "tank", "ru": "танк", "ru_forbidden": "бак {a container; not a vehicle}"})
    glossary = parse_glossary(path.read_text(encoding="utf-8"))
    assert path.read_text(encoding="utf-8").startswith(new_table())
    concept = next(iter(glossary))
    assert [(r.text, r.reason) for r in concept.of("ru", "forbidden")] == [("бак", "a container; not a vehicle")]


def test_a_folder_that_takes_no_file(tmp_path: Path) -> None:
    with pytest.raises(GlossaryError, match="cannot be written"):
        save_row(tmp_path / "nowhere" / "own.csv", {"en": "tank"})
