"""Running the command line in this process, and a small pair of texts."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from glossary.cli import main

ENGLISH = (
    "Two soldiers of the 24th Brigade were killed near Kharkiv on Monday, the General Staff said.\n\n"
    "“We are holding the line,” the commander said. Russia fired 57 missiles overnight.\n"
)
RUSSIAN = (
    "Двое солдат 24-й бригады погибли под Харьковом в понедельник, сообщил Генеральный штаб.\n\n"
    "«Мы держим оборону», — сказал командир. За ночь Россия выпустила 57 ракет.\n"
)
UKRAINIAN = (
    "Двоє солдатів 24-ї бригади загинули під Харковом у понеділок, повідомив Генеральний штаб.\n\n"
    "«Ми тримаємо оборону», – сказав командир. За ніч Росія випустила 57 ракет.\n"
)


@dataclass(frozen=True, slots=True)
class Done:
    """How a command ended and what it wrote."""

    code: int
    out: str
    err: str


@pytest.fixture
def tolmach(capsys: pytest.CaptureFixture[str]) -> Callable[..., Done]:
    """Run the command line with these arguments."""

    def run(*arguments: object) -> Done:
        code = main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err
        return Done(code, captured.out, captured.err)

    return run


@pytest.fixture
def texts() -> dict[str, str]:
    """The texts of the pair and a Ukrainian rendering, by language."""
    return {"en": ENGLISH, "ru": RUSSIAN, "uk": UKRAINIAN}


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    """An English text and its faultless Russian rendering."""
    source, target = tmp_path / "a.en.txt", tmp_path / "a.ru.txt"
    source.write_text(ENGLISH, encoding="utf-8")
    target.write_text(RUSSIAN, encoding="utf-8")
    return source, target
