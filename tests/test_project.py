"""A project: edits applied one by one; undo drops the last."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glossary.alignment.beads import Pin
from glossary.project import Pair, PinBeads, Project, Retarget, Unpin, Waive
from glossary.text.segment import document
from glossary.text.spans import Span

PAIR = Pair(
    "p",
    document("The tank fired twice. Nobody was hurt.", "en"),
    document("Танк выстрелил дважды. Никто не пострадал.", "ru"),
)


def test_an_edit_of_the_target_moves_the_pins_behind_it() -> None:
    target = PAIR.target
    assert target is not None
    pin = Pin((Span(22, 38),), (target.sentences[1].span,))
    project = Project.of(PAIR, (PinBeads((pin,)), Retarget(Span(0, 4), "Наш танк")))
    assert project.pair.target is not None
    text = project.pair.target.text
    assert text.startswith("Наш танк выстрелил")
    assert project.pins[0].target[0].of(text) == "Никто не пострадал."


def test_a_pin_takes_the_place_of_one_it_shares_text_with() -> None:
    first, second = Pin((Span(0, 21),), (Span(0, 22),)), Pin((Span(0, 21),), ())
    assert Project.of(PAIR, (PinBeads((first,)), PinBeads((second,)))).pins == (second,)
    assert Project.of(PAIR, (PinBeads((first,)), Unpin((first,)))).pins == ()


def test_an_edit_outside_the_text_is_refused() -> None:
    with pytest.raises(ValueError, match="ends at 999"):
        Project.of(PAIR, (Retarget(Span(0, 999), ""),))
    with pytest.raises(ValueError, match="no target"):
        Project.of(Pair("p", PAIR.source), (Retarget(Span(0, 0), "x"),))


EDITS = st.lists(
    st.one_of(
        st.builds(
            Retarget,
            st.builds(lambda a, n: Span(a, a + n), st.integers(0, 20), st.integers(0, 10)),
            st.text(max_size=9),
        ),
        st.builds(Waive, st.just("abc"), st.text(max_size=5)),
        st.builds(lambda a: PinBeads((Pin((Span(a, a + 3),), (Span(a, a + 4),)),)), st.integers(0, 15)),
    ),
    max_size=5,
)


@settings(max_examples=60, deadline=None)
@given(EDITS)
def test_dropping_the_last_edit_undoes_it(edits: list[Retarget | Waive | PinBeads]) -> None:
    done = []
    project = Project.of(PAIR)
    for edit in edits:
        before = project
        try:
            project = project.applied(edit)
        except ValueError:
            continue
        done.append(edit)
        assert Project.of(PAIR, tuple(done[:-1])) == before
    assert project.edits == tuple(done)
