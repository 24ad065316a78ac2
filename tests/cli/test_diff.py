"""`tolmach diff`: two reports of one archive compared."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.formats.comparison import PairChange, changes

Run = Callable[..., Any]
GLOSSARY = "id,en,ru,ru_forbidden,severity\nx-commander,commander,начальник,командир {{no}},{severity}\n"


@pytest.fixture
def reports(tolmach: Run, pair: tuple[Path, Path], tmp_path: Path) -> dict[str, Path]:
    """The report of a pair as it is, with a glossary that forbids a word in it, and with that as a note."""
    made = {}
    for name, severity in (("plain", None), ("strict", "error"), ("mild", "info")):
        options: list[object] = []
        if severity:
            options = ["--glossary", tmp_path / f"{name}.csv", "--domain", "military"]
            (tmp_path / f"{name}.csv").write_text(GLOSSARY.format(severity=severity), encoding="utf-8")
        form = "jsonl" if name == "strict" else "json"
        made[name] = tmp_path / f"{name}.{form}"
        assert tolmach("check", *pair, f"--format={form}", "-o", made[name], "--fail-on=never", *options).code == 0
    return made


def test_the_same_report_twice(tolmach: Run, reports: dict[str, Path]) -> None:
    done = tolmach("diff", reports["strict"], reports["strict"], "--fail-on", "info")
    assert done.code == 0
    assert done.out.startswith("1 pairs compared\n     0 new\n     0 gone\n     0 changed severity\n")


def test_new_and_gone(tolmach: Run, reports: dict[str, Path]) -> None:
    done = tolmach("diff", reports["plain"], reports["strict"])
    assert done.code == 1
    assert "+ error T101 term-forbidden: “commander”" in done.out
    assert "x-commander" in done.out
    assert "glossary:" in done.out
    back = tolmach("diff", reports["strict"], reports["plain"])
    assert back.code == 0
    assert "- error T101 term-forbidden: “commander”" in back.out


@pytest.mark.parametrize(
    ("old", "new", "fail_on", "code"),
    [
        ("mild", "strict", "error", 1),
        ("strict", "mild", "info", 0),
        ("mild", "strict", "never", 0),
    ],
)
def test_a_changed_severity(
    tolmach: Run, reports: dict[str, Path], old: str, new: str, fail_on: str, code: int
) -> None:
    done = tolmach("diff", reports[old], reports[new], "--fail-on", fail_on)
    assert done.code == code
    assert ("~ info → error" if new == "strict" else "~ error → info") in done.out
    assert "0 new" in done.out


def test_for_programs(tolmach: Run, reports: dict[str, Path], tmp_path: Path) -> None:
    assert tolmach("diff", reports["plain"], reports["strict"], "--format=json", "-o", tmp_path / "d.json").code == 1
    found = json.loads((tmp_path / "d.json").read_text(encoding="utf-8"))
    (change,) = found["pairs"]
    assert [finding["concept"] for finding in change["new"]] == ["x-commander"]
    assert found["summary"]["concepts"] == {"x-commander": {"new": 1}}
    assert found["summary"]["severities"]["error"] == {"new": 1}
    assert found["summary"]["old"] != found["summary"]["new"]


def test_json_laid_out_by_another_program(tolmach: Run, reports: dict[str, Path], tmp_path: Path) -> None:
    pretty = tmp_path / "pretty.json"
    pretty.write_text(json.dumps(json.loads(reports["plain"].read_text(encoding="utf-8")), indent=2), encoding="utf-8")
    assert tolmach("diff", reports["plain"], pretty, "--fail-on", "info").code == 0


SUMMARY = '{"schema": 1, "summary": {}}\n'
FINDING = {"code": "T101", "rule": "term-forbidden", "severity": "error", "message": "m", "fingerprint": "f"}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no end"),
        (b"{", "not a report"),
        (b"[1, 2]\n", "not a report with"),
        (b"\xff\xfe", "not UTF-8"),
        (b"id,rule\n1,2\n", "not a report"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"schema": 1, "id": "a", "beads": []}\n', "with findings"),
        (b'{"schema": 1, "id": "a", "findings": []}\n', "no end"),
        (b'{"schema": 1, "id": "a", "findings": [1]}\n', "a finding that is none"),
        (b'{"schema": 1, "id": 5, "findings": []}\n', "without id"),
        (b'{"schema": 2, "id": "a", "findings": []}\n', "schema 2"),
        (b'{"schema": 1, "findings": {}, "summary": 7}\n', "not a report"),
        (b'{"schema": 1, "pairs": [\n{"schema": 1, "id": "a", "findings": []},\n', "no end"),
        (b'{"schema": 1, "pairs": [\n{"schema": 1, "id": "a", "fin\n], "summary": {}}\n', ":2:"),
        (b'{"$schema": "sarif", "version": "2.1.0", "runs": []}\n', "not a report with findings"),
    ],
)
def test_what_is_no_report(tolmach: Run, reports: dict[str, Path], tmp_path: Path, content: bytes, said: str) -> None:
    broken = tmp_path / "broken.json"
    broken.write_bytes(content)
    out = tmp_path / "out"
    for order in ((broken, reports["plain"]), (reports["plain"], broken)):
        done = tolmach("diff", *order, "-o", out)
        assert done.code == 3
        assert "broken.json" in done.err
        assert said in done.err
        assert not out.exists()


def test_files_that_are_not_there(tolmach: Run, reports: dict[str, Path], tmp_path: Path) -> None:
    assert tolmach("diff", reports["plain"], tmp_path / "none.json").code == 3
    assert tolmach("diff", reports["plain"], tmp_path).code == 3
    assert tolmach("diff", reports["plain"]).code == 2
    assert tolmach("diff", reports["plain"], reports["plain"], "-o", tmp_path / "none" / "x").code == 3


def test_hostile_words_stay_words(tolmach: Run, tmp_path: Path) -> None:
    finding = {**FINDING, "message": "\x1b[2J\u202e", "concept": "\x1b]0;x\x07"}
    path = tmp_path / "r.jsonl"
    record = {"schema": 1, "id": "\x1b", "findings": [finding]}
    path.write_text(json.dumps(record) + "\n" + SUMMARY, encoding="utf-8")
    empty = tmp_path / "e.jsonl"
    empty.write_text(SUMMARY, encoding="utf-8")
    done = tolmach("diff", empty, path)
    assert done.code == 1
    assert "1 only in the new report" in done.out
    assert not {"\x1b", "\x07", "\u202e"} & set(done.out)


def test_a_pair_that_one_run_could_not_read_is_not_gone(tolmach: Run, tmp_path: Path) -> None:
    old, new = tmp_path / "old.jsonl", tmp_path / "new.jsonl"
    old.write_text(json.dumps({"schema": 1, "id": "a", "findings": [FINDING]}) + "\n" + SUMMARY, encoding="utf-8")
    new.write_text(json.dumps({"schema": 1, "id": "a", "error": {"what": "w"}}) + "\n" + SUMMARY, encoding="utf-8")
    done = tolmach("diff", old, new)
    assert "0 gone" in done.out
    assert "1 unreadable" in done.out


reports_of = st.dictionaries(
    st.sampled_from("abcd"), st.dictionaries(st.sampled_from("123"), st.sampled_from(["error", "info"]))
)


def made(report: dict[str, dict[str, str]], backwards: bool) -> list[dict[str, Any]]:
    order = sorted(report, reverse=backwards)
    return [
        {"id": name, "findings": [{**FINDING, "fingerprint": m, "severity": s} for m, s in report[name].items()]}
        for name in order
    ]


@given(reports_of, reports_of, st.booleans())
def test_every_finding_is_accounted_for(
    old: dict[str, dict[str, str]], new: dict[str, dict[str, str]], backwards: bool
) -> None:
    found: dict[str, PairChange] = {change.id: change for change in changes(made(old, False), made(new, backwards))}
    assert found.keys() == old.keys() | new.keys()
    for name, change in found.items():
        before, after = old.get(name, {}), new.get(name, {})
        assert {finding["fingerprint"] for finding in change.new} == after.keys() - before.keys()
        assert {finding["fingerprint"] for finding in change.gone} == before.keys() - after.keys()
        same = before.keys() & after.keys()
        assert {f["fingerprint"]: f["was"] for f in change.changed} == {
            m: before[m] for m in same if before[m] != after[m]
        }
