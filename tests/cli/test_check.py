"""`tolmach check`, `align` and `quotes` as a script sees them: output, exit codes, manifests."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
ROOT = Path(__file__).parents[2]


def change(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


def test_a_faultless_pair_has_no_errors(tolmach: Run, pair: tuple[Path, Path]) -> None:
    done = tolmach("check", *pair)
    assert done.code == 0, done.out
    assert "error" not in done.out


def test_a_changed_figure_is_an_error(tolmach: Run, pair: tuple[Path, Path]) -> None:
    change(pair[1], "57", "75")
    done = tolmach("check", *pair)
    assert done.code == 1
    assert "a.ru.txt:3:" in done.out
    assert "number-mismatch" in done.out


@pytest.mark.parametrize(("fail_on", "code"), [("never", 0), ("error", 1), ("warning", 1), ("info", 1)])
def test_fail_on(tolmach: Run, pair: tuple[Path, Path], fail_on: str, code: int) -> None:
    change(pair[1], "57", "75")
    assert tolmach("check", *pair, "--fail-on", fail_on).code == code


def test_jsonl_ends_with_a_summary(tolmach: Run, pair: tuple[Path, Path]) -> None:
    done = tolmach("check", *pair, "--format", "jsonl")
    record, last = (json.loads(line) for line in done.out.splitlines())
    assert record["schema"] == 1
    assert {"id", "source", "target", "beads", "terms", "quotes", "clusters", "findings"} <= record.keys()
    assert last["summary"]["pairs"] == 1
    text = pair[0].read_text(encoding="utf-8")
    start, end = record["quotes"]["source"][0]["span"]
    assert text[start:end] == "We are holding the line,"


def test_json_is_one_object(tolmach: Run, pair: tuple[Path, Path]) -> None:
    report = json.loads(tolmach("check", *pair, "--format", "json").out)
    assert len(report["pairs"]) == 1
    assert report["summary"]["unreadable"] == 0


def test_select_and_ignore(tolmach: Run, pair: tuple[Path, Path]) -> None:
    change(pair[1], "57", "75")
    assert tolmach("check", *pair, "--ignore", "F101").code == 0
    assert tolmach("check", *pair, "--select", "T").code == 0
    assert tolmach("check", *pair, "--select", "number-mismatch").code == 1
    assert tolmach("check", *pair, "--select", "no-such-rule").code == 2


def test_a_baseline_hides_what_was_known(tolmach: Run, pair: tuple[Path, Path], tmp_path: Path) -> None:
    change(pair[1], "57", "75")
    baseline = tmp_path / "baseline.json"
    assert tolmach("check", *pair, "--write-baseline", baseline).code == 1
    assert tolmach("check", *pair, "--baseline", baseline).code == 0
    change(pair[1], "24-й", "25-й")
    assert tolmach("check", *pair, "--baseline", baseline).code == 1


def test_a_directory_is_read_by_names(tolmach: Run, pair: tuple[Path, Path], texts: dict[str, str]) -> None:
    pair[0].with_name("a.uk.txt").write_text(texts["uk"], encoding="utf-8")
    done = tolmach("check", pair[0].parent, "--format", "jsonl")
    assert [json.loads(line).get("id") for line in done.out.splitlines()[:-1]] == ["a.ru", "a.uk"]


def test_a_manifest_goes_on_after_broken_lines(tolmach: Run, pair: tuple[Path, Path], tmp_path: Path) -> None:
    manifest = tmp_path / "pairs.jsonl"
    rows = [
        json.dumps({"id": "good", "source": "a.en.txt", "target": "a.ru.txt"}),
        '{"id": "broken", ',
        json.dumps({"id": "missing", "source": "a.en.txt", "target": "nowhere.txt"}),
        json.dumps({"id": "good", "source": "a.en.txt", "target": "a.ru.txt"}),
        json.dumps({"id": "late", "source_text": pair[0].read_text("utf-8"), "target": "a.ru.txt"}),
    ]
    manifest.write_text("\n".join(rows), encoding="utf-8")
    done = tolmach("check", "--pairs", manifest, "--format", "jsonl")
    assert done.code == 3
    records = [json.loads(line) for line in done.out.splitlines()]
    assert [record.get("id") for record in records[:-1]] == ["good", "line-2", "missing", "good", "late"]
    assert ["error" in record for record in records[:-1]] == [False, True, True, True, False]
    assert records[1]["error"]["where"].startswith(f"{manifest}:2:")
    assert records[-1]["summary"]["unreadable"] == 3


def test_a_manifest_may_be_a_table(tolmach: Run, pair: tuple[Path, Path], tmp_path: Path) -> None:
    manifest = tmp_path / "pairs.tsv"
    manifest.write_text("id\tsource\ttarget\none\ta.en.txt\ta.ru.txt\n", encoding="utf-8")
    done = tolmach("align", "--pairs", manifest, "--format", "jsonl")
    assert done.code == 0
    assert json.loads(done.out.splitlines()[0])["id"] == "one"


def test_the_same_bytes_whatever_the_number_of_jobs(tmp_path: Path, pair: tuple[Path, Path]) -> None:
    rows = [{"id": f"p{n}", "source": "a.en.txt", "target": "a.ru.txt"} for n in range(40)]
    (tmp_path / "pairs.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    outputs = []
    for jobs, seed in (("1", "1"), ("2", "2")):
        command = [sys.executable, "-m", "tui", "check", "--pairs", "pairs.jsonl", "--format", "jsonl", "--jobs", jobs]
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True)
        assert done.returncode in (0, 1), done.stderr.decode()
        outputs.append(done.stdout)
    assert outputs[0] == outputs[1]


def test_align_as_a_table(tolmach: Run, pair: tuple[Path, Path]) -> None:
    done = tolmach("align", *pair, "--format", "tsv")
    lines = done.out.splitlines()
    assert lines[0] == "source\ttarget\tscore\tpinned"
    assert lines[1].startswith("Two soldiers")
    assert "Двое солдат" in lines[1]


def test_quotes_of_a_source_alone(tolmach: Run, pair: tuple[Path, Path]) -> None:
    done = tolmach("quotes", pair[0], "--to", "uk", "--format", "jsonl")
    assert done.code in (0, 1)
    record = json.loads(done.out.splitlines()[0])
    assert record["quotes"]["source"][0]["speaker"]
    assert record["quotes"]["target"] == []


def test_quotes_compare(tolmach: Run, tmp_path: Path) -> None:
    rows = tmp_path / "pairs.jsonl"
    rows.write_text('{"id": 1, "a": "Мы держим оборону", "b": "Мы не держим оборону"}\n', encoding="utf-8")
    answer = json.loads(tolmach("quotes", "compare", rows, "--lang", "ru").out)
    assert answer["id"] == 1
    assert answer["score"] > 0.5
    assert "negation" in answer["contradictions"]


def test_stdin_is_one_side(pair: tuple[Path, Path]) -> None:
    command = [sys.executable, "-m", "tui", "check", str(pair[0]), "-", "--format", "jsonl"]
    done = subprocess.run(command, input=pair[1].read_bytes(), capture_output=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr.decode()
    assert json.loads(done.stdout.splitlines()[0])["target"]["lang"] == "ru"


def test_two_formats_at_once(tolmach: Run, pair: tuple[Path, Path], tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    done = tolmach("check", *pair, "--format", "text", "--format", f"html={page}")
    assert done.code == 0
    assert page.read_text(encoding="utf-8").endswith("</html>\n")
    assert tolmach("check", *pair, "--format", "text", "--format", "json").code == 2


def test_colour_is_for_terminals(tolmach: Run, pair: tuple[Path, Path]) -> None:
    change(pair[1], "57", "75")
    assert "\x1b" not in tolmach("check", *pair).out


def test_an_aligned_file_is_taken_as_it_is(tolmach: Run, pair: tuple[Path, Path], tmp_path: Path) -> None:
    for name in ("tmx", "tsv"):
        path = tmp_path / f"aligned.{name}"
        assert tolmach("align", *pair, "--format", f"{name}={path}").code == 0
        done = tolmach("align", path, "--to", "ru", "--format", "jsonl")
        beads = json.loads(done.out.splitlines()[0])["beads"]
        assert all(bead["pinned"] for bead in beads), done.out
        assert len(beads) == 3


WAIVER = '[[waiver]]\nrule = "number-mismatch"\npath = "a.ru.txt"\nreason = "rounded on purpose"\n'


def test_a_waived_finding_is_hidden_with_its_reason(
    tolmach: Run, pair: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    change(pair[1], "57", "75")
    waivers = pair[1].with_name("tolmach-waivers.toml")
    waivers.write_text(WAIVER, encoding="utf-8")
    assert tolmach("check", *pair).code == 1
    assert tolmach("check", *pair, "--waivers", waivers).code == 0
    monkeypatch.chdir(pair[1].parent)
    assert tolmach("check", *pair).code == 0
    change(pair[1], "75", "57")
    assert "tolmach-waivers.toml:1: the waiver hides nothing any more" in tolmach("check", *pair).err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (WAIVER + "expires = 2020-01-01\n", "ran out on 2020-01-01"),
        (WAIVER.replace("reason", "because"), "no 'because'"),
        (WAIVER.replace("rounded on purpose", " "), "without a reason"),
        (WAIVER.replace("number-mismatch", "numbers"), "no rule is called 'numbers'"),
        ('\n[[waiver]]\nreason = "all"\n', ":2: a waiver that names no finding"),
        (WAIVER + "expires = 'soon'\n", "not a date"),
        ("[[waiver]\n", "cannot be read"),
    ],
)
def test_a_waiver_that_does_not_hold(tolmach: Run, pair: tuple[Path, Path], text: str, said: str) -> None:
    change(pair[1], "57", "75")
    waivers = pair[1].with_name("waivers.toml")
    waivers.write_text(text, encoding="utf-8")
    done = tolmach("check", *pair, "--waivers", waivers)
    assert done.code == (1 if "2020" in text else 2)
    assert said in done.err
