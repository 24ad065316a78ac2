"""The options of commands on pairs, as click declares them and as one value."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from glossary.findings import Severity

if TYPE_CHECKING:
    from glossary.files.configuration import Configuration
    from glossary.terms.concepts import Glossary

Command = TypeVar("Command", bound=Callable[..., Any])
CONFIG = click.option(
    "--config", metavar="FILE", help="Read in the place of tolmach.toml or pyproject.toml, looked for upward."
)
FAIL_ON = {"error": Severity.ERROR, "warning": Severity.WARNING, "info": Severity.INFO, "never": None}


@dataclass(frozen=True, slots=True)
class Options:
    """What the user asked for; the fields are named as the options declared below."""

    paths: tuple[str, ...]
    pairs: str | None
    formats: tuple[str, ...]
    output: str | None
    glossaries: tuple[str, ...]
    source_lang: str | None
    target_lang: str | None
    jobs: int | None
    memory: str | None
    no_memory: bool
    quiet: bool
    plain: bool
    config: str | None
    domain: str | None = None
    fail_on: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    baseline: str | None = None
    waivers: str | None = None
    write_baseline: str | None = None
    ledger: str | None = None
    resume: bool = False
    scheduler: str | None = None
    draft: str | None = None
    across: bool | None = None
    across_share: float | None = None
    verbose: bool = False
    statistics: str | None = None


class Group(click.Group):
    """Commands below a command, each listed with its whole first sentence."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        names = self.list_commands(ctx)
        rows = [(name, command.get_short_help_str(200)) for name in names if (command := self.get_command(ctx, name))]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


def common_options(formats: tuple[str, ...]) -> Callable[[Command], Command]:
    """The options that every command on pairs has; `formats` are those the command can write."""
    names = ", ".join(formats)
    options = [
        click.argument("paths", nargs=-1, metavar="SOURCE [TARGET] | DIR"),
        click.option("--pairs", metavar="MANIFEST", help="A manifest: JSONL, CSV or TSV, one pair a line."),
        click.option("--format", "formats", multiple=True, metavar="F[=FILE]", help=f"{names}. May be repeated."),
        click.option("-o", "--output", metavar="FILE", help="Write the first format here and not to stdout."),
        click.option(
            "--glossary",
            "glossaries",
            multiple=True,
            metavar="FILE",
            help="Put over the curated glossary. May be repeated.",
        ),
        click.option("--from", "source_lang", type=click.Choice(["en", "ru", "uk"]), help="Language of the source."),
        click.option("--to", "target_lang", type=click.Choice(["ru", "uk", "en"]), help="Language of the target."),
        click.option("--jobs", type=click.IntRange(1), help="Processes; default: all cores for many pairs."),
        click.option("--memory", metavar="FILE", help="What was rendered before; default: your own, if there is one."),
        click.option(
            "--draft", metavar="FILE", help="A draft of TARGET, evidence for aligning; `argos`: by the model."
        ),
        click.option("--no-memory", is_flag=True, help="Leave what your own texts taught out of it."),
        CONFIG,
        click.option("-q", "--quiet", is_flag=True, help="No progress and no warnings."),
        click.option("-v", "--verbose", is_flag=True, help="Say on stderr what the run goes by."),
        click.option("--no-color", "--no-colour", "plain", is_flag=True, help="No colours, whatever the terminal."),
    ]

    def add(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return add


def finding_options(command: Command) -> Command:
    """The options of commands that report findings."""
    for option in (
        click.option("--write-baseline", metavar="FILE", help="Write the fingerprints of all findings here."),
        click.option(
            "--waivers", metavar="FILE", help="Waived findings; default: tolmach-waivers.toml, looked for upward."
        ),
        click.option("--baseline", metavar="FILE", help="Findings known before, not reported again."),
        click.option("--ignore", multiple=True, metavar="RULE", help="Leave these out. May be repeated."),
        click.option(
            "--select",
            multiple=True,
            metavar="RULE",
            help="Only these: codes, beginnings of codes, or names. May be repeated.",
        ),
        click.option(
            "--fail-on", type=click.Choice(list(FAIL_ON)), help="Exit 1 from this severity on; default: error."
        ),
        click.option(
            "--domain", type=click.Choice(["auto", "military", "none"]), help="Is it about war? Default: auto."
        ),
    ):
        command = option(command)
    return command


def configured(options: Options) -> "Configuration":
    """The configuration that counts here, with what the command line says over it. Raises ConfigError."""
    return configuration_here(options.config).given(
        fail_on=options.fail_on,
        domain=options.domain,
        select=_split(options.select),
        ignore=_split(options.ignore),
        glossaries=options.glossaries,
        baseline=options.baseline,
        waivers=options.waivers,
        formats=options.formats,
        jobs=options.jobs,
    )


def configuration_here(named: str | None = None) -> "Configuration":
    """The configuration that counts in the working directory; `named` is the file that --config gives."""
    from glossary.files.configuration import configuration

    return configuration(Path.cwd(), named=Path(named) if named else None)


def _split(groups: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for item in groups for name in item.split(",") if name)


def glossary_here(glossaries: tuple[str, ...]) -> "Glossary":
    """The curated glossary, over it the files of --glossary (else of the configuration) and what the desk decided."""
    from glossary.service import bundled

    config = configuration_here().given(glossaries=glossaries)
    return bundled(*config.glossaries, house=config.house)
