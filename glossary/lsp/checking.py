"""What the server knows of a pair: its texts as the editor has them, examined as `tolmach check` would."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from glossary import service
from glossary.errors import InputError
from glossary.examination import Examined
from glossary.files.configuration import Configuration, configuration
from glossary.files.counterparts import language_of, pairs_of
from glossary.files.pairs import PairEntry, load_project
from glossary.project import Project
from glossary.service import Settings


@dataclass(frozen=True, slots=True)
class Checked:
    """A pair of files and what was found in it; `trouble` is why it could not be checked (`missing`: one side only)."""

    source: Path
    target: Path
    examined: Examined | None = None
    trouble: InputError | None = None
    missing: bool = False


def settings_at(path: Path) -> tuple[Configuration, Settings]:
    """What counts for a file: the configuration and the waivers looked for from its folder upward.

    Raises ConfigError.
    """
    config = configuration(path.parent)
    today = datetime.now(UTC).date()
    return config, service.settings_of(config, path.parent, today, memory_file=service.known_memory(config))


def checked(path: Path, texts: Mapping[Path, str]) -> tuple[Checked, ...]:
    """All pairs of a file checked; `texts` are the files that are open, as the editor has them.

    A pair whose other side is missing is Checked with its trouble. Raises ConfigError, GlossaryError, and InputError
    for a manifest.
    """
    config, settings = settings_at(path)
    found = pairs_of(path, Path(config.pairs) if config.pairs else None)
    if not found and language_of(path) == "en":
        names = " or ".join(f"{Path(path.stem).stem}.{lang}{path.suffix}" for lang in ("ru", "uk"))
        error = InputError("no rendering of this text", str(path), f"put {names} beside it")
        return (Checked(path, path, None, error, missing=True),)
    return tuple(_checked(entry, texts, settings) for entry in found)


def _checked(entry: PairEntry, texts: Mapping[Path, str], settings: Settings) -> Checked:
    source, target = Path(entry.source or "").resolve(), Path(entry.target or "").resolve()
    for path, what in ((source, "the English text"), (target, "the rendering")):
        if path not in texts and not path.is_file():
            error = InputError(
                f"{what} is not there", str(path), f"put {path.name} beside it, or name it in a manifest"
            )
            return Checked(source, target, None, error, missing=True)
    given = replace(entry, source_text=texts.get(source), target_text=texts.get(target))
    try:
        project = load_project(given)
    except InputError as error:
        return Checked(source, target, None, error)
    return Checked(source, target, service.examined(Project.of(project.pair), settings))
