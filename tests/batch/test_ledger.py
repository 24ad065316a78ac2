"""With a ledger nothing is checked twice, whatever stopped the run; without a change the output is the same bytes."""

import json
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from archive import written

from glossary import passes
from glossary.batch.engine import SERIAL
from glossary.batch.ledger import Kept, open_ledger
from glossary.errors import InputError, UsageError
from glossary.files.pairs import entries
from glossary.passes import Plan, outcomes
from glossary.service import Settings

COUNT = 12
GLOSSARY = "id,subject,en,ru,ambiguity\n{}"
FAST = Settings(outputs=("jsonl",), domain="military")


class Examining:
    """Counts the pairs that are really examined."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.ids: list[str] = []
        before = passes.examined_entry

        def counted(settings: Settings, entry: Any) -> Any:
            self.ids.append(entry.id)
            return before(settings, entry)

        monkeypatch.setattr(passes, "examined_entry", counted)

    def taken(self) -> list[str]:
        found, self.ids = self.ids, []
        return found


@pytest.fixture
def examining(monkeypatch: pytest.MonkeyPatch) -> Examining:
    return Examining(monkeypatch)


def run(plan: Plan, manifest: Path) -> list[str]:
    return [outcome.texts[0] for outcome in outcomes(plan, entries(manifest), SERIAL)]


@pytest.mark.parametrize("across", [False, True])
def test_a_second_run_examines_nothing(tmp_path: Path, examining: Examining, across: bool) -> None:
    manifest = written(tmp_path, COUNT)
    without = run(Plan(FAST, across=across), manifest)
    examining.taken()
    plan = Plan(FAST, tmp_path / "ledger.sqlite", across)
    assert run(plan, manifest) == without
    assert len(examining.taken()) == COUNT
    assert run(plan, manifest) == without
    assert examining.taken() == []


def test_only_what_changed_is_examined(tmp_path: Path, examining: Examining) -> None:
    manifest = written(tmp_path, COUNT)
    plan = Plan(FAST, tmp_path / "ledger.sqlite")
    run(plan, manifest)
    lines = manifest.read_text(encoding="utf-8").splitlines()
    changed = json.loads(lines[4])
    changed["target_text"] = changed["target_text"].replace("ночь", "утро")
    lines[4] = json.dumps(changed)
    manifest.write_text("\n".join([*lines, '{"id": "broken"']), encoding="utf-8")
    examining.taken()
    now = run(plan, manifest)
    assert examining.taken() == ["p4", "line-13"] or examining.taken() == ["p4"]
    assert now == run(Plan(FAST), manifest)
    other = Plan(Settings(outputs=("jsonl",), domain="none"), tmp_path / "ledger.sqlite")
    examining.taken()
    run(other, manifest)
    assert len(examining.taken()) >= COUNT, "another domain may find something else"


def test_formats_and_selection_need_no_new_examination(tmp_path: Path, examining: Examining) -> None:
    from glossary.report import Selection

    manifest = written(tmp_path, COUNT)
    ledger = tmp_path / "ledger.sqlite"
    run(Plan(FAST, ledger), manifest)
    examining.taken()
    for settings in (
        Settings(outputs=("html",), domain="military"),
        Settings(outputs=("text",), domain="military", selection=Selection(ignore=("number-mismatch",))),
    ):
        kept = run(Plan(settings, ledger), manifest)
        assert examining.taken() == []
        assert kept == run(Plan(settings), manifest)
        examining.taken()


def test_a_changed_row_of_the_glossary_touches_only_the_pairs_with_its_words(
    tmp_path: Path, examining: Examining
) -> None:
    manifest, ledger = written(tmp_path, COUNT), tmp_path / "ledger.sqlite"
    lines = manifest.read_text(encoding="utf-8").splitlines()
    for number, (english, russian) in {
        3: ("The gantry fell.", "Упал портал."),
        8: ("It fell.", "Портал упал."),
    }.items():
        record = json.loads(lines[number])
        record["source_text"] += english
        record["target_text"] += russian
        lines[number] = json.dumps(record)
    manifest.write_text("\n".join(lines), encoding="utf-8")
    glossary = tmp_path / "own.csv"

    def ran(row: str) -> list[str]:
        from glossary import service

        glossary.write_text(GLOSSARY.format(row), encoding="utf-8")
        for cached in (service.bundled, service._index, service._lexicon, service.resources):
            cached.cache_clear()
        settings = Settings(outputs=("jsonl",), domain="military", glossaries=(str(glossary),))
        kept = run(Plan(settings, ledger), manifest)
        examined = examining.taken()
        assert kept == run(Plan(settings), manifest), "never stale"
        examining.taken()
        return examined

    assert len(ran("one,weapon,carronade,карронада,0\n")) == COUNT
    assert ran("one,weapon,carronade,карронада,0\ntwo,weapon,gantry,кран,0\n") == ["p3"]
    assert ran("one,weapon,carronade,карронада,0\ntwo,weapon,gantry,портал,0\n") == ["p3", "p8"]
    assert ran("one,weapon,carronade,карронада,0\ntwo,weapon,gantry,портал,0\n") == []
    assert ran("one,weapon,carronade,карронада,0\n") == ["p3", "p8"]


def test_a_killed_run_goes_on(tmp_path: Path, examining: Examining) -> None:
    manifest, ledger = written(tmp_path, COUNT), tmp_path / "ledger.sqlite"
    stopped = outcomes(Plan(FAST, ledger), entries(manifest), SERIAL)
    for _ in range(5):
        next(stopped)
    stopped.close()  # type: ignore[attr-defined]
    examining.taken()
    assert run(Plan(FAST, ledger), manifest) == run(Plan(FAST), manifest)
    assert examining.taken()[: COUNT - 5] == [f"p{n}" for n in range(5, COUNT)]


def test_two_runs_on_one_ledger(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    with open_ledger(path), pytest.raises(UsageError, match="another run has this ledger open"):
        open_ledger(path)
    open_ledger(path).close()


def test_what_is_no_ledger_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE mine(a)")
    other.close()
    with pytest.raises(UsageError, match="another program"):
        open_ledger(path)
    path.write_bytes(b"The tank fired." * 1000)
    with pytest.raises(InputError, match="no ledger, or it is damaged"):
        open_ledger(path)
    with pytest.raises(InputError):
        open_ledger(tmp_path / "none" / "ledger.sqlite")


def test_a_result_that_is_damaged_is_made_again(tmp_path: Path, examining: Examining) -> None:
    manifest, path = written(tmp_path, 3), tmp_path / "ledger.sqlite"
    first = run(Plan(FAST, path), manifest)
    with sqlite3.connect(path) as other:
        other.execute("UPDATE pair SET result = substr(result, 1, 40) WHERE rowid = 2")
    other.close()
    examining.taken()
    assert run(Plan(FAST, path), manifest) == first
    assert len(examining.taken()) == 1


def test_text_that_no_database_holds(tmp_path: Path) -> None:
    manifest = written(tmp_path, 2)
    with manifest.open("a", encoding="utf-8") as file:
        texts = '"source_text": "The \\udc80 tank fired at the house.", "target_text": "Танк стрелял по дому."'
        file.write(f'{{"id": "odd", {texts}}}\n')
    for across in (False, True):
        plain = run(Plan(FAST, across=False), manifest)
        assert run(Plan(FAST, tmp_path / f"{across}.sqlite", across), manifest)[2] == plain[2]


def test_the_newest_text_of_a_pair_takes_the_place_of_the_last(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "ledger.sqlite") as ledger:
        number = ledger.number("digest", b"rows")
        for texts in (b"one", b"two"):
            ledger.keep(b"place", Kept(texts, number, b"result", b"facts"))
    shutil.copy(tmp_path / "ledger.sqlite", tmp_path / "copy.sqlite")
    with open_ledger(tmp_path / "copy.sqlite") as ledger:
        kept = ledger.kept(b"place")
        assert kept is not None
        assert kept.texts == b"two"
        assert ledger.glossaries() == {number: b"rows"}
