"""A page of which only some rows are made anew shows what one made from scratch shows."""

from dataclasses import replace
from pathlib import Path

import pytest

from glossary.data import FOLDER
from glossary.examination import Examined, examine
from glossary.files.pairs import PairEntry, load_project
from glossary.findings import Finding
from glossary.project import Retarget
from glossary.recheck import patch, patched
from glossary.service import Settings, resources
from glossary.text.spans import Span
from tui.checking import Rechecked
from tui.heights import Columns, Heights
from tui.painting import DOUBTFUL
from tui.renewing import Pages
from tui.rows import Page, Row
from tui.wire import flat_examined, full_examined

ARTICLES = Path(__file__).parents[1] / "samples" / "articles"
RESOURCES = resources(Settings(memory=False))


def seen(row: Row) -> Row:
    """What is seen of a row: of its score only whether it is doubtful."""
    return replace(row, sure=float(row.sure is not None and row.sure < DOUBTFUL))


def same(page: Page, other: Page, pointing: Finding | None = None) -> None:
    assert list(page.texts) == list(other.texts)
    assert list(page.fresh) == list(other.fresh)
    for number in range(len(other)):
        assert seen(page.row(number, pointing)) == seen(other.row(number, pointing)), number


@pytest.mark.parametrize(
    ("source", "target"),
    [(FOLDER / "demo" / "intercept.en.txt", FOLDER / "demo" / "intercept.uk.txt"),
     (ARTICLES / "medic.en.txt", ARTICLES / "medic.uk.txt")],
    ids=["demo", "medic"],
)  # fmt: skip
def test_edits_and_checks_change_the_rows_they_change(source: Path, target: Path) -> None:
    project = load_project(PairEntry("p", str(source), target=str(target)), True, False)
    pages, found = Pages(), examine(project, RESOURCES)
    pages.after_check(found)
    assert project.pair.target is not None
    for part, words in ((0.1, " 47 "), (0.5, "«"), (0.5, "» "), (0.8, ""), (0.3, " Слово")):
        place = int(part * len(project.pair.target.text))
        project = project.applied(Retarget(Span(place, place + (0 if words else 9)), words))
        made = patch(found, project.pair, RESOURCES)
        if made is None:
            found = examine(project, RESOURCES)
            pages.after_check(found)
            continue
        quick = patched(found, made, project.pair)
        page = pages.after_edit(Rechecked(found, made, quick))
        same(page, Page.of(quick))
        same(page, Page.of(quick), quick.findings[-1])
        found = settled(examine(project, RESOURCES), quick)
        same(pages.after_check(found), Page.of(found))


def settled(whole: Examined, quick: Examined) -> Examined:
    """A check of the whole as it comes through the pipe, after a look."""
    return full_examined(flat_examined(whole, quick), whole.pair, quick)


def test_nothing_changed_is_the_same_page() -> None:
    demo = FOLDER / "demo"
    entry = PairEntry("p", str(demo / "intercept.en.txt"), target=str(demo / "intercept.ru.txt"))
    found = settled(
        examine(load_project(entry, True, False), RESOURCES), examine(load_project(entry, True, False), RESOURCES)
    )
    pages = Pages()
    page = pages.after_check(found)
    assert pages.after_check(settled(examine(load_project(entry, True, False), RESOURCES), found)) is page


def test_heights_of_changed_rows_are_measured_and_the_others_kept() -> None:
    texts = [("one two three", "раз два три"), ("four", "четыре"), ("five", "пять")]
    before = Heights(texts, [False, True, False], Columns(6, 6, False))
    changed = [texts[0], ("four", "четыре пять шесть семь"), texts[2]]
    after = before.after(changed, [False, True, True])
    whole = Heights(changed, [False, True, True], Columns(6, 6, False))
    assert after is not None
    assert after.tops == whole.tops
    assert before.tops != whole.tops
    assert before.after(changed[:2], [False, True]) is None
