"""The workbench by its keys: on a Latin, a Russian and a Ukrainian layout."""

import asyncio
import threading
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from staging import bench_of, play, press, settle, shown, until
from textual.pilot import Pilot
from textual.widgets import Static

from glossary.errors import InputError
from glossary.files.waiver_files import read_waivers
from glossary.findings import Finding
from glossary.report import Selection
from tui.commands import BY_ID
from tui.layouts import cyrillic_twins
from tui.screens.questions import Confirm, Reading, WaiveQuestion
from tui.screens.quotes import Quotes
from tui.screens.terms import Terms
from tui.screens.workbench import Workbench
from tui.widgets.detail import Detail
from tui.widgets.editor import Editor
from tui.widgets.grid import Grid

LAYOUTS = {"latin": -1, "russian": 0, "ukrainian": 1}


def on_layout(command: str, layout: str) -> str:
    """The letter of a command as it arrives from a layout."""
    letter = BY_ID[command].letters[0]
    return letter if layout == "latin" else cyrillic_twins(letter)[LAYOUTS[layout] % len(cyrillic_twins(letter))]


def test_opens_a_pair_with_findings_and_rows(make_app: Any, desk: Any) -> None:
    async def story(pilot: Pilot[int], bench: Workbench) -> None:
        text = shown(bench.grid)
        assert "24-я бригада удержала" in text
        assert "loitering munitions✗" in text
        assert "1 ✗" in shown(bench.query_one("#headline", Static))
        assert "T101    2  “loitering munitions” is rendered" in shown(bench.listing)
        assert "Держимся¹" in text

    play(make_app(desk), story)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_next_and_previous_finding(make_app: Any, desk: Any, layout: str) -> None:
    async def story(pilot: Pilot[int], bench: Workbench) -> None:
        await press(pilot, on_layout("next-finding", layout))
        assert bench.chosen is not None
        assert (bench.chosen.rule, bench.grid.cursor) == ("term-forbidden", 1)
        assert "Replace the rendering" in shown(bench.query_one(Detail))
        await press(pilot, "f8")
        assert bench.chosen.rule == "quote-retranslated"
        await press(pilot, "shift+f8", on_layout("previous-finding", layout))
        assert bench.listing.cursor == 2

    play(make_app(desk), story)


@pytest.mark.parametrize("layout", ["latin", "ukrainian"])
def test_editing_changes_the_findings_while_typing(make_app: Any, desk: Any, layout: str) -> None:
    async def story(pilot: Pilot[int], bench: Workbench) -> None:
        await press(pilot, "down", on_layout("edit", layout))
        editor = bench.query_one(Editor)
        assert bench.focused is editor
        await press(pilot, "home", "т")
        assert editor.text.startswith("т24-я бригада")
        editor.text = "Войска выпустили барражирующие боеприпасы."
        await settle(pilot)
        assert bench.workspace is not None
        assert [f.rule for f in bench.workspace.findings] == ["quote-retranslated"] * 2
        await press(pilot, "enter")
        assert len(bench.workspace.project.edits) == 1
        assert bench.grid.cursor == 2
        await press(pilot, "ctrl+я" if layout != "latin" else "ctrl+z")
        assert bench.workspace.findings[0].rule == "term-forbidden"
        await press(pilot, "ctrl+н" if layout != "latin" else "ctrl+y")
        assert len(bench.workspace.project.edits) == 1

    play(make_app(desk), story)


def test_when_a_finding_is_settled_the_one_in_its_place_comes_next(make_app: Any, desk: Any) -> None:
    def doubt(examined: Any) -> tuple[Finding, ...]:
        return (Finding("doubtful-bead", 1, examined.alignment.source_spans(1)[0], params={"score": "0.4"}),)

    desk.extra = doubt

    async def story(pilot: Pilot[int], bench: Workbench) -> None:
        await press(pilot, "shift+f8")
        assert bench.chosen is not None
        assert (bench.chosen.rule, bench.grid.cursor) == ("doubtful-bead", 1)
        await press(pilot, "f7", *"так", "enter")
        assert (bench.chosen.rule, bench.grid.cursor) == ("quote-retranslated", 1)  # explained, but not gone to
        await press(pilot, "f8")
        assert bench.listing.cursor == 2
        assert bench.grid.cursor > 1

    play(make_app(desk), story)


