"""Every problem planted in the demo article is found, and goes away when it is mended in the text."""

import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest

from glossary import data
from glossary.examination import Examined, examine
from glossary.files.documents import read_text
from glossary.project import Pair, Project
from glossary.service import Settings, resources
from glossary.text.segment import document

PLANTED = tomllib.loads((Path(__file__).parent / "samples" / "planted.toml").read_text(encoding="utf-8"))["planted"]
FOLDER = data.FOLDER / "demo"
CHAINS = ("quote-relay", "quote-third-language")  # true of the article, whoever renders it


@cache
def text(lang: str) -> str:
    return read_text(FOLDER / f"intercept.{lang}.txt").text


@cache
def checked(lang: str, target: str) -> Examined:
    pair = Pair("demo", document(text("en"), "en"), document(target, lang))
    return examine(Project.of(pair), resources(Settings("check")))


def about(examined: Examined, rule: str, at: str) -> list[str]:
    """The messages of findings of `rule` at a place that holds `at`, or lies in it."""
    target = examined.target
    assert target is not None
    return [
        finding.message
        for finding in examined.findings
        if finding.rule == rule
        and any(
            span is not None and (at in span.of(side) or span.of(side) in at)
            for span, side in ((finding.source, examined.source.text), (finding.target, target.text))
        )
    ]


def names(planted: Iterable[dict[str, str]]) -> list[str]:
    return [f"{one['lang']}-{one['rule']}-{one['at'][:12]}" for one in planted]


@pytest.mark.parametrize("planted", PLANTED, ids=names(PLANTED))
def test_a_planted_problem_is_found_until_it_is_mended(planted: dict[str, str]) -> None:
    before = text(planted["lang"])
    assert before.count(planted["wrong"]) == 1
    after = before.replace(planted["wrong"], planted["right"])
    assert about(checked(planted["lang"], before), planted["rule"], planted["at"])
    assert not about(checked(planted["lang"], after), planted["rule"], planted["at"])


@pytest.mark.parametrize("lang", ["ru", "uk"])
def test_with_all_mended_hardly_anything_is_left(lang: str) -> None:
    mended = text(lang)
    for planted in PLANTED:
        if planted["lang"] == lang:
            mended = mended.replace(planted["wrong"], planted["right"])
    left = [f for f in checked(lang, mended).findings if str(f.weight) != "info" and f.rule not in CHAINS]
    assert not [f.message for f in left if str(f.weight) == "error"]
    assert len(left) <= 3, [f.message for f in left]
