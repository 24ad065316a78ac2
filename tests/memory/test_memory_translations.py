"""Sentences rendered before, the same or much alike; and odd texts, which are input like any other."""

from hypothesis import given, settings
from hypothesis import strategies as st

from glossary import memory
from glossary.memory import Article, KeptQuote, Memory, Unit

UNITS = (
    Unit("Two soldiers were killed near Kharkiv on Monday.", "Двое солдат погибли под Харьковом в понедельник."),
    Unit("The brigade held the line for three weeks.", "Бригада держала оборону три недели."),
    Unit("Nobody was hurt.", "Никто не пострадал."),
)


def kept(opened: Memory) -> Memory:
    memory.add(opened, Article("a", "en", "ru", "2024-01-01", units=UNITS))
    return opened


def test_the_same_sentence_comes_first(opened: Memory) -> None:
    found = memory.suggest(kept(opened), UNITS[0].source, "ru")
    assert [(one.target, one.score) for one in found] == [(UNITS[0].target, 1.0)]
    assert found[0].differing == found[0].differing_kept == ()


def test_the_same_words_with_other_marks(opened: Memory) -> None:
    (found,) = memory.suggest(kept(opened), "“Nobody was hurt!”", "ru")
    assert found.score == 0.99


def test_words_that_differ_are_marked(opened: Memory) -> None:
    sentence = "Three soldiers were killed near Kherson on Monday."
    (found,) = memory.suggest(kept(opened), sentence, "ru")
    assert found.score == 0.75
    assert [span.of(sentence) for span in found.differing] == ["Three", "Kherson"]
    assert [span.of(found.source) for span in found.differing_kept] == ["Two", "Kharkiv"]


def test_less_than_three_quarters_is_nothing(opened: Memory) -> None:
    assert not memory.suggest(kept(opened), "Three civilians were killed near Kherson on Monday.", "ru")
    assert memory.suggest(opened, "Three civilians were killed near Kherson on Monday.", "ru", least=0.5)


def test_languages_are_kept_apart(opened: Memory) -> None:
    assert not memory.suggest(kept(opened), UNITS[0].source, "uk")


def test_of_equal_suggestions_the_latest_comes_first(opened: Memory) -> None:
    kept(opened)
    memory.add(opened, Article("b", "en", "ru", "2024-06-01", units=(Unit(UNITS[2].source, "Пострадавших нет."),)))
    found = memory.suggest(opened, UNITS[2].source, "ru", limit=2)
    assert [one.target for one in found] == ["Пострадавших нет.", "Никто не пострадал."]
    assert [one.target for one in memory.suggest(opened, UNITS[2].source, "ru", limit=1)] == ["Пострадавших нет."]


ODD = st.text(max_size=60) | st.sampled_from(
    ["\0", "\ud800", '" OR x', "п’ять-“", "a" * 10_000, "-" * 100, "NEAR(", "quote:*", "’", "１２", "שלום мир", "ﬁ"]
)


@settings(max_examples=60, deadline=None)
@given(ODD, ODD, st.sampled_from(["en", "ru", "uk"]))
def test_odd_texts(text: str, other: str, lang: str) -> None:
    with memory.open_memory(None) as opened:
        article = Article("odd", lang, "ru", quotes=(KeptQuote(text, other, other),), units=(Unit(text, other),))
        assert memory.add(opened, article)
        assert not memory.add(opened, article)
        memory.search(opened, text, lang, speaker=other)
        memory.mentions(opened, other, lang)
        memory.suggest(opened, text, "ru", source_lang=lang)
        lines = list(memory.export_lines(opened))
        with memory.open_memory(None) as second:
            assert memory.import_lines(second, lines).broken == ()
            assert list(memory.export_lines(second)) == lines
        memory.forget(opened, other)
        assert opened.whole()
