"""Terms in any inflected form, in each of the three languages; the index as text."""

import pytest

from glossary.terms.concepts import Glossary
from glossary.terms.index import TermIndex, restore

FOUND = [
    ("en", "The servicemen shot at the tanks", ["tanks#tank"]),
    ("en", "unmanned aerial vehicles (UAVs)", ["unmanned aerial vehicles#uav", "UAVs#uav"]),
    ("en", "the uavs and the afu", []),
    (
        "en",
        "Cease-fires, cease fires, ceasefires",
        ["Cease-fires#ceasefire", "cease fires#ceasefire", "ceasefires#ceasefire"],
    ),
    ("en", "T-72s and a T 72", ["T-72s#t-72", "T 72#t-72"]),
    ("en", "Marines’ howitzers", ["Marines#marines", "howitzers#howitzer"]),
    ("ru", "об огне по своим", ["огне по своим#friendly-fire"]),
    ("ru", "морскими пехотинцами", ["морскими пехотинцами#marines"]),
    ("ru", "Вооружённых Сил Украины", ["Вооружённых Сил Украины#afu", "Вооружённых Сил#armed-forces"]),
    ("ru", "ЧВК «Вагнер»", ["ЧВК «Вагнер#wagner", "Вагнер#wagner"]),
    ("ru", "танков Т-72Б3", ["танков#tank", "Т-72Б3#t-72"]),
    ("ru", "полки и части", []),
    ("ru", "дрон. Камикадзе", ["дрон#uav"]),
    ("uk", "у перемир’ї", ["перемир’ї#ceasefire"]),
    ("uk", "бо́йові танки, танків", ["танки#tank", "танків#tank"]),
    ("uk", "безпілотниками й гаубицями", ["безпілотниками#uav", "гаубицями#howitzer"]),
    ("uk", "гaубицями", ["гaубицями#howitzer"]),
]


@pytest.mark.parametrize(("lang", "text", "expected"), FOUND, ids=[f[1] for f in FOUND])
def test_terms_are_found_in_any_form(indexes: dict[str, TermIndex], lang: str, text: str, expected: list[str]) -> None:
    index = indexes["uk" if lang == "uk" else "ru"]
    assert [f"{o.span.of(text)}#{o.concept.id}" for o in index.find(text, lang)] == expected


def test_an_index_comes_back_from_its_text(indexes: dict[str, TermIndex], small: Glossary) -> None:
    index = indexes["uk"]
    again = restore(small, "uk", index.dump())
    forms = list(index.target.forms)
    assert forms
    assert not again.target.forms
    assert [again.target.classes_of(form) for form in forms] == [index.target.classes_of(form) for form in forms]
    assert again.target.classes_of("гаубщиця") == again.target.classes_of("") == again.target.classes_of("\ud800") == ()
    assert again.dump() == index.dump()
    for lang, text, _ in FOUND:
        if lang != "ru":
            assert again.find(text, lang) == index.find(text, lang)


@pytest.mark.parametrize("damage", [b"", b"tolmach terms 0 x\n", b"{}", b"\n" * 20, b"\xff"])
def test_text_of_something_else_is_refused(small: Glossary, damage: bytes) -> None:
    with pytest.raises(ValueError, match="index"):
        restore(small, "uk", damage)


def test_a_damaged_text_and_another_language_are_refused(indexes: dict[str, TermIndex], small: Glossary) -> None:
    text = indexes["uk"].dump()
    with pytest.raises(ValueError, match="damaged"):
        restore(small, "uk", text.replace("гаубиця".encode(), "гаубица".encode()))
    with pytest.raises(ValueError, match="language"):
        restore(small, "ru", text)


def test_an_index_knows_its_two_languages(indexes: dict[str, TermIndex]) -> None:
    with pytest.raises(ValueError, match="uk"):
        indexes["ru"].find("гаубиця", "uk")


def test_building_does_not_depend_on_the_hash_seed(small: Glossary, indexes: dict[str, TermIndex]) -> None:
    import os
    import subprocess
    import sys

    code = (
        "import sys, hashlib; from pathlib import Path; from glossary.files.glossaries import read_glossary;"
        "from glossary.terms.index import build_index;"
        "print(hashlib.sha256(build_index(read_glossary(Path(sys.argv[1])), 'uk').dump()).hexdigest())"
    )
    path = str(small.concepts[0].origin)
    sums = {
        subprocess.run(
            [sys.executable, "-c", code, path],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(sums) == 1
