"""Which language: own sentences, in the short, loud and related forms that mislead detectors."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glossary.text.language import detect

SURE = [
    ("en", "The general said on Tuesday that his brigade had held the village for nine days."),
    ("en", "THE GENERAL SAID HIS BRIGADE HAD HELD THE VILLAGE"),
    ("en", "Drone strike hits depot near the Russian border"),
    ("en", "He was heard shouting “Слава Україні!” as the tank burned, witnesses said on Friday."),
    ("ru", "Генерал заявил во вторник, что его бригада удерживала село девять дней."),
    ("ru", "ГЕНЕРАЛ ЗАЯВИЛ, ЧТО БРИГАДА УДЕРЖАЛА СЕЛО"),
    ("ru", "Удар беспилотника по складу на границе: есть погибшие"),
    ("ru", "Снаряды закончились ещё в мае, а новые не пришли"),
    ("ru", "The New York Times и The Washington Post написали об этом первыми, ссылаясь на CNN"),
    ("ru", "Агентство «Укрінформ» сообщило, что на севере Харьковской области был слышен взрыв."),
    ("uk", "Генерал заявив у вівторок, що його бригада утримувала село дев’ять днів."),
    ("uk", "ГЕНЕРАЛ ЗАЯВИВ, ЩО БРИГАДА ВТРИМАЛА СЕЛО"),
    ("uk", "Удар безпілотника по складу на кордоні: є загиблі"),
    ("uk", "Але командувач наполягав, що вона не мала про це знати"),
    ("uk", "Він процитував «Комсомольскую правду» й додав, що це звичайна брехня російської пропаганди."),
    ("other", "Генерал заявіў у аўторак, што яго брыгада ўтрымлівала вёску дзевяць дзён."),
    ("other", "Генералът заяви във вторник, че бригадата му е удържала селото девет дни и ще продължи."),
    ("other", "Генералот изјави во вторникот дека неговата бригада го држела селото девет дена и дека ќе продолжи."),
    ("other", "Генерал је у уторак изјавио да је његова бригада држала село девет дана."),
    ("other", "Generał powiedział we wtorek, że jego brygada utrzymywała wieś przez dziewięć dni."),
    ("other", "Der General sagte am Dienstag, seine Brigade habe das Dorf neun Tage lang gehalten."),
    ("other", "Le général a déclaré mardi que sa brigade avait tenu le village pendant neuf jours."),
    ("other", "将軍は火曜日に、彼の旅団が九日間村を守ったと述べた。"),
    ("und", ""),
    ("und", " \n 24.02.2022 — 155 №"),
    ("other", "Генералот изјави во вторникот дека го држи селото."),
    ("und", "Харків"),
    ("und", "НАТО"),
    ("und", "Kyiv Bakhmut Zelensky"),
    ("und", "😀😀😀"),
]


@pytest.mark.parametrize(("lang", "text"), SURE, ids=[f"{lang}-{text[:24]}" for lang, text in SURE])
def test_detect(lang: str, text: str) -> None:
    guess = detect(text)
    assert guess.lang == lang, guess
    assert guess.evidence
    assert 0 <= guess.confidence <= 1
    assert guess.lang == "und" or guess.confidence >= 0.9


def test_what_the_project_expects_decides_only_where_nothing_else_does() -> None:
    assert detect("Харьков", "ru").lang == "ru"
    assert detect("Марш НАТО", "uk").lang == "uk"
    assert detect("Генерал заявив, що його бригада втримала село.", "ru").lang == "uk"
    assert detect("Генерал заявил, что его бригада удержала село.", "uk").lang == "ru"
    assert detect("Київ", "ru").lang == "und"
    assert detect("Generał powiedział we wtorek, że jego brygada utrzymywała wieś.", "en").lang == "other"


def test_addresses_and_tags_are_not_evidence() -> None:
    address = "https://example.com/the-general-said-that-it-was-not-the-end-of-the-war"
    assert detect(f"Генерал заявив, що це ще не кінець. {address} #StandWithUkraine").lang == "uk"


def test_other_says_what_it_looks_like() -> None:
    assert "pl" in detect(SURE[19][1]).evidence
    assert "Belarusian" in detect(SURE[15][1]).evidence


def test_threads_agree() -> None:
    texts = ["Потерпілий не бачив нападника", "Жертва не видела нападавшего", "Pentagon weighs options"] * 8
    alone = [detect(text) for text in texts]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(detect, texts)) == alone


def test_processes_agree_from_the_first_call_by_threads() -> None:
    program = (
        "from concurrent.futures import ThreadPoolExecutor\n"
        "from glossary.text.language import detect\n"
        "texts = ['Потерпілий не бачив нападника', 'Команда готова до матчу', 'Pentagon weighs options'] * 4\n"
        "with ThreadPoolExecutor(8) as pool:\n"
        "    print([(g.lang, g.confidence) for g in pool.map(detect, texts)])\n"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(said) == 1


def test_langdetect_is_imported_only_when_needed() -> None:
    program = (
        "import sys\nfrom glossary.text.language import detect\n"
        "assert detect('Він заявив, що це їхня помилка.').lang == 'uk'\n"
        "assert not any(name.startswith('langdetect') for name in sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


@given(st.text(max_size=300))
@settings(max_examples=50, deadline=None)
def test_any_text_has_an_answer(text: str) -> None:
    guess = detect(text)
    assert guess.lang in ("en", "ru", "uk", "other", "und")
    assert detect(text) == guess
