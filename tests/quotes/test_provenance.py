"""The way quotes came, on passages written for this project: chains, hands, verdicts, and what must stay silent."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glossary import data
from glossary.errors import ConfigError
from glossary.findings import Severity
from glossary.quotes import cues, outlets
from glossary.quotes.extraction import find_quotes
from glossary.quotes.provenance import provenance_findings, trace
from glossary.text.segment import document

SAMPLES = Path(__file__).parents[1] / "samples" / "provenance.jsonl"
PASSAGES = [json.loads(line) for line in SAMPLES.read_text(encoding="utf-8").splitlines()]


def chains(text, target_lang="ru"):
    read = document(text, "en")
    quotes = find_quotes(read)
    return quotes, trace(read, quotes, target_lang)


@pytest.mark.parametrize("passage", PASSAGES, ids=lambda passage: passage["id"])
@pytest.mark.parametrize("target_lang", ["ru", "uk"])
def test_passages_written_for_this_project(passage, target_lang):
    quotes, traced = chains(passage["text"], target_lang)
    for gold in passage["quotes"]:
        chain = next(
            chain
            for quote, chain in zip(quotes, traced, strict=True)
            if quote.span.start < gold["end"] and gold["start"] < quote.span.end
        )
        assert chain is not None
        assert chain.speaker_lang in (gold["speaker_lang"], *gold["speaker_lang_alt"])
        assert chain.origin == gold["origin"]
        assert chain.handovers == gold["handovers"]
        if chain.speaker_lang == gold["speaker_lang"]:
            assert list(chain.path) == gold[f"path_{target_lang}"]
            assert chain.verdict == gold[f"verdict_{target_lang}"]


def found(text, target_lang):
    read = document(text, "en")
    quotes = find_quotes(read)
    return provenance_findings(read, quotes, trace(read, quotes, target_lang), target_lang)


CALL = (
    "“Nobody is coming for us,” a Russian soldier tells his sister in a call intercepted by the SBU.\n"
    "“Tell mother I am well,” the man adds."
)


def test_one_finding_for_the_quotes_of_one_call():
    (finding,) = found(CALL, "ru")
    assert (finding.rule, finding.weight) == ("quote-relay", Severity.ERROR)
    assert finding.params["count"] == "2"
    assert "ru → en → ru" in finding.params["chain"]
    assert any("СБУ" in query for query in finding.suggestions)
    assert "Russian" in finding.message


def test_the_same_call_is_a_third_language_for_ukrainian():
    (finding,) = found(CALL, "uk")
    assert (finding.rule, finding.weight) == ("quote-third-language", Severity.WARNING)


def test_evidence_shows_the_words_that_say_so():
    (finding,) = found(CALL, "ru")
    words = [evidence.span.of(CALL) for evidence in finding.evidence]
    assert {"Russian", "SBU"} <= set(words)
    assert any("intercepted" in word for word in words)


def test_a_name_alone_is_hedged():
    text = "“The well froze,” Yevhen Marchuk told the BBC."
    (finding,) = found(text, "uk")
    assert finding.weight < Severity.ERROR
    assert "likely" in finding.message
    (chain,) = chains(text, "uk")[1]
    assert chain.confidence == "low"


def test_a_post_that_may_be_english_is_a_question():
    (finding,) = found(
        "Ukraine’s energy minister, Olha Bondar, wrote on X: “We need transformers, not sympathy.”", "uk"
    )
    assert finding.rule == "quote-origin-unsure"
    assert finding.weight == Severity.INFO
    assert "Ukrainian" in finding.params["languages"]


@pytest.mark.parametrize(
    "text",
    [
        "“We are full,” said Tom Baker, who runs a hotel in Leeds.",
        "The prime minister said the plan was “on track”.",
        "American singer Joan Reed told Sky News the tour was “a dream”.",
        "He called it the “best match of the season”.",
        "“I lost the ball,” goalkeeper Martin Wood told the Daily Mirror.",
    ],
)
@pytest.mark.parametrize("target_lang", ["ru", "uk"])
def test_english_speakers_raise_nothing(text, target_lang):
    assert found(text, target_lang) == ()


def test_words_inside_the_quote_are_no_evidence():
    _, (chain,) = chains("“A Russian intercepted our call on Telegram,” said Tom Baker.")
    assert (chain.speaker_lang, chain.origin) == ("en", "unknown")


def test_a_named_language_beats_nationality():
    _, (chain,) = chains(
        "Speaking in English, Ukrainian officer Oleh Bilyk told reporters the front was “a queue”.", "uk"
    )
    assert (chain.speaker_lang, chain.verdict) == ("en", "translate")


def test_a_recording_is_handed_over_but_not_translated_by_its_publisher():
    _, traced = chains(CALL)
    assert [(who.name, who.role) for who in traced[0].intermediaries] == [("SBU", "publisher")]
    assert traced[0].handovers == 1
    assert traced[0].path == ("ru", "en", "ru")


def test_cues_lie_in_the_text_and_have_notes():
    for passage in PASSAGES:
        _, traced = chains(passage["text"])
        for chain in traced:
            if chain is not None:
                assert len(chain.cues) == len(chain.notes)
                assert all(0 <= cue.start < cue.end <= len(passage["text"]) for cue in chain.cues)


def test_origins_are_those_that_other_programs_know():
    known = (
        "intercept outlet_interview own_interview press_briefing official_statement speech address broadcast telegram"
    )
    known += " social_post video_statement document unknown"
    assert {origin for origin, _ in cues.origins()} <= set(known.split())


def test_the_table_of_outlets_is_sound():
    rows = data.rows("outlets.csv")
    assert len(rows) >= 250
    assert len({row["id"] for row in rows}) == len(rows)
    assert sum(bool(row["aliases_ru"] and row["aliases_uk"]) for row in rows) >= 250
    roles = {"outlet", "agency", "broadcaster", "channel", "institute", "ministry", "service", "army", "body"}
    for row in rows:
        assert row["name"]
        assert len(row["lang"]) == 2
        assert len(row["country"]) == 2
        assert row["role"] in roles


@pytest.fixture
def own_outlets(tmp_path, monkeypatch):
    """Write the user's own table of outlets; what was read before is forgotten, before and after."""

    def forget():
        for kept in (data.own_rows, outlets._rows, outlets._index, outlets.aliases):
            kept.cache_clear()

    def write(text):
        (tmp_path / "tolmach").mkdir()
        (tmp_path / "tolmach" / "outlets.csv").write_text(text, encoding="utf-8")
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
        forget()

    yield write
    forget()


