"""The language server, as an editor meets it over stdin and stdout."""

import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types

from glossary.cli import main

Edit = Callable[..., None]
EN = "😀 Two soldiers were killed by friendly fire near the city of Kharkiv, the army said.\n\nIt fired 57 missiles.\n"
RU = "😀 Двое солдат погибли от дружественного огня под городом Харьков, сообщила армия.\n\nОна выпустила 57 ракет.\n"


@pytest.fixture
def texts(tmp_path: Path) -> tuple[Path, Path]:
    """A pair with a calque in the rendering."""
    source, target = tmp_path / "a.en.txt", tmp_path / "a.ru.txt"
    source.write_text(EN, encoding="utf-8")
    target.write_text(RU, encoding="utf-8")
    (tmp_path / "tolmach.toml").write_text('domain = "military"\nseverity = {term-forbidden = "error"}')
    return source, target


def units(text: str, part: str) -> tuple[int, int]:
    """Where a part of the first line is, in UTF-16 units."""
    start = len(text[: text.index(part)].encode("utf-16-le")) // 2
    return start, start + len(part.encode("utf-16-le")) // 2


def test_findings_on_both_sides_fixed_by_a_quick_fix(edit: Edit, texts: tuple[Path, Path]) -> None:
    source, target = texts

    async def scenario(client: Any) -> None:
        client.open(target)
        finding = await client.found(target, "term-forbidden")
        start, end = units(RU, "дружественного огня")
        assert finding.range == types.Range(types.Position(0, start), types.Position(0, end))
        assert finding.severity == types.DiagnosticSeverity.Error
        assert finding.code == "T101"
        (related,) = finding.related_information
        assert related.location.uri == source.as_uri()
        other = await client.found(source, "term-forbidden")
        assert (other.range.start.character, other.range.end.character) == units(EN, "friendly fire")
        fix = next(one for one in await client.actions(target, finding.range) if one.is_preferred)
        ((uri, (change,)),) = fix.edit.changes.items()
        assert (uri, change.range, change.new_text) == (target.as_uri(), finding.range, "огня по своим")
        client.change(target, RU.replace("дружественного огня", change.new_text))
        await client.gone(target, "term-forbidden")
        await client.gone(source, "term-forbidden")
        assert client.watched == [types.WORKSPACE_DID_CHANGE_WATCHED_FILES]

    edit(scenario)


def test_the_server_says_what_check_says(
    edit: Edit, texts: tuple[Path, Path], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    target = texts[1]
    target.write_text(RU.replace("57", "75"), encoding="utf-8")
    monkeypatch.chdir(target.parent)
    main(["check", *map(str, texts), "--format", "json"])
    report = json.loads(capsys.readouterr().out)["pairs"][0]["findings"]

    async def scenario(client: Any) -> None:
        client.open(target)
        await client.found(target, "number-mismatch")
        shown = [(one.code, one.data["fingerprint"]) for one in client.diagnostics[target.as_uri()]]
        assert shown == [(one["code"], one["fingerprint"]) for one in report]

    edit(scenario)


def test_waiving_writes_a_table_that_check_reads(edit: Edit, texts: tuple[Path, Path], tmp_path: Path) -> None:
    target = texts[1]
    waivers = tmp_path / "tolmach-waivers.toml"

    async def scenario(client: Any) -> None:
        client.open(target)
        finding = await client.found(target, "term-forbidden")
        found = [one for one in await client.actions(target, finding.range) if one.title.startswith("Waive")]
        assert len(found) == 2
        create, change = found[1].edit.document_changes
        assert (create.kind, create.uri) == ("create", waivers.as_uri())
        waivers.write_text(change.edits[0].new_text, encoding="utf-8")
        (table,) = tomllib.loads(waivers.read_text(encoding="utf-8"))["waiver"]
        assert (table["concept"], table["path"]) == ("friendly-fire", "a.ru.txt")
        assert table["reason"]
        client.save(waivers)
        await client.gone(target, "term-forbidden")
        waivers.write_text("[[waiver]]\nrule = 'nothing'\nreason = 'a'", encoding="utf-8")
        client.save(waivers)
        await client.until(lambda: any("no rule is called 'nothing'" in text for text in client.messages))

    edit(scenario)


def test_an_entry_under_the_cursor(edit: Edit, texts: tuple[Path, Path]) -> None:
    source, target = texts

    async def scenario(client: Any) -> None:
        client.open(source)
        client.open(target)
        for path, text, part in ((source, EN, "friendly fire"), (target, RU, "дружественного огня")):
            start, end = units(text, part)
            hover = await client.hover(path, 0, end - 1)
            assert "огонь по своим" in hover.contents.value
            assert (hover.range.start.character, hover.range.end.character) == (start, end)
        assert await client.hover(target, 0, 0) is None
        assert await client.hover(target, 99, 99) is None

    edit(scenario)


def test_a_missing_counterpart_comes_and_goes(edit: Edit, texts: tuple[Path, Path]) -> None:
    source, target = texts
    source.unlink()

    def note(client: Any) -> str:
        return " ".join(one.message for one in client.diagnostics.get(target.as_uri(), []))

    async def scenario(client: Any) -> None:
        client.open(target)
        await client.until(lambda: "a.en.txt" in note(client))
        (shown,) = client.diagnostics[target.as_uri()]
        assert shown.severity == types.DiagnosticSeverity.Information
        assert not await client.actions(target, shown.range)
        client.open(source, EN)
        await client.found(target, "term-forbidden")
        client.change(source, " ")
        await client.until(lambda: "empty" in note(client))
        client.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(source.as_uri())))
        client.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(target.as_uri())))
        await client.until(lambda: not client.diagnostics[target.as_uri()])

    edit(scenario)


def test_pairs_of_a_manifest_and_other_encodings(edit: Edit, texts: tuple[Path, Path], tmp_path: Path) -> None:
    source, target = (
        path.rename(path.with_name(name)) for path, name in zip(texts, ("in.txt", "out.txt"), strict=True)
    )
    (tmp_path / "pairs.jsonl").write_text(json.dumps({"source": source.name, "target": target.name}))
    (tmp_path / "tolmach.toml").write_text('domain = "military"\npairs = "pairs.jsonl"')

    async def scenario(client: Any) -> None:
        client.open(target)
        finding = await client.found(target, "term-forbidden")
        assert finding.range.start.character == RU.index("дружественного")
        nothing = tmp_path / "b.txt"
        client.open(nothing, "x")
        for uri in ("untitled:a.ru.txt", "file:///a%00.ru.txt", "http://a.ru.txt", ""):
            item = types.TextDocumentItem(uri, "plaintext", 0, RU)
            client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        client.change(target, RU + "\x1b[2J" + "😀" * 3)
        await client.found(target, "term-forbidden")
        await client.until(lambda: client.diagnostics.get(nothing.as_uri()) == [])

    edit(scenario, ["utf-32"])


def test_a_broken_configuration_is_said_once(edit: Edit, texts: tuple[Path, Path], tmp_path: Path) -> None:
    (tmp_path / "tolmach.toml").write_text("fial-on = 'error'")

    async def scenario(client: Any) -> None:
        client.open(texts[1])
        await client.until(lambda: client.messages)
        client.change(texts[1], RU)
        (tmp_path / "tolmach.toml").write_text("domain = 'military'")
        client.save(tmp_path / "tolmach.toml")
        await client.found(texts[1], "term-forbidden")
        assert len(client.messages) == 1
        assert "`fail-on`" in client.messages[0]

    edit(scenario)
