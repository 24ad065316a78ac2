"""A small archive of pairs written for the tests: manifest, texts, and the command line run in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

CHECK = ("check", "--pairs", "pairs.jsonl", "--format", "jsonl", "--no-memory", "--fail-on", "never")
ROOT = Path(__file__).parents[2]
ENGLISH = (
    "Two soldiers of the {n}th Brigade were killed near Kharkiv on Monday, the General Staff said.\n\n"
    "“We are holding the line number {n} and nobody here is going to leave it,” the commander said. "
    "Russia fired {m} missiles overnight.\n"
)
RUSSIAN = (
    "Двое солдат {n}-й бригады погибли под Харьковом в понедельник, сообщил Генеральный штаб.\n\n"
    "«Мы держим рубеж номер {n}, и никто отсюда не уйдёт», — сказал командир. "
    "За ночь Россия выпустила {m} ракет.\n"
)


def row(number: int) -> dict[str, str]:
    """A pair; every seventh has a figure that changed on the way."""
    n, m = number % 90 + 10, number % 80 + 20
    wrong = m + 1 if number % 7 == 0 else m
    return {
        "id": f"p{number}",
        "source_text": ENGLISH.format(n=n, m=m),
        "target_text": RUSSIAN.format(n=n, m=wrong),
        "source_lang": "en",
        "target_lang": "ru",
    }


def written(folder: Path, count: int) -> Path:
    """A manifest of `count` pairs with the texts in it."""
    path = folder / "pairs.jsonl"
    path.write_text("".join(json.dumps(row(n), ensure_ascii=False) + "\n" for n in range(count)), encoding="utf-8")
    return path


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "tui", *map(str, arguments)]


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT)}


def tolmach(folder: Path, *arguments: object) -> "subprocess.CompletedProcess[str]":
    """Run the command line in `folder`."""
    return subprocess.run(
        command(*arguments),
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
    )


def started(folder: Path, *arguments: object) -> "subprocess.Popen[bytes]":
    """A run in a process group of its own, as a terminal would start it, that has written something already."""
    process = subprocess.Popen(
        command(*CHECK, *arguments),
        cwd=folder,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        bufsize=0,
        start_new_session=True,
    )
    assert process.stdout is not None
    process.stdout.read(1)
    return process
