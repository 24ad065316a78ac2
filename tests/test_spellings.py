"""One name, several spellings."""

import pytest

from glossary.alignment.beads import Alignment, Bead
from glossary.spellings import check_spellings
from glossary.text.segment import document


def said(english: list[str], target: list[str], lang: str) -> list[str]:
    source, rendering = document("\n".join(english), "en"), document("\n".join(target), lang)
    assert len(source.sentences) == len(rendering.sentences) == len(english)
    beads = tuple(Bead((n,), (n,), 1.0) for n in range(len(english)))
    found = check_spellings(Alignment(source, rendering, beads))
    return [f"{f.params['name']}: {f.params['forms']}" for f in found]


@pytest.mark.parametrize(
    ("lang", "english", "target", "expected"),
    [
        (
            "ru",
            ["He met Lindqvist there.", "Then Lindqvist left.", "People trust Lindqvist."],
            ["Там он встретил Линдквист.", "Потом Линдквист уехала.", "Люди верят Линдквёст."],
            ["Lindqvist: «Линдквист» (2), «Линдквёст» (1)"],
        ),
        (
            "uk",
            ["He met Zelensky there.", "Then Zelensky left."],
            ["Там він зустрів Зеленського.", "Потім Зелинський поїхав."],
            ["Zelensky: «Зеленського» (1), «Зелинський» (1)"],
        ),
        (
            "uk",
            ["They left Kyiv today.", "In Kyiv it rained.", "The Kyiv region slept.", "All of Kyiv waited."],
            ["Вони сьогодні виїхали з Києва.", "У Києві дощило.", "Уся Київська область спала.", "Весь Київ чекав."],
            [],
        ),
        (
            "ru",
            ["The man Pavel came.", "They saw Pavel again.", "He flew to Lviv.", "From Lviv he wrote."],
            ["Пришёл мужчина Павел.", "Снова видели Павла.", "Он полетел во Львов.", "Он писал из Львова."],
            [],
        ),
    ],
)
def test_spellings(lang: str, english: list[str], target: list[str], expected: list[str]) -> None:
    assert said(english, target, lang) == expected
