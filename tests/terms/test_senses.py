"""Which concept an English word stands for: marked in brackets with what lets it through."""

from collections.abc import Callable

import pytest

from glossary.terms.index import TermIndex
from glossary.terms.senses import mentions
from glossary.text.spans import Document

English = Callable[[list[str]], Document]

ARTICLE = ["The howitzer fired.", "Marines held the trench.", "A drone fell.", "The {} burned."]


def marked(source: Document, index: TermIndex, domain: str) -> list[str]:
    """The mentions as `[words#concept grounds]`."""
    return [f"[{m.span.of(source.text)}#{m.concept.id} {m.grounds or '-'}]" for m in mentions(source, index, domain)]


CASES = [
    ("The howitzer fired.", "auto", ["[howitzer#howitzer always]"]),
    ("The tank burned.", "auto", ["[tank#tank -]"]),
    ("The tank burned.", "military", ["[tank#tank domain]"]),
    ("The tank burned.", "none", ["[tank#tank -]"]),
    ("The storage tank burned.", "military", []),
    ("A tank full of water burst.", "military", []),
    ("A battle tank full of rain.", "military", ["[battle tank#tank domain]"]),
    ("The tank and the howitzer burned.", "auto", ["[tank#tank neighbour]", "[howitzer#howitzer always]"]),
    ("A company of marines landed.", "auto", ["[company#company collocation]", "[marines#marines always]"]),
    ("The company cut its dividend.", "military", ["[company#company -]"]),
    ("The rifle company and the energy company.", "military", ["[company#company collocation]"]),
    ("A counter-battery radar.", "military", []),
    ("A tank-like car.", "military", []),
    ("Russian-made T-72 tanks.", "auto", ["[T-72 tanks#t-72 always]"]),
    ("Kyiv's howitzers.", "auto", ["[Kyiv's#kyiv always]", "[howitzers#howitzer always]"]),
    ("Chicken Kiev is a dish.", "military", []),
    ("Major Petrenko of the AFU spoke.", "auto", ["[Major#major title]", "[AFU#afu always]"]),
    ("It was a major success.", "military", ["[major#major -]"]),
    ("The major said so.", "military", ["[major#major title]"]),
    ("The afu and the uav.", "auto", []),
    ("He met the Armed Forces of Ukraine.", "auto", ["[Armed Forces of Ukraine#afu always]"]),
]


@pytest.mark.parametrize(("text", "domain", "expected"), CASES, ids=[c[0][:30] + c[1] for c in CASES])
def test_senses(indexes: dict[str, TermIndex], english: English, text: str, domain: str, expected: list[str]) -> None:
    assert marked(english([text]), indexes["ru"], domain) == expected


def test_an_article_with_three_certain_terms_is_about_war(indexes: dict[str, TermIndex], english: English) -> None:
    found = marked(english([line.format("tank") for line in ARTICLE]), indexes["ru"], "auto")
    assert found[-1] == "[tank#tank domain]"


def test_a_passage_about_war_does_not_make_a_long_article_one(indexes: dict[str, TermIndex], english: English) -> None:
    lines = [*("Prices rose." for _ in range(20)), *(line.format("tank") for line in ARTICLE), "Rain.", "Rain."]
    lines += ["Prices rose." for _ in range(10)] + ["The tank burned."]
    found = marked(english(lines), indexes["ru"], "auto")
    assert found[-2:] == ["[tank#tank passage]", "[tank#tank -]"]


def test_the_domain_is_one_of_three(indexes: dict[str, TermIndex], english: English) -> None:
    with pytest.raises(ValueError, match="peace"):
        mentions(english(["x"]), indexes["ru"], "peace")
