"""Workspace, alignment corrections, journal, saving, differences: the parts without a screen."""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glossary.alignment.beads import Alignment, Bead, Pin
from glossary.data.folders import user_folder
from glossary.errors import InputError
from glossary.files.documents import read_text
from glossary.project import Edit, Pair, PinBeads, Project, Retarget, Unpin, Waive
from glossary.text.segment import document
from glossary.text.spans import Span
from tui import beadwork, saving
from tui.carrying import carried
from tui.differing import changed_lines, changes
from tui.journal import Journal, recent, restored, state_folder, stored
from tui.workspace import Workspace, rendering_span

TARGET = "Раз два. Три четыре. Пять шесть. Семь восемь."
SOURCE = "One two. Three four. Five six. Seven eight."


def project(target: str = TARGET) -> Project:
    return Project(Pair("a", document(SOURCE, "en"), document(target, "ru")))


def one_to_one() -> Alignment:
    pair = project().pair
    assert pair.target is not None
    return Alignment(pair.source, pair.target, tuple(Bead((n,), (n,), 0.9) for n in range(4)))


def beads_of(edit: Edit | None, alignment: Alignment) -> str:
    """The pins of an edit as beads of sentence numbers: `01-1 2-`."""
    assert isinstance(edit, PinBeads)

    def numbers(spans: tuple[Span, ...], text: Any) -> str:
        return "".join(str(n) for n, s in enumerate(text.sentences) if any(s.span.overlaps(p) for p in spans))

    return " ".join(f"{numbers(p.source, alignment.source)}-{numbers(p.target, alignment.target)}" for p in edit.pins)


# ── corrections ──


def test_corrections_of_the_alignment() -> None:
    alignment = one_to_one()
    assert beads_of(beadwork.merged(alignment, 1), alignment) == "12-12"
    assert beadwork.merged(alignment, 3) is None
    assert beads_of(beadwork.moved(alignment, 1, -1), alignment) == "0-01 1-"
    assert beads_of(beadwork.moved(alignment, 1, 1), alignment) == "2-12 1-"
    assert beadwork.moved(alignment, 0, -1) is None
    assert beads_of(beadwork.alone(alignment, 2), alignment) == "2- -2"
    assert beadwork.split(alignment, 0) is None
    many = Alignment(alignment.source, alignment.target, (Bead((0, 1), (0, 1, 2), 0.5), Bead((2, 3), (3,), 0.5)))
    assert beads_of(beadwork.split(many, 0), many) == "0-0 1-12"
    assert beads_of(beadwork.split(many, 1), many) == "2-3 3-"


def test_pinning_and_unpinning() -> None:
    alignment = one_to_one()
    pin = beadwork.pinned(alignment, 1, ())
    assert beads_of(pin, alignment) == "1-1"
    assert isinstance(pin, PinBeads)
    assert beadwork.pinned(alignment, 1, pin.pins) == Unpin(pin.pins)
    assert isinstance(beadwork.pinned(alignment, 2, pin.pins), PinBeads)


def test_where_a_missing_rendering_would_stand() -> None:
    alignment = one_to_one()
    some = Alignment(
        alignment.source,
        alignment.target,
        (Bead((0,), (0,), 1.0), Bead((1,), (), 1.0), Bead((2, 3), (1, 2, 3), 1.0)),
    )
    assert rendering_span(some, 1) == Span(8, 8)
    assert rendering_span(some, 0).of(TARGET) == "Раз два."
    assert rendering_span(some, 2).of(TARGET) == "Три четыре. Пять шесть. Семь восемь."


# ── history ──

spans = st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda p: Span(min(p), max(p)))
edits = st.one_of(
    st.builds(Retarget, spans, st.text("абв. \n", max_size=6)),
    st.builds(Waive, st.text(max_size=5), st.text(max_size=5), st.sampled_from(["here", "concept", "rule"])),
    st.builds(lambda a, b: PinBeads((Pin((a,), (b,)),)), spans, spans),
)


@given(st.lists(st.one_of(edits, st.sampled_from(["undo", "redo"])), max_size=14))
@settings(max_examples=80, deadline=None)
def test_undo_takes_everything_back_and_redo_does_it_again(steps: list[Any]) -> None:
    workspace = start = Workspace.of(project())
    for step in steps:
        try:
            workspace = (
                workspace.undo() if step == "undo" else workspace.redo() if step == "redo" else workspace.done(step)
            )
        except ValueError:
            continue
    end = workspace
    for _ in end.project.edits:
        workspace = workspace.undo()
    assert workspace.project == start.project
    for _ in end.project.edits:
        workspace = workspace.redo()
    assert workspace.project == end.project
    # What the journal would keep gives the same project again.
    assert Workspace.of(project(), end.pending).project == end.project


