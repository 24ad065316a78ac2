"""Glossaries out to other tools and back: nothing is lost of what the format can hold."""

from dataclasses import replace
from pathlib import Path

import pytest
from translate.storage.tbx import tbxfile

from glossary.files.glossaries import read_glossary
from glossary.formats.termbases import WRITERS
from glossary.terms.concepts import Concept, Glossary, Rendering


def small() -> Glossary:
    """Two concepts with everything in them."""
    gun = Concept(
        "machine-gun", "infantry", "noun",
        (Rendering("machine gun", "en", "preferred"), Rendering("MG", "en", "admitted")),
        (), (), 0,
        (
            Rendering("пулемёт", "ru", "preferred"),
            Rendering("автомат", "ru", "forbidden", "an assault rifle"),
            Rendering("кулемет", "uk", "preferred"),
            Rendering("скоростріл", "uk", "admitted"),
            Rendering("автомат", "uk", "forbidden", "an assault rifle"),
        ),
        definition='fires "automatically", & fast', note="note", source="AAP-06",
    )  # fmt: skip
    drone = Concept(
        "uav", "drones", "noun", (Rendering("unmanned aerial vehicle", "en", "preferred"),), (), (), 0,
        (
            Rendering("беспилотник", "ru", "preferred"),
            Rendering("БПЛА", "ru", "admitted", fixed=True),
            Rendering("безпілотник", "uk", "preferred"),
        ),
        definition="an aircraft without crew",
    )  # fmt: skip
    return Glossary((gun, drone), "test")


def terms(glossary: Glossary, lang: str) -> dict[str, list[tuple[str, str]]]:
    return {c.id: [(r.text, r.status) for r in c.of(lang, "preferred", "admitted", "forbidden")] for c in glossary}


def back(tmp_path: Path, format_: str, langs: list[str]) -> Glossary:
    path = tmp_path / f"glossary.{format_}"
    path.write_text(WRITERS[format_](small(), langs), encoding="utf-8")
    return read_glossary(path, langs[0])


@pytest.mark.parametrize("format_", ["csv", "tbx", "tbx2", "memoq"])
def test_both_languages_come_back(format_: str, tmp_path: Path) -> None:
    again = back(tmp_path, format_, ["ru", "uk"])
    for lang in ("ru", "uk"):
        assert terms(again, lang) == terms(small(), lang)
    assert [r.text for r in again.by_id["machine-gun"].english] == ["machine gun", "MG"]
    assert again.by_id["machine-gun"].definition == 'fires "automatically", & fast'
    if format_ != "memoq":
        assert again.by_id["machine-gun"].of("ru", "forbidden")[0].reason == "an assault rifle"


@pytest.mark.parametrize("format_", ["weblate", "utx"])
@pytest.mark.parametrize("lang", ["ru", "uk"])
def test_one_language_comes_back(format_: str, lang: str, tmp_path: Path) -> None:
    assert terms(back(tmp_path, format_, [lang]), lang) == terms(small(), lang)


def test_omegat_keeps_what_may_be_used(tmp_path: Path) -> None:
    again = back(tmp_path, "omegat", ["uk"])
    assert terms(again, "uk")["machine-gun"] == [("кулемет", "preferred"), ("скоростріл", "admitted")]


def test_our_own_table_comes_back_whole(tmp_path: Path) -> None:
    again = back(tmp_path, "csv", ["ru", "uk"])
    assert [replace(c, line=0, origin="") for c in again] == list(small())


def test_the_toolkit_reads_our_tbx() -> None:
    store = tbxfile.parsestring(WRITERS["tbx2"](small(), ["uk"]).encode())
    assert [unit.source for unit in store.units] == ["machine gun", "unmanned aerial vehicle"]
    assert [unit.target for unit in store.units] == ["кулемет", "безпілотник"]
