"""`tolmach config`, and what the settings of a project do to `check` and to the terminal UI."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from glossary import service
from glossary.files.configuration import keys
from tui.desk import Desk
from tui.opening import _parser, _settings

Run = Callable[..., Any]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory is the root of a repository."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def wrong(pair: tuple[Path, Path]) -> tuple[Path, Path]:
    """A pair with a wrong number."""
    pair[1].write_text(pair[1].read_text(encoding="utf-8").replace("57", "75"), encoding="utf-8")
    return pair


def test_show_says_where_each_value_comes_from(tolmach: Run, here: Path) -> None:
    (here / "tolmach.toml").write_text('domain = "military"\n[severity]\nF101 = "off"\n', encoding="utf-8")
    done = tolmach("config", "show")
    assert done.code == 0
    rows = {line.split(" = ")[0]: line for line in done.out.splitlines() if " = " in line}
    assert rows["domain"].endswith(f"# {here / 'tolmach.toml'}:1")
    assert rows["severity.number-mismatch"].endswith(f"# {here / 'tolmach.toml'}:3")
    assert rows["fail-on"].endswith("# default")
    assert len(rows) == len(keys())
    one = json.loads(tolmach("config", "show", "domain", "--format", "json").out)["settings"]
    assert one == {"domain": {"value": "military", "origin": {"": f"{here / 'tolmach.toml'}:1"}}}
    assert tolmach("config", "show", "domian").code == 2


def test_what_show_prints_can_be_read_again(tolmach: Run, here: Path) -> None:
    (here / "tolmach.toml").write_text(
        'select = ["T", "F"]\n[severity]\nF101 = "off"\n[house.in-ukraine]\nru = "в Украине"\n', encoding="utf-8"
    )
    shown = tolmach("config", "show").out
    (here / "again.toml").write_text(shown.replace("house = {}", "").replace("severity = {}", ""), encoding="utf-8")
    again = tolmach("config", "show", "--config", here / "again.toml").out
    values = [[line.split("  # ")[0] for line in text.splitlines()] for text in (shown, again)]
    assert values[0] == values[1]


@pytest.mark.parametrize(
    "text",
    [
        'glossaries = ["missing.csv"]',
        '[house.frendly-fire]\nru = "огонь"',
        '[house.tank]\nru = "танк"',
        'waivers = "missing.toml"',
        'baseline = "missing.json"',
        'formats = ["htlm=a.html"]',
        'formats = ["text", "json"]',
        "nothing = 1",
    ],
)
def test_validate_refuses_what_would_fail_later(tolmach: Run, here: Path, text: str) -> None:
    (here / "tolmach.toml").write_text(text, encoding="utf-8")
    done = tolmach("config", "validate")
    assert done.code == 2
    assert "tolmach.toml" in done.err
    assert done.out == ""


def test_validate_accepts_what_is_right(tolmach: Run, here: Path) -> None:
    (here / "own.csv").write_text("en,ru\nblarg,бларг\n", encoding="utf-8")
    (here / "tolmach.toml").write_text('glossaries = ["own.csv"]\n[house.war]\nru = "война"', encoding="utf-8")
    done = tolmach("config", "validate")
    assert (done.code, done.err) == (0, f"in order: {here / 'tolmach.toml'}\n")


def test_severities_and_fail_on(tolmach: Run, here: Path, wrong: tuple[Path, Path]) -> None:
    assert tolmach("check", *wrong).code == 1
    (here / "tolmach.toml").write_text('[severity]\nnumber-mismatch = "warning"', encoding="utf-8")
    done = tolmach("check", *wrong, "--format", "jsonl")
    found = [f["severity"] for f in json.loads(done.out.splitlines()[0])["findings"] if f["rule"] == "number-mismatch"]
    assert (done.code, set(found)) == (0, {"warning"})
    (here / "tolmach.toml").write_text('fail-on = "warning"\nseverity = {F101 = "warning"}', encoding="utf-8")
    assert tolmach("check", *wrong).code == 1
    assert tolmach("check", *wrong, "--fail-on", "error").code == 0
    (here / "tolmach.toml").write_text('severity = {F101 = "off"}', encoding="utf-8")
    assert "number-mismatch" not in tolmach("check", *wrong).out


def test_the_formats_of_the_project_are_for_check(tolmach: Run, here: Path, pair: tuple[Path, Path]) -> None:
    (here / "tolmach.toml").write_text('formats = ["jsonl", "html=report.html"]', encoding="utf-8")
    assert tolmach("check", *pair).out.startswith("{")
    assert (here / "report.html").is_file()
    assert not tolmach("check", *pair, "--format", "text").out.startswith("{")
    assert not tolmach("align", *pair).out.startswith("{")


def test_a_glossary_of_the_project_counts_everywhere(tolmach: Run, here: Path) -> None:
    (here / "own.csv").write_text("en,ru\nblargwagon,бларговоз\n", encoding="utf-8")
    (here / "tolmach.toml").write_text('glossaries = ["own.csv"]', encoding="utf-8")
    assert "бларговоз" in tolmach("terms", "find", "blargwagon").out
    (here / "a.en.txt").write_text("Two blargwagons crossed the river near the town.", encoding="utf-8")
    (here / "a.ru.txt").write_text("Два вагона пересекли реку возле города.", encoding="utf-8")
    assert (
        "blargwagon"
        in tolmach("check", "a.en.txt", "a.ru.txt", "--domain", "military", "--from", "en", "--to", "ru").out
    )


def test_the_screen_has_the_settings_of_check(tolmach: Run, here: Path, wrong: tuple[Path, Path]) -> None:
    (here / "tolmach.toml").write_text('ignore = ["Q"]\n[severity]\nnumber-mismatch = "info"', encoding="utf-8")
    (here / "tolmach-waivers.toml").write_text('[[waiver]]\nrule = "term-missing"\nreason = "test"', encoding="utf-8")
    options = _parser().parse_args([str(path) for path in wrong])
    desk = Desk(*wrong, settings=_settings(options))
    try:
        shown = desk.examine(desk.read())
    finally:
        desk.close()
    reported = json.loads(tolmach("check", *wrong, "--format", "jsonl").out.splitlines()[0])["findings"]
    assert [(f.rule, str(f.weight)) for f in shown.findings] == [(f["rule"], f["severity"]) for f in reported]
    assert ("number-mismatch", "info") in [(f.rule, str(f.weight)) for f in shown.findings]


def test_a_baseline_keeps_its_names_when_one_of_two_like_findings_is_mended(tolmach: Run, here: Path) -> None:
    source, target = here / "a.en.txt", here / "a.ru.txt"
    source.write_text("He fired 57 rockets at us.\n\nShe said it was quiet.\n\nHe fired 57 rockets at us.\n")
    text = "Он выпустил по нам 75 ракет.\n\nОна сказала, что было тихо.\n\nОн выпустил по нам 75 ракет.\n"
    target.write_text(text, encoding="utf-8")
    assert tolmach("check", source, target, "--write-baseline", "known.json").code == 1
    marks = json.loads((here / "known.json").read_text())["fingerprints"]
    assert sum(mark.endswith("-2") for mark in marks) >= 1
    target.write_text("Новый абзац о погоде в городе.\n\n" + text.replace("тихо", "тихо и темно"), encoding="utf-8")
    assert tolmach("check", source, target, "--baseline", "known.json").code == 0
    assert tolmach("check", source, target, "--baseline", "known.json", "--write-baseline", "known.json").code == 0
    assert set(json.loads((here / "known.json").read_text())["fingerprints"]) >= set(marks)
    (here / "half.json").write_text(json.dumps({"fingerprints": [mark for mark in marks if not mark.endswith("-2")]}))
    done = tolmach("check", source, target, "--baseline", "half.json", "--format", "jsonl", "--select", "F101")
    (left,) = json.loads(done.out.splitlines()[0])["findings"]
    assert left["fingerprint"].endswith("-2")


def test_settings_of_nobody() -> None:
    assert Desk(Path("a"), None).settings == service.Settings()


def test_verbose_says_what_the_run_goes_by(tolmach: Run, here: Path, pair: tuple[Path, Path]) -> None:
    (here / "tolmach.toml").write_text('[house.war]\nru = "война"', encoding="utf-8")
    done = tolmach("check", *pair, "-v", "--format", "json")
    assert json.loads(done.out)
    assert f"settings: {here / 'tolmach.toml'}" in done.err
    assert "1 decided by the house" in done.err


def test_the_pairs_of_the_project(tolmach: Run, here: Path, pair: tuple[Path, Path]) -> None:
    assert tolmach("check").code == 2
    (here / "tolmach.toml").write_text('pairs = "."', encoding="utf-8")
    assert json.loads(tolmach("check", "--format", "jsonl").out.splitlines()[0])["id"] == "a.ru"
    (here / "tolmach.toml").write_text('pairs = "missing.jsonl"', encoding="utf-8")
    assert tolmach("check").code == 2