def test_history_longer_than_what_is_kept() -> None:
    workspace = Workspace.of(project())
    for _ in range(90):
        workspace = workspace.done(Retarget(Span(0, 0), "а"))
    for _ in range(90):
        workspace = workspace.undo()
    assert workspace.target is not None
    assert workspace.target.text == TARGET


def test_pending_after_saving_is_what_is_not_in_the_file() -> None:
    workspace = Workspace.of(project()).done(Retarget(Span(0, 3), "Один")).done(Waive("x", "так"))
    assert workspace.target is not None
    saved = workspace.written(workspace.target.text)
    assert not saved.unsaved
    assert saved.pending == (Waive("x", "так"),)
    back = saved.undo().undo()
    assert back.unsaved
    again = Workspace.of(project(saved.saved), back.pending)
    assert again.target is not None
    assert again.target.text == TARGET


# ── journal ──


@given(edits)
@settings(max_examples=60, deadline=None)
def test_an_edit_comes_back_from_its_json(edit: Edit) -> None:
    assert restored(json.loads(json.dumps(stored(edit)))) == edit


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Callable[[], Journal]]:
    """Journals of one pair, as different sessions open it."""
    opened: list[Journal] = []

    def make() -> Journal:
        opened.append(Journal(tmp_path / "a.en.txt", tmp_path / "a.ru.txt", tmp_path / "state"))
        return opened[-1]

    yield make
    for one in opened:
        one.close()


def test_the_journal_keeps_edits_undo_redo_and_the_draft(journal: Any) -> None:
    first = journal()
    assert first.recover(SOURCE, TARGET).edits == ()
    one, two, three = (Retarget(Span(n, n), "а") for n in range(3))
    for record in (
        {"do": stored(one)},
        {"do": stored(two)},
        {"undo": True},
        {"draft": stored(three)},
        {"place": {"row": 2}},
    ):
        first.add(record)
    first.close()
    found = journal().recover(SOURCE, TARGET)
    assert found.edits == (one, three)
    assert (found.place, found.texts) == ({"row": 2}, None)


def test_a_line_cut_off_by_a_crash_is_left_out(journal: Any) -> None:
    first = journal()
    first.recover(SOURCE, TARGET)
    first.add({"do": stored(Waive("x", "y"))})
    first.close()
    assert first.path is not None
    with first.path.open("a") as file:
        file.write('{"do": {"retarget": [0,')
    assert journal().recover(SOURCE, TARGET).edits == (Waive("x", "y"),)


def test_a_changed_file_is_told_from_the_one_that_was_edited(journal: Any) -> None:
    first = journal()
    first.recover(SOURCE, TARGET)
    first.add({"do": stored(Waive("x", "y"))})
    first.close()
    assert journal().recover(SOURCE, TARGET + " Девять.").texts == (SOURCE, TARGET)


def test_a_second_window_on_the_same_pair_keeps_nothing(journal: Any) -> None:
    first, second = journal(), journal()
    first.recover(SOURCE, TARGET)
    second.recover(SOURCE, TARGET)
    assert "another window" in second.fault
    second.add({"do": stored(Waive("x", "y"))})
    first.close()
    assert journal().recover(SOURCE, TARGET).edits == ()