def test_a_user_adds_outlets(own_outlets):
    own_outlets("# ours\nname,lang,role,aliases_en,aliases_uk\nDzvinok,uk,outlet,The Little Bell,Дзвінок\n")
    _, (chain,) = chains("“It is a mess,” a man told the Little Bell.")
    assert (chain.speaker_lang, [who.name for who in chain.intermediaries]) == ("uk", ["Dzvinok"])
    assert outlets.aliases("Dzvinok", "uk") == ("Дзвінок",)
    assert outlets.named("TASS") == "TASS"


def test_a_broken_row_of_a_user_is_named(own_outlets):
    own_outlets("name,lang,role\nDzvin,uk,outlet\nDzvinok,uk,paper\n")
    with pytest.raises(ConfigError) as error:
        chains("“It is a mess,” he told TASS.")
    assert "row 2" in error.value.where


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("told the Kyiv outlet Dzvin on Monday", ["Dzvin"]),
        ("told Ukraine's public broadcaster Suspilne", ["Suspilne"]),
        ("as the New York Times and the BBC's Russian Service reported", ["The New York Times", "BBC Russian"]),
        ("told the state channel Rossiya 24", ["Rossiya 24"]),
        ("he told his brother and a friend", []),
    ],
)
def test_organisations_are_recognised(text, names):
    assert [mention.organisation.name for mention in outlets.mentions(text, 0, len(text))] == names


@given(st.text(alphabet=st.sampled_from("“”‘’\"'«» ,.:\nabcXYZ told Kyiv SBU Telegram\x00\ud800"), max_size=120))
@settings(max_examples=80, deadline=None)
def test_any_text_can_be_traced(text):
    read = document(text, "en")
    quotes = find_quotes(read)
    traced = trace(read, quotes, "uk")
    assert len(traced) == len(quotes)
    assert all((chain is not None) == quote.speech for quote, chain in zip(quotes, traced, strict=True))
    provenance_findings(read, quotes, traced, "uk")


@pytest.mark.parametrize(
    "tail",
    [
        "\nRead the original article on Business Insider.",
        "\nThe recordingThe service released lasts a minute. The callerThe woman knew hung up.",
    ],
)
def test_signs_of_another_hand_add_an_unknown_translator(tail):
    _, traced = chains(CALL + tail)
    assert traced[0].intermediaries[-1].role == "translator"
    assert traced[0].handovers == 2
    assert chains(CALL)[1][0].handovers == 1


