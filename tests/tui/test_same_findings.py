"""What the screen shows is what `tolmach check` finds."""

import asyncio
from typing import Any

import pytest

from glossary import service
from glossary.findings import Finding
from tui.app import TolmachApp
from tui.desk import demo
from tui.screens.workbench import Workbench


@pytest.mark.parametrize("lang", ["ru", "uk"])
def test_the_findings_shown_are_those_of_check(lang: str) -> None:
    shown: list[tuple[Finding, ...]] = []
    rows: list[int] = []

    async def run() -> None:
        app: Any = TolmachApp(demo(lang))
        async with app.run_test(size=(120, 35)) as pilot:
            await app.workers.wait_for_complete()
            await pilot.pause()
            bench = next(s for s in app.screen_stack if isinstance(s, Workbench))
            assert bench.workspace is not None
            shown.append(bench.workspace.findings)
            rows.append(len(bench.listing.items))

    asyncio.run(run())
    report = service.check([demo(lang).read().pair])
    assert shown[0] == report.findings
    assert rows[0] == len(report.findings) > 0
