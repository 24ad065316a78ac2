"""What a desk decides about a concept that the glossary leaves to it."""

import pytest

from glossary.alignment.beads import Alignment, Bead
from glossary.errors import ConfigError
from glossary.files.glossaries import parse_glossary, renderings_of
from glossary.findings import Finding, Severity
from glossary.terms.concepts import Glossary
from glossary.terms.index import build_index
from glossary.terms.policies import Choice, decided
from glossary.terms.verdicts import check_terms
from glossary.text.segment import document

ROWS = """id,subject,en,ru,ru_admitted,ru_forbidden,uk,policy
friendly-fire,combat,friendly fire,огонь по своим,стрельба по своим,дружественный огонь {calque},вогонь по своїх,house
in-somewhere,place,in Somewhere,=в Некраине,=на Некраине,,,house
tank,armour,tank,танк,,,танк,
"""


@pytest.fixture(scope="module")
def glossary() -> Glossary:
    return parse_glossary(ROWS)


def findings(glossary: Glossary, english: str, russian: str) -> tuple[Finding, ...]:
    pair = Alignment(document(english, "en"), document(russian, "ru"), (Bead((0,), (0,), 1.0),))
    return check_terms(pair, build_index(glossary, "ru"), "military").findings


def test_a_house_matter_is_a_note_until_the_desk_decides(glossary: Glossary) -> None:
    english, russian = "He died of friendly fire.", "Он погиб от дружественного огня."
    assert [f.weight for f in findings(glossary, english, russian)] == [Severity.INFO]
    chosen = decided(glossary, [Choice("friendly-fire", renderings_of("огонь по своим", "ru", "preferred"))])
    assert [f.weight for f in findings(chosen, english, russian)] == [Severity.ERROR]


def test_the_desk_may_choose_what_the_glossary_forbids(glossary: Glossary) -> None:
    chosen = decided(glossary, [Choice("friendly-fire", renderings_of("дружественный огонь", "ru", "preferred"))])
    assert not findings(chosen, "He died of friendly fire.", "Он погиб от дружественного огня.")
    concept = chosen.by_id["friendly-fire"]
    assert concept.preferred("ru") == "дружественный огонь"
    assert "огонь по своим" in [r.text for r in concept.of("ru", "admitted")]
    assert concept.preferred("uk") == "вогонь по своїх"


def test_the_desk_may_forbid_what_the_glossary_admits(glossary: Glossary) -> None:
    chosen = decided(glossary, [Choice("in-somewhere", renderings_of("на Некраине", "ru", "forbidden"))])
    (finding,) = findings(chosen, "The war in Somewhere went on.", "Война на Некраине продолжалась.")
    assert (finding.rule, finding.params["reason"]) == ("term-forbidden", "house style")
    assert chosen.by_id["in-somewhere"].of("ru", "forbidden")[0].fixed


@pytest.mark.parametrize(("concept", "advice"), [("frendly-fire", "friendly-fire"), ("tank", "row of your own")])
def test_other_concepts_are_refused(glossary: Glossary, concept: str, advice: str) -> None:
    with pytest.raises(ConfigError) as caught:
        decided(glossary, [Choice(concept, renderings_of("танк", "ru", "preferred"), "tolmach.toml:3")])
    assert caught.value.where == "tolmach.toml:3"
    assert advice in caught.value.next_step


def test_another_choice_is_another_glossary(glossary: Glossary) -> None:
    chosen = [decided(glossary, [Choice("tank" if n > 1 else "friendly-fire", renderings_of(text, "ru", "preferred"))])
              for n, text in enumerate(("огонь по своим", "дружественный огонь"))]  # fmt: skip
    assert len({glossary.digest, *(one.digest for one in chosen)}) == 3