def test_an_article_that_tells_of_the_call_before_it_quotes():
    text = (
        "Intercepted call tells of chaos\n"
        "A Russian soldier has told his wife that his company was left behind, according to an intercepted phone call "
        "published by Ukraine’s Main Directorate of Intelligence.\n"
        "The recording was first reported in English by the Kyiv Courier. The soldier, who calls himself Aleksei, "
        "speaks Russian throughout.\n"
        "“Nobody knows where the commander is,” he says.\n"
        "A Ukrainian colonel, Ihor Savchuk, told the Courier the front was “holding”.\n"
        "“They gave us no maps,” Aleksei says in the call."
    )
    _, (first, colonel, last) = chains(text)
    for chain in (first, last):
        assert (chain.speaker_lang, chain.origin, chain.verdict) == ("ru", "intercept", "find_original")
        assert [who.role for who in chain.intermediaries] == ["publisher", "outlet"]
    assert (colonel.speaker_lang, colonel.origin) == ("uk", "outlet_interview")


# First measured (language, origin, verdict), before any rule was changed for them: second .84 .73 .79, third .67 .67
# .67, fourth .76 .62 .76, fifth .80 .62 .82 (45 quotes by a writer who had not read the rules; .84 .67 .87 after rules
# were widened without looking at them). Sixth and seventh, by a writer who had not read the rules either: 54 quotes,
# language .944, origin .778, handovers .796, translations .907, verdict .907. Eighth (39 quotes, by one more writer):
# .897 .923 .923 .897 .872. Ninth (40 quotes, the same writer): .825 .800 .850 .875 .825. Tenth (40 quotes, one more
# writer; the last before anything was weighed): .975 .800 .875 .950 .950. Eleventh (41 quotes, still another; by rules
# alone .829 .878 .902 .829 .854). Twelfth (42 quotes, the same writer; by rules alone .881 .786 .881 .833 .881, with
# what was weighed .881 .929 .929 .833 .881). Thirteenth (40 quotes; by rules .975 .925 .900 .975 1.000, then .975 .950
# .950 .975 1.000).
LATER = [
    SAMPLES.with_name(f"provenance_{nth}.jsonl")
    for nth in (
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
    )
]


@pytest.mark.parametrize("path", LATER, ids=lambda path: path.stem)
def test_passages_written_before_the_rules_were_read(path):
    """Not every passage is right; nearly nine in ten are, and must stay so."""
    fields = {"speaker_lang": 0, "origin": 0, "handovers": 0, "verdict": 0}
    total = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        passage = json.loads(line)
        quotes, traced = chains(passage["text"])
        for gold in passage["quotes"]:
            place = next(n for n, q in enumerate(quotes) if q.span.start < gold["end"] and gold["start"] < q.span.end)
            chain = traced[place]
            total += 1
            fields["speaker_lang"] += chain.speaker_lang in (gold["speaker_lang"], *gold["speaker_lang_alt"])
            fields["origin"] += chain.origin == gold["origin"]
            fields["handovers"] += chain.handovers == gold["handovers"]
            fields["verdict"] += chain.verdict == gold["verdict_ru"]
    assert all(right / total >= 0.87 for right in fields.values()), (fields, total)


def test_one_man_under_three_names_is_one_finding():
    text = (
        "‘Our tank did it’: intercepted call tells of chaos in Russian assault\n"
        "• Soldier claims that more died “from our own side”\n"
        "A Russian soldier has told his wife of losses, according to an intercepted phone call published by the SBU. "
        "The soldier, who calls himself Aleksei, speaks Russian throughout.\n"
        "“There were more losses from our own side,” he says. “Our tank fired twice.”\n"
        "“Nobody knows anything,” Aleksei replies.\n"
        "A drone operator with the call sign Skrypal told the BBC in Ukrainian: “They hear you.”\n"
        "Aleksei comes back to the tank. “Nobody is going to write that,” he says."
    )
    first, second = found(text, "ru")
    assert (first.rule, first.params["count"]) == ("quote-relay", "6")
    assert first.params["speaker"] == "Aleksei"
    assert "unknown" not in first.message
    assert (second.rule, second.params["language"]) == ("quote-third-language", "Ukrainian")


def test_an_origin_that_is_not_known_is_not_spoken_of():
    (finding,) = found("A Ukrainian officer, speaking in Ukrainian, said the road was “a sieve”.", "uk")
    assert finding.params["chain"] == "uk → en → uk"


