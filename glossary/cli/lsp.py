"""`tolmach lsp`: the language server."""

import click

from glossary.cli import diagnostics
from glossary.errors import CapabilityError


@click.command()
@click.option(
    "--stdio", is_flag=True, help="Talk over stdin and stdout; the only way there is, for editors that say so."
)
def lsp(stdio: bool) -> int:
    """Start the language server: findings, term entries and quick fixes in any editor.

    The editor starts this command itself and talks to it over stdin and stdout; see docs/newsroom.md for its settings.
    """
    try:
        from glossary.lsp.server import build
    except ImportError as error:
        raise CapabilityError(f"the language server needs {error.name}", "", "pip install 'tolmach[lsp]'") from None
    build().start_io()
    return diagnostics.OK
