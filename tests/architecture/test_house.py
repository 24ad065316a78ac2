"""The house rules that a machine can hold: arrows, sizes, names, what start-up may import."""

import ast
import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

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


def test_every_package_that_an_install_brings_is_pinned_once() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert lines == sorted(lines, key=str.upper), "LC_ALL=C sort -f -o constraints.txt constraints.txt"
    pinned = [canonicalize_name(line.split("==")[0]) for line in lines]
    assert len(set(pinned)) == len(pinned)
    extras = metadata.metadata("tolmach").get_all("Provides-Extra") or []
    waiting, met = [("tolmach", extra) for extra in ("", *extras)], set[tuple[str, str]]()
    while waiting:
        package = waiting.pop()
        # argostranslate is installed without what it asks for
        if package in met or package[0] == "argostranslate":
            continue
        met.add(package)
        name, extra = package
        if name != "tolmach":
            assert name in pinned
        for asked in _asked(name):
            if asked.marker is None or asked.marker.evaluate({"extra": extra}):
                waiting += [(canonicalize_name(asked.name), one) for one in ("", *asked.extras)]


def _asked(name: str) -> list[Requirement]:
    """What an installed package asks for; nothing of one that is not there."""
    try:
        return [Requirement(line) for line in metadata.requires(name) or []]
    except metadata.PackageNotFoundError:
        return []
