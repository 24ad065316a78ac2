"""Which target quote renders which source quote; one line of the source is aligned with one line of the target."""

import pytest

from glossary.alignment.beads import Alignment, Bead
from glossary.quotes.extraction import find_quotes
from glossary.quotes.links import find_links, spoken
from glossary.text.segment import document


def aligned(english: str, other: str, lang: str) -> Alignment:
    source, target = document(english, "en"), document(other, lang)
    beads = [
        Bead(tuple(range(one.first, one.last)), tuple(range(two.first, two.last)), 1.0)
        for one, two in zip(source.paragraphs, target.paragraphs, strict=True)
    ]
    return Alignment(source, target, tuple(beads))


def links(english: str, other: str, lang: str) -> list[tuple[int, tuple[int, ...]]]:
    pair = aligned(english, other, lang)
    return list(find_links(find_quotes(pair.source), find_quotes(pair.target), pair))


CASES = [
    (
        "one to one",
        "“We held the bridge,” said Koval.\n“Nobody came to help us,” said his wife.",
        "«Мы удержали мост», — сказал Коваль.\n«Никто не пришёл нам на помощь», — сказала его жена.",
        [(0, (0,)), (1, (1,))],
    ),
    (
        "two in one sentence keep their order",
        "He called it “a disaster” and his chief “a liar”.",
        "Он назвал это «катастрофой», а своего начальника «лжецом».",
        [(0, (0,)), (1, (1,))],
    ),
    (
        "a lost quote is left alone",
        "The ministry said losses were “minimal”.\n“We buried forty men,” said Koval.",
        "Министерство заявило, что потери были минимальными.\n«Мы похоронили сорок человек», — сказал Коваль.",
        [(0, ()), (1, (0,))],
    ),
    (
        "a lost quote is not linked to a name",
        "The ministry told the paper losses were “minimal”.",
        "Министерство сообщило газете «Северный рубеж», что потери были минимальными.",
        [(0, ())],
    ),
    (
        "names link to names",
        "The frigate “Admiral Lebedev” was hit, “perhaps twice,” said Koval.",
        "Фрегат «Адмирал Лебедев» был поражён, «возможно, дважды», — сказал Коваль.",
        [(0, (0,)), (1, (1,))],
    ),
    (
        "one becomes two",
        "“We held the bridge for six days and nobody came to help us in all that time,” said Koval.",
        "«Мы удерживали мост шесть дней», — сказал Коваль. «И за всё это время никто не пришёл нам на помощь».",
        [(0, (0, 1))],
    ),
    (
        "two become one",
        "“We held the bridge for six days,” said Koval. “In all that time nobody came to help us.”",
        "«Мы удерживали мост шесть дней, и за всё это время никто не пришёл нам на помощь», — сказал Коваль.",
        [(0, (0,)), (1, (0,))],
    ),
    (
        "nested to nested",
        "“He shouted, ‘Get down!’ and then the shell hit the house,” she said.",
        "«Он крикнул: „Ложись!“ — и тут снаряд попал в дом», — сказала она.",
        [(0, (0,)), (1, (1,))],
    ),
    (
        "author's words inside count as nobody's",
        "“Mines are the worst,” said Koval. “There is no map of them.”",
        "«Мины — хуже всего, — сказал Коваль. — Карты их нет».",
        [(0, (0,)), (1, (0,))],
    ),
]


@pytest.mark.parametrize(("english", "russian", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_links(english: str, russian: str, expected: list[tuple[int, tuple[int, ...]]]) -> None:
    assert links(english, russian, "ru") == expected


def test_numbers_tell_quotes_apart() -> None:
    english = "He said “we lost 40 men”, then “we lost 12 men”."
    ukrainian = "Він сказав: «ми втратили 12 осіб», а до того — «ми втратили 40 осіб»."
    assert links(english, ukrainian, "uk") == [(0, (1,)), (1, (0,))]


def test_every_source_quote_in_marks_is_listed_once() -> None:
    english = "“A.” “B.” “C,” he said of the “D” and the “Morning Post”."
    found = links(english, "Ничего похожего тут нет.", "ru")
    assert found == [(n, ()) for n in range(5)]


def test_author_words_are_blanked_and_offsets_stay() -> None:
    text = "«Мины, — сказал он, — хуже всего»."
    (quote,) = find_quotes(document(text, "ru"))
    words = spoken(quote, text)
    assert len(words) == len(quote.span)
    assert words.split() == ["Мины", "хуже", "всего"]
