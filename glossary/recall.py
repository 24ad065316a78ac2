"""Sentences that were rendered before, for drafts: from the memory and from TMX files, asked as one."""

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from glossary.drafting.drafts import Recalled

if TYPE_CHECKING:
    from glossary.memory import Memory, Suggestion


class Recall:
    """What was rendered into one language before. Threads may share it; close it in the end."""

    def __init__(self, target_lang: str, memory_file: str = "", tmx: Sequence[Path] = ()) -> None:
        """Open the memory (empty: none) and read the TMX files. Raises InputError."""
        from glossary.files.tmx import units
        from glossary.memory import Article, Unit, add, open_memory

        self.target_lang = target_lang
        self._open = ExitStack()
        self._memories: list[Memory] = []
        try:
            if memory_file:
                self._memories.append(self._open.enter_context(open_memory(Path(memory_file), create=False)))
            for path in tmx:
                kept = self._open.enter_context(open_memory(None))
                found = tuple(Unit(*sides) for sides in units(path, "en", target_lang))
                add(kept, Article(path.name, "en", target_lang, units=found))
                self._memories.append(kept)
        except BaseException:
            self._open.close()
            raise

    def __enter__(self) -> "Recall":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close what is open."""
        self._open.close()

    @property
    def units(self) -> int:
        """How many sentences are there in this pair of languages."""
        from glossary.memory import kept_units

        return sum(kept_units(memory, self.target_lang) for memory in self._memories)

    def all(self, sentence: str, limit: int = 5) -> tuple[Recalled, ...]:
        """What is there for an English sentence: the likest first, of the equally like the latest."""
        from glossary.memory import suggest

        found: dict[str, Recalled] = {}
        for memory in self._memories:
            for suggestion in suggest(memory, sentence, self.target_lang, limit):
                recalled = _recalled(suggestion)
                known = found.get(recalled.text)
                if known is None or known.likeness < recalled.likeness:
                    found[recalled.text] = recalled
        newest = sorted(found.values(), key=lambda recalled: recalled.date, reverse=True)
        return tuple(sorted(newest, key=lambda recalled: -recalled.likeness)[:limit])

    def best(self, sentence: str) -> Recalled | None:
        """The first of them, if there is one."""
        return next(iter(self.all(sentence, 1)), None)


def _recalled(found: "Suggestion") -> Recalled:
    return Recalled(
        found.target, found.score, found.source, found.differing, found.differing_kept, found.article, found.date
    )