def test_what_a_full_disk_did_not_keep_is_kept_when_there_is_room_again(
    make_app: Any, desk: Any, tmp_path: Path
) -> None:
    """A folder that cannot be made stands for the disk."""
    state = tmp_path / "state"
    state.write_text("in the way")

    async def story(pilot: Pilot[int], bench: Workbench) -> None:
        assert "cannot be kept" in bench.journal.fault
        await press(pilot, "f8", "f4")
        await press(pilot, "ctrl+q")
        assert isinstance(pilot.app.screen, Confirm)  # it would be lost
        await press(pilot, "escape")
        state.unlink()
        await press(pilot, "f2", "!")
        assert any("again" in str(n.message) for n in pilot.app._notifications)
        await press(pilot, "enter", "ctrl+q")

    async def again(pilot: Pilot[int], bench: Workbench) -> None:
        assert bench.workspace is not None
        assert bench.workspace.target is not None
        assert len(bench.workspace.project.edits) == 2
        assert "барражирующие боеприпасы" in bench.workspace.target.text
        assert "!" in bench.workspace.target.text

    play(make_app(desk, state), story)
    play(make_app(desk, state), again)


def test_the_first_keys_are_taught_once(make_app: Any, desk: Any, tmp_path: Path) -> None:
    told: list[str] = []

    async def story(pilot: Pilot[int], bench: Workbench) -> None:
        told.append(shown(bench.query_one(Detail)))
        await press(pilot, "f8")
        assert "term-forbidden" in shown(bench.query_one(Detail))
        await press(pilot, "f4", "ctrl+z")

    for _ in range(2):
        play(make_app(desk, tmp_path / "state"), story)
        desk.source = Path("nowhere") / "b.en.txt"
    assert [all(key in text for key in ("F8", "F4", "F2", "Ctrl+P")) for text in told] == [True, False]
    assert told[1] == "3 findings. F8 goes to the next."


@pytest.mark.parametrize("key", ["f2", "f8", "f4", "f7", "f9", "ctrl+t", "ctrl+s", "m", "f"])
def test_before_anything_is_known_a_command_says_so(make_app: Any, desk: Any, key: str) -> None:
    waiting = threading.Event()

    def wait(examined: Any) -> tuple[Finding, ...]:
        waiting.wait(60)
        return ()

    desk.extra = wait

    async def run() -> None:
        app = make_app(desk)
        async with app.run_test(size=(120, 35), notifications=True) as pilot:
            await until(pilot, lambda: "aligning" in shown(bench_of(app).query_one("#headline")))
            await pilot.press(key, key)
            await until(pilot, lambda: len(app._notifications) > 0)
            assert [n.message for n in app._notifications] == ["Not yet: aligning and checking…"]
            waiting.set()
            await settle(pilot)
            assert app.screen is bench_of(app)
            assert bench_of(app).draft is None

    asyncio.run(run())


def test_escape_puts_the_old_text_back(make_app: Any, desk: Any) -> None:
    async def story(pilot: Pilot[int], bench: Workbench) -> None:
        await press(pilot, "f2", "д", "а", "escape")
        assert bench.workspace is not None
        assert bench.workspace.target is not None
        assert bench.workspace.target.text == desk.texts[1]
        assert bench.focused is bench.grid
        assert not bench.workspace.unsaved

    play(make_app(desk), story)


