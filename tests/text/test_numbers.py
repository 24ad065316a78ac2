"""Numbers in digits and words, as values that can be compared across languages."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glossary.text.numbers import figures


def values(text: str, lang: str) -> list[tuple[str, str]]:
    return [(f.span.of(text), str(f.value)) for f in figures(text, lang)]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "100,000"),
        ("en", "100 thousand"),
        ("en", "a hundred thousand"),
        ("en", "100K"),
        ("ru", "100 000"),
        ("ru", "100\u00a0000"),
        ("ru", "100 тысяч"),
        ("ru", "100 тыс."),
        ("ru", "сто тысяч"),
        ("ru", "100-тысячную"),
        ("uk", "100 тисяч"),
        ("uk", "сто тисяч"),
        ("uk", "100 тис."),
        ("uk", "100.000.000"[:7]),
    ],
)
def test_a_hundred_thousand_in_many_ways(lang: str, text: str) -> None:
    assert [f.value for f in figures(text, lang)] == [100 if text == "100.000" else 100_000]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "$2.5bn and 2.5 million", [2_500_000_000, 2_500_000]),
        ("ru", "2,5 млрд и 2,5 миллиона", [2_500_000_000, 2_500_000]),
        ("en", "twenty-five of two hundred and fifty", [25, 250]),
        ("ru", "двадцать пять из двухсот пятидесяти", [25, 250]),
        ("uk", "двадцять п’ять із двохсот п’ятдесяти", [25, 250]),
        ("ru", "сто двадцать тысяч триста сорок один", [120_341]),
        ("uk", "трьохсот сорока двох", [342]),
        ("en", "£11million", [11_000_000]),
        ("en", "340 to 500 million", [340_000_000, 500_000_000]),
        ("uk", "від 340 до 500 мільйонів", [340_000_000, 500_000_000]),
        ("en", "one, two, three", [1, 2, 3]),
        ("ru", "трое из пятерых", [3, 5]),
    ],
)
def test_values(lang: str, text: str, expected: list[int]) -> None:
    assert [f.value for f in figures(text, lang)] == expected


@pytest.mark.parametrize(
    ("lang", "text", "kind"),
    [
        ("en", "F-16s", "designation"),
        ("ru", "Т-72Б3", "designation"),
        ("uk", "С-300", "designation"),
        ("en", "in 2014", "year"),
        ("en", "50 per cent", "percent"),
        ("ru", "50 %", "percent"),
        ("uk", "50 відсотків", "percent"),
        ("en", "7 a.m.", "time"),
        ("ru", "19:30", "time"),
        ("en", "the first", "ordinal"),
        ("ru", "двадцать четвёртая", "ordinal"),
        ("en", "dozens", "vague"),
        ("ru", "тысячи солдат", "vague"),
        ("en", "World War II", "ordinal"),
    ],
)
def test_kinds(lang: str, text: str, kind: str) -> None:
    (figure,) = figures(text, lang)
    assert figure.kind == kind


def test_the_afternoon() -> None:
    (english,), (russian,) = figures("5.30pm", "en"), figures("17:30", "ru")
    assert english.value == russian.value == Fraction(17 * 60 + 30)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200), st.sampled_from(["en", "ru", "uk"]))
def test_any_text_gives_ordered_spans_inside_it(text: str, lang: str) -> None:
    last = 0
    for figure in figures(text, lang):
        assert last <= figure.span.start < figure.span.end <= len(text)
        last = figure.span.end
