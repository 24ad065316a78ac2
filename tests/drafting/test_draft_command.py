"""`tolmach draft` and `tolmach models` from the outside."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from glossary import at_hand
from glossary.cli import main

TEXT = "Russia attacked Kharkiv with 57 cruise missiles overnight.\n\nFriendly fire killed 16 soldiers in Odesa.\n"
UKRAINIAN = (
    "[[draft en→uk, not confirmed; 2 sentences: 2 by Argos en→uk 1.0]]\n\n"
    "[[draft: machine]] Росія атакувала Харків 57 крилатими ракетами вночі.\n\n"
    "[[draft: machine]] Вогонь по своїх убив 16 солдатів в Одесі.\n"
)


@dataclass(frozen=True)
class Done:
    code: int
    out: str
    err: str


@pytest.fixture
def tolmach(capsys: pytest.CaptureFixture[str]) -> Callable[..., Done]:
    def run(*arguments: object) -> Done:
        code = main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err
        return Done(code, captured.out, captured.err)

    return run


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "a.en.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def with_models(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(folder))


@pytest.mark.usefixtures("with_models")
def test_a_draft_on_stdout_and_in_files(tolmach: Callable[..., Done], source: Path, tmp_path: Path) -> None:
    assert tolmach("draft", source, "--to", "uk") == Done(0, UKRAINIAN, "")
    formats = ["--format", "text", "--format", f"json={tmp_path / 'd.json'}", "--format", f"xliff={tmp_path / 'd.xlf'}"]
    assert tolmach("draft", source, "--to", "uk", "-o", tmp_path / "d.txt", *formats) == Done(0, "", "")
    assert (tmp_path / "d.txt").read_text(encoding="utf-8") == UKRAINIAN
    record = json.loads((tmp_path / "d.json").read_text(encoding="utf-8"))
    assert [one["origin"] for one in record["sentences"]] == ["machine", "machine"]
    assert 'state="needs-review-translation"' in (tmp_path / "d.xlf").read_text(encoding="utf-8")


@pytest.mark.usefixtures("with_models")
def test_a_glossary_of_ones_own(tolmach: Callable[..., Done], source: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text("en,uk\ncruise missile,далекобійна ракета\n", encoding="utf-8")
    done = tolmach("draft", source, "--to", "uk", "--glossary", own, "--domain", "military")
    assert "57 далекобійними ракетами" in done.out


def test_without_a_model_it_says_how_to_get_one(
    tolmach: Callable[..., Done], source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "none"))
    done = tolmach("draft", source, "--to", "uk")
    assert (done.code, done.out) == (4, "")
    assert "tolmach models install en-uk" in done.err
    assert tolmach("models", "list").code == 0


@pytest.mark.usefixtures("with_models")
def test_what_cannot_be_drafted(tolmach: Callable[..., Done], source: Path, tmp_path: Path) -> None:
    target = tmp_path / "a.uk.txt"
    target.write_text("Росія атакувала Харків 57 крилатими ракетами вночі.\n", encoding="utf-8")
    assert tolmach("draft", target, "--to", "ru").code == 2
    assert tolmach("draft", tmp_path / "missing", "--to", "ru").code == 3
    assert tolmach("draft", source).code == 2
    assert tolmach("draft", source, "--to", "de").code == 2
    assert tolmach("draft", source, "--to", "uk", "--format", "docx").code == 2


def test_packages_from_install_to_remove(
    tolmach: Callable[..., Done], toy: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "p"))
    done = tolmach("models", "install", toy("uk"))
    assert (done.code, done.out) == (0, "")
    assert "installed Argos en→uk 1.0" in done.err
    (tmp_path / "p" / "stray\x1b[2J").mkdir()
    done = tolmach("models", "list")
    assert done.out == f"en-uk  1.0  {tmp_path / 'p' / 'toy-en_uk-1_0'}\n"
    assert "stray␛[2J" in done.err
    assert json.loads(tolmach("models", "list", "--format", "json").out)["packages"][0]["pair"] == "en-uk"
    assert tolmach("models", "verify", "en-uk").out == "en-uk  1.0  works\n"
    assert tolmach("models", "verify", "en-ru").code == 3
    model = tmp_path / "p" / "toy-en_uk-1_0" / "model" / "model.bin"
    model.write_bytes(model.read_bytes()[:5000])
    done = tolmach("models", "verify")
    assert (done.code, "cannot be loaded" in done.out) == (3, True)
    assert tolmach("draft", __file__, "--to", "uk").code == 3
    assert tolmach("models", "remove", "en-uk").code == 0
    assert tolmach("models", "remove", "en-uk").code == 2
    assert "this is a folder" in tolmach("models", "install", tmp_path).err
    assert tolmach("models", "install", "tank").code == 2
    assert not (tmp_path / "p" / "toy-en_uk-1_0").exists()


def test_help_loads_no_translator() -> None:
    script = (
        "import sys; from glossary.cli import main\n"
        "main(['draft', '--help']); main(['models', 'install', '--help'])\n"
        "heavy = {'ctranslate2', 'argostranslate', 'sentencepiece', 'numpy', 'pymorphy3'}\n"
        "print(*heavy & set(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stderr == "\n"


KNOWN = """<tmx version="1.4"><header creationtool="x" creationtoolversion="1" segtype="sentence" o-tmf="x"
 adminlang="en" srclang="en" datatype="plaintext"/><body>
