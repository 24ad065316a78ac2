"""Decisions on quotes: kept in the memory, honoured by the check, compared with the original, taken back."""

import json
from pathlib import Path
from typing import Any

import pytest

from glossary import cli
from tui.app import TolmachApp
from tui.desk import Desk, demo
from tui.screens.quotes import Quotes
from tui.widgets.detail import Detail

ORIGINAL = "Тримаємо лінію і триматимемо"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    made = demo("ru")
    texts = [path.read_text(encoding="utf-8") for path in (made.source, made.target) if path is not None]
    names = ("a.en.txt", "a.ru.txt")
    for name, text in zip(names, texts, strict=True):
        (tmp_path / name).write_text(text, encoding="utf-8")
    own = Desk(tmp_path / names[0], tmp_path / names[1])
    yield own
    own.close()


def rules(bench: Any) -> list[str]:
    return [finding.rule for finding in bench.workspace.findings]


def test_an_original_that_was_found_is_kept_and_compared(
    desk: Desk, stage: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async def story(pilot: Any, bench: Any) -> None:
        relays = rules(bench).count("quote-third-language")
        assert relays
        bench.choose(rules(bench).index("quote-third-language"))
        await stage.press(pilot, "f9")
        screen = pilot.app.screen
        assert isinstance(screen, Quotes)
        assert " → " in stage.shown(screen.query_one(Detail))
        labels = [finding.rule for finding in screen._findings()]
        await stage.press(pilot, "f7")
        if len(labels) > 1:
            await stage.press(pilot, str(1 + labels.index("quote-third-language")))
        await stage.press(pilot, "1", *ORIGINAL, "tab", *"http://x.ua", "enter")
        assert rules(bench).count("quote-third-language") == relays - 1
        shown = stage.shown(screen.query_one(Detail))
        assert f"original  {ORIGINAL}" in shown
        assert "http://x.ua" in shown
        await stage.press(pilot, "ctrl+z")
        assert rules(bench).count("quote-third-language") == relays
        await stage.press(pilot, "f7")
        if len(labels) > 1:
            await stage.press(pilot, str(1 + [f.rule for f in screen._findings()].index("quote-third-language")))
        await stage.press(pilot, "4")
        assert rules(bench).count("quote-third-language") == relays - 1
        left.extend(rules(bench))

    left: list[str] = []
    stage.play(TolmachApp(desk, tmp_path / "state"), story)
    cli.main(["check", str(desk.source), str(desk.target), "--format", "json", "--quiet"])
    found = json.loads(capsys.readouterr().out)["pairs"][0]["findings"]
    assert [finding["rule"] for finding in found] == left