def test_a_suggestion_replaces_what_was_found(make_app: Any, desk: Any) -> None:
    async def story(pilot: Pilot[int], bench: Workbench) -> None:
        await press(pilot, "f8", "f4")
        assert bench.workspace is not None
        assert bench.workspace.target is not None
        assert "по городу барражирующие боеприпасы." in bench.workspace.target.text
        assert "term-forbidden" not in [f.rule for f in bench.workspace.findings]
        assert "not saved" in shown(bench.query_one("#headline", Static))

    play(make_app(desk), story)


def test_the_preposition_goes_by_the_suggestion(make_app: Any, make_desk: Any) -> None:
    source, target = make_desk().texts
    text = target.replace("выпустили по городу дроны-бомбы", "сообщили о дроны-бомбы")
    desk = make_desk(source, text)
    examine = desk.examine

    def examined(project: Any) -> Any:
        found = examine(project)
        return replace(found, findings=[replace(f, suggestions=("обстреле",)) for f in found.findings if f.suggestions])

    desk.examine = examined

    async def story(pilot: Pilot[int], bench: Workbench) -> None:
        await press(pilot, "f8", "f4")
        assert bench.workspace is not None
        assert bench.workspace.target is not None
        assert "сообщили об обстреле." in bench.workspace.target.text
        await press(pilot, "ctrl+z")
        assert bench.workspace.target.text == text

    play(make_app(desk), story)


@pytest.mark.parametrize(("arrow", "left"), [(0, 2), (2, 2)])
def test_waiving_needs_a_reason_and_takes_a_scope(make_app: Any, desk: Any, arrow: int, left: int) -> None:
    async def story(pilot: Pilot[int], bench: Workbench) -> None:
        await press(pilot, "f8", "f7", "enter")
        assert isinstance(pilot.app.screen, WaiveQuestion)
        await press(pilot, *["down"] * arrow, *"так", "enter")
        assert bench.workspace is not None
        assert len(bench.workspace.findings) == left
        assert bench.workspace.project.waivers[0].reason == "так"
        assert bench.workspace.project.waivers[0].scope == ("here", "concept", "rule")[arrow]
        await press(pilot, "ctrl+z")
        assert len(bench.workspace.findings) == 3

    play(make_app(desk), story)


@pytest.mark.parametrize("layout", ["russian", "ukrainian"])
def test_alignment_letters(make_app: Any, desk: Any, layout: str) -> None:
    def beads(bench: Workbench) -> str:
        assert bench.workspace is not None
        return " ".join(f"{len(b.source)}-{len(b.target)}{'*' * b.pinned}" for b in bench.workspace.beads.beads)

    async def story(pilot: Pilot[int], bench: Workbench) -> None:
        assert beads(bench) == "1-1 1-1 1-1 1-1 1-1 1-1 1-1 1-1"
        await press(pilot, "down", on_layout("merge", layout))
        assert beads(bench) == "1-1 2-2* 1-1 1-1 1-1 1-1 1-1"
        await press(pilot, on_layout("split", layout))
        assert beads(bench) == "1-1 1-1* 1-1* 1-1 1-1 1-1 1-1 1-1"
        await press(pilot, on_layout("pin", layout))
        assert beads(bench) == "1-1 1-1 1-1* 1-1 1-1 1-1 1-1 1-1"
        await press(pilot, "down", on_layout("move-up", layout))
        assert beads(bench).startswith("1-1 1-2* 1-0*")
        await press(pilot, "ctrl+z", "ctrl+z", "ctrl+z", "ctrl+z")
        assert beads(bench) == "1-1 1-1 1-1 1-1 1-1 1-1 1-1 1-1"
        await press(pilot, on_layout("alone", layout))
        assert "1-0*" in beads(bench)
        assert "0-1*" in beads(bench)

    play(make_app(desk), story)


