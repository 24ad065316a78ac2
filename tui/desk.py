"""What the screen asks of the core: read the pair, examine a project, with the heavy imports left to the worker."""

from dataclasses import replace
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from glossary.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from glossary.examination import Examined, Resources
    from glossary.findings import Finding
    from glossary.memory import Decision
    from glossary.project import Project
    from glossary.service import Settings
    from glossary.waivers import Waiver
    from tui.checking import Checker, Rechecked
    from tui.decisions import Answer, Known

OWN_GLOSSARY = "tolmach-terms.csv"


class Desk:
    """A pair of paths and the process that examines it. Methods are called from worker threads.

    `source` and `target` are paths, `source_lang` and `target_lang` None for "detect". `settings` None are those of
    nobody: the curated glossary, all rules as they are.
    """

    def __init__(
        self,
        source: Path,
        target: Path | None,
        source_lang: str | None = None,
        target_lang: str | None = None,
        settings: "Settings | None" = None,
    ) -> None:
        self.source = source
        self.target = target
        self.source_lang = source_lang
        self.target_lang = target_lang
        self._settings = settings
        self._checker: Checker | None = None
        self._starting = Lock()

    @property
    def names(self) -> tuple[str, str]:
        """The file names, for the headline."""
        return self.source.name, self.target.name if self.target else ""

    @property
    def locked(self) -> bool:
        """Whether the target is a part of the program, which is never saved."""
        from glossary.data import FOLDER

        return self.target is not None and self.target.resolve().is_relative_to(FOLDER)

    @property
    def checker(self) -> "Checker":
        """The process that reads and checks, started when it is first asked for."""
        from tui.checking import Checker

        with self._starting:
            if self._checker is None:
                self._checker = Checker(self.settings, self.target_lang or _language(self.target))
            return self._checker

    def close(self) -> None:
        """End the process."""
        if self._checker is not None:
            self._checker.close()

    def glimpse(self) -> tuple[str, str] | None:
        """Both texts as they are in the files, long before they are cut into sentences; None without two files.

        Raises InputError.
        """
        from tui.saving import on_disk

        return (on_disk(self.source).text, on_disk(self.target).text) if self.target is not None else None

    def read(self) -> "Project":
        """Read both files; an aligned file (TMX, TSV) comes with its beads pinned. Raises InputError."""
        from glossary.files.pairs import PairEntry
        from glossary.text.segment import document
        from tui.saving import begun

        target = self.target
        empty = target is not None and begun(target)
        entry = PairEntry(
            self.source.stem,
            str(self.source),
            target=str(target) if target is not None and not empty else None,
            source_lang=self.source_lang,
            target_lang=self.target_lang,
        )
        project = self.checker.read(entry, needs_target=False, any_source=target is None)
        if target is None or not empty:
            return project
        lang = self.target_lang or _language(target) or "uk"
        pair = replace(project.pair, target=document("", lang, str(target)), target_lang=lang)
        return replace(project, pair=pair)

    @property
    def resources(self) -> "Resources":
        """The glossary and its indexes, for the terms screen. Raises GlossaryError."""
        from glossary import service

        return service.resources(self.settings)

    @cached_property
    def settings(self) -> "Settings":
        """What `tolmach check` would be run with here."""
        from glossary.service import Settings

        return self._settings or Settings()

    def examine(self, project: "Project") -> "Examined":
        """Align and check a project: the findings are those of `tolmach check`."""
        return self.checker.examine(project)

    def recheck(self, project: "Project", bead: int | None) -> "Rechecked | None":
        """What the findings around the last edits are; None if that takes a check of the whole pair."""
        return self.checker.recheck(project, bead)

    @property
    def own_glossary(self) -> Path:
        """Where entries are written to: the last glossary of the person's own, else a new one beside the target."""
        if self.settings.glossaries:
            return Path(self.settings.glossaries[-1])
        folder = Path.cwd() if self.locked or self.target is None else self.target.parent
        return folder / OWN_GLOSSARY

    @property
    def waiver_file(self) -> Path:
        """The waivers that `tolmach check` would go by here, there already or not. Raises ConfigError."""
        from glossary.files.configuration import configuration
        from glossary.files.waiver_files import NAME, find_waivers

        configured = configuration(Path.cwd()).waivers
        return Path(configured) if configured else find_waivers(Path.cwd()) or Path.cwd() / NAME

    def use_waivers(self, waivers: "Sequence[Waiver]") -> None:
        """Go by these waivers."""
        self.settings = replace(self.settings, selection=replace(self.settings.selection, waivers=tuple(waivers)))
        self.checker.use(self.settings)

    def write_entry(self, cells: "Mapping[str, str]") -> Path:
        """Write one row of the person's own glossary, which takes part from now on. Raises GlossaryError."""
        from glossary import service
        from glossary.files.glossary_rows import save_row

        path = self.own_glossary
        save_row(path, cells)
        if str(path) not in self.settings.glossaries:
            self.settings = replace(self.settings, glossaries=(*self.settings.glossaries, str(path)))
        service.reread()
        self.checker.use(self.settings)
        return path

    def decide(
        self, examined: "Examined", finding: "Finding", answer: "Answer", original: "Known | None"
    ) -> "Decision":
        """Keep an answer in the memory, which takes part from now on. Raises InputError or UsageError."""
        from glossary import memory

        with memory.open_memory(self._memory()) as opened:
            words = (original.text, original.lang, original.link) if original is not None else ("", "", "")
            decision = memory.decide(
                opened,
                examined,
                finding,
                answer.verdict,
                scope=answer.scope,
                original=words[0],
                original_lang=words[1],
                link=words[2],
            )
        self.checker.use(self.settings)
        return decision

    def take_back(self, decision: "Decision") -> None:
        """Take an answer back. Raises InputError."""
        from glossary import memory

        with memory.open_memory(self._memory()) as opened:
            memory.retract(opened, decision)

    def originals(self, examined: "Examined") -> "dict[int, Known]":
        """What the memory in use knows of the originals of the quotes, by the quotes' numbers; nothing if it fails."""
        from glossary import memory
        from tui.decisions import Known

        if not self.settings.memory_file:
            return {}
        try:
            with memory.open_memory(self._memory(), create=False) as opened:
                found = memory.originals(examined, opened)
        except InputError:
            return {}
        return {number: Known(match.original, match.original_lang, match.link) for number, match in found.items()}

    def _memory(self) -> Path:
        """The memory to write to: the one in use, or the user's own, which is in use from now on."""
        from glossary.service import default_memory

        if not self.settings.memory_file:
            self.settings = replace(self.settings, memory_file=str(default_memory()))
        return Path(self.settings.memory_file)

    def report(self, examined: "Examined", kind: str) -> bytes:
        """An examined pair as a file of this kind: html or tmx."""
        from glossary import service
        from glossary.outputs import FORMATS
        from glossary.report import Summary

        settings = replace(self.settings, outputs=(kind,))
        form = FORMATS[kind]
        parts = (
            form.begin(),
            form.pair(examined, settings),
            form.end(Summary.of(examined), service.run_signature(settings), settings),
        )
        return "".join(parts).encode("utf-8", "backslashreplace")


def _language(path: Path | None) -> str:
    """The language that the name of a file promises: NAME.uk.txt."""
    parts = path.name.split(".") if path is not None else []
    return next((part for part in reversed(parts) if part in ("ru", "uk")), "")


def demo(lang: str) -> Desk:
    """The bundled article with its rendering in `lang`."""
    from glossary.data import FOLDER

    folder = FOLDER / "demo"
    return Desk(folder / "intercept.en.txt", folder / f"intercept.{lang}.txt", "en", lang)
