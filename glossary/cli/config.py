"""`tolmach config`: what is set, where it was set, and whether it holds together."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from glossary.cli import diagnostics
from glossary.cli.options import CONFIG, Group, configuration_here
from glossary.cli.run import outputs
from glossary.cli.standard_output import StandardOutput
from glossary.errors import TolmachError, UsageError
from glossary.files.configuration import Configuration, Key, keys
from glossary.files.waiver_files import read_baseline
from glossary.text.display import flowing

WIDTH = 42


@click.group(cls=Group)
def config() -> None:
    """Settings in tolmach.toml or [tool.tolmach] of pyproject.toml, looked for upward, and in TOLMACH_… variables."""


@config.command()
@click.argument("key", required=False)
@CONFIG
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
def show(key: str | None, config: str | None, format_: str) -> int:
    """Show each setting (or KEY), where it was set, and what it means."""
    found = configuration_here(config)
    chosen = [one for one in keys().values() if key in (None, one.name, one.field)]
    if not chosen:
        raise UsageError(f"no setting is called {key!r}", "", f"there are {', '.join(keys())}")
    with StandardOutput() as stream:
        if format_ == "json":
            rows = {one.name: {"value": _plain(one, found), "origin": _origins(one, found)} for one in chosen}
            stream.write(json.dumps({"schema": 1, "settings": rows}, ensure_ascii=False, indent=1) + "\n")
        else:
            stream.write("".join(_entry(one, found) for one in chosen))
    if format_ == "text" and key is None:
        diagnostics.say(f"read: {', '.join(map(str, found.files)) or 'no file'}")
    return diagnostics.OK


def _entry(key: Key, found: Configuration) -> str:
    """A setting as people read it: the lines one could write into tolmach.toml, and the origin of each."""
    value, origins = _plain(key, found), _origins(key, found)
    lines = [f"# {key.meaning}" + (f" ({key.variable})" if key.variable else "")]
    if isinstance(value, dict):
        for name, entry in value.items():
            lines.append(_aligned(f"{key.name}.{name} = {_toml(entry)}", origins[name]))
        if not value:
            lines.append(_aligned(f"{key.name} = {{}}", origins[""]))
    else:
        lines.append(_aligned(f"{key.name} = {_toml(value)}", origins[""]))
    return "\n".join(map(flowing, lines)) + "\n\n"


def _aligned(setting: str, origin: str) -> str:
    return f"{setting:<{WIDTH}}  # {origin}"


def _plain(key: Key, found: Configuration) -> Any:
    """The value as it would stand in a file."""
    value = getattr(found, key.field)
    if key.kind == "severities":
        return {rule: "off" if weight is None else str(weight) for rule, weight in value}
    if key.kind == "house":
        return {choice.concept: choice.cells for choice in value}
    return list(value) if isinstance(value, tuple) else value


def _origins(key: Key, found: Configuration) -> dict[str, str]:
    """Where the setting (under the empty name), or each entry of a table, was set."""
    names = {"": key.field}
    if key.kind == "severities":
        names |= {rule: f"{key.field}.{rule}" for rule, _ in found.severity}
    elif key.kind == "house":
        names |= {choice.concept: f"{key.field}.{choice.concept}" for choice in found.house}
    return {name: found.origin(path) for name, path in names.items()}


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{name} = {_toml(entry)}" for name, entry in value.items()) + " }"
    return json.dumps(value, ensure_ascii=False)


@config.command()
@CONFIG
def validate(config: str | None) -> int:
    """Read what the settings name: glossaries, waivers, formats, languages. Exit 2 if something is broken."""
    from glossary.cli.check import FORMATS
    from glossary.drafting.relay import third_language
    from glossary.service import bundled, settings_of

    found = configuration_here(config)
    wrong = 0

    def tried(name: str, what: Any) -> None:
        nonlocal wrong
        try:
            what()
        except TolmachError as error:
            wrong += 1
            diagnostics.report(error)
            if found.origin(name) not in error.where:
                diagnostics.say(f"  set by {found.origin(name)}")

    tried("glossaries", lambda: bundled(*found.glossaries))
    if not wrong:
        tried("house", lambda: bundled(*found.glossaries, house=found.house))
    if found.baseline:
        tried("baseline", lambda: read_baseline(Path(found.baseline)))
    tried("waivers", lambda: settings_of(replace(found, baseline=""), Path.cwd(), datetime.now(UTC).date()))
    tried("formats", lambda: outputs(found.formats, None, FORMATS, found.origin("formats")))
    if found.draft_via:
        tried("draft_via", lambda: third_language(found.draft_via))
    for problem in bundled(*found.glossaries).problems if not wrong else ():
        wrong += 1
        diagnostics.warn(f"{problem.origin}:{problem.line}:{problem.column}: {problem.message}")
    if wrong:
        return diagnostics.USAGE
    diagnostics.say(f"in order: {', '.join(map(str, found.files)) or 'no file; all settings have their defaults'}")
    return diagnostics.OK
