"""How sure a bead is: the table fits the features, and doubt falls where the errors are."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from glossary import data
from glossary.alignment import align
from glossary.alignment.confidence import ALONE, PAIRED, TABLE
from glossary.text.segment import document

TOOL = Path(__file__).parents[2] / "tools" / "fit_confidence.py"


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("fit_confidence", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_doubt_falls_where_the_errors_are(tool: ModuleType) -> None:
    """On the articles it was fitted on: that says nothing of other texts, but shows when the table no longer fits."""
    rows = [row for pair in tool.pairs(1) for row in tool.seen(pair)]
    for kind in (PAIRED, ALONE):
        assert set(data.toml(TABLE)[kind]) == {name for row in rows if row[0] == kind for name in row[2]}
    scored = tool.judged(rows, data.toml(TABLE))
    wrong = [score for score, right in scored if not right]
    right = [score for score, right in scored if right]
    above = sum(bad < good for bad in wrong for good in right) / (len(wrong) * len(right))
    assert above >= 0.85
    mean = sum(score for score, _ in scored) / len(scored)
    assert abs(mean - len(right) / len(scored)) <= 0.04


def test_made_up_gold_covers_both_texts(tool: ModuleType) -> None:
    pair = next(tool.pairs(1))
    for side, text in ((0, pair.source), (1, pair.target)):
        spans = sorted(piece[side] for piece in pair.gold if piece[side] is not None)
        covered = "".join(text[start:end] for start, end in spans)
        assert "".join(covered.split()) == "".join(text.split())


def test_a_tail_that_nothing_renders_is_doubtful() -> None:
    source = "The mayor of Odesa opened the bridge on Monday. The ferry to Izmail was closed by the police on Friday."
    target = "Мэр Одессы открыл мост в понедельник. Паром в Измаил полиция закрыла в пятницу"
    tail = ", а вечером прошёл дождь, которого синоптики накануне никому не обещали"
    whole, grown = (align(document(source, "en"), document(target + end + ".", "ru")) for end in ("", tail))
    assert grown.beads[-1].source == whole.beads[-1].source == (1,)
    assert grown.beads[-1].score < whole.beads[-1].score
