"""The machine itself, on the toy models."""

import json
import subprocess
import sys
import threading
import time
from importlib.util import find_spec
from pathlib import Path

import pytest

from glossary.drafting.engine import BATCH, LONGEST, CancelledError, Engine
from glossary.drafting.packages import Package, inventory
from glossary.errors import InputError

MODELS = Path(__file__).parents[1] / "models"
ATTACK = {
    "ru": "Россия атаковала Харьков 57 крылатыми ракетами ночью.",
    "uk": "Росія атакувала Харків 57 крилатими ракетами вночі.",
}


@pytest.mark.parametrize("lang", ["ru", "uk"])
def test_sentences_it_never_saw_come_out_exactly(engines: dict[str, Engine], lang: str) -> None:
    held_out = json.loads((MODELS / f"held_out.en-{lang}.json").read_text(encoding="utf-8"))
    results = engines[lang].translate([row["source"] for row in held_out])
    right = sum(found[0].text in row["target"] for found, row in zip(results, held_out, strict=True))
    assert right >= 0.95 * len(held_out)


@pytest.mark.parametrize("lang", ["ru", "uk"])
def test_several_renderings_come_best_first(engines: dict[str, Engine], lang: str) -> None:
    (found,) = engines[lang].translate(["Russia attacked Kharkiv with 57 cruise missiles overnight."], 4)
    assert len({one.text for one in found}) == 4
    assert found[0].text == ATTACK[lang]
    assert -0.3 < found[0].score < 0
    assert found[0].score == max(one.score for one in found)


