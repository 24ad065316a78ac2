"""A look at the beads around an edit says of them what a check of the whole pair says, given the same beads."""

from dataclasses import replace
from functools import cache
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from glossary.alignment.beads import Alignment, Bead, Pin
from glossary.data import FOLDER
from glossary.examination import EMPTY_STUDY, Examined, examine, judged
from glossary.files.pairs import PairEntry, load_project
from glossary.findings import Finding
from glossary.project import Pair, Project, Retarget
from glossary.recheck import patch, patched
from glossary.recheck.patches import local
from glossary.service import Settings, resources
from glossary.text.segment import document
from glossary.text.spans import Span

ARTICLES = Path(__file__).parents[1] / "samples" / "articles"
RESOURCES = resources(Settings(memory=False))
TARGETS = sorted([*ARTICLES.glob("*.ru.txt"), *ARTICLES.glob("*.uk.txt"), *(FOLDER / "demo").glob("intercept.??.txt")])
PAIRS = [path for path in TARGETS if path.suffixes[0] != ".en"]
# What people put in: a word, a figure, the end of a sentence, half a quote, a line break, a wrong letter, nothing.
TYPED = ("", " слово", " 47", ".", "«", "»", " «Так» ", "\n", "\n\n", " cила", "\u200b", " танк", ", — сказал он. ")

MARKS = frozenset("«»„“”\"'’—-")
BY_QUOTES = ("quote-", "number-mismatch")


@cache
def before(path: Path) -> tuple[Project, Examined]:
    source = path.with_name(f"{path.name.split('.')[0]}.en.txt")
    project = load_project(PairEntry(path.name, str(source), target=str(path)), True, False)
    return project, examine(project, RESOURCES)


def plain(finding: Finding) -> tuple[object, ...]:
    """A finding without its wording: a suggestion may depend on the article."""
    return finding.rule, finding.bead, finding.source, finding.target, finding.concept, finding.variant


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(PAIRS), st.floats(0, 1), st.integers(0, 14), st.sampled_from(TYPED))
@example(next(path for path in PAIRS if path.name == "medic.uk.txt"), 0.5, 0, " слово")  # `he`, named before the window
@example(next(path for path in PAIRS if path.name == "ferryman.ru.txt"), 0.71875, 0, " 47")  # in a quote of many rows
def test_the_window_agrees_with_the_whole(path: Path, place: float, length: int, words: str) -> None:
    project, found = before(path)
    assert project.pair.target is not None
    start = int(place * len(project.pair.target.text))
    edit = Retarget(Span(start, min(len(project.pair.target.text), start + length)), words)
    after = project.applied(edit)
    made = patch(found, after.pair, RESOURCES)
    if made is None:
        return
    quick = patched(found, made, after.pair)
    assert quick.alignment is not None
    whole = judged(after.pair, quick.alignment, RESOURCES)
    ours, theirs = ([one for one in study.findings if local(one)] for study in (quick, whole))
    replaced = edit.span.of(project.pair.target.text)
    if MARKS & {*words, *replaced} or any(one.rule == "quote-unclosed" for one in ours + theirs):
        # How far a quote goes that nothing closes, and what closes it instead, only the whole text tells; and whether
        # a number belongs to it.
        ours, theirs = ([one for one in found if not one.rule.startswith(BY_QUOTES)] for found in (ours, theirs))
    else:
        assert [q.span for q in quick.quotes.target] == [q.span for q in whole.quotes.target]
        assert quick.quotes.links == whole.quotes.links
    assert [plain(one) for one in ours] == [plain(one) for one in theirs]
    assert quick.terms == whole.terms


def edited(name: str, old: str, new: str) -> tuple[Examined, Examined]:
    """An article of the samples before and after words of its target were replaced, as a patch shows it."""
    project, found = before(next(path for path in PAIRS if path.name == name))
    assert project.pair.target is not None
    start = project.pair.target.text.index(old)
    after = project.applied(Retarget(Span(start, start + len(old)), new))
    made = patch(found, after.pair, RESOURCES)
    assert made is not None
    return found, patched(found, made, after.pair)


def test_what_was_put_right_is_no_finding_any_more_and_what_follows_moves() -> None:
    found, quick = edited("intercept.ru.txt", "дружественном огне", "огне по своим")
    wrong = next(one for one in found.findings if one.rule == "term-forbidden")
    rest = [one for one in found.findings if one is not wrong]
    text, now = found.alignment, quick.alignment
    assert text is not None
    assert now is not None
    for old, new in zip(rest, quick.findings, strict=True):
        assert (old.rule, old.source) == (new.rule, new.source)
        if old.target is not None and new.target is not None:
            assert old.target.of(text.target.text) == new.target.of(now.target.text)


