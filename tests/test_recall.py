"""What was rendered before, from the memory and from TMX files together."""

from pathlib import Path

import pytest

from glossary import memory
from glossary.errors import InputError
from glossary.files.tmx import units
from glossary.memory import Article, Unit
from glossary.recall import Recall

TMX = """<?xml version="1.0"?>
<tmx version="1.4"><header creationtool="x" creationtoolversion="1" segtype="sentence" o-tmf="x" adminlang="en"
 srclang="en" datatype="plaintext"/><body>
<tu><tuv xml:lang="ru-RU"><seg>Двое <hi>солдат</hi> погибли под <bpt i="1">{b}</bpt>Харьковом<ept i="1">{/b}</ept>
в понедельник.</seg></tuv><tuv xml:lang="en-GB"><seg>Two soldiers were killed near Kharkiv on Monday.</seg></tuv></tu>
<tu><tuv xml:lang="en"><seg>Nobody was hurt.</seg></tuv><tuv xml:lang="ru"><seg>Никто не пострадал.</seg></tuv>
<tuv xml:lang="uk"><seg>Ніхто не постраждав.</seg></tuv></tu>
<tu><prop type="x-tolmach-state">draft</prop><tuv xml:lang="en"><seg>The line held.</seg></tuv>
<tuv xml:lang="ru"><seg>Линия держала.</seg></tuv></tu>
<tu><tuv xml:lang="en"><seg>Alone.</seg></tuv></tu>
<tu><tuv xml:lang="en"><seg></seg></tuv><tuv xml:lang="ru"><seg>Пусто.</seg></tuv></tu>
</body></tmx>
"""


@pytest.fixture
def tmx(tmp_path: Path) -> Path:
    path = tmp_path / "a.tmx"
    path.write_text(TMX, encoding="utf-8")
    return path


def test_units_of_two_languages(tmx: Path) -> None:
    assert list(units(tmx, "en", "ru")) == [
        ("Two soldiers were killed near Kharkiv on Monday.", "Двое солдат погибли под Харьковом в понедельник."),
        ("Nobody was hurt.", "Никто не пострадал."),
    ]
    assert list(units(tmx, "en", "uk")) == [("Nobody was hurt.", "Ніхто не постраждав.")]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("", "not valid XML"),
        ("<tmx", "not valid XML"),
        ("<html><p/></html>", "no TMX file"),
        ('<!DOCTYPE t [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><tmx><body><tu><tuv xml:lang="en"><seg>&b;</seg>'
         '</tuv><tuv xml:lang="ru"><seg>x</seg></tuv></tu></body></tmx>', ""),
    ],
)  # fmt: skip
def test_a_file_that_is_no_tmx(tmp_path: Path, content: str, what: str) -> None:
    path = tmp_path / "b.tmx"
    path.write_text(content, encoding="utf-8")
    if what:
        with pytest.raises(InputError, match=what):
            list(units(path, "en", "ru"))
    else:
        assert list(units(path, "en", "ru")) == []  # entities are not followed


def test_the_likest_of_all_comes_first(tmx: Path, tmp_path: Path) -> None:
    path = tmp_path / "m.sqlite"
    with memory.open_memory(path) as opened:
        kept = (Unit("Nobody was hurt!", "Пострадавших нет."), Unit("Nobody was hurt.", "Все целы."))
        memory.add(opened, Article("a", "en", "ru", "2024-06-01", units=kept))
    with Recall("ru", str(path), [tmx]) as recall:
        assert recall.units == 4
        assert [(one.text, one.percent) for one in recall.all("Nobody was hurt.")] == [
            ("Все целы.", 100), ("Никто не пострадал.", 100), ("Пострадавших нет.", 99),
        ]  # fmt: skip
        best = recall.best("Three soldiers were killed near Kherson on Monday.")
        assert best is not None
        assert (best.percent, best.article) == (75, "a.tmx")
        assert best.difference("Three soldiers were killed near Kherson on Monday.") == (
            "here: Three, Kherson; there: Two, Kharkiv"
        )
        assert recall.best("Something else entirely.") is None
    with Recall("uk") as nothing:
        assert (nothing.units, nothing.best("Nobody was hurt.")) == (0, None)
    with pytest.raises(InputError, match="cannot be read"):
        Recall("ru", "", [tmp_path / "missing.tmx"])
