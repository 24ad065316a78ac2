"""The lexicon on disk: built once, read afterwards, never in the way."""

from pathlib import Path

import pytest

from glossary.files.glossaries import parse_glossary
from glossary.files.lexicons import load_lexicon
from glossary.terms.concepts import Glossary


@pytest.fixture(autouse=True)
def caches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "tolmach"


def glossary(russian: str) -> Glossary:
    return parse_glossary(f"en,ru\nfrobnicator,{russian}\n")


def test_the_second_time_it_comes_from_the_cache(caches: Path) -> None:
    built = load_lexicon(glossary("зяблик"), "ru")
    (path,) = caches.iterdir()
    assert load_lexicon(glossary("зяблик"), "ru") == built
    path.write_text("lexicon 1\tru\t1\nfrobnicator\tчиж\n", encoding="utf-8")
    assert load_lexicon(glossary("зяблик"), "ru").renderings("frobnicator") == ("чиж",)


def test_another_glossary_has_a_cache_of_its_own() -> None:
    assert load_lexicon(glossary("зяблик"), "ru").renderings("frobnicators") == ("зяблик",)
    assert load_lexicon(glossary("синица"), "ru").renderings("frobnicators") == ("синиц",)


@pytest.mark.parametrize("damage", ["", "lexicon 1\tru\t9\na\tб\n", "{}", "lexicon 1\tru\t1\na\tб", "\0"])
def test_a_damaged_cache_is_built_anew(caches: Path, damage: str) -> None:
    built = load_lexicon(glossary("зяблик"), "ru")
    (path,) = caches.iterdir()
    path.write_text(damage, encoding="utf-8")
    assert load_lexicon(glossary("зяблик"), "ru") == built


def test_a_folder_that_cannot_be_written_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert load_lexicon(glossary("зяблик"), "ru").renderings("frobnicator") == ("зяблик",)