<tu><tuv xml:lang="en"><seg>Friendly fire killed 17 soldiers in Odesa.</seg></tuv>
<tuv xml:lang="uk"><seg>Вогонь по своїх убив 17 солдатів в Одесі.</seg></tuv></tu></body></tmx>"""


@pytest.fixture
def fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without models and without a memory."""
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "none"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


@pytest.mark.usefixtures("fresh")
def test_memory_alone_makes_a_draft(tolmach: Callable[..., Done], source: Path, tmp_path: Path) -> None:
    known = tmp_path / "known.tmx"
    known.write_text(KNOWN, encoding="utf-8")
    done = tolmach("draft", source, "--to", "uk", "--tmx", known)
    assert (done.code, done.out) == (
        0,
        "[[draft en→uk, not confirmed; 2 sentences: 1 like one in memory, 1 open, 2 to look at]]\n\n"
        "[[untranslated: Russia attacked Kharkiv with 57 cruise missiles overnight.]]\n\n"
        "[[draft: memory 85 %; here: 16; there: 17]] Вогонь по своїх убив 17 солдатів в Одесі.\n",
    )
    assert "tolmach models install en-uk" in done.err
    assert "1 of 2 sentences left open" in done.err
    assert tolmach("draft", source, "--to", "ru", "--tmx", known).code == 4
    assert tolmach("draft", source, "--to", "uk", "--tmx", tmp_path / "missing.tmx").code == 3
    assert tolmach("draft", source, "--to", "uk", "--tmx", known, "-q").err == ""
    broken = tmp_path / "none" / "broken-en_uk"
    for name in ("metadata.json", "model/model.bin", "model/shared_vocabulary.json", "sentencepiece.model"):
        (broken / name).parent.mkdir(parents=True, exist_ok=True)
        (broken / name).write_text('{"package_version": "1", "from_code": "en", "to_code": "uk"}')
    done = tolmach("draft", source, "--to", "uk", "--tmx", known)
    assert (done.code, "memory 85 %" in done.out, f"{broken}: the model cannot be loaded" in done.err) == (
        0,
        True,
        True,
    )


@pytest.mark.usefixtures("fresh")
def test_a_draft_is_a_draft_until_somebody_confirms_it(
    tolmach: Callable[..., Done], source: Path, tmp_path: Path
) -> None:
    known, drafted, own = tmp_path / "known.tmx", tmp_path / "a.uk.txt", tmp_path / "m.sqlite"
    known.write_text(KNOWN, encoding="utf-8")
    assert tolmach("draft", source, "--to", "uk", "--tmx", known, "-o", drafted).code == 0
    text = drafted.read_text(encoding="utf-8").replace(
        "[[untranslated: Russia attacked Kharkiv with 57 cruise missiles overnight.]]",
        "Росія атакувала Харків 57 крилатими ракетами вночі.",
    )
    drafted.write_text(text, encoding="utf-8")
    done = tolmach("check", source, drafted, "--format", "json", "--fail-on", "never")
    beads = json.loads(done.out)["pairs"][0]["beads"]
    assert [bead.get("draft") for bead in beads] == [None, "memory 85 %; here: 16; there: 17"]
    assert "1 sentence is a draft that nobody has confirmed" in done.err
    outputs = {
        ("align", "tmx"): "x-tolmach-state",
        ("align", "xliff"): "draft: memory",
        ("align", "tsv"): "\t[[draft: memory 85 %",
        ("align", "text"): "draft: memory 85 %",
        ("check", "html"): "draft: memory 85 %",
    }
    for (command, shape), said in outputs.items():
        assert tolmach(command, source, drafted, "--format", shape).out.count(said) == 1, shape
    # A draft that went out as TMX is one when it comes in again.
    assert tolmach("align", source, drafted, "--format", f"tmx={tmp_path / 'o.tmx'}").code == 0
    again = json.loads(tolmach("align", tmp_path / "o.tmx", "--format", "json").out)["pairs"][0]["beads"]
    assert [bead.get("draft") for bead in again] == [None, "memory 85 %; here: 16; there: 17"]
    # Nothing of it is remembered before; all of it is afterwards.
    tolmach("memory", "add", source, drafted, "--memory", own)
    assert "17 солдатів" not in tolmach("memory", "export", "--memory", own).out
    confirmed = text.replace("[[draft: memory 85 %; here: 16; there: 17]] ", "").replace("17 сол", "16 сол")
    drafted.write_text(confirmed.partition("\n\n")[2], encoding="utf-8")
    tolmach("memory", "add", source, drafted, "--memory", own)
    done = tolmach("draft", source, "--to", "uk", "--memory", own, "--no-memory")
    assert done.code == 2
    done = tolmach("draft", source, "--to", "uk", "--memory", own)
    assert done.out.endswith("[[draft: memory]] Вогонь по своїх убив 16 солдатів в Одесі.\n")