def test_saving_shows_the_difference_and_keeps_the_rest_byte_for_byte(
    make_app: Any, make_desk: Any, tmp_path: Path
) -> None:
    desk = make_desk(folder=tmp_path)
    content = b"\xef\xbb\xbf" + desk.target.read_bytes().replace(b"\n", b"\r\n")
    desk.target.write_bytes(content)

    async def story(pilot: Pilot[int], bench: Workbench) -> None:
        await press(pilot, "f8", "f4", "ctrl+s")
        assert isinstance(pilot.app.screen, Confirm)
        difference = shown(pilot.app.screen.query_one(Detail))
        assert "−дроны" in difference
        assert "+барражирующие боеприпасы+" in difference or "барражирующие" in difference
        assert desk.target.read_bytes() == content
        await press(pilot, "enter")
        assert bench.workspace is not None
        assert not bench.workspace.unsaved

    from glossary.files.documents import read_text
    from glossary.project import Pair, Project
    from glossary.text.segment import document

    text = read_text(desk.target).text
    desk.read = lambda: Project(Pair("a", document(desk.texts[0], "en"), document(text, "ru")))
    play(make_app(desk, tmp_path / "state"), story)
    wanted = content.replace("дроны-бомбы".encode(), "барражирующие боеприпасы".encode())
    assert desk.target.read_bytes() == wanted


def test_a_waiver_is_saved_and_taken_out_again(make_app: Any, make_desk: Any, tmp_path: Path) -> None:
    desk = make_desk(folder=tmp_path)
    desk.waiver_file.write_text('[[waiver]]\nrule = "term-missing"\nreason = "ours"', encoding="utf-8")
    before = desk.waiver_file.read_text(encoding="utf-8")

    async def story(pilot: Pilot[int], bench: Workbench) -> None:
        await press(pilot, "f8", "f7", *"так", "enter", "ctrl+s")
        assert isinstance(pilot.app.screen, Confirm)
        assert "tolmach-waivers.toml" in shown(pilot.app.screen.query_one(Detail))
        await press(pilot, "enter")
        assert bench.workspace is not None
        waiver = read_waivers(desk.waiver_file, date(2026, 1, 1))[-1]
        assert (waiver.reason, waiver.path) == ("так", "a.ru.txt")
        examined = bench.workspace.examined
        assert examined is not None
        left = Selection(waivers=(waiver,)).applied(examined).findings  # as `tolmach check` would
        assert left == bench.workspace.findings
        assert len(left) == 2
        await press(pilot, "ctrl+z", "f2", *"!", "enter", "ctrl+s", "enter")
        assert desk.waiver_file.read_text(encoding="utf-8").rstrip() == before

    play(make_app(desk), story)


def test_a_broken_file_of_waivers_is_said_and_left_alone(make_app: Any, make_desk: Any, tmp_path: Path) -> None:
    desk = make_desk(folder=tmp_path)
    desk.waiver_file.write_text("[[waiver\n", encoding="utf-8")

    async def story(pilot: Pilot[int], bench: Workbench) -> None:
        await press(pilot, "f8", "f7", *"так", "enter", "ctrl+s")
        assert isinstance(pilot.app.screen, Reading)
        assert desk.waiver_file.read_text(encoding="utf-8") == "[[waiver\n"

    play(make_app(desk), story)


def test_a_file_changed_outside_is_noticed_before_it_is_overwritten(
    make_app: Any, make_desk: Any, tmp_path: Path
) -> None:
    desk = make_desk(folder=tmp_path)

    async def story(pilot: Pilot[int], bench: Workbench) -> None:
        desk.target.write_text("Совсем другое.", encoding="utf-8")
        await press(pilot, "f8", "f4", "ctrl+s")
        assert "changed outside" in str(pilot.app.screen.query_one(".title", Static).visual)
        await press(pilot, "escape")
        assert desk.target.read_text(encoding="utf-8") == "Совсем другое."

    play(make_app(desk, tmp_path / "state"), story)


