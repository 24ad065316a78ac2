"""The server: what the editor says, and what it is told. Checks run in one thread beside the event loop."""

import asyncio
import contextlib
import getpass
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from glossary import service
from glossary.errors import TolmachError
from glossary.files import configuration, waiver_files
from glossary.lsp import messages
from glossary.lsp.checking import Checked, checked, settings_at
from glossary.lsp.places import Lines
from glossary.text.display import flowing
from glossary.version import __version__

PAUSE = 0.3  # seconds without a change before a text is checked
SETTINGS = (waiver_files.NAME, *configuration.NAMES)
WATCHED = ("**/*.{en,ru,uk}.{txt,md}", "**/tolmach.toml", "**/tolmach-waivers.toml", "**/*.csv")


class Server(LanguageServer):
    """The pairs of the open files, and the checks under way. Everything but the checks happens on the event loop."""

    def __init__(self) -> None:
        super().__init__("tolmach", __version__, types.TextDocumentSyncKind.Full)
        self.found: dict[Path, tuple[Checked, ...]] = {}
        self.shown: dict[Path, set[Path]] = {}
        self.waiting: dict[Path, asyncio.Task[None]] = {}
        self.bench = ThreadPoolExecutor(1, "tolmach-check")
        self.complaint = ""

    @property
    def encoding(self) -> str:
        """What the client counts positions in."""
        return types.PositionEncodingKind(self.workspace.position_encoding or "utf-16").value

    def texts(self) -> dict[Path, str]:
        """The open files as the editor has them."""
        found = {}
        for uri, opened in self.workspace.text_documents.items():
            if (path := path_of(uri)) is not None:
                found[path] = opened.source
        return found

    def uri(self, path: Path) -> str:
        """The URI of a file, as the editor writes it if it is open."""
        for uri in self.workspace.text_documents:
            if path_of(uri) == path.resolve():
                return str(uri)
        return path.resolve().as_uri()

    def pairs(self, path: Path) -> list[Checked]:
        """What is known of the pairs of a file."""
        known = {(one.source, one.target): one for pairs in self.found.values() for one in pairs}
        return [one for one in known.values() if path in (one.source.resolve(), one.target.resolve())]

    def later(self, path: Path, pause: float = PAUSE) -> None:
        """Check the pairs of a file when it was left alone for a moment."""
        if task := self.waiting.get(path):
            task.cancel()
        self.waiting[path] = asyncio.get_running_loop().create_task(self._check(path, pause))

    def everything_later(self) -> None:
        """Check all open files again."""
        for path in self.texts():
            self.later(path)

    async def _check(self, path: Path, pause: float) -> None:
        await asyncio.sleep(pause)
        texts = self.texts()
        if path not in texts:
            return
        try:
            found = await asyncio.get_running_loop().run_in_executor(self.bench, partial(checked, path, texts))
        except TolmachError as error:
            self.complain(str(error))
            return
        self.complain("")
        now = self.texts()
        files = {path, *(side.resolve() for one in found for side in (one.source, one.target))}
        if any(now.get(file) != texts.get(file) for file in files):
            return  # the texts went on; another check is waiting
        for known in [file for file in self.found if file in files]:
            del self.found[known]
        self.found[path] = found
        self.show({*files, *self.shown.pop(path, ())})
        self.shown[path] = files

    def complain(self, text: str) -> None:
        """Say once what is wrong with the settings or a glossary."""
        if text and text != self.complaint:
            message = flowing(f"Tolmach: {text}")
            self.window_show_message(types.ShowMessageParams(types.MessageType.Error, message))
        self.complaint = text

    def show(self, files: Iterable[Path]) -> None:
        """Publish what is known of these files."""
        for path in sorted(files):
            found = messages.diagnostics(self.pairs(path), path, self.encoding, self.uri)
            version = self.workspace.text_documents[self.uri(path)].version if path in self.texts() else None
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(self.uri(path), found, version))

    def closed(self, path: Path) -> None:
        """Forget a file that was closed: its findings go, unless the other side is still open."""
        if task := self.waiting.pop(path, None):
            task.cancel()
        opened = self.texts()
        for known, pairs in list(self.found.items()):
            sides = {side.resolve() for one in pairs for side in (one.source, one.target)}
            if (path == known or path in sides) and sides.isdisjoint(opened):
                del self.found[known]
        self.show(self.shown.pop(path, {path}))


def path_of(uri: str) -> Path | None:
    """The file that a URI names, None for what is no file."""
    path = to_fs_path(uri) if uri.startswith("file:") else None
    try:
        return Path(path).resolve() if path else None
    except (OSError, RuntimeError, ValueError):  # no path on this system
        return None


def build() -> Server:
    """The server with its features."""
    server = Server()
    for name, feature, options in (
        (types.TEXT_DOCUMENT_DID_OPEN, _opened, None),
        (types.TEXT_DOCUMENT_DID_CHANGE, _changed, None),
        (types.TEXT_DOCUMENT_DID_SAVE, _saved, types.SaveOptions()),
        (types.TEXT_DOCUMENT_DID_CLOSE, _closed, None),
        (types.TEXT_DOCUMENT_HOVER, _hover, None),
        (types.TEXT_DOCUMENT_CODE_ACTION, _actions, types.CodeActionOptions([types.CodeActionKind.QuickFix])),
        (types.WORKSPACE_DID_CHANGE_WATCHED_FILES, _watched, None),
        (types.INITIALIZED, _initialized, None),
    ):
        server.feature(name, options)(feature)
    return server


