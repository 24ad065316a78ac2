"""Bad input gets a clear error: what, where, what to do; the right exit code; nothing half-written; no traceback."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
ROOT = Path(__file__).parents[2]


def refused(done: Any, code: int, *words: str) -> None:
    """The command ended with `code` and said all these words."""
    assert done.code == code, (done.out, done.err)
    said = done.out + done.err
    for word in words:
        assert word in said, said


def test_missing_file(tolmach: Run, pair: tuple[Path, Path]) -> None:
    refused(tolmach("check", pair[0], pair[1].with_name("b.ru.txt")), 3, "b.ru.txt", "no such file", "a.ru.txt")


def test_a_directory_as_target(tolmach: Run, pair: tuple[Path, Path]) -> None:
    refused(tolmach("check", pair[0], pair[0].parent), 3, "directory")


def test_empty_file(tolmach: Run, pair: tuple[Path, Path]) -> None:
    pair[1].write_text(" \n\n", encoding="utf-8")
    refused(tolmach("check", *pair), 3, "a.ru.txt", "empty")


def test_binary(tolmach: Run, pair: tuple[Path, Path]) -> None:
    pair[1].write_bytes(bytes(range(256)) * 20)
    refused(tolmach("check", *pair), 3, "a.ru.txt")


def test_unknown_encoding(tolmach: Run, pair: tuple[Path, Path]) -> None:
    pair[1].write_bytes(b"\x81\x8d\x8f\x90\x9d" * 30 + "Двое".encode("utf-16-be") + b"\xff\xfe\x98" * 20)
    refused(tolmach("check", *pair), 3, "a.ru.txt")


def test_a_legacy_encoding_is_read(tolmach: Run, pair: tuple[Path, Path], texts: dict[str, str]) -> None:
    pair[1].write_bytes(texts["ru"].replace("—", "-").encode("cp1251"))
    refused(tolmach("check", *pair, "--fail-on", "error"), 0, "a.ru.txt: not UTF-8, read as cp1251")
    refused(tolmach("read", pair[1]), 0, "cp1251")


def test_both_sides_in_one_language(tolmach: Run, pair: tuple[Path, Path], texts: dict[str, str]) -> None:
    pair[1].write_text(texts["en"], encoding="utf-8")
    refused(tolmach("check", *pair), 3, "both sides are in English", "--to ru")


def test_sides_swapped(tolmach: Run, pair: tuple[Path, Path]) -> None:
    refused(tolmach("check", pair[1], pair[0]), 3, "the source is in Russian")


def test_target_in_polish(tolmach: Run, pair: tuple[Path, Path]) -> None:
    pair[1].write_text(
        "Dwóch żołnierzy 24. brygady zginęło w poniedziałek pod Charkowem, poinformował Sztab Generalny. "
        "„Utrzymujemy obronę”, powiedział dowódca. W nocy Rosja wystrzeliła 57 rakiet.",
        encoding="utf-8",
    )
    refused(tolmach("check", *pair), 3, "neither English nor Russian nor Ukrainian")


def test_unsure_language_is_asked_for(tolmach: Run, pair: tuple[Path, Path]) -> None:
    pair[1].write_text("57", encoding="utf-8")
    refused(tolmach("check", *pair), 3, "unsure", "--to")
    assert tolmach("check", *pair, "--to", "ru", "--fail-on", "never").code in (0, 1)


def test_source_longer_than_five_megabytes(tolmach: Run, pair: tuple[Path, Path]) -> None:
    pair[0].write_text("The tank fired. " * 400_000, encoding="utf-8")
    refused(tolmach("check", *pair), 3, "a.en.txt", "5")


def test_glossary_without_english(tolmach: Run, pair: tuple[Path, Path], tmp_path: Path) -> None:
    glossary = tmp_path / "my.csv"
    glossary.write_text("id,subject,ru\none,unit,рота\n", encoding="utf-8")
    refused(tolmach("check", *pair, "--glossary", glossary), 2, "my.csv", "en")


def test_glossary_with_a_duplicate_id(tolmach: Run, pair: tuple[Path, Path], tmp_path: Path) -> None:
    glossary = tmp_path / "my.csv"
    glossary.write_text("id,en,ru\none,company,рота\none,squad,отделение\n", encoding="utf-8")
    refused(tolmach("check", *pair, "--glossary", glossary), 2, "my.csv:3", "one")


def test_control_characters_never_reach_the_output(
    tolmach: Run, pair: tuple[Path, Path], texts: dict[str, str]
) -> None:
    pair[1].write_text(texts["ru"].replace("57", "75 \x00\x1b[2J\x9b31m\u202e"), encoding="utf-8")
    done = tolmach("check", *pair)
    assert done.code == 1
    assert "hidden-character" in done.out
    assert not {"\x00", "\x1b", "\x9b", "\u202e"} & set(done.out)


def test_a_file_name_with_escapes(tolmach: Run, pair: tuple[Path, Path]) -> None:
    done = tolmach("check", pair[0], pair[1].with_name("no\x1b]0;owned\x07.txt"))
    assert done.code == 3
    assert "\x1b" not in done.out + done.err


def test_no_such_manifest(tolmach: Run, tmp_path: Path) -> None:
    refused(tolmach("check", "--pairs", tmp_path / "none.jsonl"), 2, "none.jsonl")


def test_no_arguments_and_too_many(tolmach: Run) -> None:
    refused(tolmach("check"), 2, "SOURCE and TARGET")
    refused(tolmach("check", "a", "b", "c"), 2, "SOURCE and TARGET")


def test_an_empty_directory(tolmach: Run, tmp_path: Path) -> None:
    refused(tolmach("check", tmp_path), 2, "NAME.en.txt")


def test_an_unknown_command_names_the_nearest(tolmach: Run) -> None:
    refused(tolmach("chekc"), 2, "check")


def test_an_output_that_cannot_be_written_leaves_nothing(tolmach: Run, pair: tuple[Path, Path], tmp_path: Path) -> None:
    before = set(tmp_path.iterdir())
    refused(tolmach("check", *pair, "-o", tmp_path / "none" / "report.txt"), 3, "none")
    assert set(tmp_path.iterdir()) == before


@pytest.mark.parametrize("redirect", [">&-", "| head -c 20 >/dev/null", ">/dev/full"])
def test_stdout_closed(pair: tuple[Path, Path], redirect: str) -> None:
    command = f"{sys.executable} -m tui check {pair[0]} {pair[1]} --format json {redirect}"
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True)
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr
    if redirect == ">&-":
        assert done.returncode == 2
        assert "standard output is closed" in done.stderr
    if redirect == ">/dev/full":
        assert done.returncode == 3
        assert "No space left" in done.stderr


def test_texts_that_have_nothing_to_do_with_each_other(tolmach: Run, pair: tuple[Path, Path]) -> None:
    demo = ROOT / "glossary" / "data" / "demo" / "intercept.en.txt"
    pair[0].write_bytes(demo.read_bytes())
    pair[1].write_text(
        "Шахматный турнир выиграла школьница.\n\n"
        "Девочка играла белыми и пожертвовала ладью на двадцатом ходу. Соперник долго думал и согласился.\n\n"
        "«Я увидела эту комбинацию ещё утром», — призналась победительница. Её дедушка плакал от радости в зале.\n\n"
        "Тренер обещал подарить ученице собаку, если она пройдёт в финал, и теперь выбирает щенка в приюте.\n\n"
        "Следующие соревнования пройдут весной у моря. Билеты уже продают в кассах театра и в книжном магазине.\n\n"
        "Организаторы надеются, что погода не подведёт: столы поставят прямо на набережной, под липами.\n",
        encoding="utf-8",
    )
    done = tolmach("check", *pair, "--fail-on", "never")
    refused(done, 1, "do not seem to be renderings of each other")


def test_a_manifest_field_of_the_wrong_type(tolmach: Run, tmp_path: Path) -> None:
    manifest = tmp_path / "pairs.jsonl"
    manifest.write_text(json.dumps({"id": 7, "source": 5, "target": None}) + "\n[]\n", encoding="utf-8")
    refused(tolmach("check", "--pairs", manifest), 3, "not a text", "not an object")


def test_a_broken_row_of_a_glossary_is_named_and_the_rest_counts(
    tolmach: Run, pair: tuple[Path, Path], tmp_path: Path
) -> None:
    glossary = tmp_path / "my.csv"
    glossary.write_text("id,en,ru,ambiguity\nbad,line,линия,9\ngood,commander,начальник,0\n", encoding="utf-8")
    done = tolmach("check", *pair, "--glossary", glossary, "--fail-on", "never")
    refused(done, 0, "my.csv:2:4:", "commander")


def test_a_glossary_that_contradicts_itself(tolmach: Run, tmp_path: Path) -> None:
    glossary = tmp_path / "my.csv"
    glossary.write_text(
        "id,subject,en,ru,ru_forbidden,source\none,unit,company,рота,рота {no},here\n", encoding="utf-8"
    )
    refused(tolmach("terms", "lint", glossary), 1, "my.csv:2", "рота")


def test_no_text_is_named(tolmach: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    refused(tolmach("check"), 2, "no text is named", "SOURCE and TARGET")
    refused(tolmach("check", "a", "b", "c"), 2, "3 paths are too many")


def test_a_source_alone_where_two_sides_are_needed(tolmach: Run, pair: tuple[Path, Path]) -> None:
    refused(tolmach("check", pair[0]), 2, f"{pair[0]}: no target", "give SOURCE and TARGET")
    assert tolmach("quotes", pair[0], "--to", "ru").code == 0


def test_what_is_read_is_not_overwritten(tolmach: Run, pair: tuple[Path, Path], tmp_path: Path) -> None:
    source, target = pair
    own, link = tmp_path / "own.csv", tmp_path / "link"
    own.write_text("en,ru\nhowitzer,гаубица\n", encoding="utf-8")
    link.symlink_to(target)
    before = [path.read_bytes() for path in (*pair, own)]
    for arguments in (
        ("check", *pair, "-o", source),
        ("check", *pair, "-o", link),
        ("check", tmp_path, "--format", f"html={target}"),
        ("check", *pair, "--write-baseline", target),
        ("check", *pair, "--glossary", own, "-o", own),
        ("align", *pair, "--draft", target, "--format", f"tmx={target}"),
        ("draft", source, "--to", "ru", "-o", source),
        ("terms", "export", "--glossary", own, "-o", own),
        ("terms", "import", own, "--to", "ru", "-o", own),
        ("terms", "suggest", *pair, "-o", target),
        ("diff", source, source, "-o", source),
    ):
        refused(tolmach(*arguments), 2, "it is read, and would be overwritten", "write to another file")
    assert [path.read_bytes() for path in (*pair, own)] == before
    assert tolmach("check", tmp_path, "--format", f"json={tmp_path / 'report.json'}").code == 0
    assert tolmach("check", tmp_path, "--format", f"json={tmp_path / 'report.json'}").code == 0  # written anew


def test_a_report_into_a_folder_that_is_not_there(tolmach: Run, pair: tuple[Path, Path], tmp_path: Path) -> None:
    place = tmp_path / "no" / "r.json"
    done = tolmach("check", *pair, "--format", f"json={place}")
    refused(done, 3, f"{place.parent}: there is no such folder")


def test_nobody_is_told_to_delete_a_text_taken_for_a_ledger(tolmach: Run, pair: tuple[Path, Path]) -> None:
    done = tolmach("check", *pair, "--ledger", pair[0])
    refused(done, 3, "this is no ledger", "choose another `--ledger FILE`")
    assert pair[0].read_text(encoding="utf-8")


def test_settings_and_waivers_that_are_not_there(tolmach: Run, pair: tuple[Path, Path]) -> None:
    refused(tolmach("check", *pair, "--config", "no.toml"), 2, "no.toml: the settings cannot be read", "check the path")
    refused(tolmach("check", *pair, "--waivers", "no.toml"), 2, "no.toml: the waivers cannot be read", "check the path")


def test_a_text_to_draft_that_is_not_english(tolmach: Run, pair: tuple[Path, Path]) -> None:
    refused(tolmach("draft", pair[1], "--to", "uk"), 2, "not English but Russian")


UNRELATED = "Возьмите капусту, морковь и немного соли. Тушите на медленном огне до готовности.\n\n" * 6
ARTICLE = ROOT / "glossary" / "data" / "demo" / "intercept.en.txt"


def test_unrelated_texts_are_said_to_be_so_once_on_either_stream(tolmach: Run, pair: tuple[Path, Path]) -> None:
    pair[1].write_text(UNRELATED, encoding="utf-8")
    for command in ("check", "align"):
        done = tolmach(command, ARTICLE, pair[1])
        assert done.code == 1
        for stream in (done.out, done.err):
            assert stream.count("these two texts do not seem to be renderings of each other") == 1, command


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no device that is always full")
def test_a_full_disk_is_named_by_the_file_that_met_it(tolmach: Run, pair: tuple[Path, Path]) -> None:
    done = tolmach("check", *pair, "--format", "json=/dev/full")
    refused(done, 3, "tolmach: /dev/full: No space left on device", "make room")


def test_a_text_named_as_the_memory_is_left_alone(tolmach: Run, pair: tuple[Path, Path], texts: dict[str, str]) -> None:
    for arguments in (
        ("check", *pair, "--memory"),
        ("memory", "add", *pair, "--memory"),
        ("memory", "stats", "--memory"),
    ):
        refused(tolmach(*arguments, pair[0]), 3, "this is no memory", "choose another `--memory FILE`")
    assert pair[0].read_text(encoding="utf-8") == texts["en"]
    assert sorted(path.name for path in pair[0].parent.iterdir()) == ["a.en.txt", "a.ru.txt"]