def test_edits_survive_a_crash_and_say_so(make_app: Any, make_desk: Any, tmp_path: Path) -> None:
    desk = make_desk(folder=tmp_path)

    async def work(pilot: Pilot[int], bench: Workbench) -> None:
        await press(pilot, "f8", "f4", "down", "m", "f2", "е", "щ", "ё")
        # No quit, no save: the program dies here, with the editor open.

    async def again(pilot: Pilot[int], bench: Workbench) -> None:
        assert bench.workspace is not None
        assert bench.workspace.target is not None
        assert len(bench.workspace.project.edits) == 3
        assert "барражирующие боеприпасы" in bench.workspace.target.text
        assert "ещё" in bench.workspace.target.text
        assert any("restored" in str(n.message) for n in pilot.app._notifications)
        await press(pilot, "ctrl+z", "ctrl+z", "ctrl+z")
        assert not bench.workspace.unsaved

    play(make_app(desk, tmp_path / "state"), work)
    play(make_app(desk, tmp_path / "state"), again)


def test_f5_reads_files_changed_outside_and_keeps_the_edits(make_app: Any, make_desk: Any, tmp_path: Path) -> None:
    desk = make_desk(folder=tmp_path)

    async def story(pilot: Pilot[int], bench: Workbench) -> None:
        await press(pilot, "f8", "f4")
        desk.target.write_text("Срочно.\n\n" + desk.texts[1], encoding="utf-8")
        await press(pilot, "f5")
        assert bench.workspace is not None
        assert bench.workspace.target is not None
        assert bench.workspace.target.text.startswith("Срочно.")
        assert "барражирующие боеприпасы" in bench.workspace.target.text
        assert "Срочно." in shown(bench.grid)

    play(make_app(desk, tmp_path / "state"), story)


def test_quotes_screen(make_app: Any, desk: Any) -> None:
    async def story(pilot: Pilot[int], bench: Workbench) -> None:
        await press(pilot, "f9")
        screen = pilot.app.screen
        assert isinstance(screen, Quotes)
        await press(pilot, "down")
        assert "ru → uk → en → ru" in shown(screen.query_one(Detail))
        assert "SBU (publisher, uk)" in shown(screen.query_one(Detail))
        places = shown(screen.query_one(Grid))
        assert "Нам не говорят, сколько" in places
        assert "Они нам не скажут сколько" in places
        await press(pilot, "f4")
        assert bench.workspace is not None
        assert bench.workspace.target is not None
        assert bench.workspace.target.text.count("Нам не говорят, сколько") == 2
        await press(pilot, "ctrl+z")
        assert len(bench.workspace.findings) == 3

    play(make_app(desk), story)


def test_from_a_quote_to_its_place(make_app: Any, desk: Any) -> None:
    async def story(pilot: Pilot[int], bench: Workbench) -> None:
        await press(pilot, "q", "enter", "down", "f2")
        assert bench.grid.cursor == 6

    play(make_app(desk), story)


def test_terms_screen_finds_inflected_forms(make_app: Any, desk: Any) -> None:
    async def story(pilot: Pilot[int], bench: Workbench) -> None:
        await press(pilot, "ctrl+е")
        screen = pilot.app.screen
        assert isinstance(screen, Terms)
        await press(pilot, *"дрон-бомбам")
        assert "a word of headlines" in shown(screen.query_one(Detail))
        assert "loitering munitions" in shown(screen.query_one("#uses"))
        await press(pilot, "f2")
        assert bench.grid.cursor == 1

    play(make_app(desk), story)


@pytest.mark.parametrize("key", ["f1", "ctrl+g", "ctrl+f", "ctrl+п", "ctrl+а"])
def test_questions_open_and_escape_leaves_them(make_app: Any, desk: Any, key: str) -> None:
    async def story(pilot: Pilot[int], bench: Workbench) -> None:
        await press(pilot, key)
        assert pilot.app.screen is not bench
        await press(pilot, "escape")
        assert pilot.app.screen is bench

    play(make_app(desk), story)


def test_copying_gives_the_original_not_what_is_shown(make_app: Any, make_desk: Any) -> None:
    async def story(pilot: Pilot[int], bench: Workbench) -> None:
        await press(pilot, "с")
        assert pilot.app.clipboard == "Всё ти\u00adхо\x1b."
        assert "Всё ти¬хо␛." in shown(bench.grid)

    play(make_app(make_desk("All quiet.", "Всё ти\u00adхо\x1b.")), story)


