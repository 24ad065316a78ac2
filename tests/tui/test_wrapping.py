"""Lines cover the text, fit the column, and the height is their number."""

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.heights import AT_ONCE, Columns, Heights
from tui.safe_text import flowing
from tui.wrapping import fitted, height, padded, wrapped

NEWS = st.text("абвгіїєґ AbC,.-—«»№ 5\xa0字́🙂\u200d", max_size=120)
WIDE = 2


@given(NEWS, st.integers(WIDE, 40))
@settings(max_examples=100, deadline=None)
def test_lines_cover_the_text_and_fit(text: str, width: int) -> None:
    text = flowing(text)
    lines = wrapped(text, width)
    assert "".join(text[a:b] for a, b in lines) == text
    assert all(cell_len(text[a:b].rstrip(" ")) <= width for a, b in lines)
    assert len(lines) == height(text, width) >= 1


@given(st.text("аб cd  -,«\xa0", max_size=80), st.integers(1, 20))
@settings(max_examples=200, deadline=None)
def test_lines_of_plain_text_are_counted_as_they_are_wrapped(text: str, width: int) -> None:
    assert height(text, width) == len(wrapped(text, width))


@given(NEWS, st.integers(0, 30))
@settings(max_examples=100, deadline=None)
def test_padded_is_exactly_as_wide_as_asked(text: str, width: int) -> None:
    text = flowing(text)
    assert cell_len(fitted(text, width)) <= width
    assert cell_len(padded(text, width)) == width


def test_words_stay_whole_and_non_breaking_spaces_hold() -> None:
    text = "Это было под г.\xa0Киев, № 5"
    assert [text[a:b] for a, b in wrapped(text, 16)] == ["Это было под ", "г.\xa0Киев, № 5"]


def test_a_word_longer_than_the_column_is_cut() -> None:
    assert wrapped("а" * 25, 10) == ((0, 10), (10, 20), (20, 25))
    assert wrapped("и " + "а" * 12, 10)[0] == (0, 2)


def test_time_is_linear_in_the_text() -> None:
    assert height("слово " * 100_000, 80) > 7_000
    assert height("а" * 500_000, 80) == 6_250


@given(st.lists(st.tuples(NEWS, NEWS), min_size=1, max_size=12), st.integers(30, 160))
@settings(max_examples=60, deadline=None)
def test_tops_and_rows_agree(texts: list[tuple[str, str]], width: int) -> None:
    texts = [(flowing(a), flowing(b)) for a, b in texts]
    heights = Heights(texts, [n > 0 for n in range(len(texts))], Columns.of(width))
    assert heights.settled
    for line in range(heights.total):
        row = heights.row_at(line)
        assert heights.top(row) <= line < heights.top(row) + heights.height(row)


def test_rows_far_below_are_measured_later() -> None:
    texts = [("слово " * (n % 60 + 1), "word " * 9) for n in range(AT_ONCE + 500)]
    heights = Heights(texts, [False] * len(texts), Columns.of(120))
    assert not heights.settled
    guessed = heights.total
    while not heights.settled:
        heights.measure(500)
    exact = sum(heights.columns.height(*pair) for pair in texts)
    assert heights.total == exact
    assert abs(guessed - exact) < 0.2 * exact
