"""Figures that changed between the two sides of a bead."""

import pytest

from glossary.alignment.beads import Alignment, Bead
from glossary.figures import check_figures
from glossary.findings import Severity
from glossary.text.spans import Document, Paragraph, Sentence, Span


def line(text: str, lang: str) -> Document:
    span = Span(0, len(text))
    return Document(text, lang, (Paragraph(span, 0, 1),), (Sentence(span, 0),))


def said(english: str, target: str, lang: str = "ru") -> list[str]:
    alignment = Alignment(line(english, "en"), line(target, lang), (Bead((0,), (0,), 1.0),))
    return [
        f"{f.variant} {f.source.of(english) if f.source else '-'} {f.target.of(target) if f.target else '-'}"
        for f in check_figures(alignment)
        if f.weight > Severity.INFO
    ]


@pytest.mark.parametrize(
    ("lang", "english", "target"),
    [
        ("ru", "Russia lost 100,000 men.", "Россия потеряла 100 тысяч человек."),
        ("ru", "Russia lost 100,000 men.", "Россия потеряла сто тысяч человек."),
        ("uk", "Two soldiers died.", "Загинули двоє солдатів."),
        ("ru", "a two-day truce", "двухдневное перемирие"),
        ("ru", "155-mm shells", "155-мм снаряды"),
        ("ru", "two T-72s", "два Т-72"),
        ("uk", "on Feb. 24, 2022", "24 лютого 2022 року"),
        ("ru", "at 7 p.m.", "в 19:00"),
        ("ru", "at 7 p.m.", "в семь вечера"),
        ("uk", "50 percent of them", "половина з них"),
        ("ru", "in the 1990s", "в 90-х"),
        ("ru", "dozens of drones", "десятки дронов"),
        ("ru", "the first of ten", "первый из десяти"),
        ("uk", "one of them", "хтось із них"),
        ("ru", "10 miles away", "в 16 километрах"),
    ],
)
def test_what_translators_do_is_not_reported(lang: str, english: str, target: str) -> None:
    assert said(english, target, lang) == []


@pytest.mark.parametrize(
    ("lang", "english", "target", "expected"),
    [
        ("ru", "Russia lost 100,000 men.", "Россия потеряла 10 000 человек.", "default 100,000 10 000"),
        ("uk", "It fired 57 missiles.", "Вона випустила 75 ракет.", "default 57 75"),
        ("ru", "two hundred men", "триста человек", "default two hundred триста"),
        ("ru", "a column of T-72s", "колонна Т-90", "designation T-72 Т-90"),
        ("uk", "killed 23 people on Monday", "у понеділок загинули люди", "vanished 23 -"),
        ("ru", "60 percent", "16 процентов", "default 60 16"),
    ],
)
def test_changed_figures(lang: str, english: str, target: str, expected: str) -> None:
    assert said(english, target, lang) == [expected]
