"""The process that checks: the same findings, errors that come through, a new one when it dies, none left behind."""

import os
import signal
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from glossary import service
from glossary.alignment.beads import Pin
from glossary.errors import InputError
from glossary.examination import Examined
from glossary.files.pairs import PairEntry
from glossary.project import PinBeads, Project, Retarget
from glossary.quotes.studies import _of_source
from glossary.text.compact import Sentences
from glossary.text.numbers import _figures
from glossary.text.segment import edited
from glossary.text.spans import Span
from glossary.text.words import _words
from tui.checking import Checker, CheckerLostError
from tui.desk import Desk, demo
from tui.examiner import Abandoned, Examiner
from tui.wire import bare, flat_document, flat_examined, flat_project, full_examined, full_project, packed, unpacked


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    """The demo with its process, for tests that leave the process as it is."""
    made = demo("ru")
    yield made
    made.close()


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def through_the_pipe(examined: Examined) -> Examined:
    """Without what was found of the quotes, which is with the findings."""
    return replace(examined, quotes=replace(examined.quotes, findings=()))


def test_what_is_found_is_what_check_finds_also_after_edits(desk: Desk) -> None:
    project = desk.read()
    settings = service.Settings()
    for edit in (None, Retarget(Span(0, 0), "Слово. "), PinBeads((Pin((Span(0, 30),), ()),))):
        project = project if edit is None else project.applied(edit)
        found = desk.examine(project)
        assert found == through_the_pipe(service.examined(Project(project.pair, project.pins), settings))
        assert found.pair is project.pair


def test_edits_are_looked_at_alone_and_the_whole_has_the_last_word(desk: Desk) -> None:
    project = desk.read()
    settings = service.Settings()
    before = desk.examine(project)
    assert project.pair.target is not None
    start = project.pair.target.text.index("дружественном огне")
    for words in ("огне по своим", "огне по своим 47", "дружественном огне "):
        project = Project(before.pair).applied(Retarget(Span(start, start + 18), words))
        done = desk.recheck(project, None)
        assert done is not None
        assert done.after.pair is project.pair
        whole = desk.examine(project)
        assert whole == through_the_pipe(service.examined(project, settings))
        assert [(f.rule, f.source, f.target) for f in done.after.findings] == [
            (f.rule, f.source, f.target) for f in whole.findings
        ]
        shared = sum(one is other for one, other in zip(done.after.findings, whole.findings, strict=True))
        assert shared == len(whole.findings)  # nothing came through the pipe that was there


def test_edits_far_from_each_other_and_corrections_of_the_alignment(desk: Desk) -> None:
    project = desk.read()
    before = desk.examine(project)
    target = project.pair.target
    assert target is not None
    end = len(target.text.rstrip())
    for edit in (Retarget(Span(end, end), " 47"), Retarget(Span(0, 0), "Слово ")):
        project = project.applied(edit)
        done = desk.recheck(project, None)
        assert done is not None
        assert done.before is not before or edit.span.start == end  # the second is looked at by itself
    assert any(f.rule == "number-mismatch" and f.variant == "appeared" for f in done.after.findings)
    pinned = project.applied(PinBeads((Pin((Span(0, 30),), ()),)))
    assert desk.recheck(pinned, None) is None
    assert desk.examine(pinned) == through_the_pipe(service.examined(pinned, service.Settings()))


def test_a_check_of_the_whole_gives_way_to_a_newer_request(desk: Desk) -> None:
    project = desk.read()
    examiner = Examiner(service.Settings())
    flat = (flat_document(project.pair.source), flat_document(project.pair.target or project.pair.source))
    examiner.newer = lambda: True
    with pytest.raises(Abandoned):
        examiner.examine(bare(project.pair), *flat, ())
    examiner.newer = lambda: False
    examiner.interrupt()  # nothing is being checked
    examiner.interruptible = True
    with pytest.raises(Abandoned):
        examiner.interrupt()
    answer: Any = examiner.examine(bare(project.pair), (), (), ())
    assert full_examined(answer[1], project.pair).findings == desk.examine(project).findings


def test_values_come_through_the_pipe_whole(desk: Desk) -> None:
    project = desk.read()
    assert full_project(unpacked(packed(flat_project(project)))) == project
    alone = replace(project.pair, target=None)
    assert full_project(unpacked(packed(flat_project(Project(alone))))) == Project(alone)
    found = desk.examine(project)
    assert full_examined(unpacked(packed(flat_examined(found))), found.pair) == found


def test_the_process_keeps_texts_as_numbers_and_values_where_they_were(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair = desk.read().pair
    assert pair.target is not None
    examiner = Examiner(service.Settings())

    def examined() -> Examined:
        assert pair.target is not None
        examiner.examine(bare(pair), flat_document(pair.source), flat_document(pair.target), ())
        assert examiner.base is not None
        return examiner.base

    first = examined()
    assert isinstance(first.source.sentences, Sentences)
    assert first == through_the_pipe(service.examined(Project(pair), service.Settings()))
    assert first.source is examiner.pair.source  # type: ignore[union-attr]
    pair = replace(pair, target=edited(pair.target, Span(0, 0), "Слово. "))
    second = examined()
    assert second == through_the_pipe(service.examined(Project(pair), service.Settings()))
    assert all(one is other for one, other in zip(first.quotes.source, second.quotes.source, strict=True))
    examined()
    assert (_words.cache_info().currsize, _figures.cache_info().currsize > 0) == (0, True)
    monkeypatch.setattr("tui.examiner.LONG", 3)
    examined()
    assert _figures.cache_info().currsize == 0
    assert _of_source.cache_info().currsize > 0  # of an article, much is known by little


def test_errors_come_through_in_three_parts(desk: Desk) -> None:
    with pytest.raises(InputError) as caught:
        desk.checker.read(PairEntry("a", "/nowhere/a.en.txt"), False, True)
    assert "/nowhere/a.en.txt" in caught.value.where
    assert caught.value.next_step


def test_a_killed_process_is_started_again_and_knows_the_texts(desk: Desk) -> None:
    project = desk.read()
    before = desk.examine(project)
    first = desk.checker.pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    assert desk.examine(project) == before
    assert desk.checker.pid != first


def test_closing_ends_the_process_and_says_so() -> None:
    checker = Checker(service.Settings())
    pid = checker.pid
    assert pid is not None
    checker.close()
    assert not alive(pid)
    with pytest.raises(CheckerLostError):
        checker.use(service.Settings())


def test_the_process_ends_with_its_stdin() -> None:
    checker = Checker(service.Settings(), "ru")
    process = checker._process
    assert process is not None
    assert process.stdin is not None
    process.stdin.close()
    end = time.monotonic() + 20
    while process.poll() is None and time.monotonic() < end:
        time.sleep(0.02)
    assert process.poll() == 0
    checker.close()


def test_a_folder_called_glossary_is_not_taken_for_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("glossary", "tui"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text("raise SystemExit('not ours')", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    made = demo("uk")
    try:
        assert made.read().pair.target is not None
    finally:
        made.close()
