"""What counts as a change: a file that was left alone from one look to the next."""

from collections.abc import Iterator
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from glossary.files.watching import Change, Seen, changes, look

A, B = Path("/a.txt"), Path("/b.txt")


class OverError(Exception):
    """The looks are over."""


def told(looks: list[dict[Path, tuple[int, int]]]) -> list[Change]:
    """The changes of a row of looks."""
    left = iter(looks[1:])

    def seen() -> Seen:
        try:
            return next(left)
        except StopIteration:
            raise OverError from None

    def until_the_end() -> Iterator[Change]:
        try:
            yield from changes(looks[0], seen, lambda: None)
        except OverError:
            return

    return list(until_the_end())


def test_a_file_is_read_when_its_writer_is_done() -> None:
    assert told([{}, {A: (1, 10)}, {A: (2, 20)}, {A: (2, 20)}, {A: (2, 20)}]) == [Change((A,), ())]


def test_a_change_a_rename_and_an_end() -> None:
    first, second = (1, 10), (2, 10)
    assert told([{A: first}, {A: second}, {A: second}]) == [Change((A,), ())]
    assert told([{A: first}, {B: first}, {B: first}]) == [Change((B,), (A,))]
    assert told([{A: first}, {}, {}]) == [Change((), (A,))]


def test_replacing_a_file_is_no_end() -> None:
    assert told([{A: (1, 10)}, {}, {A: (2, 10)}, {A: (2, 10)}]) == [Change((A,), ())]
    assert told([{A: (1, 10)}, {}, {A: (1, 10)}, {A: (1, 10)}]) == []


STATES = st.dictionaries(st.sampled_from([A, B]), st.tuples(st.integers(0, 2), st.just(1)))


@given(st.lists(STATES, min_size=1, max_size=8))
def test_what_is_told_ends_at_the_last_look(looks: list[dict[Path, tuple[int, int]]]) -> None:
    known = dict(looks[0])
    for change in told([*looks, looks[-1], looks[-1]]):
        known = {path: state for path, state in known.items() if path not in change.gone}
        known |= dict.fromkeys(change.changed, (9, 9))
    assert known.keys() == looks[-1].keys()


def test_looking(tmp_path: Path) -> None:
    (tmp_path / "deep" / "er").mkdir(parents=True)
    (tmp_path / ".git").mkdir()
    for name in ("a.txt", "deep/er/b.md", ".git/c.txt", ".d.txt.swp", "e.png"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "loop").symlink_to(tmp_path)
    seen = look(tmp_path, (".txt", ".md"), [tmp_path / "e.png", tmp_path / "missing.csv"])
    assert {path.name for path in seen} == {"a.txt", "b.md", "e.png"}
    assert look(tmp_path / "missing", (".txt",)) == {}
