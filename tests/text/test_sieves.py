"""Sieves find what their expressions find, nothing else and nothing less."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.quotes import cues, outlets
from glossary.text.sieves import Sieve, beginnings, needed, sieve, sieves

LETTERS = "abİıſkX"


def joined(parts: list[str]) -> str:
    return "".join(parts)


def choice(parts: list[str]) -> str:
    return f"(?:{'|'.join(parts)})"


literals = st.text(LETTERS + " -_'.", min_size=1, max_size=6).map(re.escape)
classes = st.sampled_from(
    [
        r"[Aa]",
        r"[ab]",
        r"\w",
        r"\s",
        r"\W",
        r"[^a]",
        r"[-\s]",
        r"[a-c]",
        r"\b",
        r"(?<!\w)",
        r"(?<![\w-])",
        r"(?!\w)",
        r"(?<=a\s)",
        r"(?=a)",
        r"^",
        r"$",
        r".",
        r"\S+\s",
        r"(?<=\s)",
        r"(?:\w+\s){0,2}",
    ]
)
expressions = st.recursive(
    literals | classes,
    lambda parts: (
        st.lists(parts, min_size=1, max_size=4).map(joined)
        | st.lists(parts, min_size=1, max_size=4).map(choice)
        | st.lists(parts, min_size=1, max_size=3).map(joined).map("({})".format)
        | st.tuples(st.lists(parts, min_size=1, max_size=3), st.sampled_from(["?", "*", "{1,2}", "*?", "+"])).map(
            lambda drawn: f"(?:{joined(drawn[0])}){drawn[1]}"
        )
    ),
    max_leaves=12,
)
texts = st.text("aabbİıſSkKKxX  -_'.\u0345\u0301", max_size=24)


@given(expressions, texts, st.integers(0, 8), st.integers(0, 24), st.sampled_from([0, re.IGNORECASE]))
def test_a_match_holds_one_of_the_words_needed(expression: str, text: str, start: int, end: int, flags: int) -> None:
    plain, sifted = re.compile(expression, flags), sieve(expression, flags)
    assert [m.span() for m in sifted.finditer(text, start, end)] == [m.span() for m in plain.finditer(text, start, end)]
    found, wanted = sifted.search(text, start, end), plain.search(text, start, end)
    assert (found and found.span()) == (wanted and wanted.span())


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        (r"(?<![\w-])(?:intercept[a-z]*|bugged)(?![\w-])", "bugg inte"),
        (r"\b(?:on|to) the (?:(?:live|late) )?(?:television|TV|air)\b", "air tele tv"),
        (r"(?<![\w-])(?:posts?|statement|station) ?", "post stat"),
        (r"(?<![\w-])man(?:kind)?", "man"),
        (r"(?<![\w-])(?:[Oo]n|via) X, formerly", "form"),
        (r"told|asked", ""),  # may stand inside a word
        (r"\bon (?:TV|\w+)", "on"),
        (r"\bX", ""),
    ],
)
def test_the_words_an_expression_needs(expression: str, words: str) -> None:
    assert " ".join(sorted(needed(expression))) == words


def lists() -> list[Sieve]:
    named = [("words", "medium"), ("mediators", "interpreter"), ("following", "outlet")]
    every = [pattern for _, pattern in cues.offices()] + [cues.phrases(*name) for name in named]
    several = [pattern for _, pattern in cues.origins()] + [cues.own(), cues.choice("paper")]
    every += [part for pattern in several for part in pattern.parts]
    return [*every, outlets._describing(), outlets._anonymous(), outlets._mastheads()]


@given(st.lists(expressions, min_size=1, max_size=5), texts)
def test_several_expressions_are_found_where_one_of_them_is(several: list[str], text: str) -> None:
    found, wanted = sieves(several).search(text), re.search("|".join(f"(?:{one})" for one in several), text)
    assert (found and found.start()) == (wanted and wanted.start())


words_of_lists = st.sampled_from(
    sorted({word for one in lists() for word in re.findall(r"[A-Za-z’'-]{2,}", one.pattern.pattern)})
)


@given(st.lists(words_of_lists, max_size=14).map(" ".join))
def test_the_lists_of_cues_lose_nothing(text: str) -> None:
    for one in lists():
        assert one.words
        assert [m.span() for m in one.finditer(text)] == [m.span() for m in one.pattern.finditer(text)]


def test_beginnings_know_words_in_any_case() -> None:
    assert beginnings("THE Reporter’s") == beginnings("the reporting's") == {"the", "rep", "repo", "s"}
