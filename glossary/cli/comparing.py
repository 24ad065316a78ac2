"""`tolmach quotes compare`; apart from `quotes`, because it needs nothing of what pairs of texts are checked with."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from glossary.cli.standard_output import StandardOutput
from glossary.errors import InputError
from glossary.files.documents import read_stream, read_text


@click.command("compare")
@click.argument("file")
@click.option("--lang", type=click.Choice(["en", "ru", "uk"]), required=True, help="Language of the quotes.")
@click.option("--format", "format_", type=click.Choice(["jsonl"]), default="jsonl", show_default=True)
def quotes_compare(file: str, lang: str, format_: str) -> int:
    """Score pairs of quotes as renderings of one utterance: JSONL id, a, b → JSONL id, score, contradictions."""
    from glossary.quotes.likeness import compare

    text = read_stream(sys.stdin.buffer).text if file == "-" else read_text(Path(file), limit=1_000_000_000).text
    with StandardOutput() as stream:
        for row in _rows(text, file):
            likeness = compare(row["a"], row["b"], lang)
            answer = {
                "id": row["id"],
                "score": round(likeness.score, 4),
                "contradictions": [contradiction.kind for contradiction in likeness.contradictions],
            }
            stream.write(json.dumps(answer, ensure_ascii=False) + "\n")
    return 0


def _rows(text: str, file: str) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                row = json.loads(line)
                if not all(isinstance(row[name], str) for name in ("a", "b")) or "id" not in row:
                    raise TypeError
            except (ValueError, TypeError, KeyError, RecursionError):
                raise InputError(
                    "not an object with id, a and b", f"{file}:{number}", "write one JSON object a line"
                ) from None
            yield row
