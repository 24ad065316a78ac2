"""A change of the glossary is never said to leave a pair alone that comes out otherwise."""

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from glossary.examination import Examined, Resources, examine
from glossary.files.glossaries import load_glossary
from glossary.files.lexicons import load_lexicon
from glossary.files.pairs import entries, load_project
from glossary.project import Project
from glossary.terms import build_index
from glossary.terms.changes import Change, change
from glossary.terms.concepts import Concept, Glossary, Rendering
from glossary.text.segment import document

ARTICLES = Path(__file__).parent.parent / "samples" / "articles"
EVERY, OFFSET = 12, 5


@pytest.fixture(scope="module")
def rows() -> tuple[Concept, ...]:
    """Every twelfth row of the curated glossary."""
    return tuple(load_glossary().concepts)[OFFSET::EVERY]


@pytest.fixture(scope="module")
def projects() -> list[Project]:
    found = [entry for entry in entries(ARTICLES) if not hasattr(entry, "what")]
    return [load_project(entry) for entry in found[:4]]  # type: ignore[arg-type]


def resources(concepts: Sequence[Concept]) -> Resources:
    glossary = Glossary(tuple(concepts))
    indexes = {lang: build_index(glossary, lang) for lang in ("ru", "uk")}
    lexicons = {lang: load_lexicon(glossary, lang) for lang in ("ru", "uk")}
    return Resources(glossary, indexes.__getitem__, lexicons.__getitem__)


def touched(changed: Change, examined: Examined) -> bool:
    pair = examined.pair
    return changed.touches(pair.source, pair.target) or changed.touches(examined.source, examined.target)


def words_of(projects: list[Project], choose: random.Random) -> tuple[str, str]:
    """An English and a target word or two that stand in one of the articles."""
    project = choose.choice(projects)
    assert project.pair.target is not None
    sides = []
    for side in (project.pair.source, project.pair.target):
        words = side.text.split()
        at = choose.randrange(len(words) - 2)
        sides.append(" ".join(words[at : at + choose.choice((1, 1, 2))]).strip(".,“”«»—–:;!?()"))
    return sides[0] or "tank", sides[1] or "танк"


def edited(rows: tuple[Concept, ...], projects: list[Project], choose: random.Random) -> tuple[Concept, ...]:
    """The rows with one to three of them added, taken away or changed."""
    found = list(rows)
    for number in range(choose.choice((1, 1, 2, 3))):
        at = choose.randrange(len(found))
        english, target = words_of(projects, choose)
        lang = choose.choice(("ru", "uk"))
        match choose.randrange(5):
            case 0:
                del found[at]
            case 1:
                status = choose.choice(("preferred", "admitted", "forbidden", "other"))
                new = Rendering(target, lang, status)
                found[at] = replace(found[at], renderings=(*found[at].renderings, new))
            case 2:
                found[at] = replace(found[at], english=(*found[at].english, Rendering(english, "en", "admitted")))
            case 3:
                found[at] = replace(found[at], ambiguity=choose.randrange(3), english_with=(english,))
            case _:
                renderings = (Rendering(target, lang, "preferred"),)
                new_row = Concept(
                    f"new-{number}", "unit", "", (Rendering(english, "en", "preferred"),), (), (), 0, renderings
                )
                found.insert(at, new_row)
    return tuple(found)


def test_what_is_not_touched_comes_out_as_before(rows: tuple[Concept, ...], projects: list[Project]) -> None:
    before = resources(rows)
    was = [examine(project, before) for project in projects]
    safe = changed_results = 0
    for seed in range(20):
        after = edited(rows, projects, random.Random(seed))
        changed, now = change(rows, after), resources(after)
        for project, old in zip(projects, was, strict=True):
            same = examine(project, now) == old
            said = touched(changed, old)
            assert same or said, (seed, project.pair.id)
            safe += not said
            changed_results += not same
    assert safe > 20, "a check that says everything is touched is no help"
    assert changed_results > 5, "edits that change nothing prove nothing"


def pair_of(source: str, target: str) -> Callable[[Change], bool]:
    documents = document(source, "en"), document(target, "ru")
    return lambda changed: changed.touches(*documents)


def test_the_same_rows_touch_nothing(rows: tuple[Concept, ...]) -> None:
    again = tuple(replace(row, line=row.line + 1, origin="elsewhere.csv") for row in rows)
    assert not change(rows, again).touches(document("The tank fired.", "en"), document("Танк выстрелил.", "ru"))


def test_rows_that_changed_places_touch_everything(rows: tuple[Concept, ...]) -> None:
    assert change(rows, rows[::-1]).everything


def test_a_form_that_hides_another_is_seen() -> None:
    gun = Concept("gun", "weapon", "noun", (Rendering("155", "en", "preferred"),), (), (), 0, ())
    barrel = replace(gun, id="barrel", english=(Rendering("155mm barrel", "en", "preferred"),))
    text = "Two 155mm guns came."
    met = [build_index(Glossary(rows), "ru").find(text, "en") for rows in ((gun,), (gun, barrel))]
    assert [len(found) for found in met] == [1, 0], "the premise: a form of its own hides the number before it"
    assert pair_of(text, "Пришли две пушки.")(change((gun,), (gun, barrel)))


def test_an_inflected_form_is_seen_on_either_side() -> None:
    row = Concept(
        "x",
        "unit",
        "noun",
        (Rendering("howitzer", "en", "preferred"),),
        (),
        (),
        0,
        (Rendering("гаубица", "ru", "preferred"),),
    )
    added = change((), (row,))
    assert pair_of("Two howitzers fired.", "Стреляли дважды.")(added)
    assert pair_of("They fired twice.", "Стреляли из гаубиц.")(added)
    assert not pair_of("They fired twice.", "Стреляли дважды.")(added)
    assert added == change((), (row,))
