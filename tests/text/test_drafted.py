"""Marks of drafts: white space to everything but those who look for them."""

from hypothesis import given, settings
from hypothesis import strategies as st

from glossary.alignment.cuts import with_cuts
from glossary.text.drafted import (
    blanked,
    count_marks,
    mark,
    notice,
    notice_span,
    unconfirmed,
    without_marks,
)
from glossary.text.language import detect
from glossary.text.segment import document

TEXT = (
    f"{notice('en→ru, not confirmed')}\n\n"
    f"{mark('machine')} Он ушёл в 5 ч. утра. {mark('memory 87 %; here: Three; there: Two')} Киев молчал. Ушли все.\n"
    f"{mark('memory')} Конец.\n"
)


def test_marked_sentences_are_found_and_the_others_are_not() -> None:
    blank = blanked(document(TEXT, "ru"))
    assert [blank.sentence(n) for n in range(len(blank.sentences))] == [
        "Он ушёл в 5 ч. утра.", "Киев молчал.", "Ушли все.", "Конец.",
    ]  # fmt: skip
    found = unconfirmed(TEXT, blank)
    assert [(one.origin, one.sentence.of(TEXT)) for one in found] == [
        ("machine", "Он ушёл в 5 ч. утра."),
        ("memory 87 %; here: Three; there: Two", "Киев молчал."),
        ("memory", "Конец."),
    ]
    assert found[0].mark.of(TEXT) == "[[draft: machine]] "
    assert count_marks(TEXT) == 3


def test_a_sentence_that_the_alignment_cut_is_a_draft_to_its_end() -> None:
    text = f"{mark('machine')} Россия атаковала Харьков ночью. Ушли все."
    cut = with_cuts(blanked(document(text, "ru")), [text.index("Харьков")])
    assert len(cut.sentences) == 3
    (found,) = unconfirmed(text, cut)
    assert found.sentence.of(text) == "Россия атаковала Харьков ночью."


def test_taking_the_mark_away_confirms() -> None:
    (first, *rest) = unconfirmed(TEXT, blanked(document(TEXT, "ru")))
    now = TEXT[: first.mark.start] + TEXT[first.mark.end :]
    assert len(unconfirmed(now, blanked(document(now, "ru")))) == len(rest)


def test_the_notice_is_found_with_the_lines_after_it() -> None:
    span = notice_span(TEXT)
    assert span is not None
    assert TEXT[span.end :].startswith("[[draft: machine]]")
    assert notice_span("Он ушёл.") is None
    assert notice_span(mark("machine") + " Он ушёл.") is None


def test_a_mark_is_no_word_of_a_language() -> None:
    assert detect(TEXT).lang == "ru"
    assert (
        detect(
            "[[untranslated: The general said that he had left.]] [[draft: machine]] Вони пішли звідси ще вранці."
        ).lang
        == "uk"
    )


def test_what_a_mark_says_cannot_break_it() -> None:
    said = mark("memory 80 %; here: ]] [[draft: x]]\n; there: " + "a" * 1000)
    assert count_marks(said) == 1
    assert not without_marks(said).strip()


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(["[[", "]]", "draft", ": ", "[[draft: a]]", " ", "\n", "Он. ", "x"]), max_size=12))
def test_offsets_stay(pieces: list[str]) -> None:
    text = "".join(pieces)
    blank = blanked(document(text, "ru"))
    assert len(blank.text) == len(text)
    for one in unconfirmed(text, blank):
        assert one.mark.end <= one.sentence.start
        assert not blank.text[one.mark.start : one.sentence.start].strip()