@pytest.mark.parametrize(
    ("text", "lang", "alternative"),
    [
        ("“It is a crime,” said Marta Berg, a Swedish lawyer with a monitoring group.", "en", "sv"),
        ("A Polish farmer told Reuters that trucks were “lined up to the horizon”.", "pl", "en"),
        ("The Norwegian surgeon told CNN it was “a long night”.", "en", "no"),
    ],
)
def test_a_foreign_nationality_is_weak_evidence(text, lang, alternative):
    _, (chain,) = chains(text, "uk")
    assert (chain.speaker_lang, chain.confidence) == (lang, "low")
    assert alternative in chain.alternatives
    assert all(finding.weight == Severity.INFO for finding in found(text, "uk"))


@pytest.mark.parametrize(
    "text",
    [
        "He said the men in Russian trenches were “asleep”.",
        "The report tells of fire in Russian-held Kherson and calls it “a mess”.",
        "She said, in Ukrainian hospitals, “nobody sleeps”.",
    ],
)
def test_a_language_that_describes_a_noun_is_not_the_language_spoken(text):
    _, traced = chains(text)
    assert all("the language is named" not in chain.notes for chain in traced)


def test_who_spoke_english_was_the_neighbour():
    _, (chain,) = chains("“The rope burned,” Olha Moroz recalled, her words relayed by a neighbour who speaks English.")
    assert chain.speaker_lang == "uk"
    assert [who.role for who in chain.intermediaries] == ["interpreter"]


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        ("He gave NRK an hour. His lawyer confirmed to the broadcaster that a case was “open”.", "NRK"),
        ("The Kyiv Courier first had it. A pilot told the Courier it was “a mess”.", "Kyiv Courier"),
        ("He spoke to the BBC's Ukrainian service and said it was “a mess”.", "BBC Ukrainian"),
        ("She told broadcaster NOS that it was “a mess”.", "NOS"),
    ],
)
def test_outlets_spoken_of_again_and_their_sections(text, outlet):
    _, traced = chains(text)
    assert [who.name for who in traced[-1].intermediaries] == [outlet]


def test_passages_written_to_widen_the_rules():
    """By the hand that wrote the rules. First measured (language, occasion, hands), set by set: .95 .80 .92, .94 .68
    .83, .91 .74 .88, .89 .72 .92, .90 .78 .90, .84 .58 .84, .94 .71 .91, .83 .90 .98, .83 .83 .97, .86 .71 .77, .88
    .73 .88, .87 .83 .90, .90 .84 .90, .95 .81 .81, .95 .81 .95, 1 .73 1."""
    right = [0, 0, 0]
    total = 0
    for line in SAMPLES.with_name("provenance_widened.jsonl").read_text(encoding="utf-8").splitlines():
        passage = json.loads(line)
        quotes, traced = chains(passage["text"])
        for gold in passage["quotes"]:
            place = next(n for n, q in enumerate(quotes) if q.span.start < gold["end"] and gold["start"] < q.span.end)
            chain = traced[place]
            total += 1
            right[0] += chain.speaker_lang in (gold["speaker_lang"], *gold["speaker_lang_alt"])
            right[1] += chain.origin == gold["origin"]
            right[2] += chain.handovers == gold["handovers"]
    assert [count / total >= 0.92 for count in right] == [True] * 3, (right, total)


@pytest.mark.parametrize("name", ["batches", "classes"])
def test_passages_written_while_rules_were_widened(name):
    """Language, occasion, hands of every quote in order. First measured, before the rules were changed for it: batches
    a .91 .84 .93, b .76 .71 .84, c .84 .79 .88, d .91 .68 .77; classes (other wordings of what went wrong in the sixth
    and seventh set) .90 .55 .83, then again .89 .77 .89, .97 .71 .90 and .87 .60 .87.
    The same person wrote rules and passages."""
    right = [0, 0, 0]
    total = 0
    for line in SAMPLES.with_name(f"provenance_{name}.jsonl").read_text(encoding="utf-8").splitlines():
        passage = json.loads(line)
        found = [chain for chain in chains(passage["text"])[1] if chain is not None]
        for gold, chain in zip(passage["quotes"], found, strict=True):
            total += 1
            right[0] += chain.speaker_lang in (gold["speaker_lang"], *gold["speaker_lang_alt"])
            right[1] += chain.origin == gold["origin"]
            right[2] += chain.handovers == gold["handovers"]
    assert [count / total >= 0.88 for count in right] == [True] * 3, (right, total)
