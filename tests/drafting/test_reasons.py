"""Reasons to look again at a machine's rendering, and none where there is nothing to see."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glossary.drafting.reasons import REASONS, reasons

LONG_RU = "Российские войска атаковали Харьков ночью, сообщил мэр города."
LONG_EN = "Russian troops attacked Kharkiv overnight, the mayor of the city said."


@pytest.mark.parametrize(
    ("source", "target", "lang", "found"),
    [
        (LONG_EN, LONG_RU, "ru", []),
        ("They fired 57 missiles.", "Они выпустили 57 ракет.", "ru", []),
        ("They fired 57 missiles.", "Они выпустили пятьдесят семь ракет.", "ru", []),
        ("They fired 57 missiles.", "Вони випустили 75 ракет.", "uk", ["numbers"]),
        ("They fired missiles.", "Они выпустили 57 ракет.", "ru", ["numbers"]),
        ("They fired 57 missiles and 57 rockets.", "Они выпустили 57 ракет и снаряды.", "ru", ["numbers"]),
        ("It cost 2.5 million dollars.", "Это стоило 2,5 млн долларов.", "ru", []),
        ("One of them left.", "Ушёл один из них.", "ru", []),
        ("The two sides met.", "Стороны встретились.", "ru", []),
        ("The F-16 landed near the base.", "F-16 приземлился возле базы.", "ru", []),
        ("NATO and the Pentagon met.", "Встретились NATO и Пентагон.", "ru", []),
        ("They saw the drones again.", "Они видели drones снова.", "ru", ["untranslated"]),
        (LONG_EN, "Атака.", "ru", ["length"]),
        (LONG_EN, LONG_RU + " " + LONG_RU.replace("мэр", "глава") + LONG_RU[:30], "ru", ["length", "loop"]),
        ("He spoke of the war.", "Он говорил о войне, о войне, о войне.", "ru", ["loop"]),
        ("He spoke of the war.", "Он он он он говорил.", "ru", ["loop"]),
        ("No, no, no, he said.", "Нет, нет, нет, сказал он.", "ru", []),
        ("They hold 10, 10, 10 and 10.", "У них 10, 10, 10 и 10.", "ru", []),
        ("They hold the line.", "Они держат линию обороны і город.", "ru", ["script"]),
        ("They hold the line.", "Вони тримають эту оборону.", "uk", ["script"]),
        (LONG_EN, "Rossijskie vojska atakovali Kharkiv nochju, soobschil mer.", "ru", ["script"]),
        ("They hold the line.", "", "ru", ["empty"]),
        ("They hold the line.", "…", "ru", ["empty"]),
        ("They hold the line 🔥💪🔥.", "Они держат оборону 🔥.", "ru", ["signs"]),
        ("They hold the line 🇺🇦.", "Они держат оборону 🇺🇦.", "ru", []),
        ("It was 5 °C at post No. 3.", "На посту № 3 было 5 градусов.", "ru", []),
        ("“We hold the line,” he said.", "Держим оборону, сказал он.", "ru", ["marks"]),
        ("“We hold the line,” he said.", "«Держим оборону», — сказал он.", "ru", []),
        ("“We hold the line,” he said.", "— Держим оборону, — сказал он.", "ru", []),
        ("…", "…", "ru", []),
        ("", "", "ru", []),
    ],
)
def test_reasons(source: str, target: str, lang: str, found: list[str]) -> None:
    assert [reason.name for reason in reasons(source, target, lang)] == found


def test_what_the_model_doubts_and_what_was_cut() -> None:
    found = reasons(LONG_EN, LONG_RU, "ru", score=-2.0, cut=True)
    assert [reason.name for reason in found] == ["cut", "score"]
    assert found[1].message == "the model is unsure of this rendering: -2.0"


def test_a_note_says_which_numbers() -> None:
    (found,) = reasons("They fired 57 missiles.", "Вони випустили 75 ракет.", "uk")
    assert found.note == "57 lost; 75 added"


@given(st.text(max_size=200), st.text(max_size=200), st.sampled_from(["ru", "uk"]), st.floats(-9, 0))
@settings(max_examples=100, deadline=None)
def test_any_two_strings_can_be_compared(source: str, target: str, lang: str, score: float) -> None:
    found = reasons(source, target, lang, score)
    assert {reason.name for reason in found} <= set(REASONS)
    assert all(reason.message for reason in found)
