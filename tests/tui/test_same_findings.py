"""What the screen shows is what `tolmach check` finds in the pair, whatever other articles say."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from glossary import cli
from glossary.data import FOLDER
from glossary.formats import record
from tui.app import TolmachApp
from tui.desk import Desk
from tui.screens.workbench import Workbench

SAMPLES = Path(__file__).parents[1] / "samples" / "articles"


async def shown(desk: Desk) -> list[dict[str, Any]]:
    """The findings behind the list on the screen, as the JSON format writes them."""
    app: Any = TolmachApp(desk)
    async with app.run_test(size=(120, 35)) as pilot:
        for _ in range(2):  # reading, then checking
            await app.workers.wait_for_complete()
            await pilot.pause()
        bench = next(s for s in app.screen_stack if isinstance(s, Workbench))
        assert bench.workspace is not None
        assert bench.workspace.examined is not None
        assert len(bench.listing.items) == len(bench.workspace.findings)
        assert bench.workspace.findings == bench.workspace.examined.findings
        findings: list[dict[str, Any]] = record.full(bench.workspace.examined)["findings"]
        return findings


@pytest.mark.parametrize("folder", [FOLDER / "demo", SAMPLES], ids=["demo", "samples"])
def test_the_findings_shown_are_those_of_check(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["check", str(folder), "--format", "json", "--quiet", "--jobs", "1", "--no-across"])
    expected = json.loads(capsys.readouterr().out)["pairs"]
    assert len(expected) == len(list(folder.glob("*.ru.txt"))) + len(list(folder.glob("*.uk.txt")))
    checker = None
    for pair in expected:
        name, lang = pair["id"].rsplit(".", 1)
        desk = Desk(folder / f"{name}.en.txt", folder / f"{name}.{lang}.txt")
        desk._checker = checker  # one process for all of them
        checker = desk.checker
        assert json.loads(json.dumps(asyncio.run(shown(desk)))) == pair["findings"], pair["id"]
    assert checker is not None
    checker.close()