async def _initialized(server: Server, params: types.InitializedParams) -> None:
    """Ask to be told of files that change outside of the editor, if it can tell."""
    workspace = server.client_capabilities.workspace
    watching = workspace.did_change_watched_files if workspace else None
    if watching and watching.dynamic_registration:
        patterns = [types.FileSystemWatcher(pattern) for pattern in WATCHED]
        options = types.DidChangeWatchedFilesRegistrationOptions(patterns)
        wish = types.Registration("watched", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
        await server.client_register_capability_async(types.RegistrationParams([wish]))


async def _opened(server: Server, params: types.DidOpenTextDocumentParams) -> None:
    if path := path_of(params.text_document.uri):
        server.later(path, 0)


async def _changed(server: Server, params: types.DidChangeTextDocumentParams) -> None:
    if path := path_of(params.text_document.uri):
        server.later(path)


async def _saved(server: Server, params: types.DidSaveTextDocumentParams) -> None:
    if path := path_of(params.text_document.uri):
        _touched(server, [path])


async def _closed(server: Server, params: types.DidCloseTextDocumentParams) -> None:
    if path := path_of(params.text_document.uri):
        server.closed(path)


async def _watched(server: Server, params: types.DidChangeWatchedFilesParams) -> None:
    _touched(server, [path for change in params.changes if (path := path_of(change.uri))])


def _touched(server: Server, paths: list[Path]) -> None:
    """Files changed on disk: settings and glossaries concern every text, a text those it is paired with."""
    if any(path.name in SETTINGS or path.suffix in (".csv", ".tsv", ".tbx") for path in paths):
        service.reread()
        server.everything_later()
        return
    stems = {Path(path.stem).stem for path in paths}
    for opened in server.texts():
        sides = {side.resolve() for one in server.pairs(opened) for side in (one.source, one.target)}
        if Path(opened.stem).stem in stems or not sides.isdisjoint(paths):
            server.later(opened)


async def _hover(server: Server, params: types.HoverParams) -> types.Hover | None:
    path = path_of(params.text_document.uri)
    text = server.texts().get(path) if path else None
    if path is None or text is None:
        return None
    encoding = server.encoding

    def look() -> types.Hover | None:
        try:
            return messages.hover(text, path, params.position, encoding, settings_at(path)[1])
        except TolmachError:
            return None

    return await asyncio.get_running_loop().run_in_executor(server.bench, look)


async def _actions(server: Server, params: types.CodeActionParams) -> list[types.CodeAction]:
    path = path_of(params.text_document.uri)
    texts = server.texts()
    if path is None or path not in texts:
        return []
    pairs = [one for one in server.pairs(path) if _current(one, texts)]
    found = messages.actions(pairs, path, params.range, server.encoding, server.uri)
    with contextlib.suppress(
        TolmachError, OSError, UnicodeDecodeError
    ):  # waivers that are broken are no place for more
        for title, one, table in messages.waivers(pairs, path, params.range, server.encoding, _author()):
            shown = messages.diagnostic(one, path, server.encoding, server.uri)
            found.append(messages.waiving(title, shown, _added(server, path, table)))
    return found


def _current(one: Checked, texts: dict[Path, str]) -> bool:
    """Whether the open texts are still those that were examined: offsets into others would be wrong."""
    if one.examined is None or one.examined.target is None:
        return False
    sides = ((one.source, one.examined.pair.source), (one.target, one.examined.pair.target))
    return all(
        document is None or texts.get(path.resolve(), document.text) == document.text for path, document in sides
    )


def _added(server: Server, path: Path, table: str) -> types.WorkspaceEdit:
    """The edit that puts a table at the end of the waivers that count for a file, in a new file if there is none."""
    file = _waiver_file(path)
    uri, opened = server.uri(file), server.texts().get(file.resolve())
    text = opened if opened is not None else file.read_text(encoding="utf-8") if file.is_file() else None
    changes: list[Any] = []
    if text is None:
        changes.append(types.CreateFile(uri, options=types.CreateFileOptions(ignore_if_exists=True)))
    lines = Lines(text or "", server.encoding)
    end = lines.position(len(text or ""))
    missing = "\n" if text and not text.endswith("\n") else ""
    edit = types.TextEdit(types.Range(end, end), missing + table if text else table.lstrip("\n"))
    versioned = types.OptionalVersionedTextDocumentIdentifier(uri)
    changes.append(types.TextDocumentEdit(versioned, [edit]))
    workspace = server.client_capabilities.workspace
    if workspace and workspace.workspace_edit and workspace.workspace_edit.document_changes:
        return types.WorkspaceEdit(document_changes=changes)
    return types.WorkspaceEdit({uri: [edit]})


def _waiver_file(path: Path) -> Path:
    """The waivers that count for a file, or where they would be: at the root of the repository, else beside it."""
    config, _ = settings_at(path)
    if config.waivers:
        return Path(config.waivers)
    if found := waiver_files.find_waivers(path.parent):
        return found
    roots = (folder for folder in path.parents if any((folder / root).exists() for root in configuration.ROOTS))
    return next(roots, path.parent) / waiver_files.NAME


def _author() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
