"""The rooms put together: settings become resources, entries of a manifest become rendered reports.

Used by the command line, the terminal UI and `glossary.check`. Everything here may run in a worker process, so what is
passed between processes is small: settings in, text out.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from glossary.alignment.lexicon import Lexicon
from glossary.at_hand import at_hand
from glossary.errors import ConfigError, InputError
from glossary.examination import PARTS, Examined, Resources, collate, examine
from glossary.files.configuration import Configuration
from glossary.files.glossaries import load_glossary, load_index
from glossary.files.lexicons import data_folder, load_lexicon, read_lexicon
from glossary.files.pairs import PairEntry, load_project
from glossary.files.waiver_files import find_waivers, read_baseline, read_waivers
from glossary.findings import Severity
from glossary.project import Pair, Project
from glossary.report import Report, Selection, Summary, Unreadable, signature
from glossary.terms.concepts import Glossary
from glossary.terms.index import TermIndex
from glossary.terms.policies import Choice, decided

if TYPE_CHECKING:
    from glossary.recheck import Patch


@dataclass(frozen=True, slots=True)
class Settings:
    """All that a run depends on beside the texts. `glossaries` are put over the curated one, the last one wins.

    `task` is check, align or quotes; `outputs` are names in glossary.outputs, `colour` is for text on a terminal,
    `fail_on` the severity from which a finding fails its case in JUnit (None: never). `memory` says whether what the
    user's own texts taught takes part, `memory_file` what was rendered and decided before (empty: no memory is asked).
    `house` and `profanity` are what the desk decided. `draft` is a file with a translation of the source, or MACHINE:
    evidence for the alignment. Drafts made on the screen go through the language `draft_via` (empty: through none) and
    ask the translation memories `tmx` of other programs.
    """

    task: str = "check"
    glossaries: tuple[str, ...] = ()
    domain: str = "auto"
    selection: Selection = field(default_factory=Selection)
    outputs: tuple[str, ...] = ("jsonl",)
    colour: bool = False
    fail_on: Severity | None = Severity.ERROR
    memory: bool = True
    memory_file: str = ""
    house: tuple[Choice, ...] = ()
    profanity: str = "ask"
    draft: str = ""
    draft_via: str = ""
    tmx: tuple[str, ...] = ()

    @property
    def parts(self) -> tuple[str, ...]:
        """The checks that the task needs."""
        return {"check": PARTS, "align": (), "quotes": ("quotes",)}[self.task]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one entry: its summary, its text in each output format, fingerprints, waivers used,
    notes, waivers that name it.
    """

    id: str
    summary: Summary
    texts: tuple[str, ...]
    fingerprints: tuple[str, ...] = ()
    waived: frozenset[int] = frozenset()
    notes: tuple[str, ...] = ()
    met: frozenset[int] = frozenset()


@cache
def bundled(*paths: str, house: tuple[Choice, ...] = ()) -> Glossary:
    """The curated glossary with the user's files put over it and what the desk decided, read once per process."""
    return decided(load_glossary(None, *paths), house)


@cache
def _index(glossaries: tuple[str, ...], house: tuple[Choice, ...], lang: str) -> TermIndex:
    return load_index(bundled(*glossaries, house=house), lang)


@cache
def _lexicon(glossaries: tuple[str, ...], house: tuple[Choice, ...], lang: str, own: bool) -> Lexicon:
    """The hand lists, the glossary, and (`own`) what the user's aligned texts taught."""
    lexicon = load_lexicon(bundled(*glossaries, house=house), lang)
    learned = [(one.english, [one.target]) for one in read_lexicon(lang)] if own else []
    return lexicon.with_pairs(learned) if learned else lexicon


@cache
def resources(settings: Settings) -> Resources:
    """The resources of a run, shared by all its pairs in this process."""
    paths, house = settings.glossaries, settings.house
    return Resources(
        bundled(*paths, house=house),
        lambda lang: _index(paths, house, lang),
        lambda lang: _lexicon(paths, house, lang, settings.memory),
        settings.domain,
        settings.parts,
        settings.profanity,
        lambda pair: at_hand(pair, settings.draft) if settings.draft else None,
    )


def reread() -> None:
    """Read glossaries and lexicons anew when they are next asked for: a file of the user's has changed."""
    for cached in (bundled, _index, _lexicon, resources):
        cached.cache_clear()


def work(settings: Settings, entry: PairEntry | Unreadable) -> Outcome:
    """Read, examine and render one entry. A pair that cannot be read becomes an error record, never an exception."""
    examined = examined_entry(settings, entry)
    if isinstance(examined, Unreadable):
        return unreadable(settings, examined)
    return rendered(consulted(examined, settings), settings)


def examined_entry(settings: Settings, entry: PairEntry | Unreadable) -> Examined | Unreadable:
    """Read and examine one entry, without a memory, or say why it cannot be read."""
    if isinstance(entry, Unreadable):
        return entry
    try:
        alone = settings.task == "quotes"
        project = load_project(entry, needs_target=not alone, any_source=alone)
    except InputError as error:
        return Unreadable.of(entry.id, error, entry.where)
    return examine(project, resources(settings))


