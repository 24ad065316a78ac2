"""Which pairs a file belongs to: by a manifest, or by its name (NAME.en.EXT with NAME.ru.EXT and NAME.uk.EXT)."""

from pathlib import Path

from glossary.files.pairs import PairEntry, entries

TARGETS = ("ru", "uk")


def language_of(path: Path) -> str:
    """The language that the name of a file says; empty if it says none."""
    lang = Path(path.stem).suffix.removeprefix(".")
    return lang if lang in ("en", *TARGETS) else ""


def pairs_of(path: Path, manifest: Path | None = None) -> tuple[PairEntry, ...]:
    """The pairs that a file is the source or the target of.

    A target always has one, whether its source is there or not; a source has those whose targets are there. Raises
    InputError if the manifest cannot be read.
    """
    if manifest is not None and not manifest.is_dir():
        listed = tuple(
            entry
            for entry in entries(manifest)
            if isinstance(entry, PairEntry) and path in (_resolved(entry.source), _resolved(entry.target))
        )
        if listed:
            return listed
    lang = language_of(path)
    name = Path(path.stem).stem
    if lang in TARGETS:
        return (_pair(path.with_name(f"{name}.en{path.suffix}"), path, lang),)
    if lang == "en":
        targets = [(path.with_name(f"{name}.{one}{path.suffix}"), one) for one in TARGETS]
        return tuple(_pair(path, target, one) for target, one in targets if target.is_file())
    return ()


def _pair(source: Path, target: Path, lang: str) -> PairEntry:
    return PairEntry(target.stem, str(source), target=str(target), source_lang="en", target_lang=lang)


def _resolved(path: str | None) -> Path | None:
    return Path(path).resolve() if path is not None else None
