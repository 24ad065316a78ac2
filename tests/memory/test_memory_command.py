"""`tolmach memory` and `check --memory` as a script sees them."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from glossary.cli import main

Run = Callable[..., tuple[int, str, str]]

FIRST = (
    "“Our tank fired twice, and twenty guys were gone,” Aleksei told his wife on Tuesday.\n",
    "«Наш танк выстрелил дважды, и двадцати пацанов не стало», — сказал Алексей жене во вторник.\n",
)
LATER = (
    "The call is quoted again. “Our tank fired twice, and twenty guys were gone,” Aleksei says.\n",
    "Разговор цитируют вновь. «Танк дал два залпа, и двадцать парней погибли», — говорит Алексей.\n",
)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command line: exit code, stdout, stderr."""

    def command(*arguments: object) -> tuple[int, str, str]:
        code = main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err
        return code, captured.out, captured.err

    return command


@pytest.fixture
def pairs(tmp_path: Path) -> tuple[list[Path], list[Path]]:
    """Two pairs on disk, of which the second renders a quote of the first otherwise."""
    found: list[list[Path]] = []
    for name, texts in (("first", FIRST), ("later", LATER)):
        files = []
        for lang, text in zip(("en", "ru"), texts, strict=True):
            files.append(tmp_path / f"{name}.{lang}.txt")
            files[-1].write_text(text, encoding="utf-8")
        found.append(files)
    return found[0], found[1]


def archived(run: Run, *arguments: object) -> list[Any]:
    _, out, _ = run("quotes", *arguments, "--format", "jsonl", "--select", "quote-archive", "--fail-on", "never")
    return list(json.loads(out.splitlines()[0])["findings"])


def test_from_adding_to_forgetting(run: Run, pairs: tuple[list[Path], list[Path]], path: Path) -> None:
    first, later = pairs
    assert archived(run, *later) == []
    memory = ("--memory", path)
    code, _, said = run("memory", "add", *first, *memory, "--date", "2022-12-08")
    assert (code, said.startswith("1 added, 0 known")) == (0, True)
    assert run("memory", "add", *first, *memory)[2].startswith("0 added, 1 known")
    (finding,) = archived(run, *later, *memory)
    assert "on 2022-12-08 as «Наш танк выстрелил дважды" in finding["message"]
    assert archived(run, *later, "--no-memory") == []
    assert run("memory", "search", "our tank fired twice, and twenty guys were gone", *memory)[0] == 0
    assert "пацанов" in run("memory", "search", "танков", *memory)[1]
    assert run("memory", "search", "nothing of the kind at all", *memory)[0] == 1
    answer = ("memory", "decide", *later, finding["fingerprint"], "--as", "dismiss", *memory)
    assert run(*answer)[0] == 0
    assert archived(run, *later, *memory) == []
    assert run(*answer)[0] == 2
    code, out, _ = run("memory", "export", *memory)
    assert [json.loads(line)["kind"] for line in out.splitlines()] == ["article", "decision"]
    assert run("memory", "forget", "Aleksei", *memory)[0] == 0
    assert run("memory", "forget", "Aleksei", *memory)[0] == 1
    assert "пацанов" not in run("memory", "export", *memory)[1]


def test_export_and_import(run: Run, pairs: tuple[list[Path], list[Path]], path: Path, tmp_path: Path) -> None:
    run("memory", "add", *pairs[0], "--memory", path)
    exported, other = tmp_path / "memory.jsonl", tmp_path / "other.sqlite"
    assert run("memory", "export", "--memory", path, "-o", exported)[0] == 0
    assert run("memory", "import", exported, "--memory", other)[0] == 0
    assert run("memory", "stats", "--memory", other)[1] == run("memory", "stats", "--memory", path)[1]
    exported.write_text("rubbish\n", encoding="utf-8")
    code, _, said = run("memory", "import", exported, "--memory", other)
    assert code == 3
    assert f"{exported}:1" in said


def test_a_damaged_memory_is_repaired_and_the_check_goes_on(
    run: Run, pairs: tuple[list[Path], list[Path]], path: Path
) -> None:
    run("memory", "add", *pairs[0], "--memory", path)
    path.write_bytes(b"rubbish" * 1000)
    code, _, said = run("check", *pairs[1], "--memory", path)
    assert code in (0, 1)
    assert "was damaged" in said
    assert "memory.sqlite.damaged-1" in said
    assert "damaged" not in run("check", *pairs[1], "--memory", path)[2]


def test_refusals(run: Run, pairs: tuple[list[Path], list[Path]], path: Path) -> None:
    assert run("check", *pairs[0], "--memory", path)[0] == 3  # no such memory
    assert run("check", *pairs[0], "--memory", path, "--no-memory")[0] == 2
    assert run("memory", "stats", "--memory", path)[0] == 3
    assert run("memory", "add", *pairs[0], "--memory", path, "--date", "yesterday")[0] == 2
    assert not path.exists()
    assert run("memory", "add", pairs[0][0], path.with_name("none.txt"), "--memory", path)[0] == 3


def test_decisions_are_listed_and_taken_back(run: Run, pairs: tuple[list[Path], list[Path]], path: Path) -> None:
    (first, later), memory = pairs, ("--memory", path)
    run("memory", "add", *first, *memory)
    (finding,) = archived(run, *later, *memory)
    reason = ("--reason", "house\tstyle")
    assert run("memory", "decide", *later, finding["fingerprint"], "--as", "accept", "--here", *reason, *memory)[0] == 0
    code, out, _ = run("memory", "decisions", *memory)
    (line,) = out.splitlines()
    key, _, answer, rule, lang, words, told = line.split("\t")
    assert (code, answer, rule, lang, told) == (0, "accept here", "quote-archive", "ru", "house style")
    assert "our tank fired twice" in words
    assert archived(run, *later, *memory) == []
    assert run("memory", "retract", key, *memory)[0] == 0
    assert len(archived(run, *later, *memory)) == 1
    assert run("memory", "decisions", *memory)[1] == ""
    assert len(run("memory", "decisions", "--all", *memory)[1].splitlines()) == 2
    assert run("memory", "retract", key, *memory)[0] == 1


def test_renderings_are_held_against_an_original_that_was_found(
    run: Run, pairs: tuple[list[Path], list[Path]], path: Path
) -> None:
    (first, later), memory = pairs, ("--memory", path)
    run("memory", "add", *first, *memory)
    (finding,) = archived(run, *later, *memory)
    original = ("--original", "Свой танк два раза дал, и двадцать пацанов нет", "--link", "https://example.org/call")
    assert run("memory", "decide", *later, finding["fingerprint"], "--as", "found", *original, *memory)[0] == 0
    (after,) = archived(run, *later, *memory)
    assert "Свой танк два раза дал" in after["message"]
    assert "https://example.org/call" in after["message"]
    later[1].write_text(
        "Разговор цитируют. «Свой танк два раза дал, и двадцать пацанов нет», — говорит Алексей.\n", "utf-8"
    )
    assert archived(run, *later, *memory) == []
