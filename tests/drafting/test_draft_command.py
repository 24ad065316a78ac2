"""`tolmach draft` and `tolmach models` from the outside."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from glossary.cli import main

TEXT = "Russia attacked Kharkiv with 57 cruise missiles overnight.\n\nFriendly fire killed 16 soldiers in Odesa.\n"
UKRAINIAN = (
    "[[machine draft by Argos en→uk 1.0, en→uk, not confirmed; 0 of 2 sentences to look at]]\n\n"
    "Росія атакувала Харків 57 крилатими ракетами вночі.\n\nВогонь по своїх убив 16 солдатів в Одесі.\n"
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
    assert tolmach("draft", source, "--to", "uk", "--format", "html").code == 2


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
    assert tolmach("models", "install", tmp_path).code == 3
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
