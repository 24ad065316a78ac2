"""Drafts on the workbench, made by the toy models in the process that makes them."""

import asyncio
import runpy
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from staging import bench_of, press, settle, shown, until
from textual.pilot import Pilot
from textual.widgets import Static

from glossary import memory
from glossary.drafting.installing import install
from glossary.memory import Article, Unit
from glossary.service import Settings
from tui.app import TolmachApp
from tui.desk import Desk
from tui.screens.drafts import Offers
from tui.screens.questions import Confirm
from tui.screens.workbench import Workbench
from tui.widgets.detail import Detail
from tui.widgets.editor import Editor
from tui.widgets.listing import Listing

MODELS = Path(__file__).parents[1] / "models"
EN = (
    "Nobody was hurt in Odesa. Russia attacked Kharkiv with 57 cruise missiles overnight.\n\n"
    "Ukraine received 5 tanks. The 24th Brigade captured 15 howitzers.\n"
)
RU = (
    "В Одессе никто не пострадал. Россия атаковала Харьков 57 крылатыми ракетами ночью.\n\n"
    "24-я бригада захватила 15 гаубиц.\n"
)
Story = Callable[[Pilot[int], Workbench], Awaitable[None]]


@pytest.fixture(scope="session")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("packages")
    install(MODELS / "toy-en_ru.argosmodel", folder, try_out=lambda package: None)
    return folder


