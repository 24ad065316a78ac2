"""`tolmach diff`: what a change of the glossary, the settings or the texts did to the findings of an archive."""

from collections.abc import Iterator
from pathlib import Path

import click

from glossary.cli import diagnostics
from glossary.cli.options import FAIL_ON
from glossary.cli.run import output_stream, spare
from glossary.files.reports import Record, records
from glossary.formats.comparison import Balance, balance_lines, changes, pair_lines, pair_record
from glossary.formats.record import one_line
from glossary.text.display import flowing


@click.command()
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("-o", "--output", metavar="FILE", help="Write here and not to stdout.")
@click.option(
    "--fail-on",
    type=click.Choice(list(FAIL_ON)),
    default="error",
    show_default=True,
    help="Exit 1 if a finding of this severity is new or became it.",
)
def diff(old: str, new: str, format_: str, output: str | None, fail_on: str) -> int:
    """Compare two reports, OLD and NEW, both written by `tolmach check --format json` or `jsonl`.

    Findings are matched by their fingerprints, which do not change when a text moves. Shown are findings that are new
    (+), gone (-), or changed their severity (~): by article, by rule and by concept.
    """
    spare([output], [old, new])
    balance, signatures = Balance(), dict[str, str]()
    found = changes(*(_pairs(Path(path), side, signatures) for side, path in (("old", old), ("new", new))))
    with output_stream(Path(output) if output else None) as stream:
        if format_ == "json":
            stream.write('{"schema": 1, "pairs": [')
        between = "\n"
        for change in found:
            balance.add(change)
            if format_ == "text":
                stream.write(pair_lines(change))
            elif change.state != "both" or any(change.kinds()):
                stream.write(f"{between}{pair_record(change)}")
                between = ",\n"
        if format_ == "json":
            stream.write(f'\n], "summary": {one_line({**balance.record(), **signatures})}}}\n')
        else:
            stream.write(balance_lines(balance) + "".join(f"{side}: {mark}\n" for side, mark in signatures.items()))
    threshold = FAIL_ON[fail_on]
    failed = threshold is not None and balance.worst is not None and balance.worst >= threshold
    return diagnostics.FINDINGS if failed else diagnostics.OK


def _pairs(path: Path, side: str, signatures: dict[str, str]) -> Iterator[Record]:
    """The records of the pairs of a report; its signature is put down when it was read to the end."""
    for record in records(path):
        if "summary" in record:
            signatures[side] = flowing(str(record["summary"].get("signature", "")))
        else:
            yield record
