"""What only shows across articles: slips of terms, quotes rendered otherwise before; the same for every engine."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from archive import written

from glossary.across import Facts, Tally
from glossary.batch.engine import SERIAL
from glossary.batch.processes import Processes
from glossary.files.pairs import entries
from glossary.memory.values import KeptQuote
from glossary.passes import Plan, outcomes
from glossary.service import Settings

Found = list[tuple[int, str, str, int, int]]


def slips(articles: list[str], share: float = 0.1) -> Found:
    """Of articles in which a term is rendered so (`a`, or `a b` where it is mixed): place, rendering, lead, counts."""
    facts = [
        Facts("ru", str(n), tuple(("x", "gun", rendering) for rendering in article.split()))
        for n, article in enumerate(articles)
    ]
    with Tally(share) as tally:
        tally.read((n, f"p{n}", one) for n, one in enumerate(facts))
        return [
            (n, slip.rendering, slip.lead, slip.others, slip.articles)
            for n in range(len(facts))
            for slip in tally.extras(n).slips
        ]


@pytest.mark.parametrize(
    ("articles", "told"),
    [
        (["пушка", "пушка"], []),
        (["пушка", "орудие"], [(1, "орудие", "пушка", 1, 2)]),
        (["орудие", "пушка", "пушка"], [(0, "орудие", "пушка", 2, 3)]),
        (["пушка", "пушка орудие", "пушка"], []),
        (["пушка", "орудие", "гаубица"], []),
        (["пушка"] * 30 + ["орудие"] * 4, []),
        (["пушка"] * 60 + ["орудие"] * 4, [(n, "орудие", "пушка", 60, 64) for n in range(60, 64)]),
        (["пушка", "", "ПУ"], []),
    ],
)
def test_a_rendering_that_stands_in_few_articles_is_a_slip(articles: list[str], told: Found) -> None:
    assert slips(articles) == told


def test_the_share_decides_what_is_usage() -> None:
    articles = ["пушка"] * 30 + ["орудие"] * 10
    assert slips(articles, 0.1) == []
    assert len(slips(articles, 0.25)) == 10


def test_terms_of_two_languages_are_two_matters() -> None:
    with Tally() as tally:
        facts = [Facts(lang, lang, (("x", "gun", word),)) for lang, word in (("ru", "пушка"), ("uk", "гармата"))]
        tally.read((n, "p", one) for n, one in enumerate(facts))
        assert not tally.extras(0)
        assert not tally.extras(1)


LONG = "We will hold this bridge until the last shell is gone and the river carries us away"


def quoted(text: str, rendering: str, speaker: str = "Colonel Ivan Bereza") -> tuple[KeptQuote, ...]:
    return (KeptQuote(text, rendering, speaker, start=3, end=9),)


@pytest.mark.parametrize(
    ("text", "rendering", "speaker", "told"),
    [
        (LONG, "Мы будем держать мост", "Colonel Ivan Bereza", True),
        (LONG, "мы удержим мост, пока не кончатся снаряды!", "Colonel Ivan Bereza", False),
        (LONG.replace("this bridge", "the bridge here"), "Мы будем держать мост", "Ivan Bereza", True),
        (LONG, "Мы будем держать мост", "General Petro Lys", False),
        ("Our tanks never entered the village of the beekeepers", "Мы будем держать мост", "Ivan Bereza", False),
    ],
)
def test_a_quote_that_was_rendered_otherwise_before(text: str, rendering: str, speaker: str, told: bool) -> None:
    earlier = Facts("ru", "a", (), quoted(LONG, "Мы удержим мост, пока не кончатся снаряды"))
    with Tally() as tally:
        tally.read([(0, "first", earlier), (1, "second", Facts("ru", "b", (), quoted(text, rendering, speaker)))])
        assert not tally.extras(0), "nothing is earlier than the first"
        found = tally.extras(1).quotes
        assert bool(found) == told
        if told:
            assert found[0][1].article == "first"
            assert found[0][1].rendering.startswith("Мы удержим")


def test_a_second_rendering_of_the_same_article_is_no_earlier_article() -> None:
    facts = [Facts("ru", "a", (), quoted(LONG, rendering)) for rendering in ("Мы удержим мост", "Мост мы не отдадим")]
    with Tally() as tally:
        tally.read((n, "p", one) for n, one in enumerate(facts))
        assert not tally.extras(1)


def test_common_words_do_not_make_the_pass_slow() -> None:
    """A wording that is met everywhere costs a bounded number of comparisons."""
    import glossary.across as room

    compared = 0
    before: Callable[..., Any] = room.judged

    def counted(*arguments: Any) -> Any:
        nonlocal compared
        compared += 1
        return before(*arguments)

    with pytest.MonkeyPatch.context() as patch, Tally() as tally:
        patch.setattr(room, "judged", counted)
        tally.read((n, "p", Facts("ru", str(n), (), quoted(LONG, "Мы удержим мост"))) for n in range(200))
    assert compared <= 200 * room.CANDIDATES


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Three articles: the third renders a term and a quote otherwise than the first two."""
    rows = []
    for number, quote in enumerate((0, 0, 1)):
        name = ("Kharkiv", "Poltava", "Sumy")[number]
        place = ("Харьковом", "Полтавой", "Сумами")[number]
        said = (
            "Мы удержим этот мост, пока не кончатся снаряды и река не унесёт нас",
            "Мост мы ни за что не сдадим, хоть бы нас смыло рекой",
        )[quote]
        soldiers = ("военнослужащих", "военнослужащих", "солдат")[number]
        rows.append(
            {
                "id": f"p{number}",
                "source_text": f"12 servicemen were wounded near {name}.\n\n“{LONG},” Colonel Ivan Bereza said.",
                "target_text": f"Под {place} ранены 12 {soldiers}.\n\n«{said}», — сказал полковник Иван Береза.",
                "source_lang": "en",
                "target_lang": "ru",
            }
        )
    path = tmp_path / "archive.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return path


def findings(plan: Plan, manifest: Path, engine: Any = SERIAL) -> list[set[str]]:
    found = [json.loads(outcome.texts[0]) for outcome in outcomes(plan, entries(manifest), engine)]
    return [{finding["rule"] for finding in record["findings"]} for record in found]


def test_findings_stand_in_the_pairs_they_are_about(archive: Path) -> None:
    plan = Plan(Settings(outputs=("jsonl",), domain="military"), across=True)
    found = findings(plan, archive)
    assert "quote-archive" not in found[0] | found[1]
    assert {"quote-archive", "term-inconsistent"} <= found[2]
    assert not {"quote-archive", "term-inconsistent"} & set().union(*findings(Plan(plan.settings), archive))


def test_two_passes_give_the_same_bytes_in_processes(tmp_path: Path) -> None:
    manifest = written(tmp_path, 40)
    plan = Plan(Settings(outputs=("json", "html"), domain="military"), across=True)
    results = [[one.texts for one in outcomes(plan, entries(manifest), engine)] for engine in (SERIAL, Processes(2))]
    assert results[0] == results[1]
