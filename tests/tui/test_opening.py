"""Opening: paths typed on the start screen, a directory, a source alone whose target begins empty."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Static

from glossary.service import Settings
from tui.app import TolmachApp
from tui.opening import of_paths
from tui.screens.start import Start
from tui.screens.workbench import Workbench
from tui.widgets.listing import Listing

EN = "He left the village.\n\nThe tank fired at us. Nobody spoke.\n\nThen it was dark.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("a.en.txt", "b.en.txt"):
        (tmp_path / name).write_text(EN, encoding="utf-8")
    for name in ("a.ru.txt", "a.uk.txt"):
        (tmp_path / name).write_text("Он ушёл.\n", encoding="utf-8")
    return tmp_path


def test_paths_typed_on_the_start_screen(folder: Path, stage: Any) -> None:
    async def run() -> None:
        app = TolmachApp(None, None, choices=of_paths([folder], Settings()))
        async with app.run_test(size=(100, 30), notifications=True) as pilot:
            await stage.settle(pilot)
            start: Any = app.screen
            assert isinstance(start, Start)
            assert [label for _, label, _ in start.choices] == ["a.ru", "a.uk"]
            await stage.press(pilot, *str(folder / "nowhere"), "enter")  # what is typed over the list is a path
            assert "there is no" in str(start.query_one("#trouble", Static).visual)
            start.query_one("#paths").value = str(folder)
            await stage.press(pilot, "f2")
            assert len(start.query_one(Listing).items) == 2
            start.query_one("#paths").value = f"'{folder / 'b.en.txt'}'"
            start.query_one("#paths").focus()
            await stage.press(pilot, "enter")
            assert isinstance(app.screen, Workbench)
            assert app.screen.desk.target is None
        for desk in app.opened:
            desk.close()

    asyncio.run(run())


def test_a_source_alone_gets_an_empty_target_that_is_filled_row_by_row(folder: Path, stage: Any) -> None:
    source = folder / "b.en.txt"

    async def run() -> None:
        app = TolmachApp(of_paths([source], Settings())[0][2], folder / "state")
        async with app.run_test(size=(100, 30), notifications=True) as pilot:
            await stage.settle(pilot)
            await stage.press(pilot, "f2", "2", "enter")
            bench: Any = app.screen
            assert bench.desk.target == folder / "b.ru.txt"
            assert len(bench.workspace.alignment.beads) == 4
            await stage.press(pilot, "down", "f2", *"Танк открыл по нам огонь.", "enter")
            await stage.press(pilot, "f2", *"Все молчали.", "enter")
            await stage.press(pilot, "home", "f2", *"Он ушёл.", "enter")
            assert bench.workspace.target.text == "Он ушёл.\n\nТанк открыл по нам огонь. Все молчали."
            beads = bench.workspace.alignment.beads
            assert [(bead.source, bead.target) for bead in beads] == [
                ((0,), (0,)),
                ((1,), (1,)),
                ((2,), (2,)),
                ((3,), ()),
            ]
            await stage.press(pilot, "ctrl+s", "enter")
            assert (folder / "b.ru.txt").read_text(encoding="utf-8") == bench.workspace.target.text
        for desk in app.opened:
            desk.close()

    asyncio.run(run())
