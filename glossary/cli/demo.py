"""`tolmach demo`: the main job on the bundled article and its two renderings."""

import shlex
import shutil
import sys
from pathlib import Path

import click

from glossary import data
from glossary.cli import diagnostics
from glossary.cli import run as runs
from glossary.cli.run import Output
from glossary.files.pairs import PairEntry
from glossary.passes import Plan
from glossary.service import Settings


@click.command()
@click.option("-o", "--output", default="tolmach-demo.report.html", show_default=True, metavar="FILE")
@click.option("--no-color", "--no-colour", "plain", is_flag=True, help="No colours, whatever the terminal.")
def demo(output: str, plain: bool) -> int:
    """Check a bundled article against a Russian and a Ukrainian rendering with planted problems.

    The report goes to stdout, the same as HTML to FILE.
    """
    folder = data.FOLDER / "demo"
    source = folder / "intercept.en.txt"
    pairs = [
        PairEntry(f"intercept.{lang}", _near(source), target=_near(folder / f"intercept.{lang}.txt"))
        for lang in ("ru", "uk")
    ]
    wanted = (Output("text", None), Output("html", Path(output)))
    formats = tuple(output.format for output in wanted)
    runs.run(Plan(Settings("check", colour=runs.coloured(plain, wanted), outputs=formats)), pairs, wanted)
    diagnostics.say(f"HTML report: {output}")
    line = (_program(), _near(source), _near(folder / "intercept.ru.txt"))
    diagnostics.say(f"Terminal UI: {shlex.join(line)}")
    return diagnostics.OK


def _near(path: Path) -> str:
    """The path as one would type it here."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def _program() -> str:
    """This command as one would type it here: by its path if the shell would find none or another."""
    begun, found = Path(sys.argv[0]), shutil.which("tolmach")
    if not begun.is_file() or begun.stem != "tolmach" or (found and begun.samefile(found)):
        return "tolmach"
    return _near(begun.absolute())
