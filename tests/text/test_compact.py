"""Sentences as numbers are the same sentences, and an edit moves them without making one of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.text import compact as room
from glossary.text.compact import compact, spread
from glossary.text.segment import document, edited
from glossary.text.spans import Sentence, Span

TEXTS = st.lists(st.sampled_from(["Он ушёл. ", "Кто? ", "\n", "\n\n", "«Да», — сказал он.", "5 т. "]), max_size=12)


@given(TEXTS.map("".join), st.integers(-4, 4), st.integers(-4, 4))
def test_they_are_as_a_tuple_of_them_would_be(text: str, start: int, end: int) -> None:
    wide = document(text, "ru")
    small = compact(wide)
    assert (small, small.sentences, small.paragraphs) == (wide, wide.sentences, wide.paragraphs)
    assert (wide.sentences, spread(small)) == (small.sentences, wide)
    assert isinstance(spread(small).sentences, tuple)
    assert small.sentences[start:end] == wide.sentences[start:end]
    assert [small.sentences[n] for n in range(-len(wide.sentences), 0)] == list(wide.sentences)
    assert small.sentences != (*wide.sentences, Sentence(Span(0, 1), 0))
    assert compact(small).sentences is small.sentences
    with pytest.raises(IndexError):
        small.sentences[len(wide.sentences)]


def test_an_edit_makes_the_sentences_of_its_own_line_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "\n".join(f"Сообщение {n}. Он ушёл." for n in range(2000))
    before = compact(document(text, "ru"))
    made: list[int] = []

    def counted(span: Span, paragraph: int) -> Sentence:
        made.append(paragraph)
        return Sentence(span, paragraph)

    monkeypatch.setattr(room, "Sentence", counted)
    place = text.index("Сообщение 1000")
    after = edited(before, Span(place, place), "Да. ")
    assert len(made) < 50  # those a binary search looks at
    assert after == document(text[:place] + "Да. " + text[place:], "ru")
