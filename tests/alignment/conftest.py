"""A notation for alignments: `1-1 1-2 0-1 2-1*` (`*` pinned), and texts long enough to align."""

from collections.abc import Callable

import pytest

from glossary.alignment import Alignment
from glossary.text.segment import document
from glossary.text.spans import Document

EN = """Ukraine shoots down 34 of 41 drones overnight

Russian forces launched 41 drones at the Odesa region overnight, the Ukrainian air force said on Tuesday.
Air defence units destroyed 34 of them over the Black Sea.

The governor, Oleh Bondarenko, said two warehouses in Chornomorsk were hit. Nobody was killed.
"We heard three explosions around 2 a.m.," said Maria Koval, who lives near the port.

A spokesman for the port declined to comment. Moscow has not commented on the attack.
The port of Izmail on the Danube was attacked twice in September. The ferry to Romania is closed until Friday."""

RU = """Украина сбила за ночь 34 из 41 беспилотника

Российские войска за ночь запустили по Одесской области 41 беспилотник, сообщили во вторник украинские ВВС.
Подразделения ПВО уничтожили 34 из них над Черным морем.

Губернатор Олег Бондаренко сообщил, что удары пришлись по двум складам в Черноморске. Никто не погиб.
«Около двух часов ночи мы услышали три взрыва», — рассказала Мария Коваль, которая живет рядом с портом.

Представитель порта отказался от комментариев. Москва не комментировала атаку.
Порт Измаил на Дунае подвергался атакам дважды в сентябре. Паром в Румынию закрыт до пятницы."""

UK = """Україна збила за ніч 34 із 41 безпілотника

Російські війська за ніч запустили по Одеській області 41 безпілотник, повідомили у вівторок українські ВПС.
Підрозділи ППО знищили 34 із них над Чорним морем.

Губернатор Олег Бондаренко повідомив, що удари припали на два склади в Чорноморську. Ніхто не загинув.
«Близько другої години ночі ми почули три вибухи», — розповіла Марія Коваль, яка живе поруч із портом.

Речник порту відмовився від коментарів. Москва не коментувала атаку.
Порт Ізмаїл на Дунаї атакували двічі у вересні. Пором до Румунії закритий до п’ятниці."""


def shapes(alignment: Alignment) -> str:
    """The beads of an alignment in the notation."""
    return " ".join(f"{len(bead.source)}-{len(bead.target)}{'*' if bead.pinned else ''}" for bead in alignment.beads)


@pytest.fixture
def english() -> Document:
    return document(EN, "en")


@pytest.fixture
def russian() -> Document:
    return document(RU, "ru")


@pytest.fixture
def ukrainian() -> Document:
    return document(UK, "uk")


@pytest.fixture
def without() -> Callable[[Document, int], Document]:
    """A document without one of its sentences."""

    def cut(whole: Document, number: int) -> Document:
        span = whole.sentences[number].span
        return document(whole.text[: span.start] + whole.text[span.end :], whole.lang)

    return cut
