"""Letters of the wrong alphabet and hidden characters, as findings."""

from hypothesis import given, settings
from hypothesis import strategies as st

from glossary import data
from glossary.script import script_findings
from glossary.text.segment import document
from glossary.text.spans import Span


def test_a_latin_letter_in_a_russian_word_is_named() -> None:
    text = "Эта cила у Т-72Б3, Wi-Fi и TikTok-каналі."
    (finding,) = script_findings(document(text, "ru"), "target")
    assert finding.rule == "mixed-script"
    assert finding.target == Span(4, 8)
    assert finding.source is None
    assert finding.suggestions == ("сила",)
    assert finding.params["characters"] == "U+0063 LATIN SMALL LETTER C"
    assert [(e.side, e.span) for e in finding.evidence] == [("target", Span(4, 5))]


def test_only_the_strange_part_of_a_compound_is_shown() -> None:
    text = "«дрон-кaмикaдзе»"
    (finding,) = script_findings(document(text, "ru"), "source")
    assert finding.source is not None
    assert finding.source.of(text) == "кaмикaдзе"
    assert len(finding.evidence) == 2


def test_a_latin_letter_may_be_a_whole_word() -> None:
    text = "Київ i Одеса, план A та вітамін C, сторони a, b i «c»"
    findings = script_findings(document(text, "uk"), "target")
    assert [(f.target, f.suggestions) for f in findings] == [(Span(5, 6), ("і",))]


def test_hidden_characters_are_named_once_a_run() -> None:
    text = "Київ\u200b\u200b мовчав\x1b[2J.\u00a0Усе\u00ad"
    findings = script_findings(document(text, "uk"), "target")
    assert [(f.rule, f.target) for f in findings] == [
        ("hidden-character", Span(4, 6)),
        ("hidden-character", Span(13, 14)),
    ]
    assert findings[0].params["characters"] == "U+200B ZERO WIDTH SPACE"
    assert findings[1].params["characters"] == "U+001B control character"


def test_clean_text_has_no_findings() -> None:
    for text, lang in (
        ("HIMARS’и, F-16 и Ka-52 — ещё не всё: 155-мм снаряды, БТР-82А, 5G", "ru"),
        ("The café’s “Т-72” (T-72) 👨\u200d👩\u200d👧 stayed.", "en"),
        ("", "uk"),
    ):
        assert script_findings(document(text, lang), "source") == ()


def test_the_messages_can_be_written() -> None:
    rules = data.toml("rules/script.toml")
    for finding in script_findings(document("cила \u202e", "ru"), "target"):
        assert "{" not in rules[finding.rule]["messages"][finding.variant].format_map(finding.params)


@given(st.text(max_size=200))
@settings(max_examples=100, deadline=None)
def test_any_text_can_be_looked_at(text: str) -> None:
    for finding in script_findings(document(text, "ru"), "target"):
        assert finding.target is not None
        assert finding.target.end <= len(text)