def set_aside(entry: PairEntry | Unreadable, reason: str) -> Unreadable:
    """What to say of an entry that could not be checked for a reason that is no fault of its texts."""
    where = entry.where or (isinstance(entry, PairEntry) and entry.source) or entry.id
    step = "check this pair alone; if that fails too, report it with both texts"
    return Unreadable(entry.id, f"this pair was set aside: {reason}", where, step)


def unreadable(settings: Settings, failure: Unreadable) -> Outcome:
    """The error record of an entry in every output format of the settings."""
    from glossary.outputs import FORMATS

    texts = tuple(FORMATS[name].unreadable(failure, settings) for name in settings.outputs)
    return Outcome(failure.id, Summary(unreadable=1), texts)


def default_memory() -> Path:
    """The memory that is used when no other is named. Raises ConfigError without a home."""
    return data_folder() / "memory.sqlite"


def own_memory() -> str:
    """The memory that is used when no other is named; empty if it is not there."""
    try:
        path = default_memory()
    except ConfigError:
        return ""
    return str(path) if path.exists() else ""


def consulted(examined: Examined, settings: Settings) -> Examined:
    """The examined pair in the light of the memory of the settings, as it is without one or when it cannot be read."""
    if not settings.memory_file or settings.task == "align":
        return examined
    from glossary import memory

    try:
        with memory.open_memory(Path(settings.memory_file), create=False) as opened:
            return memory.consulted(examined, opened)
    except InputError:
        return examined


def rendered(examined: Examined, settings: Settings) -> Outcome:
    """An examined pair in every output format of the settings."""
    from glossary.outputs import FORMATS

    left = settings.selection.sorted_out(examined)
    chosen = left.examined
    texts = tuple(FORMATS[name].pair(chosen, settings) for name in settings.outputs)
    return Outcome(
        examined.pair.id, Summary.of(chosen), texts, left.present, left.waived, examined.pair.notes, left.met
    )


def run_signature(settings: Settings) -> str:
    """The signature of a run with these settings."""
    return signature(bundled(*settings.glossaries, house=settings.house).digest, settings.domain)


def check(
    pairs: Iterable[Pair], *, glossaries: tuple[str, ...] = (), domain: str = "auto", selection: Selection | None = None
) -> Report:
    """Check pairs of documents in this process and return everything that was found.

    `glossaries` are paths of glossaries put over the curated one; `domain` is military, auto or none. Raises
    GlossaryError if a glossary cannot be used.
    """
    settings = Settings("check", glossaries, domain, selection=selection or Selection())
    found = (examine(Project.of(pair), resources(settings)) for pair in pairs)
    examined = collate(settings.selection.applied(one) for one in found)
    total = sum((Summary.of(one) for one in examined), Summary())
    return Report(examined, total, run_signature(settings))


def known_memory(configuration: Configuration) -> str:
    """The memory of a configuration, else the user's own; empty if it is not there."""
    if not configuration.memory:
        return own_memory()
    return configuration.memory if Path(configuration.memory).exists() else ""


def settings_of(configuration: Configuration, start: Path, today: date, task: str = "check", **more: Any) -> Settings:
    """The Settings that a configuration describes; `more` are fields of Settings that it says nothing of.

    Without a file of waivers the nearest tolmach-waivers.toml from `start` upward counts, on the day `today`. A memory
    that is not there yet is none. Raises ConfigError for a broken baseline or waiver.
    """
    waivers = Path(configuration.waivers) if configuration.waivers else find_waivers(start)
    selection = Selection(
        configuration.select,
        configuration.ignore,
        read_baseline(Path(configuration.baseline)) if configuration.baseline else frozenset(),
        read_waivers(waivers, today) if waivers else (),
        configuration.severity,
    )
    fields: dict[str, Any] = {
        "glossaries": configuration.glossaries,
        "domain": configuration.domain,
        "selection": selection,
        "house": configuration.house,
        "profanity": configuration.profanity,
        "draft_via": configuration.draft_via,
        **more,
    }
    return Settings(task, **fields)


def examined(project: Project, settings: Settings) -> Examined:
    """A project examined in the light of the memory, with the findings that count: what `tolmach check` reports."""
    return settings.selection.applied(consulted(examine(project, resources(settings)), settings))


def rechecked(before: Examined, pair: Pair, settings: Settings, bead: int | None = None) -> "Patch | None":
    """What an edit that made `pair` changes around it, with the findings that count (see glossary.recheck); None if
    only a check of the whole pair can tell. `before` is what `examined` gave, `bead` the one that is edited."""
    from glossary.recheck import patch

    found = patch(before, pair, resources(settings), bead)
    if found is None:
        return None
    # Waivers and baselines name findings by their words, and a text is all they need.
    counted = settings.selection.applied(Examined(pair, None, findings=found.findings))
    return replace(found, findings=counted.findings, marks=counted.marks)
