"""Quotes that were rendered before: what is told, and what is not."""

from collections.abc import Callable
from itertools import combinations

import pytest

from glossary import memory
from glossary.examination import Examined
from glossary.memory import KeptQuote, Memory, archive, archive_findings, index
from glossary.memory.persons import same_person, strangers

Look = Callable[..., Examined]

FIRST = (
    "“Our tank fired twice, and twenty guys were gone,” Aleksei told his wife on Tuesday.",
    "«Наш танк выстрелил дважды, и двадцати пацанов не стало», — сказал Алексей жене во вторник.",
)
LATER_SOURCE = (
    "A month later the call was quoted again. “Our tank fired twice, and twenty guys were gone,” Aleksei says."
)


def messages(examined: Examined, opened: Memory) -> list[str]:
    return [finding.message for finding in archive_findings(examined, opened)]


def test_another_rendering_of_a_kept_quote_is_told(opened: Memory, look: Look) -> None:
    memory.add(opened, memory.gathered(look(*FIRST), "2022-12-08"))
    target = "Месяц спустя разговор цитируют вновь. «Танк дал два залпа, и двадцать парней погибли», — говорит Алексей."
    (finding,) = archive_findings(look(LATER_SOURCE, target, "later"), opened)
    assert finding.rule == "quote-archive"
    assert str(finding.weight) == "info"
    assert finding.message == (
        "You rendered this quote on 2022-12-08 as «Наш танк выстрелил дважды, и двадцати пацанов не стало» (first); "
        "here it is «Танк дал два залпа, и двадцать парней погибли»."
    )
    assert finding.suggestions == ("Наш танк выстрелил дважды, и двадцати пацанов не стало",)


def test_the_same_rendering_is_not_told(opened: Memory, look: Look) -> None:
    memory.add(opened, memory.gathered(look(*FIRST), "2022-12-08"))
    target = "Через месяц его цитируют. «Наш танк выстрелил дважды – и двадцати пацанов не стало», — говорит Алексей."
    assert not messages(look(LATER_SOURCE, target, "later"), opened)


def test_an_article_is_not_compared_with_itself(opened: Memory, look: Look) -> None:
    memory.add(opened, memory.gathered(look(*FIRST), "2022-12-08"))
    changed = FIRST[1].replace("пацанов", "парней")
    assert not messages(look(FIRST[0], changed), opened)


def test_a_rendering_into_the_other_language_is_no_matter(opened: Memory, look: Look) -> None:
    memory.add(opened, memory.gathered(look(*FIRST), "2022-12-08"))
    target = "За місяць розмову згадали знову. «Наш танк вистрілив двічі, і двадцяти хлопців не стало», – каже Олексій."
    assert not messages(look(LATER_SOURCE, target, "later", "uk"), opened)


def test_the_latest_of_several_renderings_counts(opened: Memory, look: Look) -> None:
    memory.add(opened, memory.gathered(look(*FIRST), "2022-12-08"))
    second = FIRST[0].replace("on Tuesday", "that evening"), FIRST[1].replace("пацанов", "парней")
    memory.add(opened, memory.gathered(look(*second, "second"), "2023-01-09"))
    target = "Месяц спустя разговор цитируют вновь. «Танк дал два залпа, и двадцать парней погибли», — говорит Алексей."
    (message,) = messages(look(LATER_SOURCE, target, "later"), opened)
    assert "2023-01-09" in message


KEPT = "There is no such thing as a safe place in this town any more"


@pytest.mark.parametrize(
    ("kept", "speaker", "asked", "by", "found"),
    [
        (KEPT, "Olha Bondar", "There’s no such thing as a safe place in this town anymore", "Bondar", True),
        (KEPT, "Olha Bondar", KEPT, "Ivan Melnyk", False),  # somebody else
        (KEPT, "Olha Bondar", "There is a safe way out of this town for everybody", "Olha Bondar", False),
        ("No way", "Ivan Melnyk", "No way", "", False),  # a common phrase, by whoever
        ("The bridge is gone", "Ivan Melnyk", "The bridge is gone", "Melnyk", True),
        ("The bridge is gone", "Ivan Melnyk", "The bridge was gone", "", False),  # short, nobody named
        ("Looters emptied the pharmacy at Vuhledar", "", "Looters have emptied the pharmacy in Vuhledar", "", True),
        ("Looters emptied the pharmacy at Vuhledar", "", "Looters burned the pharmacy at Vuhledar", "", False),
        (KEPT, "", KEPT, "", True),  # long and the same, nobody named
    ],
)
def test_who_said_what(opened: Memory, kept: str, speaker: str, asked: str, by: str, found: bool) -> None:
    quotes = (KeptQuote(kept, "…", speaker),)
    memory.add(opened, memory.Article("a", "en", "ru", "2024-01-01", quotes=quotes))
    assert bool(memory.search(opened, asked, "en", speaker=by)) is found


