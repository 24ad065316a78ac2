"""Adding and correcting entries on the terms screen: one row of the person's own file, linted as it is typed."""

from pathlib import Path
from typing import Any

import pytest

from tui.app import TolmachApp
from tui.desk import Desk
from tui.screens.entry import Entry
from tui.screens.terms import Terms
from tui.widgets.detail import Detail

EN = "The tank fired at the snorkelwagon. Another tank burned. " * 3
RU = "Танк открыл огонь по шноркелю. Другой танк сгорел. " * 3


@pytest.fixture
def desk(tmp_path: Path) -> Any:
    (tmp_path / "a.en.txt").write_text(EN, encoding="utf-8")
    (tmp_path / "a.ru.txt").write_text(RU, encoding="utf-8")
    made = Desk(tmp_path / "a.en.txt", tmp_path / "a.ru.txt", "en", "ru")
    yield made
    made.close()


def test_a_new_entry_is_checked_at_once(desk: Desk, stage: Any, tmp_path: Path) -> None:
    own = tmp_path / "tolmach-terms.csv"

    async def story(pilot: Any, bench: Any) -> None:
        await stage.press(pilot, "ctrl+t", *"snorkelwagon")
        assert isinstance(pilot.app.screen, Terms)
        await stage.press(pilot, "f7")
        entry = pilot.app.screen
        assert isinstance(entry, Entry)
        assert entry.cells["en"] == "snorkelwagon"
        await stage.press(pilot, *"машина", "down", *"машина", "down", *"машина")
        assert "both accepted and forbidden" in stage.shown(entry.query_one("#lint", Detail))
        await stage.press(pilot, "enter")
        assert pilot.app.screen is entry  # an entry with errors is not written
        await stage.press(pilot, *["backspace"] * 6, *"шноркель {a tube}", "enter")
        assert own.read_text(encoding="utf-8").splitlines()[1].startswith(",,,snorkelwagon,")
        found = [f for f in bench.workspace.findings if f.rule == "term-forbidden"]
        assert len(found) == 3
        assert found[0].params["reason"] == "a tube"
        assert "snorkelwagon" in stage.shown(pilot.app.screen.query_one("#concepts"))

    stage.play(TolmachApp(desk, tmp_path / "state"), story)


def test_a_corrected_entry_keeps_the_cells_nobody_asked_for(desk: Desk, stage: Any, tmp_path: Path) -> None:
    async def correct(pilot: Any, bench: Any) -> None:
        await stage.press(pilot, "ctrl+t", *"tank")
        screen = pilot.app.screen
        concept = screen.concepts[0]
        await stage.press(pilot, "f4")
        pilot.app.screen.query_one("#cell-ru_admitted").value += "; боевая колесница"
        await stage.press(pilot, "enter")
        changed = desk.resources.glossary.by_id[concept.id]
        assert "боевая колесница" in [r.text for r in changed.of("ru", "admitted")]
        assert changed.english == concept.english
        assert changed.of("uk") == concept.of("uk")
        assert changed.english_not == concept.english_not

    stage.play(TolmachApp(desk, tmp_path / "state"), correct)