def test_a_model_that_never_ends_is_stopped_and_told_of(
    tolmach: Callable[..., Done], toy: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "p"))
    assert tolmach("models", "install", toy("ru")).code == 0
    vocabulary = tmp_path / "p" / "toy-en_ru-1_0" / "model" / "shared_vocabulary.json"
    pieces = json.loads(vocabulary.read_text(encoding="utf-8"))
    end, other = pieces.index("</s>"), len(pieces) - 1
    pieces[end], pieces[other] = pieces[other], pieces[end]  # it says another word where it would end
    vocabulary.write_text(json.dumps(pieces), encoding="utf-8")
    source = tmp_path / "a.en.txt"
    source.write_text("Ukraine received 5 tanks.\n", encoding="utf-8")
    done = tolmach("draft", source, "--to", "ru", "--format", "json")
    (sentence,) = json.loads(done.out)["sentences"]
    assert {"length", "loop"} & {reason["reason"] for reason in sentence["reasons"]}
    assert len(sentence["text"]) < 10_000


@pytest.mark.usefixtures("with_models")
def test_odd_texts_are_drafted_like_others(tolmach: Callable[..., Done], tmp_path: Path) -> None:
    source = tmp_path / "a.en.txt"
    for text, code in (("", 3), (" \n\n", 3), ("😀😀\n\n💥 Nobody was hurt in Odesa. 🚀\n", 0)):
        source.write_text(text, encoding="utf-8")
        done = tolmach("draft", source, "--to", "ru")
        assert done.code == code
    assert done.out.endswith("\n\n😀😀\n\n[[draft: machine]] В Одессе никто не пострадал. 🚀\n")
    source.write_text("Ukraine received 5 tanks and " * 400, encoding="utf-8")
    record = json.loads(tolmach("draft", source, "--to", "ru", "--format", "json").out)
    assert "cut" in [reason["reason"] for reason in record["sentences"][0]["reasons"]]


@pytest.mark.usefixtures("with_models")
def test_a_model_or_a_file_speaks_for_the_alignment(tolmach: Callable[..., Done], tmp_path: Path) -> None:
    source, target, draft = tmp_path / "a.en.txt", tmp_path / "a.uk.txt", tmp_path / "draft.txt"
    source.write_text("Somebody moaned. Children slept inside. Neighbours argued aloud. Soldiers smoked nearby.\n")
    target.write_text("Діти міцно спали. Поруч курили солдати.\n", encoding="utf-8")
    draft.write_text("Хтось стогнав.\nДіти спали.\nСусіди сварилися.\nСолдати курили поруч.\n", encoding="utf-8")
    found = [
        tolmach("align", source, target, "--format", "tsv", "--no-memory", *more)
        for more in ((), ("--draft", draft), ("--draft", "argos"))
    ]
    assert [done.code for done in found] == [0, 0, 0]
    rows = [line.split("\t") for line in found[1].out.splitlines()]
    assert ["Children slept inside.", "Діти міцно спали."] in [[cell for cell in row if " " in cell] for row in rows]
    assert len({done.out for done in found}) == 3


def test_a_draft_that_is_not_there(
    tolmach: Callable[..., Done], source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "none"))
    at_hand._engine.cache_clear()
    target = tmp_path / "a.uk.txt"
    target.write_text("Росія атакувала Харків.\n", encoding="utf-8")
    assert tolmach("align", source, target, "--draft", "argos").code == 4
    assert tolmach("align", source, target, "--draft", tmp_path / "gone.txt").code == 3
    assert tolmach("check", tmp_path, "--draft", target).code == 2
