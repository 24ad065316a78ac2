"""What became of the terms: uses and findings, in the notation of conftest.py."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from glossary.findings import Severity, rules
from glossary.terms.concepts import TermStudy
from glossary.terms.index import TermIndex

Check = Callable[..., list[str]]
Study = Callable[..., TermStudy]

PAIRS = [
    # accepted renderings in any inflection
    ("The howitzer fired.", "Из гаубицы выстрелили.", "ru", ["howitzer preferred"]),
    ("Ten howitzers fired.", "Стріляли десять гаубиць.", "uk", ["howitzer preferred"]),
    ("Two UAVs fell.", "Упали два БПЛА.", "ru", ["uav admitted"]),
    ("Drones flew over Kyiv.", "Над Києвом літали безпілотники.", "uk", ["uav preferred", "kyiv preferred"]),
    # hyphen, space and solid; apostrophes; stress marks
    ("A cease-fire began.", "Началось прекраще́ние огня.", "ru", ["ceasefire preferred"]),
    ("A cease fire began.", "Почалося перемирʼя.", "uk", ["ceasefire admitted"]),
    # forbidden and missing
    (
        "A company of marines landed.",
        "Компания морских пехотинцев высадилась.",
        "ru",
        ["company forbidden", "marines preferred", "!term-forbidden company"],
    ),
    (
        "He died of friendly fire.",
        "Він загинув від дружнього вогню.",
        "uk",
        ["friendly-fire forbidden", "!term-forbidden friendly-fire"],
    ),
    ("A ceasefire began.", "Началась встреча.", "ru", ["ceasefire missing", "!term-missing ceasefire"]),
    # an accepted rendering inside a forbidden one does not count
    ("Wagner left.", "ЧВК «Вагнер» пішла.", "uk", ["wagner forbidden", "!term-forbidden wagner"]),
    ("Wagner left.", "ЧВК «Вагнер» ушла.", "ru", ["wagner preferred"]),
    # of two concepts at one place one is enough
    ("They shell the town.", "Они обстреливают город.", "ru", ["shelling admitted"]),
    ("Shells hit the town.", "Снаряды попали в город.", "ru", ["shell preferred"]),
    # the longer term wins
    ("AFU howitzers.", "Гаубицы ВСУ.", "ru", ["afu admitted", "howitzer preferred"]),
    ("Armed Forces of Ukraine.", "Збройні сили України.", "uk", ["afu preferred"]),
    # a broader or narrower term, a derived word: perhaps
    ("The T-72 burned.", "Танк сгорел.", "ru", ["t-72 possible", "!term-possible t-72"]),
    (
        "The armed forces said so.",
        "Так сообщили в ВСУ.",
        "ru",
        ["armed-forces possible", "!term-possible armed-forces"],
    ),
    ("The howitzer crew.", "Гаубичный расчёт.", "ru", ["howitzer possible", "!term-possible howitzer"]),
    # Latin letters in a designation
    ("The T-72 burned.", "Сгорел T-72.", "ru", ["t-72 forbidden", "!term-forbidden t-72"]),
    # another sense
    ("The storage tank leaked.", "Потёк резервуар.", "ru", []),
    ("The tank leaked.", "Потёк бак.", "ru", ["tank other-sense"]),
    ("The company cut its dividend.", "Компания сократила дивиденды.", "ru", ["company other-sense"]),
    ("A counter-battery radar.", "Радар.", "ru", []),
    # titles and adjectives
    ("Major Petrenko spoke.", "Выступил майор Петренко.", "ru", ["major preferred"]),
    ("Major Petrenko spoke.", "Выступил Петренко.", "ru", ["major missing", "!term-missing major"]),
    ("It was a major success.", "Это был большой успех.", "ru", ["major other-sense"]),
    # no counterpart, neighbours, repeated mention
    ("The howitzer fired.", "-", "ru", []),
    ("The howitzer fired.\nIt missed.", "Выстрел.\nГаубица промахнулась.", "ru", ["howitzer preferred"]),
    ("The howitzer is a howitzer.", "Гаубица есть гаубица.", "ru", ["howitzer preferred"] * 2),
    ("The howitzer fired at a howitzer.", "Гаубица обстреляла её.", "ru", ["howitzer preferred"] * 2),
    # the speaker's own word in quotation marks on both sides, but only where it is a matter of wording
    ("He called it a “war”.", "Он назвал это «спецоперацией».", "ru", ["war forbidden"]),
    ("It was a war.", "Это была «спецоперация».", "ru", ["war forbidden", "!term-forbidden war"]),
    (
        "He called it “friendly fire”.",
        "Он назвал это «дружественным огнём».",
        "ru",
        ["friendly-fire forbidden", "!term-forbidden friendly-fire"],
    ),
]


@pytest.mark.parametrize(("source", "target", "lang", "expected"), PAIRS, ids=[p[0][:30] for p in PAIRS])
def test_uses_and_findings(check: Check, source: str, target: str, lang: str, expected: list[str]) -> None:
    assert check(source, target, lang) == expected


def test_a_loaded_word_outside_of_marks_is_forbidden_though_the_source_quotes_it(check: Check) -> None:
    assert "!term-forbidden war" in check("He called it a “war”.", "Он назвал это спецоперацией.")


def test_a_finding_says_what_why_and_what_instead(study: Study) -> None:
    (finding,) = study("He died of friendly fire.", "Он погиб от дружественного огня.").findings
    assert finding.weight == Severity.ERROR
    assert finding.suggestions == ("огня по своим",)
    assert finding.params["preferred"] == "огонь по своим"
    assert finding.params["admitted"] == "дружеский огонь"
    assert finding.params["authority"] == "usage"
    assert finding.evidence[0].note == "an unambiguous term"
    assert finding.message == "“friendly fire” is rendered “дружественного огня”: calque. Use “огонь по своим”."
    assert finding.source is not None
    assert finding.target is not None
    assert (finding.source.start, finding.target.start) == (11, 12)


def test_look_alikes_in_a_designation_are_a_warning_about_the_designation_alone(study: Study) -> None:
    (finding,) = study("Two T-72 tanks burned.", "Сгорели два танка T-72.").findings
    assert (finding.rule, finding.variant, finding.weight) == ("term-forbidden", "script", Severity.WARNING)
    assert finding.source is not None
    assert finding.source.of("Two T-72 tanks burned.") == "T-72"


def test_loaded_renderings_are_wrong_whatever_the_source_says(check: Check) -> None:
    assert check("Ukrainian prices rose.", "Ціни на Україні зросли.", "uk") == ["!term-forbidden in-ukraine"]
    assert check("Ukrainian prices rose.", "Ціни в Україні зросли.", "uk") == []


def test_one_term_in_two_renderings_is_noted_once(study: Study) -> None:
    text = "The trench was deep.\nThe trench was wet.\nThe trench was long."
    rendered = "Окоп был глубок.\nТраншея была сырой.\nТраншея была длинной."
    findings = study(text, rendered).findings
    assert [(f.rule, f.concept, f.weight) for f in findings] == [("term-inconsistent", "trench", Severity.INFO)]


def test_the_earlier_rendering_is_offered_in_the_form_of_the_later_one(study: Study) -> None:
    (finding,) = study(
        "The trench was deep.\nThey left the trenches.", "Окоп был глубок.\nОни вышли из траншей."
    ).findings
    assert finding.suggestions == ("окопов",)


def test_every_variant_of_a_message_can_be_written(study: Study) -> None:
    pairs = [
        ("He died of friendly fire.", "Он погиб от дружественного огня."),
        ("The T-72 burned.", "Танк сгорел."),
        ("The T-72 burned.", "Сгорел T-72."),
        ("The howitzer crew.", "Гаубичный расчёт."),
        ("A ceasefire began.", "Началась встреча."),
        ("Trench.\nTrench.", "Окоп.\nТраншея."),
    ]
    messages = [finding.message for pair in pairs for finding in study(*pair).findings]
    assert len(messages) == len(pairs)
    assert all("{" not in message for message in messages)
    assert {"term-forbidden", "term-missing", "term-possible", "term-inconsistent"} <= set(rules())


def test_an_index_of_another_language_is_an_error(indexes: dict[str, TermIndex], study: Study) -> None:
    from glossary.alignment.beads import Alignment
    from glossary.terms.verdicts import check_terms
    from glossary.text.spans import Document

    english, ukrainian = Document("", "en", (), ()), Document("", "uk", (), ())
    with pytest.raises(ValueError, match="uk"):
        check_terms(Alignment(english, ukrainian, ()), indexes["ru"])


@given(source=st.text(max_size=60), target=st.text(max_size=60))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_input(study: Study, source: str, target: str) -> None:
    source, target = source.replace("\n", " ") or "x", target.replace("\n", " ") or "x"
    for text in (source, f"A howitzer {source}"):
        for use in study(text, target, "uk").uses:
            assert 0 <= use.source[0] < use.source[1] <= len(text)
