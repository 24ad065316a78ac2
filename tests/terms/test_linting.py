"""What lint finds in a glossary."""

import pytest

from glossary.files.glossaries import COLUMNS, parse_glossary
from glossary.terms.concepts import Glossary
from glossary.terms.linting import lint

GOOD = {
    "id": "shell",
    "subject": "munitions",
    "pos": "noun",
    "en": "shell",
    "ru": "снаряд",
    "uk": "снаряд",
    "source": "AAP-06",
}


def table(*rows: dict[str, str]) -> Glossary:
    lines = [",".join(COLUMNS)]
    lines += [",".join(f'"{row.get(column, "")}"' for column in COLUMNS) for row in rows]
    return parse_glossary("\n".join(lines), "g.csv")


def found(*rows: dict[str, str]) -> list[str]:
    return [f"{f.rule} {f.concept} {f.severity}" for f in lint(table(*rows))]


def test_a_good_row_is_clean() -> None:
    assert found(GOOD) == []


CASES: list[tuple[dict[str, str], str]] = [
    ({"subject": "cooking"}, "glossary-subject shell warning"),
    ({"source": ""}, "glossary-source shell warning"),
    ({"broader": "weapon"}, "glossary-broader shell error"),
    ({"ru": ""}, "glossary-preferred shell warning"),
    ({"ru_forbidden": "скорлупа"}, "glossary-reason shell warning"),
    ({"ru_forbidden": "снаряд {wrong}"}, "glossary-accepted-forbidden shell error"),
    ({"ru_forbidden": "снаряда {wrong}"}, "glossary-forbidden-form shell error"),
    ({"uk_forbidden": "артилерійський снаряд {wrong}"}, "glossary-nested-forbidden shell info"),
    ({"ru_admitted": "снiряд"}, "glossary-foreign-letters shell error"),
    ({"ru_admitted": "снаряд і мина"}, "glossary-foreign-letters shell error"),
    ({"uk_admitted": "выстрел"}, "glossary-foreign-letters shell error"),
    ({"uk_admitted": "снаряжок"}, "glossary-unknown-word shell info"),
    ({"ambiguity": "7"}, "glossary-row shell error"),
    ({"severity": "deadly"}, "glossary-row shell error"),
]


@pytest.mark.parametrize(("change", "expected"), CASES, ids=[c[1] + str(n) for n, c in enumerate(CASES)])
def test_each_flaw_is_found(change: dict[str, str], expected: str) -> None:
    assert expected in found(GOOD | {"ru_admitted": "артиллерийский снаряд"} | change)


def test_a_fixed_form_need_not_be_in_the_dictionary() -> None:
    assert found(GOOD | {"uk_admitted": "=снаряжок"}) == []


def test_duplicate_english_is_found_but_homographs_of_another_part_of_speech_are_not() -> None:
    verb = {"id": "shell-verb", "pos": "verb", "ru": "обстрелять", "uk": "обстріляти"}
    twin = {"id": "shell-twin", "en": "round", "en_variants": "shell"}
    assert found(GOOD, GOOD | verb) == []
    assert found(GOOD, GOOD | twin) == ["glossary-duplicate-english shell-twin warning"]


def test_findings_name_file_line_and_column() -> None:
    (finding,) = lint(table(GOOD, GOOD | {"id": "other", "en": "mortar", "ambiguity": "x"}))
    assert finding.where == f"g.csv:3:{COLUMNS.index('ambiguity') + 1}"
