"""`tolmach check`: align, check terms, follow quotes, check figures; report."""

from typing import Any

import click

from glossary.cli.many import batch_options
from glossary.cli.options import Options, common_options, finding_options
from glossary.cli.run import perform

FORMATS = ("text", "json", "jsonl", "html", "sarif", "junit", "github", "csv")


@click.command()
@common_options(FORMATS)
@batch_options(across=True)
@click.option(
    "--statistics",
    is_flag=False,
    flag_value="text",
    metavar="F[=FILE]",
    help="How each concept was rendered, by article and year: text, json or csv.",
)
@finding_options
def check(**options: Any) -> int:
    """Align a pair, check its terms, follow its quotes, check its figures, and report.

    SOURCE is English, TARGET its Russian or Ukrainian rendering; `-` reads one side from stdin. A directory is read by
    names: NAME.en.txt with NAME.ru.txt or NAME.uk.txt.
    """
    return perform("check", Options(**options), FORMATS)