def test_a_folder_that_cannot_be_written_is_said_not_raised(journal: Any, tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where the folder should be")
    blocked = journal()
    blocked.recover(SOURCE, TARGET)
    blocked.add({"place": {"row": 1}})
    assert "cannot be kept" in blocked.fault


def test_recent_pairs_are_those_still_there(journal: Any, tmp_path: Path) -> None:
    for side in ("a.en.txt", "a.ru.txt"):
        (tmp_path / side).write_text("x")
    first = journal()
    first.recover(SOURCE, TARGET)
    first.add({"place": {"row": 1}})
    assert recent(tmp_path / "state") == ((str(tmp_path / "a.en.txt"), str(tmp_path / "a.ru.txt")),)
    (tmp_path / "a.ru.txt").unlink()
    assert recent(tmp_path / "state") == ()
    assert recent(None) == ()


def test_without_a_home_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """That there is no home is simulated; with one, the folder is that of all commands."""

    def homeless() -> Path:
        raise RuntimeError("no home")

    assert state_folder() == user_folder("state")
    monkeypatch.delenv("XDG_STATE_HOME")
    monkeypatch.setattr(Path, "home", homeless)
    assert state_folder() is None


# ── carrying over ──

LINES = "Раз два.\nТри четыре.\nПять шесть.\nСемь восемь.\n"


def test_edits_find_their_place_in_a_changed_text() -> None:
    old = project(LINES)
    three = LINES.index("Три")
    edited = old.applied(Retarget(Span(three, three + 3), "Тридцать"))
    assert edited.pair.target is not None
    sentence = edited.pair.target.sentences[3].span
    edited = edited.applied(PinBeads((Pin((Span(32, 44),), (sentence,)),))).applied(Waive("x", "так"))
    fresh = project("Заголовок.\n" + LINES.replace("Раз", "Один"))
    found = carried(edited, LINES, fresh)
    assert found.lost == 0
    result = Workspace.of(fresh, found.edits).project
    assert result.pair.target is not None
    assert result.pair.target.text == "Заголовок.\nОдин два.\nТридцать четыре.\nПять шесть.\nСемь восемь.\n"
    assert result.pins[0].target[0].of(result.pair.target.text) == "Семь восемь."
    assert result.waivers == (Waive("x", "так"),)


def test_an_edit_of_a_line_that_is_gone_is_counted_as_lost() -> None:
    edited = project(LINES).applied(Retarget(Span(0, 3), "Один"))
    found = carried(edited, LINES, project("Совсем другой текст.\n"))
    assert (found.edits, found.lost) == ((), 1)


@given(st.lists(edits, max_size=5))
@settings(max_examples=60, deadline=None)
def test_carried_onto_the_same_text_is_the_same_target(steps: list[Edit]) -> None:
    workspace = Workspace.of(project(LINES))
    for step in steps:
        if isinstance(step, Retarget) and workspace.target and step.span.end <= len(workspace.target.text):
            workspace = workspace.done(step)
    found = carried(workspace.project, LINES, project(LINES))
    again = Workspace.of(project(LINES), found.edits)
    if not found.lost:
        assert again.target is not None
        assert workspace.target is not None
        assert again.target.text == workspace.target.text


# ── saving ──


@pytest.mark.parametrize(
    "content",
    [
        TARGET.encode(),
        b"\xef\xbb\xbf" + f"{TARGET}\r\n\r\nЕщё.\r\n".encode(),
        f"{TARGET}\nЕщё одно предложение, чтобы угадать.".encode("cp1251"),
        "\ufeff".encode("utf-16-le") + f"{TARGET}\r".encode("utf-16-le"),
        f"{TARGET}\x00\x1b[2J\u202e\n\n\n  \t".encode(),
    ],
    ids=["utf-8", "bom crlf", "cp1251", "utf-16", "controls"],
)
def test_saving_what_was_read_gives_the_same_bytes(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.ru.txt"
    path.write_bytes(content)
    os.chmod(path, 0o640)
    layout = read_text(path)
    saving.save(path, layout.text, layout)
    assert path.read_bytes() == content
    assert path.stat().st_mode & 0o777 == 0o640
    assert [p.name for p in tmp_path.iterdir()] == ["a.ru.txt"]


def test_what_an_encoding_cannot_hold_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    path = tmp_path / "a.ru.txt"
    path.write_bytes(f"{TARGET} Ещё одно предложение.".encode("cp1251"))
    layout, before = read_text(path), path.read_bytes()
    with pytest.raises(InputError, match="cannot be written in"):
        saving.save(path, layout.text + "₴", layout)
    assert path.read_bytes() == before


def test_a_folder_that_is_gone_is_an_error_with_a_next_step(tmp_path: Path) -> None:
    path = tmp_path / "gone" / "a.ru.txt"
    with pytest.raises(InputError) as raised:
        saving.save(path, "x", read_text(_file(tmp_path)))
    assert "save again" in raised.value.next_step


def _file(folder: Path) -> Path:
    path = folder / "b.txt"
    path.write_text(TARGET, encoding="utf-8")
    return path


# ── differences ──


@given(st.text("абв ,.", max_size=40), st.text("абв ,.", max_size=40))
@settings(max_examples=100, deadline=None)
def test_changes_lead_from_one_text_to_the_other(before: str, after: str) -> None:
    found = changes(before, after)
    assert "".join(c.before for c in found) == before
    assert "".join(c.after for c in found) == after
    assert all((c.before == c.after) == (c.kind == "equal") for c in found)


def test_changed_lines_are_numbered_and_short() -> None:
    before = "Первая.\n" + "слово " * 100 + "конец.\nТретья.\n"
    found = list(changed_lines(before, before.replace("конец", "начало")))
    assert [line.number for line in found] == [2]
    assert sum(len(c.after) for c in found[0].changes) < 120
    assert "начало" in saving.difference(before, before.replace("конец", "начало")).plain
    assert [line.number for line in changed_lines("а\nб\n", "а\n")] == [None]
