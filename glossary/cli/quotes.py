"""`tolmach quotes`."""

from typing import Any

import click

from glossary.cli.many import batch_options
from glossary.cli.options import Options, common_options, finding_options
from glossary.cli.run import perform

FORMATS = ("text", "json", "jsonl")


@click.command()
@common_options(FORMATS)
@batch_options(across=True)
@finding_options
def quotes(**options: Any) -> int:
    """The quotes of SOURCE, what renders them in TARGET, and the chain they travelled.

    Works with SOURCE alone; then `--to ru` or `--to uk` names the language of the rendering to come. `tolmach quotes
    compare FILE --lang ru` scores pairs of quotes (JSONL with id, a, b) as renderings of one utterance.
    """
    return perform("quotes", Options(**options), FORMATS)
