"""The house rules that a machine can hold: arrows, sizes, names, what start-up may import."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODULES = sorted(path for folder in ("glossary", "tui") for path in (ROOT / folder).rglob("*.py"))
NAMELESS = re.compile(r"(^|_)(utils?|helpers?|common|misc|manager)($|_)")


def test_import_contracts() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_module_is_one_thing(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 500
    assert not NAMELESS.search(path.stem)
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno is not None
            assert node.end_lineno - node.lineno < 60, f"{node.name} is {node.end_lineno - node.lineno + 1} lines long"
        if isinstance(node, ast.ClassDef):
            assert not node.name.endswith("Manager")


@pytest.mark.parametrize(
    ("arguments", "banned"),
    [
        ("--version", "textual numpy pymorphy3 rapidfuzz langdetect ctranslate2 lxml"),
        ("--help", "textual numpy pymorphy3 rapidfuzz langdetect ctranslate2 lxml"),
        ("check --help", "textual rich pymorphy3 ctranslate2"),
    ],
)
def test_start_up_imports(arguments: str, banned: str) -> None:
    script = (
        "import sys; from tui.__main__ import main\n"
        f"try: main({arguments.split()!r})\n"
        "except SystemExit: pass\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    assert done.stdout
    assert not set(banned.split()) & set(done.stderr.split())


def test_importing_the_package_loads_neither_screen_nor_model() -> None:
    script = "import sys, glossary; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True)
    assert not {"textual", "rich", "numpy", "pymorphy3", "argostranslate", "torch"} & set(done.stdout.split())


def test_every_public_name_is_there() -> None:
    import glossary

    for name in glossary.__all__:
        assert getattr(glossary, name) is not None


def test_checking_loads_no_screen_and_no_torch() -> None:
    script = (
        "import sys; from glossary.cli import main\n"
        "main(['check', 'glossary/data/demo', '--format', 'jsonl', '--fail-on', 'never'])\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT)
    assert done.stdout.count("\n") == 3
    assert not {"textual", "rich", "torch", "stanza", "spacy"} & set(done.stderr.split())


def test_nothing_asks_for_torch() -> None:
    pins = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    names = {line.split("==")[0].lower() for line in pins.splitlines()}
    assert not names & {"torch", "stanza", "spacy"}
    assert not any(name.startswith("nvidia") for name in names)
    assert all("==" in line for line in pins.splitlines())
