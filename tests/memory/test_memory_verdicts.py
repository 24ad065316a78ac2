"""Decisions: they outlive runs and edits, and end when the words change."""

from collections.abc import Callable
from pathlib import Path

import pytest

from glossary import memory
from glossary.errors import UsageError
from glossary.examination import Examined
from glossary.findings import Finding
from glossary.memory import Memory

Look = Callable[..., Examined]

SOURCE = (
    "Intercepted call\n\nA Russian soldier told his wife in Russian that his unit was shelled, according to a call "
    "released by Ukrainian intelligence. “There were more losses from our own side than from the Ukrainians,” the "
    "soldier said in Russian in the intercepted call."
)
TARGET = (
    "Перехваченный разговор\n\nРоссийский солдат рассказал жене по-русски, что его часть обстреляли, следует из "
    "разговора, который обнародовала украинская разведка. «От своих потерь было больше, чем от украинцев», — сказал "
    "солдат по-русски в перехваченном разговоре."
)
ORIGINAL = "От своих потерь больше было, чем от хохлов"


def relay(examined: Examined) -> Finding:
    (found,) = [finding for finding in examined.findings if finding.rule == "quote-relay"]
    return found


def rules(examined: Examined, opened: Memory) -> list[str]:
    return [finding.rule for finding in memory.consulted(examined, opened).findings]


def test_a_dismissed_finding_stays_away_when_the_text_moves(opened: Memory, look: Look, path: Path) -> None:
    examined = look(SOURCE, TARGET)
    memory.decide(opened, examined, relay(examined), "dismiss", reason="asked the desk")
    moved = look(SOURCE.replace("\n\n", "\n\nKYIV, Tuesday.\n\n"), TARGET.replace("\n\n", "\n\nКиев, вторник.\n\n"))
    assert "quote-relay" in [finding.rule for finding in moved.findings]
    with memory.open_memory(path) as again:
        assert "quote-relay" not in rules(moved, again)
        assert memory.decisions(again)[0].reason == "asked the desk"


def test_here_means_this_article(opened: Memory, look: Look) -> None:
    examined = look(SOURCE, TARGET)
    memory.decide(opened, examined, relay(examined), "dismiss", scope="here")
    assert "quote-relay" not in rules(examined, opened)
    other = look(SOURCE.replace("Intercepted call\n", "Another article\n"), TARGET, "other")
    assert "quote-relay" in rules(other, opened)


def test_another_rendering_brings_the_finding_back(opened: Memory, look: Look) -> None:
    source = "“We lost 15 men at the bridge that night,” Bondar said."
    wrong = look(source, "«В ту ночь мы потеряли у моста 50 человек», — сказал Бондар.")
    (finding,) = [found for found in wrong.findings if found.rule == "quote-number"]
    memory.decide(opened, wrong, finding, "dismiss")
    assert "quote-number" not in rules(wrong, opened)
    assert "quote-number" not in rules(
        look(source, "«В ту ночь мы потеряли у моста 50 человек» — сказал Бондар."), opened
    )
    assert "quote-number" in rules(
        look(source, "«В ту ночь мы потеряли у моста 51 человека», — сказал Бондар."), opened
    )


def test_a_decision_can_be_taken_back(opened: Memory, look: Look) -> None:
    examined = look(SOURCE, TARGET)
    decision = memory.decide(opened, examined, relay(examined), "not-found")
    assert "quote-relay" not in rules(examined, opened)
    memory.retract(opened, decision)
    assert "quote-relay" in rules(examined, opened)
    assert memory.decisions(opened) == ()
    assert [one.verdict for one in memory.decisions(opened, every=True)] == ["not-found", "retracted"]
    memory.decide(opened, examined, relay(examined), "dismiss")
    assert [one.verdict for one in memory.decisions(opened)] == ["dismiss"]


def test_an_original_that_was_found_is_what_renderings_are_compared_with(opened: Memory, look: Look) -> None:
    examined = look(SOURCE, TARGET)
    memory.decide(opened, examined, relay(examined), "found", original=ORIGINAL, link="https://example.org/call")
    findings = memory.consulted(examined, opened).findings
    assert "quote-relay" not in [finding.rule for finding in findings]
    (finding,) = [finding for finding in findings if finding.rule == "quote-archive"]
    assert finding.message.startswith(f"The original of this quote was found: «{ORIGINAL}» (https://example.org/call)")
    restored = TARGET.replace("От своих потерь было больше, чем от украинцев", ORIGINAL)
    assert "quote-archive" not in rules(look(SOURCE, restored), opened)


def test_an_original_in_a_third_language_is_told_of_and_not_put_in(opened: Memory, look: Look) -> None:
    source = "“We shot down two drones over our village,” the Polish minister told Polish radio on Monday, in Polish."
    examined = look(source, "«Мы сбили два дрона над нашей деревней», — сказал министр.")
    found = next(f for f in examined.findings if f.rule == "quote-third-language")
    original = "Zestrzeliliśmy dwa drony nad naszą wsią"
    memory.decide(opened, examined, found, "found", original=original)
    (finding,) = [one for one in memory.consulted(examined, opened).findings if one.rule == "quote-archive"]
    assert finding.message.startswith(f"The original of this quote was found, in Polish: «{original}»")
    assert (finding.suggestions, finding.weight.name) == ((), "INFO")
    memory.decide(opened, examined, finding, "accept")
    assert "quote-archive" not in rules(examined, opened)


def test_an_accepted_rendering_says_so(opened: Memory, look: Look) -> None:
    first = (
        "“We lost the bridge and then we lost the town,” Bondar said on Monday.",
        "«Мы потеряли мост, а потом и город», — сказал Бондар в понедельник.",
    )
    later = (
        "“We lost the bridge and then we lost the town,” Bondar recalled a year later.",
        "«Сначала отдали мост, потом город», — вспоминал Бондар год спустя.",
    )
    memory.add(opened, memory.gathered(look(*first), "2024-05-06"))
    examined = memory.consulted(look(*later, "later"), opened)
    (finding,) = [found for found in examined.findings if found.rule == "quote-archive"]
    assert finding.variant == "default"
    memory.decide(opened, examined, finding, "accept")
    assert "quote-archive" not in rules(look(*later, "later"), opened)
    third = look(
        first[0].replace("on Monday", "again"), "«Моста не стало, города тоже», — снова сказал Бондар.", "third"
    )
    (finding,) = [f for f in memory.consulted(third, opened).findings if f.rule == "quote-archive"]
    assert "accepted" in finding.message


@pytest.mark.parametrize(("verdict", "scope"), [("retracted", "always"), ("maybe", "always"), ("dismiss", "there")])
def test_unknown_answers_are_refused(opened: Memory, look: Look, verdict: str, scope: str) -> None:
    examined = look(SOURCE, TARGET)
    with pytest.raises(UsageError):
        memory.decide(opened, examined, relay(examined), verdict, scope=scope)
    with pytest.raises(UsageError):
        memory.decide(opened, examined, relay(examined), "found", original=" ")
    assert memory.decisions(opened, every=True) == ()
