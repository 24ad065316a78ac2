"""Everything about the quotes of a pair, put together."""

from glossary import quotes
from glossary.alignment.beads import Alignment, Bead
from glossary.findings import order, rules
from glossary.quotes.values import QuoteStudy
from glossary.text.segment import document

ENGLISH = """“They fire on us from our own side,” soldier says in intercepted call
A Russian soldier complained to his mother about “fire from our own side”, Ukraine’s military intelligence said.
“They fire on us from our own side,” he told her. “We have lost 12 men.”
The ministry declined to comment."""
UKRAINIAN = """«У нас стріляють свої ж», — каже солдат у перехопленій розмові
Російський солдат скаржився матері на «вогонь із нашого ж боку», повідомила воєнна розвідка України.
«Вони стріляють у нас із нашого ж боку», — сказав він їй. «Ми втратили 21 людину».
Міністерство відмовилося від коментарів."""


def aligned(english: str, other: str, lang: str) -> Alignment:
    source, target = document(english, "en"), document(other, lang)
    beads = [
        Bead(tuple(range(one.first, one.last)), tuple(range(two.first, two.last)), 1.0)
        for one, two in zip(source.paragraphs, target.paragraphs, strict=True)
    ]
    return Alignment(source, target, tuple(beads))


def studied(english: str = ENGLISH, other: str = UKRAINIAN, lang: str = "uk") -> QuoteStudy:
    pair = aligned(english, other, lang)
    return quotes.study(pair.source, pair.target, pair, lang)


def test_both_sides_links_and_the_planted_number() -> None:
    found = studied()
    assert len(found.source) == len(found.target) == 4
    assert [link for link in found.links if link[1]] == [(0, (0,)), (1, (1,)), (2, (2,)), (3, (3,))]
    (number,) = [f for f in found.findings if f.rule == "quote-number"]
    assert (number.params["source"], number.params["target"]) == ("12", "21")


def test_mending_the_number_takes_its_finding_away() -> None:
    found = studied(other=UKRAINIAN.replace("21", "12"))
    assert not [f for f in found.findings if f.rule == "quote-number"]


def test_the_same_quote_in_two_wordings_is_a_cluster_with_a_finding() -> None:
    found = studied()
    assert any({0, 2} <= set(cluster.quotes) for cluster in found.clusters)
    assert any(f.rule in ("quote-retranslated", "quote-versions", "quote-contradiction") for f in found.findings)
    assert found.source[0].cluster == found.source[2].cluster


def test_speech_has_a_provenance_and_names_have_none() -> None:
    found = studied("“We left,” Koval told the “Morning Post”.", "«Мы ушли», — сказал Коваль.", "ru")
    assert [q.provenance is None for q in found.source] == [False, True]


def test_a_source_alone_is_enough_for_quotes_and_chains() -> None:
    source = document(ENGLISH, "en")
    found = quotes.study(source, None, None, "ru")
    assert len(found.source) == 4
    assert (found.target, found.links) == ((), ())
    assert all(f.target is None for f in found.findings)


def test_findings_are_ordered_and_every_message_can_be_written() -> None:
    found = studied().findings
    assert list(found) == sorted(found, key=order)
    for finding in found:
        assert finding.message
        assert finding.rule in rules()


def test_nothing_quoted_nothing_found() -> None:
    found = studied("The bridge was held.", "Мост удержали.", "ru")
    assert found == QuoteStudy((), (), (), (), ())


def test_the_same_input_gives_the_same_study() -> None:
    assert studied() == studied()


def test_the_package_offers_its_names_lazily() -> None:
    assert quotes.find_quotes(document("“Yes,” he said.", "en"))[0].n == 0
    assert "study" in quotes.__all__