def test_a_quote_that_loses_its_marks_is_told_at_once() -> None:
    _, quick = edited("intercept.ru.txt", "«Это наш же танк»", "Это наш же танк")
    assert any(one.rule == "quote-marks-lost" and one.bead == 0 for one in quick.findings)


def test_a_sentence_out_of_nowhere_goes_to_the_bead_that_is_edited() -> None:
    source = document("The tank fired.\n\nTwo men fell.\n\nIt was over.", "en")
    target = document("Танк выстрелил.\n\nВсё кончилось.", "ru")
    beads = (Bead((0,), (0,), 0.9), Bead((1,), (), 0.9), Bead((2,), (1,), 0.9))
    project = Project(Pair("p", source, target, "ru"))
    found = judged(project.pair, Alignment(source, target, beads), RESOURCES)
    after = project.applied(Retarget(Span(15, 15), "\n\nДвое упали."))
    made = patch(found, after.pair, RESOURCES, 1)
    assert made is not None
    assert [one.bead for one in found.findings if one.rule == "untranslated"] == [1]
    assert not patched(found, made, after.pair).findings  # there is a counterpart now
    alignment = patched(found, made, after.pair).alignment
    assert alignment is not None
    assert [bead.target for bead in alignment.beads] == [(0,), (1,), (2,)]
    assert patch(found, after.pair, RESOURCES) is None


def test_a_sentence_that_ran_into_the_next_comes_apart_again() -> None:
    source = document("The tank fired. Two men fell.", "en")
    target = document("Танк выстрелил. Двое упали.", "ru")
    project = Project(Pair("p", source, target, "ru"))
    beads = (Bead((0,), (0,), 0.9), Bead((1,), (1,), 0.9))
    found = judged(project.pair, Alignment(source, target, beads), RESOURCES)
    for words, expected in ((" и", [(0,), ()]), (" и.", [(0,), (1,)])):
        after = project.applied(Retarget(Span(14, 15), words))
        made = patch(found, after.pair, RESOURCES, 0)
        assert made is not None
        alignment = patched(found, made, after.pair).alignment
        assert alignment is not None
        assert [bead.target for bead in alignment.beads] == expected


def test_the_mark_of_a_draft_comes_off_and_on() -> None:
    source = document("The tank fired.\nTwo men fell.", "en")
    target = document("[[draft: machine]] Танк выстрелил.\n[[draft: machine]] Двое упали.", "ru")
    project = Project(Pair("p", source, target, "ru"))
    found = examine(project, RESOURCES)
    assert dict(found.drafts) == {0: "machine", 1: "machine"}
    after = project.applied(Retarget(Span(0, 19), ""))
    made = patch(found, after.pair, RESOURCES)
    assert made is not None
    assert patched(found, made, after.pair) == replace(examine(after, RESOURCES), quotes=EMPTY_STUDY)


def test_no_window_where_the_alignment_itself_had_cut_a_sentence() -> None:
    source = document("Tank fires The tank fired twice at the bridge.", "en")
    target = document("Танк стреляет Танк дважды выстрелил по мосту.", "ru")
    pins = (Pin((Span(0, 10),), (Span(0, 13),)),)
    project = Project(Pair("p", source, target, "ru"), pins)
    found = examine(project, RESOURCES)
    assert found.target is not None
    assert len(found.target.sentences) == 2
    after = project.applied(Retarget(Span(44, 44), " в город"))
    assert patch(found, after.pair, RESOURCES) is None


def test_a_quote_that_holds_the_edit_is_in_the_window_as_a_whole() -> None:
    lines = ["«Мы держали мост.", *(f"Строка {n} была длинной." for n in range(5)), "Так и было», — сказал он."]
    english = ["“We held the bridge.", *(f"Line {n} was long." for n in range(5)), "So it was,” he said."]
    source, target = document("\n".join(english), "en"), document("\n".join(lines), "ru")
    beads = tuple(Bead((n,), (n,), 0.9) for n in range(len(lines)))
    project = Project(Pair("p", source, target, "ru"))
    found = judged(project.pair, Alignment(source, target, beads), RESOURCES)
    assert [quote.closed for quote in found.quotes.target] == [True]
    after = project.applied(Retarget(Span(12, 12), " наш"))
    made = patch(found, after.pair, RESOURCES)
    assert made is not None
    quick = patched(found, made, after.pair)
    assert quick.alignment is not None
    assert quick.findings == judged(after.pair, quick.alignment, RESOURCES).findings
