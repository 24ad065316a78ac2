"""Candidate concepts of an aligned archive."""

import pytest

from glossary.files.glossaries import parse_glossary
from glossary.formats.termbases import WRITERS
from glossary.terms.concepts import Glossary
from glossary.terms.index import TermIndex, build_index
from glossary.terms.suggesting import Suggestion, Unit, as_concepts, citation, suggest

ROWS = (
    "id,subject,en,ru,uk\ntank,armour,tank,танк,танк\ncoil-gun,artillery,coil gun,катушечная пушка,котушкова гармата\n"
)
RU = [
    ("The plasma mortar fired at the tank.", "Плазменный миномёт выстрелил по танку."),
    ("Two plasma mortars were seen on Monday.", "Два плазменных миномёта видели в понедельник."),
    ("He was proud of his plasma mortar.", "Он гордился своим плазменным миномётом."),
    ("Nobody spoke of the plasma mortar again.", "О плазменном миномёте больше никто не говорил."),
    ("The coil gun stood by the river.", "Катушечная пушка стояла у реки."),
    ("A coil gun was lost near the town.", "Катушечную пушку потеряли у города."),
    ("The coil gun was repaired.", "Катушечную пушку починили."),
    ("It rained for three days.", "Три дня шёл дождь."),
    ("The river rose.", "Река поднялась."),
    ("The tank was stuck in the mud.", "Танк увяз в грязи."),
    ("Residents of Velyka Horka left.", "Жители Большой Горки уехали."),
    ("The road to Velyka Horka was closed.", "Дорогу на Большую Горку закрыли."),
    ("There is no doctor in Velyka Horka.", "В Большой Горке нет врача."),
]
UK = [
    ("A plasma mortar was captured.", "Плазмовий міномет захопили."),
    ("They had no plasma mortars left.", "Плазмових мінометів у них не лишилося."),
    ("The winter was cold.", "Зима була холодна."),
    ("The river froze.", "Річка замерзла."),
    ("Nobody came.", "Ніхто не прийшов."),
    ("The shop was closed.", "Крамниця була зачинена."),
    ("He bought bread.", "Він купив хліб."),
    ("The bus was late.", "Автобус запізнився."),
    ("It snowed.", "Ішов сніг."),
    ("She wrote a letter.", "Вона написала листа."),
    ("The dog barked.", "Собака гавкав."),
    ("They ate soup.", "Вони їли суп."),
    ("The window broke.", "Вікно розбилося."),
    ("The train left.", "Поїзд поїхав."),
]


@pytest.fixture(scope="module")
def glossary() -> Glossary:
    return parse_glossary(ROWS)


@pytest.fixture(scope="module")
def indexes(glossary: Glossary) -> dict[str, TermIndex]:
    return {lang: build_index(glossary, lang) for lang in ("ru", "uk")}


def units() -> list[Unit]:
    rows = [(lang, n, en, other) for lang, pairs in (("ru", RU), ("uk", UK)) for n, (en, other) in enumerate(pairs)]
    return [Unit(f"{lang}-{n // 4}", en, other, lang) for lang, n, en, other in rows]


@pytest.fixture(scope="module")
def found(glossary: Glossary, indexes: dict[str, TermIndex]) -> tuple[Suggestion, ...]:
    return suggest(units(), glossary, indexes)


def test_a_new_term_comes_with_what_renders_it(found: tuple[Suggestion, ...]) -> None:
    (one,) = [suggestion for suggestion in found if suggestion.term == "plasma mortar"]
    assert (one.count, one.articles) == (6, 2)
    assert [(r.lang, r.text, r.count) for r in one.renderings] == [
        ("ru", "плазменный миномёт", 4),
        ("uk", "плазмовий міномет", 2),
    ]
    assert found[0] is one
    assert {unit.lang for unit in one.contexts} == {"ru", "uk"}


def test_what_the_glossary_has_is_no_news(found: tuple[Suggestion, ...]) -> None:
    terms = {suggestion.term for suggestion in found}
    assert not terms & {"coil gun", "coil", "tank", "Velyka Horka"}


def test_names_when_asked_for(glossary: Glossary, indexes: dict[str, TermIndex]) -> None:
    assert "Velyka Horka" in {one.term for one in suggest(units(), glossary, indexes, names=True)}


def test_how_often_it_must_have_been_met(glossary: Glossary, indexes: dict[str, TermIndex]) -> None:
    assert "plasma mortar" not in {one.term for one in suggest(units(), glossary, indexes, least=7)}
    assert suggest((), glossary, indexes) == ()


def test_suggestions_are_rows_of_a_glossary(found: tuple[Suggestion, ...], glossary: Glossary) -> None:
    table = WRITERS["csv"](Glossary(as_concepts(found, [*glossary.by_id, "plasma-mortar"])), ["ru", "uk"])
    read = parse_glossary(table)
    assert not read.problems
    concept = read.by_id["plasma-mortar-2"]
    assert (concept.en, concept.preferred("ru"), concept.preferred("uk")) == (
        "plasma mortar",
        "плазменный миномёт",
        "плазмовий міномет",
    )
    assert concept.source.startswith("own archive: ")


@pytest.mark.parametrize(
    ("surfaces", "lang", "text"),
    [
        ({"вооружённых сил": 2, "вооружёнными силами": 1}, "ru", "вооружённые силы"),
        ({"боевых машинах": 2, "боевой машины": 1}, "ru", "боевая машина"),
        ({"линии соприкосновения": 3}, "ru", "линия соприкосновения"),
        ({"бойових машинах пехоти": 1, "бойову машину пехоти": 1}, "uk", "бойова машина пехоти"),
        ({"БПЛА": 2}, "ru", "БПЛА"),
    ],
)
def test_a_phrase_as_a_dictionary_has_it(surfaces: dict[str, int], lang: str, text: str) -> None:
    assert citation(surfaces, lang) == text
