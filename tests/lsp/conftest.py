"""An editor that talks to `tolmach lsp` over stdin and stdout."""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types
from pygls.lsp.client import LanguageClient

SECONDS = 60


class Editor(LanguageClient):
    """A client that keeps what it is told."""

    def __init__(self) -> None:
        super().__init__("editor", "1")
        self.diagnostics: dict[str, list[types.Diagnostic]] = {}
        self.messages: list[str] = []
        self.watched: list[str] = []
        self.news = asyncio.Event()
        self.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(lambda params: self._published(params))
        self.feature(types.WINDOW_SHOW_MESSAGE)(lambda params: self._message(params))
        self.feature(types.CLIENT_REGISTER_CAPABILITY)(lambda params: self._register(params))
        self.version = 0

    def _published(self, params: types.PublishDiagnosticsParams) -> None:
        self.diagnostics[params.uri] = list(params.diagnostics)
        self.news.set()

    def _message(self, params: types.ShowMessageParams) -> None:
        self.messages.append(params.message)
        self.news.set()

    def _register(self, params: types.RegistrationParams) -> None:
        self.watched += [registration.method for registration in params.registrations]

    async def until(self, ready: Callable[[], Any]) -> Any:
        """What `ready` gives, once it gives something."""
        async with asyncio.timeout(SECONDS):
            while not (found := ready()):
                self.news.clear()
                await self.news.wait()
            return found

    async def found(self, path: Path, rule: str) -> types.Diagnostic:
        """The diagnostic of a rule in a file, once it is there."""
        return await self.until(lambda: self.of(path, rule))

    async def gone(self, path: Path, rule: str) -> None:
        """Wait until there is none."""
        await self.until(lambda: path.as_uri() in self.diagnostics and self.of(path, rule) is None)

    def of(self, path: Path, rule: str) -> types.Diagnostic | None:
        shown = self.diagnostics.get(path.as_uri(), [])
        return next((one for one in shown if one.data and one.data["rule"] == rule), None)

    def open(self, path: Path, text: str | None = None) -> None:
        item = types.TextDocumentItem(path.as_uri(), "plaintext", 0, text or path.read_text(encoding="utf-8"))
        self.text_document_did_open(types.DidOpenTextDocumentParams(item))

    def change(self, path: Path, text: str) -> None:
        self.version += 1
        document = types.VersionedTextDocumentIdentifier(self.version, path.as_uri())
        whole = types.TextDocumentContentChangeWholeDocument(text)
        self.text_document_did_change(types.DidChangeTextDocumentParams(document, [whole]))

    def save(self, path: Path) -> None:
        document = types.TextDocumentIdentifier(path.as_uri())
        self.text_document_did_save(types.DidSaveTextDocumentParams(document))

    async def actions(self, path: Path, within: types.Range) -> list[types.CodeAction]:
        """The code actions at a place."""
        document = types.TextDocumentIdentifier(path.as_uri())
        params = types.CodeActionParams(document, within, types.CodeActionContext([]))
        return await self.text_document_code_action_async(params)

    async def hover(self, path: Path, line: int, character: int) -> types.Hover | None:
        document = types.TextDocumentIdentifier(path.as_uri())
        return await self.text_document_hover_async(types.HoverParams(document, types.Position(line, character)))


@asynccontextmanager
async def editor(folder: Path, encodings: list[str] | None = None) -> AsyncIterator[Editor]:
    """An editor with a running server."""
    client = Editor()
    await client.start_io(sys.executable, "-m", "tui", "lsp", "--stdio", cwd=str(folder))
    capabilities = types.ClientCapabilities(
        workspace=types.WorkspaceClientCapabilities(
            workspace_edit=types.WorkspaceEditClientCapabilities(document_changes=True),
            did_change_watched_files=types.DidChangeWatchedFilesClientCapabilities(dynamic_registration=True),
        ),
        general=types.GeneralClientCapabilities(position_encodings=encodings) if encodings else None,
    )
    await client.initialize_async(types.InitializeParams(capabilities, root_uri=folder.as_uri()))
    client.initialized(types.InitializedParams())
    try:
        yield client
    finally:
        await client.shutdown_async(None)
        client.exit(None)
        await client.stop()


@pytest.fixture
def edit(tmp_path: Path) -> Callable[..., None]:
    """`edit(scenario)` runs a coroutine with an editor in a new repository."""
    (tmp_path / ".git").mkdir()

    def run(scenario: Callable[[Editor], Coroutine[Any, Any, None]], encodings: list[str] | None = None) -> None:
        async def whole() -> None:
            async with editor(tmp_path, encodings) as client:
                await scenario(client)

        asyncio.run(whole())

    return run
