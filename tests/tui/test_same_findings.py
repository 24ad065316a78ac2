"""What the screen shows is what `tolmach check` finds in the pair, whatever other articles say."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from staging import bench_of, settle, until

from glossary import cli, service
from glossary.data import FOLDER
from glossary.files.pairs import PairEntry, load_project
from glossary.formats import record
from glossary.project import Project
from tui.app import TolmachApp
from tui.desk import Desk
from tui.workspace import Workspace, proposals

SAMPLES = Path(__file__).parents[1] / "samples" / "articles"


async def shown(desk: Desk) -> list[dict[str, Any]]:
    """The findings behind the list on the screen, as the JSON format writes them."""
    app: Any = TolmachApp(desk)
    async with app.run_test(size=(120, 35)) as pilot:
        await settle(pilot)
        bench = bench_of(app)
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


def test_the_findings_after_typing_are_those_of_check(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for lang in ("en", "ru"):
        text = (FOLDER / "demo" / f"intercept.{lang}.txt").read_text(encoding="utf-8")
        (tmp_path / f"a.{lang}.txt").write_text(text, encoding="utf-8")
    desk = Desk(tmp_path / "a.en.txt", tmp_path / "a.ru.txt")

    async def typed() -> tuple[list[int], str, list[dict[str, Any]]]:
        app: Any = TolmachApp(desk)
        counts = []
        async with app.run_test(size=(120, 35)) as pilot:
            bench = app.screen
            await until(pilot, lambda: bench._settled == bench._revision)
            counts.append(len(bench.workspace.findings))
            await pilot.press("f2", "space", "4", "7", "0")
            await until(pilot, lambda: bench._examined == bench._revision and "470" in bench.workspace.target.text)
            counts.append(len(bench.workspace.findings))
            await until(pilot, lambda: bench._settled == bench._revision)
            counts.append(len(bench.workspace.findings))
            findings: list[dict[str, Any]] = record.full(bench.workspace.examined)["findings"]
            return counts, bench.workspace.target.text, findings

    counts, text, findings = asyncio.run(typed())
    desk.close()
    assert counts[1] == counts[2] == counts[0] + 1
    (tmp_path / "a.ru.txt").write_text(text, encoding="utf-8")
    cli.main(["check", str(tmp_path / "a.en.txt"), str(tmp_path / "a.ru.txt"), "--format", "json", "--quiet"])
    expected = json.loads(capsys.readouterr().out)["pairs"][0]["findings"]
    assert json.loads(json.dumps(findings)) == expected


def test_a_suggestion_reads_the_same_on_the_screen_and_in_reports(capsys: pytest.CaptureFixture[str]) -> None:
    paths = [FOLDER / "demo" / f"intercept.{lang}.txt" for lang in ("en", "ru")]
    found = service.examined(load_project(PairEntry("a", str(paths[0]), target=str(paths[1]))), service.Settings())
    workspace = Workspace.of(Project(found.pair)).found(found)
    offered = [edit.text for finding in found.findings for edit in proposals(workspace, finding)]
    assert "об огне по своим" in offered  # and not «о огне по своим»
    for form in ("text", "html", "github", "sarif"):
        cli.main(["check", *map(str, paths), "--format", form, "--quiet"])
        said = capsys.readouterr().out
        assert [text for text in offered if text not in said] == [], form
