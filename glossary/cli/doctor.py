"""`tolmach doctor`: what is installed, what is missing, what is in the way, and what to do about it."""

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import click

from glossary.cli import diagnostics
from glossary.cli.options import configuration_here
from glossary.cli.standard_output import StandardOutput
from glossary.errors import ConfigError, TolmachError
from glossary.text.display import flowing
from glossary.version import __version__

GOOD, OPTIONAL, BAD = "✓", "–", "✗"


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One thing that was looked at: GOOD, OPTIONAL (missing, and one can do without) or BAD, with what to do.

    `code` is the exit code that a BAD one gives.
    """

    mark: str
    what: str
    next_step: str = ""
    code: int = diagnostics.MISSING


@click.command()
def doctor() -> int:
    """Say what is installed, what is missing or in the way, and what to do about it.

    Exit 4 if something needed is missing or hidden, 2 if the settings or a glossary cannot be used.
    """
    found = [
        Diagnosis(GOOD, f"tolmach {__version__}, Python {sys.version.split()[0]}"),
        *_modules(),
        *_in_the_way(),
        *_settings(),
        *_models(),
        *_memory(),
        *_folders(),
        *_terminal(),
    ]
    with StandardOutput() as stream:
        for one in found:
            stream.write(
                f"{one.mark} {flowing(one.what)}\n" + (f"    → {flowing(one.next_step)}\n" if one.next_step else "")
            )
    return max((one.code for one in found if one.mark == BAD), default=diagnostics.OK)


def _modules() -> Iterator[Diagnosis]:
    from glossary.drafting.engine import EXTRA

    for module, what in (
        ("pymorphy3_dicts_ru", "Russian dictionary"),
        ("pymorphy3_dicts_uk", "Ukrainian dictionary"),
        ("lxml", "XML formats"),
        ("textual", "terminal UI"),
    ):
        there = find_spec(module) is not None
        yield Diagnosis(GOOD if there else BAD, f"{what} ({module})", "" if there else "install tolmach again")
    for step, modules, what in (
        (EXTRA, ("argostranslate", "ctranslate2", "sentencepiece"), "drafts"),
        ("pip install 'tolmach[lsp]' if you want it", ("pygls",), "language server"),
        ("pip install 'tolmach[html]' if you want it", ("trafilatura", "lxml_html_clean"), "saved web pages"),
        ("pip install 'tolmach[cluster]' if you want it", ("distributed",), "Dask clusters"),
    ):
        missing = [module for module in modules if find_spec(module) is None]
        if missing:
            yield Diagnosis(OPTIONAL, f"{what}: no {', '.join(missing)}", step)
        else:
            yield Diagnosis(GOOD, f"{what} ({', '.join(modules)})")


def _in_the_way() -> Iterator[Diagnosis]:
    """Other packages called glossary or tui: found first, one hides ours; found later, ours hides it."""
    from importlib.metadata import packages_distributions

    ours = Path(__file__).resolve().parents[1].parent
    owners = packages_distributions()
    for package in ("glossary", "tui"):
        others = sorted({name for name in owners.get(package, ()) if name.casefold() != "tolmach"})
        homes = [home for folder in sys.path if (home := _home(Path(folder or "."), package)) is not None]
        strange = [home for home in dict.fromkeys(homes) if home.parent != ours]
        spec = find_spec(package)
        first = Path(spec.origin).resolve().parent if spec and spec.origin else None
        named = f" (of {', '.join(others)})" if others else ""
        if first is None or first.parent != ours:
            yield Diagnosis(
                BAD, f"another {package!r}{named} hides ours: {first}", "install tolmach in an environment of its own"
            )
        elif others or strange:
            where = f" in {', '.join(map(str, strange))}" if strange else ""
            what = f"another {package!r}{named}{where} is hidden by ours"
            yield Diagnosis(OPTIONAL, what, "install tolmach in an environment of its own if that program is needed")
        else:
            yield Diagnosis(GOOD, f"no other package is called {package!r}")


def _home(folder: Path, package: str) -> Path | None:
    """The package of this name in a folder of sys.path, if there is one."""
    for path in (folder / package / "__init__.py", folder / f"{package}.py"):
        if path.is_file():
            return path.resolve().parent if path.name == "__init__.py" else path.resolve()
    return None


def _settings() -> Iterator[Diagnosis]:
    """The configuration, and the glossary with what it names."""
    from glossary.files.waiver_files import find_waivers
    from glossary.service import bundled

    try:
        config = configuration_here()
        glossary = bundled(*config.glossaries, house=config.house)
    except TolmachError as error:
        yield Diagnosis(BAD, str(error), "`tolmach config validate` says more", diagnostics.USAGE)
        return
    yield Diagnosis(GOOD, f"settings: {', '.join(map(str, config.files)) or 'the defaults'}")
    own = f", over it {', '.join(config.glossaries)}" if config.glossaries else ""
    yield Diagnosis(GOOD, f"glossary: {len(glossary)} concepts{own}")
    if glossary.problems:
        lint = f"`tolmach terms lint {glossary.problems[0].origin}` names them"
        yield Diagnosis(BAD, f"glossary: {len(glossary.problems)} rows are broken", lint, diagnostics.USAGE)
    if waivers := config.waivers or find_waivers(Path.cwd()):
        yield Diagnosis(GOOD, f"waivers: {waivers}")


def _models() -> Iterator[Diagnosis]:
    from glossary.drafting.packages import inventory, packages_folder

    try:
        found = inventory()
    except ConfigError as error:
        yield Diagnosis(OPTIONAL, f"no models: {error.what}", error.next_step)
        return
    for package in found.packages:
        yield Diagnosis(GOOD, f"model {package.pair} {package.version}: {package.path}")
    for problem in found.problems:
        yield Diagnosis(OPTIONAL, f"model {problem.path}: {problem.what}", "remove it, or install the package again")
    if not found.packages:
        yield Diagnosis(
            OPTIONAL, f"no models in {packages_folder()}", "`tolmach models install en-uk` if you want drafts"
        )


def _memory() -> Iterator[Diagnosis]:
    from glossary import memory
    from glossary.service import default_memory

    try:
        named = configuration_here().memory
    except TolmachError:
        named = ""
    try:
        path = Path(named) if named else default_memory()
    except ConfigError as error:
        yield Diagnosis(OPTIONAL, f"no memory: {error.what}", error.next_step)
        return
    if not path.exists():
        yield Diagnosis(OPTIONAL, f"no memory yet: {path}", "`tolmach memory add` keeps finished pairs")
        return
    try:
        with memory.open_memory(path, create=False) as opened:
            stock = memory.stock(opened)
    except TolmachError as error:
        yield Diagnosis(BAD, f"memory: {error}", "", diagnostics.USAGE)
        return
    yield Diagnosis(GOOD, f"memory: {stock.articles} articles, {stock.quotes} quotes: {path}")


def _folders() -> Iterator[Diagnosis]:
    """The cache makes the start fast; it need not be there."""
    from glossary.data.folders import user_folder

    try:
        folder = user_folder("cache")
    except ConfigError:
        yield Diagnosis(OPTIONAL, "no home directory: nothing is cached", "set HOME or XDG_CACHE_HOME")
        return
    near = next((one for one in (folder, *folder.parents) if one.exists()), folder)
    if os.access(near, os.W_OK):
        yield Diagnosis(GOOD, f"cache: {folder}")
    else:
        yield Diagnosis(OPTIONAL, f"cache: {folder} cannot be written; every start takes seconds", "set XDG_CACHE_HOME")


def _terminal() -> Iterator[Diagnosis]:
    from importlib import import_module

    try:
        refusal = str(import_module("tui.opening").unfit())
    except ImportError:
        refusal = "the terminal UI is not installed"
    encoding = getattr(sys.stdout, "encoding", "") or "unknown"
    if refusal:
        yield Diagnosis(OPTIONAL, f"terminal: {refusal}", "`tolmach check` needs no screen")
    else:
        width, height = os.get_terminal_size()
        term = f"terminal: TERM={os.environ.get('TERM')}, {width}x{height}, {encoding}"
        yield Diagnosis(GOOD, term + (", NO_COLOR" if os.environ.get("NO_COLOR") else ""))
    if sys.stdin is not None and sys.stdin.isatty() and "utf" not in encoding.casefold():
        yield Diagnosis(OPTIONAL, f"the terminal speaks {encoding}: Cyrillic may be unreadable", "use a UTF-8 locale")
