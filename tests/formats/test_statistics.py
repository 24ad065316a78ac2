"""How concepts were rendered over an archive: `check --statistics`."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from glossary.cli import main
from glossary.formats.statistics import Statistics, as_csv, as_json, as_text

GLOSSARY = (
    "id,subject,en,en_variants,ru,ru_admitted,ru_forbidden,ambiguity\n"
    "x-drone,weapon,zorbdrone,ZD,зорбодрон,зорболёт,зорбот {no},0\n"
    "x-other,weapon,quexgun,,квекса,,,0\n"
)


def pair(english: str, russian: str) -> dict[str, str]:
    return {"source_text": english, "target_text": russian, "source_lang": "en", "target_lang": "ru"}


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three dated pairs with invented terms: rendered as preferred, mixed, wrong and not at all."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my.csv").write_text(GLOSSARY, encoding="utf-8")
    rows = [
        {"id": "2021-05-01-a", **pair("The zorbdrone fell on Kyiv.", "Зорбодрон упал на Киев.")},
        {
            "id": "2022-05-01-b",
            **pair(
                "The zorbdrone fell on Kyiv. Another zorbdrone fell near Lviv. The quexgun is here in Kharkiv.",
                "Зорбодрон упал на Киев. Другой зорболёт упал под Львовом. Квекса стоит здесь, в Харькове.",
            ),
        },
        {"id": "=c", "date": "2022-06", **pair("A zorbdrone fell on Kyiv.", "Зорбот упал на Киев.")},
    ]
    (tmp_path / "pairs.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return tmp_path


def statistics(form: str, *options: str) -> int:
    command = [
        "check",
        "--pairs",
        "pairs.jsonl",
        "--glossary",
        str(Path("my.csv").absolute()),
        f"--statistics={form}",
        "--fail-on",
        "never",
    ]
    return main([*command, *options])


def ours(text: str) -> dict[str, Any]:
    return {one["concept"]: one for one in json.loads(text)["concepts"] if one["concept"].startswith("x-")}


def test_counts_articles_and_years(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert statistics("json") == 0
    found = ours(capsys.readouterr().out)
    drone = found["x-drone"]
    assert (drone["uses"], drone["articles"]) == (4, 3)
    renderings = {one["rendering"]: one for one in drone["renderings"]}
    assert {name: (one["status"], one["uses"], one["articles"]) for name, one in renderings.items()} == {
        "зорбодрон": ("preferred", 2, 2),
        "зорболёт": ("admitted", 1, 1),
        "зорбот": ("forbidden", 1, 1),
    }
    assert renderings["зорбодрон"]["by_year"] == {"2021": 1, "2022": 1}
    assert (renderings["зорбодрон"]["first"], renderings["зорбодрон"]["last"]) == ("2021-05-01", "2022-05-01")
    assert renderings["зорбот"]["in"] == ["=c"]
    assert drone["consistency"] == 0.5
    assert drone["consistency_by_year"] == {"2021": 1.0, "2022": pytest.approx(1 / 3)}
    assert drone["mixed"] == {"articles": 1, "in": ["2022-05-01-b"]}
    assert found["x-other"]["consistency"] == 1.0


def test_people_see_what_is_to_be_decided(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert statistics("text") == 0
    said = capsys.readouterr().out
    assert "x-drone → ru: 4 uses in 3 articles, 50% consistent" in said
    assert "zorbdrone → зорбот  forbidden  2022:1  1 article: =c" in said
    assert "x-other" not in said
    assert "several in one article: 2022-05-01-b" in said


def test_a_spreadsheet_computes_nothing(archive: Path) -> None:
    assert statistics("csv=terms.csv", "--format", "json=report.json") == 0
    rows = list(csv.DictReader(io.StringIO((archive / "terms.csv").read_text("utf-8-sig"), newline="")))
    wrong = next(row for row in rows if row["rendering"] == "зорбот")
    assert (wrong["status"], wrong["uses"], wrong["by_year"], wrong["in"]) == ("forbidden", "1", "2022:1", "'=c")
    assert json.loads((archive / "report.json").read_text(encoding="utf-8"))["summary"]["pairs"] == 3


def test_each_english_term_has_renderings_of_its_own() -> None:
    counted = Statistics()
    uses = [["c", "UAV", "БПЛА", "preferred", 3], ["c", "drone", "дрон", "admitted", 3]]
    counted.add(json.dumps({"id": "a", "lang": "ru", "date": "", "uses": uses}) + "\n")
    (concept,) = counted.concepts.values()
    assert concept.consistency() == 1.0
    assert concept.undecided == 0
    assert concept.mixed.articles == 0


@pytest.mark.parametrize("form", [as_text, as_json, as_csv])
def test_of_many_articles_only_examples_are_kept(form: Callable[[Statistics], str]) -> None:
    sizes = []
    for number in (100, 10_000):
        counted = Statistics()
        for n in range(number):
            uses = [["c", "tank", "танк", "preferred", 1], ["d", "tank", "бочка", "forbidden", 1]]
            counted.add(json.dumps({"id": f"{n:09}", "lang": "ru", "date": f"20{n % 20:02}-01", "uses": uses}) + "\n")
        sizes.append(len(form(counted)))
    assert sizes[1] < sizes[0] * 1.3


def test_nothing_at_all() -> None:
    assert as_text(Statistics()).startswith("0 concepts")
    assert json.loads(as_json(Statistics())) == {"schema": 1, "concepts": []}


def test_what_cannot_be_asked(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert statistics("xls") == 2
    assert "text|json|csv" in capsys.readouterr().err
    assert statistics("json", "--format", "text") == 2
    assert "standard output" in capsys.readouterr().err
    before = sorted(archive.iterdir())
    assert statistics("json=none/x.json") == 3
    assert "none" in capsys.readouterr().err
    assert sorted(archive.iterdir()) == before