def test_a_contradiction_is_hedged(opened: Memory) -> None:
    text = "They sent 15 tanks over the bridge and not one of them came back to us"
    memory.add(opened, memory.Article("a", "en", "ru", quotes=(KeptQuote(text, "…", "Aleksei"),)))
    (same,) = memory.search(opened, text, "en", speaker="Aleksei")
    (match,) = memory.search(opened, text.replace("15", "50"), "en", speaker="Aleksei")
    assert same.sure
    assert not match.sure


@pytest.mark.parametrize(
    ("one", "other", "same", "strange"),
    [
        ("President Zelenskyy", "Volodymyr Zelensky", True, False),
        ("Volodymyr Zelensky", "Olena Zelenska", False, True),
        ("a Russian soldier", "the Russian soldier", True, False),
        ("Soldier", "Aleksei", False, False),
        ("", "", False, False),
        ("he", "she", False, False),
    ],
)
def test_speakers(one: str, other: str, same: bool, strange: bool) -> None:
    assert same_person(one, other) is same is same_person(other, one)
    assert strangers(one, other) is strange is strangers(other, one)


def test_each_piece_of_a_divided_quote_has_its_own_rendering(look: Look) -> None:
    examined = look(
        "“Nobody knows where the commander is,” Aleksei replies. “No radios, no maps. They gave us one machine gun.”",
        "«Никто не знает, где командир, — отвечает Алексей. — Ни раций, ни карт. Дали нам один пулемёт».",
    )
    pairs = [(quote.text, quote.rendering) for quote in memory.gathered(examined).quotes]
    assert pairs == [
        ("Nobody knows where the commander is", "Никто не знает, где командир"),
        ("No radios, no maps. They gave us one machine gun.", "Ни раций, ни карт. Дали нам один пулемёт"),
    ]


@pytest.mark.parametrize("speaker", ["Speaker2", ""])
def test_frequent_words_alone_still_find(opened: Memory, monkeypatch: pytest.MonkeyPatch, speaker: str) -> None:
    """Every word stands in more entries than a query may read of one, and any two of them in some."""
    monkeypatch.setattr(index, "BUDGET", 20)
    words = ("tank", "bridge", "river", "winter", "mayor", "hospital", "train", "village")
    chosen = list(combinations(words, 4))
    quotes = [f"the {one} and the {two}, then the {three} and the {four}" for one, two, three, four in chosen]
    crowd = tuple(KeptQuote(text, "…", f"Speaker{n % 7}") for n, text in enumerate(quotes))
    memory.add(opened, memory.Article("crowd", "en", "ru", quotes=crowd))
    asked = quotes[30].replace("the", "a")
    found = memory.search(opened, asked, "en", speaker=speaker)
    assert found[0].text == quotes[30]


def test_among_many_quotes_two_must_be_more_alike(opened: Memory, monkeypatch: pytest.MonkeyPatch) -> None:
    quotes = (KeptQuote(KEPT, "…"), KeptQuote("Nobody came", "…"))
    memory.add(opened, memory.Article("a", "en", "ru", quotes=quotes))
    asked = KEPT.replace("any more", "today")
    assert memory.search(opened, asked, "en")
    monkeypatch.setattr(archive, "MANY", 1e-4)
    assert not memory.search(opened, asked, "en")


def test_words_are_found_in_any_form_on_either_side(opened: Memory) -> None:
    quotes = (KeptQuote("We are holding the trench", "Мы держим окоп", "Aleksei"),)
    memory.add(opened, memory.Article("a", "en", "ru", quotes=quotes))
    assert memory.mentions(opened, "trenches", "en")
    assert memory.mentions(opened, "окопа", "ru")
    assert not memory.mentions(opened, "окопа", "uk")
    assert not memory.mentions(opened, "the", "en")
