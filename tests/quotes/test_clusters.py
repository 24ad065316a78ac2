"""Clusters: one utterance quoted more than once, and what its renderings say. Notation: quotes in “ ” and « »."""

import pytest

from glossary.findings import rules
from glossary.quotes.clusters import cluster_findings, find_clusters
from glossary.quotes.extraction import find_quotes
from glossary.text.segment import document


def clusters(text):
    read = document(text, "en")
    quotes = find_quotes(read)
    words = {quote.n: quote.span.of(text).strip(",. ") for quote in quotes}
    return [(cluster.kind, [words[n] for n in cluster.quotes]) for cluster in find_clusters(quotes, read)]


def findings(source_text, target_text, lang):
    """Findings when the quotes of both sides are linked one to one in order."""
    source, target = document(source_text, "en"), document(target_text, lang)
    quotes, answers = find_quotes(source), find_quotes(target)
    links = tuple((q.n, (a.n,)) for q, a in zip(quotes, answers, strict=True))
    return cluster_findings(find_clusters(quotes, source), source, target, quotes, answers, links, lang)


HEADLINE = "Troops ‘hunted like hares’, medic says\n"


def test_the_same_words_again_are_a_repetition():
    text = "Lowe said they were “hunted like hares”. It was the second time she had used the words “hunted like hares”."
    assert clusters(text) == [("repetition", ["hunted like hares", "hunted like hares"])]


def test_a_fragment_joins_the_longer_quote():
    text = HEADLINE + "“We were hunted like hares across the beet fields,” medic Hannah Lowe said."
    assert clusters(text) == [("repetition", ["hunted like hares", "We were hunted like hares across the beet fields"])]


def test_another_wording_by_the_same_speaker_is_a_version():
    text = (
        "“More of us die from our own guns than from theirs,” Private Denys Koval said.\n"
        "Koval said that “more men die from our own guns than from theirs”."
    )
    (found,) = clusters(text)
    assert found[0] == "versions"


@pytest.mark.parametrize(
    "text",
    [
        "“No way,” said Anna Bright. “There is no way we can hold the bridge without shells,” said Colonel Ross Hale.",
        "“We will win,” said Mayor Brown. “We will win,” said Captain Green.",
        "“It was cold,” Ms Bright said. “The shells ran out before noon,” she added.",
        "“Slava,” he said. “Slava Ukraini,” the crowd answered.",
    ],
)
def test_common_words_and_other_speakers_make_no_cluster(text):
    assert clusters(text) == []


def test_a_common_fragment_does_not_join_two_longer_quotes():
    text = (
        "“Fake news” was how he put it.\n"
        "“This is fake news from start to end,” said Ron Miller.\n"
        "“They sell fake news to pensioners,” said Eva Stern."
    )
    assert all(len(members) < 3 for _, members in clusters(text))


def test_the_same_quote_rendered_in_two_ways():
    (found,) = findings(
        "Lowe said they were “hunted like hares”. Later she again said “hunted like hares”.",
        "Лоу сказала, что их «гоняли как зайцев». Позже она снова сказала: «отстреливали, словно дичь».",
        "ru",
    )
    assert found.rule == "quote-retranslated"
    assert {evidence.side for evidence in found.evidence} == {"source", "target"}
    assert "«гоняли как зайцев»" in found.params["renderings"]
    assert found.params["differences"]
    assert found.message


@pytest.mark.parametrize(
    ("one", "other"), [("гоняли как зайцев", "Гоняли, как зайцев"), ("ненависть к войне", "ненавистью к войне")]
)
def test_marks_capitals_and_cases_are_no_difference(one, other):
    source = "Lowe spoke of “hatred of the war”. She repeated “hatred of the war”."
    assert findings(source, f"Лоу говорила: «{one}». Она повторила: «{other}».", "ru") == ()


def test_a_part_rendered_otherwise_than_in_the_whole():
    (found,) = findings(
        HEADLINE + "“We were hunted like hares across the beet fields,” medic Hannah Lowe said.",
        "Військових «гнали мов дичину», каже медикиня\n«На нас полювали, як на зайців, серед буряків», — сказала Лоу.",
        "uk",
    )
    assert found.rule == "quote-part-retranslated"
    assert found.params["rendering_part"] == "гнали мов дичину"


def test_a_part_rendered_with_the_words_of_the_whole_is_fine():
    target = (
        "На военных «охотились как на зайцев», говорит медик\n"
        "«На нас охотились, как на зайцев, по всему свекольному полю», — сказала медик Ханна Лоу."
    )
    source = HEADLINE + "“We were hunted like hares across the beet fields,” medic Hannah Lowe said."
    assert findings(source, target, "ru") == ()


def test_versions_that_contradict_each_other_are_an_error():
    source = (
        "Soldier recalls ‘fire from their own tanks’\n"
        "The soldier, Denys Koval, described tank crews “firing on their own tanks” near the bridge.\n"
        "“We saw the fire from their own tanks,” Koval said."
    )
    target = (
        "Солдат вспоминает «огонь из своих танков»\n"
        "Солдат Денис Коваль говорил об экипажах, «стрелявших по своим танкам» у моста.\n"
        "«Мы видели огонь из своих танков», — сказал Коваль."
    )
    found = findings(source, target, "ru")
    assert [finding.rule for finding in found] == ["quote-contradiction"]
    assert "direction" in found[0].params["difference"]


def test_one_finding_for_each_cluster():
    source = "Lowe said “hunted like hares”. She said “hunted like hares”. And again she said “hunted like hares”."
    target = "Лоу сказала: «гнали как зайцев». Она сказала: «били как дичь». И снова сказала: «травили как зверей»."
    assert len(findings(source, target, "ru")) == 1


def test_every_variant_has_a_message():
    for rule in ("quote-retranslated", "quote-part-retranslated", "quote-versions", "quote-contradiction"):
        assert "default" in rules()[rule].messages


def test_many_quotes_take_time_in_proportion():
    text = " ".join(f"Officer Number{n} said “shells of kind {n} fell on the northern road”." for n in range(300))
    assert isinstance(clusters(text), list)