def test_batches_keep_the_order(engines: dict[str, Engine]) -> None:
    sentences = [f"Ukraine received {n} tanks." for n in (5, 16, 27, 38, 49) for _ in range(9)]
    sentences[7] = ""
    steps: list[int] = []
    found = engines["ru"].translate(sentences, step=steps.append)
    alone = [engines["ru"].translate([sentence]) for sentence in sentences]
    assert [f[0].text if f else "" for f in found] == [a[0][0].text if a[0] else "" for a in alone]
    assert found[7] == ()
    assert len(steps) == -(-44 // BATCH)
    assert steps[-1] == 45


@pytest.mark.parametrize(
    "text", ["", " ", "\0", "\ud800", "😀", "\x1b[2J", "\u202e", "a_b X17Y", "ы" * 3000, "x " * 5000]
)
def test_any_text_is_input(engines: dict[str, Engine], text: str) -> None:
    (found,) = engines["uk"].translate([text])
    assert all(isinstance(one.text, str) for one in found)


def test_a_sentence_that_is_too_long_is_cut_at_clauses(engines: dict[str, Engine]) -> None:
    clause = "Russia attacked Kharkiv with 57 cruise missiles overnight; "
    sentence = clause * 180
    assert len(sentence) > 10_000
    begin = time.monotonic()
    ((found,),) = engines["ru"].translate([sentence])
    assert time.monotonic() - begin < 20
    assert found.cut
    assert found.text.count("Харьков") >= 20
    parts = engines["ru"]._parts(sentence)
    assert all(len(part) <= LONGEST for part in parts)
    assert "".join(engines["ru"]._decode(part) for part in parts).replace(" ", "") == sentence.replace(" ", "")


def test_it_stops_within_a_second(engines: dict[str, Engine]) -> None:
    stop = threading.Event()
    timer = threading.Timer(0.2, stop.set)
    timer.start()
    begin = time.monotonic()
    with pytest.raises(CancelledError):
        engines["ru"].translate(["Russia attacked Kharkiv with 57 cruise missiles."] * 3000, 4, stop.is_set)
    assert time.monotonic() - begin < 1.2
    assert engines["ru"].translate(["Ukraine received 5 tanks."])[0][0].text == "Украина получила 5 танков."


def test_what_was_typed_is_continued(engines: dict[str, Engine]) -> None:
    sentence = "Russia attacked Kharkiv with 57 cruise missiles overnight."
    for found in engines["ru"].continued(sentence, "РФ атаковала ", 2):
        assert found.text.startswith("РФ атаковала ")
    assert engines["ru"].continued(sentence, "")[0].text == ATTACK["ru"]
    assert engines["ru"].continued("", "РФ") == ()


def test_the_right_rendering_is_likelier(engines: dict[str, Engine]) -> None:
    right, wrong, empty = engines["ru"].scores(
        "Nobody was hurt in Odesa.", ["В Одессе никто не пострадал.", "В Херсоне.", ""]
    )
    assert wrong < right < 0
    assert isinstance(empty, float)
    assert engines["ru"].scores("", ["В Одессе"]) == (0.0,)


def test_what_is_too_long_is_neither_scored_nor_continued(engines: dict[str, Engine]) -> None:
    long = "Ukraine received 5 tanks and " * 100
    assert engines["ru"].scores(long, ["Украина", "Россия"]) == (0.0, 0.0)
    assert engines["ru"].continued(long, "Украина " * 300) == ()
    assert engines["ru"].continued(long, "РФ")[0].text.startswith("РФ")


def test_what_is_typed_stays_as_it_is_typed(engines: dict[str, Engine]) -> None:
    sentence = "Russia attacked Kharkiv with 57 cruise missiles overnight."
    for begun in ("РФ  атаковала", "“РФ”", "РФ атак", "🚀 РФ", "рф\u00a0атаковала"):
        (found,) = engines["ru"].continued(sentence, begun)
        assert found.text.startswith(begun)
        assert len(found.text) > len(begun)


def test_what_is_closed_does_not_come_up(engines: dict[str, Engine]) -> None:
    (found,) = engines["ru"].translate(["Ukraine received 5 tanks."], without=["танков"])
    assert "танков" not in found[0].text


def test_threads_share_an_engine(engines: dict[str, Engine]) -> None:
    done: list[str] = []

    def run() -> None:
        for _ in range(10):
            done.append(engines["uk"].translate(["Ukraine received 5 tanks."])[0][0].text)

    threads = [threading.Thread(target=run) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert done == ["Україна отримала 5 танків."] * 80


def test_a_broken_package_is_named(folder: Path, tmp_path: Path) -> None:
    package = inventory(folder).packages[0]
    for name, size in (("model/model.bin", 1000), ("sentencepiece.model", 100), ("model/shared_vocabulary.json", 0)):
        copy = tmp_path / name.replace("/", "-")
        for path in package.path.rglob("*"):
            if path.is_file():
                goal = copy / path.relative_to(package.path)
                goal.parent.mkdir(parents=True, exist_ok=True)
                goal.write_bytes(path.read_bytes())
        (copy / name).write_bytes((copy / name).read_bytes()[:size])
        with pytest.raises(InputError, match="cannot be loaded") as caught:
            Engine(Package("en", "ru", "1.0", copy), 1)
        assert caught.value.where == str(copy)
        assert "models install en-ru" in caught.value.next_step


def test_neither_torch_nor_a_server_takes_part(folder: Path) -> None:
    script = (
        "import os, sys; os.environ['ARGOS_MODEL_PROVIDER'] = 'OPENAI'\n"
        "from pathlib import Path\n"
        "from glossary.drafting.engine import Engine\n"
        "from glossary.drafting.packages import inventory\n"
        f"engine = Engine(inventory(Path({str(folder)!r})).find('en', 'ru'), 1)\n"
        "print(engine.translate(['Ukraine received 5 tanks.'])[0][0].text)\n"
        "from argostranslate import settings; print(settings.model_provider.name)\n"
        "print(*{'torch', 'stanza', 'spacy', 'argostranslate.translate', 'minisbd'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.splitlines() == ["Украина получила 5 танков.", "OPENNMT", ""]


def test_argos_translate_itself_gives_the_same(folder: Path, engines: dict[str, Engine]) -> None:
    if find_spec("minisbd") is None:
        pytest.skip("minisbd (AGPL, with onnxruntime) is not installed; argostranslate.translate imports it")
    sentences = ["Russia attacked Kharkiv with 57 cruise missiles overnight.", "Nobody was hurt in Odesa."]
    script = (
        "import os, sys, types, importlib.util\n"
        f"os.environ['ARGOS_PACKAGES_DIR'] = {str(folder)!r}\n"
        "if importlib.util.find_spec('stanza') is None: sys.modules['stanza'] = types.ModuleType('stanza')\n"
        "from argostranslate import translate\n"
        f"for lang in ('ru', 'uk'): print(translate.translate({' '.join(sentences)!r}, 'en', lang))\n"
        "print('torch' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True)
    ours = [" ".join(found[0].text for found in engines[lang].translate(sentences)) for lang in ("ru", "uk")]
    assert done.stdout.splitlines() == [*ours, "False"]
