"""Commands that explain Tolmach itself: rules, keys, read."""

import json
from importlib.util import find_spec
from pathlib import Path

import click

from glossary.cli import diagnostics
from glossary.cli.standard_output import StandardOutput
from glossary.errors import UsageError
from glossary.findings import rules as all_rules


@click.command()
@click.argument("code", required=False)
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
def rules(code: str | None, format_: str) -> int:
    """List the rules, or explain the one called CODE (a code like T101 or a name)."""
    chosen = [r for r in all_rules().values() if code is None or code.casefold() in (r.code.casefold(), r.name)]
    if not chosen:
        raise UsageError(f"no rule is called {code!r}", "", "`tolmach rules` lists codes and names")
    with StandardOutput() as stream:
        if format_ == "json":
            table = [
                {"code": r.code, "rule": r.name, "severity": str(r.severity), "summary": r.summary, "why": r.why}
                for r in chosen
            ]
            stream.write(json.dumps(table, ensure_ascii=False, indent=1) + "\n")
        elif code is None:
            for rule in chosen:
                stream.write(f"{rule.code}  {rule.name:24s} {rule.severity!s:8s} {rule.summary}\n")
        else:
            rule = chosen[0]
            stream.write(
                f"{rule.code} {rule.name} ({rule.severity})\n\n{rule.summary}.\n\n{rule.why}\n\n{rule.next_step}\n"
            )
    return diagnostics.OK


@click.command()
def keys() -> int:
    """The keys of the terminal UI."""
    if find_spec("tui") is None:
        raise UsageError("the terminal UI is not installed", "", "install the whole package")
    from importlib import import_module

    with StandardOutput() as stream:
        stream.write(import_module("tui.commands").keys_text())
    return diagnostics.OK


@click.command()
@click.argument("file")
@click.option("--encoding", help="The encoding, if the detected one is wrong.")
def read(file: str, encoding: str | None) -> int:
    """Print FILE as Tolmach reads it; offsets in reports count code points of this text."""
    from glossary.files.documents import read_text

    found = read_text(Path(file), encoding)
    with StandardOutput() as stream:
        stream.write(found.text)
    guessed = " (guessed)" if found.guessed else ""
    diagnostics.say(f"{file}: {found.encoding}{guessed}, {len(found.text)} characters")
    return diagnostics.OK