@pytest.fixture
def play(packages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Open a pair and let a story go on; `model` and `known` say what there is to draft with."""

    def run(
        story: Story,
        target: str | None = RU,
        *,
        model: bool = True,
        known: tuple[Unit, ...] = (),
        source: str = EN,
        lang: str = "ru",
        settings: Settings | None = None,
        folder: Path | None = None,
    ) -> None:
        monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(folder or (packages if model else tmp_path / "none")))
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
        if known:
            with memory.open_memory(tmp_path / "data" / "tolmach" / "memory.sqlite") as opened:
                memory.add(opened, Article("before", "en", "ru", "2024-01-01", units=known))
        (tmp_path / "a.en.txt").write_text(source, encoding="utf-8")
        if target is not None:
            (tmp_path / f"a.{lang}.txt").write_text(target, encoding="utf-8")
        path = tmp_path / f"a.{lang}.txt"
        desk = Desk(tmp_path / "a.en.txt", path if target is not None else None, "en", lang, settings)

        async def played() -> None:
            app = TolmachApp(desk, None)
            try:
                async with app.run_test(size=(120, 35), notifications=True) as pilot:
                    await settle(pilot)
                    await story(pilot, bench_of(app))
            finally:
                for opened in app.opened:
                    opened.close()

        asyncio.run(played())

    return run


def text(bench: Workbench) -> str:
    assert bench.workspace is not None
    assert bench.workspace.target is not None
    return bench.workspace.target.text


def test_one_row_from_memory_and_by_machine(play: Callable[..., None]) -> None:
    known = (Unit("Ukraine received 7 tanks.", "Украина получила 7 танков."),)

    async def story(pilot: Pilot[int], bench: Workbench) -> None:
        await press(pilot, "down", "down", "a")
        offers = pilot.app.screen
        assert isinstance(offers, Offers)
        shown = [item.parts for item in offers.query_one(Listing).items]
        assert [(parts[1][0].strip(), parts[2][0]) for parts in shown] == [
            ("memory 75 %", "Украина получила 7 танков."),
            ("machine", "Украина получила 5 танков."),
        ]
        await press(pilot, "1")
        assert text(bench) == RU.replace(
            "24-я", "[[draft: memory 75 %; here: 5; there: 7]] Украина получила 7 танков. 24-я"
        )
        await press(pilot, "ctrl+z")
        assert text(bench) == RU

    play(story, known=known)


DRAFTED = (
    "[[draft en→ru, not confirmed; 4 sentences: 4 by Argos en→ru 1.0]]\n\n"
    "[[draft: machine]] В Одессе никто не пострадал. "
    "[[draft: machine]] Россия атаковала Харьков 57 крылатыми ракетами ночью.\n\n"
    "[[draft: machine]] Украина получила 5 танков. [[draft: machine]] 24-я бригада захватила 15 гаубиц.\n"
)


def test_what_is_missing_is_drafted_in_its_place(play: Callable[..., None]) -> None:
    async def story(pilot: Pilot[int], bench: Workbench) -> None:
        bench.action_draft_missing()
        await settle(pilot)
        assert text(bench) == RU.replace("24-я", "[[draft: machine]] Украина получила 5 танков. 24-я")
        assert [row for row in range(4) if "[[draft" in bench.grid.page.texts[row][1]] == [2]
        bench.action_draft_missing()
        await settle(pilot)
        assert text(bench).count("[[draft") == 1

    play(story)


def test_rows_at_the_end_keep_their_order(play: Callable[..., None]) -> None:
    async def story(pilot: Pilot[int], bench: Workbench) -> None:
        bench.action_draft_missing()
        await settle(pilot)
        assert text(bench) == (
            "В Одессе никто не пострадал. [[draft: machine]] Россия атаковала Харьков 57 крылатыми ракетами ночью.\n\n"
            "[[draft: machine]] Украина получила 5 танков. [[draft: machine]] 24-я бригада захватила 15 гаубиц.\n"
        )

    play(story, RU.partition(" Россия")[0] + "\n")


def test_everything_anew_and_row_by_row_confirmed(play: Callable[..., None]) -> None:
    async def story(pilot: Pilot[int], bench: Workbench) -> None:
        bench.action_draft_all()
        await pilot.pause()
        assert isinstance(pilot.app.screen, Confirm)
        await press(pilot, "enter")
        assert text(bench) == DRAFTED
        rows = bench.grid.page.texts
        assert [target.startswith("[[draft: machine]] ") for _, target in rows] == [True] * 4
        await press(pilot, "home", "y")
        assert text(bench) == DRAFTED.replace("[[draft: machine]] В", "В")
        assert bench.grid.cursor == 1
        await press(pilot, "f2", "!", "ctrl+o")  # edited and confirmed at once
        assert "ракетами ночью.!" in text(bench)
        assert bench.grid.cursor == 2
        await press(pilot, "y")
        await press(pilot, "y")  # with the last one the notice goes
        assert text(bench) == DRAFTED.partition("\n\n")[2].replace("[[draft: machine]] ", "").replace(
            "ночью.", "ночью.!"
        )
        await press(pilot, "ctrl+z")
        assert text(bench).startswith("[[draft en→ru")

    play(story)


def test_a_drafted_file_opens_as_a_draft(play: Callable[..., None]) -> None:
    async def story(pilot: Pilot[int], bench: Workbench) -> None:
        assert bench.workspace is not None
        assert bench.workspace.examined is not None
        assert sorted(bench.workspace.examined.drafts) == [0, 1, 2, 3]
        assert "4 drafts" in str(bench.query_one("#headline", Static).visual)
        assert "4 drafts that nobody has confirmed" in bench.query_one(Detail).content.plain
        assert not [f for f in bench.workspace.findings if f.rule in ("added", "untranslated", "number-mismatch")]
        await press(pilot, "f2", "end", "!", "enter")
        assert "[[draft: machine]] В Одессе никто не пострадал.!" in text(bench)
        await press(pilot, "r")
        assert bench.grid.cursor == 2
        bench.action_confirm_all()
        await settle(pilot)
        assert "[[" not in text(bench)

    play(story, DRAFTED, model=False)


def test_without_a_target_a_file_is_made_and_opened(play: Callable[..., None], tmp_path: Path) -> None:
    async def story(pilot: Pilot[int], bench: Workbench) -> None:
        bench.action_draft_all()
        await press(pilot, "2")
        await press(pilot, "enter")
        assert (tmp_path / "a.ru.txt").read_text(encoding="utf-8") == DRAFTED
        opened = pilot.app.screen
        assert isinstance(opened, Workbench)
        assert opened is not bench
        assert text(opened) == DRAFTED

    play(story, None)


def test_what_is_typed_is_continued(play: Callable[..., None]) -> None:
    async def story(pilot: Pilot[int], bench: Workbench) -> None:
        await press(pilot, "down", "f2")
        editor = bench.query_one(Editor)
        editor.text = "РФ атаковала"
        await press(pilot, "ctrl+n")
        assert editor.text == "РФ атаковала Харьков 57 крылатыми ракетами ночью."
        await press(pilot, "enter")
        assert " [[draft: machine, continued]] РФ атаковала Харьков" in text(bench)
        await press(pilot, "r")
        await press(pilot, "y")
        assert "пострадал. РФ атаковала Харьков" in text(bench)

    play(story)


def test_without_memory_and_machine_it_says_what_to_do(play: Callable[..., None]) -> None:
    async def story(pilot: Pilot[int], bench: Workbench) -> None:
        said: list[str] = []
        bench.say = lambda message, severity="information": said.append(message)  # type: ignore[method-assign]
        bench.action_draft_missing()
        await settle(pilot)
        assert "tolmach models install en-ru" in said[-1]
        await press(pilot, "a")
        assert isinstance(pilot.app.screen, Offers)
        assert "tolmach models install en-ru" in str(pilot.app.screen.query_one("Detail").content)  # type: ignore[attr-defined]
        await press(pilot, "escape")
        assert text(bench) == RU

    play(story, model=False)


def test_escape_stops_a_draft(play: Callable[..., None]) -> None:
    async def story(pilot: Pilot[int], bench: Workbench) -> None:
        bench.action_draft_all()
        await pilot.press("enter")
        await until(pilot, lambda: "drafting" in shown(bench.query_one("#headline")))
        await pilot.press("escape")
        await settle(pilot)
        assert text(bench) == RU

    play(story, RU, source=EN * 300)


def test_leaving_in_the_middle_of_a_draft(play: Callable[..., None]) -> None:
    async def story(pilot: Pilot[int], bench: Workbench) -> None:
        bench.action_draft_all()
        await pilot.press("enter")
        await until(pilot, lambda: "drafting" in shown(bench.query_one("#headline")))
        await pilot.press("ctrl+q")

    play(story, RU, source=EN * 300)


def test_a_process_that_dies_is_said_and_started_again(play: Callable[..., None]) -> None:
    async def story(pilot: Pilot[int], bench: Workbench) -> None:
        said: list[str] = []
        bench.say = lambda message, severity="information": said.append(message)  # type: ignore[method-assign]
        bench.action_draft_missing()
        await until(pilot, lambda: bench._drafter is not None and bench._drafter._process is not None)
        bench._drafter._process.kill()
        await settle(pilot)
        assert said == ["the process that drafts has ended; try again"]
        assert text(bench) == RU
        bench.action_draft_missing()
        await settle(pilot)
        assert "[[draft: machine]] Украина получила 5 танков." in text(bench)

    play(story)


def test_through_a_third_language_and_it_says_so(play: Callable[..., None], tmp_path: Path) -> None:
    """The Polish between is simulated: tests/models/copying.py."""

    async def story(pilot: Pilot[int], bench: Workbench) -> None:
        await press(pilot, "a")
        offers = pilot.app.screen
        assert isinstance(offers, Offers)
        assert [item.parts[1][0].strip() for item in offers.query_one(Listing).items] == ["machine via Polish"]
        await press(pilot, "1")
        assert text(bench) == "[[draft: machine via Polish]] В Одесі ніхто не постраждав.\n"
        await press(pilot, "f2")
        editor = bench.query_one(Editor)
        editor.text = "В Одесі"
        await press(pilot, "ctrl+n")
        await press(pilot, "enter")
        assert text(bench).startswith("[[draft: machine via Polish")

    runpy.run_path(str(MODELS / "copying.py"))["en_pl_uk"](tmp_path / "halves")
    play(
        story,
        "В Одесі тихо.\n",
        source="Nobody was hurt in Odesa.\n",
        lang="uk",
        settings=Settings(draft_via="pl"),
        folder=tmp_path / "halves",
    )


def test_a_translation_memory_of_another_program(play: Callable[..., None], tmp_path: Path) -> None:
    known = tmp_path / "known.tmx"
    known.write_text(
        '<tmx version="1.4"><header creationtool="x" creationtoolversion="1" segtype="sentence" o-tmf="x" '
        'adminlang="en" srclang="en" datatype="plaintext"/><body><tu>'
        '<tuv xml:lang="en"><seg>Ukraine received 5 tanks.</seg></tuv>'
        '<tuv xml:lang="ru"><seg>Киев получил 5 танков.</seg></tuv></tu></body></tmx>',
        encoding="utf-8",
    )

    async def story(pilot: Pilot[int], bench: Workbench) -> None:
        bench.action_draft_missing()
        await settle(pilot)
        assert "[[draft: memory]] Киев получил 5 танков. 24-я" in text(bench)

    play(story, model=False, settings=Settings(tmx=(str(known),)))
    known.write_text("no memory", encoding="utf-8")

    async def broken(pilot: Pilot[int], bench: Workbench) -> None:
        said: list[str] = []
        bench.say = lambda message, severity="information": said.append(message)  # type: ignore[method-assign]
        bench.action_draft_missing()
        await settle(pilot)
        assert said[-1].startswith(f"{known}:1:1: not valid XML")
        assert text(bench) == RU

    play(broken, model=False, settings=Settings(tmx=(str(known),)))
