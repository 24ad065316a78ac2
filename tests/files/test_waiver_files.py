"""Waivers on disk: what a program writes is read again; whom they concern, and when they are stale."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.errors import ConfigError
from glossary.files.waiver_files import read_waivers, waiver_table
from glossary.report import Selection
from glossary.waivers import Waiver

TODAY = date(2026, 1, 1)


@given(st.text(), st.text(min_size=1), st.text())
def test_what_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, reason: str, path: str, comment: str
) -> None:
    file = tmp_path_factory.mktemp("waivers") / "tolmach-waivers.toml"
    first = waiver_table(rule="term-missing", reason="a", author="Оля")
    table = waiver_table(rule="Q310", path=path, reason=reason or "b", comment=comment, expires="2026-06-30")
    file.write_text(first + table, encoding="utf-8")
    if not (reason or "b").strip():
        with pytest.raises(ConfigError):
            read_waivers(file, TODAY)
        return
    one, other = read_waivers(file, TODAY)
    assert (one.author, one.grounds) == ("Оля", "a; Оля")
    expected = [text.encode("utf-8", "replace").decode() for text in (path, reason or "b")]
    assert [other.path, other.reason] == expected
    assert not other.expired
    assert read_waivers(file, date(2026, 7, 1))[1].expired


@pytest.mark.parametrize(
    ("waiver", "whole", "stale"),
    [
        (Waiver("a", rule="term-missing", path="*.ru.txt"), False, True),
        (Waiver("a", rule="term-missing", path="other/*.ru.txt"), True, False),
        (Waiver("a", rule="term-missing"), True, True),
        (Waiver("a", rule="term-missing"), False, False),
        (Waiver("a", rule="term-missing", expired=True), True, False),
        (Waiver("a", rule="Q310"), True, False),
        (Waiver("a", rule="number-mismatch"), True, False),
        (Waiver("a", fingerprint="0123"), True, True),
    ],
)
def test_a_waiver_is_stale_when_it_might_have_hidden_something(waiver: Waiver, whole: bool, stale: bool) -> None:
    selection = Selection(ignore=("Q",), waivers=(waiver,), severities=(("number-mismatch", None),))
    met = {0} if waiver.path and waiver.concerns(["texts/a.en.txt", "texts/a.ru.txt"]) else set()
    assert bool(selection.stale(set(), met, whole)) is stale
    assert not selection.stale({0}, met, whole)
