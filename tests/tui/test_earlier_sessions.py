"""Two sessions one after the other on the real core: what the first one left, the second one can take back."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from glossary.files.configuration import configuration
from glossary.service import settings_of
from tui.app import TolmachApp
from tui.desk import Desk
from tui.screens.workbench import Workbench
from tui.widgets.detail import Detail

EN = "Soldiers spoke of friendly fire near Kharkiv. A tank was hit.\n"
RU = "Солдаты говорили о дружественном огне под Харьковом. Подбит танк.\n"


@pytest.fixture
def pair(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The desk of a new session on the same pair."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.en.txt").write_text(EN, encoding="utf-8")
    (tmp_path / "a.ru.txt").write_text(RU, encoding="utf-8")

    def desk(target: bool = True) -> Desk:
        settings = settings_of(configuration(tmp_path).given(domain="military"), tmp_path, date(2026, 1, 1))
        return Desk(tmp_path / "a.en.txt", tmp_path / "a.ru.txt" if target else None, "en", "ru", settings)

    return desk


def test_a_waiver_of_an_earlier_session_is_undone_at_once(stage: Any, pair: Any, tmp_path: Path) -> None:
    def rules(bench: Workbench) -> list[str]:
        assert bench.workspace is not None
        return [finding.rule for finding in bench.workspace.findings]

    async def waived(pilot: Pilot[int], bench: Workbench) -> None:
        await stage.press(pilot, "f8")
        assert rules(bench) == ["term-forbidden"]
        await stage.press(pilot, "f7", *"так", "enter", "ctrl+s", "enter")
        assert rules(bench) == []

    async def later(pilot: Pilot[int], bench: Workbench) -> None:
        assert rules(bench) == []
        await stage.press(pilot, "ctrl+z")
        assert rules(bench) == ["term-forbidden"]
        await stage.press(pilot, "ctrl+s", "enter")
        assert not (tmp_path / "tolmach-waivers.toml").read_text(encoding="utf-8").strip()

    for story in (waived, later):
        desk = pair()
        stage.play(TolmachApp(desk, tmp_path / "state"), story)
        desk.close()


def test_a_suggestion_is_shown_as_it_will_stand(stage: Any, pair: Any) -> None:
    async def story(pilot: Pilot[int], bench: Workbench) -> None:
        await stage.press(pilot, "f8")
        assert " 1 об огне по своим" in stage.shown(bench.query_one(Detail))
        await stage.press(pilot, "f4")
        assert bench.workspace is not None
        assert bench.workspace.target is not None
        assert bench.workspace.target.text == RU.replace("о дружественном огне", "об огне по своим")

    desk = pair()
    stage.play(TolmachApp(desk), story)
    desk.close()


def test_a_source_alone_misses_nothing_and_says_how_to_begin(stage: Any, pair: Any) -> None:
    async def story(pilot: Pilot[int], bench: Workbench) -> None:
        assert "F2 writes it row by row" in stage.shown(bench.query_one(Detail))
        assert "EN  2 rows" in stage.shown(bench.query_one("#headline"))
        assert "no counterpart" not in stage.shown(bench.grid)

    desk = pair(target=False)
    stage.play(TolmachApp(desk), story)
    desk.close()