def test_find_and_go_to(make_app: Any, desk: Any) -> None:
    async def story(pilot: Pilot[int], bench: Workbench) -> None:
        await press(pilot, "ctrl+f", *"вечером", "enter")
        assert bench.grid.cursor == 6
        await press(pilot, "ctrl+g", "3", "enter")
        assert bench.grid.cursor == 2

    play(make_app(desk), story)


def test_help_names_every_key_of_the_pane(make_app: Any, desk: Any) -> None:
    async def story(pilot: Pilot[int], bench: Workbench) -> None:
        await press(pilot, "f1")
        assert isinstance(pilot.app.screen, Reading)
        text = shown(pilot.app.screen.query_one(Detail))
        assert "Shift+F8" in text
        assert "Merge with the next row" in text

    play(make_app(desk), story)


def test_an_unreadable_file_is_said_in_three_parts(make_app: Any, desk: Any) -> None:
    desk.error = InputError("no such file", "a[/].ru.txt\x1b]0;x\x07", "check the name")

    async def story(pilot: Pilot[int], bench: Workbench) -> None:
        text = shown(bench.query_one(Detail))
        assert "no such file" in text
        assert "a[/].ru.txt␛]0;x␇" in text
        assert "check the name" in text

    play(make_app(desk), story)


def test_nothing_to_find_is_a_state_of_its_own(make_app: Any, make_desk: Any) -> None:
    async def story(pilot: Pilot[int], bench: Workbench) -> None:
        await press(pilot, "f8", "f4", "f7")
        assert "Nothing left to look at." in shown(bench.query_one(Detail))
        assert "✓ nothing left" in shown(bench.query_one("#headline", Static))

    play(make_app(make_desk("All quiet.", "Всё тихо.")), story)


def test_a_failing_check_keeps_the_texts_on_the_screen(make_app: Any, desk: Any) -> None:
    def fail(examined: Any) -> Any:
        raise RuntimeError("a fault [/]")

    desk.extra = fail

    async def story(pilot: Pilot[int], bench: Workbench) -> None:
        assert "24-я бригада" in shown(bench.grid)
        assert "a fault [/]" in shown(bench.query_one(Detail))

    play(make_app(desk), story)


@pytest.mark.parametrize("size", [(80, 24), (60, 15), (99, 30), (100, 30), (200, 60)])
def test_every_size_shows_both_texts(make_app: Any, desk: Any, size: tuple[int, int]) -> None:
    async def story(pilot: Pilot[int], bench: Workbench) -> None:
        text = shown(bench.grid)
        assert "Drones strike" in text
        assert "Дроны ударили" in text
        assert bench.grid.stacked is (size[0] < 100)
        await press(pilot, "f8")
        assert "term-forbidden" in shown(bench.query_one(Detail))

    play(make_app(desk), story, size)


def test_stale_results_are_dropped(make_app: Any, desk: Any) -> None:
    async def story(pilot: Pilot[int], bench: Workbench) -> None:
        from tui.messages import Checked
        from tui.rows import Page

        assert bench.workspace is not None
        assert bench.workspace.examined is not None
        before = bench.workspace.examined
        bench.become(bench.workspace)
        bench._wholes += 1  # an older check that is on its way
        bench.post_message(Checked(0, before, Page.empty(), settled=True))
        await settle(pilot)
        assert len(bench.grid.page) == 8

    play(make_app(desk), story)


def test_themes_and_monochrome(make_app: Any, desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")

    async def story(pilot: Pilot[int], bench: Workbench) -> None:
        for _ in range(3):
            pilot.app.next_theme()  # type: ignore[attr-defined]
            await pilot.pause()
            assert "✗" in shown(bench.grid)

    play(make_app(desk), story)
